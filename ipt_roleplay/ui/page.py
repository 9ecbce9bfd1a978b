"""The page: choose · prepare · rehearse · look back. Only a session id lives in the browser.

Handlers trust nothing that the page sends but the words typed and that id; whatever is shown
comes from the room.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import secrets
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ipt_roleplay import export, safety
from ipt_roleplay.domain import MESSAGE_LIMIT, Area, Finding, OwnView, Place, Risk, Scenario
from ipt_roleplay.errors import IptError, MessageRefused
from ipt_roleplay.rehearsal import Event, Failed, Room, Sentence, View
from ipt_roleplay.ui import render
from ipt_roleplay.ui.beside import Beside, gradio_folder

log = logging.getLogger(__name__)

Update = dict[Any, Any]
SCREENS = ("gallery", "briefing", "talk", "landing", "debrief")
MOST_MOMENTS = MOST_PLACES = 3
OWN_LEVELS = [
    ("not at all", 0),
    ("hardly", 1),
    ("now and then", 2),
    ("mostly", 3),
    ("throughout", 4),
]
LOW = 3
"""Who feels no better than this after a talk, 0–10, is offered nothing harder."""
PAUSE_BEFORE_REPLY = 0.6
"""Seconds in which the other person seems to think; an answer in no time feels unreal."""

MEANT = "That’s not how I meant it"
RESUME = "I have read this. Go back to the role-play"
RESUME_TO_CLOSE = "I have read this. Go back and bring the scene to a close"
ONLY_SCENE = "It’s only the scene"
MORE = "It’s more than the scene"
ASIDE_CLOSED = "All right. What you type goes to the other person, as before."
TAB_TITLE = "Notes"
"""Says nothing to somebody who looks over a shoulder or at the browser's history."""

UNEXPECTED = (
    "Something went wrong on our side. Nothing you wrote is lost: reload the page to go on."
)


def build(room: Room) -> gr.Blocks:
    """The whole page as Gradio blocks, not yet mounted."""
    demo: gr.Blocks
    with gr.Blocks(title=TAB_TITLE, analytics_enabled=False, fill_width=False) as demo:
        page = Page(room)
        page.wire(demo)
    return demo


