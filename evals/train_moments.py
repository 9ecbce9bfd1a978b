"""Trains which messages a debrief takes up: `python -m evals.train_moments`.

Writes `ipt_roleplay/debrief/moment_weights.npz` from the talks of which teachers named the moments
that they would take up (`evals/datasets/talks/train-*.jsonl`). What messages are about comes in by
the directions in which sentence vectors differ most (principal components, Pearson 1901), folded
back into one weight a number. Same data and readings, same weights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from evals.suites.ratings import Rated, rated_talks
from ipt_roleplay.debrief.weighing import ABOUT, FEATURES, FILE, features

DIRECTIONS = 60
STRENGTH = 0.002
"""Inverse strength of the penalty."""
SEED = 20

Rows = NDArray[np.float64]


def table(talks: tuple[Rated, ...]) -> tuple[Rows, Rows, NDArray[np.bool_]]:
    """(n, FEATURES), (n, ABOUT), and whether a teacher took the message up."""
    found = [
        (*features(one.talk.spoken, place), message.number in one.taken_up)
        for one in talks
        for place, message in enumerate(one.talk.spoken)
    ]
    known, about, taken = zip(*found, strict=True)
    return np.array(known), np.array(about), np.array(taken)


def fit(known: Rows, about: Rows, taken: NDArray[np.bool_]) -> dict[str, Rows]:
    """Weights in the units of the raw features, and the bias."""
    directions = PCA(DIRECTIONS, random_state=SEED).fit(about)
    rows = np.hstack([known, directions.transform(about)])
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(scaler.transform(rows), taken)
    scale = np.where(scaler.scale_ == 0, 1, scaler.scale_)
    weights = model.coef_[0] / scale
    own, along = weights[:FEATURES], weights[FEATURES:]
    folded = along @ directions.components_
    bias = model.intercept_[0] - weights @ scaler.mean_ - folded @ directions.mean_
    return {"features": own, "about": folded, "bias": np.array(bias)}


def main() -> None:
    talks = rated_talks(training=True)
    known, about, taken = table(talks)
    assert known.shape[1] == FEATURES
    assert about.shape[1] == ABOUT
    weights = fit(known, about, taken)
    np.savez_compressed(
        FILE, allow_pickle=False, **{k: v.astype(np.float32) for k, v in weights.items()}
    )
    print(f"{len(talks)} talks, {len(taken)} messages, {taken.sum()} of them taken up")
    print(f"wrote {FILE.name}, {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
