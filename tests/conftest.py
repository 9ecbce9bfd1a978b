"""What every test gets: folders of its own, no network, and a browser where one is asked for."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from ipt_roleplay.model import close_connections
from tests.browser import find_chromium

REQUIRE_BROWSER = "IPT_REQUIRE_BROWSER"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder for this test alone, and none of the machine's own settings."""
    for name in list(os.environ):
        ours = name.startswith("IPT_") and name != REQUIRE_BROWSER
        if ours or name.startswith("OPENAI_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("IPT_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def nothing_leaves_the_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test during which this process tried to reach another machine."""
    tried: list[Any] = []
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            tried.append(address)
            raise ConnectionRefusedError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield
    assert not tried, f"something tried to reach {tried}"


@pytest.fixture
async def connections() -> AsyncIterator[None]:
    """For tests that talk with a model server: closes what they opened."""
    yield
    await close_connections()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser; without one the test is skipped, or fails where one is required."""
    path = find_chromium()
    if path is None:
        give_up = pytest.fail if os.environ.get(REQUIRE_BROWSER) else pytest.skip
        give_up("No browser found. Install Chromium, or set CHROMIUM to the path of one.")
    return path


# For one module at a time: while it is open an event loop runs, and async tests could not.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless browser for the tests of one module."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()
