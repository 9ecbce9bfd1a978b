"""How long a turn takes, early and late in a talk, and how long a search takes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np

from evals.suites.retrieval import DATA as QUERIES
from evals.talks import Script, scripts
from ipt_roleplay.domain import Scenario, Turn
from ipt_roleplay.rehearsal import Replied, Room, play
from ipt_roleplay.settings import Settings
from ipt_roleplay.store import Store

TURNS = 300
PAIRS = 40
LATE = 59
"""The last turn before the limit of a talk that may have 60: the limit's own turn ends it,
and an ending has fewer lines to choose from."""


def turn_times(folder: Path) -> list[float]:
    """Seconds from call to stored reply, for `TURNS` turns of scripted talks."""
    with _Opened(folder) as room:
        took: list[float] = []
        for script in scripts():
            took += asyncio.run(_talk_times(room, script))
        return took[:TURNS]


async def _talk_times(room: Room, script: Script) -> list[float]:
    session = room.start(script.scenario, seed=1)
    took: list[float] = []
    for number, text in enumerate(script.messages):
        if room.view(session).ended:
            break
        seconds, replied = await _say(room, session, text, f"{number}")
        if not replied:
            break
        took.append(seconds)
    return took


def late_against_first(folder: Path) -> float:
    """The median ratio of turn `LATE` to turn 1, the same message in both, pair by pair."""
    with _Opened(folder) as room:
        script = next(one for one in scripts() if one.policy == "skilled")
        scenario = room.scenarios[script.scenario].model_copy(update={"turn_limit": LATE + 1})
        room.scenarios[scenario.id] = scenario
        fresh, long = (room.start(scenario.id, seed=1) for _ in range(2))
        _fill(folder, long, scenario, script)
        return asyncio.run(_ratio(room, fresh, long, script))


def _fill(folder: Path, session: str, scenario: Scenario, script: Script) -> None:
    """Stores turns 1 to `LATE` − 1, each a copy of one real turn with words of its own."""
    first = play(scenario, script.messages[:1], 3, 1).turns[0]
    assert first is not None, "the first message of a skilled script is never paused"
    messages = [text for one in scripts() for text in one.messages]
    store = Store(folder)
    for number, said in enumerate(messages[: LATE - 1], start=1):
        key = f"filled-{number}"
        store.hold(session, said, key)
        store.commit(session, key, _renumbered(first, number, said))
    store.close()


def _renumbered(turn: Turn, number: int, said: str) -> Turn:
    state = turn.state.model_copy(update={"turn": number})
    reply = turn.reply.model_copy(update={"line": f"line {number}"})
    return turn.model_copy(update={"number": number, "said": said, "state": state, "reply": reply})


async def _ratio(room: Room, fresh: str, long: str, script: Script) -> float:
    ratios: list[float] = []
    for pair in range(PAIRS + 1):
        text = script.messages[pair % len(script.messages)]
        early, _ = await _say(room, fresh, text, f"pair-{pair}")
        late, _ = await _say(room, long, text, f"pair-{pair}")
        ratios.append(late / early)
        room.rewind(fresh, 0)
        room.rewind(long, LATE - 1)
    return float(np.median(ratios[1:]))  # the first pair warms up


async def _say(room: Room, session: str, text: str, key: str) -> tuple[float, bool]:
    """Seconds until the last event, and whether the turn was stored."""
    started = perf_counter()
    events = [event async for event in room.say(session, text, key)]
    return perf_counter() - started, isinstance(events[-1], Replied)


def search_times(folder: Path) -> list[float]:
    """Seconds of each search of the retrieval suite, with the index open."""
    queries = [json.loads(line)["query"] for line in QUERIES.read_text("utf-8").splitlines()]
    with _Opened(folder) as room:
        return [_timed(partial(room.retriever.search, query)) for query in queries]


def _timed(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


class _Opened:
    """A warm room in a folder of its own, closed at the end."""

    def __init__(self, folder: Path) -> None:
        self._room = Room(Settings(data_dir=folder))

    def __enter__(self) -> Room:
        self._room.hear_apart()
        self._room.warm()
        return self._room

    def __exit__(self, *_: object) -> None:
        self._room.close()
