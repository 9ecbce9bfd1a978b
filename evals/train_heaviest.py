"""Trains what tells which sentence a slip stands in: `python -m evals.train_heaviest`.

Writes `ipt_roleplay/debrief/heaviest_weights.npz` from the words that strict teachers copied from
rehearsals (`evals/datasets/readings/slips.jsonl`), a quarter of an hour. Prints how often the
sentence is right by weights that hadn't seen the round of that talk: of all slips, and of those
that are much likelier than the next. Same data and readings, same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from evals.coded import CopiedSlip, copied_slips
from evals.folded import write
from ipt_roleplay.debrief.heaviest import CLEARLY, FILE, KNOWN, Floats, features
from ipt_roleplay.debrief.weighing import Slip
from ipt_roleplay.sentences import sentences

STRENGTH = 0.1
"""Inverse strength of the penalty."""
MEANING = 2.0
"""How far what a sentence is about counts beside its form."""
WORTH_NAMING = 2


@dataclass(frozen=True)
class Case:
    """The features of each sentence of a message, and in which of them the slip stands."""

    slip: CopiedSlip
    rows: Floats
    holds: tuple[bool, ...]


def cases() -> list[Case]:
    """Every slip in a message of several sentences whose words are found there."""
    found = []
    for slip in copied_slips():
        spans = sentences(slip.message.text)
        if len(spans) < 2:
            continue
        holds = tuple(slip.stands_in(slip.message.text[a:b]) for a, b in spans)
        if any(holds):
            found.append(Case(slip, np.hstack(features(slip.message, spans)), holds))
    return found


def fit(kind: Slip, among: Sequence[Case]) -> Floats:
    """(KNOWN + ABOUT,) the weights of one kind of slip."""
    own = [one for one in among if kind in one.slip.kinds]
    rows = np.concatenate([one.rows for one in own])
    spread = np.full(rows.shape[1], 1 / MEANING)
    spread[:KNOWN] = rows[:, :KNOWN].std(axis=0) + 1e-6
    marks = np.array([mark for one in own for mark in one.holds])
    learnt = LogisticRegression(C=STRENGTH, max_iter=3000).fit(rows / spread, marks)
    return np.asarray(learnt.coef_[0] / spread)


def unseen(found: Sequence[Case]) -> list[tuple[Slip, float, bool]]:
    """Of each slip worth naming its kind, how much likelier its sentence is than the next, and
    whether it is the right one, by weights learnt from the other rounds."""
    told = []
    for group in sorted({one.slip.group for one in found}):
        others = [one for one in found if one.slip.group != group]
        weights = {kind: fit(kind, others) for kind in Slip}
        for one in found:
            if one.slip.group == group and one.slip.kinds and one.slip.weight >= WORTH_NAMING:
                kind = one.slip.kinds[0]
                scores = one.rows @ weights[kind]
                second, first = np.sort(scores)[-2:]
                told.append((kind, float(first - second), one.holds[int(np.argmax(scores))]))
    return told


def main() -> None:
    found = cases()
    told = unseen(found)
    for kind in Slip:
        own = [(apart, right) for one, apart, right in told if one is kind]
        sure = [right for apart, right in own if apart >= CLEARLY]
        every = [right for _, right in own]
        told_of = f"{np.mean(every):.2f} of {len(every)}, sure {np.mean(sure):.2f} of {len(sure)}"
        print(f"{kind:9} {told_of}")
    weights = np.stack([fit(kind, found) for kind in Slip], axis=1)
    parts = {"features": weights[:KNOWN], "about": weights[KNOWN:], "bias": np.zeros(len(Slip))}
    write(FILE, parts)


if __name__ == "__main__":
    main()
