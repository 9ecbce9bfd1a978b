"""What readers said of whole rehearsals and debriefs.

Judgements, not measurements: each was made once, of the program as it was on the day that the
data's README names, by readers who had seen nothing else of it. They are printed with the rest
so that nobody has to take somebody's word for them, and age until somebody reads again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.figures import Figure, share

FOLDER = Path(__file__).parents[1] / "datasets" / "readings"


def figures() -> list[Figure]:
    """Replies that a real person could have given there; claims and advice of debriefs that a
    teacher called right, and wrong; debriefs in which a teacher would change something."""
    exchanges = _rows(FOLDER / "exchanges.jsonl")
    verdicts = _rows(FOLDER / "debriefs.jsonl")
    claims = [one["verdict"] for one in verdicts if "verdict" in one]
    whole = [one["change"] for one in verdicts if one["part"] == "whole"]
    return [
        share("readings.could_say", sum(one["fits"] for one in exchanges), len(exchanges)),
        share("readings.right", claims.count("right"), len(claims)),
        share("readings.wrong", claims.count("wrong"), len(claims)),
        share("readings.change", sum(whole), len(whole)),
    ]


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]
