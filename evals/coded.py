"""Talks of which teachers coded every message: what doesn't work in it, what may be praised."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ipt_roleplay import debrief
from ipt_roleplay.debrief.talk import Talk
from ipt_roleplay.debrief.weighing import Slip
from ipt_roleplay.domain import Move, Said

DATASETS = Path(__file__).parent / "datasets"
CODED, TALKS = DATASETS / "coded", DATASETS / "talks"
TESTED = ("pa_", "pb_", "pc_", "pd_")
"""Whose rehearsals are for testing: those of the players whose talks test the ratings too."""
KINDS: dict[Slip, frozenset[str]] = {
    Slip.PAST: frozenset(
        {"moved_on", "passed_over", "to_oneself", "dismissal", "pressed", "unanswered"}
    ),
    Slip.SHARP: frozenset(
        {"blame", "sideways", "dismissal", "order", "mind_reading", "generalisation"}
        | {"contempt", "threat"}
    ),
    Slip.SMALL: frozenset({"small", "dropped", "undone", "begged", "left"}),
    Slip.UNCLEAR: frozenset({"vague", "crowded", "undone"}),
    Slip.EXPLAINS: frozenset({"defence"}),
    Slip.SOOTHED: frozenset({"soothed"}),
}
"""The teachers' codes by kind; where a code stands in two, either is right."""
WORTH_NAMING = 2
"""Of slips weighed 1 (a trifle) to 3 (the first to take up)."""


@dataclass(frozen=True)
class Coded:
    """A message: its slips by the teachers' codes, the first one's weight (0 for none), and each
    praise with the words that show it."""

    slips: frozenset[str]
    weight: int
    praise: tuple[tuple[Move, str], ...]

    @property
    def kinds(self) -> frozenset[Slip]:
        return frozenset(kind for kind, codes in KINDS.items() if codes & self.slips)

    @property
    def worth_naming(self) -> frozenset[Slip]:
        return self.kinds if self.weight >= WORTH_NAMING else frozenset()


@dataclass(frozen=True)
class CodedTalk:
    """`messages` by number."""

    name: str
    talk: Talk
    messages: dict[int, Coded]

    @property
    def played(self) -> bool:
        return self.name[0] == "p" and self.name[2] == "_"


@cache
def coded_talks(training: bool) -> tuple[CodedTalk, ...]:
    """Those to learn from, or those to test on."""
    known = {row["id"]: row["turns"] for row in _rows(TALKS)}
    return tuple(
        CodedTalk(
            row["id"],
            debrief.from_transcript([Said(**one) for one in row.get("turns") or known[row["id"]]]),
            {one["message"]: _coded(one) for one in row["messages"]},
        )
        for row in _rows(CODED)
        if row["id"].startswith(TESTED) is not training
    )


def _coded(row: dict[str, Any]) -> Coded:
    return Coded(
        frozenset(filter(None, (row.get("slip"), row.get("second")))),
        row.get("weight", 0),
        tuple((Move(one["code"]), one["words"]) for one in row.get("praise", ())),
    )


def _rows(folder: Path) -> Sequence[dict[str, Any]]:
    return [
        json.loads(line)
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
