"""Rehearsal of difficult conversations, grounded in Interpersonal Psychotherapy."""

import os

# Before numpy is loaded: its threads for large matrices wait for work at full speed, and all the
# matrices here are small. With many rehearsals at once that took half of the processor.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
