"""What people regret in their own notes on a talk, and what is offered for it."""

from __future__ import annotations

import pytest

from ipt_roleplay.debrief import from_transcript, words
from ipt_roleplay.debrief.placing import placed
from ipt_roleplay.debrief.regrets import regrets
from ipt_roleplay.domain import Said


@pytest.mark.parametrize(
    ("note", "regretted"),
    [
        ("It went well. I pushed him twice for a date, though.", "I pushed him twice"),
        ("I went past the cake a bit too fast.", "a bit too fast"),
        ("I asked about the key before she could sit down.", "before she could"),
        ("I took it all back in the same breath.", "took it all back"),
        ("I gave her the late bus quickly, without thinking it over.", "gave her"),
        ("Then I went around and around, the bins, the bus.", "around and around"),
        ("I pressed her again when she did not want to say.", "pressed her again"),
        ("i had a dig about the cake and she went cold", "i had a dig about the cake"),
        ("I lectured her about sleep, and she laughed.", "I lectured her about sleep"),
        ("I put two requests in one message.", "two requests in one message"),
        ("Went all round the houses before I said it.", "all round the houses"),
        ("She moaned and I said forget it like I always do", "forget it"),
        ("I cheered it up at once instead of asking.", "cheered it up"),
        ("All excuses, I am afraid, one after another.", "All excuses"),
        ("I never asked him what he thinks about it.", "I never asked him"),
        ("I guessed at his father, and he shut up.", "I guessed at his father"),
        ("The boiler joke was a mistake, she hated it.", "was a mistake"),
        ("I told him he'd be alright, which was daft.", "I told him he'd be alright"),
        ("I had a dig at the bins and I took it back.", "I had a dig at the bins"),
        ("I fished for a well done.", "I fished for a well done"),
        ("I ordered her to sit like a teacher.", "I ordered her to sit"),
        ("I probably asked for it once too often.", "once too often"),
        ("I had a dig about her not ringing.", "a dig about her"),
        ("Bringing up the boiler was a mistake, I think.", "was a mistake"),
    ],
)
def test_a_regret_is_found(note: str, regretted: str) -> None:
    assert any(regretted in one for one in regrets(note))


@pytest.mark.parametrize(
    "note",
    [
        "She listened in the end and I was glad that I came.",
        "I didn't lecture him once, which is new.",
        "I let her be angry instead of soothing her.",
        "Once I admitted that I was frightened she softened.",
        "I told her that I should have come sooner.",
        "Then I took it back and just asked his name.",
        "After this I said excuse me and asked again.",
        "I took it back when she went quiet.",
        "He kept going on about the radiator.",
        "I kept saying the same thing plainly until he heard it.",
        "Asking her what it meant to her was the best thing I did and I should have started there.",
        "",
    ],
)
def test_who_regrets_nothing_is_not_told_so(note: str) -> None:
    assert regrets(note) == []


def test_what_was_put_right_afterwards_is_left_out_of_a_regret() -> None:
    note = "It went well. I had a dig at the bins, which was low, and I took it back."
    assert regrets(note) == ["I had a dig at the bins"]


def test_there_is_enough_to_say_of_every_kind_of_exercise_for_five_debriefs() -> None:
    slots = {"note": "I rushed it", "number": "2", "then": "3", "goal": "the shed", "quote": "No."}
    for says in words.TO_TRY.values():
        assert len(set(says)) >= 5
        filled = [
            words.fill(one.replace("{maybe}", "it may have"), "Ann", "they", "her fear", **slots)
            for one in says
        ]
        assert not any("{" in one for one in filled)


SAID = (
    "I'd like us to clear out Dad's shed on Saturday.",
    "What did he use to do in there?",
    "You always leave everything to me, don't you.",
    "Sorry, that was unfair. What would you keep of his?",
    "The shed on Saturday, then. Shall we say ten?",
)


@pytest.mark.parametrize(
    ("note", "part", "number"),
    [
        ("I told her she leaves everything to me.", "I told her she leaves everything to me", 3),
        (
            "I began with the shed too soon. Later it went well.",
            "I began with the shed too soon",
            1,
        ),
        (
            "She told me a lot about him and the radio, and I laughed, which I hadn't in weeks, and"
            " neither had she. At the end I pushed the shed on her.",
            "At the end I pushed the shed on her",
            5,
        ),
    ],
)
def test_a_regret_is_placed_by_its_words_and_by_where_it_stands(
    note: str, part: str, number: int
) -> None:
    talk = from_transcript([Said(speaker="trainee", text=text) for text in SAID])
    nothing = dict.fromkeys(range(1, 6), 0.1)
    found, likely = placed(part, note, talk.judged, nothing)
    assert found == number
    assert 0 < likely < 1
