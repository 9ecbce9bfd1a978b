"""The one to three moments that a debrief takes up. Pure picks; no wording here.

What a teacher would take up, and what kind of slip it is, is weighed by `weighing`; what it is
called comes from `missteps`, where the kind agrees, or else from what its words show of that kind.
Beside them stands the message that opened the other most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ipt_roleplay.debrief.missteps import (
    asks_after_all,
    blows,
    drops_it,
    had_asked,
    likeness,
    missteps,
    taken_up,
)
from ipt_roleplay.debrief.phrases import stands_after_all, undoes
from ipt_roleplay.debrief.praise import did_well, headline
from ipt_roleplay.debrief.repairs import puts_right
from ipt_roleplay.debrief.spot import (
    LOOK_AGAIN,
    LOOKS,
    LOOKS_LIKE,
    TELLING,
    Spot,
    act_before,
    complained,
    friendly,
    slip_of,
    was_told,
)
from ipt_roleplay.debrief.talk import GRAVE, Message, Talk
from ipt_roleplay.debrief.weighing import (
    Chances,
    Slip,
    sharpest_sentence,
    slips_of,
    stands_out,
    stays_to_the_end,
)
from ipt_roleplay.director import PUSHBACKS
from ipt_roleplay.domain import Act, Move, Turn

MOST_MOMENTS = 3
UNSAID = frozenset({"door", "flattery", "unasked", "unsaid", "half_said", "hint"})
"""Ways of not having said it, of which a debrief names one."""
WHOLE_TALK = frozenset(
    {
        "door",
        "excuses",
        "half_sorry",
        "pressed",
        "flattery",
        "begged",
        "unasked",
        "unsaid",
        "half_said",
        "formula",
        "unheard",
    }
)
"""What the course of a talk shows and no message by itself: these need no weight."""
THROUGHOUT = frozenset({"edge", "flattery", "formula"})
"""Those that name a way of speaking, met again and again."""
PLAUSIBLE, TAKEN_UP, ONE_MORE = 0.3, 0.35, 0.5
"""How likely a message must be a slip of its kind for a misstep found in it to be spoken of; for
one that no rule picked to be named; and for a third to be added to two. Of unseen messages from
the second on six of ten are so named by a teacher too."""
LACKS = 0.55
"""How likely it must be that a message left something out, or wasn't clear: a lack can't be pointed
at as a blow can. Of eight such moments below it, teachers who read thirty debriefs whole called
seven wrong and one weak."""
LACKING = frozenset({Slip.PAST, Slip.UNCLEAR})
LOOK = 0.57
"""How likely a slip must be in a line to look at again. Of such lines in sixty debriefs teachers
called 2 of 8 below it right or nearly so, and 16 of 20 above it."""
EDGE, EDGE_SHOWS = 0.7, 0.45
"""How likely a line must be sharp, and how likely its sharpest sentence must make a sharp move by
itself, for it to be said that it may have had an edge. Of 21 so called in 110 talks teachers found
five right and twelve wrong; of the six that this leaves four and none."""
SURELY_SMALL, SURELY_NAMED = 0.7, 0.75
LEAST: dict[str, float] = {
    "made_small": SURELY_SMALL,
    "dropped": SURELY_SMALL,
    str(Move.SELF_SILENCING): SURELY_SMALL,
    str(Move.THREAT): SURELY_NAMED,
}
"""How likely it must be that somebody made themselves small or let go, where no words of theirs
take it back; and that what sounds like a threat is one."""
OFTEN_MISNAMED = frozenset(
    {str(Move.MIND_READING), str(Move.ORDER), str(Move.CONTEMPT), str(Move.DISMISSAL)}
    | {str(Move.GENERALISATION), str(Move.HINT), "vague", "left_aside"}
)
"""What strict teachers often read otherwise: of 26 so named in 120 debriefs they called 18 wrong or
weak, unless the other was called names."""
ANSWERS = 0.5
"""How like a question a message must be for it not to be said that it went past it."""
TURNED = 1.25
"""A rise of openness by which a message turned the talk, if no other rose as far: of twelve so
named from 0.8 on strict teachers called four right and three wrong, of the four that this leaves
two right and none wrong."""
LONG = 45
"""In words: a message in which a point can get lost."""


def moments(talk: Talk) -> list[Spot]:
    """Up to three messages that turned the talk, for better or worse, in order."""
    missed = _missed(talk)
    turned = _turned(talk, {one.message.number for one in missed})
    if turned is not None and turned.message.number in {one.message.number for one in missed[:2]}:
        turned = None
    room = MOST_MOMENTS - (turned is not None)
    chosen = [*missed[:2], *(one for one in missed[2:room] if one.weight >= ONE_MORE)]
    return sorted([*chosen, *([turned] if turned else [])], key=lambda spot: spot.message.number)


def weightiest(turning: Iterable[Spot]) -> Spot | None:
    """What was missed and counts most."""
    missed = [one for one in turning if one.kind == "missed"]
    return max(missed, key=lambda one: one.weight, default=None)


def _missed(talk: Talk) -> list[Spot]:
    """What was missed, at most one thing a message and one message a name, the weightiest first."""
    chances = slips_of(talk.spoken)
    by_message: dict[int, Spot] = {}
    for spot in [*_found(talk, chances), *_heavy(talk, chances)]:
        taken = spot.code in UNSAID and any(one.code in UNSAID for one in by_message.values())
        if not taken:
            by_message.setdefault(spot.message.number, spot)
    weighed = (
        replace(one, weight=_counts(one, chances[one.message.number]))
        for one in by_message.values()
    )
    by_name: dict[str, Spot] = {}
    for spot in sorted(weighed, key=lambda spot: -spot.weight):
        by_name.setdefault(LOOK_AGAIN if spot.code in LOOKS else spot.code, spot)
    return list(by_name.values())


def _found(talk: Talk, chances: Mapping[int, Chances]) -> list[Spot]:
    """The missteps that are likely of their kind."""
    found = []
    for one in missteps(talk):
        chance = chances[one.message.number][slip_of(one.code)]
        called = _as_sure(one, chance, chances[one.message.number])
        if called and (one.code in WHOLE_TALK or one.move in GRAVE or chance >= PLAUSIBLE):
            found.append(called)
    return found


def _as_sure(spot: Spot, chance: float, chances: Chances) -> Spot | None:
    """The misstep under a name no more particular than can be told; None where it is better not
    told at all."""
    sure = chance >= LEAST.get(spot.code, 0.0) or spot.message.insults
    named = spot.code != LOOK_AGAIN and spot.code not in OFTEN_MISNAMED
    if sure and (named or spot.message.insults):
        return spot
    ask = chance >= LOOK and spot.message.number > 1 and not _puts_right(spot.message)
    code = _look(spot.message, chances) if ask else None
    return replace(spot, code=code, move=None) if code else None


def _look(message: Message, chances: Chances) -> str | None:
    """A line to look at again, by what it may have been heard as where one kind stands out and, if
    that is an edge, a sentence shows it; none for an edge that isn't likely."""
    kind = stands_out(chances)
    if kind is Slip.SHARP and chances[kind] < EDGE:
        return None
    if kind is None or (kind is Slip.SHARP and sharpest_sentence(message)[1] < EDGE_SHOWS):
        return LOOK_AGAIN
    return LOOKS_LIKE.get(kind, LOOK_AGAIN)


