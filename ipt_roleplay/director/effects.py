"""How one message moves the persona: pure arithmetic on `PersonaState`.

The weights are the product's own judgement of what the codebook's moves do to a guarded
listener. Two rules hold for every input, and are tested: measures stay within 0–10, and
a hindering move added to a reading never raises openness or lowers tension.
"""

from __future__ import annotations

from ipt_roleplay.director.levels import Level
from ipt_roleplay.domain import (
    HELPING,
    HINDERING,
    Act,
    Directness,
    Move,
    PersonaState,
    Reading,
    Scenario,
    Stage,
    Style,
    Uptake,
)

FLOODED = 8.0
"""From this tension on, nothing that is asked goes in."""

OPENS: dict[Move, float] = {
    Move.FEELING: 0.5,
    Move.NEED: 0.4,
    Move.OBSERVATION: 0.3,
    Move.REQUEST: 0.3,
    Move.LIMIT: 0.2,
    Move.DISCLOSURE: 0.5,
    Move.VALIDATION: 0.6,
    Move.REFLECTION: 0.6,
    Move.OPEN_QUESTION: 0.5,
    Move.OWNERSHIP: 0.8,
    Move.COMPROMISE: 0.6,
    Move.APPRECIATION: 0.4,
}
CLOSES: dict[Move, float] = {
    Move.BLAME: 0.7,
    Move.GENERALISATION: 0.4,
    Move.CONTEMPT: 1.2,
    Move.THREAT: 1.2,
    Move.ORDER: 0.8,
    Move.MIND_READING: 0.4,
    Move.DISMISSAL: 0.8,
    Move.DEFENCE: 0.3,
    Move.WITHDRAWAL: 0.4,
    Move.SELF_SILENCING: 0.1,
    Move.HINT: 0.3,
}
HEATS: dict[Move, float] = {
    Move.BLAME: 0.9,
    Move.GENERALISATION: 0.5,
    Move.CONTEMPT: 1.5,
    Move.THREAT: 1.6,
    Move.ORDER: 1.0,
    Move.MIND_READING: 0.5,
    Move.DISMISSAL: 0.8,
    Move.DEFENCE: 0.3,
    Move.WITHDRAWAL: 0.5,
    Move.SELF_SILENCING: 0.3,
    Move.HINT: 0.4,
}
TECHNIQUE: frozenset[Move] = frozenset(
    {Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION, Move.APPRECIATION}
)
ASKING: frozenset[Move] = frozenset({Move.REQUEST, Move.NEED, Move.LIMIT})
CANCELS_HEARING: frozenset[Move] = frozenset(
    {Move.CONTEMPT, Move.BLAME, Move.THREAT, Move.ORDER, Move.DISMISSAL, Move.SELF_SILENCING}
)
FAINTLY = 0.2
"""Above this chance something in a message may have turned to the other."""
SEVERE: frozenset[Move] = frozenset({Move.CONTEMPT, Move.THREAT})
WARM: frozenset[Move] = TECHNIQUE | {Move.OWNERSHIP, Move.COMPROMISE}
HEARS: frozenset[Move] = WARM - {Move.APPRECIATION}
HOSTILE: frozenset[Style] = frozenset({Style.AGGRESSIVE, Style.PASSIVE_AGGRESSIVE})
TELLS: frozenset[Move] = frozenset({Move.DISCLOSURE, Move.FEELING, Move.NEED})
BARE_STYLE = 0.4
"""What a hostile style without any hindering move weighs against a warm move."""
HOLDS_OWN_SIDE: frozenset[Move] = frozenset(
    {Move.OWNERSHIP, Move.VALIDATION, Move.REFLECTION, Move.LIMIT, Move.COMPROMISE}
)
PUSHBACKS: frozenset[Act] = frozenset(
    {
        Act.ATTACK,
        Act.DENY,
        Act.DEFLECT,
        Act.MINIMISE,
        Act.GUILT_TRIP,
        Act.OLD_GRIEVANCE,
        Act.STONEWALL,
        Act.TEST,
        Act.COUNTER_DEMAND,
        Act.ADVISE,
        Act.PLACATE,
        Act.HOLD_OWN_LIMIT,
    }
)
GIVES_ROOM: frozenset[Act] = frozenset({Act.CONFIDE, Act.REVEAL, Act.SHOW_HURT, Act.SOFTEN})

