"""The rehearsal room: sessions in a store, played, paused, taken back, debriefed."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from ipt_roleplay import debrief as debriefing
from ipt_roleplay import director, embedding, handbook, safety, uptake
from ipt_roleplay.actors import default_actor, open_actor
from ipt_roleplay.corpus import Corpus
from ipt_roleplay.domain import (
    Debrief,
    Outcome,
    OwnView,
    Reply,
    Scenario,
    Scene,
    Screening,
    Tier,
    Turn,
    Usage,
)
from ipt_roleplay.errors import SessionError
from ipt_roleplay.model import Fault, ModelFault, open_embedder, open_model, price_of
from ipt_roleplay.reading.by_model import read_by_model
from ipt_roleplay.rehearsal.apart import HearingApart
from ipt_roleplay.rehearsal.events import (
    Event,
    Failed,
    Partner,
    Paused,
    Replied,
    Sentence,
    Spending,
    View,
)
from ipt_roleplay.rehearsal.playing import (
    Care,
    Heard,
    clean,
    decide,
    hear,
    outcome_of,
    said_before,
    screened,
    turn_of,
)
from ipt_roleplay.retrieval import Retriever
from ipt_roleplay.scenarios import load_all
from ipt_roleplay.settings import Settings
from ipt_roleplay.store import Held, NewSession, SafetyEvent, SessionRecord, Store

LATELY = 4
"""What so many debriefs before said isn't said again in the same words."""


def open_retriever(settings: Settings) -> Retriever:
    """The search over the handbook and the sources in the data folder."""
    passages = [entry.passage for entry in handbook.load()]
    passages += Corpus(settings.data_dir).passages()
    embedder = open_embedder(settings) or embedding.LOCAL
    return Retriever(passages, settings.data_dir / "index", embedder)


@dataclass(frozen=True)
class _Received:
    """A message as it was taken in: who is to answer it, what became of it (not `held`: the talk
    is paused), and what was `heard` (nothing where it is answered already)."""

    session: SessionRecord
    turns: list[Turn]
    before: list[Screening]
    screening: Screening
    speaks: str
    held: Held | None = None
    heard: Heard | None = None
    over_budget: bool = False


