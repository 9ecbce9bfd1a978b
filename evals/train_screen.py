"""Trains the screening's second look: `python -m evals.train_screen`.

Writes `ipt_roleplay/screening_weights.npz` from the labelled lines of all writers but the test
ones, with ordinary messages (the reader's training data, the texts of the scenarios) as further
harmless lines. The bars are set on scores of writers whom the weights had not seen. Same data,
same weights.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evals import reading_data, screening_data
from evals.rows import table
from evals.talks import scripts
from ipt_roleplay import encoder
from ipt_roleplay.linear import LENGTHS, Block, Floats, Vocabulary, numbered, runs
from ipt_roleplay.safety.learned import CONCERNS, FILE, known_text, verdict
from ipt_roleplay.safety.screening import gravest_sign
from ipt_roleplay.safety.sign import ACUTE, INDIRECT
from ipt_roleplay.scenarios import all_texts, load_all
from ipt_roleplay.words import plain

SEED = 20
STRENGTH = 3.0
LEAST_MESSAGES = 2
HARD_ANY, HARD_ACUTE, HARD_AFTER = 0.031, 0.008, 0.03
"""Shares of the hard harmless lines (of unseen writers) that a bar may let through; on writers who
play no part in this at all it is more."""
PLAIN_ANY, PLAIN_ACUTE, PLAIN_AFTER = 0.02, 0.0016, 0.003
"""The same for ordinary messages. Some of those are of people who neither eat nor sleep any more,
in the scenarios that are about it: a check-in does them no wrong."""
HARD_SURE, PLAIN_SURE = 0.001, 0.0003
"""And for a message so plain that no pattern softens it, a denial aside."""
PERSONA_ANY = 0.0035
"""And of the other people's own lines, which are learnt as harmless: a bar at which more of them
alarm is too low, whatever the others say."""
ORDINARY_PARTS = 3
LOST = 0.005
"""Share of the risky lines with a sign of the patterns whose sign may be taken away."""

KNOWN, NEW, SCENARIOS = "known ordinary", "new ordinary", "scenarios"
SCENARIOS_EVERY = 6
"""Every so many texts of the scenarios are used; all of them would drown the rest."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Lines:
    """Texts, features, marks (n, 6) for any risk, acute risk and `CONCERNS`, and who wrote them;
    ordinary messages have the writer `KNOWN` or `NEW`, by whether the encoder has seen them, or
    `SCENARIOS`."""

    texts: list[str]
    found: list[dict[str, Block]]
    marks: Flags
    writers: NDArray[np.str_]

    def of(self, chosen: Flags) -> Lines:
        texts = [t for t, take in zip(self.texts, chosen, strict=True) if take]
        found = [f for f, take in zip(self.found, chosen, strict=True) if take]
        return Lines(texts, found, self.marks[chosen], self.writers[chosen])


def load() -> Lines:
    rows = screening_data.screening_rows()
    read = reading_data.training()
    ordinary = [one.text for one in read]
    learnt = set(screening_data.learnt_talk())
    scripted = list(dict.fromkeys(text for script in scripts() for text in script.messages))
    scripted += sorted(learnt.difference(scripted))
    ordinary += scripted
    written = [text for scenario in load_all().values() for text in all_texts(scenario)]
    ordinary += written[::SCENARIOS_EVERY]
    texts = [known_text(text) for text in (*(row["text"] for row in rows), *ordinary)]
    marks = [screening_data.concern_marks(row) for row in rows] + [
        [False] * (2 + len(CONCERNS))
    ] * len(ordinary)
    writers = [row["writer"] for row in rows]
    writers += [NEW if row.writer in reading_data.CALIBRATION else KNOWN for row in read]
    writers += [KNOWN if text in learnt else NEW for text in scripted]
    writers += [SCENARIOS] * (len(ordinary) - len(read) - len(scripted))
    found = [runs(plain(text)) for text in texts]
    return Lines(texts, found, np.array(marks), np.array(writers))


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


