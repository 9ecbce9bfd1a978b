"""What worked: messages that helped, each praised for a move that its quote shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ipt_roleplay.debrief.merit import merit
from ipt_roleplay.debrief.phrases import (
    asks_for,
    courteous,
    excuses,
    half_sorry,
    refuses,
    small_sorry,
    stands_after_all,
    wishes,
)
from ipt_roleplay.debrief.repairs import puts_right
from ipt_roleplay.debrief.spot import (
    HEARING,
    OFFERS,
    TELLING,
    TELLS,
    Spot,
    act_before,
    empty,
    is_flattery,
)
from ipt_roleplay.debrief.talk import SAID, SURE, Message, Talk
from ipt_roleplay.debrief.weighing import doubtful
from ipt_roleplay.director import PUSHBACKS
from ipt_roleplay.domain import Goal, GoalKind, Move, Style
from ipt_roleplay.sentences import sentences

MOST_WORKED = 3
_BUT = re.compile(r"\W*but\b", re.IGNORECASE)
"""What is owned and excused in the next breath wasn't owned."""
_OWN = re.compile(r"\b(?:i|i'm|im|me|my|we)\b(?! think you\b)", re.IGNORECASE)
"""A feeling put on the other isn't one's own."""
HEADLINES: tuple[Move, ...] = (
    Move.OWNERSHIP,
    Move.COMPROMISE,
    Move.LIMIT,
    Move.REQUEST,
    Move.FEELING,
    Move.NEED,
    Move.REFLECTION,
    Move.VALIDATION,
    Move.OPEN_QUESTION,
    Move.DISCLOSURE,
    Move.OBSERVATION,
    Move.APPRECIATION,
)
MERITED: dict[Move, float] = {
    Move.OWNERSHIP: 0.25,
    Move.REQUEST: 0.3,
    Move.FEELING: 0.35,
    Move.DISCLOSURE: 0.25,
    Move.OPEN_QUESTION: 0.3,
}
"""How likely a teacher must praise a sentence for a move, for it to be praised here: three of four
such messages of unseen writers are. What isn't listed can't be told so surely."""
SELDOM = 0.5
SURELY = 3.0
"""How far it counts that a message is surely good, beside what it brought about."""
BEYOND_RECORD = 0.5
"""How likely a teacher must praise listening that touched nothing by the record."""
TOLD_PLAINLY = 0.15
"""The same for a message that first said what its author had come for, by any of its moves."""
HARMED = -0.1
"""A change of openness from which a message did harm as it was taken; smaller ones come by
themselves from turn to turn."""
AFTER_A_QUESTION = 6
"""In words: what more is said after a question takes its room away."""
LEAST_THANKS = 5
"""In words: thanks for something; a bare "Thank you" says nothing good about anybody."""


def worked(talk: Talk, told: set[int]) -> list[Spot]:
    """Up to three messages that helped, each for another move, in order of the talk.

    Those in `told` are spoken of elsewhere; they serve only where there are no others.
    """
    mended = _mended(talk)
    unsound = doubtful(talk.spoken)
    well = [one for one in talk.spoken if did_well(one) or told_by(talk, one)]
    sound = [one for one in well if one.number not in unsound]
    untold = [one for one in sound or well if one.number not in told] or sound or well
    chosen = _headlines(talk, untold, mended) or mended or _headlines(talk, well, [])
    return sorted(chosen, key=lambda spot: spot.message.number)


def _headlines(talk: Talk, messages: Sequence[Message], mended: Sequence[Spot]) -> list[Spot]:
    """`mended` and the best of the messages beside it, each for another move; empty where there is
    nothing beside it."""
    chosen = {one.code: one for one in mended}
    mending = {spot.message.number for spot in mended}
    others = [one for one in messages if one.number not in mending]
    for message in sorted(others, key=_worth, reverse=True):
        move = headline(talk, message, set(chosen))
        if move is not None and len(chosen) < MOST_WORKED:
            chosen[move] = Spot("worked", message, move, move)
    return list(chosen.values()) if len(chosen) > len(mended) else []


def _mended(talk: Talk) -> list[Spot]:
    """The first time somebody took back how they had spoken in this talk, with no new blow in it:
    there has to be something to take back, or what they own is older."""
    slipped = min(doubtful(talk.spoken), default=None)
    if slipped is None:
        return []
    took_back = (
        Spot("worked", one, "mended", Move.OWNERSHIP)
        for one in talk.judged
        if one.number > slipped
        and puts_right(one.text)
        and not (one.hit or one.insults or one.begs)
        if not (excuses(one.text) or _takes_it_back(one.text))
    )
    return [one for one in [next(took_back, None)] if one]


def _takes_it_back(text: str) -> bool:
    """Whether a sentence of it goes against what was put right."""
    return any(_BUT.match(text[start:end]) for start, end in sentences(text))


def did_well(message: Message) -> bool:
    usable = not message.reading.unclear or len(message.helping) > 1
    lost = message.hit or message.insults or message.collapsed or _pleads(message)
    return bool(message.helping) and usable and not lost


def _pleads(message: Message) -> bool:
    begs = message.reading.style is Style.PASSIVE and message.added("heard") is None
    return begs or message.begs > 0


def _worth(message: Message) -> float:
    worth = 0.5 * len(message.helping) - 0.7 * len(message.hindering)
    worth += 2.0 * bool(message.added("heard")) + 1.0 * bool(message.added("kept"))
    worth += 1.0 * bool(message.added("said")) + 1.5 * (Move.OWNERSHIP in message.likely)
    surest = max((merit(message, move)[1] for move in message.helping), default=0.0)
    return worth + SURELY * surest + max(0.0, message.rise)


