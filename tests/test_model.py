"""The door to a language model, against a scripted server: what works, and every fault by name."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pydantic import BaseModel, Field

from ipt_roleplay.domain import Style, Usage
from ipt_roleplay.errors import DocumentError
from ipt_roleplay.model import (
    Fault,
    Limits,
    Model,
    ModelFault,
    Price,
    count_tokens,
    open_model,
    price_of,
)
from ipt_roleplay.settings import load_settings
from ipt_roleplay.testing.server import MODELS, Served, serving

pytestmark = pytest.mark.usefixtures("connections")

QUICK = Limits(connect=3.0, first=3.0, next=2.0, whole=6.0)
ASKED = [("system", "Be short."), ("user", "Well?\n- I see.\n- Go on, then.")]
SECRET = "sk-a-secret-key"


class Answer(BaseModel):
    style: Style
    level: int = Field(ge=0, le=4)
    reasons: list[str]


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with serving() as served:
        yield served


def model(server: Served, name: str) -> Model:
    return Model(name, server.address, SECRET, QUICK)


async def said_by(one: Model) -> tuple[str, Usage]:
    """The whole text and what it cost."""
    parts = [part async for part in one.stream(ASKED, 60)]
    *pieces, usage = parts
    assert isinstance(usage, Usage)
    return "".join(piece for piece in pieces if isinstance(piece, str)), usage


# ---------------------------------------------------------------- what works


async def test_a_reply_comes_in_pieces_and_says_what_it_cost(server: Served) -> None:
    parts = [part async for part in model(server, "demo").stream(ASKED, 60)]
    assert len(parts) >= 2
    text, usage = await said_by(model(server, "demo"))
    assert text in ("I see.", "Go on, then.")
    assert usage.exact
    assert usage.sent > 0
    assert usage.received > 0


async def test_what_a_model_thinks_aloud_is_left_out(server: Served) -> None:
    text, _ = await said_by(model(server, "thinking"))
    assert text in ("I see.", "Go on, then.")


@pytest.mark.parametrize("name", ["demo", "fenced", "no-schemas"])
async def test_a_structured_answer_has_its_form_whatever_the_server_knows(
    server: Served, name: str
) -> None:
    value, usage = await model(server, name).structured(ASKED, Answer, 100)
    assert value.level == 0
    assert usage.total > 0


async def test_a_server_that_knows_no_end_is_left_where_the_line_must_end(server: Served) -> None:
    text, usage = await said_by(model(server, "fault-endless"))
    assert 60 <= count_tokens(text) <= 140
    assert not usage.exact


# ---------------------------------------------------------------- faults

FAULTS: dict[str, Fault] = {
    "fault-401": Fault.KEY,
    "fault-403": Fault.KEY,
    "fault-404": Fault.NO_MODEL,
    "not-there": Fault.NO_MODEL,
    "fault-429": Fault.BUSY,
    "fault-429-wait": Fault.BUSY,
    "fault-500": Fault.SERVER,
    "fault-503": Fault.SERVER,
    "fault-400": Fault.REFUSED,
    "fault-context": Fault.TOO_LONG,
    "fault-filter-400": Fault.FILTERED,
    "fault-hang": Fault.SLOW,
    "fault-hang-midway": Fault.SLOW,
    "fault-byte-by-byte": Fault.SLOW,
    "fault-broken": Fault.CUT,
    "fault-cut": Fault.CUT,
    "fault-bad-json": Fault.GARBLED,
    "fault-bad-event": Fault.GARBLED,
    "fault-web-page": Fault.GARBLED,
    "fault-ending": Fault.GARBLED,
    "fault-no-choices": Fault.CUT,
    "fault-null": Fault.EMPTY,
    "fault-filter": Fault.FILTERED,
}


@pytest.mark.parametrize(("name", "fault"), list(FAULTS.items()), ids=list(FAULTS))
async def test_every_fault_has_its_name_and_a_way_on(
    server: Served, name: str, fault: Fault
) -> None:
    with pytest.raises(ModelFault) as caught:
        await said_by(model(server, name))
    assert caught.value.fault is fault
    assert str(caught.value).endswith("use the built-in partner for this turn.")
    assert SECRET not in str(caught.value)


def test_every_fault_that_the_server_plays_is_tried() -> None:
    played = {name for name in MODELS if name.startswith("fault-")} - {"fault-endless"}
    assert played <= set(FAULTS)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/v1", "http://nowhere.invalid/v1"])
async def test_a_server_that_is_not_there_is_unreachable(address: str) -> None:
    with pytest.raises(ModelFault) as caught:
        await said_by(Model("demo", address, "", QUICK))
    assert caught.value.fault is Fault.UNREACHABLE


async def test_how_long_to_wait_is_told_where_the_server_says_so(server: Served) -> None:
    with pytest.raises(ModelFault, match="asks for 7 s") as caught:
        await said_by(model(server, "fault-429-wait"))
    assert caught.value.wait == 7


@pytest.mark.parametrize("name", ["echo", "fault-cut", "fault-web-page", "fault-hang"])
async def test_a_structured_answer_without_the_form_is_a_named_fault(
    server: Served, name: str
) -> None:
    with pytest.raises(ModelFault) as caught:
        await model(server, name).structured(ASKED, Answer, 100)
    assert caught.value.fault in (Fault.OFF_FORM, Fault.GARBLED, Fault.SLOW, Fault.CUT)


def test_two_whole_calls_stay_within_a_minute() -> None:
    assert 2 * Limits().whole <= 60


# ---------------------------------------------------------------- what leaves the machine


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_BASE_URL"])
def test_a_key_or_an_address_alone_switches_nothing_on(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9/v1")
    assert open_model(load_settings()) is None


def test_the_key_shows_in_no_text_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.setenv("IPT_MODEL", "demo")
    settings = load_settings()
    found = open_model(settings)
    assert found is not None
    assert found.host == "api.openai.com"
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()} {found!r}"


async def test_tracing_switched_on_elsewhere_sends_nothing(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[str] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    collector = HTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=collector.serve_forever, daemon=True).start()
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "x")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", f"http://127.0.0.1:{collector.server_port}")
    await said_by(model(server, "demo"))
    collector.shutdown()
    collector.server_close()
    assert posted == []


# ---------------------------------------------------------------- tokens and prices


def test_tokens_are_counted_without_fetching_anything() -> None:
    assert count_tokens("") == 0
    assert 5 <= count_tokens("I'd like you to take the Wednesdays.") <= 12
    assert count_tokens("<|endoftext|>") >= 1


def test_a_price_is_found_by_the_longest_beginning_of_the_name() -> None:
    usage = Usage(sent=1_000_000, received=1_000_000)
    dear, cheap = price_of("gpt-4o-2024-11-20"), price_of("gpt-4o-mini-2024-07-18")
    assert dear is not None
    assert cheap is not None
    assert dear[0].of(usage) > cheap[0].of(usage) > 0
    assert price_of("llama3.1:8b") is None


def test_what_was_read_before_costs_its_own_price() -> None:
    price = Price(sent=2.0, cached=0.5, received=8.0)
    assert price.of(Usage(sent=1_000_000, received=0, cached=500_000)) == pytest.approx(1.25)


def test_a_price_list_of_ones_own_is_read_and_checked(tmp_path: Path) -> None:
    own = tmp_path / "prices.yaml"
    own.write_text('as_of: "2026-01"\nmodels:\n  local: {sent: 1.0, received: 2.0}\n', "utf-8")
    found = price_of("local-7b", own)
    assert found == (Price(sent=1.0, received=2.0), "2026-01")
    with pytest.raises(DocumentError):
        price_of("local-7b", tmp_path / "not-there.yaml")