UNHEARD_CEILING = 5.4
"""Openness stays at or below this while no concern has been met: technique alone gets nowhere."""
PER_CONCERN = 1.6
EMPTY_TECHNIQUE = 0.4
"""Every validation, reflection or question that met nothing lowers that ceiling."""
MOST_CLOSED, MOST_HEATED = 2.2, 2.8
"""One message does no more than this, so that repair stays possible after a single outburst."""


LIKELY = 0.5
"""From this chance on, a move is taken as made where the question is yes or no."""
CERTAIN, BEYOND_DOUBT = 0.75, 0.9
"""The chance asked for where warmth is read in the same message; where the reader is unsure."""
BEGGED = 3
"""Who has begged or given way so often is not taken to be holding to anything any more."""
SOFTENED = 0.5
"""How far hindering moves count in a message that truly meets a concern."""


def is_hostile(reading: Reading) -> bool:
    """Whether a message goes at the other person, openly or sideways.

    Where the reader is unsure of the style, or reads no hostile one, or listening or thanks
    beside the attack, only contempt or a threat that it is sure of counts; and a hostile style
    alone does not count where it may be another one, or where listening or thanks is likelier than
    any attack.
    """
    warm = max((chance(reading, one) for one in WARM.intersection(reading.moves)), default=0.0)
    mild = warm >= LIKELY or reading.style not in HOSTILE
    sure = BEYOND_DOUBT if reading.unclear else CERTAIN if mild else LIKELY
    if any(chance(reading, one) >= sure for one in SEVERE.intersection(reading.moves)):
        return True
    if reading.unclear or reading.style not in HOSTILE:
        return False
    made = [chance(reading, one) for one in HINDERING.intersection(reading.moves)]
    harm = max(made, default=BARE_STYLE)
    if harm < LIKELY and _style_chance(reading, reading.style) < BEYOND_DOUBT:
        return False
    return harm > warm


def is_attack(reading: Reading, uptake: Uptake) -> bool:
    """Whether it is taken as an attack: words that meet a concern or agree are not, and neither
    is what they came to tell without a likely blow, unless there is surely contempt or a threat in
    it."""
    severe = any(chance(reading, one) >= CERTAIN for one in SEVERE.intersection(reading.moves))
    told = bool(uptake.goals and TELLS.intersection(reading.moves)) and not _strikes(reading)
    return is_hostile(reading) and (
        severe or not (told or uptake.agrees or met_by(reading, uptake))
    )


def met_by(reading: Reading, uptake: Uptake) -> tuple[str, ...]:
    """The concerns that a message meets: none where a likely blow cancels the hearing, and only
    those beyond doubt where nothing in it turns to the other."""
    if _strikes(reading):
        return ()
    return uptake.concerns if any_likely(reading, HEARS, FAINTLY) else uptake.plain


def any_likely(reading: Reading, moves: frozenset[Move], above: float) -> bool:
    """Whether one of the moves is likelier than that, read as made or not; one read without a
    probability is certain."""
    known, made = reading.move_probabilities, reading.moves
    return any(known.get(one, float(one in made)) > above for one in moves)


def _strikes(reading: Reading) -> bool:
    """Whether a blow is likely that nothing beside it can be heard through."""
    return any(
        chance(reading, one) >= LIKELY for one in CANCELS_HEARING.intersection(reading.moves)
    )


def chance(reading: Reading, move: Move) -> float:
    """How likely a move is that was read; one read without probabilities is certain."""
    return reading.move_probabilities.get(move, 1.0)


def surely(reading: Reading, move: Move) -> bool:
    """Whether a move was made beyond what the uptake has allowed for in telling what was said."""
    return move in reading.moves and chance(reading, move) >= CERTAIN


