"""What a message means in its scenario: goals said, concerns met, topics, questions.

`take` compares the message with the author's examples (`matching`) and decides with a
logistic regression a kind, trained by `evals/train_uptake.py` on hand-labelled messages;
its figure on scenarios held out from training is printed by `evals/run_evals.py`. What no author
thinks of, people say: many examples of the eighteen scenarios that ship are what players of
rehearsals said.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.domain import Asked, GoalKind, Move, Reading, Scenario, Style, Uptake
from ipt_roleplay.reading import read
from ipt_roleplay.uptake.asking import (
    agrees,
    asked_after,
    asking,
    closed,
    modest,
    opening,
    particular,
    small,
    yes_or_no,
)
from ipt_roleplay.uptake.judging import Item, Shares
from ipt_roleplay.uptake.matching import FEATURES, Cut, Learnt, cut, features, learn, stems

__all__ = [
    "COLUMNS",
    "FEATURES",
    "KINDS",
    "Kind",
    "agrees",
    "asked_after",
    "asking",
    "closed",
    "columns",
    "cut",
    "items_of",
    "likelihoods",
    "stems",
    "take",
]

Kind = Literal["goal", "concern", "topic", "question"]
KINDS: tuple[Kind, ...] = ("goal", "concern", "topic", "question")
SHARES: Shares = ((1, 0.3, 0.3, 0.3), (1, 1, 1, 1), (0, 0, 1, 0), (1, 1, 1, 1))
"""Which texts each kind is told from, kinds as in `KINDS`. A goal's examples speak of topics
too, without being listed there: they are no evidence against a topic."""

TELLING: tuple[Move, ...] = (
    Move.REQUEST,
    Move.LIMIT,
    Move.NEED,
    Move.FEELING,
    Move.DISCLOSURE,
    Move.COMPROMISE,
    Move.VALIDATION,
    Move.REFLECTION,
    Move.OPEN_QUESTION,
    Move.OWNERSHIP,
    Move.SELF_SILENCING,
    Move.HINT,
    Move.DISMISSAL,
    Move.BLAME,
    Move.CONTEMPT,
    Move.DEFENCE,
    Move.APPRECIATION,
    Move.GENERALISATION,
    Move.MIND_READING,
)
STYLES: tuple[Style, ...] = tuple(Style)
"""Moves and styles whose probability tells whether words near a goal or concern really say or meet
it."""

_SUITS: dict[GoalKind, tuple[Move, ...]] = {
    GoalKind.ASK: (Move.REQUEST, Move.COMPROMISE, Move.NEED),
    GoalKind.SUPPORT: (Move.REQUEST, Move.NEED),
    GoalKind.CONTACT: (Move.REQUEST, Move.NEED, Move.APPRECIATION),
    GoalKind.LIMIT: (Move.LIMIT, Move.REQUEST),
    GoalKind.TELL: (Move.DISCLOSURE, Move.FEELING, Move.NEED),
    GoalKind.FAREWELL: (Move.FEELING, Move.APPRECIATION, Move.DISCLOSURE),
}
_HEARS = (Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION, Move.OWNERSHIP)
ANNOUNCED = 0.97
"""How likely a goal must be in a message that announces something, for it to be said already."""
PLAINLY_MET = 0.94
"""How likely a concern must be met for the other to speak of it by name: in whole rehearsals nearly
eight of ten of those are met, each scenario held out from training."""
NEARLY_SAID = 0.3
"""How likely a goal may be in what is still taken for something small."""
PROPOSALS = 5
"""One in so many examples makes a question one that proposes something."""
PLAINLY_SAID = 0.9
"""How likely a goal must be said for something to be given in answer to it."""
COLUMNS = (*FEATURES, "suits", *(str(code) for code in (*TELLING, *STYLES)))


@dataclass(frozen=True)
class _Model:
    weights: NDArray[np.float64]
    bias: float
    threshold: float


def take(context: str, text: str, scenario: Scenario) -> Uptake:
    """What `text`, said after the other's line `context`, means in `scenario`.

    Empty text is silence. Never raises for any text.
    """
    if not text.strip():
        return Uptake(silent=True)
    reading = read(context, text)
    message = cut(text)
    opened = opening(text)
    asked, waits_for = asking(text) or opened, asked_after(context, text)
    little = _small(text, reading, scenario)
    goals, concerns, topics = (
        _chances(kind, message, reading, scenario) for kind in ("goal", "concern", "topic")
    )
    said = _chosen("goal", goals, ANNOUNCED if opened else 0.0)
    leave = bool(said and opened)  # who has said it needs no leave to say it
    return Uptake(
        goals=said,
        faint=tuple(one for one in said if goals[one] < PLAINLY_SAID),
        concerns=_chosen("concern", concerns),
        plain=_chosen("concern", concerns, PLAINLY_MET),
        topics=_chosen("topic", topics),
        question=None if leave else _question(asked, reading, scenario, little),
        asks=bool(asked),
        asked=waits_for,
        closed=closed(text),
        small=little,
        particular=particular(text) and not little and waits_for is not Asked.FOLLOW_UP,
        yes_or_no=yes_or_no(text) and not little,
        modest=modest(text),
        agrees=agrees(text),
    )


def likelihoods(context: str, text: str, scenario: Scenario) -> dict[str, float]:
    """How far `text` speaks for having said each goal and met each concern, by id, 0–1: a scale, no
    frequency."""
    if not text.strip():
        return {}
    reading, message = read(context, text), cut(text)
    goals = _chances("goal", message, reading, scenario)
    return goals | _chances("concern", message, reading, scenario)


def items_of(kind: Kind, scenario: Scenario) -> tuple[Item, ...]:
    """The scenario's items of one kind, in the order of the file."""
    if kind == "goal":
        return tuple(Item(one.id, one.examples, one.near_misses) for one in scenario.goals)
    if kind == "concern":
        return tuple(Item(one.id, one.examples, one.near_misses) for one in scenario.concerns)
    if kind == "topic":
        return tuple(Item(one.id, one.examples) for one in scenario.topics)
    return tuple(Item(one.id, one.examples) for one in scenario.questions)


