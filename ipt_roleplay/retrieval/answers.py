"""Which of the handbook's passages answer a query, learnt from queries that a coach labelled with
theirs.

A ridge regression (Hoerl & Kennard 1970), a column a passage, over what the query is about, which
moves it makes when it is read as part of a talk, and how near it comes to each concept. Trained by
`evals/train_answers.py`. It knows the handbook as it was then: a passage that came later is found
by words, meaning and concepts alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.domain import Move, Style
from ipt_roleplay.encoder import sentence_vector
from ipt_roleplay.linear import load_arrays
from ipt_roleplay.reading import read
from ipt_roleplay.retrieval import concepts

FILE = Path(__file__).with_name("answer_weights.npz")
MOVES, STYLES, CONCEPTS = 0.7, 0.3, 0.7
"""How far moves, styles and concepts count beside what the query is about."""
NEAREST = 8
"""So many concepts count once more, the others not at all."""

Floats = NDArray[np.float64]


Weights = Mapping[str, NDArray[Any]]
"""`features` (features, passages), `bias` and `passages`, the ids, (passages,)."""


def ranking(query: str, weights: Weights | None = None) -> list[str]:
    """The ids of the handbook's passages, the likeliest answer first, by the weights that ship if
    none are given. Raises SetupError when those are not there."""
    known = _load() if weights is None else weights
    scores = features(query) @ known["features"] + known["bias"]
    return [str(known["passages"][one]) for one in np.argsort(-scores, kind="stable").tolist()]


def features(query: str) -> Floats:
    """What the regression sees of a query: (384 + moves + styles + 2 × concepts,)."""
    reading = read("", query)
    moves = [reading.move_probabilities.get(one, 0.0) for one in Move]
    styles = [reading.style_probabilities.get(one, 0.0) for one in Style]
    near = concepts.scores(query)
    nearest = np.where(near >= np.sort(near)[-NEAREST], near, 0.0)
    about = sentence_vector(query).astype(np.float64)
    parts = (MOVES * np.array(moves), STYLES * np.array(styles), CONCEPTS * near)
    return np.concatenate([about, *parts, CONCEPTS * nearest])


@cache
def _load() -> Weights:
    return load_arrays(FILE)
