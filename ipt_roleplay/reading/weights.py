"""The reader's weights: what is seen in a message in, a probability for each code out.

Two readers score a message: one logistic regression a code over named features, which can tell
the words that it rests on, and the encoder, which has a sense of how words stand together. As
scores on the messages that a model learnt from are too sure of themselves, the two are mixed and
calibrated on messages of writers whom neither had seen (Platt 1999; for the styles, its form with
several classes). Trained by `evals/train_reader.py`; kept beside the package as plain arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.domain import Move, Style
from ipt_roleplay.linear import LENGTHS, Block, Floats, Vocabulary, load_arrays, numbered

FILE = Path(__file__).parent.parent / "reading_weights.npz"
STYLES = tuple(Style)
MOVES = tuple(Move)
BLOCKS = (*LENGTHS, "signs")


@dataclass(frozen=True)
class Calibration:
    """From the scores of both readers to probabilities. Shapes: `style_mix` (10, 5), the linear
    reader's five first, `style_bias` (5,); `move_mix` (2, 23), `move_bias` (23,)."""

    style_mix: Floats
    style_bias: Floats
    move_mix: Floats
    move_bias: Floats

    def __call__(self, linear: Floats, encoded: Floats) -> tuple[Floats, Floats]:
        """Probabilities of the styles (sum 1) and of the moves (each 0–1) from scores of
        shape (…, 28) each."""
        count = len(STYLES)
        both = np.concatenate([linear[..., :count], encoded[..., :count]], axis=-1)
        styles = both @ self.style_mix + self.style_bias
        styles = np.exp(styles - styles.max(axis=-1, keepdims=True))
        first, second = self.move_mix
        moves = linear[..., count:] * first + encoded[..., count:] * second + self.move_bias
        return styles / styles.sum(axis=-1, keepdims=True), 1 / (1 + np.exp(-moves))


@dataclass(frozen=True)
class Weights:
    """Shapes: `scores` (features, 28) and `bias` (28,), the styles first, then the moves.
    `thresholds` (23,): a move at or above its own was made. `clear_from`: least probability
    of a style that may be leaned on; `assertive_until`: most probability of `aggressive` beside
    which `assertive` may, since to take an attack for candour misleads most of all."""

    vocabulary: Vocabulary
    scores: Floats
    bias: Floats
    calibration: Calibration
    thresholds: Floats
    clear_from: float
    assertive_until: float

    def clear(self, styles: Floats) -> NDArray[np.bool_]:
        """Which rows of style probabilities, shape (…, 5), may be leaned on."""
        assertive, hostile = STYLES.index(Style.ASSERTIVE), STYLES.index(Style.AGGRESSIVE)
        sure = styles.max(axis=-1) >= self.clear_from
        risky = styles[..., hostile] > self.assertive_until
        return np.asarray(sure & ~((styles.argmax(axis=-1) == assertive) & risky))

    def probabilities(
        self, features: Mapping[str, Block], encoded: Floats
    ) -> tuple[Floats, Floats]:
        """Of the styles (sum 1) and of the moves (each 0–1)."""
        columns, values = self.vocabulary.place(features)
        linear = np.array(values, np.float32) @ self.scores[columns] + self.bias
        return self.calibration(linear, encoded)

    def carried(self, word_runs: list[str], move: Move) -> float:
        """How much these runs of words speak for a move."""
        known = self.vocabulary.columns["words"]
        columns = [known[run] for run in word_runs if run in known]
        weights = self.scores[columns, len(STYLES) + MOVES.index(move)]
        return float(weights @ self.vocabulary.scales[columns])

    def sign_weight(self, name: str, move: Move) -> float:
        """How much a sign speaks for a move where it is seen; 0 for an unknown one."""
        column = self.vocabulary.columns["signs"].get(name)
        return (
            0.0 if column is None else float(self.scores[column, len(STYLES) + MOVES.index(move)])
        )


@cache
def load() -> Weights:
    """The weights that ship with the package. Raises SetupError when they are not there."""
    stored = load_arrays(FILE)
    columns = numbered({block: stored[block].tolist() for block in BLOCKS})
    return Weights(
        vocabulary=Vocabulary(columns, stored["scales"].astype(np.float32)),
        scores=stored["scores"].astype(np.float32),
        bias=stored["bias"],
        calibration=Calibration(*(stored[field.name] for field in fields(Calibration))),
        thresholds=stored["thresholds"],
        clear_from=float(stored["clear_from"]),
        assertive_until=float(stored["assertive_until"]),
    )