def _puts_right(message: Message) -> bool:
    """Whether it takes something back or owns it, so that an edge on it is no slip."""
    return puts_right(message.text) or Move.OWNERSHIP in message.moves


def _heavy(talk: Talk, chances: Mapping[int, Chances]) -> list[Spot]:
    """What a teacher would likely take up, the likeliest first."""
    struck = blows(talk)
    spots = []
    for message in talk.judged:
        slip, chance = max(chances[message.number].items(), key=lambda pair: pair[1])
        held = slip is Slip.PAST and _holds_on(talk, message)
        held = held or (slip in LACKING and message.number == 1)  # a greeting may be roundabout
        mended = slip is Slip.SHARP and _puts_right(message)
        mended = mended or (slip is Slip.SMALL and _stands(message))
        least = LACKS if slip in LACKING else TAKEN_UP
        least = max(least, ONE_MORE) if message.reading.unclear else least
        if chance < least or held or mended:
            continue
        code, move = _name(talk, message, slip, struck.get(message.number))
        spot = Spot("missed", message, code, move, weight=chance)
        if called := _as_sure(spot, chance, chances[message.number]):
            spots.append(called)
    return sorted(spots, key=lambda spot: -spot.weight)


def _stands(message: Message) -> bool:
    """Whether what seems to give up its own side stands before that is said, or is taken back."""
    undone = undoes(message.text) and asks_after_all(message)
    return stands_after_all(message.text) or undone


