"""Trains the rating of whole talks: `python -m evals.train_ratings`.

Writes `ipt_roleplay/debrief/skill_weights.npz` from talks that careful raters rated by the rubric:
written ones (`evals/datasets/talks/train-*.jsonl`) and rehearsals of other players
(`evals/datasets/readings/ratings.jsonl`). Prints the agreement with the raters by weights that had
seen neither the writer nor the round; the talks of the evaluation play no part. Same data and
readings, same weights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, Ridge

from evals.coded import RatedRehearsal, rated_rehearsals
from evals.suites.ratings import Levels, Rated, mean_kappa, rated_talks
from ipt_roleplay.debrief.skills import FEATURES, FILE, HIGHEST, shown
from ipt_roleplay.domain import Skill

RIDGE = 5.0
STRENGTH = 3.0
"""Inverse strength of the penalty on what tells whether a skill was seen."""

Rows = NDArray[np.float64]


def table(talks: list[Rated]) -> tuple[Rows, Rows]:
    """Features (n, FEATURES) and levels (n, 6), NaN where a skill wasn't seen."""
    found = [shown(one.talk.spoken) for one in talks]
    rows = [np.zeros(FEATURES) if one is None else one for one in found]
    levels = [[one.levels[skill] for skill in Skill] for one in talks]
    return np.array(rows), np.array(levels, dtype=np.float64)


def fit(rows: Rows, levels: Rows) -> dict[str, Rows]:
    made: dict[str, list[Rows]] = {"levels": [], "level_bias": [], "seen": [], "seen_bias": []}
    for column in levels.T:
        seen = ~np.isnan(column)
        level = Ridge(RIDGE).fit(rows[seen], column[seen])
        sign = LogisticRegression(C=STRENGTH, max_iter=5000).fit(rows, seen)
        made["levels"].append(level.coef_)
        made["level_bias"].append(np.array(level.intercept_))
        made["seen"].append(sign.coef_[0])
        made["seen_bias"].append(np.array(sign.intercept_[0]))
    return {name: np.array(parts).T for name, parts in made.items()}


def unseen_levels(talks: list[Rated]) -> list[Levels]:
    """Levels of each talk by weights learnt from the talks of the other writers."""
    rows, levels = table(talks)
    writers = np.array([one.name.split("_")[0] for one in talks])
    told: list[Levels] = [{} for _ in talks]
    for writer in sorted(set(writers)):
        weights = fit(rows[writers != writer], levels[writers != writer])
        scores = rows @ weights["levels"] + weights["level_bias"]
        seen = rows @ weights["seen"] + weights["seen_bias"] > 0
        for place in np.flatnonzero(writers == writer):
            told[place] = {
                skill: round(min(HIGHEST, max(0.0, scores[place, n]))) if seen[place, n] else None
                for n, skill in enumerate(Skill)
            }
    return told


def _rated(one: RatedRehearsal) -> Rated:
    return Rated(f"round{one.group}_", one.talk, one.levels, None, frozenset(), None)


def main() -> None:
    talks = [*rated_talks(training=True), *map(_rated, rated_rehearsals())]
    agreed = mean_kappa(unseen_levels(talks), [one.levels for one in talks])
    print(f"{len(talks)} talks; kappa with raters unseen, without the caps: {agreed:.3f}")
    weights = fit(*table(talks))
    np.savez_compressed(
        FILE, allow_pickle=False, **{k: v.astype(np.float32) for k, v in weights.items()}
    )
    print(f"wrote {FILE.name}, {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
