"""The reader's weights: features in, a probability for each style and each move out.

One logistic regression a code scores the features. As scores of a model on the messages
that it learnt from are too sure of themselves, they are calibrated by scores of writers
whom it had not seen (Platt 1999; for the styles, its form with several classes). Trained
by `evals/train_reader.py`; kept beside the package as plain arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
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
LENGTHS = {"words": 1.5, "letters": 0.75}
"""How far runs of words and of letters count beside each other and the signs."""
TYPICAL = 12.0
"""The length of a middling message's runs. A message's own length counts by its root only:
counted whole, the one sentence that matters would drown in a long message."""
BLOCKS = (*LENGTHS, "signs")

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """Known features by block, each with its column, and every column's scale."""

    columns: Mapping[str, Mapping[str, int]]
    scales: Floats

    def place(self, features: Mapping[str, Block]) -> tuple[list[int], list[float]]:
        """Columns and values of the known features of a message.

        Runs of words or letters count by damped frequency times rarity, over the root of the
        block's length; signs are only scaled.
        """
        columns: list[int] = []
        values: list[float] = []
        for block, known in self.columns.items():
            here = [(known[name], n) for name, n in features[block].items() if name in known]
            places = [column for column, _ in here]
            scales = self.scales[places].tolist()
            columns += places
            if block in LENGTHS:
                runs = [(1 + log(n)) * scale for (_, n), scale in zip(here, scales, strict=True)]
                length = sqrt(TYPICAL * sqrt(sum(run * run for run in runs))) or 1.0
                values += [run / length * LENGTHS[block] for run in runs]
            else:
                values += [n * scale for (_, n), scale in zip(here, scales, strict=True)]
        return columns, values


@dataclass(frozen=True)
class Calibration:
    """From scores to probabilities. Shapes: `style_mix` (5, 5), `style_bias` (5,); a move's
    own score counts by `move_slope` and `move_bias`, both (23,)."""

    style_mix: Floats
    style_bias: Floats
    move_slope: Floats
    move_bias: Floats

    def __call__(self, scores: Floats) -> tuple[Floats, Floats]:
        """Probabilities of the styles (sum 1) and of the moves (each 0–1) from scores of
        shape (…, 28)."""
        styles = scores[..., : len(STYLES)] @ self.style_mix + self.style_bias
        styles = np.exp(styles - styles.max(axis=-1, keepdims=True))
        moves = scores[..., len(STYLES) :] * self.move_slope + self.move_bias
        return styles / styles.sum(axis=-1, keepdims=True), 1 / (1 + np.exp(-moves))


@dataclass(frozen=True)
class Weights:
    """Shapes: `scores` (features, 28) and `bias` (28,), the styles first, then the moves.
    `thresholds` (23,): a move at or above its own was made. `clear_from`: least probability
    of a style that may be leaned on."""

    vocabulary: Vocabulary
    scores: Floats
    bias: Floats
    calibration: Calibration
    thresholds: Floats
    clear_from: float

    def probabilities(self, features: Mapping[str, Block]) -> tuple[Floats, Floats]:
        """Of the styles (sum 1) and of the moves (each 0–1)."""
        columns, values = self.vocabulary.place(features)
        return self.calibration(np.array(values, np.float32) @ self.scores[columns] + self.bias)

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
        columns[block] = dict(zip(names, range(start, start + len(names)), strict=True))
        start += len(names)
    return Weights(
        vocabulary=Vocabulary(columns, stored["scales"].astype(np.float32)),
        scores=stored["scores"].astype(np.float32),
        bias=stored["bias"],
        calibration=Calibration(*(stored[field.name] for field in fields(Calibration))),
        thresholds=stored["thresholds"],
        clear_from=float(stored["clear_from"]),
    )
