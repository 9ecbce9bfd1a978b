"""Which sentence of a message a slip stands in.

Logistic regressions, one a kind of slip, over how a sentence differs from the others of its
message: how it reads, its form, what it is about, and how near that is to what the other had said.
Trained by `evals/train_heaviest.py` on the words that strict teachers copied from whole rehearsals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.debrief.talk import Message
from ipt_roleplay.debrief.weighing import MOVES, Slip, chance_of
from ipt_roleplay.domain import Style
from ipt_roleplay.encoder import DIMENSIONS, sentence_vector
from ipt_roleplay.linear import load_weights, log_odds
from ipt_roleplay.reading import read
from ipt_roleplay.sentences import Span, sentences

FILE = Path(__file__).with_name("heaviest_weights.npz")
FORM = 11
"""Features that are neither moves nor styles nor what it is about."""
KNOWN, ABOUT = len(MOVES) + len(Style) + FORM, 2 * DIMENSIONS
PRODUCT = 10.0
"""So that what two texts share counts like what each is about."""
CLEARLY = 1.0
"""How much likelier than the next, in log odds, a sentence must be to be named. Of the slips that
teachers weighed most, rounds of talks held out in turn, the likeliest sentence is right for 78 % of
those by which somebody got smaller and 70 % of the unclear ones, the named one for 84 and 82 %."""
_OWN = re.compile(r"\b(?:i|i'\w+|im|my|me)\b", re.IGNORECASE)
_YOURS = re.compile(r"\byou", re.IGNORECASE)
_SMALLER = re.compile(r"\b(?:but|though|anyway|only|just)\b", re.IGNORECASE)
_SORRY = re.compile(r"sorry", re.IGNORECASE)

Floats = NDArray[np.float64]


def heaviest_sentence(message: Message, slip: Slip) -> tuple[Span, bool]:
    """The sentence of a message in which this kind of slip most likely stands, and whether it is
    much likelier than the next."""
    spans = sentences(message.text)
    if len(spans) < 2:
        return (0, len(message.text)), True
    scores = log_odds(load_weights(FILE), *features(message, spans))[:, tuple(Slip).index(slip)]
    second, first = np.sort(scores)[-2:]
    return spans[int(np.argmax(scores))], bool(first - second >= CLEARLY)


def features(message: Message, spans: Sequence[Span]) -> tuple[Floats, Floats]:
    """(sentences, KNOWN) how each reads and (sentences, ABOUT) what it is about, both less the
    mean of the message."""
    there = sentence_vector(message.before) if message.before else np.zeros(DIMENSIONS)
    rows, about = [], []
    for place, (start, end) in enumerate(spans):
        text = message.text[start:end]
        here = sentence_vector(text)
        found = read(message.before, text)
        moves = [chance_of(found, one) for one in MOVES]
        styles = [found.style_probabilities.get(one, 0.0) for one in Style]
        rows.append([*moves, *styles, *_form(text, place, len(spans)), float(here @ there)])
        about.append(np.concatenate([here, PRODUCT * here * there]))
    known, meant = np.array(rows, np.float64), np.array(about, np.float64)
    return known - known.mean(axis=0), meant - meant.mean(axis=0)


def _form(text: str, place: int, count: int) -> list[float]:
    words = max(1, len(text.split()))
    return [
        float(place == 0),
        float(place == count - 1),
        place / (count - 1),
        float(np.log(words)),
        float("?" in text),
        len(_OWN.findall(text)) / words,
        len(_YOURS.findall(text)) / words,
        float(bool(_SMALLER.search(text))),
        float(bool(_SORRY.search(text))),
        float(words <= 3),
    ]
