"""Turns of phrase that carry a move, as written in `patterns.toml`.

What a pattern finds is a sign, not a verdict: the weights learnt from the coded messages
say how much it counts, for its own moves and for any other. Where a move was read, the
words found become its cue.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ipt_roleplay.domain import Move


class Pattern(NamedTuple):
    """What to search in a plain line, and the moves whose cue it is (none: only a tip)."""

    search: re.Pattern[str]
    moves: tuple[Move, ...]


def _load() -> dict[str, Pattern]:
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    fragments = tables.pop("fragments")
    return {
        name: Pattern(_compiled(pattern, fragments), _moves(table))
        for table, patterns in tables.items()
        for name, pattern in patterns.items()
    }


def _compiled(pattern: str, fragments: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(re.sub(r"<(\w+)>", lambda found: fragments[found[1]], pattern))


def _moves(table: str) -> tuple[Move, ...]:
    return () if table == "tips" else tuple(Move(move) for move in table.split())


PATTERNS: Mapping[str, Pattern] = _load()
"""By name; the names are part of the weights, so that a new name needs a new training."""
