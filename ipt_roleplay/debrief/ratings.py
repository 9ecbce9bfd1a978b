"""Six skills, 0–4, by `docs/rubric.md`, from the readings of a whole talk.

`skills` tells from all messages how far each skill showed, `evidence` on which of them that rests;
here come the rubric's caps. An unclear reading holds nothing but contempt and threats against
anybody. Ratings rest on the texts alone; recorded state plays no part.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ipt_roleplay.debrief import evidence, skills
from ipt_roleplay.debrief.phrases import FLATTERIES
from ipt_roleplay.debrief.talk import GRAVE, Message, Talk
from ipt_roleplay.debrief.weighing import slips_of
from ipt_roleplay.domain import Move, Rating, Skill

MILD = frozenset({Move.DEFENCE, Move.MIND_READING, Move.HINT, Move.WITHDRAWAL})
"""Hindering, and for themselves no attack on anybody."""
WEAK, CLEAR = 1, 3
"""Up to the one a skill is absent or one weak attempt, from the other on clear and mostly
sustained."""
FAINT = 0.15
"""How likely a move must be somewhere for a skill to have been seen faintly: of 26 skills that
raters saw and that show in no move, this finds 22, and calls none seen that raters don't."""
SET_PHRASES = 4
"""So many messages in the set phrases of counselling hold listening at 2."""


@dataclass(frozen=True)
class _Signs:
    """Which moves speak for and against a skill."""

    good: frozenset[Move]
    bad: frozenset[Move]


SIGNS: dict[Skill, _Signs] = {
    Skill.EXPRESSES: _Signs(
        frozenset({Move.FEELING, Move.NEED, Move.DISCLOSURE}),
        frozenset({Move.SELF_SILENCING, Move.HINT}),
    ),
    Skill.DESCRIBES: _Signs(
        frozenset({Move.OBSERVATION}),
        frozenset({Move.BLAME, Move.GENERALISATION, Move.MIND_READING, Move.CONTEMPT}),
    ),
    Skill.ASKS: _Signs(
        frozenset({Move.REQUEST, Move.LIMIT}),
        frozenset({Move.ORDER, Move.THREAT, Move.HINT, Move.SELF_SILENCING}),
    ),
    Skill.LISTENS: _Signs(
        frozenset({Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION}),
        frozenset({Move.DISMISSAL, Move.DEFENCE, Move.MIND_READING, Move.CONTEMPT}),
    ),
    Skill.WORKS_IT_OUT: _Signs(
        frozenset({Move.COMPROMISE}),
        frozenset({Move.THREAT, Move.WITHDRAWAL, Move.ORDER, Move.DISMISSAL, Move.CONTEMPT}),
    ),
}


def rate(talk: Talk) -> tuple[Rating, ...]:
    """One rating a skill, in the rubric's order; None is "not seen"."""
    told = levels(talk)
    if all(level is None for level in told.values()):
        return tuple(Rating(skill=skill, level=None) for skill in Skill)
    telling = tuple(one for one in talk.judged if one.moves) or talk.spoken
    rows = evidence.features(telling, slips_of(telling))
    return tuple(_rating(skill, told[skill], telling, rows) for skill in Skill)


def levels(talk: Talk) -> dict[Skill, int | None]:
    """The level of each skill, 0–4; None where it wasn't seen."""
    features = skills.shown(talk.spoken)
    told = {} if features is None else skills.levels(features)
    return {
        skill: None if level is None or not _seen(skill, talk) else min(level, _most(skill, talk))
        for skill in Skill
        for level in [told.get(skill)]
    }


def _rating(
    skill: Skill, level: int | None, telling: tuple[Message, ...], rows: evidence.Floats
) -> Rating:
    """The level and the messages it rests on, of those `telling` anything: a high one on what shows
    the skill, a low one on what shows its lack, and one between on both."""
    if level is None:
        return Rating(skill=skill, level=None)
    every = {one.number for one in telling}
    harsh = {one.number for one in telling if one.hit or one.insults or _worn(one)}
    good = evidence.shown(skill, every - harsh or every, telling, rows)
    bad = evidence.lacked(skill, every, telling, rows)
    if skill is Skill.STEADY:  # what holds it down by the rubric is shown first
        bad = [*(one.number for one in _outbursts(telling)), *bad]
    if level >= CLEAR:
        numbers = good
    else:
        numbers = bad if level <= WEAK else [*good[:1], *bad[:1], *good[1:], *bad[1:]]
    numbers = list(dict.fromkeys(numbers))[: evidence.MOST]
    return Rating(skill=skill, level=level, evidence=tuple(sorted(numbers)))


def _seen(skill: Skill, talk: Talk) -> bool:
    """Whether any message shows a sign of a skill, or of its lack, at least faintly."""
    if skill is Skill.STEADY:
        return any(one.legible for one in talk.spoken)
    spoken, signs = talk.spoken, SIGNS[skill]
    good = [one for one in spoken if one.moves & signs.good and not one.hindering - MILD]
    good = [one for one in good if not (one.hit or (skill is Skill.LISTENS and _worn(one)))]
    bad = any(one.hindering & signs.bad for one in spoken)
    return bool(good) or bad or any(_likely(one, signs.good) >= FAINT for one in spoken)


def _likely(message: Message, moves: Collection[Move]) -> float:
    """How likely a message makes one of these moves."""
    told = message.reading.move_probabilities
    return max(told.get(move, float(move in message.moves)) for move in moves)


def _most(skill: Skill, talk: Talk) -> int:
    """The rubric's caps: an outburst holds steadiness at 1, once repaired at 3; a request dropped
    at the first pushback holds asking at 2. Begging, again and again, holds steadiness and asking
    at 2; compliments, or set phrases, in place of answers hold listening at 2."""
    spoken = talk.spoken
    caps = [skills.HIGHEST]
    if skill is Skill.STEADY:
        outbursts = _outbursts(spoken)
        if outbursts:
            caps.append(3 if _repaired(outbursts[-1], spoken) else 1)
    if skill is Skill.ASKS:
        asked = [one.number for one in spoken if one.moves & SIGNS[skill].good]
        dropped = [one.number for one in spoken if one.collapsed]
        if asked and dropped and max(dropped) > max(asked):
            caps.append(2)
    if skill in (Skill.STEADY, Skill.ASKS) and sum(one.begs > 0 for one in spoken) >= 2:
        caps.append(2)
    if skill is Skill.LISTENS and sum(one.flatters for one in spoken) > FLATTERIES:
        caps.append(2)
    if skill is Skill.LISTENS and sum(one.borrowed for one in spoken) >= SET_PHRASES:
        caps.append(2)
    return min(caps)


def _outbursts(spoken: tuple[Message, ...]) -> list[Message]:
    return [one for one in spoken if one.hostile and (one.insults or one.likely & GRAVE)]


def _worn(message: Message) -> bool:
    """A set phrase, a plea or a compliment is no sign of skill by itself."""
    return message.borrowed or message.begs > 0 or message.flatters


def _repaired(outburst: Message, spoken: tuple[Message, ...]) -> bool:
    later = [one for one in spoken if one.number > outburst.number]
    return any(Move.OWNERSHIP in one.moves and not one.hostile for one in later)