def headline(talk: Talk, message: Message, taken: set[str]) -> Move | None:
    """The move that this message may be praised for."""
    open_to = [move for move in HEADLINES if move in message.likely and move not in taken]
    open_to = [move for move in open_to if _earns(talk, message, move)]
    hearing = [move for move in open_to if move in HEARING] if message.added("heard") else []
    told = told_by(talk, message)
    if not hearing and told is not None and told not in taken:
        return told
    return max(hearing or open_to, key=lambda move: merit(message, move)[1], default=None)


def goal_told(talk: Talk, message: Message) -> Goal | None:
    """The goal that no other message said so surely as this one."""
    goals = talk.scenario.goals if talk.scenario and message.turn else ()
    return next((one for one in goals if talk.saying(one.id) is message), None)


def told_by(talk: Talk, message: Message) -> Move | None:
    """The move by which a message said most surely, and with nothing in its way, what its author
    had come to say; None where it didn't."""
    goal = goal_told(talk, message)
    if goal is None or _spoilt(message):
        return None
    move = Move.LIMIT if goal.kind is GoalKind.LIMIT else Move.REQUEST
    if goal.kind in TELLS:
        move = Move.OWNERSHIP if Move.OWNERSHIP in message.moves else Move.DISCLOSURE
    elif act_before(talk, message) in TELLING:
        return None  # a request on top of what they have just been told is ill timed
    return move if merit(message, move)[1] >= TOLD_PLAINLY else None


def _spoilt(message: Message) -> bool:
    weak = message.borrowed or message.flatters or message.begs > 0
    weak = weak or message.reading.style is Style.PASSIVE or bool(message.hindering)
    hurt = message.hit or message.insults or message.collapsed or message.rise <= HARMED
    return weak or hurt or message.meant_otherwise


def _earns(talk: Talk, message: Message, move: Move) -> bool:
    """Whether a message deserves praise for a move that it was read to make."""
    (start, end), likely = merit(message, move)
    if likely < MERITED.get(move, SELDOM):
        return False
    if message.rise <= HARMED or message.borrowed:
        return False  # it did harm as it was taken, or is a set phrase
    if move is Move.OWNERSHIP and (
        _BUT.match(message.text[end:])
        or small_sorry(message.text[start:end])
        or half_sorry(message.text)
        or stands_after_all(message.text)  # to stand by one's own side again owns no fault
    ):
        return False
    if move is Move.OPEN_QUESTION and not _left_standing(message.text, end):
        return False
    if move in HEARING and message.turn is not None:
        return (likely >= BEYOND_RECORD or not empty(message)) and not message.flatters
    if move is Move.LIMIT:
        return _draws_a_limit(talk, message, message.text[start:end])
    if move is Move.FEELING:
        own = bool(_OWN.search(message.text[start:end]))
        return own and message.reading.style is not Style.PASSIVE and not courteous(message.text)
    if move is Move.APPRECIATION:
        particular = len(message.text[start:end].split()) >= LEAST_THANKS
        return particular and message.reading.style is Style.ASSERTIVE and not is_flattery(talk)
    if move is Move.DISCLOSURE and talk.scenario is not None:
        told = [one.id for one in talk.scenario.goals if one.kind in TELLS]
        return not told or any(message.means(one, SURE) for one in told)  # not its excuses
    if message.reading.style is not Style.ASSERTIVE:
        return False
    if move is Move.REQUEST:
        asks = asks_for(message.text[start:end])
        timely = act_before(talk, message) not in OFFERS | TELLING
        return asks and timely and _about_it(talk, message)
    if move is Move.NEED and not wishes(message.text[start:end]):
        return False
    if move is Move.COMPROMISE and message.turn is not None:
        return act_before(talk, message) in PUSHBACKS  # it answers a no
    if move in (Move.COMPROMISE, Move.NEED):
        return act_before(talk, message) not in OFFERS  # pressing on is no new request
    return True


def _left_standing(text: str, end: int) -> bool:
    """Whether a question that ends there is the only one, and leaves the word to the other."""
    return text.count("?") == 1 and len(text[end:].split()) <= AFTER_A_QUESTION


def _draws_a_limit(talk: Talk, message: Message, sentence: str) -> bool:
    """Whether a sentence says what its author won't do; where it is known what they came for, it
    has to be about a limit among that."""
    if told_by(talk, message) is Move.LIMIT:
        return True
    limits = (
        [one.id for one in talk.scenario.goals if one.kind is GoalKind.LIMIT]
        if talk.scenario
        else []
    )
    expected = talk.scenario is None or any(message.means(one) for one in limits)
    return expected and refuses(sentence)


def _about_it(talk: Talk, message: Message) -> bool:
    """Whether what was asked may be what the talk is about, where that is known."""
    known = talk.scenario is not None and message.turn is not None
    return not known or asked_for(talk, message) is not None


def asked_for(talk: Talk, message: Message) -> str | None:
    """The goal that a message most likely asks for; None where it may be none."""
    goals = (
        [one.id for one in talk.scenario.goals if one.kind not in TELLS] if talk.scenario else []
    )
    meant = [one for one in goals if message.means(one, SAID)]
    return max(meant, key=lambda one: message.likelihoods[one], default=None)
