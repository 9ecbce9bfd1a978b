"""Rehearsal of difficult conversations, grounded in Interpersonal Psychotherapy."""

__version__ = "0.1.0"
