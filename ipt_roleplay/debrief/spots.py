"""Which messages the debrief speaks of, and as what. Pure picks; no wording here.

A spot names its `code`: for what worked and what turned the talk, the move that did it;
for what hindered it, one of the ways in which talks go wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

from ipt_roleplay.debrief.talk import Message, Talk
from ipt_roleplay.director import PUSHBACKS
from ipt_roleplay.domain import FindingKind, Move, Stance, Style

MOST_WORKED = 3
MOST_MOMENTS = 3

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
ASKED = frozenset({Move.REQUEST, Move.LIMIT})
SURELY_DROPPED = 0.75
"""How likely it must be that somebody gave way before they are told so."""
HEARING = (Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION, Move.OWNERSHIP)
WORST: tuple[Move, ...] = (
    Move.THREAT,
    Move.CONTEMPT,
    Move.BLAME,
    Move.ORDER,
    Move.DISMISSAL,
    Move.GENERALISATION,
    Move.MIND_READING,
    Move.DEFENCE,
)


@dataclass(frozen=True)
class Spot:
    """One message worth speaking of. `cites`: codes of the handbook that it rests on."""

    kind: FindingKind
    message: Message
    code: str
    cites: tuple[str, ...]
    move: Move | None = None
    target: str | None = None


def worked(talk: Talk, told: set[int]) -> list[Spot]:
    """Up to three messages that helped, each for another move, in order of the talk.

    Those in `told` are spoken of elsewhere; they serve only where there are no others.
    """
    chosen: dict[str, Spot] = {}
    well = [one for one in talk.spoken if _did_well(one)]
    candidates = [one for one in well if one.number not in told] or well
    for message in sorted(candidates, key=_merit, reverse=True):
        move = _headline(message, set(chosen))
        if move is not None and len(chosen) < MOST_WORKED:
            concern = message.added("heard")
            chosen[move] = Spot("worked", message, move, (move,), move, concern)
    return sorted(chosen.values(), key=lambda spot: spot.message.number)


def moments(talk: Talk) -> list[Spot]:
    """One to three messages that turned the talk, for better or worse, in order."""
    found = [
        spot
        for spot in (
            _hit(talk),
            _gave_up(talk),
            _shut_down(talk),
            _indirect(talk),
            _unasked(talk),
            _unheard(talk),
            _formula(talk),
            _turned(talk),
        )
        if spot is not None
    ]
    by_message: dict[int, Spot] = {}
    for spot in found:
        by_message.setdefault(spot.message.number, spot)
    return sorted(list(by_message.values())[:MOST_MOMENTS], key=lambda spot: spot.message.number)


# ------------------------------------------------------------------ what worked


def _did_well(message: Message) -> bool:
    usable = not message.reading.unclear or len(message.helping) > 1
    begs = message.reading.style is Style.PASSIVE and message.added("heard") is None
    return bool(message.helping) and usable and not (message.hit or message.collapsed or begs)


def _merit(message: Message) -> float:
    merit = 0.5 * len(message.helping) - 0.7 * len(message.hindering)
    merit += 2.0 * bool(message.added("heard")) + 1.0 * bool(message.added("kept"))
    merit += 0.5 * bool(message.added("said"))
    return merit + max(0.0, message.rise)


def _headline(message: Message, taken: set[str]) -> Move | None:
    open_to = [move for move in HEADLINES if move in message.likely and move not in taken]
    if message.reading.style is not Style.ASSERTIVE:  # thanks beside a plea or a dig are neither
        open_to = [move for move in open_to if move is not Move.APPRECIATION]
    hearing = [move for move in open_to if move in HEARING] if message.added("heard") else []
    return max(hearing or open_to, key=message.chance_of, default=None)


# ------------------------------------------------------------------ moments


def _hit(talk: Talk) -> Spot | None:
    """The message that hurt most."""
    hits = [one for one in talk.spoken if one.hit and one.hindering]
    if not hits:
        return None
    worst = max(hits, key=lambda one: (_harm(one), -one.number))
    move = next((one for one in WORST if one in worst.hindering), None)
    if move is None:
        return None
    return Spot("missed", worst, str(move), (move, "steady"), move)


def _gave_up(talk: Talk) -> Spot | None:
    """The message that most clearly dropped their own side, best one after it had been said."""
    move = Move.SELF_SILENCING
    dropped = [one for one in talk.spoken if one.collapsed and not ASKED & one.moves]
    dropped = [one for one in dropped if one.chance_of(move) >= SURELY_DROPPED]
    if not dropped:
        return None
    after = [one for one in dropped if _had_asked(talk, one)]
    clearest = max(after or dropped, key=lambda one: one.chance_of(move))
    if after:
        return Spot("missed", clearest, "dropped", (move, "asks", "roundabout"), move)
    return Spot("missed", clearest, str(move), (move, "expresses", "silence"), move)


def _had_asked(talk: Talk, message: Message) -> bool:
    """Whether there was anything to let go of: where a record says so, what was said before."""
    if message.was is not None:
        return bool(message.was.said)
    return any(ASKED & one.likely for one in talk.spoken if one.number < message.number)


def _shut_down(talk: Talk) -> Spot | None:
    for message in talk.spoken:
        if Move.WITHDRAWAL in message.hindering and Move.LIMIT not in message.moves:
            move = Move.WITHDRAWAL
            return Spot("missed", message, str(move), (move, "silence"), move)
    return None


def _indirect(talk: Talk) -> Spot | None:
    for message in talk.spoken:
        if Move.HINT in message.hindering and Move.REQUEST not in message.moves:
            return Spot("missed", message, "hint", (Move.HINT, "indirect_signal"), Move.HINT)
    return None


def _unasked(talk: Talk) -> Spot | None:
    """Their side was open, and what the trainee came for was never said."""
    if talk.scenario is None or not talk.messages:
        return None
    last = talk.messages[-1].turn
    main = talk.scenario.goals[0]
    if last is None or main.id in last.state.said or len(talk.spoken) < 3:
        return None
    ready = [
        one
        for one in talk.spoken
        if one.turn and one.turn.state.stance is not Stance.GUARDED and not one.hit
    ]
    message = ready[-1] if ready else talk.spoken[-1]
    if message.hit or message.collapsed:
        return None
    code = "unasked" if ready else "unsaid"
    return Spot("missed", message, code, ("asks", Move.REQUEST, "roundabout"), target=main.id)


def _unheard(talk: Talk) -> Spot | None:
    """The trainee said their side, was pushed back, and never met what lay behind it."""
    if talk.scenario is None or not talk.messages:
        return None
    last = talk.messages[-1].turn
    if last is None or last.state.heard or not last.state.said:
        return None
    pushed = [
        one
        for one in talk.spoken
        if one.turn
        and one.turn.uptake.goals
        and one.turn.direction.act in PUSHBACKS
        and not one.hit
        and not one.collapsed
    ]
    if not pushed:
        return None
    concern = talk.scenario.concerns[0].id
    cites = ("assumed_understanding", Move.VALIDATION, Move.OPEN_QUESTION)
    move = next((one for one in HEADLINES if one in pushed[-1].moves), None)
    return Spot("missed", pushed[-1], "unheard", cites, move, concern)


def _formula(talk: Talk) -> Spot | None:
    """Listening technique, again and again, that never touched what mattered to them."""
    if talk.scenario is None or not talk.messages:
        return None
    last = talk.messages[-1].turn
    if last is None or last.state.heard or last.state.comforted < 3:
        return None
    tried = [
        one
        for one in talk.spoken
        if one.was and one.turn and one.turn.state.comforted > one.was.comforted and not one.hit
    ]
    if not tried:
        return None
    concern = talk.scenario.concerns[0].id
    cites = ("listens", Move.VALIDATION)
    move = next((one for one in HEARING if one in tried[-1].moves), None)
    return Spot("missed", tried[-1], "formula", cites, move, concern)


def _turned(talk: Talk) -> Spot | None:
    """The message that opened the other most. One that met a concern counts whatever its moves:
    that it was heard says enough."""
    played = [one for one in talk.spoken if one.turn and not one.hit]
    opening = [one for one in played if one.added("heard")]
    opening += [one for one in played if _did_well(one) and _headline(one, set())]
    best = max(opening, key=_rise, default=None)
    if best is None or (best.rise < 0.8 and not best.added("heard")):
        return None
    concern = best.added("heard")
    move = _headline(best, set()) or Move.VALIDATION
    return Spot("turned", best, "met" if concern else "opened", (move,), move, concern)


def _harm(message: Message) -> float:
    severe = bool(message.likely & {Move.CONTEMPT, Move.THREAT})
    return 0.5 * len(message.hindering) + 2.0 * severe - message.rise


def _rise(message: Message) -> float:
    return message.rise
