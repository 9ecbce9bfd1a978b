"""Checks the installation in plain words."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable
from contextlib import aclosing
from time import perf_counter

from ipt_roleplay import authoring, safety, scenarios
from ipt_roleplay.errors import IptError
from ipt_roleplay.model import Model, close_connections, open_embedder, open_model
from ipt_roleplay.reading import read
from ipt_roleplay.rehearsal import Room, open_retriever
from ipt_roleplay.settings import Settings, load_settings

Say = Callable[[str], None]


def examine(say: Say, *, set_aside: bool = False) -> int:
    """Says what is well and what is not; returns the number of faults."""
    settings = load_settings()
    if set_aside:
        say(f"moved aside: {Room.set_aside(settings)}")
    checks: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("scenarios", _scenarios),
        ("reader", _reader),
        ("screening", _screening),
        ("handbook search", _search),
        ("rehearsals", _rehearsals),
        ("language model", _model),
    )
    faults = 0
    for name, check in checks:
        try:
            say(f"ok    {name}: {check(settings)}")
        except IptError as error:
            faults += 1
            say(f"fault {name}: {error}")
    say(_leaves_the_machine(settings))
    return faults


def _scenarios(_: Settings) -> str:
    found = scenarios.load_all()
    faulty = [one.id for one in found.values() if authoring.faults(one)]
    return f"{len(found)} to play" + (f"; thin: {', '.join(faulty)}" if faulty else "")


def _reader(_: Settings) -> str:
    return f"“Could you text me by six?” reads as {read('', 'Could you text me by six?').style}"


def _screening(_: Settings) -> str:
    return f"help for {', '.join(safety.countries())}"


def _search(settings: Settings) -> str:
    retriever = open_retriever(settings)
    hits = retriever.search("how do I say no to my mother", 1)
    own = len({one.source for one in retriever.passages if one.kind == "own"})
    sources = f", {own} sources of your own" if own else ""
    return (
        f"{len(retriever.passages)} passages{sources}; on a no to a mother: {hits[0].passage.title}"
    )


def _rehearsals(settings: Settings) -> str:
    Room(settings).close()
    free = os.statvfs(settings.data_dir)
    gigabytes = free.f_bavail * free.f_frsize / 1e9
    version = sqlite3.sqlite_version
    return f"kept in {settings.data_dir} (SQLite {version}, {gigabytes:.0f} GB free)"


def _model(settings: Settings) -> str:
    """Asks the model for a word. Raises ModelFault."""
    model = open_model(settings)
    if model is None:
        return "none is configured; the built-in partner plays"
    seconds = asyncio.run(_first_piece(model))
    return f"{model.name} at {model.host} answers; its first words after {seconds:.1f} s"


async def _first_piece(model: Model) -> float:
    started = perf_counter()
    try:
        async with aclosing(model.stream([("user", "Say one word.")], 20)) as pieces:
            await anext(pieces)
        return perf_counter() - started
    finally:
        await close_connections()


def _leaves_the_machine(settings: Settings) -> str:
    model, embedder = open_model(settings), open_embedder(settings)
    searched = (
        f" The search sends handbook, your sources and what it looks for to {embedder.name}."
        if embedder
        else ""
    )
    if model is None and embedder is None:
        return "No language model is configured: nothing leaves this machine."
    if model is None:
        return f"No language model plays here.{searched}"
    return (
        "What leaves this machine: in talks played by the model, the scenario and what both sides "
        f"say go to {model.host}, and for the debrief the talk once more. A message that speaks of "
        f"grave danger and your own view after a talk do not.{searched}"
    )
