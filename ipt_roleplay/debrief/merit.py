"""What a sentence may truly be praised for, and how likely a teacher would.

Logistic regressions, one a move, over how the sentence reads by itself, how its message does, and
what it is about. Trained by `evals/train_coded.py` on messages that teachers of IPT coded: a reader
that finds a request in a sentence is right more often than praise for it would be.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.debrief.talk import Message
from ipt_roleplay.domain import HELPING, Move, Style
from ipt_roleplay.encoder import sentence_vector
from ipt_roleplay.linear import load_weights, log_odds
from ipt_roleplay.reading import read
from ipt_roleplay.sentences import Span, sentences

FILE = Path(__file__).with_name("merit_weights.npz")
PRAISED: tuple[Move, ...] = tuple(move for move in Move if move in HELPING)
"""What a sentence can be praised for, in the order of the weights' columns."""
FEATURES = 2 * (len(Move) + len(Style)) + 4

Floats = NDArray[np.float64]


def merit(message: Message, move: Move) -> tuple[Span, float]:
    """The sentence that a teacher would likeliest praise for `move`, and how likely, 0–1."""
    column = PRAISED.index(move)
    chances = _chances(message.before, message.text)
    best = max(chances, key=lambda pair: float(pair[1][column]))
    return best[0], float(best[1][column])


@lru_cache(maxsize=512)
def _chances(before: str, text: str) -> tuple[tuple[Span, Floats], ...]:
    """Each sentence's chances, in the order of `PRAISED`."""
    weights = load_weights(FILE)
    return tuple(
        (span, 1 / (1 + np.exp(-log_odds(weights, own, about))))
        for span, own, about in features(before, text)
    )


def features(before: str, text: str) -> list[tuple[Span, Floats, Floats]]:
    """Each sentence of `text`, said after `before`: how it reads, (FEATURES,), and what it is
    about, (DIMENSIONS,)."""
    spans = sentences(text) or [(0, len(text))]
    whole = _read(before, text)
    return [
        (
            (start, end),
            np.array([*_read(before, text[start:end]), *whole, *_counted(text, start, end, spans)]),
            sentence_vector(text[start:end]).astype(np.float64),
        )
        for start, end in spans
    ]


def _read(before: str, text: str) -> list[float]:
    reading = read(before, text)
    moves, styles = reading.move_probabilities, reading.style_probabilities
    return [moves.get(one, 0.0) for one in Move] + [styles.get(one, 0.0) for one in Style]


def _counted(text: str, start: int, end: int, spans: list[Span]) -> list[float]:
    words = max(1, len(text[start:end].split()))
    place = spans.index((start, end)) / len(spans)
    return [float(np.log(words)), float("?" in text[start:end]), place, float(np.log(len(spans)))]