class Room:
    """The rehearsal room: all sessions of one store. Safe to share between requests."""

    def __init__(self, settings: Settings) -> None:
        """Opens the store. Raises `StoreError` and `DocumentError` with what to do."""
        self.settings = settings
        self.scenarios = load_all()
        self._store = Store(settings.data_dir)
        self.corpus = Corpus(settings.data_dir)
        self._searching: tuple[object, Retriever] | None = None
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._stops: dict[str, asyncio.Event] = {}
        # Messages that come at once are taken in one by one: side by side, each would wait for all.
        self._listening = asyncio.Lock()
        self._hearing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hearing")
        self._apart: HearingApart | None = None

    def close(self) -> None:
        self._hearing.shutdown()
        if self._apart is not None:
            self._apart.close()
        self._store.close()

    @property
    def retriever(self) -> Retriever:
        """The search over handbook and sources of one's own, as they are now."""
        stamp = self.corpus.stamp()
        if self._searching is None or self._searching[0] != stamp:
            self._searching = (stamp, open_retriever(self.settings))
        return self._searching[1]

    def warm(self) -> None:
        """Loads what a first message and a first debrief would otherwise wait for."""
        for scenario in self.scenarios.values():
            uptake.take("", "Hello. How are you?", scenario)
        safety.screen("Hello.")
        self.retriever.warm()
        model = open_model(self.settings)
        if model is not None:
            model.warm()

    def hear_apart(self) -> None:
        """Hears messages in a process of its own from now on, where there is a second core."""
        if self._apart is None and (os.cpu_count() or 1) > 1:
            self._apart = HearingApart()

    @staticmethod
    def set_aside(settings: Settings) -> Path:
        """Moves a damaged database out of the way, nothing deleted; returns where it is now."""
        return Store.set_aside(settings.data_dir)

    # ---------------------------------------------------------------- before the talk

    def start(
        self,
        scenario_id: str,
        *,
        difficulty: int = 3,
        seed: int | None = None,
        actor: str | None = None,
    ) -> str:
        """A new session's id; without an `actor` the model plays where one is configured. Raises
        `SessionError` for a scenario that is not there."""
        scenario = self.scenarios.get(scenario_id)
        if scenario is None:
            known = ", ".join(self.scenarios)
            raise SessionError(f"There is no scenario `{scenario_id}`. Choose one of: {known}.")
        actor = actor or default_actor(self.settings)
        open_actor(actor, self.settings)
        chosen = secrets.randbelow(2**31) if seed is None else seed
        new = NewSession(scenario=scenario, seed=chosen, difficulty=difficulty, actor=actor)
        return self._store.create(new)

    # ---------------------------------------------------------------- the talk

    async def say(
        self,
        session_id: str,
        text: str,
        key: str,
        *,
        silent: bool = False,
        country: str | None = None,
        actor: str | None = None,
    ) -> AsyncIterator[Event]:
        """Takes one message and yields what follows. `key` names the message: the same key
        twice is one message. `actor` plays this turn instead of the session's own. Raises
        `MessageRefused` and `SessionError` before anything is stored."""
        said = "" if silent else clean(text)
        async with self._locks[session_id]:
            async with self._listening:
                came = await asyncio.to_thread(self._received, session_id, said, key, actor)
            session, turns, screening = came.session, came.turns, came.screening
            if came.held is None:
                yield Paused(safety.card(screening, country or self.settings.country, len(turns)))
                return
            if came.heard is None:
                turn = await asyncio.to_thread(self._answered, session_id, came.held.turn_id)
                yield Replied(turn, check_ins(turns).get(turn.number, ""))
                return
            if turns and turns[-1].state.outcome is not None:
                raise SessionError("This talk has ended. Go on to the debrief, or rewind.")
            reply: Reply | None = None
            used = Usage()
            try:
                if came.over_budget:
                    raise ModelFault(Fault.BUDGET)
                heard = await self._read_by_model(came, came.heard, said)
                care = Care.after([*came.before, screening]).about(screening, turns)
                decision = decide(
                    *(session.scenario, turns, said, session.difficulty, session.seed),
                    *(care, heard),
                )
                async for part in self._spoken(session, decision.scene, came.speaks):
                    if isinstance(part, Usage):
                        used += part
                    else:
                        reply = part
                        yield Sentence(reply)
                if reply is None:
                    yield Failed("Stopped. Your message is in the box.", said, None)
                    return
                turn = turn_of(turns, said, decision, reply, screening)
                await asyncio.to_thread(self._commit, session_id, key, turn, used)
                used = Usage()
                yield Replied(turn, check_ins([*turns, turn]).get(turn.number, ""))
            except ModelFault as fault:
                yield Failed(f"{fault} Your message is in the box.", said, fault.fault)
            finally:
                if used.total:  # no turn carries it
                    await asyncio.to_thread(self._store.spend, session_id, used)

    def stop(self, session_id: str) -> None:
        """Ends the reply that is being spoken where it stands; without one, nothing happens."""
        if session_id in self._stops:
            self._stops[session_id].set()

    @property
    def partner(self) -> Partner | None:
        """The language model that plays by default; None where none is configured."""
        model = open_model(self.settings)
        return Partner(model.name, model.host) if model else None

    def view(self, session_id: str, country: str | None = None) -> View:
        """The session as it stands. Raises `SessionError` when it is not there."""
        session, turns, events = self._store.whole(session_id)
        pending = self._store.pending(session_id)
        card = None
        if session.paused is not None:
            card = safety.card(session.paused, country or self.settings.country, len(turns))
        state = (
            turns[-1].state
            if turns
            else director.opening_state(session.scenario, session.difficulty)
        )
        return View(
            session=session,
            turns=tuple(turns),
            state=state,
            draft=pending.text if pending else "",
            card=card,
            check_ins=check_ins(turns),
            care=Care.after(one.screening for one in events),
            spending=self._spending(session) if session.actor == "llm" else None,
        )

    def step_out(self, session_id: str) -> None:
        """Pauses the talk on the person's own word that what a check-in asked about is more than
        the scene: the card comes as after an acute message. Raises `SessionError` where the last
        exchange brought no check-in."""
        _, turns, _ = self._opened(session_id)
        if len(turns) not in check_ins(turns):
            raise SessionError("Nothing was asked just now. “Get help” is on every page.")
        grave = turns[-1].screening.model_copy(update={"tier": Tier.ACUTE})
        self._pause(session_id, len(turns), grave, text_kept=True)

    def resume(self, session_id: str) -> None:
        """Goes on after a pause, by the person's own explicit step; the help stays in view."""
        self._store.set_status(session_id, "open")

    def rewind(self, session_id: str, turn_number: int) -> None:
        """Takes the talk back to after `turn_number` (0: the opening). Nothing is deleted."""
        self._store.rewind(session_id, turn_number)
        self._store.set_status(session_id, "open")

    def delete(self, session_id: str) -> None:
        """Removes the session and every word of it."""
        self._store.delete(session_id)

    # ---------------------------------------------------------------- after the talk

    def land(self, session_id: str) -> Outcome:
        """Ends the scene, by the trainee's wish or because it has ended, and names the outcome."""
        view = self.view(session_id)
        scenario = view.session.scenario
        outcome = outcome_of(scenario, view.turns, view.session.difficulty)
        self._store.set_status(session_id, "landed", outcome)
        return outcome

    def tell_own_view(
        self, session_id: str, own_view: OwnView, country: str | None = None
    ) -> safety.Card | None:
        """Keeps the trainee's own view; a help card, once, where it speaks of danger."""
        if own_view == self._store.own_view(session_id):
            return None
        texts = [own_view.how_it_was, own_view.what_i_wanted]
        turns, before = self._store.path(session_id), self._found(session_id)
        found = [screened(text.strip(), turns, before) for text in texts]
        acute = next((one for one in found if one.tier is Tier.ACUTE), None)
        self._store.save_own_view(session_id, own_view)
        if acute is None:
            return None
        event = SafetyEvent(turn=len(turns), screening=acute, text_kept=True)
        self._store.record_safety(session_id, event)
        return safety.card(acute, country or self.settings.country, len(turns))

    def debrief(self, session_id: str) -> Debrief:
        """The debrief of a landed talk, made once and stored. Raises `SessionError` before."""
        session = self._store.session(session_id)
        if session.status not in ("landed", "debriefed"):
            raise SessionError("The scene is still open. End it first, then read the debrief.")
        stored = self._store.debrief(session_id) if session.status == "debriefed" else None
        if stored is not None:
            return stored
        own_view = self._store.own_view(session_id) or OwnView()
        talk = debriefing.from_turns(
            self._store.path(session_id), session.scenario, session.difficulty
        )
        made = debriefing.make(
            *(talk, self.retriever, session.outcome, own_view, session.seed),
            scenarios=self.scenarios,
            told=self._told_lately(session_id),
        )
        self._store.save_debrief(session_id, made)
        self._store.set_status(session_id, "debriefed", session.outcome)
        return made

    def mean_otherwise(self, session_id: str, number: int) -> Debrief:
        """Takes the trainee's word that message `number` wasn't meant as it was read: nothing is
        read into it any more, for or against, and the debrief is made anew. Saying so again
        takes it back."""
        own = self._store.own_view(session_id) or OwnView()
        others = tuple(one for one in own.meant_otherwise if one != number)
        told = others if number in own.meant_otherwise else (*others, number)
        self._store.save_own_view(session_id, own.model_copy(update={"meant_otherwise": told}))
        outcome = self._store.session(session_id).outcome
        self._store.set_status(session_id, "landed", outcome)
        return self.debrief(session_id)

    async def reword(self, session_id: str) -> Debrief:
        """The debrief reread by the language model that played; as it is where none did, or where
        it fails."""
        made = await asyncio.to_thread(self.debrief, session_id)
        session = await asyncio.to_thread(self._store.session, session_id)
        model = open_model(self.settings) if session.actor == "llm" else None
        if model is None or made.ratings_by_model or not made.ratings:
            return made
        turns = await asyncio.to_thread(self._store.path, session_id)
        talk = debriefing.from_turns(turns, session.scenario, session.difficulty)
        try:
            if await asyncio.to_thread(self._over_budget, session_id):
                return made
            richer, usage = await debriefing.reread(made, talk, self.retriever, model)
        except ModelFault:
            return made
        await asyncio.to_thread(self._store.spend, session_id, usage)
        await asyncio.to_thread(self._store.save_debrief, session_id, richer)
        return richer

    # ---------------------------------------------------------------- within

    def _received(self, session_id: str, said: str, key: str, actor: str | None) -> _Received:
        """A message screened and heard, then kept, or the talk paused. Only screened words go
        further, and a reader that fails keeps nobody from the card."""
        session, turns, before = self._opened(session_id)
        speaks = actor or session.actor
        context = said_before(session.scenario, turns)
        hearing = self._hearing.submit(self._hear, context, said, session.scenario)
        screening = screened(said, turns, before)
        came = _Received(session, turns, before, screening, speaks)
        if screening.tier is Tier.ACUTE:
            self._pause(session_id, len(turns) + 1, screening)
            return came
        held = self._store.hold(session_id, said, key)
        if held.state == "answered":
            return replace(came, held=held)
        over = speaks == "llm" and self._over_budget(session_id)
        return replace(came, held=held, heard=hearing.result(), over_budget=over)

    def _hear(self, context: str, said: str, scenario: Scenario) -> Heard:
        heard = self._apart.hear(context, said, scenario) if self._apart else None
        return heard or hear(context, said, scenario)

    def _opened(self, session_id: str) -> tuple[SessionRecord, list[Turn], list[Screening]]:
        """The open session, its turns, and what the screening found so far."""
        session, turns, events = self._store.whole(session_id)
        self._check_open(session)
        return session, turns, [one.screening for one in events]

    @staticmethod
    def _check_open(session: SessionRecord) -> None:
        if session.status == "paused":
            raise SessionError(
                "The role-play is paused. Read the card first; it goes on from there."
            )
        if session.status != "open":
            raise SessionError("This scene is over. Read the debrief, or try a moment again.")

    def _answered(self, session_id: str, turn_id: int | None) -> Turn:
        """The turn that answered a message which came twice."""
        found = (turn for one, _, turn in self._store.branches(session_id) if one == turn_id)
        return next(found)

    def _told_lately(self, session_id: str) -> list[str]:
        """What the last debriefs here said, but for this session's own."""
        recent = [one.id for one in self._store.recent(LATELY + 1) if one.id != session_id]
        found = [self._store.debrief(one) for one in recent[:LATELY]]
        return [text for made in found if made is not None for text in _told_in(made)]

    def _pause(
        self, session_id: str, turn: int, screening: Screening, *, text_kept: bool = False
    ) -> None:
        event = SafetyEvent(turn=turn, screening=screening, text_kept=text_kept)
        self._store.record_safety(session_id, event)
        self._store.set_status(session_id, "paused")

    def _found(self, session_id: str) -> list[Screening]:
        return [one.screening for one in self._store.safety_events(session_id)]

    def _commit(self, session_id: str, key: str, turn: Turn, used: Usage) -> None:
        if turn.screening.tier is not Tier.NONE:
            event = SafetyEvent(turn=turn.number, screening=turn.screening, text_kept=True)
            self._store.record_safety(session_id, event)
        self._store.commit(session_id, key, turn, used if used.total else None)

    async def _read_by_model(self, came: _Received, heard: Heard, said: str) -> Heard:
        """What was heard, with the model's reading where that is switched on."""
        model = open_model(self.settings) if came.speaks == "llm" else None
        if model is None or not self.settings.model_reads or not said:
            return heard
        context = said_before(came.session.scenario, came.turns)
        reading, usage = await read_by_model(model, context, said, heard.reading)
        await asyncio.to_thread(self._store.spend, came.session.id, usage)
        return replace(heard, reading=reading)

    async def _spoken(
        self, session: SessionRecord, scene: Scene, actor: str
    ) -> AsyncIterator[Reply | Usage]:
        """The growing reply, until it is whole or stopped, and what it used. Raises ModelFault."""
        self._stops[session.id] = stop = asyncio.Event()
        source = aiter(open_actor(actor, self.settings).line(scene))
        stopped = asyncio.ensure_future(stop.wait())
        reply: Reply | None = None
        try:
            while True:
                coming = asyncio.ensure_future(anext(source, None))
                await asyncio.wait((coming, stopped), return_when=asyncio.FIRST_COMPLETED)
                if not coming.done():
                    coming.cancel()
                    await asyncio.wait((coming,))
                    if reply is not None:
                        yield reply.model_copy(update={"broken_off": True})
                    return
                part = coming.result()
                if part is None:
                    return
                reply = part if isinstance(part, Reply) else reply
                yield part
        finally:
            stopped.cancel()
            self._stops.pop(session.id, None)

    def _over_budget(self, session_id: str) -> bool:
        """Whether no more may be spent on a model in this session, or today."""
        allowed = self.settings
        over = self._store.spent(session_id).total >= allowed.tokens_per_session
        return over or self._store.spent_today().total >= allowed.tokens_per_day

    def _spending(self, session: SessionRecord) -> Spending:
        usage = self._store.spent(session.id)
        found = price_of(self.settings.model)
        price, as_of = found if found else (None, "")
        dollars = price.of(usage) if price else None
        return Spending(usage, self.settings.tokens_per_session, dollars, as_of)


def check_ins(turns: Sequence[Turn]) -> dict[int, str]:
    """The one line out of role after turns in which the other person stopped and asked."""
    return {
        turn.number: safety.check_in_line(turn.screening, turn.number)
        for turn in turns
        if turn.state.worried
    }


def _told_in(made: Debrief) -> list[str]:
    findings = (*made.worked, *made.moments, *([made.practise] if made.practise else ()))
    return [*(one.text for one in findings), made.to_try]
