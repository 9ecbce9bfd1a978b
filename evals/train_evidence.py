"""Trains what tells which messages a rating rests on: `python -m evals.train_evidence`.

Writes `ipt_roleplay/debrief/evidence_weights.npz` from rehearsals in which careful raters named the
messages that show each skill, and those that show its lack (`datasets/readings/ratings.jsonl`).
Prints how many of the messages that would stand for a high level they had named, by weights that
hadn't seen the round. Same data and weights of readings and slips, same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evals.coded import RatedRehearsal, rated_rehearsals
from ipt_roleplay.debrief.evidence import FILE, Floats, features, surest
from ipt_roleplay.debrief.ratings import CLEAR
from ipt_roleplay.debrief.weighing import slips_of
from ipt_roleplay.domain import Skill

STRENGTH = 0.01
"""Inverse strength of the penalty."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Seen:
    """The features of a talk's messages; for each of them, as a column a skill and whether it is
    shown or lacks, what the rater named."""

    rated: RatedRehearsal
    rows: Floats
    named: Flags


def seen(one: RatedRehearsal) -> Seen:
    spoken = one.talk.spoken
    columns = [found[skill] for skill in Skill for found in (one.shows, one.lacks)]
    named = np.array([[message.number in column for column in columns] for message in spoken])
    return Seen(one, features(spoken, slips_of(spoken)), named)


def fit(talks: Sequence[Seen]) -> tuple[Floats, Floats]:
    """Weights (FEATURES, 12) and their bias."""
    rows = np.concatenate([one.rows for one in talks])
    named = np.concatenate([one.named for one in talks])
    spread = rows.std(axis=0) + 1e-6
    weights, bias = [], []
    for column in named.T:
        learnt = LogisticRegression(C=STRENGTH, max_iter=3000).fit(rows / spread, column)
        weights.append(learnt.coef_[0] / spread)
        bias.append(learnt.intercept_[0])
    return np.array(weights).T, np.array(bias)


def right_unseen(talks: Sequence[Seen]) -> list[bool]:
    """Whether the rater had named each message that would stand for a high level of theirs."""
    right: list[bool] = []
    for group in sorted({one.rated.group for one in talks}):
        weights, bias = fit([one for one in talks if one.rated.group != group])
        for one in talks:
            if one.rated.group == group:
                right += _right(one, 1 / (1 + np.exp(-(one.rows @ weights + bias))))
    return right


def _right(one: Seen, chances: Floats) -> list[bool]:
    right = []
    for place, skill in enumerate(Skill):
        if (one.rated.levels[skill] or 0) >= CLEAR:
            spoken = one.rated.talk.spoken
            numbers = {message.number for message in spoken}
            stand = surest(numbers, spoken, chances[:, 2 * place])
            right += [number in one.rated.shows[skill] for number in stand]
    return right


def main() -> None:
    talks = [seen(one) for one in rated_rehearsals()]
    right = right_unseen(talks)
    print(
        f"{len(talks)} talks; of {len(right)} messages named, rounds unseen: {np.mean(right):.2f}"
    )
    weights, bias = fit(talks)
    np.savez_compressed(
        FILE,
        allow_pickle=False,
        features=weights.astype(np.float32),
        bias=bias.astype(np.float32),
    )
    print(f"wrote {FILE.name}, {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
