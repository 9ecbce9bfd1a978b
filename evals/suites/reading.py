"""Style and moves of messages by writers that the reader wasn't trained on."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout

from evals import train_reader as reader
from evals.figures import Figure, sampled
from ipt_roleplay.domain import Style


def figures() -> list[Figure]:
    """Each writer is left out of everything that is fitted, then tested (about 70 s of work)."""
    with redirect_stdout(sys.stderr):  # its progress is no part of the table
        found = reader.unseen_readings(reader.load([]))
    measures = {
        "reading.style_f1": reader.style_f1,
        "reading.moves_f1": reader.moves_f1,
        "reading.clear_right": reader.clear_right,
        "reading.unclear": reader.share_unclear,
        "reading.aggressive_as_assertive": _aggressive_as_assertive,
        "reading.sideways_as_assertive": _sideways_as_assertive,
        "reading.assertive_as_aggressive": _assertive_as_aggressive,
    }
    return [
        sampled(name, lambda rows, of=measure: of(found.of(rows)), len(found.style))
        for name, measure in measures.items()
    ]


def _aggressive_as_assertive(found: reader.Readings) -> float:
    return reader.read_as(Style.AGGRESSIVE, Style.ASSERTIVE, found)


def _sideways_as_assertive(found: reader.Readings) -> float:
    return reader.read_as(Style.PASSIVE_AGGRESSIVE, Style.ASSERTIVE, found)


def _assertive_as_aggressive(found: reader.Readings) -> float:
    return reader.read_as(Style.ASSERTIVE, Style.AGGRESSIVE, found)
