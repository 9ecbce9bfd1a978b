"""A rehearsal as a file: everything that was said, no secret unasked, no markup from anybody."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from ipt_roleplay import export
from ipt_roleplay.domain import OwnView
from ipt_roleplay.rehearsal import Room
from ipt_roleplay.settings import Settings
from tests.playing import SCENARIO
from tests.talks import DADS_MIDDLING

NASTY = "<script>alert(1)</script> [x](http://evil.example) *bold* # head"


@pytest.fixture
def landed(tmp_path: Path) -> Iterator[tuple[Room, str]]:
    """A room and a session in it that was played, ended and debriefed."""
    room = Room(Settings(data_dir=tmp_path))
    session = room.start(SCENARIO, seed=1)
    asyncio.run(say_all(room, session))
    room.land(session)
    room.tell_own_view(session, OwnView(how_it_was="Shaky.", what_i_wanted=NASTY))
    room.debrief(session)
    yield room, session
    room.close()


async def say_all(room: Room, session: str) -> None:
    for number, text in enumerate((*DADS_MIDDLING[:4], NASTY)):
        async for _ in room.say(session, text, str(number)):
            pass


def test_json_has_every_word_and_the_debrief(landed: tuple[Room, str]) -> None:
    room, session = landed
    kept = json.loads(export.exported(room, session, "json"))
    assert [turn["said"] for turn in kept["turns"]] == [*DADS_MIDDLING[:4], NASTY]
    assert kept["debrief"]["ratings"]
    assert "secrets" not in kept
    assert "state" not in kept["turns"][0]


@pytest.mark.parametrize("form", export.FORMS)
def test_secrets_stand_in_it_only_where_they_are_asked_for(
    form: str, landed: tuple[Room, str]
) -> None:
    room, session = landed
    plain, whole = (
        export.exported(room, session, form, secrets=asked).replace("\\", "")
        for asked in (False, True)
    )
    for secret in room.scenarios[SCENARIO].secrets:
        words = secret.text[:30]
        assert words not in unescape(plain)
        assert words in unescape(whole)


def test_html_is_one_file_in_which_no_text_is_markup(landed: tuple[Room, str]) -> None:
    room, session = landed
    page = export.exported(room, session, "html")
    assert "<script" not in page
    assert NASTY in unescape(page)
    assert "default-src 'none'" in page
    assert "src=" not in page.replace("default-src", "")


def test_markdown_has_no_live_link_or_tag(landed: tuple[Room, str]) -> None:
    room, session = landed
    text = export.exported(room, session, "md")
    assert "](http" not in text.replace("\\]", "")
    assert "<script>" not in text
    assert text.startswith("# ")


def test_a_talk_that_is_still_open_goes_out_without_a_debrief(tmp_path: Path) -> None:
    room = Room(Settings(data_dir=tmp_path))
    session = room.start(SCENARIO, seed=1)
    assert json.loads(export.exported(room, session, "json"))["debrief"] is None
    assert "The talk" in export.exported(room, session, "md")
    room.close()
