"""One message worth speaking of, and what is asked of messages on every side of a debrief."""

from __future__ import annotations

from dataclasses import dataclass

from ipt_roleplay.debrief.phrases import FLATTERIES
from ipt_roleplay.debrief.talk import Message, Talk
from ipt_roleplay.domain import Act, FindingKind, GoalKind, Move, Style

HEARING = (Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION, Move.OWNERSHIP)
SHOWN_BY_ITSELF = 0.65
"""How likely the quoted sentence, read by itself, must make its move. Whatever the rest of the
message does, the quote has to show it."""
OFFERS = frozenset({Act.OFFER_PARTIAL, Act.CONCEDE, Act.ASK_FOR_TIME})
TELLING = frozenset({Act.CONFIDE, Act.REVEAL})
"""With these the other lets somebody in on something."""
TELLS = frozenset({GoalKind.TELL, GoalKind.FAREWELL})


CONCEPTS = {
    "ownership": "apology_ownership",
    "met": "validation",
    "edge": "passive_aggressive",
    "door": "silence",
    "passed_over": "reflection",
    "soothed": "validation",
    "moved_on": "reflection",
    "pause_here": "assumed_understanding",
    "unanswered": "silence",
    "crowded": "roundabout",
    "undone": "self_silencing",
    "pressed": "next_step",
    "flattery": "roundabout",
    "begged": "assertive",
    "half_said": "assumed_understood",
    "unasked": "request",
    "unsaid": "roundabout",
    "unheard": "assumed_understanding",
    "formula": "validation",
    "dropped": "holding",
}
"""Where a finding's code is no concept of the search, the one that comes nearest."""


@dataclass(frozen=True)
class Spot:
    """One message worth speaking of."""

    kind: FindingKind
    message: Message
    code: str
    move: Move | None = None
    target: str | None = None

    @property
    def concept(self) -> str:
        """What it is about in the terms of books, by which a source of one's own is searched."""
        return CONCEPTS.get(self.code) or str(self.move or self.code)

    @property
    def backing(self) -> str:
        """The code under which the handbook backs it."""
        shown = self.code == "opened" and self.move not in (None, Move.OBSERVATION)
        return str(self.move) if shown else self.code


def act_before(talk: Talk, message: Message) -> Act | None:
    """What the other did just before this message, where it was recorded."""
    before = (one.turn for one in talk.messages if one.number == message.number - 1)
    turn = next(before, None)
    return turn.reply.act if turn else None


def friendly(message: Message) -> bool:
    return message.reading.style in (Style.ASSERTIVE, Style.NEUTRAL) and not message.hindering


def empty(message: Message) -> bool:
    """Listening technique that touched nothing, by the record."""
    if message.turn is None or message.was is None:
        return False
    return message.turn.state.comforted > message.was.comforted


def is_flattery(talk: Talk) -> bool:
    return sum(one.flatters for one in talk.spoken) >= FLATTERIES