def _style_chance(reading: Reading, style: Style) -> float:
    return reading.style_probabilities.get(style, float(style is reading.style))


def folds(reading: Reading) -> bool:
    """Whether a message begs or gives way rather than asks."""
    return reading.style is Style.PASSIVE or Move.SELF_SILENCING in reading.moves


def stands_by(reading: Reading) -> bool:
    """Whether a goal said again is held to, rather than begged for or thrown."""
    return reading.unclear or reading.style in (Style.ASSERTIVE, Style.NEUTRAL)


def gives_up(reading: Reading) -> bool:
    """Whether a message drops the speaker's own side, and does nothing else."""
    told = Move.DISCLOSURE in reading.moves and chance(reading, Move.DISCLOSURE) >= LIKELY
    does_more = told or HOLDS_OWN_SIDE.intersection(reading.moves)
    return Move.SELF_SILENCING in reading.moves and not does_more and not is_hostile(reading)


def apply(
    state: PersonaState, reading: Reading, uptake: Uptake, scenario: Scenario, level: Level
) -> PersonaState:
    """The persona's state after this message, before an act is chosen."""
    after = _register(state, reading, uptake, scenario)
    met = len(after.heard) > len(state.heard)
    return _measures(after, reading, uptake, scenario, level, met)


def _register(
    before: PersonaState, reading: Reading, uptake: Uptake, scenario: Scenario
) -> PersonaState:
    """What went in: goals said and kept, concerns met, questions, counters."""
    moves = set(reading.moves)
    flooded = before.tension >= FLOODED
    hidden = surely(reading, Move.SELF_SILENCING) or (
        surely(reading, Move.HINT) and scenario.directness is not Directness.INDIRECT
    )
    said = () if flooded or hidden else uptake.goals
    heard = () if flooded else met_by(reading, uptake)
    stands = stands_by(reading) and before.folded < BEGGED
    pushed = before.last_act in PUSHBACKS and stands
    first_said = set(said) - set(before.said)
    kept = [one for one in said if one in before.said and pushed]
    hostile = is_attack(reading, uptake)
    news = (
        first_said
        or set(kept) - set(before.kept)
        or set(heard) - set(before.heard)
        or (uptake.question and uptake.question not in before.asked)
    )
    empty_technique = bool(moves & TECHNIQUE) and not set(heard) - set(before.heard)
    return before.model_copy(
        update={
            "turn": before.turn + 1,
            "said": _add(before.said, said),
            "faint": _doubtful(before, said, uptake.faint),
            "kept": _add(before.kept, kept),
            "heard": _add(before.heard, heard),
            "asked": _add(before.asked, [uptake.question] if uptake.question else []),
            "topic": uptake.topics[0] if uptake.topics else before.topic,
            "bad": before.bad + 1 if hostile else 0,
            "hostile": before.hostile + hostile,
            "given_up": before.given_up + 1 if gives_up(reading) and not said else 0,
            "folded": before.folded + folds(reading),
            "stalled": 0 if news else before.stalled + 1,
            "comforted": before.comforted + empty_technique,
        }
    )


def most_open(concerns: int) -> float:
    """How far openness can rise once so many concerns are met, 0–10."""
    return min(10.0, UNHEARD_CEILING + PER_CONCERN * concerns)


def _measures(
    state: PersonaState,
    reading: Reading,
    uptake: Uptake,
    scenario: Scenario,
    level: Level,
    met: bool,
) -> PersonaState:
    """Openness, tension and engagement. `state` has the message registered already, but its
    measures are still those from before it; `met`: a concern was met for the first time."""
    weight = 0.5 if reading.unclear else 1.0
    softened = SOFTENED if met_by(reading, uptake) else 1.0
    closed, heated = (softened * harm for harm in _hindered(reading, scenario))
    helped = min(0.3 if state.tension >= FLOODED else 1.3, _helped(state, reading, scenario))
    room = 0.4 if uptake.silent and state.last_act in GIVES_ROOM else 0.0
    rise = (helped * weight + 1.2 * met) * level.gain + room
    ceiling = UNHEARD_CEILING - EMPTY_TECHNIQUE * state.comforted + PER_CONCERN * len(state.heard)
    reachable = max(state.openness, min(ceiling, state.openness + rise))
    openness = reachable - closed * weight
    calm = _calm(reading, met)
    tension = state.tension + heated * weight - calm * weight
    return state.model_copy(
        update={
            "openness": _bounded(openness),
            "tension": _bounded(tension),
            "engagement": _bounded(state.engagement + _engagement(reading, uptake, scenario)),
        }
    )


