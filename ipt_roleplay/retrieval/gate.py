"""Whether a query has an answer at all: without it every question would get the nearest passages,
however far they are.

Logistic regression over how near anything came and over what the query is about, trained by
`evals/train_gate.py` on queries that the handbook answers and queries that it doesn't. It knows the
handbook alone, so a source of one's own that is plainly near always counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.encoder import sentence_vector
from ipt_roleplay.linear import load_weights, log_odds
from ipt_roleplay.reading import read

FILE = Path(__file__).with_name("gate_weights.npz")
FEATURES = 8
NEAREST = 3
NAMED_FROM = 0.9
"""From here on a concept is as good as named: of the queries outside one in a thousand comes so
far."""
OWN_FROM = 6.2
"""From here on a source of one's own is near: a cosine and a share of rare words of .6 each."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """How near a query came: its best concepts' scores (0 to about 2), the best cosines, each
    best first, and the share of its rare words that the best passage has."""

    concepts: Sequence[float]
    cosines: Sequence[float]
    words: float


def answered(query: str, found: Evidence) -> bool:
    """Whether anything found is an answer."""
    if max(found.concepts, default=0.0) >= NAMED_FROM:
        return True
    known = features(query, found)
    (score,) = log_odds(load_weights(FILE), known, sentence_vector(query).astype(np.float64))
    return bool(score >= bar())


def bar() -> float:
    """The score from which a query has an answer."""
    return float(load_weights(FILE)["bar"])


def near(found: Evidence) -> bool:
    """Whether passages of one's own are plainly near, whatever they are about."""
    return 5.9 * max(found.cosines, default=0.0) + 4.4 * found.words > OWN_FROM


def features(query: str, found: Evidence) -> Floats:
    """(FEATURES,)"""
    chances = read("", query).move_probabilities.values()
    return np.array(
        [
            max(found.concepts, default=0.0),
            _mean(found.concepts),
            max(found.cosines, default=0.0),
            _mean(found.cosines[:NEAREST]),
            _mean(found.cosines),
            found.words,
            float(np.log(max(1, len(query.split())))),
            max(chances, default=0.0),
        ]
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
