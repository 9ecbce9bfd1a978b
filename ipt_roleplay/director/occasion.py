"""What a message was, as an editor of dialogue would see it: which lines may follow."""

from __future__ import annotations

from collections.abc import Iterator

from ipt_roleplay.director.effects import HOSTILE, any_likely
from ipt_roleplay.domain import Asked, Move, Occasion, Reading, Uptake

AS_LIKELY_AS_NOT, SURER = 0.5, 0.6
"""How likely a move must be to make a message what it is; where it is easily mistaken, more."""
_MOVES: dict[Occasion, tuple[float, frozenset[Move]]] = {
    Occasion.BACKING_OFF: (SURER, frozenset({Move.SELF_SILENCING, Move.WITHDRAWAL})),
    Occasion.KINDNESS: (
        AS_LIKELY_AS_NOT,
        frozenset({Move.OWNERSHIP, Move.VALIDATION, Move.APPRECIATION}),
    ),
    Occasion.GUESS: (SURER, frozenset({Move.MIND_READING, Move.REFLECTION})),
    Occasion.NEWS: (
        AS_LIKELY_AS_NOT,
        frozenset({Move.DISCLOSURE, Move.FEELING, Move.NEED, Move.DEFENCE, Move.OBSERVATION}),
    ),
}
_ASKS = frozenset({Move.REQUEST, Move.LIMIT, Move.COMPROMISE, Move.ORDER})


def occasions(reading: Reading, uptake: Uptake) -> tuple[Occasion, ...]:
    """All that a message was, what has to be answered first in it first; what says nothing in
    particular counts as small talk or as something told."""
    found = tuple(dict.fromkeys(_found(reading, uptake)))
    return found or (Occasion.NEWS, Occasion.YES)


def _found(reading: Reading, uptake: Uptake) -> Iterator[Occasion]:
    if uptake.silent:
        yield Occasion.BACKING_OFF
        return
    if uptake.asks or uptake.question:
        yield from _asked(uptake)
    if reading.style in HOSTILE and not reading.unclear:
        yield Occasion.BLOW
    if uptake.goals or (uptake.closed and not uptake.asks) or any_likely(reading, _ASKS, SURER):
        yield Occasion.REQUEST
    if uptake.agrees:
        yield Occasion.YES
    yield from (one for one, (least, moves) in _MOVES.items() if any_likely(reading, moves, least))


def _asked(uptake: Uptake) -> Iterator[Occasion]:
    if uptake.asked is not Asked.INNER:
        yield Occasion.QUESTION
    if uptake.asked not in (Asked.FACT, Asked.PLAN):
        yield Occasion.INNER
