"""Reading by a language model: the same codes and values; off the form, the local reading."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from ipt_roleplay.domain import Move, Reading, Style, Usage
from ipt_roleplay.model import Model
from ipt_roleplay.reading import read
from ipt_roleplay.reading.by_model import read_by_model
from ipt_roleplay.rehearsal import Replied
from ipt_roleplay.testing.server import Served, serving
from tests.playing import begin, events, open_room

pytestmark = pytest.mark.usefixtures("connections")

CONTEXT = "Well? I've four minutes."
TEXT = "I'm worn out. You never ask how I am, and I'd like you to."


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with serving() as served:
        yield served


async def read_with(server: Served, answer: object) -> Reading:
    """The reading of TEXT by a model that answers with `answer`."""
    server.seen.answers[:] = [answer if isinstance(answer, str) else json.dumps(answer)]
    model = Model("scripted", server.address)
    reading, _ = await read_by_model(model, CONTEXT, TEXT, read(CONTEXT, TEXT))
    return reading


def coded(style: str, *moves: tuple[str, str], unclear: bool = False) -> dict[str, object]:
    named = [{"move": move, "words": words} for move, words in moves]
    return {"style": style, "moves": named, "unclear": unclear}


async def test_moves_are_underlined_where_their_words_stand(server: Served) -> None:
    answer = coded("assertive", ("request", "I'D LIKE you to"), ("feeling", "worn out"))
    found = await read_with(server, answer)
    assert found.style is Style.ASSERTIVE
    assert found.moves == (Move.FEELING, Move.REQUEST)
    assert [TEXT[cue.start : cue.end] for cue in found.cues] == ["worn out", "I'd like you to"]
    assert sum(found.style_probabilities.values()) == pytest.approx(1)
    assert not found.unclear


async def test_words_that_are_not_in_the_message_underline_nothing(server: Served) -> None:
    found = await read_with(server, coded("assertive", ("feeling", "I was furious")))
    assert found.moves == (Move.FEELING,)
    assert found.cues == ()


async def test_what_it_is_unsure_of_is_unclear(server: Served) -> None:
    found = await read_with(server, coded("passive", unclear=True))
    assert found.unclear
    assert max(found.style_probabilities.values()) <= 0.5


@pytest.mark.parametrize(
    "answer",
    [
        "Assertive, I would say.",
        {"style": "friendly", "moves": [], "unclear": False},
        {"style": "assertive", "moves": [{"move": "kindness", "words": "x"}], "unclear": False},
        {"style": "assertive"},
        {**coded("assertive"), "score": 5},
        "",
    ],
)
async def test_an_answer_off_the_form_leaves_the_local_reading(
    server: Served, answer: object
) -> None:
    assert await read_with(server, answer) == read(CONTEXT, TEXT)


@pytest.mark.parametrize("name", ["fault-401", "fault-500", "fault-web-page", "fault-cut"])
async def test_a_model_that_fails_leaves_the_local_reading(server: Served, name: str) -> None:
    local = read(CONTEXT, TEXT)
    found = await read_by_model(Model(name, server.address), CONTEXT, TEXT, local)
    assert found == (local, Usage())


async def test_the_model_reads_only_where_that_is_switched_on(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPT_MODEL", "demo")
    monkeypatch.setenv("OPENAI_BASE_URL", server.address)
    for switched_on in ("false", "true"):
        monkeypatch.setenv("IPT_MODEL_READS", switched_on)
        room = open_room()
        before = len(server.seen.bodies)
        found = await events(room, begin(room), TEXT)
        assert isinstance(found[-1], Replied)
        structured = [one for one in server.seen.bodies[before:] if "response_format" in one]
        assert len(structured) == (switched_on == "true")
        room.close()
