"""Trains the linear reader and mixes it with the encoder: `python -m evals.train_reader`.

Writes `ipt_roleplay/reading_weights.npz`. Same data and encoder, same weights. The mix, the
calibration, the thresholds and the bar for "unclear" are set on messages of writers whom the
encoder never saw, with linear scores by weights that hadn't seen them either (five folds of
writers). The test writers play no part in anything here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evals.reading_data import CALIBRATION, Coded, training
from evals.rows import table
from ipt_roleplay import encoder
from ipt_roleplay.domain import Style
from ipt_roleplay.linear import Block, Floats, Vocabulary, numbered
from ipt_roleplay.reading.features import observe
from ipt_roleplay.reading.weights import (
    BLOCKS,
    FILE,
    MOVES,
    STYLES,
    Calibration,
)
from ipt_roleplay.words import plain

SEED = 20
FOLDS = 5
WEIGHTS_C, CALIBRATION_C = 3.0, 1.0
LEAST_MESSAGES = {"words": 2, "letters": 5, "signs": 3}
SIGN_WEIGHT = 0.05
THRESHOLDS = np.arange(0.15, 0.7, 0.01)
CLEAR_RIGHT = 0.95
MOST_UNCLEAR = 0.25
HOSTILE_AS_ASSERTIVE = 0.03
"""Share of the aggressive messages that may be read, surely, as assertive."""

Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Messages:
    """Rows and their features, style numbers (n,), moves (n, 23) and writers (n,)."""

    rows: list[Coded]
    found: list[dict[str, Block]]
    styles: Codes
    moves: Flags
    writers: NDArray[np.str_]

    def of(self, chosen: Flags) -> Messages:
        rows = [r for r, take in zip(self.rows, chosen, strict=True) if take]
        found = [f for f, take in zip(self.found, chosen, strict=True) if take]
        return Messages(rows, found, self.styles[chosen], self.moves[chosen], self.writers[chosen])


@dataclass(frozen=True)
class Reader:
    """All that `reading_weights.npz` holds."""

    vocabulary: Vocabulary
    scores: Floats
    bias: Floats
    calibration: Calibration
    thresholds: Floats
    clear_from: float
    assertive_until: float


def seen(rows: Sequence[Coded]) -> Messages:
    """Rows as the trainer sees them."""
    return Messages(
        rows=list(rows),
        found=[observe(plain(row.context), plain(row.text)) for row in rows],
        styles=np.array([STYLES.index(row.agreed.style) for row in rows]),
        moves=np.array([[move in row.agreed.moves for move in MOVES] for row in rows]),
        writers=np.array([row.writer for row in rows]),
    )


# ---------------------------------------------------------------- fitting


def vocabulary(found: list[dict[str, Block]]) -> Vocabulary:
    """Features seen in enough messages; runs are scaled by rarity, signs by their spread."""
    blocks: dict[str, list[str]] = {}
    scales: list[float] = []
    for block in BLOCKS:
        times = Counter(name for message in found for name in message[block])
        names = sorted(n for n, count in times.items() if count >= LEAST_MESSAGES[block])
        blocks[block] = names
        if block == "signs":
            values = np.array([[message[block].get(n, 0.0) for n in names] for message in found])
            scales += (SIGN_WEIGHT / np.maximum(values.std(axis=0), 0.05)).tolist()
        else:
            scales += [log((1 + len(found)) / (1 + times[name])) + 1 for name in names]
    return Vocabulary(numbered(blocks), np.array(scales, dtype=np.float32))


def fit(messages: Messages) -> tuple[Vocabulary, Floats, Floats]:
    """One logistic regression a code: vocabulary, weights (features, 28), biases (28,)."""
    words = vocabulary(messages.found)
    rows = table(messages.found, words)
    marks = np.column_stack([np.eye(len(STYLES), dtype=bool)[messages.styles], messages.moves])
    fits = [
        LogisticRegression(C=WEIGHTS_C, solver="liblinear", random_state=SEED).fit(rows, mark)
        for mark in marks.T
    ]
    weights = np.column_stack([fit.coef_[0] for fit in fits])
    bias = np.array([fit.intercept_[0] for fit in fits])
    return words, weights.astype(np.float32), bias.astype(np.float32)


def folds(writers: NDArray[np.str_]) -> Codes:
    """A fold for each message, whole writers together, the folds about equally large."""
    sizes = [0] * FOLDS
    given: dict[str, int] = {}
    for writer, size in Counter(writers.tolist()).most_common():
        given[writer] = sizes.index(min(sizes))
        sizes[given[writer]] += size
    return np.array([given[writer] for writer in writers.tolist()])


def unseen_scores(messages: Messages) -> Floats:
    """Scores (n, 28) of each message, by weights learnt without its writer."""
    scores = np.zeros((len(messages.styles), len(STYLES) + len(MOVES)), dtype=np.float32)
    fold = folds(messages.writers)
    for number in range(FOLDS):
        here = fold == number
        words, weights, bias = fit(messages.of(~here))
        scores[here] = table(messages.of(here).found, words) @ weights + bias
    return scores


def encoded_scores(messages: Messages) -> Floats:
    """The encoder's scores (n, 28)."""
    rows = [encoder.reading_scores(row.context, row.text) for row in messages.rows]
    return np.array(rows, dtype=np.float32)


