"""Hearing in a process of its own: the loop that answers everybody goes on while another core
reads a message. Python runs one thread at a time; a second process is what uses a second core."""

from __future__ import annotations

import logging
import multiprocessing
import signal
from multiprocessing.connection import Connection

from ipt_roleplay.domain import Scenario
from ipt_roleplay.rehearsal.playing import Heard, hear
from ipt_roleplay.scenarios import load_all

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that a message may take before the process counts as lost; the first in a scenario takes
half a second, any other some ten milliseconds."""
SLOTS = 64
"""How many scenarios the process holds. Each is sent once: it is some 200 kB."""


class HearingApart:
    """A process that hears messages, one at a time. Not safe to share between threads."""

    def __init__(self) -> None:
        """Starts the process, which is ready once it has heard something in every scenario."""
        processes = multiprocessing.get_context("spawn")  # a fork would copy locks that are held
        self._door, there = processes.Pipe()
        # Little is handed over: a start waits until all of it is read, also by a process that died.
        self._process = processes.Process(
            target=_listen, args=(there,), name="hearing", daemon=True
        )
        self._process.start()
        there.close()  # so that the end of the process is the end of the pipe
        self._ready = False
        self._slots: list[Scenario | None] = [None] * SLOTS
        self._next = 0

    def hear(self, context: str, text: str, scenario: Scenario) -> Heard | None:
        """What `playing.hear` makes of a message; None while the process isn't ready, and once it
        is lost."""
        if self._door.closed:
            return None
        try:
            return self._asked(context, text, scenario) if self._is_ready() else None
        except (EOFError, OSError):
            log.warning("The process that hears messages was lost; this one goes on without it.")
            self.close()
            return None

    def close(self) -> None:
        """Ends the process."""
        self._door.close()
        self._process.terminate()
        self._process.join()

    def _is_ready(self) -> bool:
        if not self._ready and self._door.poll():
            self._ready = self._door.recv()
        return self._ready

    def _asked(self, context: str, text: str, scenario: Scenario) -> Heard:
        self._door.send((context, text, *self._placed(scenario)))
        if not self._door.poll(PATIENCE):
            raise TimeoutError
        heard: Heard = self._door.recv()
        return heard

    def _placed(self, scenario: Scenario) -> tuple[int, Scenario | None]:
        """The slot of a scenario, and the scenario itself where the process has it not."""
        for slot, known in enumerate(self._slots):
            if known is scenario:
                return slot, None
        slot, self._next = self._next, (self._next + 1) % SLOTS
        self._slots[slot] = scenario
        return slot, scenario


def _listen(door: Connection) -> None:
    """Gets ready for all scenarios, says so, and answers until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the page, which then ends this
    for scenario in load_all().values():
        hear("", "Hello. How are you?", scenario)
    known: dict[int, Scenario] = {}
    try:
        door.send(True)
        while True:
            context, text, slot, sent = door.recv()
            known[slot] = sent or known[slot]
            door.send(hear(context, text, known[slot]))
    except (EOFError, OSError):
        return
