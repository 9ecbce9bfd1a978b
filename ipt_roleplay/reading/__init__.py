"""How one message was said: its style, its moves, and the words that carried them.

Codes as in `docs/codebook.md`. Everything happens on this machine in a few milliseconds,
by weights learnt from messages coded by hand; `reading_model_card.md` says how far to
trust them. Nothing here knows the scenario: what a message *means* in it is `uptake`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ipt_roleplay import encoder
from ipt_roleplay.domain import HINDERING, MESSAGE_LIMIT, Move, Reading, Style
from ipt_roleplay.reading.cues import find_cues
from ipt_roleplay.reading.features import observe
from ipt_roleplay.reading.patterns import PATTERNS
from ipt_roleplay.reading.weights import MOVES, STYLES, Weights, load
from ipt_roleplay.words import Words, plain

__all__ = ["read"]

_LEAST_KNOWN = 0.4
"""Share of a message's words that the reader must know to say anything about it."""


_FEEL_THAT = re.compile(
    r"\bi feel (?:that |like |as (?:if|though) )?(?:you|he|she|they|it|we|this)(?:'\w+)?\b"
)


@lru_cache(maxsize=512)
def read(context: str, text: str) -> Reading:
    """Read `text`, said in answer to the other person's line `context` (may be empty).

    Never refuses a string: where there is nothing to read (no words, another language)
    the reading is neutral, `unclear`, and without moves. Only the first 4,000 characters
    are read. Raises SetupError when the weights cannot be loaded. Cached: the uptake of a
    message asks for its reading again.
    """
    weights = load()
    message = plain(text[:MESSAGE_LIMIT])
    if not _readable(message, weights):
        return _nothing_read()
    context = context[-MESSAGE_LIMIT:]
    encoded = encoder.reading_scores(context, text[:MESSAGE_LIMIT])
    styles, chances = weights.probabilities(observe(plain(context), message), encoded)
    style = STYLES[int(styles.argmax())]
    made = [m for m, p, t in zip(MOVES, chances, weights.thresholds, strict=True) if p >= t]
    moves = tuple(m for m in made if not (_sarcastic(m, style, made) or _opinion(m, message)))
    return Reading(
        style=style,
        moves=moves,
        cues=find_cues(message, moves, weights),
        style_probabilities={s: float(p) for s, p in zip(STYLES, styles, strict=True)},
        move_probabilities={m: float(p) for m, p in zip(MOVES, chances, strict=True)},
        unclear=not weights.clear(styles) or _unfounded(style, moves),
    )


def _sarcastic(move: Move, style: Style, made: Sequence[Move]) -> bool:
    """The codebook: thanks inside sarcasm are contempt, and no appreciation."""
    sideways = style is Style.PASSIVE_AGGRESSIVE and Move.CONTEMPT in made
    return move is Move.APPRECIATION and sideways


def _opinion(move: Move, message: Words) -> bool:
    """The codebook: "I feel that you …" without a word of emotion names no feeling."""
    if move is not Move.FEELING or not _FEEL_THAT.search(message.line):
        return False
    named = (one for one in PATTERNS.values() if Move.FEELING in one.moves)
    return not any(one.search.search(message.line) for one in named)


def _readable(message: Words, weights: Weights) -> bool:
    known = weights.vocabulary.columns["words"]
    words = [token.word for token in message.tokens if token.word[0].isalpha()]
    return bool(words) and sum(w in known for w in words) >= _LEAST_KNOWN * len(words)


def _unfounded(style: Style, moves: Sequence[Move]) -> bool:
    """Hostility without a move that carries it: where the reader says so, it is mostly wrong."""
    return style in (Style.AGGRESSIVE, Style.PASSIVE_AGGRESSIVE) and HINDERING.isdisjoint(moves)


def _nothing_read() -> Reading:
    return Reading(
        style=Style.NEUTRAL,
        style_probabilities=dict.fromkeys(STYLES, 1 / len(STYLES)),
        move_probabilities=dict.fromkeys(MOVES, 0.0),
        unclear=True,
    )
