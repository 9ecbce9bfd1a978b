"""The store: nothing acknowledged is lost, nothing deleted stays."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import create_engine

from ipt_roleplay.domain import (
    Act,
    Area,
    Briefing,
    Concern,
    Condition,
    Debrief,
    Direction,
    Directness,
    Expectation,
    Goal,
    GoalKind,
    Habits,
    Line,
    Outcome,
    OutcomeRule,
    OwnView,
    Persona,
    PersonaState,
    Question,
    Reading,
    Reply,
    Risk,
    Scenario,
    Screening,
    Secret,
    Style,
    Tier,
    Topic,
    Turn,
    Uptake,
)
from ipt_roleplay.errors import SessionError, StoreError
from ipt_roleplay.store import Held, NewSession, Pending, SafetyEvent, Store

FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes made by fork")
ACUTE = Screening(tier=Tier.ACUTE, concern=Risk.SUICIDE)


def scenario() -> Scenario:
    line = Line(say="We have been through this.")
    eight, four = tuple("abcdefgh"), tuple("abcd")
    shown = Expectation(
        whose="trainee", text="Turns are taken.", spoken=False, realistic=True, shown_by=("swap",)
    )
    acts = (Act.DENY, Act.TEST)
    habits = Habits(
        when_attacked=acts,
        when_asked=acts,
        when_passive=acts,
        when_sideways=acts,
        when_stuck=acts,
        when_heard=acts,
    )
    persona = Persona(
        name="Ana",
        pronouns="she",
        age=41,
        relation="colleague",
        history="Six years on one ward.",
        speech="Short sentences.",
        facts=tuple("abcde"),
        fears=("being last again",),
        wants=("a say",),
        avoidant=False,
        triggers={},
        softeners={},
        habits=habits,
        openness=3,
        tension=3,
        engagement=6,
    )
    return Scenario(
        id="the_rota",
        title="The rota",
        summary="Every other weekend, and nobody asked.",
        area=Area.DISPUTE,
        level=1,
        minutes=8,
        turn_limit=24,
        directness=Directness.MIXED,
        briefing=Briefing(
            you="a nurse",
            them="Ana",
            situation="the rota is out",
            setting="the kitchen",
            stage_calls_for="an offer",
            good_looks_like="a swap",
        ),
        persona=persona,
        expectations=(shown, shown),
        goals=(
            Goal(
                id="swap",
                kind=GoalKind.ASK,
                text="Swap one weekend.",
                phrase="a swap",
                examples=eight,
                near_misses=four,
                wordings={},
            ),
        ),
        concerns=(
            Concern(
                id="fair",
                text="It is always her.",
                phrase="that it is always her",
                examples=eight,
                near_misses=four,
                wordings={},
            ),
        ),
        topics=tuple(Topic(id=one * 2, name=one, examples=four) for one in "abc"),
        questions=tuple(
            Question(id=one * 2, examples=four, answers=(line, line)) for one in "abcde"
        ),
        secrets=(
            Secret(
                id="tired",
                text="t",
                told_when=Condition(openness_from=5, tension_up_to=9),
            ),
        ),
        outcomes=(OutcomeRule(outcome=Outcome.IMPASSE, good=False, meaning="No swap."),) * 4,
        opening=line,
        lines={},
    )


NEW = NewSession(scenario=scenario(), seed=7, difficulty=4)


def turn(number: int, said: str = "I need one weekend in two.", reply: str = "Do you.") -> Turn:
    return Turn(
        number=number,
        said=said,
        reading=Reading(style=Style.ASSERTIVE),
        uptake=Uptake(),
        state=PersonaState(openness=3, tension=4, engagement=6, turn=number),
        direction=Direction(act=Act.TEST),
        reply=Reply(text=reply, act=Act.TEST),
    )


def talk(store: Store, turns: int) -> str:
    """A session with `turns` turns; the keys are "1", "2", …"""
    session_id = store.create(NEW)
    for number in range(1, turns + 1):
        say(store, session_id, number)
    return session_id


def say(store: Store, session_id: str, number: int, key: str = "") -> int:
    store.hold(session_id, turn(number).said, key or str(number))
    return store.commit(session_id, key or str(number), turn(number))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


# ---------------------------------------------------------------- sessions


def test_a_session_comes_back_as_it_was_made(store: Store) -> None:
    record = store.session(store.create(NEW))
    assert (record.scenario, record.seed, record.difficulty) == (NEW.scenario, 7, 4)
    assert (record.status, record.paused, record.outcome) == ("open", None, None)
    assert record.head_turn == 0
    assert record.created.utcoffset() is not None


def test_ids_cannot_be_guessed(store: Store) -> None:
    ids = {store.create(NEW) for _ in range(20)}
    assert len(ids) == 20
    assert all(len(one) == 24 for one in ids)


def test_recent_gives_the_newest_first_and_no_more_than_asked(store: Store) -> None:
    ids = [store.create(NEW) for _ in range(5)]
    assert [one.id for one in store.recent(3)] == ids[:1:-1]


def test_an_unknown_session_is_refused_everywhere(store: Store) -> None:
    event = SafetyEvent(turn=1, screening=ACUTE, text_kept=False)
    calls: list[Callable[[], object]] = [
        lambda: store.session("none"),
        lambda: store.hold("none", "text", "key"),
        lambda: store.pending("none"),
        lambda: store.release("none", "key"),
        lambda: store.commit("none", "key", turn(1)),
        lambda: store.path("none"),
        lambda: store.rewind("none", 0),
        lambda: store.branches("none"),
        lambda: store.record_safety("none", event),
        lambda: store.safety_events("none"),
        lambda: store.set_status("none", "landed"),
        lambda: store.save_own_view("none", OwnView()),
        lambda: store.own_view("none"),
        lambda: store.debrief("none"),
    ]
    for call in calls:
        with pytest.raises(SessionError, match="no such session"):
            call()


def test_an_outcome_stays_until_the_talk_is_opened_again(store: Store) -> None:
    session_id = store.create(NEW)
    store.set_status(session_id, "landed", Outcome.PARTIAL)
    store.set_status(session_id, "debriefed")
    assert store.session(session_id).outcome is Outcome.PARTIAL
    store.set_status(session_id, "open")
    assert store.session(session_id).outcome is None


def test_a_paused_session_tells_what_the_screening_found_last(store: Store) -> None:
    session_id = store.create(NEW)
    check_in = Screening(tier=Tier.CHECK_IN, concern=Risk.DISTRESS)
    for number, screening in enumerate((check_in, ACUTE), 1):
        event = SafetyEvent(turn=number, screening=screening, text_kept=False)
        store.record_safety(session_id, event)
    assert store.session(session_id).paused is None
    store.set_status(session_id, "paused")
    assert store.session(session_id).paused == ACUTE
    assert [one.screening for one in store.safety_events(session_id)] == [check_in, ACUTE]


def test_what_was_found_before_the_talk_is_kept_as_turn_nought(store: Store) -> None:
    session_id = store.create(NEW.model_copy(update={"screening": ACUTE}))
    (event,) = store.safety_events(session_id)
    assert event == SafetyEvent(turn=0, screening=ACUTE, text_kept=False)


def test_own_view_and_debrief_come_back_and_newer_ones_replace_them(store: Store) -> None:
    session_id = store.create(NEW)
    assert store.own_view(session_id) is None
    assert store.debrief(session_id) is None
    for words in ("I froze.", "I froze, then I asked."):
        view = OwnView(how_it_was=words)
        debrief = Debrief(
            outcome=Outcome.STOPPED,
            outcome_meaning="You stopped.",
            good=None,
            own_view=view,
            worked=(),
            moments=(),
            why=(),
            expectations=(),
            practise=None,
            ratings=(),
            readings=(),
            passages=(),
        )
        store.save_own_view(session_id, view)
        store.save_debrief(session_id, debrief)
        assert store.own_view(session_id) == view
        assert store.debrief(session_id) == debrief


# ---------------------------------------------------------------- messages and turns


def test_the_same_key_twice_is_one_message(store: Store) -> None:
    session_id = store.create(NEW)
    assert store.hold(session_id, "May I?", "a") == Held(state="new")
    assert store.hold(session_id, "May I?", "a") == Held(state="pending")
    turn_id = store.commit(session_id, "a", turn(1))
    assert store.hold(session_id, "May I?", "a") == Held(state="answered", turn_id=turn_id)
    assert store.pending(session_id) is None


def test_a_message_sent_anew_replaces_the_one_pending(store: Store) -> None:
    session_id = store.create(NEW)
    store.hold(session_id, "You never", "a")
    assert store.hold(session_id, "I would like", "b") == Held(state="new")
    assert store.pending(session_id) == Pending(text="I would like", key="b")
    with pytest.raises(SessionError, match="not waiting"):
        store.commit(session_id, "a", turn(1))
    store.release(session_id, "a")
    assert store.pending(session_id) is not None
    store.release(session_id, "b")
    assert store.pending(session_id) is None


def test_a_second_answer_to_one_message_is_refused(store: Store) -> None:
    session_id = talk(store, 1)
    with pytest.raises(SessionError, match="not waiting"):
        store.commit(session_id, "1", turn(2))
    assert len(store.branches(session_id)) == 1


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "ünï ß 𝄞 👩‍👩‍👧 \u202e", "nul\0byte", "'); DROP TABLE turns;--"]
)
def test_any_text_comes_back_to_the_character(store: Store, text: str) -> None:
    session_id = store.create(NEW)
    store.hold(session_id, text, "a")
    assert store.pending(session_id) == Pending(text=text, key="a")
    store.commit(session_id, "a", turn(1, text, text))
    (only,) = store.path(session_id)
    assert (only.said, only.reply.text) == (text, text)


def test_a_rewind_starts_a_branch_and_overwrites_nothing(store: Store) -> None:
    session_id = talk(store, 3)
    store.rewind(session_id, 1)
    assert store.session(session_id).head_turn == 1
    say(store, session_id, 2, "again")
    assert [one.number for one in store.path(session_id)] == [1, 2]
    tree = store.branches(session_id)
    first, second, third, other = (one[0] for one in tree)
    parents = [parent for _, parent, _ in tree]
    assert parents == [None, first, second, first]
    assert store.hold(session_id, "", "3") == Held(state="answered", turn_id=third)
    assert store.hold(session_id, "", "again") == Held(state="answered", turn_id=other)


def test_a_rewind_to_nought_is_before_the_first_turn(store: Store) -> None:
    session_id = talk(store, 2)
    store.rewind(session_id, 0)
    assert store.path(session_id) == []
    assert store.session(session_id).head_turn == 0
    assert len(store.branches(session_id)) == 2


@pytest.mark.parametrize("number", [-1, 3])
def test_a_rewind_to_a_turn_that_is_not_there_is_refused(store: Store, number: int) -> None:
    session_id = talk(store, 2)
    with pytest.raises(SessionError, match="Choose 0 to 2"):
        store.rewind(session_id, number)
    assert store.session(session_id).head_turn == 2


def test_an_answer_to_a_talk_rewound_meanwhile_is_refused_and_stays_pending(store: Store) -> None:
    session_id = talk(store, 2)
    store.hold(session_id, "And now?", "late")
    store.rewind(session_id, 1)
    with pytest.raises(SessionError, match="has moved"):
        store.commit(session_id, "late", turn(3))
    assert store.pending(session_id) == Pending(text="And now?", key="late")


def test_sessions_do_not_share_keys_or_turns(store: Store) -> None:
    one, two = talk(store, 2), talk(store, 1)
    assert len(store.path(one)) == 2
    assert len(store.path(two)) == 1


class Rehearsing(RuleBasedStateMachine):
    """The store against a model of it in plain dictionaries."""

    keys = st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h"])

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name))
        self.session_id = self.store.create(NEW)
        self.answered: dict[str, int] = {}
        self.turns: dict[int, Turn] = {}
        self.path: list[int] = []
        self.waiting: Pending | None = None

    @rule(key=keys, text=st.text(max_size=30))
    def hold(self, key: str, text: str) -> None:
        held = self.store.hold(self.session_id, text, key)
        if key in self.answered:
            assert held == Held(state="answered", turn_id=self.answered[key])
        elif self.waiting is not None and self.waiting.key == key:
            assert held == Held(state="pending")
        else:
            assert held == Held(state="new")
            self.waiting = Pending(text=text, key=key)

    @rule(key=keys)
    def commit_any(self, key: str) -> None:
        self.commit(key)

    @rule()
    def commit_what_waits(self) -> None:
        if self.waiting is not None:
            self.commit(self.waiting.key)

    def commit(self, key: str) -> None:
        answer = turn(len(self.path) + 1, reply=f"reply {len(self.turns)}")
        if self.waiting is None or self.waiting.key != key:
            with pytest.raises(SessionError):
                self.store.commit(self.session_id, key, answer)
            return
        turn_id = self.store.commit(self.session_id, key, answer)
        assert turn_id not in self.turns
        self.turns[turn_id] = answer
        self.answered[key] = turn_id
        self.path.append(turn_id)
        self.waiting = None

    @rule(key=keys)
    def release(self, key: str) -> None:
        self.store.release(self.session_id, key)
        if self.waiting is not None and self.waiting.key == key:
            self.waiting = None

    @rule(number=st.integers(0, 8))
    def rewind(self, number: int) -> None:
        if number > len(self.path):
            with pytest.raises(SessionError):
                self.store.rewind(self.session_id, number)
            return
        self.store.rewind(self.session_id, number)
        del self.path[number:]

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store(Path(self.folder.name))

    @invariant()
    def no_acknowledged_turn_is_lost(self) -> None:
        stored = {turn_id: one for turn_id, _, one in self.store.branches(self.session_id)}
        assert stored == self.turns

    @invariant()
    def the_path_is_in_strict_order(self) -> None:
        path = self.store.path(self.session_id)
        assert path == [self.turns[turn_id] for turn_id in self.path]
        assert [one.number for one in path] == list(range(1, len(path) + 1))

    @invariant()
    def what_waits_is_kept(self) -> None:
        assert self.store.pending(self.session_id) == self.waiting

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()


TestRehearsing = Rehearsing.TestCase
TestRehearsing.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


# ---------------------------------------------------------------- threads and processes


def test_two_answers_to_one_message_at_once_give_one_turn(store: Store, tmp_path: Path) -> None:
    """From two threads of one program, and from two programs' connections."""
    session_id = store.create(NEW)
    other = Store(tmp_path)
    for number in range(1, 21):
        store.hold(session_id, "Both at once.", str(number))
        second = other if number % 2 else store
        kinds = _answers_at_once([store, second], session_id, number)
        assert sorted(kinds) == ["SessionError", "int"]
    assert len(store.branches(session_id)) == 20
    other.close()


