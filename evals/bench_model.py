"""What the product adds to the time of a language model, against a scripted server."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import numpy as np
from openai import AsyncOpenAI

from evals import bench_process as process
from evals.talks import scripts
from ipt_roleplay.model import close_connections
from ipt_roleplay.rehearsal import Room, Sentence
from ipt_roleplay.settings import Settings
from ipt_roleplay.testing.server import Served, serving
from ipt_roleplay.ui.server import ready_for_many

T = TypeVar("T")
FIRST_PAIRS = 12
FIRST_DELAY = 0.6
AT_ONCE, TURNS = 100, 3
PLAIN_REPLIES = 15
"""By themselves they differ by some 10 ms either way, the first by more: it connects."""
SECONDS_A_REPLY = 2.0
THINKING = (10.0, 30.0)
"""Seconds in which a person reads the reply and types the next message, least and most."""


def first_sentence_ratio(folder: Path) -> float:
    """The first sentence out of a rehearsal over the same sentence complete in the plain client,
    same server and prompt; the median of pairs in turn."""
    with serving(delay=FIRST_DELAY) as served, _opened(folder, served.address) as room:
        return asyncio.run(_closing(_first(room, served)))


def own_share(folder: Path) -> list[float]:
    """Seconds of each turn of a hundred rehearsals that run at once, beyond what the plain client
    takes for a whole reply of the same server while nothing else runs. The server is another
    process: its work is not our share."""
    with process.model_server(SECONDS_A_REPLY) as address, _opened(folder, address) as room:
        return asyncio.run(_closing(_shares(room, address)))


async def _closing(work: Coroutine[Any, Any, T]) -> T:
    try:
        return await work
    finally:
        await close_connections()


@contextmanager
def _opened(folder: Path, address: str) -> Iterator[Room]:
    settings = Settings(data_dir=folder).model_copy(
        update={"model": "demo", "openai_base_url": address, "tokens_per_day": 10**9}
    )
    room = Room(settings)
    ready_for_many(room)
    try:
        yield room
    finally:
        room.close()


async def _first(room: Room, served: Served) -> float:
    script = next(one for one in scripts() if one.policy == "skilled")
    ratios = []
    async with AsyncOpenAI(base_url=served.address, api_key="none", max_retries=0) as client:
        for number in range(FIRST_PAIRS):
            session = room.start(script.scenario, seed=number)
            started = perf_counter()
            async for event in room.say(session, script.messages[0], "one"):
                if isinstance(event, Sentence):
                    own = perf_counter() - started
                    break
            plain = await _plain_time(client, served.seen.bodies[-1]["messages"])
            ratios.append(own / plain)
    return float(np.median(ratios))


async def _plain_time(client: AsyncOpenAI, messages: Any, *, whole: bool = False) -> float:
    """Seconds until the plain client has a first whole sentence, or the `whole` reply."""
    started, text = perf_counter(), ""
    stream = await client.chat.completions.create(
        model="demo",
        messages=messages,
        stream=True,
    )
    async for chunk in stream:
        text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
        if not whole and any(mark in text for mark in (". ", "! ", "? ")):
            break
    took = perf_counter() - started
    await stream.close()
    return took


async def _whole_reply(address: str) -> float:
    """Seconds until the plain client has a whole reply; the median of `PLAIN_REPLIES`."""
    asked = [{"role": "user", "content": "Hello."}]
    async with AsyncOpenAI(base_url=address, api_key="none", max_retries=0) as client:
        times = [await _plain_time(client, asked, whole=True) for _ in range(PLAIN_REPLIES + 1)]
    return float(np.median(times[1:]))


async def _shares(room: Room, address: str) -> list[float]:
    plain = await _whole_reply(address)
    script = next(one for one in scripts() if one.policy == "skilled")
    waits = np.random.default_rng(20).uniform(*THINKING, (AT_ONCE, TURNS))

    async def one(number: int) -> list[float]:
        session = room.start(script.scenario, seed=number)
        took = []
        for turn, text in enumerate(script.messages[:TURNS]):
            await asyncio.sleep(waits[number, turn])
            started = perf_counter()
            async for _ in room.say(session, f"{text} {number}", f"{number}-{turn}"):
                pass
            took.append(perf_counter() - started - plain)
        return took

    found = await asyncio.gather(*(one(number) for number in range(AT_ONCE)))
    return [seconds for each in found for seconds in each]
