"""The director: `(state, reading, uptake, scenario, difficulty) -> (state, direction)`.

Pure and deterministic. It alone decides how open or defensive the persona is, what may be
told, whether it moves, whether it walks out; an actor only speaks what it asks for.
"""

from __future__ import annotations

from ipt_roleplay.director.choice import GENTLER, choose, counts_as_pushback, tone_of
from ipt_roleplay.director.effects import LIKELY, PUSHBACKS, apply, chance, is_hostile, most_open
from ipt_roleplay.director.levels import LEVELS
from ipt_roleplay.director.moment import Choice, Moment, conclude, holds
from ipt_roleplay.director.rules import WORRY_ANSWERED
from ipt_roleplay.director.scene import NEIGHBOURS, scene, slot_names
from ipt_roleplay.domain import Act, Direction, PersonaState, Reading, Scenario, Uptake

__all__ = [
    "LEVELS",
    "LIKELY",
    "NEIGHBOURS",
    "PUSHBACKS",
    "WORRY_ANSWERED",
    "chance",
    "conclude",
    "holds",
    "is_hostile",
    "most_open",
    "opening_state",
    "scene",
    "slot_names",
    "step",
]


def opening_state(scenario: Scenario, difficulty: int) -> PersonaState:
    """Where the persona stands before the first message. `difficulty` is 1–5."""
    persona, level = scenario.persona, LEVELS[difficulty]
    return PersonaState(
        openness=min(10.0, max(0.0, persona.openness + level.openness)),
        tension=min(10.0, max(0.0, persona.tension + level.tension)),
        engagement=persona.engagement,
    )


def step(
    state: PersonaState, reading: Reading, uptake: Uptake, scenario: Scenario, difficulty: int
) -> tuple[PersonaState, Direction]:
    """The state after a message and the one act that answers it."""
    level = LEVELS[difficulty]
    uptake = _askable(state, uptake, scenario)
    now = apply(state, reading, uptake, scenario, level)
    moment = Moment(state, now, reading, uptake, scenario, level)
    choice = choose(moment)
    act = GENTLER.get(choice.act, choice.act) if state.gentle else choice.act
    wanted = choice.target if act is Act.COUNTER_DEMAND else None
    changed = _changes(choice, moment) | {"last_act": act, "in_return_for": wanted}
    after = now.model_copy(update=changed)
    direction = Direction(
        act=act,
        target=choice.target,
        topic=_topic(choice, moment),
        tone=tone_of(act, after),
        why=choice.why,
    )
    return after, direction


def _askable(state: PersonaState, uptake: Uptake, scenario: Scenario) -> Uptake:
    """Without a question about what hasn't been told yet: asked by chance, its answer would."""
    early = {one.id for one in scenario.questions if one.once and one.once not in state.revealed}
    return uptake.model_copy(update={"question": None}) if uptake.question in early else uptake


def _changes(choice: Choice, moment: Moment) -> dict[str, object]:
    best = next((one for one in moment.scenario.outcomes if one.when is not None), None)
    now = moment.now.model_copy(update=choice.changes)
    reached = best is not None and best.when is not None and holds(best.when, now)
    closing = now.closing + 1 if reached else 0
    pushed = moment.now.pushed + counts_as_pushback(choice, moment)
    return {"pushed": pushed, "closing": closing, **choice.changes}


def _topic(choice: Choice, moment: Moment) -> str | None:
    for question in moment.scenario.questions:
        if question.id == choice.target and question.topic:
            return question.topic
    return moment.now.topic
