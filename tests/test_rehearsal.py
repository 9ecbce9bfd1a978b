"""A rehearsal from start to debrief, through `Room`, as the page and the terminal use it."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from ipt_roleplay import safety
from ipt_roleplay.domain import MESSAGE_LIMIT, Act, Outcome, OwnView, Risk, Tier, Turn
from ipt_roleplay.errors import MessageRefused, SessionError, SetupError, StoreError
from ipt_roleplay.rehearsal import Paused, Replied, Room, Sentence, play
from ipt_roleplay.rehearsal.apart import PATIENCE, SLOTS, HearingApart
from ipt_roleplay.rehearsal.playing import hear
from ipt_roleplay.scenarios import load_all
from ipt_roleplay.settings import load_settings
from ipt_roleplay.store import Store
from tests.playing import (
    ACUTE,
    CHECK_IN,
    DISTRESS,
    IN_DANGER,
    SCENARIO,
    answered,
    begin,
    events,
    open_room,
    say_all,
)
from tests.talks import DADS_STRONG, DADS_WEAK, MUM_WEAK, TRIPLES

HARSH = frozenset({Act.ATTACK, Act.GUILT_TRIP, Act.STONEWALL})
ROOT = Path(__file__).parents[1]


@pytest.fixture
def room() -> Iterator[Room]:
    opened = open_room()
    yield opened
    opened.close()


# ---------------------------------------------------------------- the main way


async def test_a_talk_goes_from_its_start_to_a_debrief(room: Room) -> None:
    session = begin(room)
    replies = await say_all(room, session, DADS_STRONG)
    assert len(replies) >= 5
    assert all(reply.text or reply.beat for reply in replies)

    outcome = room.land(session)
    assert room.tell_own_view(session, OwnView(how_it_was="Easier than I feared.")) is None
    made = room.debrief(session)

    assert made.outcome is outcome
    assert made.own_view.how_it_was == "Easier than I feared."
    assert made.worked
    assert made.why
    assert room.view(session).session.status == "debriefed"


async def test_each_message_brings_the_words_first_and_then_the_stored_turn(room: Room) -> None:
    found = await events(room, begin(room), "I'm worn out, Donna.")
    assert isinstance(found[0], Sentence)
    last = found[-1]
    assert isinstance(last, Replied)
    assert found[-2] == Sentence(last.turn.reply)


async def test_what_was_answered_is_on_the_page_after_a_reload(room: Room) -> None:
    session = begin(room)
    turns = [await answered(room, session, text) for text in DADS_STRONG[:3]]
    again = open_room()
    view = again.view(session)
    again.close()
    assert list(view.turns) == turns
    assert view.draft == ""


async def test_silence_is_a_turn_of_its_own(room: Room) -> None:
    session = begin(room)
    turn = await answered(room, session, "", "key", silent=True)
    assert turn.said == ""
    assert room.view(session).turns == (turn,)


async def test_no_line_is_said_twice_in_a_talk(room: Room) -> None:
    session = begin(room, difficulty=5)
    for number in range(12):
        await answered(room, session, "Could you take the Wednesdays?", f"key-{number}")
        if room.view(session).ended:
            break
    lines = [turn.reply.line for turn in room.view(session).turns if turn.reply.line]
    assert len(lines) == len(set(lines))


async def test_a_talk_that_has_ended_takes_no_more(room: Room) -> None:
    session = begin(room)
    await say_all(room, session, DADS_WEAK)
    before = room.view(session)
    assert before.ended, "the weak talk was meant to be broken off"
    with pytest.raises(SessionError, match="ended"):
        await events(room, session, "Wait, one more thing.")
    assert room.view(session).turns == before.turns


async def test_a_landed_scene_takes_no_more_and_an_open_one_has_no_debrief(room: Room) -> None:
    session = begin(room)
    with pytest.raises(SessionError, match="End it first"):
        room.debrief(session)
    room.land(session)
    with pytest.raises(SessionError, match="over"):
        await events(room, session, "Hello?")


def test_stopping_at_once_is_no_failure(room: Room) -> None:
    session = begin(room)
    assert room.land(session) is Outcome.STOPPED
    made = room.debrief(session)
    assert (made.worked, made.moments, made.practise) == ((), (), None)


# ---------------------------------------------------------------- replay from a seed


@pytest.mark.parametrize("scenario", TRIPLES)
async def test_the_same_seed_and_words_give_the_same_replies(room: Room, scenario: str) -> None:
    messages = TRIPLES[scenario][1]
    talks = [
        await say_all(room, begin(room, scenario, seed=11), messages),
        await say_all(room, begin(room, scenario, seed=11), messages),
    ]
    assert talks[0] == talks[1]
    simulated = play(room.scenarios[scenario], messages, 3, 11)
    assert talks[0] == [turn.reply for turn in simulated.turns if turn]


async def test_another_seed_may_choose_other_lines_but_the_same_directions(room: Room) -> None:
    told = [
        [turn for turn in play(room.scenarios[SCENARIO], DADS_STRONG[:3], 3, seed).turns if turn]
        for seed in range(6)
    ]
    assert len({tuple(turn.direction for turn in turns) for turns in told}) == 1
    assert len({tuple(turn.reply.text for turn in turns) for turns in told}) > 1


# ---------------------------------------------------------------- risk


async def test_an_acute_message_pauses_before_anything_is_kept_or_answered(room: Room) -> None:
    session = begin(room)
    await answered(room, session, "I'm worn out, Donna.")
    found = await events(room, session, ACUTE)

    assert len(found) == 1
    assert isinstance(found[0], Paused)
    view = room.view(session)
    assert len(view.turns) == 1
    assert view.draft == ""
    assert view.card == found[0].card
    assert view.care.gentle
    kept = b"".join(one.read_bytes() for one in load_settings().data_dir.glob("rehearsals.db*"))
    assert b"take them tonight" not in kept


@pytest.mark.parametrize("country", [code for code in safety.countries() if len(code) == 2])
async def test_the_card_shows_the_help_of_the_country(
    monkeypatch: pytest.MonkeyPatch, country: str
) -> None:
    """Set in either case, as the settings and their page write it."""
    monkeypatch.setenv("IPT_COUNTRY", country.lower())
    room = open_room()
    session = begin(room)
    (paused,) = await events(room, session, ACUTE)
    view = room.view(session)
    elsewhere = room.view(session, country="international").card
    room.close()
    assert isinstance(paused, Paused)
    assert view.card == paused.card
    assert elsewhere is not None
    assert paused.card.resources == safety.resources(country, Risk.SUICIDE)
    assert paused.card.resources != elsewhere.resources


async def test_a_reader_that_fails_keeps_nobody_from_the_card(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise SetupError("The reader is gone.")

    monkeypatch.setattr("ipt_roleplay.rehearsal.room.hear", broken)
    session = begin(room)
    (paused,) = await events(room, session, ACUTE)
    assert isinstance(paused, Paused)
    room.resume(session)
    with pytest.raises(SetupError):
        await events(room, session, "Would you take Dad on Wednesdays?")
    assert room.view(session).draft == "Would you take Dad on Wednesdays?"


async def test_a_paused_talk_goes_on_only_by_an_explicit_step(room: Room) -> None:
    session = begin(room)
    await events(room, session, IN_DANGER)
    with pytest.raises(SessionError, match="paused"):
        await events(room, session, "Could you take the Wednesdays?")
    room.resume(session)
    turn = await answered(room, session, "Could you take the Wednesdays?")
    assert turn.number == 1
    assert turn.state.outcome is None
    assert turn.direction.act not in HARSH
    assert room.view(session).card is None
    assert room.view(session).care.gentle


@pytest.mark.parametrize("scenario", list(load_all()))
async def test_after_danger_to_oneself_the_talk_goes_on_only_to_its_close(
    room: Room, scenario: str
) -> None:
    session = begin(room, scenario)
    await answered(room, session, "I'm tired.")
    await events(room, session, ACUTE)
    room.resume(session)
    turn = await answered(room, session, "I was only joking. So, what do you say?")
    assert turn.state.outcome is Outcome.STOPPED
    assert turn.reply.act is Act.END
    assert turn.reply.text
    assert room.view(session).ended


async def test_after_an_acute_message_a_joke_about_it_is_not_taken_at_its_word(room: Room) -> None:
    session = begin(room)
    await events(room, session, ACUTE)
    room.resume(session)
    turn = await answered(room, session, "I was only joking.")
    assert turn.screening.tier is Tier.CHECK_IN


async def test_a_paused_talk_may_be_stopped_instead(room: Room) -> None:
    session = begin(room)
    await events(room, session, ACUTE)
    assert room.land(session) is Outcome.STOPPED
    assert room.debrief(session).moments == ()


async def test_a_check_in_is_shown_once_in_six_turns(room: Room) -> None:
    session = begin(room)
    lines: list[str] = []
    for number in range(8):
        found = await events(room, session, DISTRESS, f"key-{number}")
        last = found[-1]
        assert isinstance(last, Replied)
        assert last.turn.screening.tier is Tier.CHECK_IN
        lines.append(last.check_in)
        if room.view(session).ended:
            break
    shown = [number for number, line in enumerate(lines) if line]
    assert shown[0] == 0
    assert all(later - one >= 6 for one, later in itertools.pairwise(shown))
    assert list(room.view(session).check_ins) == [number + 1 for number in shown]


async def test_a_check_in_can_be_answered_that_it_is_more_than_the_scene(room: Room) -> None:
    session = begin(room)
    with pytest.raises(SessionError, match="Nothing was asked"):
        room.step_out(session)
    await answered(room, session, CHECK_IN)
    assert room.view(session).asked
    room.step_out(session)
    view = room.view(session)
    assert view.card is not None
    assert view.card.resources
    assert [turn.said for turn in view.turns] == [CHECK_IN]
    with pytest.raises(SessionError, match="paused"):
        await events(room, session, "And another thing.")
    room.resume(session)
    assert (await answered(room, session, "So, Wednesday?")).state.outcome is Outcome.STOPPED


async def test_after_a_sign_of_risk_the_other_is_gentle_for_the_rest_of_the_talk(
    room: Room,
) -> None:
    session = begin(room, "telling_mum")
    await answered(room, session, CHECK_IN)
    for text in MUM_WEAK[:5]:
        if room.view(session).ended:
            break
        turn = await answered(room, session, text)
        assert turn.state.gentle
        assert turn.direction.act not in HARSH
        assert turn.reply.act not in HARSH


@pytest.mark.parametrize("scenario", sorted(load_all()))
async def test_whoever_hears_a_sign_of_risk_stops_and_asks(room: Room, scenario: str) -> None:
    worried = {line.say for line in room.scenarios[scenario].worried}
    session = begin(room, scenario)
    turn = await answered(room, session, CHECK_IN)
    assert turn.reply.text in worried
    taken_in = {line.say for line in room.scenarios[scenario].worry_answered}
    then = await answered(room, session, "I'm all right, it's not that. I just don't sleep.")
    assert then.reply.text in taken_in
    later = await answered(room, session, "Anyway. What I wanted to say.")
    assert later.reply.text not in worried | taken_in


async def test_danger_in_the_own_view_brings_a_card_and_keeps_the_words(room: Room) -> None:
    session = begin(room)
    room.land(session)
    card = room.tell_own_view(session, OwnView(how_it_was=ACUTE))
    assert card is not None
    assert card.resources
    assert room.debrief(session).own_view.how_it_was == ACUTE


# ---------------------------------------------------------------- messages of every kind


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x07\x1b"])
async def test_an_empty_message_is_refused_and_not_stored(room: Room, text: str) -> None:
    session = begin(room)
    with pytest.raises(MessageRefused, match="nothing to send"):
        await events(room, session, text, "key")
    assert room.view(session).turns == ()
    assert room.view(session).draft == ""


async def test_a_message_may_have_four_thousand_characters_and_not_one_more(room: Room) -> None:
    session = begin(room)
    longest = ("I am tired. " * 400)[: MESSAGE_LIMIT - 1] + "."
    assert len(longest) == MESSAGE_LIMIT
    with pytest.raises(MessageRefused, match="1 characters too long"):
        await events(room, session, longest + "!")
    assert (await answered(room, session, longest)).said == longest


async def test_control_characters_are_taken_out_and_line_breaks_stay(room: Room) -> None:
    turn = await answered(room, begin(room), "I'm tired.\x00\x1b[31m\r\nSo \ud83dtired.\x07", "key")
    assert turn.said == "I'm tired.[31m\nSo tired."


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> & <b>you</b>",
        "😭😭😭",
        "Είμαι κουρασμένος. Θα μπορούσες να βοηθήσεις;",
        "我很累，你能帮帮我吗？",
        "أنا متعب جدا",
        "'; DROP TABLE turns; --",
        "{name} {offer} $name %s",
        "a\u200bb\u202eevil",
        "?",
    ],
)
async def test_any_text_is_taken_as_it_is_and_answered(room: Room, text: str) -> None:
    session = begin(room)
    turn = await answered(room, session, text)
    assert turn.said == text
    assert turn.reply.text or turn.reply.beat
    assert turn.state.outcome is None
    room.land(session)
    assert room.debrief(session).moments == ()


async def test_a_script_that_cannot_be_read_neither_helps_nor_harms(room: Room) -> None:
    turn = await answered(room, begin(room), "我很累，你能帮帮我吗？")
    assert turn.reading.unclear
    assert not turn.reading.moves
    assert turn.state.said == ()


# ---------------------------------------------------------------- nothing lost, nothing twice


async def test_the_same_key_twice_is_one_turn(room: Room) -> None:
    session = begin(room)
    first = await answered(room, session, "I'm worn out, Donna.", "one key")
    second = await answered(room, session, "I'm worn out, Donna.", "one key")
    assert first == second
    assert room.view(session).turns == (first,)


async def test_the_same_key_twice_at_once_is_one_turn(room: Room) -> None:
    session = begin(room)
    turns = await asyncio.gather(
        *(answered(room, session, "I'm worn out, Donna.", "one key") for _ in range(5))
    )
    assert all(turn == turns[0] for turn in turns)
    assert room.view(session).turns == (turns[0],)


async def test_messages_sent_at_once_become_turns_one_after_the_other(room: Room) -> None:
    session = begin(room)
    texts = ["I'm worn out, Donna.", "Could you take the Wednesdays?", "How are you, though?"]
    turns = await asyncio.gather(*(answered(room, session, text) for text in texts))
    assert sorted(turn.number for turn in turns) == [1, 2, 3]
    assert {turn.said for turn in room.view(session).turns} == set(texts)


async def test_talks_side_by_side_do_not_touch_each_other(room: Room) -> None:
    sessions = [begin(room, one, seed=3) for one in TRIPLES]
    alone = [play(room.scenarios[one], TRIPLES[one][2], 3, 3) for one in TRIPLES]
    together = await asyncio.gather(
        *(
            say_all(room, session, TRIPLES[one][2])
            for session, one in zip(sessions, TRIPLES, strict=True)
        )
    )
    for replies, expected in zip(together, alone, strict=True):
        assert replies == [turn.reply for turn in expected.turns if turn]


async def test_a_message_left_without_a_reply_comes_back_as_a_draft(room: Room) -> None:
    session = begin(room)
    await answered(room, session, "I'm worn out, Donna.")
    coming = room.say(session, "Could you take the Wednesdays?", "second")
    assert isinstance(await anext(coming), Sentence)
    await coming.aclose()  # the visitor's connection broke before the reply was stored

    again = open_room()
    view = again.view(session)
    assert (len(view.turns), view.draft) == (1, "Could you take the Wednesdays?")
    turn = await answered(again, session, view.draft, "second")
    assert (turn.number, again.view(session).draft) == (2, "")
    again.close()


async def test_a_full_disk_leaves_the_message_as_a_draft(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin(room)

    def full(*_: object) -> int:
        raise StoreError("The disk is full. Make room and send it again.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "commit", full)
        with pytest.raises(StoreError, match="Make room"):
            await events(room, session, "I'm worn out, Donna.", "key")
    view = room.view(session)
    assert (view.turns, view.draft) == ((), "I'm worn out, Donna.")
    assert (await answered(room, session, view.draft, "key")).number == 1


# ---------------------------------------------------------------- hearing on another core


def _ready() -> HearingApart:
    started, until = HearingApart(), monotonic() + 120
    while started.hear("Well?", "Hello.", load_all()[SCENARIO]) is None:
        assert monotonic() < until
        sleep(0.05)
    return started


@pytest.fixture(scope="module")
def apart() -> Iterator[HearingApart]:
    """A process that hears, ready."""
    started = _ready()
    yield started
    started.close()


@pytest.mark.parametrize("scenario", ["dads_appointments", "her_chair"])
def test_what_another_process_hears_is_what_this_one_would(
    apart: HearingApart, scenario: str
) -> None:
    for text in DADS_STRONG:
        played = load_all()[scenario]
        assert apart.hear("Well?", text, played) == hear("Well?", text, played)


def test_more_scenarios_than_the_process_holds_are_still_told_apart(
    apart: HearingApart,
) -> None:
    kinds = [load_all()["dads_appointments"], load_all()["telling_mum"]]
    expected = [hear("Well?", DADS_STRONG[2], one) for one in kinds]
    for _ in range(SLOTS):
        assert [apart.hear("Well?", DADS_STRONG[2], one.model_copy()) for one in kinds] == expected


def test_a_killed_process_hears_nothing_and_says_so_at_once() -> None:
    others = multiprocessing.active_children()
    started = _ready()
    (child,) = [one for one in multiprocessing.active_children() if one not in others]
    child.kill()
    child.join()
    asked_at = monotonic()
    for _ in range(2):
        assert started.hear("Well?", "Hello.", load_all()[SCENARIO]) is None
    assert monotonic() - asked_at < PATIENCE


async def test_a_talk_goes_on_when_the_process_that_hears_is_killed(room: Room) -> None:
    others = multiprocessing.active_children()
    room.hear_apart()
    session = begin(room)
    assert (await answered(room, session, DADS_STRONG[0])).number == 1
    started = [one for one in multiprocessing.active_children() if one not in others]
    assert [one.name for one in started] == ["hearing"]
    started[0].kill()
    turns = [await answered(room, session, text) for text in DADS_STRONG[1:3]]
    played_here = play(load_all()[SCENARIO], DADS_STRONG[:3], 3, 7).turns
    assert [turn.reply for turn in turns] == [turn.reply for turn in played_here[1:] if turn]


KILLED = """
import asyncio, sys
from ipt_roleplay.rehearsal import Room
from ipt_roleplay.settings import load_settings

