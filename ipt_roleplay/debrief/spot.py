"""One message worth speaking of, and what is asked of messages on every side of a debrief."""

from __future__ import annotations

from dataclasses import dataclass

from ipt_roleplay.debrief import words
from ipt_roleplay.debrief.phrases import FLATTERIES
from ipt_roleplay.debrief.talk import Message, Talk
from ipt_roleplay.debrief.weighing import SHARP, Slip, chance_of
from ipt_roleplay.director import PUSHBACKS
from ipt_roleplay.domain import Act, FindingKind, GoalKind, Move, Style
from ipt_roleplay.reading import read

HEARING = (Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION, Move.OWNERSHIP)
SHOWN_BY_ITSELF = 0.65
"""How likely the quoted sentence, read by itself, must make its move. Whatever the rest of the
message does, the quote has to show it."""
OFFERS = frozenset({Act.OFFER_PARTIAL, Act.CONCEDE, Act.ASK_FOR_TIME})
TELLING = frozenset({Act.CONFIDE, Act.REVEAL})
"""With these the other lets somebody in on something."""
CONFIDED = 0.6
"""How likely a line must be of a feeling, or of something told of oneself."""
REPROACHED = 0.4
"""How likely a line must make a sharp move to be a complaint."""
COMPLAINING = frozenset({Act.ATTACK, Act.GUILT_TRIP, Act.OLD_GRIEVANCE, Act.SHOW_HURT})
TELLS = frozenset({GoalKind.TELL, GoalKind.FAREWELL})

LOOK_AGAIN = "look_again"
"""A line that probably went wrong and of which nobody can say for sure in which way."""
LOOKS_LIKE = {Slip.SHARP: "look_sharp", Slip.SMALL: "made_small", Slip.UNCLEAR: "vague"}
"""Such a line of which it is likely how it was heard, though not under which name."""
LOOKS = frozenset({LOOK_AGAIN, "look_sharp"})

_KINDS: dict[Slip, frozenset[str]] = {
    Slip.PAST: frozenset({"passed_over", "moved_on", "unanswered", "left_aside", "pressed"}),
    Slip.SMALL: frozenset({"self_silencing", "dropped", "undone", "begged", "made_small"})
    | {str(Move.WITHDRAWAL)},
    Slip.UNCLEAR: frozenset({"crowded", "vague", "half_said"}),
    Slip.EXPLAINS: frozenset({str(Move.DEFENCE), "excuses", "half_sorry"}),
    Slip.SOOTHED: frozenset({"soothed"}),
}


def slip_of(code: str) -> Slip:
    """What kind of slip a code names: a blow or an edge where it is no other."""
    return next((slip for slip, codes in _KINDS.items() if code in codes), Slip.SHARP)


@dataclass(frozen=True)
class Spot:
    """One message worth speaking of; `weight`: how much it counts beside others, from 0."""

    kind: FindingKind
    message: Message
    code: str
    move: Move | None = None
    target: str | None = None
    weight: float = 0.0

    @property
    def way(self) -> words.Way:
        """What is said of it."""
        first, then = words.MOMENTS, words.WORKED
        if self.kind == "worked":
            first, then = then, first
        return first.get(self.code) or then[self.code]

    @property
    def slip(self) -> Slip:
        """What kind of slip it names."""
        return slip_of(self.code)

    @property
    def concept(self) -> str:
        """What it is about in the terms of books, by which a source of one's own is searched."""
        return self.way.concept or str(self.move or self.code)

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


def was_told(talk: Talk, message: Message) -> bool:
    """Whether the other had let them in on something just before, by what they did or by their
    words."""
    act = act_before(talk, message)
    if act in TELLING:
        return True
    if not message.before or act in PUSHBACKS:
        return False
    line = read("", message.before)
    return max(chance_of(line, one) for one in (Move.DISCLOSURE, Move.FEELING)) >= CONFIDED


def complained(talk: Talk, message: Message) -> bool:
    """Whether the other had held something against them just before, or shown a hurt; taken to be
    so in a talk of which nothing was recorded."""
    if message.turn is None or act_before(talk, message) in COMPLAINING:
        return True
    line = read("", message.before)
    return max(chance_of(line, one) for one in SHARP) >= REPROACHED


def friendly(message: Message) -> bool:
    return message.reading.style in (Style.ASSERTIVE, Style.NEUTRAL) and not message.hindering


def empty(message: Message) -> bool:
    """Listening technique that touched nothing, by the record."""
    if message.turn is None or message.was is None:
        return False
    return message.turn.state.comforted > message.was.comforted


def is_flattery(talk: Talk) -> bool:
    return sum(one.flatters and not one.hostile for one in talk.spoken) >= FLATTERIES
