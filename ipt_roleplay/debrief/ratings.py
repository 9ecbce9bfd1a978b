"""Six skills, 0–4, by `docs/rubric.md`, from the readings of a whole talk.

`skills` tells from all messages how far each skill showed; here come the rubric's caps, and the
messages that a rating rests on. An unclear reading holds nothing but contempt and threats against
anybody. Ratings rest on the texts alone; recorded state plays no part.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ipt_roleplay.debrief import skills
from ipt_roleplay.debrief.merit import PRAISED, merit
from ipt_roleplay.debrief.phrases import FLATTERIES
from ipt_roleplay.debrief.talk import GRAVE, Message, Talk
from ipt_roleplay.domain import Move, Rating, Skill, Style
from ipt_roleplay.reading import read

MILD = frozenset({Move.DEFENCE, Move.MIND_READING, Move.HINT, Move.WITHDRAWAL})
"""Hindering, and for themselves no attack on anybody."""
MOST_SHOWN = 3
"""So many messages, the surest, stand for a skill: of the many that stood there before, strict
teachers found some in nine of ten debriefs that showed nothing of the kind."""
LEAST_WORTH = 0.1
"""How much likelier praise than a slip a message must be to stand for a skill beside a better one.
Of 173 messages on which teachers said that ratings wrongly rested, in ninety debriefs, 78 stand
there still (137 by how surely they make the moves), and 23 of 192 that they missed do (17)."""
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


def rate(talk: Talk, slips: Mapping[int, float] | None = None) -> tuple[Rating, ...]:
    """One rating a skill, in the rubric's order; None is "not seen". `slips`: how likely each
    message, by its number, is a slip; a high rating rests rather on others."""
    features = skills.shown(talk.spoken)
    told = {} if features is None else skills.levels(features)
    return tuple(_rating(skill, told.get(skill), talk, slips or {}) for skill in Skill)


def _rating(skill: Skill, level: int | None, talk: Talk, slips: Mapping[int, float]) -> Rating:
    """The level and the messages it rests on: a high one on what a teacher would praise for it, a
    low one on what speaks against it, as far as there is any, and one between on both."""
    good, bad = _steadiness(talk) if skill is Skill.STEADY else _signs(skill, talk)
    if level is None or not good + bad:
        return Rating(skill=skill, level=None)
    level = min(level, _most(skill, talk))
    if level >= CLEAR:
        shown = _best(skill, talk, slips) or good or bad
    else:
        shown = (bad or good) if level <= WEAK else [*good[:1], *bad[:1], *good[1:], *bad[1:]]
    numbers = list(dict.fromkeys(one.number for one in shown))[:MOST_SHOWN]
    return Rating(skill=skill, level=level, evidence=tuple(sorted(numbers)))


def _best(skill: Skill, talk: Talk, slips: Mapping[int, float]) -> list[Message]:
    """The messages that a teacher would likeliest praise for the skill and least call a slip."""
    moves = SIGNS[skill].good if skill in SIGNS else frozenset(PRAISED)
    sound = [one for one in talk.spoken if not (one.hit or one.insults or _worn(one))]

    def worth(message: Message) -> float:
        praise = max(merit(message, move)[1] for move in moves)
        return praise - slips.get(message.number, 0.0)

    ranked = sorted(((worth(one), one) for one in sound), key=lambda pair: -pair[0])
    return [one for place, (worth, one) in enumerate(ranked) if place == 0 or worth >= LEAST_WORTH]


def _steadiness(talk: Talk) -> tuple[list[Message], list[Message]]:
    """Messages that kept calm, where none did otherwise, and those that didn't; first those that
    answer the sharpest lines."""
    spoken = talk.spoken
    slips = [one for one in spoken if _slipped(one, spoken)]
    calm = [one for one in spoken if one.helping and not (one.hindering or one.hit or _worn(one))]
    return (
        sorted(calm or _legible(talk), key=_sharpness_before, reverse=True),
        sorted(slips, key=_sharpness_before, reverse=True),
    )


def _sharpness_before(message: Message) -> float:
    """How likely the line that a message answers was an attack, open or sideways."""
    if not message.before:
        return 0.0
    styles = read("", message.before).style_probabilities
    return styles.get(Style.AGGRESSIVE, 0.0) + styles.get(Style.PASSIVE_AGGRESSIVE, 0.0)


def _signs(skill: Skill, talk: Talk) -> tuple[list[Message], list[Message]]:
    """Messages that show a skill, and those that show the lack of it, the surest first."""
    spoken, signs = talk.spoken, SIGNS[skill]
    good = [one for one in spoken if one.moves & signs.good and not one.hindering - MILD]
    good = [one for one in good if not one.hit]
    good = [one for one in good if not (skill is Skill.LISTENS and _worn(one))]
    bad = [one for one in spoken if one.hindering & signs.bad]
    return (
        sorted(good, key=lambda one: _likely(one, signs.good), reverse=True)
        or ([] if bad else _faintly(signs, spoken)),
        sorted(bad, key=lambda one: _likely(one, signs.bad), reverse=True),
    )


def _likely(message: Message, moves: Collection[Move]) -> float:
    """How likely a message makes one of these moves."""
    told = message.reading.move_probabilities
    return max(told.get(move, float(move in message.moves)) for move in moves)


def _faintly(signs: _Signs, spoken: Sequence[Message]) -> list[Message]:
    """Where no message was read to make a move that shows a skill, the likeliest to make one."""
    best = max(spoken, key=lambda one: _likely(one, signs.good), default=None)
    return [best] if best is not None and _likely(best, signs.good) >= FAINT else []


def _most(skill: Skill, talk: Talk) -> int:
    """The rubric's caps: an outburst holds steadiness at 1, once repaired at 3; a request dropped
    at the first pushback holds asking at 2. Begging, again and again, holds steadiness and asking
    at 2; compliments, or set phrases, in place of answers hold listening at 2."""
    spoken = talk.spoken
    caps = [skills.HIGHEST]
    if skill is Skill.STEADY:
        outbursts = [one for one in spoken if one.hostile and (one.insults or one.likely & GRAVE)]
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


def _legible(talk: Talk) -> list[Message]:
    return [one for one in talk.spoken if one.legible]


def _slipped(message: Message, spoken: tuple[Message, ...]) -> bool:
    """An attack, a collapse, or a leaving without a word of one's limit, then or before."""
    limits = [one.number for one in spoken if Move.LIMIT in one.moves]
    left = Move.WITHDRAWAL in message.hindering
    gone = left and not any(number <= message.number for number in limits)
    attacked = message.hostile and bool(message.hindering - MILD)
    return attacked or message.collapsed or gone


def _worn(message: Message) -> bool:
    """A set phrase, a plea or a compliment is no sign of skill by itself."""
    return message.borrowed or message.begs > 0 or message.flatters


def _repaired(outburst: Message, spoken: tuple[Message, ...]) -> bool:
    later = [one for one in spoken if one.number > outburst.number]
    return any(Move.OWNERSHIP in one.moves and not one.hostile for one in later)
