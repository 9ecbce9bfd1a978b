"""A second look at a message, by weights learnt from lines written and labelled by hand.

The patterns of `screening` know what somebody has thought of; most ways of saying it, nobody
has. Logistic regressions over runs of words and letters see some of those. They only ever add
to what the patterns found. Trained by `evals/train_screen.py`; kept beside the package as
plain arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ipt_roleplay.domain import Risk, Screening, Tier
from ipt_roleplay.linear import LENGTHS, Block, Floats, Vocabulary, load_arrays, numbered, runs
from ipt_roleplay.words import plain

FILE = Path(__file__).parent.parent / "screening_weights.npz"
CONCERNS = (Risk.SUICIDE, Risk.DANGER_FROM_OTHER, Risk.CHILD_AT_RISK, Risk.HARM_TO_OTHER)
"""What it tells apart. The first stands for all danger to oneself."""


@dataclass(frozen=True)
class Weights:
    """Shapes: `scores` (features, 6) and `bias` (6,): any risk, acute risk, then `CONCERNS`.
    From `any_from` and `acute_from` on, a score (in log odds) counts."""

    vocabulary: Vocabulary
    scores: Floats
    bias: Floats
    any_from: float
    acute_from: float

    def of(self, features: dict[str, Block]) -> Floats:
        columns, values = self.vocabulary.place(features)
        return np.asarray(np.array(values, np.float32) @ self.scores[columns] + self.bias)


def second_look(text: str) -> Screening:
    """What the weights make of `text`. Raises SetupError when they are not there."""
    weights = load()
    any_risk, acute, *concerns = weights.of(runs(plain(text))).tolist()
    concern = CONCERNS[int(np.argmax(concerns))]
    if acute >= weights.acute_from:
        return Screening(tier=Tier.ACUTE, concern=concern)
    if any_risk >= weights.any_from:
        return Screening(tier=Tier.CHECK_IN, concern=concern)
    return Screening()


@cache
def load() -> Weights:
    """The weights that ship with the package. Raises SetupError when they are not there."""
    stored = load_arrays(FILE)
    columns = numbered({block: stored[block].tolist() for block in LENGTHS})
    return Weights(
        vocabulary=Vocabulary(columns, stored["scales"].astype(np.float32)),
        scores=stored["scores"].astype(np.float32),
        bias=stored["bias"],
        any_from=float(stored["any_from"]),
        acute_from=float(stored["acute_from"]),
    )
