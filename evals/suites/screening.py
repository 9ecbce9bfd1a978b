"""The screening of risk: what it sees, and how often it is alarmed without need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.figures import Figure, exact, share
from evals.reading_data import testing
from ipt_roleplay.domain import Tier
from ipt_roleplay.safety import screen
from ipt_roleplay.scenarios import all_texts, load_all

DATA = Path(__file__).parent.parent / "datasets" / "screening"


def figures() -> list[Figure]:
    """Sensitivity and false alarms on the lines of each test writer; alarms on ordinary
    messages and on any text of a scenario.

    `test` are lines that the patterns' own author wrote and kept back; `test-…` are files by
    writers who had seen neither patterns nor lines, full of the indirect and the misleading.
    """
    found = [
        figure
        for file in sorted(DATA.glob("*.jsonl"))
        for split, cases in _tests(file).items()
        for figure in _of_split(split, cases)
    ]
    return [*found, _ordinary(), _in_scenarios()]


def _tests(file: Path) -> dict[str, list[dict[str, Any]]]:
    cases = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    if file.stem.startswith("test-"):
        return {file.stem: cases}
    kept_back = [case for case in cases if case.get("split") == "test"]
    return {"test": kept_back} if kept_back else {}


def _ordinary() -> Figure:
    """Messages that the reader is tested with: hard talks, nobody in danger."""
    tiers = [screen(one.text).tier for one in testing()]
    return _share("screening.ordinary.false_any", tiers, {Tier.ACUTE, Tier.CHECK_IN})


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
    texts = [text for scenario in load_all().values() for text in all_texts(scenario)]
    alarming = [text for text in texts if screen(text).tier is not Tier.NONE]
    note = f"first: {alarming[0]}" if alarming else ""
    return exact("screening.alarms_in_scenarios", len(alarming), len(texts), note)
