"""Goals said, concerns met, topics and questions, each scenario held out from training in turn."""

from __future__ import annotations

from typing import Any

import numpy as np

from evals.figures import Figure, sampled
from evals.train_uptake import REHEARSED, TAKEN, Rows, f1_of, held_out, load_cases
from ipt_roleplay import uptake
from ipt_roleplay.domain import Scenario
from ipt_roleplay.scenarios import load_all

Case = dict[str, Any]
BLIND = 1
"""The wave of messages whose writers had seen none of a scenario's examples. Those of `REHEARSED`
and `TAKEN` stood in whole rehearsals, where people say and meet less plainly."""


def figures() -> list[Figure]:
    """Pooled F1 a kind, over all messages that were written for it, over the blind wave alone, over
    those of rehearsals, and over those of the rehearsals from which examples were taken, each
    without the examples of its round."""
    cases, known = load_cases(), load_all()
    found = []
    for kind in uptake.KINDS:
        counted, tested = _by_message(kind, cases, known)
        waves = np.array([case["wave"] for case in tested])
        written = waves < REHEARSED
        each = {
            name: written & np.array([case["scenario"] == name for case in tested])
            for name in known
        }
        note = ", ".join(
            f"{name} {f1_of(counted[rows]):.2f}" for name, rows in each.items() if rows.any()
        )
        found += [_pooled(f"uptake.{kind}", counted[written], note)]
        found += [_pooled(f"uptake.{kind}.blind", counted[waves == BLIND], "")]
        found += [_pooled(f"uptake.{kind}.rehearsed", counted[waves == REHEARSED], "")]
        found += [_pooled(f"uptake.{kind}.played", counted[waves == TAKEN], "")]
    return found


def _by_message(
    kind: uptake.Kind, cases: list[Case], known: dict[str, Scenario]
) -> tuple[Rows, list[Case]]:
    """(true positives, false positives, false negatives) of each message, and the messages.

    A question in a message that isn't taken for asking anything is missed.
    """
    counted: list[Rows] = []
    tested: list[Case] = []
    for name, rows in held_out(kind, cases, known).items():
        own = [case for case in cases if case["scenario"] == name]
        seen = [case for case in own if kind != "question" or uptake.asking(case["text"])]
        unseen = [case for case in own if kind == "question" and case not in seen]
        items = len(uptake.items_of(kind, known[name]))
        counted.append(rows.reshape(len(seen), items, 3).sum(axis=1))
        counted += [np.array([[0.0, 0.0, float(bool(case["question"]))]]) for case in unseen]
        tested += [*seen, *unseen]
    return np.concatenate(counted), tested


def _pooled(name: str, counted: Rows, note: str) -> Figure:
    tp, fp, fn = counted.sum(axis=0)
    totals = f"right {tp:.0f}, wrongly seen {fp:.0f}, missed {fn:.0f}"
    note = f"{totals}; {note}" if note else totals
    return sampled(name, lambda rows: f1_of(counted[rows]), len(counted), note)