def _helped(state: PersonaState, reading: Reading, scenario: Scenario) -> float:
    """Openness that the helping moves earn. Technique that meets no concern fades, and so does
    asking again and again without having met one; every hindering move beside takes from it."""
    fade = 1 / (1 + state.comforted)
    worn = 1.0 if state.heard else 1 / (1 + 0.5 * max(0, state.pushed - 1))
    hindering = sum(chance(reading, move) for move in HINDERING.intersection(reading.moves))
    total = 0.0
    for move in HELPING.intersection(reading.moves):
        worth = OPENS[move] * scenario.persona.softeners.get(move, 1.0) * chance(reading, move)
        worth *= fade if move in TECHNIQUE and state.stalled else 1.0
        total += worth * worn if move in ASKING else worth
    return total * max(0.0, 1 - 0.4 * hindering)


def _hindered(reading: Reading, scenario: Scenario) -> tuple[float, float]:
    """(openness lost, tension gained) through style and hindering moves."""
    open_attack = _style_chance(reading, Style.AGGRESSIVE)
    sideways = _style_chance(reading, Style.PASSIVE_AGGRESSIVE)
    closed = 0.4 * open_attack + 0.3 * sideways
    heated = 0.5 * open_attack + 0.4 * sideways
    for move in HINDERING.intersection(reading.moves):
        factor = scenario.persona.triggers.get(move, 1.0)
        if move is Move.HINT and scenario.directness is Directness.INDIRECT:
            factor *= 0.4
        if move is Move.SELF_SILENCING and scenario.persona.avoidant:
            factor *= 0.2
        closed += CLOSES[move] * factor * chance(reading, move)
        heated += HEATS[move] * factor * chance(reading, move)
    return min(closed, MOST_CLOSED), min(heated, MOST_HEATED)


def _calm(reading: Reading, met: bool) -> float:
    """Tension that leaves the room; far slower than it came, and never beside hostility."""
    hindered = any(chance(reading, one) >= LIKELY for one in HINDERING.intersection(reading.moves))
    if hindered or is_hostile(reading):
        return 0.0
    owned = 0.5 if Move.OWNERSHIP in reading.moves else 0.0
    return 0.3 + owned + 0.4 * met


def _engagement(reading: Reading, uptake: Uptake, scenario: Scenario) -> float:
    """Here or gone. At an impasse, honest heat brings the other back into the room."""
    moves = set(reading.moves)
    change = 0.2 * len(moves & HELPING) - 0.3 * uptake.silent
    change -= 1.2 * (Move.WITHDRAWAL in moves) + 0.4 * (Move.SELF_SILENCING in moves)
    honest_heat = Move.FEELING in moves and not moves & SEVERE
    if scenario.stage is Stage.IMPASSE and (honest_heat or uptake.goals):
        change += 0.8
    return change


def _doubtful(
    before: PersonaState, said: tuple[str, ...], faint: tuple[str, ...]
) -> tuple[str, ...]:
    """Goals that were said by no message beyond doubt, and by one message alone."""
    again = [one for one in before.faint if one not in said]
    return (*again, *(one for one in said if one in faint and one not in before.said))


def _add(have: tuple[str, ...], more: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return have + tuple(dict.fromkeys(one for one in more if one not in have))


def _bounded(value: float) -> float:
    return round(min(10.0, max(0.0, value)), 3)
