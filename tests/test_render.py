"""What a person, a persona or a file says is shown as text, whatever it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipt_roleplay import safety
from ipt_roleplay.domain import Debrief, OwnView, Passage, Place, Risk, Screening, Skill, Tier
from ipt_roleplay.rehearsal import Partner, Room, View
from ipt_roleplay.ui import render
from tests.playing import begin, findings, open_room, say_all

TAGS = frozenset(
    "dl dt dd article section header p h1 h2 h3 h4 ul li span strong em br a div blockquote footer "
    "details summary mark figure figcaption svg line polyline circle table thead tbody tr th td "
    "i".split()
)
ATTRIBUTES = frozenset(
    "class role href rel scope viewbox aria-label aria-live x1 y1 x2 y2 cx cy r points".split()
)
EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</p></div></article><h1>",
    "' onmouseover='alert(1)",
    "&lt;script&gt;",
    "&#60;b&#62;",
    "<!-- ",
    "<![CDATA[",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
)
TEXTS = st.lists(st.sampled_from(EVIL) | st.text(max_size=12), min_size=1, max_size=5).map("".join)


class Page(HTMLParser):
    """Gathers the tags, attributes and text of markup."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.other: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attributes]
        if tag not in ("br", "line", "polyline", "circle"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attributes]

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)


def assert_harmless(markup: str, *texts: str) -> Page:
    """The markup is our own alone, closes what it opens, and shows the texts as they are."""
    page = Page(markup)
    assert set(page.tags) <= TAGS
    assert {name for name, _ in page.attributes} <= ATTRIBUTES
    assert page.other == []
    assert page.open == []
    assert all(
        value.startswith(("https://", "http://", "tel:"))
        for name, value in page.attributes
        if name == "href"
    )
    for text in texts:
        for part in text.splitlines():
            assert part.strip() in page.text
    return page


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPT_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        opened = open_room()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def seen(room: Room) -> tuple[View, Debrief]:
    """A talk of two turns that has been looked back on."""
    session = begin(room)
    said = ("I'm worn out, Donna. Could you take the Wednesdays?", "You're a selfish cow.")
    asyncio.run(say_all(room, session, said))
    room.land(session)
    made = room.debrief(session)
    return room.view(session), made


def with_text(view: View, text: str) -> View:
    """The view, with the text as message, reply, beat, check-in and name."""
    turns = tuple(
        turn.model_copy(
            update={
                "said": text,
                "reply": turn.reply.model_copy(update={"text": text, "beat": text}),
            }
        )
        for turn in view.turns
    )
    scenario = view.session.scenario
    briefing = scenario.briefing.model_copy(
        update=dict.fromkeys(type(scenario.briefing).model_fields, text)
    )
    changed = scenario.model_copy(
        update={
            "title": text,
            "summary": text,
            "content_notes": (text, text),
            "briefing": briefing,
            "goals": tuple(one.model_copy(update={"text": text}) for one in scenario.goals),
            "persona": scenario.persona.model_copy(update={"name": text, "relation": text}),
            "opening": scenario.opening.model_copy(update={"say": text, "beat": text}),
        }
    )
    session = view.session.__class__(**{**vars(view.session), "scenario": changed})
    return View(**{**vars(view), "turns": turns, "session": session, "check_ins": {1: text}})


@settings(max_examples=40, deadline=None)
@given(text=TEXTS)
@example(text="".join(EVIL))
def test_any_text_of_a_talk_is_shown_as_text(seen: tuple[View, Debrief], text: str) -> None:
    view = with_text(seen[0], text)
    assert_harmless(render.transcript(view, waiting=text), text)
    assert_harmless(render.announcement(view))
    assert_harmless(render.notice(text))


@settings(max_examples=25, deadline=None)
@given(text=TEXTS)
@example(text="".join(EVIL))
def test_any_text_of_a_scenario_is_shown_as_text(seen: tuple[View, Debrief], text: str) -> None:
    view = with_text(seen[0], text)
    for show in (render.scenario_card, render.briefing, render.notes):
        assert_harmless(show(view.session.scenario), text)
    assert_harmless(render.talk_head(view, Partner(text, text)), text)
    assert_harmless(render.welcome(Partner(text, text)), text)


