"""What the choice of an act rests on, and what comes of it; which conditions hold in a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ipt_roleplay.director.levels import Level
from ipt_roleplay.domain import (
    Act,
    Condition,
    Move,
    Outcome,
    PersonaState,
    Reading,
    Scenario,
    Uptake,
)


@dataclass(frozen=True)
class Moment:
    """Everything that the choice of an act may rest on."""

    before: PersonaState
    now: PersonaState
    reading: Reading
    uptake: Uptake
    scenario: Scenario
    level: Level

    @property
    def moves(self) -> frozenset[Move]:
        return frozenset(self.reading.moves)

    @property
    def newly_heard(self) -> str | None:
        fresh = [one for one in self.now.heard if one not in self.before.heard]
        return fresh[0] if fresh else None

    @property
    def spoke_of(self) -> tuple[str, ...]:
        """Goals that this message said and that went in."""
        return tuple(one for one in self.uptake.goals if one in self.now.said)


@dataclass(frozen=True)
class Choice:
    """An act, what it is about, why, and what it changes in the state."""

    act: Act
    target: str | None
    why: str
    changes: dict[str, Any]


def chosen(act: Act, why: str, target: str | None = None, **changes: Any) -> Choice:
    return Choice(act, target, why, changes)


def holds(condition: Condition, state: PersonaState, threshold: float = 0.0) -> bool:
    """Whether `condition` holds in `state`; `threshold` is added to the openness asked for."""
    needed = condition.openness_from
    if 0 < needed < 9.0:
        needed = min(9.0, needed + threshold)
    return (
        set(condition.said) <= set(state.said)
        and set(condition.kept) <= set(state.kept)
        and set(condition.heard) <= set(state.heard)
        and set(condition.asked) <= set(state.asked)
        and set(condition.revealed) <= set(state.revealed)
        and set(condition.conceded) <= set(state.conceded)
        and state.openness >= needed
        and state.tension <= condition.tension_up_to
    )


def conclude(state: PersonaState, scenario: Scenario, otherwise: Outcome) -> Outcome:
    """The outcome of a talk that ends in `state`: the first rule that holds, else `otherwise`."""
    for rule in scenario.outcomes:
        if rule.when is not None and holds(rule.when, state):
            return rule.outcome
    return otherwise
