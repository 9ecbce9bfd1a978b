"""The one to three moments that a debrief takes up. Pure picks; no wording here.

What a teacher would take up is weighed by `weighing`; what it is called comes from `missteps`, or,
for a message that none of those picked, from what its words show. Beside them stands the message
that opened the other most.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ipt_roleplay.debrief.missteps import (
    COMPLAINS,
    NEARER_ACTS,
    OPENED,
    blows,
    drops_it,
    had_asked,
    likeness,
    missteps,
    taken_up,
)
from ipt_roleplay.debrief.phrases import undoes
from ipt_roleplay.debrief.praise import did_well, headline
from ipt_roleplay.debrief.spot import TELLING, Spot, act_before, friendly
from ipt_roleplay.debrief.talk import GRAVE, SURE, Message, Talk
from ipt_roleplay.debrief.weighing import chance_of, stays_to_the_end, weights_of
from ipt_roleplay.domain import Move
from ipt_roleplay.reading import read

MOST_MOMENTS = 3
UNSAID = frozenset({"door", "flattery", "unasked", "unsaid", "half_said", "hint"})
"""Ways of not having said it, of which a debrief names one."""
WHOLE_TALK = frozenset(
    {
        "edge",
        "door",
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
WEIGHTY, TAKEN_UP, ONE_MORE = 0.15, 0.3, 0.4
"""How likely a teacher must take a message up for a misstep found in it to be spoken of; for one
that no rule picked to be named; and for a third to be added to two. Of unseen messages from the
second on three of five are so taken up; of those that one teacher takes up, another does four of
five."""
UNNAMED, SURELY = "pause_here", 0.38
"""The code of a moment that can't be named, and how likely a teacher must then take it up."""
FEW = 3
"""Of fewer messages nothing is taken up that can't be named."""
TELLS = 0.6
"""How likely a line must be of a feeling, or of something told of oneself."""
ANSWERS = 0.5
"""How like a question a message must be for it not to be said that it went past it."""
LONG = 45
"""In words: a message in which a point can get lost."""


def moments(talk: Talk) -> list[Spot]:
    """Up to three messages that turned the talk, for better or worse, in order."""
    missed, turned = _missed(talk), _turned(talk)
    if turned is not None and turned.message.number in {one.message.number for one in missed[:2]}:
        turned = None
    room = MOST_MOMENTS - (turned is not None)
    chosen = [*missed[:2], *(one for one in missed[2:room] if one.weight >= ONE_MORE)]
    return sorted([*chosen, *([turned] if turned else [])], key=lambda spot: spot.message.number)


def weightiest(turning: Iterable[Spot]) -> Spot | None:
    """What was missed and counts most, one that has a name before one that has none."""
    missed = [one for one in turning if one.kind == "missed"]
    return max(missed, key=lambda one: (one.code != UNNAMED, one.weight), default=None)


def _missed(talk: Talk) -> list[Spot]:
    """What was missed, at most one thing a message, the weightiest first."""
    weights = weights_of(talk.spoken)
    by_message: dict[int, Spot] = {}
    for spot in [*_found(talk, weights), *_heavy(talk, weights)]:
        taken = spot.code in UNSAID and any(one.code in UNSAID for one in by_message.values())
        if not taken:
            by_message.setdefault(spot.message.number, spot)
    weighed = (replace(one, weight=_counts(one, weights)) for one in by_message.values())
    return sorted(weighed, key=lambda spot: -spot.weight)


def _found(talk: Talk, weights: dict[int, float]) -> list[Spot]:
    """The missteps that weigh enough."""
    return [
        one
        for one in missteps(talk)
        if one.code in WHOLE_TALK or one.move in GRAVE or weights[one.message.number] >= WEIGHTY
    ]


def _heavy(talk: Talk, weights: dict[int, float]) -> list[Spot]:
    """What a teacher would likely take up, the likeliest first."""
    heavy = [one for one in talk.judged if weights[one.number] >= TAKEN_UP and one.legible]
    heavy.sort(key=lambda one: -weights[one.number])
    struck = blows(talk)
    spots = [Spot("missed", one, *_name(talk, one, struck.get(one.number))) for one in heavy]
    enough = len(talk.judged) >= FEW
    return [
        one
        for one in spots
        if one.code != UNNAMED or (enough and weights[one.message.number] >= SURELY)
    ]


def _counts(spot: Spot, weights: dict[int, float]) -> float:
    """How much a moment counts: a way of speaking that runs through the talk more than any one
    message, a blow and what the talk lacks no less than what is taken up by itself."""
    weight = weights[spot.message.number]
    if spot.code in THROUGHOUT:
        return 1.0 + weight
    return max(weight, TAKEN_UP) if spot.message.hit or spot.code in WHOLE_TALK else weight


def _name(talk: Talk, message: Message, blow: Move | None) -> tuple[str, Move | None]:
    """What a message that weighs is called: by the `blow` that it dealt, else by what its words
    show; where they show nothing, it is no more than a place to look at again."""
    if blow is not None:
        return str(blow), blow
    if message.begs:
        return "begged", None
    if message.number > 1 and message.collapsed and undoes(message.text):
        return "undone", Move.SELF_SILENCING
    if _was_told(talk, message):
        if not taken_up(talk, message):
            return "passed_over", None
        if not stays_to_the_end(message):
            return "moved_on", None
    if drops_it(message):
        move = Move.SELF_SILENCING
        return "dropped" if had_asked(talk, message) else str(move), move
    if message.before.rstrip().endswith("?") and likeness(message) < ANSWERS:
        return "unanswered", None
    complained = act_before(talk, message) in COMPLAINS
    if complained and Move.DEFENCE in message.hindering:
        return str(Move.DEFENCE), Move.DEFENCE
    return "crowded" if len(message.text.split()) >= LONG else UNNAMED, None


def _was_told(talk: Talk, message: Message) -> bool:
    """Whether the other had let them in on something, by what they did or by their words."""
    if act_before(talk, message) in TELLING:
        return True
    if not message.before:
        return False
    line = read("", message.before)
    return max(chance_of(line, Move.DISCLOSURE), chance_of(line, Move.FEELING)) >= TELLS


def _turned(talk: Talk) -> Spot | None:
    """The message that opened the other most. One that plainly met a concern counts whatever its
    moves: that it was heard says enough."""
    played = [one for one in talk.spoken if one.turn and one.number > 1 and not one.hit]
    met = [one for one in played if (it := one.added("heard")) and one.means(it, SURE)]
    met = [one for one in met if one.rise >= OPENED]
    opening = [one for one in played if did_well(one) and headline(talk, one, set())]
    opening = [
        one
        for one in opening
        if one.turn and one.turn.direction.act in NEARER_ACTS and friendly(one)
    ]
    best = max([*met, *opening], key=lambda one: one.rise, default=None)
    if best is None or best.rise < OPENED:
        return None
    concern = best.added("heard") if best in met else None
    move = headline(talk, best, set()) or Move.VALIDATION
    return Spot("turned", best, "met" if concern else "opened", move, concern)