def calibrate(linear: Floats, encoded: Floats, messages: Messages) -> Calibration:
    count = len(STYLES)
    both = np.concatenate([linear[:, :count], encoded[:, :count]], axis=1)
    style = LogisticRegression(C=CALIBRATION_C, max_iter=2000).fit(both, messages.styles)
    pairs = np.stack([linear[:, count:], encoded[:, count:]], axis=2)
    fits = [
        LogisticRegression(C=CALIBRATION_C).fit(pairs[:, number], made)
        for number, made in enumerate(messages.moves.T)
    ]
    return Calibration(
        style_mix=style.coef_.T.astype(np.float32),
        style_bias=style.intercept_.astype(np.float32),
        move_mix=np.array([fit.coef_[0] for fit in fits], dtype=np.float32).T,
        move_bias=np.array([fit.intercept_[0] for fit in fits], dtype=np.float32),
    )


def train(messages: Messages) -> Reader:
    """Weights from all messages; calibration and bars from writers new to both readers."""
    new = np.isin(messages.writers, sorted(CALIBRATION))
    linear, own = unseen_scores(messages)[new], messages.of(new)
    encoded = encoded_scores(own)
    calibration = calibrate(linear, encoded, own)
    styles, moves = calibration(linear, encoded)
    thresholds = [best_threshold(p, m) for p, m in zip(moves.T, own.moves.T, strict=True)]
    return Reader(
        *fit(messages),
        calibration,
        np.array(thresholds, dtype=np.float32),
        clear_from := clear_bar(styles, own.styles),
        assertive_bar(styles, own.styles, clear_from),
    )


def best_threshold(chances: Floats, made: Flags) -> float:
    """The threshold of the best F1, taken in the middle of a smoothed curve."""
    curve = np.convolve([f1(made, chances >= bar) for bar in THRESHOLDS], np.ones(7) / 7, "valid")
    return float(THRESHOLDS[3 + curve.argmax()])


def clear_bar(styles: Floats, truth: Codes) -> float:
    """The lowest probability from which styles are right often enough, within the share
    that may stay unclear."""
    sure = styles.max(axis=1)
    right = styles.argmax(axis=1) == truth
    most = float(np.quantile(sure, MOST_UNCLEAR - 0.02))
    for bar in np.arange(0.3, most, 0.005):
        if right[sure >= bar].mean() >= CLEAR_RIGHT:
            return float(bar)
    return most


def assertive_bar(styles: Floats, truth: Codes, clear_from: float) -> float:
    """The highest probability of `aggressive` beside which so few aggressive messages are taken,
    surely, for assertive ones."""
    assertive, hostile = STYLES.index(Style.ASSERTIVE), STYLES.index(Style.AGGRESSIVE)
    chances = styles[truth == hostile]
    taken = (chances.argmax(axis=1) == assertive) & (chances.max(axis=1) >= clear_from)
    beside = np.sort(chances[taken, hostile])
    allowed = int(HOSTILE_AS_ASSERTIVE * len(chances))
    return 1.0 if len(beside) <= allowed else float(beside[allowed]) - 1e-6


def f1(truth: Flags, said: Flags) -> float:
    both = float((truth & said).sum())
    return 2 * both / max(float(truth.sum() + said.sum()), 1.0)


def coarse(values: Floats) -> NDArray[np.float16]:
    """In 16 bits, the last three of them nought: to a 256th of each weight, and a seventh less to
    keep."""
    bits = values.astype(np.float16).view(np.uint16)
    return ((bits + 4) & 0xFFF8).astype(np.uint16).view(np.float16)


def save(reader: Reader) -> None:
    arrays = {block: np.array(list(reader.vocabulary.columns[block])) for block in BLOCKS}
    arrays |= vars(reader.calibration)
    arrays |= {
        "scales": reader.vocabulary.scales.astype(np.float16),
        "scores": coarse(reader.scores),
        "bias": reader.bias,
        "thresholds": reader.thresholds,
        "clear_from": np.array(reader.clear_from),
        "assertive_until": np.array(reader.assertive_until),
    }
    np.savez_compressed(FILE, allow_pickle=False, **arrays)
    print(f"wrote {FILE.name}, {FILE.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    save(train(seen(training())))


if __name__ == "__main__":
    main()
