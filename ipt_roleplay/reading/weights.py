"""The reader's weights: features in, a probability for each style and each move out.

Two layers of logistic regression. The first scores each code from the words; the second
reads all scores together (blame speaks for an aggressive style) and calibrates them, as it
was fitted on scores of messages by writers whom the first had not seen. Trained by
`evals/train_reader.py`; kept beside the package as plain arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.domain import Move, Style
from ipt_roleplay.errors import SetupError
from ipt_roleplay.reading.features import Block

FILE = Path(__file__).parent.parent / "reading_weights.npz"
STYLES = tuple(Style)
MOVES = tuple(Move)
BLOCKS = ("words", "letters", "signs")

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """Known features by block, each with its column, and every column's scale."""

    columns: Mapping[str, Mapping[str, int]]
    scales: Floats

    def place(self, features: Mapping[str, Block]) -> tuple[list[int], list[float]]:
        """Columns and values of the known features of a message.

        Runs of words or letters count by damped frequency times rarity, and their block
        has length 1; signs are only scaled.
        """
        columns: list[int] = []
        values: list[float] = []
        for block, known in self.columns.items():
            found = [
                (known[name], value) for name, value in features[block].items() if name in known
            ]
            columns += [column for column, _ in found]
            values += _scaled(found, self.scales) if block == "signs" else _runs(found, self.scales)
        return columns, values


def _scaled(found: list[tuple[int, float]], scales: Floats) -> list[float]:
    return [value * float(scales[column]) for column, value in found]


def _runs(found: list[tuple[int, float]], scales: Floats) -> list[float]:
    weighted = [(1 + log(count)) * float(scales[column]) for column, count in found]
    length = sqrt(sum(value * value for value in weighted)) or 1.0
    return [value / length for value in weighted]


@dataclass(frozen=True)
class Weights:
    """Shapes: `first` (features, codes), `second` (codes, codes), biases (codes,), where
    codes are the styles, then the moves. `thresholds` (moves,): a move at or above its own
    was made. `clear_from`: least probability of a style that may be leaned on."""

    vocabulary: Vocabulary
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats
    thresholds: Floats
    clear_from: float

    def probabilities(self, features: Mapping[str, Block]) -> tuple[Floats, Floats]:
        """Of the styles (sum 1) and of the moves (each 0–1)."""
        columns, values = self.vocabulary.place(features)
        scores = np.asarray(values, dtype=np.float32) @ self.first[columns] + self.first_bias
        return second_opinion(scores, self.second, self.second_bias)

    def carried(self, word_runs: list[str], move: Move) -> float:
        """How much these runs of words speak for a move."""
        known = self.vocabulary.columns["words"]
        columns = [known[run] for run in word_runs if run in known]
        code = len(STYLES) + MOVES.index(move)
        return float((self.first[columns, code] * self.vocabulary.scales[columns]).sum())

    def sign_weight(self, name: str, move: Move) -> float:
        """How much a pattern speaks for a move where it is seen."""
        column = self.vocabulary.columns["signs"].get(f"has {name}")
        if column is None:
            return 0.0
        return float(self.first[column, len(STYLES) + MOVES.index(move)])


def second_opinion(scores: Floats, second: Floats, bias: Floats) -> tuple[Floats, Floats]:
    """Probabilities of styles and moves from the first layer's scores, shape (…, codes)."""
    final = scores @ second + bias
    styles = np.exp(final[..., : len(STYLES)] - final[..., : len(STYLES)].max(-1, keepdims=True))
    return styles / styles.sum(-1, keepdims=True), 1 / (1 + np.exp(-final[..., len(STYLES) :]))


@cache
def load() -> Weights:
    """The weights that ship with the package. Raises SetupError when they are not there."""
    try:
        with np.load(FILE, allow_pickle=False) as arrays:
            stored = dict(arrays)
    except (OSError, ValueError) as error:
        raise SetupError(
            f"The reader's weights cannot be loaded from {FILE} ({error}). "
            "Install the package again, or run `python evals/train_reader.py`."
        ) from error
    columns: dict[str, dict[str, int]] = {}
    start = 0
    for block in BLOCKS:
        names = stored[block].tolist()
        columns[block] = {name: start + place for place, name in enumerate(names)}
        start += len(names)
    return Weights(
        vocabulary=Vocabulary(columns, stored["scales"].astype(np.float32)),
        first=stored["first"].astype(np.float32),
        first_bias=stored["first_bias"],
        second=stored["second"],
        second_bias=stored["second_bias"],
        thresholds=stored["thresholds"],
        clear_from=float(stored["clear_from"]),
    )