@settings(max_examples=40, deadline=None)
@given(text=TEXTS)
@example(text="".join(EVIL))
def test_any_text_of_a_debrief_is_shown_as_text(seen: tuple[View, Debrief], text: str) -> None:
    view, made = with_text(seen[0], text), seen[1]
    changed = {
        "quote": text,
        "reply_quote": text,
        "title": text,
        "text": text,
        "another_way": text,
        "asked_quote": text,
        "wanted": text,
        "heard": text,
        "failure": text,
    }
    passages = tuple(evil_passage(one, text) for one in made.passages)
    evil = made.model_copy(
        update={
            "own_view": OwnView(how_it_was=text, what_i_wanted=text),
            "outcome_meaning": text,
            "why": (text,),
            "expectations": (text,),
            "worked": tuple(one.model_copy(update=changed) for one in made.worked),
            "practise": made.practise.model_copy(update=changed) if made.practise else None,
            "moments": tuple(one.model_copy(update=changed) for one in made.moments),
            "passages": passages,
        }
    )
    assert findings(evil)
    assert_harmless(render.debrief_head(evil, view), text)
    assert_harmless(render.debrief_why(evil, view), text)
    to_try = evil.model_copy(update={"practise": None, "to_try": text})
    assert_harmless(render.debrief_why(to_try, view), text)
    back = Place(turn=1, quote=text, start=0, end=1, after=text, note=text)
    assert_harmless(render.place(back, text), text)
    suits = view.session.scenario
    suited = evil.model_copy(update={"trains": Skill.LISTENS, "practise_in": suits.id})
    assert_harmless(render.debrief_rest(suited, {suits.id: suits}), text)
    for one in evil.moments:
        assert_harmless(render.finding(one, evil.passages, text, text), text)
    assert_harmless(render.landing(view))


def test_where_nothing_else_helped_the_turn_is_pointed_to_and_not_denied(
    seen: tuple[View, Debrief],
) -> None:
    view, made = seen
    turn = findings(made)[0].model_copy(update={"kind": "turned"})
    nothing = made.model_copy(update={"worked": (), "moments": ()})
    assert "didn’t find one" in render.debrief_head(nothing, view)
    turned = nothing.model_copy(update={"moments": (turn,)})
    assert "didn’t find one" not in render.debrief_head(turned, view)
    assert "among the moments below" in render.debrief_head(turned, view)


def evil_passage(passage: Passage, text: str) -> Passage:
    longer = text + passage.text  # citations keep pointing into it
    return passage.model_copy(update={"title": text, "text": longer, "references": (text,)})


def test_a_part_of_the_debrief_without_a_line_has_no_heading(seen: tuple[View, Debrief]) -> None:
    view, made = seen
    told = made.model_copy(update={"expectations": ("You took it for granted.",)})
    assert "What each of you expected" in render.debrief_why(told, view)
    untold = made.model_copy(update={"expectations": ("",), "why": ()})
    shown = render.debrief_why(untold, view)
    assert "each of you expected" not in shown
    assert "Why it went" not in shown


def test_a_message_of_several_lines_keeps_them(seen: tuple[View, Debrief]) -> None:
    page = assert_harmless(render.transcript(with_text(seen[0], "One.\n\n<b>Two.</b>\nThree.")))
    for part in ("One.", "<b>Two.</b>", "Three."):
        assert part in page.text


@pytest.mark.parametrize("risk", Risk)
@pytest.mark.parametrize("country", safety.countries())
def test_every_help_card_is_well_formed_and_leads_to_web_pages_only(
    country: str, risk: Risk
) -> None:
    card = safety.card(Screening(tier=Tier.ACUTE, concern=risk), country)
    page = assert_harmless(render.card(card), card.title, card.question)
    assert all(one.contact in page.text for one in card.resources)


def test_a_citation_marks_exactly_the_words_cited(seen: tuple[View, Debrief]) -> None:
    _, made = seen
    one = next(one for one in findings(made) if one.citations)
    citation = one.citations[0]
    text = next(passage.text for passage in made.passages if passage.id == citation.passage_id)
    markup = render.finding(one, made.passages, "Donna")
    marked = Page(markup.partition("<mark>")[2].partition("</mark>")[0]).text
    assert marked == text[citation.start : citation.end]


def test_nothing_of_what_the_persona_hides_is_in_what_the_trainee_reads_before() -> None:
    room = open_room()
    room.close()
    for scenario in room.scenarios.values():
        shown = [render.scenario_card(scenario), render.briefing(scenario), render.notes(scenario)]
        text = "".join(Page(markup).text for markup in shown)
        hidden = [*scenario.secrets, *scenario.concerns, *scenario.concessions]
        assert not any(one.text in text for one in hidden)
