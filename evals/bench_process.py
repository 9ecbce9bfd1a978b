"""How long whole processes take: commands, and the page until it answers."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parent.parent
SLOW_TO_IMPORT = ("gradio", "langchain", "chromadb")
PATIENCE = 120.0
"""Seconds after which a page counts as not coming."""

_LOADED = """
import sys
from ipt_roleplay.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("\\nloaded:", *(name for name in %r if name in sys.modules))
"""


def command_time(arguments: list[str], folder: Path) -> float:
    """Seconds of one whole Python process with these arguments."""
    started = perf_counter()
    _run(arguments, folder)
    return perf_counter() - started


def loaded_by(command: list[str], folder: Path) -> list[str]:
    """Which of `SLOW_TO_IMPORT` are loaded once an `ipt-roleplay` command has run."""
    said = _run(["-c", _LOADED % (SLOW_TO_IMPORT,), *command], folder)
    return said.splitlines()[-1].split()[1:]


def _run(arguments: list[str], folder: Path) -> str:
    ran = subprocess.run(
        [sys.executable, *arguments], env=environment(folder), cwd=ROOT,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ran.stdout


def page_time(arguments: list[str], port: int, folder: Path) -> float:
    """Seconds from the start of the process until its page answers 200; then it is ended.

    Raises `TimeoutError` where that takes longer than `PATIENCE`.
    """
    started = perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], env=environment(folder), cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not _answers(port):
            if perf_counter() - started > PATIENCE or process.poll() is not None:
                raise TimeoutError(f"No page came of {arguments}. Start it by hand to see why.")
            sleep(0.02)
        return perf_counter() - started
    finally:
        process.terminate()
        process.wait()


@contextmanager
def model_server(delay: float) -> Iterator[str]:
    """The scripted model server as a process of its own; its address."""
    port = free_port()
    command = ["-m", "ipt_roleplay.testing.server", "--port", str(port), "--delay", str(delay)]
    server = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while not _answers(port, "/v1/models"):
            sleep(0.05)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait()


def _answers(port: int, path: str = "/") -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port


def environment(folder: Path) -> dict[str, str]:
    """What a process of ours is started with, its data in `folder`."""
    return {**os.environ, "IPT_DATA_DIR": str(folder), "GRADIO_ANALYTICS_ENABLED": "False"}
