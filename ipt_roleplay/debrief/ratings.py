"""Six skills, 0–4, by `docs/rubric.md`, from the readings of a whole talk.

A first version: counts of what helped and hindered each skill, then the rubric's caps. An
unclear reading holds nothing but contempt and threats against anybody. Ratings rest on the
texts alone; recorded state plays no part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ipt_roleplay.debrief.talk import GRAVE, Message, Talk
from ipt_roleplay.domain import Move, Rating, Skill, Style

MILD = frozenset({Move.DEFENCE, Move.MIND_READING, Move.HINT, Move.WITHDRAWAL})
"""Hindering, and for themselves no attack on anybody."""
FEW = 3
"""Below this many messages only what plainly showed is rated."""


@dataclass(frozen=True)
class _Signs:
    """Which moves speak for and against a skill, and whether every talk calls for it."""

    good: frozenset[Move]
    bad: frozenset[Move]
    always_called_for: bool


SIGNS: dict[Skill, _Signs] = {
    Skill.EXPRESSES: _Signs(
        frozenset({Move.FEELING, Move.NEED, Move.DISCLOSURE}),
        frozenset({Move.SELF_SILENCING, Move.HINT}),
        always_called_for=True,
    ),
    Skill.DESCRIBES: _Signs(
        frozenset({Move.OBSERVATION}),
        frozenset({Move.BLAME, Move.GENERALISATION, Move.MIND_READING, Move.CONTEMPT}),
        always_called_for=False,
    ),
    Skill.ASKS: _Signs(
        frozenset({Move.REQUEST, Move.LIMIT}),
        frozenset({Move.ORDER, Move.THREAT, Move.HINT, Move.SELF_SILENCING}),
        always_called_for=True,
    ),
    Skill.LISTENS: _Signs(
        frozenset({Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION}),
        frozenset({Move.DISMISSAL, Move.DEFENCE, Move.MIND_READING, Move.CONTEMPT}),
        always_called_for=True,
    ),
    Skill.WORKS_IT_OUT: _Signs(
        frozenset({Move.COMPROMISE}),
        frozenset({Move.THREAT, Move.WITHDRAWAL, Move.ORDER, Move.DISMISSAL, Move.CONTEMPT}),
        always_called_for=False,
    ),
}


def rate(talk: Talk) -> tuple[Rating, ...]:
    """One rating a skill, in the rubric's order; None is "not seen"."""
    return tuple(_RATERS.get(skill, _by_signs)(skill, talk) for skill in Skill)


def _by_signs(skill: Skill, talk: Talk) -> Rating:
    signs = SIGNS[skill]
    good = [one for one in talk.spoken if one.moves & signs.good and not _spoilt(one)]
    bad = [one for one in talk.spoken if one.hindering & signs.bad]
    good_ids, bad_ids = _ids(good), _ids(bad)
    called_for = signs.always_called_for and len(_legible(talk)) >= FEW
    level = _level(len(good), len(bad), len(talk.spoken), called_for)
    return Rating(skill=skill, level=level, evidence=tuple(sorted({*good_ids, *bad_ids})))


def _level(good: int, bad: int, messages: int, called_for: bool) -> int | None:
    if not good and not bad:
        return 1 if called_for else None
    if not good:
        return 0 if bad >= 2 or bad == messages else 1
    share = good / (good + bad)
    if share < 0.4:
        return 1
    if share < 0.7:
        return 2
    steady_use = good >= 3 or good >= 0.5 * messages
    if not steady_use and good < 2:
        return 2
    return 4 if steady_use and not bad and good >= 2 else 3


def _asks(skill: Skill, talk: Talk) -> Rating:
    """A request dropped at the first pushback caps the skill at 2."""
    rating = _by_signs(skill, talk)
    asked = [one.number for one in talk.spoken if one.moves & SIGNS[skill].good]
    dropped = [one.number for one in talk.spoken if one.collapsed]
    gone = bool(asked and dropped and max(dropped) > max(asked))
    if rating.level is not None and gone and rating.level > 2:
        evidence = tuple(sorted({*rating.evidence, *dropped}))
        return rating.model_copy(update={"level": 2, "evidence": evidence})
    return rating


def _steady(skill: Skill, talk: Talk) -> Rating:
    """Respectful and present under pressure. An outburst caps at 1, once repaired at 3.

    What carries no helping move shows nothing, so that filling a talk up doesn't thin out the
    slips.
    """
    spoken = talk.spoken
    slips = [one for one in spoken if _slipped(one, spoken)]
    outbursts = [one for one in spoken if one.likely & GRAVE and one.hostile]
    held = [one for one in spoken if one not in slips and one.helping]
    if len(_legible(talk)) < FEW and not slips:
        return Rating(skill=skill, level=None)
    share = len(slips) / max(1, len(slips) + len(held))
    level = 4 if not slips else 3 if share <= 0.15 else 2 if share <= 0.34 else 1
    if share > 0.6:
        level = 0
    if outbursts:
        level = min(level, 3 if _repaired(outbursts[-1], spoken) else 1)
    shown = slips or held
    return Rating(skill=skill, level=level, evidence=tuple(_ids(shown)[:8]))


def _works_it_out(skill: Skill, talk: Talk) -> Rating:
    """Options count most; asking and hearing both sides in one talk counts as a start."""
    rating = _by_signs(skill, talk)
    hears = [one for one in talk.spoken if one.moves & SIGNS[Skill.LISTENS].good]
    asks = [one for one in talk.spoken if one.moves & SIGNS[Skill.ASKS].good]
    if rating.level is None and hears and asks:
        return Rating(skill=skill, level=2, evidence=(hears[0].number, asks[0].number))
    if rating.level == 2 and hears and asks and not _ids(_bad(skill, talk)):
        return rating.model_copy(update={"level": 3})
    return rating


def _bad(skill: Skill, talk: Talk) -> list[Message]:
    return [one for one in talk.spoken if one.hindering & SIGNS[skill].bad]


def _legible(talk: Talk) -> list[Message]:
    return [one for one in talk.spoken if one.legible]


def _slipped(message: Message, spoken: tuple[Message, ...]) -> bool:
    """An attack, a collapse, or a leaving without a word of one's limit, then or before."""
    limits = [one.number for one in spoken if Move.LIMIT in one.moves]
    left = Move.WITHDRAWAL in message.hindering
    gone = left and not any(number <= message.number for number in limits)
    attacked = message.hostile and bool(message.hindering - MILD)
    return attacked or message.collapsed or gone


def _spoilt(message: Message) -> bool:
    """A helping move inside an attack earns nothing."""
    return message.hostile and message.reading.style is Style.AGGRESSIVE


def _repaired(outburst: Message, spoken: tuple[Message, ...]) -> bool:
    later = [one for one in spoken if one.number > outburst.number]
    return any(Move.OWNERSHIP in one.moves and not one.hostile for one in later)


def _ids(messages: list[Message]) -> list[int]:
    return [one.number for one in messages]


_RATERS: dict[Skill, Callable[[Skill, Talk], Rating]] = {
    Skill.ASKS: _asks,
    Skill.STEADY: _steady,
    Skill.WORKS_IT_OUT: _works_it_out,
}
