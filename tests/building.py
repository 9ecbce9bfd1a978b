"""What tests of the core are built from: a small scenario, readings, states, a played turn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ipt_roleplay.actors.authored import reply
from ipt_roleplay.director import opening_state, scene, step
from ipt_roleplay.domain import (
    HINDERING,
    Act,
    Cue,
    Move,
    PersonaState,
    Reading,
    Scenario,
    Style,
    Turn,
    Uptake,
)
from ipt_roleplay.scenarios import load, load_all

THE_BIKE = Path(__file__).with_name("the_bike.yaml")

LEVELS_OF_DIFFICULTY = st.integers(1, 5)
STYLES = st.sampled_from(Style)
MOVES = st.lists(st.sampled_from(Move), unique=True, max_size=6).map(tuple)


@cache
def the_bike() -> Scenario:
    """A whole scenario of few words, in which every rule of the director can be reached."""
    return load(THE_BIKE)


@cache
def shipped() -> dict[str, Scenario]:
    """The scenarios that the product comes with."""
    return load_all()


def everywhere() -> dict[str, Scenario]:
    """The scenarios that ship and the small one, by id."""
    return {"the_bike": the_bike(), **shipped()}


def scenario_ids() -> st.SearchStrategy[str]:
    """The id of any of them: what Hypothesis draws should be short to print."""
    return st.sampled_from(list(everywhere()))


def a_reading(*moves: Move, style: Style = Style.ASSERTIVE, **rest: Any) -> Reading:
    """A reading that is sure of itself: probabilities are left out, which means certain."""
    return Reading(style=style, moves=moves, **rest)


def a_state(scenario: Scenario | None = None, **changes: Any) -> PersonaState:
    """The opening state at difficulty 3, with changes."""
    return opening_state(scenario or the_bike(), 3).model_copy(update=changes)


@st.composite
def readings(draw: st.DrawFn, moves: st.SearchStrategy[tuple[Move, ...]] = MOVES) -> Reading:
    """Any reading: any style with any moves, with or without probabilities, clear or not."""
    found = draw(moves)
    chances = {move: draw(st.floats(0, 1)) for move in found if draw(st.booleans())}
    return Reading(
        style=draw(STYLES),
        moves=found,
        cues=tuple(Cue(move=move, start=0, end=4) for move in found if move in HINDERING),
        move_probabilities=chances,
        unclear=draw(st.booleans()),
    )


def uptakes(scenario: Scenario) -> st.SearchStrategy[Uptake]:
    """Any uptake that is possible in the scenario."""
    question = st.none() | st.sampled_from([one.id for one in scenario.questions])
    heard = st.builds(
        Uptake,
        goals=_some(one.id for one in scenario.goals),
        concerns=_some(one.id for one in scenario.concerns),
        topics=_some(one.id for one in scenario.topics),
        question=question,
        asks=st.booleans(),
    )
    return heard | st.just(Uptake(silent=True))


@st.composite
def states(draw: st.DrawFn, scenario: Scenario) -> PersonaState:
    """Any state of a talk that goes on, however unlikely."""
    measure = st.floats(0, 10).map(lambda value: round(value, 3))
    count = st.integers(0, 8)
    offers = draw(_some(one.id for one in scenario.concessions))
    cut = draw(st.integers(0, len(offers)))
    said = draw(_some(one.id for one in scenario.goals))
    return PersonaState(
        openness=draw(measure),
        tension=draw(measure),
        engagement=draw(measure),
        turn=draw(st.integers(0, scenario.turn_limit - 1)),
        said=said,
        kept=draw(_some(said)),
        heard=draw(_some(one.id for one in scenario.concerns)),
        asked=draw(_some(one.id for one in scenario.questions)),
        revealed=draw(_some(one.id for one in scenario.secrets)),
        conceded=offers[:cut],
        withdrawn=offers[cut:],
        last_act=draw(st.none() | st.sampled_from([act for act in Act if act is not Act.END])),
        pushed=draw(count),
        bad=draw(count),
        hostile=draw(count),
        given_up=draw(count),
        stalled=draw(count),
        comforted=draw(count),
        closing=draw(count),
        hurt=draw(st.booleans()),
        gentle=draw(st.booleans()),
    )


def _some(ids: Any) -> st.SearchStrategy[tuple[str, ...]]:
    known = list(ids)
    if not known:
        return st.just(())
    return st.lists(st.sampled_from(known), unique=True).map(tuple)


def played_turn(
    scenario: Scenario,
    turns: Sequence[Turn],
    said: str,
    reading: Reading,
    uptake: Uptake,
    *,
    difficulty: int = 3,
    seed: int = 0,
    **changes: Any,
) -> Turn:
    """One whole turn: director, scene and authored actor. `changes` are made to the state
    before it; the talk is kept open so that a branch can grow as long as a test likes."""
    before = turns[-1].state if turns else opening_state(scenario, difficulty)
    before = before.model_copy(update=changes)
    state, direction = step(before, reading, uptake, scenario, difficulty)
    shown = scene(scenario, turns, said, reading, uptake, state, direction, seed)
    return Turn(
        number=len(turns) + 1,
        said=said,
        reading=reading,
        uptake=uptake,
        state=state,
        direction=direction,
        reply=reply(shown),
    )
