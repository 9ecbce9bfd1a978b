"""The page in a real browser, served by a process of its own: the whole way, and its edges."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ipt_roleplay.testing import server as model_server
from ipt_roleplay.testing.server import Served
from tests.playing import ACUTE, CHECK_IN, SCENARIO
from tests.talks import DADS_MIDDLING

ROOT = Path(__file__).parents[1]
WAIT = 40_000
"""Milliseconds that anything on the page may take."""

BREAKS_OFF = (
    "You're pathetic, you selfish cow.",
    "You never do anything, you lazy pig.",
    "Do it or you'll never see him again.",
    "You're a disgrace, you stupid cow.",
    "You make me sick, you selfish pig.",
)


@dataclass
class Server:
    """A served page: its process, its address, and the lines it printed at its start."""

    process: subprocess.Popen[str]
    address: str
    printed: list[str] = field(default_factory=list)


@contextmanager
def serving(data: Path, port: int, **settings: str) -> Iterator[Server]:
    """`serve` in a process of its own, from its first line on to the end of the test."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("IPT_")},
        "IPT_DATA_DIR": str(data),
        "IPT_COUNTRY": "gb",
        "IPT_EXIT_TO": f"http://localhost:{port}/healthz",
        "PYTHONPATH": str(ROOT),
        **settings,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "ipt_roleplay.cli", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    assert process.stdout is not None
    printed: list[str] = []
    try:
        for line in process.stdout:
            printed.append(line.strip())
            address = re.search(r"http://localhost:\d+", line)
            if address:
                yield Server(process, address.group(), printed)
                break
        else:
            pytest.fail("the page was never opened: " + "\n".join(printed))
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("data"), free_port()) as opened:
        yield opened


@dataclass
class Visitor:
    """Somebody with a browser of their own, and what went wrong in it."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def choose(self, scenario: str = SCENARIO) -> None:
        self.page.click(f"#choose-{scenario}")
        self.page.wait_for_selector("#begin", state="visible")

    def begin(self, scenario: str = SCENARIO) -> None:
        self.choose(scenario)
        self.page.click("#begin")
        self.page.wait_for_selector("#box textarea", state="visible")

    def reload(self) -> None:
        """Loads the page again. What the old one still waited for is cut off, and it says so."""
        before = len(self.faults)
        self.page.reload()
        cut_off = ("AbortError", "Connection errored out")
        self.faults[before:] = [one for one in self.faults[before:] if not one.startswith(cut_off)]

    def type(self, text: str) -> None:
        """Types a message and presses Enter, as soon as the box takes it."""
        box = self.page.locator("#box textarea")
        expect(box).to_be_enabled()
        box.fill(text)
        box.press("Enter")

    def say(self, text: str) -> None:
        """Says something and waits for the answer."""
        before = self.replies()
        self.type(text)
        expect(self.page.locator("#transcript .theirs")).to_have_count(before + 1)

    def replies(self) -> int:
        return self.page.locator("#transcript .theirs").count()

    def end(self) -> None:
        button = self.page.locator("#end:visible, #look-back:visible").first
        expect(button).to_be_enabled()
        button.click()
        self.page.wait_for_selector("#show-debrief", state="visible")

    def look_back(self) -> None:
        self.page.click("#show-debrief")
        self.page.wait_for_selector("#debrief-rest .ratings", state="visible")

    def scrolls_sideways(self) -> bool:
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return bool(self.page.evaluate(wide))


@contextmanager
def visiting(browser: Browser, server: Server, width: int = 1280) -> Iterator[Visitor]:
    """A visitor of their own; at the end nothing may have gone wrong or left this machine."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    visitor = Visitor(page)
    faults = visitor.faults

    def requested(url: str) -> None:
        if not url.startswith((server.address, "data:", "blob:")):
            faults.append(f"a request to {url}")

    page.on("request", lambda request: requested(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "dialog", lambda dialog: (faults.append(f"a dialog: {dialog.message}"), dialog.dismiss())
    )
    page.on(
        "console",
        lambda message: faults.append(message.text) if message.type == "error" else None,
    )
    page.goto(server.address)
    page.wait_for_selector(f"#choose-{SCENARIO}", state="visible")
    try:
        yield visitor
        assert faults == []
    finally:
        context.close()


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=WAIT)


