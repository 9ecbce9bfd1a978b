"""How likely a teacher would find a slip in a message, and of which kind.

Logistic regressions, one a kind, over how the message was read, sentence by sentence, how the line
before it was, a few plain counts, and what both are about. Trained by `evals/train_coded.py` on
whole talks of which teachers of IPT coded every message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.debrief import phrases
from ipt_roleplay.debrief.talk import Message
from ipt_roleplay.director import chance
from ipt_roleplay.domain import Move, Reading, Style
from ipt_roleplay.encoder import DIMENSIONS, sentence_vector
from ipt_roleplay.linear import load_weights, log_odds
from ipt_roleplay.reading import read
from ipt_roleplay.sentences import Span, sentences

FILE = Path(__file__).with_name("moment_weights.npz")
MOVES = tuple(Move)
STAYS = (Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION, Move.OWNERSHIP)
"""With these a message stays with the other."""
TURNS = (Move.REQUEST, Move.NEED, Move.LIMIT)
"""With these it turns to its author's own matter."""
SHARP = (
    Move.CONTEMPT,
    Move.THREAT,
    Move.BLAME,
    Move.ORDER,
    Move.DISMISSAL,
    Move.GENERALISATION,
    Move.MIND_READING,
)
MAKES, STAYED = 0.6, 0.5
"""How likely a sentence must make a move to count as one that turns, or stays."""
DOUBTFUL = 0.3
"""How likely a slip must be in a message for nothing good to rest on it, where there is anything
else: of 131 praised messages in sixty talks, which strict teachers called right in seven of ten,
none of the four above it was right."""
KIND, KIND_APART = 0.65, 0.15
"""How likely the likeliest kind of slip must be, and how much likelier than the next, for it to be
told which it was."""
MOST_BEGGED = 3
COUNTED = 32
"""Features that are neither moves nor styles nor what it is about."""
FEATURES = 3 * len(MOVES) + len(Style) + COUNTED
ABOUT = 3 * DIMENSIONS
PRODUCT = 10.0
"""So that what two texts share counts like what each is about."""
_OWN = re.compile(r"\b(?:i|i'\w+|my|me|mine)\b", re.IGNORECASE)
_YOURS = re.compile(r"\byou", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:but|though)\b", re.IGNORECASE)
_SORRY = re.compile(r"sorry", re.IGNORECASE)

Floats = NDArray[np.float64]


class Slip(StrEnum):
    """What kind of thing doesn't work in a message: the other's matter is left (past), a blow or an
    edge (sharp), one's own side made small or dropped (small), nothing that could be answered
    (unclear), excuses (explains), comfort before it was heard (soothed)."""

    PAST = "past"
    SHARP = "sharp"
    SMALL = "small"
    UNCLEAR = "unclear"
    EXPLAINS = "explains"
    SOOTHED = "soothed"


Chances = dict[Slip, float]


def slips_of(spoken: Sequence[Message]) -> Mapping[int, Chances]:
    """By message number how likely a teacher would find each kind of slip there, 0–1; none in one
    that was meant otherwise."""
    return _slips_of(tuple(spoken))


@lru_cache(maxsize=8)  # several parts of a debrief ask it of the same talk
def _slips_of(spoken: tuple[Message, ...]) -> Mapping[int, Chances]:
    found = {}
    for place, message in enumerate(spoken):
        chances = 1 / (1 + np.exp(-_scores(*features(spoken, place))))
        if message.meant_otherwise:
            chances = chances * 0
        found[message.number] = dict(zip(Slip, chances.tolist(), strict=True))
    return found


def stands_out(chances: Chances) -> Slip | None:
    """The kind of slip that a message was, where one is much likelier than all others."""
    (first, slip), (second, _) = sorted(((v, k) for k, v in chances.items()), reverse=True)[:2]
    return slip if first >= KIND and first - second >= KIND_APART else None


def slip_likely(spoken: Sequence[Message]) -> dict[int, float]:
    """By message number how likely a teacher would find a slip there, 0–1, of whatever kind."""
    return of_any_kind(slips_of(spoken))


def of_any_kind(chances: Mapping[int, Chances]) -> dict[int, float]:
    """The same, from what is known of each kind."""
    return {number: max(kinds.values()) for number, kinds in chances.items()}


