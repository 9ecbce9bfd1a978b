"""Logistic regressions over what is known of a text and what it is about.

What it is about comes in by the directions in which sentence vectors differ most (principal
components, Pearson 1901), folded back into one weight a number. Same data, same weights.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

SEED = 20

Rows = NDArray[np.float64]
Flags = NDArray[np.bool_]


def fit(
    known: Rows,
    about: Rows,
    marks: Flags,
    strength: float,
    directions: int,
    counts: Rows | None = None,
) -> dict[str, Rows]:
    """Weights in the units of the raw numbers, a column a label of `marks` (n, labels), and the
    biases; `strength` is the inverse one of the penalty, `counts` how much each row counts."""
    along = PCA(directions, random_state=SEED).fit(about)
    rows = np.hstack([known, along.transform(about)])
    scaler = StandardScaler().fit(rows)
    scaled, scale = scaler.transform(rows), np.where(scaler.scale_ == 0, 1, scaler.scale_)
    models = [
        LogisticRegression(C=strength, max_iter=2000).fit(scaled, mark, sample_weight=counts)
        for mark in marks.T
    ]
    weights = np.stack([one.coef_[0] / scale for one in models], axis=1)
    own = weights[: known.shape[1]]
    folded = along.components_.T @ weights[known.shape[1] :]
    bias = np.array([one.intercept_[0] for one in models])
    bias = bias - scaler.mean_ @ weights - along.mean_ @ folded
    return {"features": own, "about": folded, "bias": bias}


def write(file: Path, weights: dict[str, Rows]) -> None:
    np.savez_compressed(
        file, allow_pickle=False, **{k: v.astype(np.float32) for k, v in weights.items()}
    )
    print(f"wrote {file.name}, {file.stat().st_size / 1e3:.0f} kB")
