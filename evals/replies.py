"""Lines that readers judged in real exchanges: would a real person say this here?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipt_roleplay import director
from ipt_roleplay.domain import Act, Direction, Line, Scenario, Scene, Tone
from ipt_roleplay.rehearsal.playing import hear
from ipt_roleplay.scenarios import all_lines, load_all

DATASETS = Path(__file__).parent / "datasets"
TESTED = ("g", "h")
"""Players on whose exchanges nothing was set."""


@dataclass(frozen=True)
class Judged:
    """A message as the actor meets it, lines that could answer it, and whether readers would
    stumble over each."""

    scene: Scene
    lines: tuple[Line, ...]
    odd: tuple[bool, ...]


def judged(players: tuple[str, ...] = TESTED) -> Iterator[Judged]:
    for player in players:
        talks = _rows("rehearsals", player)
        for row in _rows("replies", player):
            talk = talks[row["talk"] - 1]
            yield _judged(load_all()[row["scenario"]], talk, row)


def _judged(scenario: Scenario, talk: dict[str, Any], row: dict[str, Any]) -> Judged:
    place = row["message"] - 1
    said, before = talk["messages"][place], [scenario.opening.say, *talk["replies"]][place]
    heard = hear(before, said, scenario)
    direction = Direction(act=Act.DEFLECT, tone=Tone.COLD, why="judged by readers")
    state = director.opening_state(scenario, 3)
    scene = director.scene(
        scenario, (), said, heard.reading, heard.uptake, state, direction, seed=0
    )
    written = {line.say: line for line in all_lines(scenario)}
    known = [
        (written[one["say"]], digit == "0")
        for one, digit in zip(row["candidates"], row["fit"], strict=True)
        if one["say"] in written and _open_to(written[one["say"]], scene)
    ]
    return Judged(scene, tuple(line for line, _ in known), tuple(odd for _, odd in known))


def _open_to(line: Line, scene: Scene) -> bool:
    """Whether a scene would allow a line at all, but for what was earned."""
    answers = not line.after or bool(set(line.after) & set(scene.moves))
    return answers and line.target is None and line.topic is None


def _rows(folder: str, player: str) -> list[dict[str, Any]]:
    file = DATASETS / folder / f"{player}.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]