def doubtful(spoken: Sequence[Message]) -> set[int]:
    """The numbers of the messages on which nothing good should rest."""
    return {number for number, likely in slip_likely(spoken).items() if likely >= DOUBTFUL}


def _scores(known: Floats, about: Floats) -> Floats:
    """(6,): one a kind, in the order of `Slip`."""
    return log_odds(load_weights(FILE), known, about)


def features(spoken: Sequence[Message], place: int) -> tuple[Floats, Floats]:
    """(FEATURES,) how the message at `place` reads, and (ABOUT,) what it and the line before it are
    about."""
    message = spoken[place]
    earlier = _moves(spoken[place - 1].reading) if place else None
    own = _moves(message.reading)
    styles = message.reading.style_probabilities
    before = _moves(read("", message.before)) if message.before else np.zeros(len(MOVES))
    there = sentence_vector(message.before) if message.before else np.zeros(DIMENSIONS)
    here = sentence_vector(message.text)
    counted = _counted(message, place, len(spoken), float(there @ here))
    change = np.zeros(len(MOVES)) if earlier is None else earlier - own
    style = np.array([styles.get(one, 0.0) for one in Style])
    known = [own, style, before, np.array(counted), change]
    return np.concatenate(known), np.concatenate([there, here, PRODUCT * there * here])


def _counted(message: Message, place: int, count: int, likeness: float) -> list[float]:
    text, before = message.text, message.before
    words, words_before = max(1, len(text.split())), max(1, len(before.split()))
    return [
        float(message.reading.unclear),
        float(min(MOST_BEGGED, message.begs)),
        float(message.insults),
        float(message.flatters),
        float(message.borrowed),
        float(phrases.soothes(text)),
        float(phrases.undoes(text)),
        float(phrases.asks_outright(before)),
        float(phrases.takes_in(text)),
        float(np.log(words)),
        float("?" in text),
        float(place == 0),
        (place + 1) / count,
        float(np.log(count)),
        len(_OWN.findall(text)) / words,
        len(_YOURS.findall(text)) / words,
        len(_AGAINST.findall(text)) / words**0.5,
        len(_SORRY.findall(text)) / words**0.5,
        likeness,
        float("?" in before),
        float(np.log(words_before)),
        len(_YOURS.findall(before)) / words_before,
        len(_OWN.findall(before)) / words_before,
        *_by_sentence(message),
    ]


def stays_to_the_end(message: Message) -> bool:
    """Whether the last sentence still is about the other."""
    start, end = (sentences(message.text) or [(0, len(message.text))])[-1]
    last = read(message.before, message.text[start:end])
    return max(chance_of(last, move) for move in STAYS) >= STAYED


def sharpest_sentence(message: Message) -> tuple[Span, float]:
    """The sentence that has the sharpest move by itself, and how likely it makes it."""
    found = []
    for start, end in sentences(message.text) or [(0, len(message.text))]:
        alone = read(message.before, message.text[start:end])
        found.append((max(chance_of(alone, move) for move in SHARP), (start, end)))
    likely, span = max(found)
    return span, likely


def _by_sentence(message: Message) -> list[float]:
    """How far its sentences stay with the other, where it turns to its own matter, and how sharp it
    is at the sharpest."""
    spans = sentences(message.text) or [(0, len(message.text))]
    each = [read(message.before, message.text[start:end]) for start, end in spans]
    stays = [max(chance_of(one, move) for move in STAYS) for one in each]
    turns = [max(chance_of(one, move) for move in TURNS) >= MAKES for one in each]
    first = turns.index(True) if True in turns else None
    stayed = sum(one >= STAYED for one in stays[:first]) if first is not None else 0
    sharpest = max(chance_of(one, move) for one in each for move in SHARP)
    return [
        max(stays),
        sum(stays) / len(stays),
        stays[0],
        stays[-1],
        float(first is not None),
        float(stayed),
        sharpest,
        max(chance_of(message.reading, move) for move in SHARP),
        float(np.log(len(each))),
    ]


def chance_of(reading: Reading, move: Move) -> float:
    """How likely a message makes a move, 0–1, whether or not it was read to make it."""
    return chance(reading, move) if move in reading.move_probabilities else 0.0


def _moves(reading: Reading) -> Floats:
    return np.array([chance_of(reading, move) for move in MOVES])