def columns(kind: Kind, message: Cut, reading: Reading, scenario: Scenario) -> NDArray[np.float64]:
    """One row of `COLUMNS` per item of `kind`: what the decision rests on."""
    close = features(message, _learnt(_Same(scenario), kind))
    chance = [reading.move_probabilities.get(move, 0.0) for move in TELLING]
    chance += [reading.style_probabilities.get(style, 0.0) for style in STYLES]
    rows = []
    for position, row in enumerate(close):
        suits: tuple[Move, ...] = _HEARS
        if kind == "goal":
            suits = _SUITS[scenario.goals[position].kind]
        fit = max(reading.move_probabilities.get(move, 0.0) for move in suits)
        rows.append([*row, fit, *chance])
    return np.array(rows, dtype=np.float64)


def _question(asked: str, reading: Reading, scenario: Scenario, little: bool) -> str | None:
    """The likeliest question of those that the scenario knows; to a proposal only one that is
    itself asked as such."""
    if not asked:
        return None
    found = _chosen("question", _chances("question", cut(asked), reading, scenario))
    return next((one for one in found if not little or _is_foreseen(one, scenario)), None)


def _small(text: str, reading: Reading, scenario: Scenario) -> bool:
    """Whether something small is asked or proposed: by its form, and with no goal near it."""
    asked = small(text)
    if not asked:
        return False
    return max(_chances("goal", cut(asked), reading, scenario).values()) < NEARLY_SAID


@lru_cache(maxsize=1024)
def _proposes(examples: tuple[str, ...]) -> bool:
    return sum(bool(small(one)) for one in examples) >= len(examples) / PROPOSALS


def _is_foreseen(question: str, scenario: Scenario) -> bool:
    """Whether a question that the scenario knows is itself asked as a proposal."""
    return any(_proposes(one.examples) for one in scenario.questions if one.id == question)


def _chosen(kind: Kind, chances: dict[str, float], at_least: float = 0.0) -> tuple[str, ...]:
    """Ids whose probability reaches the threshold of their kind, likeliest first."""
    ranked = sorted(((chance, one) for one, chance in chances.items()), reverse=True)
    least = max(at_least, _models()[kind].threshold)
    return tuple(one for chance, one in ranked if chance >= least)


def _chances(kind: Kind, message: Cut, reading: Reading, scenario: Scenario) -> dict[str, float]:
    model = _models()[kind]
    logits = columns(kind, message, reading, scenario) @ model.weights + model.bias
    chances = (1 / (1 + np.exp(-logits))).tolist()
    items = _learnt(_Same(scenario), kind).items
    return {one.id: chance for one, chance in zip(items, chances, strict=True)}


class _Same:
    """A scenario as the key of a cache: by identity, since to compare all that it holds would take
    longer than a message takes."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __hash__(self) -> int:
        return id(self.scenario)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.scenario is other.scenario


@lru_cache(maxsize=640)
def _learnt(same: _Same, kind: Kind) -> Learnt:
    groups = tuple(items_of(one, same.scenario) for one in KINDS)
    return learn(groups, KINDS.index(kind), SHARES)


@lru_cache(maxsize=1)
def _models() -> dict[str, _Model]:
    text = (resources.files("ipt_roleplay.uptake") / "weights.json").read_text("utf-8")
    stored = json.loads(text)
    return {
        kind: _Model(
            np.array([stored[kind]["weights"].get(name, 0.0) for name in COLUMNS]),
            stored[kind]["bias"],
            stored[kind]["threshold"],
        )
        for kind in KINDS
    }
