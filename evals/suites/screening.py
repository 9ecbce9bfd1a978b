"""The screening of risk: what it sees, and how often it is alarmed without need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.figures import Figure, exact, share
from ipt_roleplay.domain import Concern, Goal, Scenario, Tier
from ipt_roleplay.safety import screen
from ipt_roleplay.scenarios import all_lines, load_all

DATA = Path(__file__).parent.parent / "datasets" / "screening" / "screening.jsonl"
SPLITS = ("dev", "test")


def figures() -> list[Figure]:
    """Sensitivity and false alarms a split, and whether any text of a scenario alarms."""
    cases = [json.loads(line) for line in DATA.read_text("utf-8").splitlines() if line.strip()]
    found = [
        figure
        for split in SPLITS
        for figure in _of_split(split, [case for case in cases if case["split"] == split])
    ]
    return [*found, _in_scenarios()]


def _of_split(split: str, cases: list[dict[str, Any]]) -> Iterator[Figure]:
    truth = [Tier(case["tier"]) for case in cases]
    said = [screen(case["text"], case.get("earlier", ())).tier for case in cases]
    pairs = list(zip(truth, said, strict=True))
    explicit = [tier for true, tier in pairs if true is Tier.ACUTE]
    at_risk = [tier for true, tier in pairs if true is not Tier.NONE]
    harmless = [tier for true, tier in pairs if true is Tier.NONE]
    yield _share(f"screening.{split}.explicit_at_acute", explicit, {Tier.ACUTE})
    yield _share(f"screening.{split}.seen", at_risk, {Tier.ACUTE, Tier.CHECK_IN})
    yield _share(f"screening.{split}.false_acute", harmless, {Tier.ACUTE})
    yield _share(f"screening.{split}.false_any", harmless, {Tier.ACUTE, Tier.CHECK_IN})


def _share(name: str, said: list[Tier], counted: set[Tier]) -> Figure:
    return share(name, sum(tier in counted for tier in said), len(said))


def _in_scenarios() -> Figure:
    texts = [text for scenario in load_all().values() for text in _texts(scenario)]
    alarming = [text for text in texts if screen(text).tier is not Tier.NONE]
    note = f"first: {alarming[0]}" if alarming else ""
    return exact("screening.alarms_in_scenarios", len(alarming), len(texts), note)


def _texts(scenario: Scenario) -> Iterator[str]:
    """What the persona may say, and every example of what a trainee may say."""
    yield from (line.say for line in all_lines(scenario))
    for goal in scenario.goals:
        yield from _ways(goal)
    for concern in scenario.concerns:
        yield from _ways(concern)
    for topic in scenario.topics:
        yield from topic.examples
    for question in scenario.questions:
        yield from question.examples


def _ways(item: Goal | Concern) -> Iterator[str]:
    """Ways of saying or meeting it, and ways that nearly do."""
    yield from (*item.examples, *item.near_misses)
    for wordings in item.wordings.values():
        yield from wordings