def unseen_scores(lines: Lines, own: Flags) -> Floats:
    """Scores (n, 6) of the lines marked `own`, by weights learnt without their writer; ordinary
    messages in parts."""
    ordinary = np.isin(lines.writers, [NEW, KNOWN, SCENARIOS])
    parts = [
        f"{number % ORDINARY_PARTS}" if plain else writer
        for number, (plain, writer) in enumerate(zip(ordinary, lines.writers, strict=True))
    ]
    scores = np.zeros(lines.marks.shape, dtype=np.float32)
    for name in sorted(set(np.array(parts)[own].tolist())):
        here = np.array(parts) == name
        words, weights, bias = fit(lines.of(~here))
        scores[here & own] = table(lines.of(here & own).found, words) @ weights + bias
    return scores[own]


def bar(scores: Floats, lines: Lines, hard: float, ordinary: float) -> float:
    """The lowest score above which no more than these shares of harmless lines lie."""
    plain_lines = lines.writers == NEW
    hard_lines = ~lines.marks[:, 0] & ~plain_lines
    return float(
        max(
            np.quantile(scores[hard_lines], 1 - hard),
            np.quantile(scores[plain_lines], 1 - ordinary),
        )
    )


def mixture(linear: Floats, encoded: Floats, lines: Lines) -> Floats:
    """Linear score and encoder count alike, in units of their spread over the labelled lines:
    (2, 6)."""
    labelled = lines.writers != NEW
    return np.array([0.5 / linear[labelled].std(axis=0), 0.5 / encoded[labelled].std(axis=0)])


def persona_bar(words: Vocabulary, weights: Floats, bias: Floats, mix: Floats) -> float:
    """The score for any risk that no more than `PERSONA_ANY` of the personas' lines reach."""
    texts = [known_text(text) for text in dict.fromkeys(screening_data.persona_lines())]
    linear = table([runs(plain(text)) for text in texts], words) @ weights + bias
    encoded = np.array([encoder.risk_scores(text) for text in texts])
    scores = [verdict(row)[0] for row in linear * mix[0] + encoded * mix[1]]
    return float(np.quantile(scores, 1 - PERSONA_ANY))


def main() -> None:
    lines = load()
    new = np.isin(lines.writers, [NEW, *screening_data.CALIBRATION])
    linear, own = unseen_scores(lines, new), lines.of(new)
    encoded = np.array([encoder.risk_scores(text) for text in own.texts])
    mix = mixture(linear, encoded, own).astype(np.float32)
    scores = np.array([verdict(row) for row in linear * mix[0] + encoded * mix[1]])
    any_from = bar(scores[:, 0], own, HARD_ANY, PLAIN_ANY)
    acute_from = bar(scores[:, 1], own, HARD_ACUTE, PLAIN_ACUTE)
    acute_after = bar(scores[:, 1], own, HARD_AFTER, PLAIN_AFTER)
    acute_sure = bar(scores[:, 1], own, HARD_SURE, PLAIN_SURE)
    acute, risky = own.marks[:, 1], own.marks[:, 0]
    signs = np.array([gravest_sign(text) for text in own.texts])
    any_with = float(np.quantile(scores[risky & (signs >= INDIRECT), 0], LOST))
    acute_with = float(np.quantile(scores[acute & (signs == ACUTE), 1], LOST))
    print(
        f"new to both: acute at acute {(scores[acute, 1] >= acute_from).mean():.2f}, "
        f"risk at all {(scores[risky, 0] >= any_from).mean():.2f}"
    )
    harmless = ~risky
    left = harmless & (signs >= INDIRECT) & (scores[:, 0] >= any_with)
    print(
        f"harmless lines with a sign: {(harmless & (signs >= INDIRECT)).sum()}, left {left.sum()}"
    )
    words, weights, bias = fit(lines)
    any_from = max(any_from, persona_bar(words, weights, bias, mix))
    arrays = {block: np.array(list(words.columns[block])) for block in LENGTHS}
    np.savez_compressed(
        FILE,
        allow_pickle=False,
        **arrays,
        scales=words.scales.astype(np.float16),
        scores=weights.astype(np.float16),
        bias=bias,
        mix=mix,
        any_from=np.array(any_from),
        acute_from=np.array(acute_from),
        acute_after=np.array(acute_after),
        acute_sure=np.array(acute_sure),
        any_with=np.array(any_with),
        acute_with=np.array(acute_with),
    )
    print(f"wrote {FILE.name}, {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
