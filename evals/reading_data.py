"""Messages coded by hand: what the reader is trained on, and what it is tested on.

Writers named `test-…` are for testing alone; nothing is ever fitted to them. Messages of one
writer share situations and a voice, so that all splits go by writer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ipt_roleplay.domain import Cue, Move, Style

DATA = Path(__file__).parent / "datasets" / "reading"
CALIBRATION = frozenset({"losses", "voices", "corners", "hearth", "players_late"})
"""Writers whom the encoder doesn't see, so that what is mixed with it can be set on them."""


@dataclass(frozen=True)
class Coding:
    """What one coder gave a message."""

    style: Style
    moves: frozenset[Move]


@dataclass(frozen=True)
class Coded:
    """One message. `agreed` is the coding that counts. Of test messages `first` and `second`
    are the blind codings of two people, and `spans` the words that carry each move, where
    somebody marked them."""

    writer: str
    voice: str
    context: str
    text: str
    agreed: Coding
    first: Coding
    second: Coding
    spans: tuple[Cue, ...] | None

    @property
    def words(self) -> int:
        return len(self.text.split())


def training() -> list[Coded]:
    return [one for one in _all(DATA) if not one.writer.startswith("test-")]


def testing() -> list[Coded]:
    return [one for one in _all(DATA) if one.writer.startswith("test-")]


def in_talks() -> list[Coded]:
    """For testing alone as well: every message of one round of played talks (`met`), and messages
    from the middle of talks that look sharp, two of three of which aren't (`sideboards`)."""
    return list(_all(DATA / "in_talks"))


@cache
def _all(folder: Path) -> tuple[Coded, ...]:
    return tuple(
        _coded(json.loads(line))
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    )


def _coded(row: dict[str, Any]) -> Coded:
    agreed = _coding(row)
    spans = row.get("spans")
    return Coded(
        writer=row["writer"],
        voice=row.get("voice", "unknown"),
        context=row["context"],
        text=row["text"],
        agreed=agreed,
        first=_coding(row["first"]) if "first" in row else agreed,
        second=_coding(row["second"]) if "second" in row else agreed,
        spans=None if spans is None else tuple(Cue(**one) for one in spans),
    )


def _coding(row: dict[str, Any]) -> Coding:
    return Coding(Style(row["style"]), frozenset(Move(one) for one in row["moves"]))