# ---------------------------------------------------------------- the whole way


def test_a_rehearsal_goes_from_the_gallery_to_the_debrief_and_back(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.page
        page.screenshot(path=tmp_path / "1-gallery.png", full_page=True)
        visitor.choose()
        expect(page.locator("#screen-briefing")).to_contain_text("What you have come for")
        page.screenshot(path=tmp_path / "2-briefing.png", full_page=True)
        page.click("#begin")
        page.wait_for_selector("#box textarea", state="visible")
        assert visitor.replies() == 1

        for text in DADS_MIDDLING:
            visitor.say(text)
            expect(page.locator("#transcript .mine").last).to_contain_text(text)
        expect(page.locator("#box textarea")).to_have_value("")
        page.screenshot(path=tmp_path / "3-talk.png")

        talk = page.inner_text("#transcript")
        visitor.reload()
        page.wait_for_selector("#transcript .theirs")
        assert page.inner_text("#transcript") == talk

        before = visitor.replies()
        expect(page.locator("#silent")).to_be_enabled()
        page.click("#silent")
        expect(page.locator("#transcript .theirs")).to_have_count(before + 1)
        expect(page.locator("#transcript")).to_contain_text("You say nothing.")

        visitor.end()
        page.fill("#how textarea", "Harder than I thought & <i>odd</i>.")
        page.fill("#wanted textarea", "The Wednesdays.")
        page.screenshot(path=tmp_path / "4-landing.png")
        visitor.look_back()

        debrief = page.locator("#screen-debrief")
        expect(debrief).to_contain_text("Harder than I thought & <i>odd</i>.")
        quotes = [
            one.strip()
            for one in page.locator("#screen-debrief blockquote:not(.theirs) p").all_inner_texts()
        ]
        assert quotes
        assert all(any(quote in text for text in DADS_MIDDLING) for quote in quotes)
        assert page.locator("#debrief-rest .ratings tbody tr").count() == 6
        source = page.locator("#screen-debrief details.source:visible").first
        source.locator("summary").click()
        expect(source.locator("mark")).to_be_visible()
        page.screenshot(path=tmp_path / "5-debrief.png", full_page=True)

        page.click("#retry-0")
        page.wait_for_selector("#box textarea", state="visible")
        assert 1 <= visitor.replies() < before + 1
        again = visitor.replies()
        visitor.say("I'm worn out, and I'd like you to take the Wednesdays.")
        assert visitor.replies() == again + 1


def test_a_place_that_the_debrief_offers_can_be_tried_again(
    browser: Browser, server: Server
) -> None:
    dig = "You only ever come down for cake and balloons."
    with visiting(browser, server) as visitor:
        page = visitor.page
        visitor.begin()
        for text in ("I'd like to talk about Dad's Wednesdays.", dig, "I'm on my knees with it."):
            visitor.say(text)
        visitor.end()
        page.fill("#how textarea", "Hard. I had a dig at her about cake, but she stayed.")
        visitor.look_back()
        place = page.locator(".place:visible", has_text=dig)
        expect(place).to_contain_text("I had a dig at her about cake")
        place.get_by_role("button", name="Try again from here").click()
        page.wait_for_selector("#box textarea", state="visible")
        expect(page.locator("#screen-talk")).not_to_contain_text(dig)


def test_a_debrief_is_still_there_after_a_reload_until_it_is_deleted(
    browser: Browser, server: Server
) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.page
        visitor.begin()
        visitor.say("I'm worn out, Donna. I've done every clinic since January.")
        visitor.end()
        visitor.reload()
        page.wait_for_selector("#show-debrief", state="visible")
        visitor.look_back()
        shown = page.inner_text("#screen-debrief")
        visitor.reload()
        page.wait_for_selector("#debrief-rest .ratings", state="visible")
        assert page.inner_text("#screen-debrief") == shown

        page.click("#delete")
        page.wait_for_selector(f"#choose-{SCENARIO}", state="visible")
        visitor.reload()
        page.wait_for_selector(f"#choose-{SCENARIO}", state="visible")
        expect(page.locator("#screen-debrief")).to_be_hidden()


@pytest.mark.parametrize("how", ["by its button", "by pressing Shift three times"])
def test_one_can_leave_at_once_and_nothing_shows_where_one_was(
    browser: Browser, server: Server, how: str
) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.page
        assert page.title() == "Notes"
        visitor.begin()
        visitor.say("I'm worn out, Donna.")
        assert page.title() == "Notes"
        if how == "by its button":
            page.click("#quick-exit")
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
        page.wait_for_url("**/healthz")
        page.go_back()
        assert "Donna" not in page.content()
        page.goto(server.address)
        page.wait_for_selector(f"#choose-{SCENARIO}", state="visible")


def test_on_a_narrow_screen_nothing_scrolls_sideways(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    with visiting(browser, server, width=390) as visitor:
        page = visitor.page
        long_word = "Wednesdays" * 30

        def looked_at(name: str) -> None:
            page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
            assert not visitor.scrolls_sideways(), name

        looked_at("1-gallery")
        visitor.choose()
        looked_at("2-briefing")
        page.click("#begin")
        page.wait_for_selector("#box textarea", state="visible")
        visitor.say(DADS_MIDDLING[0])
        visitor.say(long_word)
        looked_at("3-talk")
        visitor.end()
        looked_at("4-landing")
        visitor.look_back()
        looked_at("5-debrief")
        page.click("#get-help button")
        looked_at("6-help")


def test_a_talk_that_the_other_ends_leads_on_to_looking_back(
    browser: Browser, server: Server
) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.page
        visitor.begin()
        for text in BREAKS_OFF:
            visitor.say(text)
            if page.locator("#transcript").get_by_text("The scene has ended.").count():
                break
        page.wait_for_selector("#look-back", state="visible")
        expect(page.locator("#composer")).to_be_hidden()
        visitor.end()
        visitor.look_back()


# ---------------------------------------------------------------- beside the rehearsals


def test_ones_own_view_stands_beside_the_programs_and_a_meaning_is_taken_at_ones_word(
    browser: Browser, server: Server
) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.page
        visitor.begin()
        for text in ("You're so selfish, Donna. You never lift a finger.", *DADS_MIDDLING[:2]):
            visitor.say(text)
        visitor.end()
        page.locator("#feels label").nth(4).click()
        page.click("#rate-yourself button")
        page.locator("#own-listens label").nth(2).click()
        visitor.look_back()
        expect(page.locator("#debrief-rest .ratings thead")).to_contain_text("You")
        page.click("#meant-0")
        expect(page.locator("#debrief-rest .otherwise")).to_contain_text("you meant it otherwise")
        with page.expect_download() as kept:
            page.click("#keep")
        assert "selfish" in Path(kept.value.path()).read_text("utf-8")


def test_a_talk_from_elsewhere_is_looked_back_on(browser: Browser, server: Server) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.page
        page.click("#elsewhere button")
        page.fill("#pasted textarea", "You were late.")
        page.click("#look-elsewhere")
        expect(page.locator("#elsewhere-debrief")).to_contain_text("say who speaks")
        page.fill(
            "#pasted textarea",
            "Them: You were late again.\nMe: I was, and I'm sorry. I felt awful.\n"
            "Them: It's every week.\nMe: What would help you on Fridays? <b>Really</b>.",
        )
        page.click("#look-elsewhere")
        expect(page.locator("#elsewhere-debrief .ratings tr")).to_have_count(6)
        page.fill("#pasted textarea", f"Them: Well?\nMe: {ACUTE}")
        page.click("#look-elsewhere")
        expect(page.locator("#elsewhere-debrief .help-card")).to_be_visible()


def test_a_source_is_added_and_removed(browser: Browser, server: Server, tmp_path: Path) -> None:
    notes = tmp_path / "notes <b>.txt"
    notes.write_text(
        "When a talk is closed off in silence, say so and name a time to go on.", "utf-8"
    )
    with visiting(browser, server) as visitor:
        page = visitor.page
        page.click("#own-sources button")
        page.set_input_files("#source-files input[type=file]", notes)
        expect(page.locator("#source-told")).to_contain_text("1 passages")
        expect(page.locator(".own-sources")).to_contain_text("17 words")
        page.click("#source-chosen input")
        page.get_by_role("option").first.click()
        page.click("#source-remove")
        expect(page.locator("#source-told")).to_contain_text("every word of it")


# ---------------------------------------------------------------- words of every kind


def test_typed_markup_is_shown_as_text(browser: Browser, server: Server) -> None:
    markup = '<img src=x onerror="alert(1)"><script>alert(2)</script><b>bold</b> & "so on"'
    with visiting(browser, server) as visitor:
        page = visitor.page
        visitor.begin()
        visitor.say(markup)
        expect(page.locator("#transcript .mine p")).to_have_text(markup)
        assert page.locator("#transcript").locator("img, script, b").count() == 0
        visitor.reload()
        expect(page.locator("#transcript .mine p")).to_have_text(markup)


def test_a_message_that_cannot_be_taken_stays_in_the_box_and_says_why(
    browser: Browser, server: Server
) -> None:
    with visiting(browser, server) as visitor:
        box, notice = visitor.page.locator("#box textarea"), visitor.page.locator("#notice")
        visitor.begin()
        visitor.type("   ")
        expect(notice).to_contain_text("nothing to send")
        visitor.type("a" * 4100)
        expect(notice).to_contain_text("too long")
        expect(box).to_have_value("a" * 4100)
        assert visitor.replies() == 1
        visitor.say("I'm worn out, Donna.")
        expect(notice).to_be_empty()


def test_shift_and_enter_make_a_new_line(browser: Browser, server: Server) -> None:
    with visiting(browser, server) as visitor:
        visitor.begin()
        box = visitor.page.locator("#box textarea")
        box.fill("I'm worn out.")
        box.press("Shift+Enter")
        box.press_sequentially("Properly.")
        expect(box).to_have_value("I'm worn out.\nProperly.")
        assert visitor.replies() == 1


def test_pressing_enter_again_and_again_sends_once(browser: Browser, server: Server) -> None:
    with visiting(browser, server) as visitor:
        visitor.begin()
        box = visitor.page.locator("#box textarea")
        box.fill("I'm worn out, Donna.")
        for _ in range(4):
            box.dispatch_event("keydown", {"key": "Enter", "bubbles": True})
        expect(visitor.page.locator("#transcript .theirs")).to_have_count(2)
        visitor.say("Could you take the Wednesdays?")
        expect(visitor.page.locator("#transcript .mine")).to_have_count(2)


# ---------------------------------------------------------------- risk


def test_an_acute_message_shows_help_and_hides_the_composer(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.page
        visitor.begin()
        visitor.type(ACUTE)
        page.wait_for_selector("#card .help-card", state="visible")
        expect(page.locator("#card")).to_contain_text("116 123")
        expect(page.locator("#composer")).to_be_hidden()
        assert visitor.replies() == 1
        expect(page.locator("#transcript")).not_to_contain_text("pills")
        page.screenshot(path=tmp_path / "card.png", full_page=True)

        visitor.reload()
        page.wait_for_selector("#card .help-card", state="visible")
        expect(page.locator("#composer")).to_be_hidden()

        page.click("#resume")
        page.wait_for_selector("#composer", state="visible")
        expect(page.locator("#card .help-card")).to_be_hidden()
        expect(page.locator("#get-help .resources")).to_be_visible()
        visitor.say("I'm worn out, Donna.")


def test_a_check_in_is_answered_beside_the_talk_and_not_to_the_other_person(
    browser: Browser, server: Server
) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.page
        visitor.begin()
        expect(page.locator("#answers")).to_be_hidden()
        visitor.say(CHECK_IN)
        page.wait_for_selector("#answers", state="visible")
        page.click("#only-scene")
        expect(page.locator("#answers")).to_be_hidden()
        expect(page.locator("#box textarea")).to_be_enabled()

        visitor.reload()
        page.click("#more-than-scene")
        page.wait_for_selector("#card .help-card", state="visible")
        expect(page.locator("#composer")).to_be_hidden()
        page.click("#resume")
        page.wait_for_selector("#composer", state="visible")
        expect(page.locator("#answers")).to_be_hidden()


def test_danger_in_the_own_view_shows_help_and_the_debrief_stays_within_reach(
    browser: Browser, server: Server
) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.page
        visitor.begin()
        visitor.say("I'm worn out, Donna.")
        visitor.end()
        page.fill("#how textarea", ACUTE)
        page.click("#show-debrief")
        page.wait_for_selector("#screen-landing .help-card", state="visible")
        expect(page.locator("#how textarea")).to_have_value(ACUTE)
        visitor.look_back()


def test_help_can_be_opened_anywhere_and_is_that_of_the_country(
    browser: Browser, server: Server
) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.page
        page.click("#get-help button")
        expect(page.locator("#get-help .resources")).to_contain_text("116 123")
        visitor.begin()
        expect(page.locator("#get-help")).to_be_visible()


# ---------------------------------------------------------------- whose talk it is


def test_two_visitors_do_not_see_each_others_talk(browser: Browser, server: Server) -> None:
    with visiting(browser, server) as one, visiting(browser, server) as other:
        one.begin()
        other.begin("telling_mum")
        one.say("Marmalade for Donna.")
        other.say("Rhubarb for Mum.")
        for visitor, own, foreign in (
            (one, "Marmalade", "Rhubarb"),
            (other, "Rhubarb", "Marmalade"),
        ):
            visitor.reload()
            visitor.page.wait_for_selector("#transcript .mine")
            talk = visitor.page.locator("#transcript")
            expect(talk).to_contain_text(own)
            expect(talk).not_to_contain_text(foreign)


# ---------------------------------------------------------------- the server


@pytest.mark.parametrize("path", ["/", "/healthz", "/theme.css", "/no/such/page"])
def test_every_answer_carries_the_security_headers(server: Server, path: str) -> None:
    request = urllib.request.Request(
        server.address + path, headers={"Origin": "https://evil.example"}
    )
    opener = urllib.request.build_opener(KeepErrors())
    with opener.open(request, timeout=20) as answer:
        headers = answer.headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["access-control-allow-origin"] is None


class KeepErrors(urllib.request.HTTPErrorProcessor):
    """Hands back an answer whatever its status."""

    def http_response(self, request: object, response: object) -> object:  # type: ignore[override]
        return response


@pytest.mark.parametrize("path", ["rehearsals.db", "../data/rehearsals.db"])
def test_the_data_folder_is_not_served(server: Server, path: str) -> None:
    opener = urllib.request.build_opener(KeepErrors())
    for way in ("/file=", "/gradio_api/file=", "/static/"):
        with opener.open(server.address + way + path, timeout=20) as answer:
            assert answer.status >= 400


def test_a_second_serve_takes_the_next_port_and_says_so(server: Server, tmp_path: Path) -> None:
    port = int(server.address.rpartition(":")[2])
    with serving(tmp_path / "data", port) as second:
        taken = int(second.address.rpartition(":")[2])
        assert taken > port
        assert any(str(port) in line and str(taken) in line for line in second.printed)
        with urllib.request.urlopen(second.address + "/healthz", timeout=20) as answer:
            assert answer.status == 200


def test_a_talk_survives_the_death_of_the_server(browser: Browser, tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    with serving(data, port) as first, visiting(browser, first) as visitor:
        page = visitor.page
        visitor.begin()
        visitor.say("I'm worn out, Donna.")
        talk = page.inner_text("#transcript")
        first.process.kill()
        first.process.wait(20)
        with serving(data, port) as second:
            assert second.address == first.address
            visitor.reload()
            page.wait_for_selector("#transcript .mine")
            assert page.inner_text("#transcript") == talk
            visitor.say("Could you take the Wednesdays?")
        visitor.faults.clear()  # the page noticed, and said so, that its server was gone


# ---------------------------------------------------------------- with a language model


def expect_soon(holds: Callable[[], bool]) -> None:
    """For what the page does in the background."""
    end = time.monotonic() + WAIT / 1000
    while not holds():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.1)


@contextmanager
def with_model(name: str, data: Path) -> Iterator[tuple[Server, Served]]:
    """The page with the scripted model `name`."""
    with model_server.serving() as model:
        settings = {"IPT_MODEL": name, "OPENAI_BASE_URL": model.address}
        with serving(data, free_port(), **settings) as page:
            yield page, model


def test_the_page_says_before_the_first_message_that_a_model_is_used_and_whose(
    browser: Browser, tmp_path: Path
) -> None:
    with with_model("demo", tmp_path) as (server, model), visiting(browser, server) as visitor:
        page = visitor.page
        host = model.address.split("/")[2]
        expect(page.locator(".welcome")).to_contain_text(host)
        visitor.choose()
        expect(page.locator("#partner")).to_contain_text(host)
        page.click("#begin")
        page.wait_for_selector("#box textarea", state="visible")
        expect(page.locator(".talk-head")).to_contain_text("demo")
        assert model.seen.bodies == []
        visitor.say("Could you take the Wednesdays?")
        expect(page.locator(".talk-head")).to_contain_text("tokens sent")
        visitor.end()
        visitor.look_back()
        expect_soon(lambda: any("response_format" in body for body in model.seen.bodies))


def test_the_built_in_partner_can_be_chosen_instead_and_nothing_is_sent(
    browser: Browser, tmp_path: Path
) -> None:
    with with_model("demo", tmp_path) as (server, model), visiting(browser, server) as visitor:
        visitor.choose()
        visitor.page.get_by_text("The built-in partner").click()
        visitor.page.click("#begin")
        visitor.page.wait_for_selector("#box textarea", state="visible")
        visitor.say("Could you take the Wednesdays?")
        expect(visitor.page.locator(".talk-head")).not_to_contain_text("demo")
        visitor.end()
        visitor.look_back()
        assert model.seen.bodies == []


def test_a_fault_is_told_the_message_stays_and_the_built_in_partner_takes_the_turn(
    browser: Browser, tmp_path: Path
) -> None:
    with with_model("fault-429-wait", tmp_path) as (server, _), visiting(browser, server) as one:
        page = one.page
        one.begin()
        one.type("Could you take the Wednesdays?")
        expect(page.locator("#notice")).to_contain_text("asks for 7 s")
        expect(page.locator("#box textarea")).to_have_value("Could you take the Wednesdays?")
        page.click("#built-in")
        expect(page.locator("#transcript .theirs")).to_have_count(2)
        expect(page.locator("#box textarea")).to_have_value("")
        expect(page.locator("#built-in")).to_be_hidden()


def test_a_reply_shows_as_it_comes_and_can_be_stopped(browser: Browser, tmp_path: Path) -> None:
    with with_model("pauses", tmp_path) as (server, _), visiting(browser, server) as visitor:
        page = visitor.page
        visitor.begin()
        visitor.type("Could you take the Wednesdays?")
        expect(page.locator("#transcript .theirs").last).to_contain_text("Well.")
        expect(page.locator("#send")).to_be_hidden()
        page.click("#stop")
        expect(page.locator("#transcript")).to_contain_text("The reply broke off here.")
        expect(page.locator("#send")).to_be_visible()
        expect(page.locator("#transcript .theirs").last).not_to_contain_text("never said")
