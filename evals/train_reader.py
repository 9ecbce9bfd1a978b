"""Train the reader, and say how well it reads messages of writers that it has not seen.

    python evals/train_reader.py [--quick] [--without WRITER ...]

Reads `evals/datasets/reading/*.jsonl`, prints leave-one-writer-out figures with bootstrap
intervals and writes `ipt_roleplay/reading_weights.npz`. Messages of one writer share
situations and a voice, so that random lines would flatter: everything that is fitted here
(vocabulary, weights, calibration, thresholds) is tested on other writers. Writers named `more-…`
are for training only. `--quick` skips the figures; `--without` gives figures without some
writers and writes nothing. Same data, same weights.

Last come the figures for the `more-…` writers themselves, each left out: a view from the
side, as the bars were set without them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from ipt_roleplay.domain import Move, Style
from ipt_roleplay.reading.features import Block, observe
from ipt_roleplay.reading.weights import (
    BLOCKS,
    FILE,
    MOVES,
    STYLES,
    Calibration,
    Floats,
    Vocabulary,
)
from ipt_roleplay.reading.words import plain

DATA = Path(__file__).parent / "datasets" / "reading"
SEED = 20
WEIGHTS_C, CALIBRATION_C = 6.0, 1.0
LEAST_MESSAGES = {"words": 2, "letters": 3, "signs": 3}
SIGN_WEIGHT = 0.05
LEAST_THRESHOLD = 0.3
CLEAR_RIGHT = 0.95
MOST_UNCLEAR = 0.25
RESAMPLES = 1000

Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Messages:
    """Coded messages: features, style numbers (n,), moves (n, 23), writers (n,)."""

    found: list[dict[str, Block]]
    styles: Codes
    moves: Flags
    writers: NDArray[np.str_]

    def of(self, chosen: Flags) -> Messages:
        found = [f for f, take in zip(self.found, chosen, strict=True) if take]
        return Messages(found, self.styles[chosen], self.moves[chosen], self.writers[chosen])

    @property
    def testers(self) -> list[str]:
        """Writers whose messages test, in order."""
        return sorted({str(w) for w in self.writers if not w.startswith("more-")})


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


def load(without: list[str]) -> Messages:
    rows = [
        row
        for file in sorted(DATA.glob("*.jsonl"))
        for row in map(json.loads, file.read_text("utf-8").splitlines())
        if row["writer"] not in without
    ]
    return Messages(
        found=[observe(plain(row["context"]), plain(row["text"])) for row in rows],
        styles=np.array([STYLES.index(Style(row["style"])) for row in rows]),
        moves=np.array([[m in map(Move, row["moves"]) for m in MOVES] for row in rows]),
        writers=np.array([row["writer"] for row in rows]),
    )


# ---------------------------------------------------------------- fitting


def vocabulary(found: list[dict[str, Block]]) -> Vocabulary:
    """Features seen in enough messages; runs are scaled by rarity, signs by their spread."""
    columns: dict[str, dict[str, int]] = {}
    scales: list[float] = []
    for block in BLOCKS:
        seen = Counter(name for message in found for name in message[block])
        names = sorted(n for n, times in seen.items() if times >= LEAST_MESSAGES[block])
        columns[block] = {name: len(scales) + place for place, name in enumerate(names)}
        if block == "signs":
            values = np.array([[message[block].get(n, 0.0) for n in names] for message in found])
            scales += (SIGN_WEIGHT / np.maximum(values.std(axis=0), 0.05)).tolist()
        else:
            scales += [log((1 + len(found)) / (1 + seen[name])) + 1 for name in names]
    return Vocabulary(columns, np.array(scales, dtype=np.float32))


def table(found: list[dict[str, Block]], words: Vocabulary) -> csr_matrix:
    placed = [words.place(message) for message in found]
    starts = np.cumsum([0, *(len(columns) for columns, _ in placed)])
    columns = [column for columns, _ in placed for column in columns]
    values = [value for _, values in placed for value in values]
    return csr_matrix((values, columns, starts), shape=(len(found), len(words.scales)))


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


def unseen_scores(messages: Messages) -> Floats:
    """Scores (n, 28) of each tester's messages, by weights learnt without them."""
    scores = np.zeros((len(messages.styles), len(STYLES) + len(MOVES)), dtype=np.float32)
    for writer in messages.testers:
        theirs = messages.writers == writer
        words, weights, bias = fit(messages.of(~theirs))
        scores[theirs] = table(messages.of(theirs).found, words) @ weights + bias
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
    tested = np.isin(messages.writers, messages.testers)
    scores, testing = unseen_scores(messages)[tested], messages.of(tested)
    calibration = calibrate(scores, testing)
    styles, moves = calibration(scores)
    thresholds = [best_threshold(p, m) for p, m in zip(moves.T, testing.moves.T, strict=True)]
    return Reader(
        *fit(messages),
        calibration,
        np.array(thresholds, dtype=np.float32),
        clear_bar(styles, testing.styles),
    )


