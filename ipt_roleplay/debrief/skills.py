"""How far a whole talk shows each skill, and whether at all: learnt from rated talks.

A talk is what its messages show: for every move and style how likely it was made on the whole, at
most, twice over and towards the end, and how much was said. Ridge regressions (Hoerl & Kennard
1970) tell the level of each skill from that, logistic ones whether a rater would call it seen;
trained by `evals/train_ratings.py` on talks that careful raters rated by `docs/rubric.md`. The caps
of the rubric are not learnt: they are in `ratings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.debrief.talk import GRAVE, Message
from ipt_roleplay.domain import HINDERING, Move, Skill, Style
from ipt_roleplay.linear import load_arrays

FILE = Path(__file__).with_name("skill_weights.npz")
MOVES, STYLES = tuple(Move), tuple(Style)
FEATURES = 4 * len(MOVES) + 3 * len(STYLES) + 3
HIGHEST = 4

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """Shapes: `levels` and `seen` (FEATURES, 6), `level_bias` and `seen_bias` (6,); a column a
    skill, in the order of `Skill`."""

    levels: Floats
    level_bias: Floats
    seen: Floats
    seen_bias: Floats


def shown(spoken: Sequence[Message]) -> Floats | None:
    """The features of a talk, values from 0 to about 4; None where no message makes any move.
    Small talk plays no part, so that filling a talk up changes nothing."""
    telling = [one for one in spoken if one.moves]
    if not telling:
        return None
    moves = np.array([_moves(one) for one in telling])
    styles = np.array([_styles(one) for one in telling if not one.reading.unclear])
    if not len(styles):
        styles = np.zeros((1, len(STYLES)))
    twice = np.sort(moves, axis=0)[-2:].mean(axis=0)
    late = moves[len(moves) // 2 :].mean(axis=0)
    parts = [moves.mean(axis=0), moves.max(axis=0), twice, late]
    parts += [styles.mean(axis=0), styles.max(axis=0), styles[-2:].mean(axis=0)]
    return np.concatenate([*parts, _size(telling)])


def _size(telling: Sequence[Message]) -> Floats:
    """How long the messages are, how many, and how much each does: somebody who says a great deal
    makes every move sooner or later, and is no more skilled for it."""
    words = np.array([len(one.text.split()) for one in telling])
    made = np.array([len(one.moves) for one in telling])
    return np.array([0.75 * np.log1p(words).mean(), np.log1p(len(telling)), 0.5 * made.mean()])


def levels(features: Floats) -> dict[Skill, int | None]:
    """The level of each skill, 0–4; None where it wasn't seen."""
    weights = _load()
    scores = features @ weights.levels + weights.level_bias
    seen = features @ weights.seen + weights.seen_bias
    return {
        skill: round(min(HIGHEST, max(0.0, score))) if sign > 0 else None
        for skill, score, sign in zip(Skill, scores.tolist(), seen.tolist(), strict=True)
    }


def _moves(message: Message) -> list[float]:
    """How likely each move was made. An unclear reading holds only what is grave against them."""
    told = message.reading.move_probabilities
    held = {move: told.get(move, float(move in message.moves)) for move in MOVES}
    if message.reading.unclear:
        held |= dict.fromkeys(HINDERING - GRAVE, 0.0)
    return [held[move] for move in MOVES]


def _styles(message: Message) -> list[float]:
    told = message.reading.style_probabilities
    return [told.get(style, float(style is message.reading.style)) for style in STYLES]


@cache
def _load() -> Weights:
    stored = load_arrays(FILE)
    names = ("levels", "level_bias", "seen", "seen_bias")
    return Weights(*(stored[name].astype(np.float64) for name in names))
