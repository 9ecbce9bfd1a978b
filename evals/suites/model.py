"""The path with a language model, against a scripted server: faults, attacks, prompts, hosts.

No model is asked. What these figures hold is what the product promises of any model.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from evals.figures import Figure, exact, share
from evals.talks import scripts
from ipt_roleplay.domain import Reply, Scenario
from ipt_roleplay.model import close_connections, count_tokens, open_model
from ipt_roleplay.rehearsal import Failed, Replied, Room
from ipt_roleplay.settings import Settings
from ipt_roleplay.testing.server import MODELS, Served, serving

ATTACKS = Path(__file__).parent.parent / "datasets" / "attacks" / "attacks.txt"
ATTACKERS = ("compromised", "echo", "turns-bad")
KEPT_GOING = frozenset(
    f"fault-{name}"
    for name in (*("endless", "cut", "bad-event", "ending", "broken", "hang-midway", "filter"),)
)
"""Faults that come after a whole sentence is out: the reply ends there and is kept."""
AT_ONCE = 100
SECONDS_A_REPLY = 2.0
LONG_TALK = 30
KEY = "sk-evals-secret"

_LIVE = re.compile(
    r"<[a-z/]|!\[|\]\(|https?://|www\.|0900|\*\*|language model|my instructions", re.I
)


def figures() -> list[Figure]:
    with serving() as served:
        return asyncio.run(_all(served))


async def _all(served: Served) -> list[Figure]:
    try:
        return [
            await _faults(served),
            *await _attacks(served),
            await _prefix(served),
            await _at_once(),
            *await _hosts(served),
        ]
    finally:
        await close_connections()


@contextmanager
def _room(served: Served | None, model: str) -> Iterator[Room]:
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data_dir=Path(name)).model_copy(
            update={
                "model": model,
                "openai_base_url": served.address if served else "",
                "openai_api_key": SecretStr(KEY),
                "tokens_per_session": 10**9,
                "tokens_per_day": 10**9,
            }
        )
        room = Room(settings)
        yield room
        room.close()


async def _said(room: Room, session: str, text: str, key: str) -> Any:
    """The last event of a message."""
    return [event async for event in room.say(session, text, key)][-1]


# ---------------------------------------------------------------- faults


async def _faults(served: Served) -> Figure:
    """Fault classes that end in a named state with the text kept, or in a reply that is marked as
    broken off where a sentence was out."""
    names = [name for name in MODELS if name.startswith("fault-")] + ["not-there"]
    held = [name for name in names if await _holds(served, name)]
    missing = ", ".join(name for name in names if name not in held)
    return share("model.faults_held", len(held), len(names), missing)


async def _holds(served: Served, name: str) -> bool:
    with _room(served, name) as room:
        session = room.start("dads_appointments", seed=1)
        last = await _said(room, session, "Could you take the Wednesdays?", "one")
        if isinstance(last, Replied):
            return name in KEPT_GOING and bool(last.turn.reply.text)
        return (
            isinstance(last, Failed)
            and last.fault is not None
            and room.view(session).draft == last.text != ""
            and KEY not in last.message
        )


# ---------------------------------------------------------------- attacks


async def _attacks(served: Served) -> list[Figure]:
    """What a model that obeys every injection gets out: secrets, live markup, other ratings."""
    texts = ATTACKS.read_text("utf-8").splitlines()
    leaks = live = changed = tried = 0
    for attacker in ATTACKERS:
        with _room(served, attacker) as room:
            for number, text in enumerate(texts):
                scenario = list(room.scenarios.values())[number % len(room.scenarios)]
                for turns_before in range(2):
                    found = await _attacked(room, scenario, text, turns_before)
                    tried += 1
                    leaks, live, changed = leaks + found[0], live + found[1], changed + found[2]
    note = f"{len(texts)} texts, {tried} talks"
    return [
        exact("model.attacks.leaked_secrets", leaks, tried, note),
        exact("model.attacks.live_markup", live, tried, note),
        exact("model.attacks.changed_ratings", changed, tried, note),
    ]


async def _attacked(
    room: Room, scenario: Scenario, text: str, turns_before: int
) -> tuple[int, int, int]:
    """(secrets leaked, live markup shown, ratings changed) of one talk, each 0 or 1."""
    session = room.start(scenario.id, seed=1)
    shown: list[Reply] = []
    for key, said in enumerate([*["I've been wanting to talk to you."] * turns_before, text]):
        last = await _said(room, session, said, str(key))
        if isinstance(last, Replied):
            shown.append(last.turn.reply)
    words = " ".join(f"{one.beat} {one.text}" for one in shown)
    secret = any(one.text in words for one in scenario.secrets)
    room.land(session)
    before = room.debrief(session).ratings
    after = (await room.reword(session)).ratings
    return int(secret), int(bool(_LIVE.search(words))), int(before != after)


# ---------------------------------------------------------------- prompts


async def _prefix(served: Served) -> Figure:
    """Of the prompt tokens of a long talk, those that repeat the beginning of the call before."""
    with _room(served, "demo") as room:
        scenario = room.scenarios["dads_appointments"]
        room.scenarios[scenario.id] = scenario.model_copy(update={"turn_limit": LONG_TALK + 2})
        session = room.start(scenario.id, seed=1, difficulty=1)
        begun = len(served.seen.bodies)
        texts = [text for one in scripts() if one.scenario == scenario.id for text in one.messages]
        for number, text in enumerate(texts):
            if room.view(session).ended:
                room.rewind(session, room.view(session).session.head_turn - 1)
                continue
            await _said(room, session, text, str(number))
            if len(served.seen.bodies) - begun >= LONG_TALK:
                break
        prompts = [_prompt(body) for body in served.seen.bodies[begun:]]
    again = sum(count_tokens(_common(a, b)) for a, b in itertools.pairwise(prompts))
    total = sum(count_tokens(prompt) for prompt in prompts[1:])
    return share("model.prompt_repeated", again, total, f"{len(prompts)} calls")


def _prompt(body: dict[str, Any]) -> str:
    return "\n".join(f"{one['role']}: {one['content']}" for one in body["messages"])


def _common(before: str, after: str) -> str:
    length = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    return after[:length]


# ---------------------------------------------------------------- many at once


async def _at_once() -> Figure:
    """Of a hundred rehearsals at once, those whose turns are all there and all their own."""
    with serving(delay=SECONDS_A_REPLY) as slow, _room(slow, "demo") as room:
        sessions = [
            room.start(list(room.scenarios)[n % len(room.scenarios)], seed=n)
            for n in range(AT_ONCE)
        ]
        await asyncio.gather(*(_two_turns(room, n, one) for n, one in enumerate(sessions)))
        whole = 0
        for n, session in enumerate(sessions):
            view = room.view(session)
            said = [turn.said for turn in view.turns]
            speaker = {turn.reply.actor for turn in view.turns}
            whole += said == [_message(n, 0), _message(n, 1)] and speaker == {"llm"}
    return share("model.at_once_whole", whole, AT_ONCE)


async def _two_turns(room: Room, number: int, session: str) -> None:
    for turn in range(2):
        await _said(room, session, _message(number, turn), f"{number}-{turn}")


def _message(number: int, turn: int) -> str:
    return f"I'd like to talk about it, number {number}, part {turn}."


# ---------------------------------------------------------------- hosts


async def _hosts(served: Served) -> list[Figure]:
    """Hosts that a rehearsal and its debrief contact, without a model and with one."""
    found = []
    for name, model in (("none", ""), ("one", "demo")):
        with _connections() as contacted, _room(served, model) as room:
            session = room.start("dads_appointments", seed=1)
            await _said(room, session, "Could you take the Wednesdays?", "one")
            room.land(session)
            await room.reword(session)
            opened = open_model(room.settings)
        own = {opened.host} if opened else set()
        note = ", ".join(sorted(contacted))
        strangers = len(contacted - own) + len(own - contacted)
        found.append(exact(f"model.hosts_wrong_with_{name}", strangers, 1, note))
    return found


@contextmanager
def _connections() -> Iterator[set[str]]:
    """Every host and port that this process connects to meanwhile."""
    contacted: set[str] = set()
    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            contacted.add(f"{address[0]}:{address[1]}")
        connect(self, address)

    socket.socket.connect = noted  # type: ignore[method-assign, assignment]
    try:
        yield contacted
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]