def best_threshold(chances: Floats, made: Flags) -> float:
    """The threshold of the best F1, taken in the middle of a smoothed curve."""
    grid = np.arange(LEAST_THRESHOLD - 0.03, 0.7, 0.01)
    curve = [f1(made, chances >= bar) for bar in grid]
    return float(grid[3 + np.convolve(curve, np.ones(7) / 7, mode="valid").argmax()])


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


# ---------------------------------------------------------------- figures


@dataclass(frozen=True)
class Readings:
    """What an unseen writer's messages were read as, beside the truth."""

    style: Codes
    clear: Flags
    moves: Flags
    true_style: Codes
    true_moves: Flags

    def of(self, rows: Codes) -> Readings:
        return Readings(
            self.style[rows], self.clear[rows], self.moves[rows],
            self.true_style[rows], self.true_moves[rows],
        )  # fmt: skip


def unseen_readings(messages: Messages, writers: list[str]) -> Readings:
    """Each writer's messages, as read by all that is learnt without them."""
    parts: list[tuple[Codes, Flags, Flags, Codes, Flags]] = []
    for writer in writers:
        theirs = messages.writers == writer
        reader, test = train(messages.of(~theirs)), messages.of(theirs)
        styles, moves = reader.read(test.found)
        parts.append((
            styles.argmax(axis=1), styles.max(axis=1) >= reader.clear_from,
            moves >= reader.thresholds, test.styles, test.moves,
        ))  # fmt: skip
        print(f"  {writer}: {float(np.mean(parts[-1][0] == test.styles)):.3f} of styles right")
    return Readings(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def f1(truth: Flags, said: Flags) -> float:
    both = float((truth & said).sum())
    return 2 * both / max(float(truth.sum() + said.sum()), 1.0)


def style_f1(r: Readings) -> float:
    return float(np.mean([f1(r.true_style == s, r.style == s) for s in range(len(STYLES))]))


def moves_f1(r: Readings) -> float:
    return float(np.mean([f1(r.true_moves[:, m], r.moves[:, m]) for m in range(len(MOVES))]))


def clear_right(r: Readings) -> float:
    return float((r.style == r.true_style)[r.clear].mean())


def share_unclear(r: Readings) -> float:
    return 1 - float(r.clear.mean())


def read_as(truth: Style, said: Style, r: Readings) -> float:
    """Share of the messages of one style that are read, clearly, as another."""
    of = r.true_style == STYLES.index(truth)
    return float((r.clear & (r.style == STYLES.index(said)))[of].mean())


def print_figures(r: Readings) -> None:
    """The main figures, each with the interval that holds 95 % of resampled ones."""
    figures: dict[str, Callable[[Readings], float]] = {
        "style macro-F1": style_f1,
        "moves macro-F1": moves_f1,
        "right where clear": clear_right,
        "share unclear": share_unclear,
        "aggressive read clearly as assertive": lambda x: read_as(
            Style.AGGRESSIVE, Style.ASSERTIVE, x
        ),
        "assertive read clearly as aggressive": lambda x: read_as(
            Style.ASSERTIVE, Style.AGGRESSIVE, x
        ),
    }
    random = np.random.default_rng(SEED)
    count = len(r.style)
    resamples = [r.of(random.integers(0, count, count)) for _ in range(RESAMPLES)]
    for name, figure in figures.items():
        low, high = np.quantile([figure(sample) for sample in resamples], [0.025, 0.975])
        print(f"{name:38s} {figure(r):.3f}  [{low:.3f}, {high:.3f}]")


def print_codes(r: Readings) -> None:
    for number, style in enumerate(STYLES):
        truth, said = r.true_style == number, r.style == number
        print_code(style, truth, said)
    for number, move in enumerate(MOVES):
        print_code(move, r.true_moves[:, number], r.moves[:, number])


def print_code(name: str, truth: Flags, said: Flags) -> None:
    right = float((truth & said).sum())
    print(
        f"  {name:20s} F1 {f1(truth, said):.2f}  precision {right / max(said.sum(), 1):.2f}  "
        f"recall {right / max(truth.sum(), 1):.2f}  of {int(truth.sum())}"
    )


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


def main() -> None:
    arguments = argparse.ArgumentParser(
        description="Train the reader and test it on unseen writers."
    )
    arguments.add_argument("--quick", action="store_true", help="no figures, weights only")
    arguments.add_argument(
        "--without",
        nargs="*",
        default=[],
        metavar="WRITER",
        help="leave these out, and write nothing",
    )
    chosen = arguments.parse_args()
    messages = load(chosen.without)
    print(f"{len(messages.styles)} messages, {Counter(messages.writers.tolist())}")
    if not chosen.quick:
        readings = unseen_readings(messages, messages.testers)
        print_figures(readings)
        print_codes(readings)
        if extra := sorted({str(w) for w in messages.writers} - set(messages.testers)):
            print_figures(unseen_readings(messages, extra))
    if not chosen.without:
        save(train(messages))


if __name__ == "__main__":
    main()