async def main():
    room = Room(load_settings())
    session = room.start("dads_appointments", seed=7)
    print(session, flush=True)
    for number, text in enumerate(sys.argv[1:]):
        async for event in room.say(session, text, f"key-{number}"):
            print(type(event).__name__, flush=True)
            if number == 3:
                sys.stdin.readline()  # waits, with the fourth message not yet stored

asyncio.run(main())
"""


async def test_a_process_killed_in_the_middle_of_a_talk_loses_nothing_that_was_answered() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, *DADS_STRONG[:4]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdin is not None
    session = process.stdout.readline().strip()
    heard = [process.stdout.readline().strip() for _ in range(7)]
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    process.stdout.close()
    process.stdin.close()
    assert heard == ["Sentence", "Replied"] * 3 + ["Sentence"]

    room = open_room()
    view = room.view(session)
    assert [turn.said for turn in view.turns] == list(DADS_STRONG[:3])
    assert view.draft == DADS_STRONG[3]
    turn = await answered(room, session, view.draft, "after the crash")
    uninterrupted = play(room.scenarios[SCENARIO], DADS_STRONG[:4], 3, 7).turns[-1]
    assert turn == uninterrupted
    room.close()


# ---------------------------------------------------------------- another try


async def test_a_rewind_begins_a_branch_and_the_debrief_is_of_that_branch(room: Room) -> None:
    session = begin(room)
    await say_all(room, session, ("I'm worn out, Donna.", "You're pathetic, you selfish cow."))
    room.land(session)
    first = room.debrief(session)
    assert any("pathetic" in one.quote for one in first.moments)

    room.rewind(session, 1)
    assert [turn.said for turn in room.view(session).turns] == ["I'm worn out, Donna."]
    await answered(room, session, "Could you take the Wednesdays from now on?")
    room.land(session)
    second = room.debrief(session)
    quotes = [one.quote for one in (*second.worked, *second.moments)]
    assert not any("pathetic" in quote for quote in quotes)
    assert len(second.readings) == 2


async def test_a_rewind_throws_nothing_away(room: Room) -> None:
    session = begin(room)
    old = [await answered(room, session, text) for text in DADS_STRONG[:3]]
    room.rewind(session, 0)
    assert room.view(session).turns == ()
    new = await answered(room, session, "You never do anything for him.")
    room.close()

    store = Store(load_settings().data_dir)
    kept: list[Turn] = [turn for _, _, turn in store.branches(session)]
    store.close()
    assert kept == [*old, new]


async def test_an_ended_talk_can_be_taken_up_again_from_an_earlier_turn(room: Room) -> None:
    session = begin(room)
    await say_all(room, session, DADS_WEAK)
    room.land(session)
    room.rewind(session, 1)
    view = room.view(session)
    assert not view.ended
    assert view.session.outcome is None
    assert (await answered(room, session, "I'm sorry. That was unfair.", "new")).number == 2


def test_a_rewind_to_a_turn_that_is_not_there_is_refused(room: Room) -> None:
    with pytest.raises(SessionError, match="no turn 4"):
        room.rewind(begin(room), 4)


# ---------------------------------------------------------------- sessions


async def test_a_session_that_is_not_there_is_said_plainly(room: Room) -> None:
    with pytest.raises(SessionError, match="no such session"):
        room.view("nothing-of-the-kind")
    with pytest.raises(SessionError, match="no such session"):
        await events(room, "nothing-of-the-kind", "Hello?")


@pytest.mark.parametrize("scenario", ["no_such_scenario", "../dads_appointments", ""])
def test_a_scenario_that_is_not_there_names_those_that_are(room: Room, scenario: str) -> None:
    with pytest.raises(SessionError, match=SCENARIO):
        room.start(scenario)


async def test_a_deleted_session_is_gone_with_every_word(room: Room) -> None:
    session = begin(room)
    await answered(room, session, "Rhubarb crumble and a clinic on Wednesdays.")
    room.delete(session)
    with pytest.raises(SessionError, match="no such session"):
        room.view(session)
    room.close()
    kept = b"".join(one.read_bytes() for one in load_settings().data_dir.glob("rehearsals.db*"))
    assert b"Rhubarb" not in kept
