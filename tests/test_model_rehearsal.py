"""A rehearsal whose other person is a language model: faults, stopping, changing over, budgets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from ipt_roleplay.domain import Turn
from ipt_roleplay.errors import SetupError
from ipt_roleplay.model import Fault
from ipt_roleplay.rehearsal import Failed, Paused, Replied, Room, Sentence
from ipt_roleplay.settings import load_settings
from ipt_roleplay.testing.server import Served, serving
from tests.playing import ACUTE, answered, begin, events, open_room

pytestmark = pytest.mark.usefixtures("connections")

ASK = "I'm worn out, Donna. Could you take the Wednesdays?"
Opener = Callable[..., Room]


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def opened(server: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Opens rooms with the model `name`; other settings by their environment names."""
    rooms: list[Room] = []

    def open_with(name: str, **settings: str) -> Room:
        given = {"IPT_MODEL": name, "OPENAI_BASE_URL": server.address, **settings}
        for key, value in given.items():
            monkeypatch.setenv(key, value)
        rooms.append(open_room())
        return rooms[-1]

    yield open_with
    for room in rooms:
        room.close()


async def test_the_model_speaks_as_the_director_directs_and_its_cost_is_kept(
    opened: Opener,
) -> None:
    room = opened("demo")
    session = begin(room)
    found = await events(room, session, ASK)
    assert isinstance(found[0], Sentence)
    last = found[-1]
    assert isinstance(last, Replied)
    assert last.turn.reply.actor == "llm"
    assert last.turn.reply.act is last.turn.direction.act
    view = room.view(session)
    assert view.spending is not None
    assert view.spending.usage.total > 0
    assert view.spending.dollars is None
    assert room.partner is not None
    assert (room.partner.model, room.partner.host.split(":")[0]) == ("demo", "127.0.0.1")


async def test_the_director_decides_alike_whoever_speaks(opened: Opener) -> None:
    room = opened("demo")
    by_model, by_author = begin(room), room.start("dads_appointments", seed=7, actor="authored")
    one = await answered(room, by_model, ASK)
    other = await answered(room, by_author, ASK)
    assert (one.direction, one.state, one.reading) == (other.direction, other.state, other.reading)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("fault-401", Fault.KEY),
        ("fault-404", Fault.NO_MODEL),
        ("fault-429-wait", Fault.BUSY),
        ("fault-500", Fault.SERVER),
        ("fault-web-page", Fault.GARBLED),
        ("fault-null", Fault.EMPTY),
        ("fault-context", Fault.TOO_LONG),
        ("fault-filter-400", Fault.FILTERED),
    ],
)
async def test_a_fault_is_named_the_message_kept_and_the_built_in_partner_takes_over(
    opened: Opener, name: str, fault: Fault
) -> None:
    room = opened(name)
    session = begin(room)
    (failed,) = await events(room, session, ASK, "first")
    assert isinstance(failed, Failed)
    assert (failed.fault, failed.text) == (fault, ASK)
    assert room.view(session).draft == ASK
    assert room.view(session).turns == ()
    found = [event async for event in room.say(session, ASK, "first", actor="authored")]
    last = found[-1]
    assert isinstance(last, Replied)
    assert last.turn.reply.actor == "authored"
    assert room.view(session).draft == ""


async def test_a_talk_goes_on_with_the_model_after_a_turn_without_it(opened: Opener) -> None:
    room = opened("demo")
    session = begin(room)
    turns: list[Turn] = []
    for number, actor in enumerate([None, "authored", None]):
        text = f"{ASK} {number}"
        found = [event async for event in room.say(session, text, text, actor=actor)]
        assert isinstance(found[-1], Replied)
        turns.append(found[-1].turn)
    assert [turn.reply.actor for turn in turns] == ["llm", "authored", "llm"]


async def test_a_reply_that_breaks_off_is_kept_as_far_as_it_was_shown(opened: Opener) -> None:
    room = opened("fault-cut")
    turn = await answered(room, begin(room), ASK)
    assert turn.reply.text == "Well."
    assert turn.reply.broken_off


async def test_an_acute_message_never_reaches_the_model(opened: Opener, server: Served) -> None:
    room = opened("demo")
    session = begin(room)
    before = len(server.seen.bodies)
    (paused,) = await events(room, session, ACUTE)
    assert isinstance(paused, Paused)
    assert len(server.seen.bodies) == before


async def test_stopping_before_a_word_is_out_gives_the_message_back(opened: Opener) -> None:
    room = opened("fault-hang")
    session = begin(room)
    talking = asyncio.create_task(events(room, session, ASK))
    await asyncio.sleep(0.5)
    room.stop(session)
    (failed,) = await talking
    assert isinstance(failed, Failed)
    assert failed.fault is None
    assert room.view(session).draft == ASK


async def test_stopping_in_mid_reply_keeps_what_was_said(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened("pauses")
    session = begin(room)
    found = []
    async for event in room.say(session, ASK, "one"):
        found.append(event)
        if isinstance(event, Sentence) and event.reply.text and not event.reply.broken_off:
            room.stop(session)
    last = found[-1]
    assert isinstance(last, Replied)
    assert last.turn.reply.text == "Well."
    assert last.turn.reply.broken_off


@pytest.mark.parametrize("name", ["IPT_TOKENS_PER_SESSION", "IPT_TOKENS_PER_DAY"])
async def test_a_budget_that_is_used_up_is_a_named_fault(opened: Opener, name: str) -> None:
    room = opened("demo", **{name: "1"})
    session = begin(room)
    await answered(room, session, ASK)
    (failed,) = await events(room, session, "And the Fridays?")
    assert isinstance(failed, Failed)
    assert failed.fault is Fault.BUDGET
    other = await events(room, begin(room), ASK)
    today = name.endswith("DAY")
    assert isinstance(other[-1], Failed if today else Replied)


async def test_what_a_deleted_rehearsal_used_still_counts_for_its_day(opened: Opener) -> None:
    room = opened("demo", IPT_TOKENS_PER_DAY="1")
    session = begin(room)
    await answered(room, session, ASK)
    room.delete(session)
    (failed,) = await events(room, begin(room), ASK)
    assert isinstance(failed, Failed)


async def test_the_key_is_sent_to_the_server_and_kept_nowhere(
    opened: Opener, server: Served
) -> None:
    room = opened("demo", OPENAI_API_KEY="sk-very-secret")
    session = begin(room)
    await answered(room, session, ASK)
    assert server.seen.keys[-1] == "Bearer sk-very-secret"
    kept = b"".join(one.read_bytes() for one in load_settings().data_dir.glob("rehearsals.db*"))
    assert b"sk-very-secret" not in kept


def test_a_model_that_is_not_configured_cannot_be_asked_for() -> None:
    room = open_room()
    with pytest.raises(SetupError, match="IPT_MODEL"):
        room.start("dads_appointments", actor="llm")
    room.close()
