"""Speed, measured as ratios in one run: `python -m evals.bench`.

Milliseconds are reported only; ratios gate, since machines differ and are shared. Ends with
status 1 when a ratio is beyond its bound.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ipt_roleplay.domain import Scenario
from ipt_roleplay.rehearsal import Replied, Room
from ipt_roleplay.settings import Settings

HEAVY = ("gradio", "langchain", "langchain_core", "openai", "chromadb")
BARE_PAGE = """
import os, sys
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
import gradio as gr, uvicorn
from fastapi import FastAPI
with gr.Blocks() as demo:
    gr.Textbox()
app = gr.mount_gradio_app(FastAPI(), demo, path="/")
uvicorn.run(app, port=int(sys.argv[1]), log_level="error")
"""
START_ROUNDS = 3
TURN_ROUNDS = 5


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Settings(data_dir=Path(folder)))
        room.warm()
        faults = asyncio.run(_turns(room)) + _search(room)
        room.close()
    faults += _command_line() + _start()
    print("\n".join(faults) or "Every ratio holds.")
    return 1 if faults else 0


def _messages(scenario: Scenario) -> list[str]:
    """Sixty different things to say in a scenario, none of them hostile."""
    said = [text for goal in scenario.goals for text in goal.examples]
    said += [text for concern in scenario.concerns for text in concern.examples]
    return said[:60]


async def _turns(room: Room) -> list[str]:
    """A turn from `say` to its stored reply; turn 60 against turn 1."""
    first: list[float] = []
    last: list[float] = []
    every: list[float] = []
    name, scenario = next(iter(room.scenarios.items()))
    longer = scenario.model_copy(update={"turn_limit": 60})
    room.scenarios[name] = longer
    for round_number in range(TURN_ROUNDS):
        times: list[float] = []
        while len(times) < 59:  # a talk that ends early is followed by another one, rewound
            session = room.start(name, seed=round_number, difficulty=1)
            times = await _talk(room, session, _messages(longer))
        first.append(statistics.median(times[:5]))
        last.append(statistics.median(times[-5:]))
        every += times
    room.scenarios[name] = scenario
    ratio = statistics.median(b / a for a, b in zip(first, last, strict=True))
    ordered = sorted(every)
    p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"an authored turn: p50 {p50:.1f} ms, p95 {p95:.1f} ms over {len(every)} turns")
    return _gate("turns 56–60 against turns 1–5", ratio, 1.2)


async def _talk(room: Room, session: str, messages: list[str]) -> list[float]:
    """Milliseconds of each turn. A scene that ends is taken back one turn, and goes on."""
    times: list[float] = []
    for number, text in enumerate(messages):
        started = time.perf_counter()
        async for event in room.say(session, text, f"key-{number}"):
            if isinstance(event, Replied):
                times.append((time.perf_counter() - started) * 1000)
                if event.turn.state.outcome is not None:
                    room.rewind(session, event.turn.number - 1)
    return times


def _search(room: Room) -> list[str]:
    queries = ["how do I say no", "walked off in the middle", "my mother's expectations"] * 30
    times = sorted(_timed(partial(room.retriever.search, query)) for query in queries)
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"a handbook search: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
    return []


def _command_line() -> list[str]:
    bare = statistics.median(_process(["-c", "pass"]) for _ in range(3))
    for name, arguments in (("--help", ["--help"]), ("read -", ["read", "-"])):
        took = statistics.median(_process(["-m", "ipt_roleplay.cli", *arguments]) for _ in range(3))
        print(f"ipt-roleplay {name}: {took:.0f} ms ({took / bare:.0f} × a bare interpreter)")
    code = (
        "import sys\n"
        "from ipt_roleplay.cli import app\n"
        "try: app(['read', '-'])\n"
        "except SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input='{"text": "hello"}',
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = done.stderr.strip().splitlines()[-1]
    return [] if loaded == "[]" else [f"`read` imports {loaded}. Import it where it is used."]


def _start() -> list[str]:
    """From process start to the page's first answer, against a bare Gradio page."""
    ratios: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"IPT_DATA_DIR": folder}
        for _ in range(START_ROUNDS):
            bare = _until_answer(lambda port: ["-c", BARE_PAGE, port], environment)
            ours = _until_answer(
                lambda port: ["-m", "ipt_roleplay.cli", "serve", "--port", port], environment
            )
            print(f"page answers after {ours:.1f} s, a bare Gradio page after {bare:.1f} s")
            ratios.append(ours / bare)
    return _gate("start against a bare Gradio page", statistics.median(ratios), 1.3)


def _until_answer(arguments: Callable[[str], list[str]], environment: dict[str, str]) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments(str(port))], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - started < 120:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    answer.read()
                    return time.perf_counter() - started
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        raise TimeoutError("no page within two minutes")
    finally:
        process.terminate()
        process.wait()


def _process(arguments: list[str]) -> float:
    return _timed(
        lambda: subprocess.run(
            [sys.executable, *arguments], input="", capture_output=True, text=True, check=True
        )
    )


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _gate(name: str, ratio: float, bound: float) -> list[str]:
    print(f"{name}: {ratio:.2f} × (bound {bound} ×)")
    return [] if ratio <= bound else [f"{name}: {ratio:.2f} × is beyond {bound} ×."]


if __name__ == "__main__":
    sys.exit(main())
