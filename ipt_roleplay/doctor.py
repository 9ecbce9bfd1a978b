"""Checks the installation in plain words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable

from ipt_roleplay import handbook, safety, scenarios
from ipt_roleplay.errors import IptError
from ipt_roleplay.reading import read
from ipt_roleplay.rehearsal import Room
from ipt_roleplay.retrieval import Retriever
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
    faulty = [one.id for one in found.values() if scenarios.play_faults(one)]
    return f"{len(found)} to play" + (f"; thin: {', '.join(faulty)}" if faulty else "")


def _reader(_: Settings) -> str:
    return f"“Could you text me by six?” reads as {read('', 'Could you text me by six?').style}"


def _screening(_: Settings) -> str:
    return f"help for {', '.join(safety.countries())}"


def _search(settings: Settings) -> str:
    passages = [entry.passage for entry in handbook.load()]
    hits = Retriever(passages, settings.data_dir / "index").search("saying no to a parent", 1)
    return f"{len(passages)} passages; best for a no to a parent: {hits[0].passage.title}"


def _rehearsals(settings: Settings) -> str:
    Room(settings).close()
    free = os.statvfs(settings.data_dir)
    gigabytes = free.f_bavail * free.f_frsize / 1e9
    version = sqlite3.sqlite_version
    return f"kept in {settings.data_dir} (SQLite {version}, {gigabytes:.0f} GB free)"


def _leaves_the_machine(settings: Settings) -> str:
    if settings.model:
        return (
            f"IPT_MODEL is {settings.model}, but this version plays every talk by itself: "
            "nothing leaves this machine."
        )
    return "No language model is configured: nothing leaves this machine."
