"""Trains the reader on coded messages: `python -m evals.train_reader [--curve]`.

Writes `ipt_roleplay/reading_weights.npz`. Same data, same weights. Calibration, thresholds
and the bar for "unclear" are set on scores of writers whom the weights had not seen (five
folds of writers); the test writers play no part in anything here. `--curve` trains on a
quarter, a half and three quarters of the messages instead, prints how well each reads the test
writers, and writes nothing.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evals.reading_data import Coded, testing, training
from evals.rows import table
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
LEAST_MESSAGES = {"words": 2, "letters": 3, "signs": 3}
SIGN_WEIGHT = 0.05
THRESHOLDS = np.arange(0.15, 0.7, 0.01)
CLEAR_RIGHT = 0.95
MOST_UNCLEAR = 0.25
CURVE = (0.25, 0.5, 0.75, 1.0)

Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Messages:
    """Features, style numbers (n,), moves (n, 23) and writers (n,)."""

    found: list[dict[str, Block]]
    styles: Codes
    moves: Flags
    writers: NDArray[np.str_]

    def of(self, chosen: Flags) -> Messages:
        found = [f for f, take in zip(self.found, chosen, strict=True) if take]
        return Messages(found, self.styles[chosen], self.moves[chosen], self.writers[chosen])


@dataclass(frozen=True)
class Reader:
    """All that `reading_weights.npz` holds."""

    vocabulary: Vocabulary
    scores: Floats
    bias: Floats
    calibration: Calibration
    thresholds: Floats
    clear_from: float

    def read(self, found: list[dict[str, Block]]) -> tuple[Floats, Floats]:
        return self.calibration(table(found, self.vocabulary) @ self.scores + self.bias)


def seen(rows: Sequence[Coded]) -> Messages:
    """Rows as the trainer sees them."""
    return Messages(
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


def calibrate(scores: Floats, messages: Messages) -> Calibration:
    styles, moves = scores[:, : len(STYLES)], scores[:, len(STYLES) :]
    style = LogisticRegression(C=CALIBRATION_C, max_iter=2000).fit(styles, messages.styles)
    fits = [
        LogisticRegression(C=CALIBRATION_C).fit(score[:, None], made)
        for score, made in zip(moves.T, messages.moves.T, strict=True)
    ]
    return Calibration(
        style_mix=style.coef_.T.astype(np.float32),
        style_bias=style.intercept_.astype(np.float32),
        move_slope=np.array([fit.coef_[0, 0] for fit in fits], dtype=np.float32),
        move_bias=np.array([fit.intercept_[0] for fit in fits], dtype=np.float32),
    )


def train(messages: Messages) -> Reader:
    """Weights from all messages; calibration and bars from scores of unseen writers."""
    scores = unseen_scores(messages)
    calibration = calibrate(scores, messages)
    styles, moves = calibration(scores)
    thresholds = [best_threshold(p, m) for p, m in zip(moves.T, messages.moves.T, strict=True)]
    return Reader(
        *fit(messages),
        calibration,
        np.array(thresholds, dtype=np.float32),
        clear_bar(styles, messages.styles),
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


def f1(truth: Flags, said: Flags) -> float:
    both = float((truth & said).sum())
    return 2 * both / max(float(truth.sum() + said.sum()), 1.0)


# ---------------------------------------------------------------- writing, and the curve


def save(reader: Reader) -> None:
    arrays = {block: np.array(list(reader.vocabulary.columns[block])) for block in BLOCKS}
    arrays |= vars(reader.calibration)
    arrays |= {
        "scales": reader.vocabulary.scales.astype(np.float16),
        "scores": reader.scores.astype(np.float16),
        "bias": reader.bias,
        "thresholds": reader.thresholds,
        "clear_from": np.array(reader.clear_from),
    }
    np.savez_compressed(FILE, allow_pickle=False, **arrays)
    print(f"wrote {FILE.name}, {FILE.stat().st_size / 1e6:.1f} MB")


def print_curve() -> None:
    """Macro-F1 of styles and moves on the test writers, by messages trained on."""
    messages, test = seen(training()), seen(testing())
    order = np.random.default_rng(SEED).permutation(len(messages.styles))
    for part in CURVE:
        chosen = np.zeros(len(order), dtype=bool)
        chosen[order[: int(part * len(order))]] = True
        reader = train(messages.of(chosen))
        styles, moves = reader.read(test.found)
        style = [f1(test.styles == s, styles.argmax(axis=1) == s) for s in range(len(STYLES))]
        said = moves >= reader.thresholds
        move = [f1(test.moves[:, m], said[:, m]) for m in range(len(MOVES))]
        print(f"{chosen.sum():6d} messages: style {np.mean(style):.3f}, moves {np.mean(move):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--curve", action="store_true", help="print a learning curve instead")
    if parser.parse_args().curve:
        print_curve()
    else:
        save(train(seen(training())))


if __name__ == "__main__":
    main()