class Page:
    """The components of one page and what their events do."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.session = gr.BrowserState(None, storage_key="ipt_session", secret="not-a-secret")
        self.chosen = gr.State(None)
        self.key = gr.State(None)
        gr.HTML(render.quick_exit(room.settings.exit_to), elem_id="leaving")
        self.notice = gr.HTML(elem_id="notice")
        self.announcement = gr.HTML(elem_id="announcement")
        self.screens: dict[str, gr.Column] = {}
        self._gallery()
        self._briefing()
        self._talk()
        self._landing()
        self._debrief()
        self._help()

    # ------------------------------------------------------------ layout

    def _screen(self, name: str, *, visible: bool = False) -> gr.Column:
        self.screens[name] = gr.Column(visible=visible, elem_id=f"screen-{name}")
        return self.screens[name]

    def _gallery(self) -> None:
        self.choices: list[tuple[str, gr.Button]] = []
        with self._screen("gallery", visible=True):
            gr.HTML(render.welcome(self.room.partner))
            for area in Area:
                found = [one for one in self.room.scenarios.values() if one.area is area]
                if found:
                    gr.HTML(render.area_head(area))
                    with gr.Row(elem_classes="cards", equal_height=True):
                        for scenario in found:
                            self._choice(scenario)
            self.beside = Beside(self.room)

    def _choice(self, scenario: Scenario) -> None:
        with gr.Column(min_width=300, elem_classes="card-column"):
            gr.HTML(render.scenario_card(scenario))
            button = gr.Button(
                f"Prepare “{scenario.title}”", elem_id=f"choose-{scenario.id}", size="md"
            )
        self.choices.append((scenario.id, button))

    def _briefing(self) -> None:
        with self._screen("briefing"):
            self.briefing = gr.HTML()
            self.difficulty = gr.Radio(
                [("Gentle", 1), ("Easier", 2), ("As they are", 3), ("Harder", 4), ("Very hard", 5)],
                value=3,
                label="How hard should they make it?",
                elem_id="difficulty",
            )
            self.plays = gr.Radio(
                self._players(),
                value=self._players()[0][1],
                label="Who plays them?",
                visible=self.room.partner is not None,
                elem_id="plays",
            )
            self.partner = gr.HTML(render.partner(self.room.partner), elem_id="partner")
            with gr.Row():
                self.back = gr.Button("Back to the list", elem_id="back")
                self.begin = gr.Button("Begin", variant="primary", elem_id="begin")

    def _players(self) -> list[tuple[str, str]]:
        built_in = ("The built-in partner: nothing leaves this machine", "authored")
        partner = self.room.partner
        model = [(f"The language model {partner.model}", "llm")] if partner else []
        return [*model, built_in]

    def _talk(self) -> None:
        with self._screen("talk"):
            self.head = gr.HTML()
            with gr.Accordion("What you have come for", open=False, elem_id="reminder"):
                self.notes = gr.HTML()
            self.transcript = gr.HTML(elem_id="transcript")
            self.card = gr.HTML(visible=False, elem_id="card")
            with gr.Row(visible=False) as self.card_steps:
                self.stop_here = gr.Button("Stop the rehearsal here", variant="primary")
                self.resume = gr.Button(RESUME, elem_id="resume")
            with gr.Row(visible=False, elem_id="without-model") as self.without:
                self.built_in = gr.Button(
                    "Use the built-in partner for this turn", elem_id="built-in"
                )
            with gr.Column(visible=False, elem_id="answers") as self.answers:
                gr.HTML(render.asked())
                with gr.Row():
                    self.only_scene = gr.Button(ONLY_SCENE, elem_id="only-scene", min_width=100)
                    self.more = gr.Button(MORE, elem_id="more-than-scene", min_width=100)
            with gr.Column(elem_id="composer") as self.composer:
                self.box = gr.Textbox(
                    label="Your words",
                    placeholder="Say it as you would say it …",
                    lines=2,
                    max_lines=8,
                    max_length=MESSAGE_LIMIT + 200,
                    elem_id="box",
                )
                with gr.Row():
                    self.silent = gr.Button("Say nothing", elem_id="silent", min_width=100)
                    self.end = gr.Button("End the scene", elem_id="end", min_width=100)
                    self.stop = gr.Button(
                        "Stop there", visible=False, elem_id="stop", min_width=100
                    )
                    self.send = gr.Button(
                        "Say it", variant="primary", elem_id="send", min_width=100
                    )
            self.on = gr.Button(
                "Look back on it", variant="primary", visible=False, elem_id="look-back"
            )

    def _landing(self) -> None:
        with self._screen("landing"):
            self.landing = gr.HTML()
            self.feels = gr.Radio(
                list(range(11)),
                label="How does it feel now? 0 bad, 10 well; leave it if you like",
                elem_id="feels",
            )
            self.how = gr.Textbox(label="How was it for you?", lines=2, elem_id="how")
            self.wanted = gr.Textbox(
                label="What were you after, and how near did you get?", lines=2, elem_id="wanted"
            )
            with gr.Accordion(
                "Rate yourself first, if you like", open=False, elem_id="rate-yourself"
            ):
                self.own = [
                    gr.Radio(OWN_LEVELS, label=name, elem_id=f"own-{skill}")
                    for skill, name in render.skill_names()
                ]
            self.landing_card = gr.HTML(visible=False)
            self.show = gr.Button("Show me the debrief", variant="primary", elem_id="show-debrief")

    def _debrief(self) -> None:
        self.moments: list[tuple[gr.Column, gr.HTML, gr.Button, gr.Button]] = []
        with self._screen("debrief"):
            self.debrief_head = gr.HTML(elem_id="debrief-head")
            for position in range(MOST_MOMENTS):
                with gr.Column(visible=False, elem_classes="moment") as column:
                    shown = gr.HTML()
                    with gr.Row():
                        button = gr.Button(
                            "Try this moment again", variant="primary", elem_id=f"retry-{position}"
                        )
                        meant = gr.Button(MEANT, elem_id=f"meant-{position}")
                self.moments.append((column, shown, button, meant))
            self.debrief_why = gr.HTML(elem_id="debrief-why")
            self.places: list[tuple[gr.Column, gr.HTML, gr.Button]] = []
            for position in range(MOST_PLACES):
                with gr.Column(visible=False, elem_classes="place") as column:
                    shown = gr.HTML()
                    button = gr.Button("Try again from here", elem_id=f"back-{position}")
                self.places.append((column, shown, button))
            self.debrief_rest = gr.HTML(elem_id="debrief-rest")
            self.file = gr.DownloadButton("Keep this as a file", elem_id="keep")
            with gr.Row():
                self.again = gr.Button("Rehearse it again", variant="primary", elem_id="again")
                self.other = gr.Button("Choose another", elem_id="other")
                self.delete = gr.Button("Delete this rehearsal", variant="stop", elem_id="delete")

    def _help(self) -> None:
        with gr.Accordion("Get help", open=False, elem_id="get-help") as self.help:
            country = safety.country_code(self.room.settings.country)
            self.country = gr.Dropdown(
                _country_choices(),
                value=country,
                label="Where you are",
                elem_id="country",
            )
            self.resources = gr.HTML(self._resources(country))

    # ------------------------------------------------------------ events

    def wire(self, demo: gr.Blocks) -> None:
        """Ties every event to its handler."""
        on: dict[str, Any] = {"api_visibility": "private"}
        screen = self._outputs()
        for scenario_id, button in self.choices:
            choose = functools.partial(self.on_choose, scenario_id)
            button.click(_edge(self, choose), None, screen, **on)
        self.back.click(_edge(self, self.on_leave), self.session, screen, **on)
        begins = [self.chosen, self.difficulty, self.plays]
        self.begin.click(_edge(self, self.on_begin), begins, screen, **on)
        sends = [self.session, self.key, self.country, self.box]
        talk = self._talk_outputs()
        say = _streaming_edge(self, self.on_say, self.box)
        self.send.click(say, sends, talk, concurrency_limit=None, **on)
        quiet = _streaming_edge(self, self.on_silence, self.box)
        self.silent.click(quiet, sends, talk, concurrency_limit=None, **on)
        built_in = _streaming_edge(self, self.on_built_in, self.box)
        self.built_in.click(built_in, sends, talk, concurrency_limit=None, **on)
        self.stop.click(self.on_stop, self.session, None, queue=False, **on)
        self.only_scene.click(self.on_only_scene, None, [self.answers, self.notice], **on)
        self.more.click(_edge(self, self.on_more), [self.session, self.country], screen, **on)
        self.resume.click(_edge(self, self.on_resume), [self.session, self.country], screen, **on)
        gr.on(
            [self.end.click, self.on.click, self.stop_here.click],
            _edge(self, self.on_land),
            [self.session, self.country],
            screen,
            **on,
        )
        looks = [self.session, self.country, self.feels, *self.own, self.how, self.wanted]
        show = _streaming_edge(self, self.on_show, self.wanted)
        self.show.click(show, looks, screen, concurrency_limit=None, **on)
        for position, (_, _, button, meant) in enumerate(self.moments):
            retry = functools.partial(self.on_retry, position)
            button.click(_edge(self, retry), [self.session, self.country], screen, **on)
            other = functools.partial(self.on_meant, position)
            meant.click(_edge(self, other), [self.session, self.country], screen, **on)
        for position, (_, _, button) in enumerate(self.places):
            back = functools.partial(self.on_back, position)
            button.click(_edge(self, back), [self.session, self.country], screen, **on)
        self.again.click(_edge(self, self.on_again), self.session, screen, **on)
        self.other.click(_edge(self, self.on_leave), self.session, screen, **on)
        self.delete.click(_edge(self, self.on_delete), self.session, screen, **on)
        self.country.change(self._resources, self.country, self.resources, **on)
        self.beside.wire(self.country)
        demo.load(_edge(self, self.on_load), [self.session, self.country], screen, **on)

    def _talk_outputs(self) -> list[Any]:
        """What an exchange may change; every output of an event costs time at each of its steps."""
        return [
            *self.screens.values(),
            *(self.key, self.notice, self.announcement, self.help),
            *(self.head, self.notes, self.transcript, self.card, self.card_steps, self.resume),
            *(self.composer, self.box, self.send, self.silent, self.end, self.on),
            *(self.without, self.stop, self.answers),
        ]

    def _outputs(self) -> list[Any]:
        moments = [part for of_one in (*self.moments, *self.places) for part in of_one]
        return [
            *self._talk_outputs(),
            *(self.session, self.chosen, self.briefing, self.difficulty),
            *(self.landing, self.feels, self.how, self.wanted, self.landing_card, self.show),
            *(*self.own, self.debrief_head, self.debrief_why, self.debrief_rest),
            *(self.file, *moments),
        ]

    # ------------------------------------------------------------ what events do

    def on_load(self, session: str | None, country: str) -> Update:
        """Takes the visitor back to where they were; a talk that is gone leads to the list."""
        if not session:
            # The list is there already, and somebody quick may have chosen from it meanwhile.
            return {self.screens["gallery"]: gr.skip()}
        view = self.room.view(session, country)
        if view.session.status == "landed":
            return self._landed(session, country)
        if view.session.status == "debriefed":
            return self._debriefed(session, country)
        return self._talking(session, country) | {self.box: view.draft}

    def on_choose(self, scenario_id: str) -> Update:
        scenario = self.room.scenarios[scenario_id]
        return self._at("briefing") | {
            self.chosen: scenario_id,
            self.briefing: render.briefing(scenario),
        }

    def on_leave(self, session: str | None) -> Update:
        return self._at("gallery") | {self.session: None}

    def on_begin(self, scenario_id: str, difficulty: int, plays: str) -> Update:
        session = self.room.start(scenario_id, difficulty=difficulty, actor=plays)
        return self._talking(session, None) | {self.session: session, self.box: ""}

    async def on_say(
        self, session: str, key: str, country: str, text: str
    ) -> AsyncIterator[Update]:
        """Sends one message; it goes back into the box when no reply comes."""
        if not text.strip():
            raise MessageRefused(
                "There is nothing to send yet. Type a message, or press “Say nothing”."
            )
        async for update in self._exchange(session, key, country, text, silent=False):
            yield update

    async def on_silence(
        self, session: str, key: str, country: str, text: str
    ) -> AsyncIterator[Update]:
        """Says nothing; what stands in the box stays there."""
        async for update in self._exchange(session, key, country, "", silent=True):
            yield update | ({self.box: gr.update(value=text, interactive=True)} if text else {})

    async def on_built_in(
        self, session: str, key: str, country: str, text: str
    ) -> AsyncIterator[Update]:
        """Sends what is in the box, or the silence that failed, to the built-in partner."""
        silent = not text.strip()
        turn = self._exchange(session, key, country, text, silent=silent, actor="authored")
        async for update in turn:
            yield update

    def on_stop(self, session: str) -> None:
        self.room.stop(session)

    async def _exchange(
        self,
        session: str,
        key: str,
        country: str,
        text: str,
        *,
        silent: bool,
        actor: str | None = None,
    ) -> AsyncIterator[Update]:
        view = await asyncio.to_thread(self.room.view, session, country)
        by_model = (actor or view.session.actor) == "llm"
        said = self.room.say(session, text, key, silent=silent, country=country, actor=actor)
        # Begun before the page is told that it is waiting: a model's first words come sooner.
        first = asyncio.ensure_future(anext(said, None))
        waiting = {
            self.transcript: render.transcript(view, waiting=text),
            self.box: gr.update(value="", interactive=False),
            self.notice: render.notice(""),
            self.without: gr.update(visible=False),
            self.answers: gr.update(visible=False),
            **{button: gr.update(interactive=False) for button in self._buttons()},
            self.stop: gr.update(visible=by_model),
            self.send: gr.update(visible=not by_model, interactive=False),
        }
        failed: Failed | None = None
        try:
            yield waiting
            if not by_model:
                await asyncio.sleep(PAUSE_BEFORE_REPLY)
            async for event in _onward(first, said):
                failed = event if isinstance(event, Failed) else failed
                if isinstance(event, Sentence) and by_model:
                    shown = render.transcript(view, waiting=text, coming=event.reply)
                    yield {self.transcript: shown}
        finally:
            first.cancel()  # where the visitor has left meanwhile; else it is done
        done = await asyncio.to_thread(self._talking, session, country)
        if failed:
            done |= {
                self.notice: render.notice(failed.message),
                self.box: gr.update(value=failed.text, interactive=True),
                self.without: gr.update(visible=failed.fault is not None),
            }
        yield done | {self.key: secrets.token_urlsafe(8)}

    def on_only_scene(self) -> tuple[Any, str]:
        """Takes the answer to a check-in as it is given. It clears nothing: the other person
        stays gentle."""
        return gr.update(visible=False), render.notice(ASIDE_CLOSED)

    def on_more(self, session: str, country: str) -> Update:
        """The answer to a check-in that brings the card."""
        self.room.step_out(session)
        return self._talking(session, country)

    def on_resume(self, session: str, country: str) -> Update:
        self.room.resume(session)
        return self._talking(session, country) | {self.answers: gr.update(visible=False)}

    def on_land(self, session: str, country: str) -> Update:
        self.room.land(session)
        return self._landed(session, country)

    async def on_show(self, session: str, country: str, *given: Any) -> AsyncIterator[Update]:
        """The debrief, and once more where a language model has reread it."""
        shown = await asyncio.to_thread(self._looked_back, session, country, *given)
        yield shown
        if self.debrief_head in shown and self.room.partner is not None:
            before = await asyncio.to_thread(self.room.debrief, session)
            if await self.room.reword(session) != before:
                yield await asyncio.to_thread(self._debriefed, session, country)

    def _looked_back(self, session: str, country: str, feels: int | None, *given: Any) -> Update:
        *levels, how, wanted = given
        rated = {
            skill: level
            for (skill, _), level in zip(render.skill_names(), levels, strict=True)
            if level is not None
        }
        own_view = OwnView(
            how_it_was=how[:MESSAGE_LIMIT],
            what_i_wanted=wanted[:MESSAGE_LIMIT],
            feels=feels,
            ratings=rated,
        )
        card = self.room.tell_own_view(session, own_view, country)
        if card is not None:
            return self._landed(session, country) | {
                self.landing_card: gr.update(value=render.card(card), visible=True),
                self.how: own_view.how_it_was,
                self.wanted: own_view.what_i_wanted,
            }
        self.room.debrief(session)
        return self._debriefed(session, country)

    def on_retry(self, position: int, session: str, country: str) -> Update:
        """Takes the talk back to just before a moment of the debrief."""
        return self._again_from(self.room.debrief(session).moments, position, session, country)

    def on_back(self, position: int, session: str, country: str) -> Update:
        """Takes the talk back to just before a place that the debrief offers."""
        return self._again_from(self.room.debrief(session).places, position, session, country)

    def _again_from(
        self, shown: Sequence[Finding | Place], position: int, session: str, country: str
    ) -> Update:
        if position >= len(shown):
            return self._debriefed(session, country)
        self.room.rewind(session, shown[position].turn - 1)
        return self._talking(session, country) | {self.box: ""}

    def on_meant(self, position: int, session: str, country: str) -> Update:
        """Takes the trainee's word for how a message was meant; no argument about it."""
        moments = self.room.debrief(session).moments
        if position < len(moments):
            self.room.mean_otherwise(session, moments[position].turn)
        return self._debriefed(session, country)

    def on_again(self, session: str) -> Update:
        """The same scenario; after a talk that left its mark a step gentler is proposed."""
        view = self.room.view(session)
        level = view.session.difficulty
        if self._low(session, view):
            level = max(1, level - 1)
        return self.on_choose(view.session.scenario.id) | {self.difficulty: level}

    def _low(self, session: str, view: View) -> bool:
        feels = self.room.debrief(session).own_view.feels
        return render.rough(view) if feels is None else feels <= LOW

    def on_delete(self, session: str) -> Update:
        self.room.delete(session)
        gone = render.notice("This rehearsal is deleted, every word of it.")
        return self._at("gallery") | {self.session: None, self.notice: gone}

    # ------------------------------------------------------------ screens

    def _at(self, name: str) -> Update:
        shown = {column: gr.update(visible=one == name) for one, column in self.screens.items()}
        return shown | {self.notice: render.notice("")}

    def _talking(self, session: str, country: str | None) -> Update:
        view = self.room.view(session, country)
        paused, over = view.card is not None, view.ended
        return self._at("talk") | {
            self.key: secrets.token_urlsafe(8),
            self.head: render.talk_head(view, self.room.partner),
            self.notes: render.notes(view.session.scenario),
            self.transcript: render.transcript(view),
            self.announcement: render.announcement(view),
            self.card: gr.update(value=render.card(view.card) if view.card else "", visible=paused),
            self.card_steps: gr.update(visible=paused),
            self.resume: RESUME_TO_CLOSE if view.care.winding_down else RESUME,
            self.composer: gr.update(visible=not paused and not over),
            self.box: gr.update(interactive=True),
            self.on: gr.update(visible=over and not paused),
            self.help: gr.update(open=view.care.gentle),
            self.without: gr.update(visible=False),
            self.answers: gr.update(visible=view.asked and not paused),
            self.stop: gr.update(visible=False),
            **{button: gr.update(visible=True, interactive=True) for button in self._buttons()},
        }

    def _landed(self, session: str, country: str) -> Update:
        view = self.room.view(session, country)
        return self._at("landing") | {
            self.landing: render.landing(view),
            self.landing_card: gr.update(value="", visible=False),
            self.feels: None,
            self.how: "",
            self.wanted: "",
            **dict.fromkeys(self.own),
            self.help: gr.update(open=view.care.gentle),
        }

    def _debriefed(self, session: str, country: str) -> Update:
        view = self.room.view(session, country)
        made = self.room.debrief(session)
        update = self._at("debrief") | {
            self.debrief_head: render.debrief_head(made, view),
            self.debrief_why: render.debrief_why(made, view),
            self.debrief_rest: render.debrief_rest(made, self.room.scenarios),
            self.file: self._kept_as_file(session),
            self.help: gr.update(open=view.care.gentle),
        }
        name, wish = view.session.scenario.persona.name, made.own_view.what_i_wanted
        for position, (column, shown, retry, meant) in enumerate(self.moments):
            there = position < len(made.moments)
            one = made.moments[position] if there else None
            update |= {
                retry: gr.update(visible=not view.care.winding_down),
                meant: gr.update(visible=one is not None and one.kind == "missed"),
                shown: render.finding(one, made.passages, name, wish) if one else "",
                column: gr.update(visible=there),
            }
        for position, (column, shown, back) in enumerate(self.places):
            there = position < len(made.places)
            update |= {
                back: gr.update(visible=not view.care.winding_down),
                shown: render.place(made.places[position], name) if there else "",
                column: gr.update(visible=there),
            }
        return update

    def _kept_as_file(self, session: str) -> str:
        """The debrief as a file to print or send, in a folder that Gradio serves and clears."""
        folder = Path(tempfile.mkdtemp(dir=gradio_folder()))
        file = folder / "debrief.html"
        file.write_text(export.exported(self.room, session, "html"), "utf-8")
        return str(file)

    def _buttons(self) -> tuple[gr.Button, ...]:
        return self.send, self.silent, self.end

    def _resources(self, country: str) -> str:
        return render.resources(safety.resources(country, Risk.UNKNOWN))


