"""Scripted trainees, and the talks that come of playing their messages."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ipt_roleplay.domain import Act, Scenario, Turn
from ipt_roleplay.rehearsal import Played, Trainee, play_with
from ipt_roleplay.scenarios import load_all

DATA = Path(__file__).parent / "datasets" / "scripts"
REHEARSALS = DATA.parent / "rehearsals"
DIFFICULTY = 3


@dataclass(frozen=True)
class Script:
    """What one trainee says, one message after another; `answers`: what they say instead right
    after the other has done this, as (act, message), each once. `policy` names how they go
    about it. `said` and `met`: those messages that plainly say what they came for, and those that
    truly take in the other's side, by the judgement of somebody who saw only the briefing; None
    where nobody judged."""

    scenario: str
    policy: str
    number: int
    messages: tuple[str, ...]
    answers: tuple[tuple[Act, str], ...] = ()
    said: frozenset[str] | None = None
    met: frozenset[str] | None = None

    def trainee(self) -> Trainee:
        """Somebody who says this, once through."""
        ahead, prepared = list(self.messages), list(self.answers)

        def say(last: Turn | None) -> str | None:
            done = last.reply.act if last else None
            found = next((one for one in prepared if one[0] is done), None)
            if found is not None:
                prepared.remove(found)
                return found[1]
            return ahead.pop(0) if ahead else None

        return say


@dataclass(frozen=True)
class Rehearsed:
    """A whole talk that a player made up as it went, answering what the persona really said;
    `player` names who. `check_in`: the messages, from 1, after which anybody would check in."""

    player: str
    scenario: str
    mix: str
    messages: tuple[str, ...]
    check_in: frozenset[int]


@dataclass(frozen=True)
class Talk:
    """A script as it was played."""

    script: Script
    scenario: Scenario
    played: Played

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The exchanges; a message that was paused for risk is none."""
        return tuple(turn for turn in self.played.turns if turn is not None)

    @property
    def good(self) -> bool:
        """Whether the scenario's author calls this end a good one."""
        rules = (one for one in self.scenario.outcomes if one.outcome is self.played.outcome)
        return next((one.good for one in rules), False)

    @property
    def openness(self) -> float:
        """The persona's openness at the end, 0–10."""
        return self.turns[-1].state.openness if self.turns else self.scenario.persona.openness


@cache
def rehearsed() -> tuple[Rehearsed, ...]:
    """All talks of all players, by file and line."""
    return tuple(
        Rehearsed(
            player=file.stem,
            scenario=row["scenario"],
            mix=row["mix"],
            messages=tuple(row["messages"]),
            check_in=frozenset(row["check_in"]),
        )
        for file in sorted(REHEARSALS.glob("*.jsonl"))
        for row in map(json.loads, file.read_text("utf-8").splitlines())
    )


@cache
def scripts() -> tuple[Script, ...]:
    """All scripts, by file and line."""
    rows = [
        json.loads(line)
        for path in sorted(DATA.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    return tuple(_script(row) for row in rows)


def _script(row: dict[str, Any]) -> Script:
    answers = row.get("answers", {})
    return Script(
        row["scenario"],
        row["policy"],
        row["script"],
        tuple(row["messages"]),
        tuple((Act(act), text) for act, of in answers.items() for text in of),
        _labelled(row, "said"),
        _labelled(row, "met"),
    )


def _labelled(row: dict[str, Any], what: str) -> frozenset[str] | None:
    """The texts that got a label; labels name them by number, from 1."""
    labels = row.get("labels")
    if labels is None:
        return None
    found = [row["messages"][number - 1] for number in labels[what]]
    for act, of in labels["answers"].items():
        found += [row["answers"][act][number - 1] for number in of.get(what, ())]
    return frozenset(text.strip() for text in found)


@cache
def talk(script: Script, difficulty: int = DIFFICULTY, seed: int = 1) -> Talk:
    """The script played once; kept, since suites share talks."""
    return played_anew(script, difficulty, seed)


def played_anew(script: Script, difficulty: int = DIFFICULTY, seed: int = 1) -> Talk:
    scenario = _known()[script.scenario]
    return Talk(script, scenario, play_with(scenario, script.trainee(), difficulty, seed))


def digest(one: Talk) -> str:
    """Names everything that happened in a talk, states and readings included."""
    happened = "\n".join(turn.model_dump_json() for turn in one.turns)
    return hashlib.sha256(f"{one.played.outcome}\n{happened}".encode()).hexdigest()


@cache
def _known() -> dict[str, Scenario]:
    return load_all()
