"""Trains the screening's second look: `python -m evals.train_screen`.

Writes `ipt_roleplay/screening_weights.npz` from the labelled lines of all writers but the test
ones, with ordinary messages (the reader's training data, the texts of the scenarios) as further
harmless lines. The bars are set on scores of writers whom the weights had not seen. Same data,
same weights.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evals.reading_data import training
from evals.rows import table
from ipt_roleplay.domain import Risk, Tier
from ipt_roleplay.linear import LENGTHS, Block, Floats, Vocabulary, numbered, runs
from ipt_roleplay.safety.learned import CONCERNS, FILE
from ipt_roleplay.scenarios import all_texts, load_all
from ipt_roleplay.words import plain

DATA = Path(__file__).parent / "datasets" / "screening"
SEED = 20
STRENGTH = 3.0
LEAST_MESSAGES = 2
HARD_ANY, HARD_ACUTE = 0.05, 0.01
"""Shares of the hard harmless lines (of unseen writers) that a bar may let through."""
PLAIN_ANY, PLAIN_ACUTE = 0.002, 0.0003
"""The same for ordinary messages."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Lines:
    """Features, marks (n, 6) for any risk, acute risk and `CONCERNS`, and who wrote them;
    ordinary messages have the writer "ordinary"."""

    found: list[dict[str, Block]]
    marks: Flags
    writers: NDArray[np.str_]

    def of(self, chosen: Flags) -> Lines:
        found = [f for f, take in zip(self.found, chosen, strict=True) if take]
        return Lines(found, self.marks[chosen], self.writers[chosen])


def load() -> Lines:
    rows: list[dict[str, Any]] = []
    for file in sorted(DATA.glob("*.jsonl")):
        for row in map(json.loads, file.read_text("utf-8").splitlines()):
            if not file.stem.startswith("test-") and row.get("split") != "test":
                rows.append({**row, "writer": file.stem})
    ordinary = [one.text for one in training()]
    ordinary += [text for scenario in load_all().values() for text in all_texts(scenario)]
    texts = [row["text"] for row in rows] + ordinary
    marks = [_marks(row) for row in rows] + [[False] * (2 + len(CONCERNS))] * len(ordinary)
    writers = [row["writer"] for row in rows] + ["ordinary"] * len(ordinary)
    return Lines([runs(plain(text)) for text in texts], np.array(marks), np.array(writers))


def _marks(row: dict[str, Any]) -> list[bool]:
    tier = Tier(row["tier"])
    risk = Risk(row["concern"]) if row["concern"] else None
    own = risk is not None and risk not in CONCERNS
    concern = Risk.SUICIDE if own else risk
    return [tier is not Tier.NONE, tier is Tier.ACUTE, *(concern is one for one in CONCERNS)]


def fit(lines: Lines) -> tuple[Vocabulary, Floats, Floats]:
    times = {
        block: Counter(name for found in lines.found for name in found[block]) for block in LENGTHS
    }
    blocks = {
        block: sorted(name for name, count in counted.items() if count >= LEAST_MESSAGES)
        for block, counted in times.items()
    }
    total = len(lines.found)
    scales = [
        log((1 + total) / (1 + times[block][name])) + 1
        for block, names in blocks.items()
        for name in names
    ]
    words = Vocabulary(numbered(blocks), np.array(scales, dtype=np.float32))
    rows = table(lines.found, words)
    fits = [
        LogisticRegression(
            C=STRENGTH, solver="liblinear", class_weight="balanced", random_state=SEED
        ).fit(rows, mark)
        for mark in lines.marks.T
    ]
    scores = np.column_stack([one.coef_[0] for one in fits]).astype(np.float32)
    return words, scores, np.array([one.intercept_[0] for one in fits], dtype=np.float32)


def unseen_scores(lines: Lines) -> Floats:
    """Scores (n, 6) by weights learnt without the writer; ordinary messages in four parts."""
    part = np.array([f"{w} {n % 4}" if w == "ordinary" else w for n, w in enumerate(lines.writers)])
    scores = np.zeros(lines.marks.shape, dtype=np.float32)
    for name in sorted(set(part.tolist())):
        here = part == name
        words, weights, bias = fit(lines.of(~here))
        scores[here] = table(lines.of(here).found, words) @ weights + bias
    return scores


def bar(scores: Floats, lines: Lines, hard: float, ordinary: float) -> float:
    """The lowest score above which no more than these shares of harmless lines lie."""
    harmless = ~lines.marks[:, 0]
    plain_lines = lines.writers == "ordinary"
    return float(
        max(
            np.quantile(scores[harmless & ~plain_lines], 1 - hard),
            np.quantile(scores[plain_lines], 1 - ordinary),
        )
    )


def main() -> None:
    lines = load()
    scores = unseen_scores(lines)
    any_from = bar(scores[:, 0], lines, HARD_ANY, PLAIN_ANY)
    acute_from = bar(scores[:, 1], lines, HARD_ACUTE, PLAIN_ACUTE)
    risky, acute = lines.marks[:, 0], lines.marks[:, 1]
    for writer in sorted(set(lines.writers.tolist()) - {"ordinary"}):
        his = lines.writers == writer
        print(
            f"{writer:12s} acute at acute {(scores[his & acute, 1] >= acute_from).mean():.2f}, "
            f"risk at all {(scores[his & risky, 0] >= any_from).mean():.2f}"
        )
    words, weights, bias = fit(lines)
    arrays = {block: np.array(list(words.columns[block])) for block in LENGTHS}
    np.savez_compressed(
        FILE,
        allow_pickle=False,
        **arrays,
        scales=words.scales.astype(np.float16),
        scores=weights.astype(np.float16),
        bias=bias,
        any_from=np.array(any_from),
        acute_from=np.array(acute_from),
    )
    print(f"wrote {FILE.name}, {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