async def _onward(
    first: Awaitable[Event | None], rest: AsyncIterator[Event]
) -> AsyncIterator[Event]:
    """The event that was asked for already, then the others."""
    event = await first
    while event is not None:
        yield event
        event = await anext(rest, None)


def _country_choices() -> list[tuple[str, str]]:
    return [(safety.country_name(one), one) for one in safety.countries()]


# ------------------------------------------------------------------ the edge


def _told(page: Page, error: Exception) -> Update:
    """What the visitor sees of an error: plain words, the box usable again, no stack trace."""
    if not isinstance(error, IptError):
        log.error("an event failed: %s", type(error).__name__, exc_info=True)
    text = str(error) if isinstance(error, IptError) else UNEXPECTED
    back = {button: gr.update(visible=True, interactive=True) for button in page._buttons()}
    back[page.stop] = gr.update(visible=False)
    return {page.notice: render.notice(text), page.box: gr.update(interactive=True), **back}


def _edge(page: Page, handler: Callable[..., Update]) -> Callable[..., Update]:
    def handled(*values: Any) -> Update:
        try:
            return handler(*values)
        except Exception as error:  # the page's edge: nobody is shown a stack trace
            return _told(page, error)

    return handled


def _streaming_edge(
    page: Page, handler: Callable[..., AsyncIterator[Update]], box: gr.Textbox
) -> Callable[..., AsyncIterator[Update]]:
    """Like `_edge`; the handler's last value goes back into `box`, where it was typed."""

    async def handled(*values: Any) -> AsyncIterator[Update]:
        try:
            async for update in handler(*values):
                yield update
        except Exception as error:  # the page's edge: what was typed goes back into the box
            yield _told(page, error) | {box: gr.update(value=values[-1], interactive=True)}

    return handled


STYLE = Path(__file__).with_name("style.css")
SCRIPT = Path(__file__).with_name("page.js")