def _counts(spot: Spot, chances: Chances) -> float:
    """How much a moment counts: a way of speaking that runs through the talk more than any one
    message, a blow and what the talk lacks no less than what is taken up by itself."""
    weight = max(chances.values())
    if spot.code in THROUGHOUT:
        return 1.0 + weight
    return max(weight, TAKEN_UP) if spot.message.hit or spot.code in WHOLE_TALK else weight


def _name(talk: Talk, message: Message, slip: Slip, blow: Move | None) -> tuple[str, Move | None]:
    """What a slip of this kind is called: by the `blow` it dealt, or by what its words show."""
    if slip is Slip.SHARP:
        return (str(blow), blow) if blow is not None else (LOOK_AGAIN, None)
    if slip is Slip.EXPLAINS:
        answers = complained(talk, message)
        return (str(Move.DEFENCE), Move.DEFENCE) if answers else (LOOK_AGAIN, None)
    if slip is Slip.SOOTHED:
        return "soothed", None
    if slip is Slip.UNCLEAR:
        return "crowded" if len(message.text.split()) >= LONG else "vague", None
    return _smaller(talk, message) if slip is Slip.SMALL else (_left(talk, message), None)


def _smaller(talk: Talk, message: Message) -> tuple[str, Move | None]:
    """How somebody's own side got smaller."""
    move = Move.SELF_SILENCING
    if message.begs:
        return "begged", None
    if message.number > 1 and message.collapsed and undoes(message.text):
        return "undone", move
    if drops_it(message):
        return "dropped" if had_asked(talk, message) else str(move), move
    return "made_small", None


def _left(talk: Talk, message: Message) -> str:
    """How the other's matter was left."""
    if was_told(talk, message):
        if not taken_up(talk, message):
            return "passed_over"
        if not stays_to_the_end(message):
            return "moved_on"
    if message.before.rstrip().endswith("?") and likeness(message) < ANSWERS:
        return "unanswered"
    return "left_aside"


def _holds_on(talk: Talk, message: Message) -> bool:
    """Whether it took a pushback in and stayed with its own matter, which is no leaving."""
    return act_before(talk, message) in PUSHBACKS and taken_up(talk, message)


def _came_nearer(turn: Turn) -> bool:
    """Whether the other let them in with their reply: an offer answers what was asked, and a word
    of thanks for being seen may have been out of place where it isn't plain what was met."""
    act = turn.direction.act
    return act in TELLING or (act is Act.ACKNOWLEDGE and bool(turn.direction.target))


def _turned(talk: Talk, slipped: Collection[int]) -> Spot | None:
    """The message that opened the other most, none of those in which something else weighs more."""
    played = [one for one in talk.spoken if one.turn and one.number > 1 and not one.hit]
    clean = [one for one in played if one.number not in slipped]
    opening = [one for one in clean if did_well(one) and headline(talk, one, set())]
    opening = [one for one in opening if one.turn and _came_nearer(one.turn) and friendly(one)]
    best = max(opening, key=lambda one: one.rise, default=None)
    most = max((one.rise for one in played), default=0.0)
    if best is None or best.rise < max(TURNED, most):
        return None
    return Spot("turned", best, "opened", headline(talk, best, set()))