def _answers_at_once(stores: list[Store], session_id: str, number: int) -> list[str]:
    start = threading.Barrier(len(stores))

    def answer(own: Store) -> str:
        start.wait()
        try:
            return type(own.commit(session_id, str(number), turn(number))).__name__
        except SessionError as error:
            return type(error).__name__

    with ThreadPoolExecutor(len(stores)) as pool:
        return list(pool.map(answer, stores))


def test_thirty_people_at_once_all_get_their_turns(store: Store) -> None:
    with ThreadPoolExecutor(30) as pool:
        ids = list(pool.map(lambda _: talk(store, 4), range(30)))
    assert all(len(store.path(one)) == 4 for one in ids)


def in_child(work: Callable[[Pipe], None]) -> tuple[multiprocessing.process.BaseProcess, Pipe]:
    """Starts `work` in a process of its own; returns it and the end to read from."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(there,))
    child.start()
    there.close()
    return child, here


@FORK
def test_a_killed_process_loses_no_acknowledged_turn(tmp_path: Path) -> None:
    """Twenty times kill -9, somewhere in a commit."""
    store = Store(tmp_path)
    session_id = store.create(NEW)
    store.close()
    acknowledged = 0

    def work(pipe: Pipe) -> None:
        own = Store(tmp_path)
        number = own.session(session_id).head_turn
        while True:
            number += 1
            say(own, session_id, number)
            pipe.send(number)

    for kill in range(20):
        child, pipe = in_child(work)
        for _ in range(random.Random(kill).randint(1, 12)):
            acknowledged = pipe.recv()
        child.kill()
        child.join()
        acknowledged = _last(pipe, acknowledged)
        store = Store(tmp_path)
        path = store.path(session_id)
        store.close()
        assert [one.number for one in path] == list(range(1, len(path) + 1))
        assert len(path) in (acknowledged, acknowledged + 1)  # committed, not yet told


def _last(pipe: Pipe, before: int) -> int:
    try:
        while True:
            before = pipe.recv()
    except EOFError:
        return before


@FORK
def test_four_programs_may_start_at_once_on_a_new_folder(tmp_path: Path) -> None:
    def work(pipe: Pipe) -> None:
        own = Store(tmp_path / "new")
        pipe.send(len(own.path(talk(own, 3))))
        own.close()

    children = [in_child(work) for _ in range(4)]
    assert [pipe.recv() for _, pipe in children] == [3, 3, 3, 3]
    for child, _ in children:
        child.join()


# ---------------------------------------------------------------- trouble


@FORK
def test_a_full_disk_at_commit_leaves_everything_as_it_was(tmp_path: Path) -> None:
    import resource

    store = Store(tmp_path)
    session_id = talk(store, 2)
    store.hold(session_id, "Please.", "3")
    store.close()

    def work(pipe: Pipe) -> None:
        own = Store(tmp_path)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, hard))
        try:
            own.commit(session_id, "3", turn(3, "x" * 4000))
        except StoreError as error:
            pipe.send(str(error))
        pipe.send((own.session(session_id).head_turn, own.pending(session_id)))
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        own.commit(session_id, "3", turn(3))
        pipe.send([one.number for one in own.path(session_id)])
        own.close()

    child, pipe = in_child(work)
    assert "disk is full" in pipe.recv()
    assert pipe.recv() == (2, Pending(text="Please.", key="3"))
    assert pipe.recv() == [1, 2, 3]
    child.join()


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match=r"file.*IPT_DATA_DIR"):
        Store(tmp_path / "file" / "data")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes anywhere")
def test_a_read_only_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="IPT_DATA_DIR"):
        Store(tmp_path)


def _garbage(file: Path) -> None:
    file.write_bytes(b"This is not a database at all. " * 300)


def _cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _hole(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xa5" * 4096
    file.write_bytes(content)


@pytest.mark.parametrize("harm", [_garbage, _cut, _hole])
def test_a_damaged_database_is_named_and_kept_aside_only_when_asked(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    store = Store(tmp_path)
    talk(store, 10)
    store.close()
    file = tmp_path / "rehearsals.db"
    harm(file)
    damaged = file.read_bytes()
    with pytest.raises(StoreError, match=r"rehearsals\.db.*ipt-roleplay doctor --set-aside"):
        Store(tmp_path)
    assert file.read_bytes() == damaged
    kept = Store.set_aside(tmp_path)
    assert kept.name.startswith("rehearsals.damaged-")
    assert kept.read_bytes() == damaged
    fresh = Store(tmp_path)
    assert fresh.recent() == []
    fresh.close()


def test_setting_aside_where_there_is_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be set aside"):
        Store.set_aside(tmp_path)


def test_a_damaged_value_is_refused_without_quoting_it(store: Store, tmp_path: Path) -> None:
    session_id = talk(store, 1)
    with sqlite3.connect(tmp_path / "rehearsals.db") as raw:
        raw.execute('UPDATE turns SET body = \'{"said": "my private words"}\'')
    with pytest.raises(StoreError, match="cannot be read") as caught:
        store.path(session_id)
    assert "private" not in "".join(traceback.format_exception(caught.value))


# ---------------------------------------------------------------- privacy


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_what_an_earlier_version_wrote_beside_what_is_known_today_keeps_no_talk_shut(
    store: Store, tmp_path: Path
) -> None:
    session_id = talk(store, 2)
    before = store.path(session_id)
    with sqlite3.connect(tmp_path / "rehearsals.db") as raw:
        raw.execute("UPDATE turns SET body = json_set(body, '$.state.gone', 1, '$.mood', 'low')")
        raw.execute("UPDATE documents SET body = json_set(body, '$.secrets[0].phrase', 'of old')")
    assert store.path(session_id) == before
    assert store.whole(session_id)[0].scenario.secrets[0].id == "tired"


def test_folder_and_files_are_the_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    store = Store(folder)
    talk(store, 1)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {one.stat().st_mode & 0o777 for one in folder.iterdir()} == {0o600}
    assert len(list(folder.iterdir())) == 3
    store.close()


def _traces(folder: Path, canary: str) -> int:
    return sum(one.read_bytes().count(canary.encode()) for one in folder.iterdir())


def _fill(store: Store, session_id: str, canary: str, rounds: int) -> None:
    """Puts the canary wherever text goes, in sizes that make pages split and overflow."""
    dice = random.Random(canary)
    start = store.session(session_id).head_turn
    for number in range(start + 1, start + rounds + 1):
        text = canary * dice.randint(1, 300)
        store.hold(session_id, text, f"{number}")
        store.commit(session_id, f"{number}", turn(number, text, canary))
        store.save_own_view(session_id, OwnView(how_it_was=canary * dice.randint(1, 400)))
    store.hold(session_id, canary * 40, "waiting")


def test_deletion_leaves_no_byte_and_spares_the_others(tmp_path: Path) -> None:
    store = Store(tmp_path)
    canaries = {store.create(NEW): f"CANARY{number:02}-" for number in range(8)}
    for _ in range(3):  # mixed, so that the sessions share pages
        for session_id, canary in canaries.items():
            _fill(store, session_id, canary, 3)
    for session_id, canary in list(canaries.items())[:-1]:
        assert _traces(tmp_path, canary)
        store.delete(session_id)
        assert _traces(tmp_path, canary) == 0
        with pytest.raises(SessionError):
            store.session(session_id)
    (kept,) = store.recent()
    assert len(store.path(kept.id)) == 9
    store.delete(session_id)  # a second time
    store.close()


@pytest.mark.parametrize("seed", [7, 9])
def test_deletion_also_reaches_what_rows_left_behind_when_they_moved(
    tmp_path: Path, seed: int
) -> None:
    """With overwriting alone (no `VACUUM`), runs of these seeds leave texts behind."""
    dice = random.Random(seed)
    store = Store(tmp_path)
    canaries = {store.create(NEW): f"CANARY{number:02}-" for number in range(30)}
    for step in range(600):
        session_id, canary = dice.choice(list(canaries.items()))
        text = canary * dice.randint(1, 120)
        if dice.random() < 0.5:
            store.hold(session_id, text, f"{step}")
        else:
            store.save_own_view(session_id, OwnView(how_it_was=text))
    for session_id, canary in canaries.items():
        store.delete(session_id)
        assert _traces(tmp_path, canary) == 0
    store.close()


@FORK
def test_a_deletion_cut_short_is_finished_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    session_id = store.create(NEW)
    _fill(store, session_id, "CANARY-", 5)
    store.close()
    monkeypatch.setattr("ipt_roleplay.store.store.scrub", lambda *_: os._exit(9))
    child, _ = in_child(lambda _: Store(tmp_path).delete(session_id))
    child.join()
    assert child.exitcode == 9
    again = Store(tmp_path)
    assert again.recent() == []
    assert _traces(tmp_path, "CANARY-") == 0
    again.close()


def test_faults_of_the_database_do_not_carry_texts(store: Store, tmp_path: Path) -> None:
    session_id = store.create(NEW)
    with sqlite3.connect(tmp_path / "rehearsals.db") as raw:
        raw.execute(
            "CREATE TRIGGER fault BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'x'); END"
        )
    with pytest.raises(StoreError) as caught:
        store.hold(session_id, "my private words", "a")
    assert "private" not in str(caught.value) + str(caught.value.__cause__)


# ---------------------------------------------------------------- migrations


def _old_database(folder: Path, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    engine = create_engine(f"sqlite:///{folder / 'rehearsals.db'}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "ipt_roleplay.store:migrations")
        command.upgrade(config, revision)
    engine.dispose()


def test_the_newest_migration_gives_the_tables_of_the_program(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from ipt_roleplay.store.tables import metadata

    Store(tmp_path).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'rehearsals.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_program_knows_its_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from ipt_roleplay.store.database import HEAD

    config = Config()
    config.set_main_option("script_location", "ipt_roleplay.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_an_older_database_is_upgraded_with_its_talks(tmp_path: Path) -> None:
    _old_database(tmp_path, "0001")
    with sqlite3.connect(tmp_path / "rehearsals.db") as raw:
        raw.execute(
            "INSERT INTO sessions VALUES "
            "('old', '2025-01-02T03:04:05.000000+00:00', 7, 3, 'authored', 'open', NULL, 1)"
        )
        body = scenario().model_dump_json()
        raw.execute("INSERT INTO documents VALUES ('old', 'Scenario', ?)", (body,))
        body = turn(1).model_dump_json()
        raw.execute("INSERT INTO turns VALUES (1, 'old', NULL, 1, 'a', ?)", (body,))
    store = Store(tmp_path)
    assert store.path("old") == [turn(1)]
    assert store.session("old").scenario == scenario()
    store.record_safety("old", SafetyEvent(turn=2, screening=ACUTE, text_kept=True))
    assert len(store.safety_events("old")) == 1
    store.close()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / "rehearsals.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"newer version.*Update the program"):
        Store(tmp_path)


def test_an_up_to_date_database_opens_without_the_slow_import(tmp_path: Path) -> None:
    Store(tmp_path).close()
    probe = (
        "import sys; from pathlib import Path; from ipt_roleplay.store import Store;"
        "Store(Path(sys.argv[1])).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
