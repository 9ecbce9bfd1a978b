"""Trains what tells which message a regret is about: `python -m evals.train_placing`.

Writes `ipt_roleplay/debrief/placing_weights.npz` from the regrets in notes on rehearsals of which a
reader said what each is about (`evals/datasets/readings/regrets.jsonl`). Prints how often the right
message is named, by weights that hadn't seen the round of that talk. Same data and weights of
slips, same weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from evals.coded import Regretted, regretted
from ipt_roleplay.debrief.placing import FILE, Floats, features
from ipt_roleplay.debrief.weighing import slip_likely


@dataclass(frozen=True)
class Placed:
    """The features of each message for one regret, and which of them it is about."""

    group: int
    rows: Floats
    about: tuple[bool, ...]


def seen(regret: Regretted, slips: Mapping[int, float]) -> Placed:
    spoken = regret.talk.judged
    rows = features(regret.words, regret.note, spoken, slips)
    return Placed(regret.group, rows, tuple(one.number in regret.messages for one in spoken))


def fit(placed: Sequence[Placed]) -> tuple[Floats, float]:
    rows = np.concatenate([one.rows for one in placed])
    about = np.array([mark for one in placed for mark in one.about])
    spread = rows.std(axis=0)
    learnt = LogisticRegression(max_iter=2000).fit(rows / spread, about)
    return learnt.coef_[0] / spread, float(learnt.intercept_[0])


def right_unseen(placed: Sequence[Placed]) -> list[bool]:
    """Whether each regret is put right by weights learnt from the other rounds."""
    found = {}
    for group in sorted({one.group for one in placed}):
        weights, _ = fit([one for one in placed if one.group != group])
        for number, one in enumerate(placed):
            if one.group == group:
                found[number] = one.about[int(np.argmax(one.rows @ weights))]
    return [found[number] for number in range(len(placed))]


def main() -> None:
    found = [one for one in regretted() if one.messages]
    talks = {id(one.talk): one.talk for one in found}
    slips = {name: slip_likely(talk.judged) for name, talk in talks.items()}
    placed = [seen(one, slips[id(one.talk)]) for one in found]
    right = right_unseen(placed)
    print(f"{len(placed)} regrets; put right, rounds unseen: {np.mean(right):.2f}")
    weights, bias = fit(placed)
    np.savez_compressed(
        FILE,
        allow_pickle=False,
        features=weights.astype(np.float32),
        bias=np.array(bias, dtype=np.float32),
    )
    print(f"wrote {FILE.name}")


if __name__ == "__main__":
    main()
