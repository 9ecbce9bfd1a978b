"""Style and moves of messages by writers that the reader wasn't trained on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import redirect_stdout

import numpy as np
from numpy.typing import NDArray

from evals import train_reader as reader
from evals.figures import Figure, sampled
from ipt_roleplay.domain import Style

Measure = Callable[[reader.Readings], float]


def figures() -> list[Figure]:
    """Each writer is left out of everything that is fitted, then tested (about 70 s of work)."""
    messages = reader.load([])
    with redirect_stdout(sys.stderr):  # its progress is no part of the table
        found = reader.unseen_readings(messages, messages.testers)
    measures: dict[str, Measure] = {
        "style_f1": reader.style_f1,
        "moves_f1": reader.moves_f1,
        "clear_right": reader.clear_right,
        "unclear": reader.share_unclear,
        "aggressive_as_assertive": _confusion(Style.AGGRESSIVE, Style.ASSERTIVE),
        "sideways_as_assertive": _confusion(Style.PASSIVE_AGGRESSIVE, Style.ASSERTIVE),
        "assertive_as_aggressive": _confusion(Style.ASSERTIVE, Style.AGGRESSIVE),
    }
    return [_sampled(f"reading.{name}", measure, found) for name, measure in measures.items()]


def _confusion(truth: Style, said: Style) -> Measure:
    return lambda found: reader.read_as(truth, said, found)


def _sampled(name: str, measure: Measure, found: reader.Readings) -> Figure:
    def of(rows: NDArray[np.int64]) -> float:
        return measure(found.of(rows))

    return sampled(name, of, len(found.style))
