"""Linear models of text: named features in, a column and a value each out.

Features are runs of words and runs of letters, so that weights stay legible (one can ask which
words carried a decision) and a new spelling isn't a new word. What is trained on them lies
beside the package as plain arrays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.errors import SetupError
from ipt_roleplay.words import Words

Block = Mapping[str, float]
Floats = NDArray[np.float32]
Weights = NDArray[np.float64]

LENGTHS = {"words": 1.5, "letters": 0.75}
"""How far runs of words and of letters count beside each other and whatever else there is."""
TYPICAL = 12.0
"""The length of a middling message's runs. A message's own length counts by its root only:
counted whole, the one sentence that matters would drown in a long message."""


def runs(words: Words) -> dict[str, Block]:
    """The two blocks that every text has, each run with its count."""
    return {"words": Counter(runs_of_words(words)), "letters": Counter(_runs_of_letters(words))}


def runs_of_words(words: Words) -> Iterator[str]:
    """Runs of one to three words, with marks for the start and end of the message."""
    line = ["^", *(token.word for token in words.tokens), "$"]
    for length in (1, 2, 3):
        for start in range(len(line) - length + 1):
            yield " ".join(line[start : start + length])


def _runs_of_letters(words: Words) -> Iterator[str]:
    """Runs of two to five letters inside words."""
    for token in words.tokens:
        word = f" {token.word} "
        for length in (2, 3, 4, 5):
            for start in range(len(word) - length + 1):
                yield word[start : start + length]


@dataclass(frozen=True)
class Vocabulary:
    """Known features by block, each with its column, and every column's scale."""

    columns: Mapping[str, Mapping[str, int]]
    scales: Floats

    def place(self, features: Mapping[str, Block]) -> tuple[list[int], list[float]]:
        """Columns and values of the known features of a message.

        Runs of words or letters count by damped frequency times rarity, over the root of the
        block's length; other features are only scaled.
        """
        columns: list[int] = []
        values: list[float] = []
        for block, known in self.columns.items():
            here = [(known[name], n) for name, n in features[block].items() if name in known]
            places = [column for column, _ in here]
            scales = self.scales[places].tolist()
            columns += places
            if block in LENGTHS:
                rare = [(1 + log(n)) * scale for (_, n), scale in zip(here, scales, strict=True)]
                length = sqrt(TYPICAL * sqrt(sum(one * one for one in rare))) or 1.0
                values += [one / length * LENGTHS[block] for one in rare]
            else:
                values += [n * scale for (_, n), scale in zip(here, scales, strict=True)]
        return columns, values


def load_arrays(file: Path) -> dict[str, NDArray[Any]]:
    """The arrays of an `.npz` file of the package. Raises SetupError when they are not there."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            return dict(arrays)
    except (OSError, ValueError) as error:
        raise SetupError(
            f"Weights cannot be loaded from {file} ({error}). Install the package again."
        ) from error


@cache
def load_weights(file: Path) -> Mapping[str, Weights]:
    """The same, of regressions over what is known of a text and what it is about: `features`,
    `about` and `bias`, a column a label. Raises SetupError likewise."""
    return {name: array.astype(np.float64) for name, array in load_arrays(file).items()}


def log_odds(weights: Mapping[str, Weights], known: Weights, about: Weights) -> Weights:
    """What such regressions say: (labels,) of one text, (n, labels) of n."""
    return np.asarray(known @ weights["features"] + about @ weights["about"] + weights["bias"])


def numbered(blocks: Mapping[str, list[str]]) -> dict[str, dict[str, int]]:
    """A column for every name, block after block."""
    columns: dict[str, dict[str, int]] = {}
    start = 0
    for block, names in blocks.items():
        columns[block] = {name: start + place for place, name in enumerate(names)}
        start += len(names)
    return columns
