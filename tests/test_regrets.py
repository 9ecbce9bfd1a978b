"""What people regret in their own notes on a talk, and what is offered for it."""

from __future__ import annotations

import pytest

from ipt_roleplay.debrief import from_transcript, words
from ipt_roleplay.debrief.placing import placed
from ipt_roleplay.debrief.regrets import kind_of, regrets
from ipt_roleplay.debrief.to_try import Open, ways
from ipt_roleplay.debrief.words import Given
from ipt_roleplay.domain import Said


@pytest.mark.parametrize(
    ("note", "regretted", "kind"),
    [
        ("It went well. I pushed him twice for a date, though.", "I pushed him twice", "pressed"),
        ("I went past the cake a bit too fast.", "a bit too fast", "hurried"),
        ("I asked about the key before she could sit down.", "before she could", "hurried"),
        ("I took it all back in the same breath.", "took it all back", "gave_up"),
        ("I gave her the late bus quickly, without thinking it over.", "gave her", "gave_up"),
        ("Then I went around and around, the bins, the bus.", "around and around", "hinted"),
        ("I pressed her again when she did not want to say.", "pressed her again", "pressed"),
        ("i had a dig about the cake and she went cold", "i had a dig about the cake", "stung"),
        ("I lectured her about sleep, and she laughed.", "I lectured her about sleep", "lectured"),
        ("I put two requests in one message.", "two requests in one message", "crowded"),
        ("Went all round the houses before I said it.", "all round the houses", "hinted"),
        ("She moaned and I said forget it like I always do", "forget it", "gave_up"),
        ("I cheered it up at once instead of asking.", "cheered it up", "soothed"),
        ("All excuses, I am afraid, one after another.", "All excuses", "excused"),
        ("I never asked him what he thinks about it.", "I never asked him", "left_out"),
        ("I guessed at his father, and he shut up.", "I guessed at his father", "guessed"),
        ("The boiler joke was a mistake, she hated it.", "was a mistake", "joked"),
        ("I told him he'd be alright, which was daft.", "I told him he'd be alright", "soothed"),
        ("I had a dig at the bins and I took it back.", "I had a dig at the bins", "stung"),
        ("I fished for a well done.", "I fished for a well done", "hinted"),
        ("I ordered her to sit like a teacher.", "I ordered her to sit", "lectured"),
        ("I probably asked for it once too often.", "once too often", "pressed"),
        ("I had a dig about her not ringing.", "a dig about her", "stung"),
        ("Bringing up the boiler was a mistake, I think.", "was a mistake", "whatever"),
    ],
)
def test_a_regret_is_found_and_its_kind_told(note: str, regretted: str, kind: str) -> None:
    found = regrets(note)
    assert any(regretted in one for one in found)
    assert kind in {kind_of(one) for one in found}


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
    assert kind_of(regrets(note)[0]) == "stung"


def test_there_is_something_to_try_for_every_kind_and_no_five_debriefs_repeat_it() -> None:
    for says in words.DIFFERENTLY.values():
        assert len({one.say for one in says if one.given is None}) >= 3
        assert len({one.say for one in says}) >= 5
        filled = [words.fill(one.say, "Ann", "they") for one in says]
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


@pytest.mark.parametrize(
    ("line_before", "message", "left_out"),
    [
        ("Hand me that rag.", "I want to say it before the bread is out.", Given.TOLD),
        ("Hand me that rag.", "I want to say it before the bread is out.", Given.ASKS),
        ("I lost my brother in May.", "Anyway, about the lease.", Given.ASKS),
        ("Hand me that rag.", "Can we do it now?", Given.TOLD),
    ],
)
def test_a_way_to_try_it_again_takes_nothing_for_granted_that_is_not_so(
    line_before: str, message: str, left_out: Given
) -> None:
    lines = [Said(speaker="other", text=line_before), Said(speaker="trainee", text=message)]
    talk = from_transcript(lines)
    offered = ways(talk, Open("noticed", {"note": "I rushed it", "number": "1"}, "hurried"))
    assert offered
    for one in words.DIFFERENTLY["hurried"]:
        if one.given is left_out:
            assert one.say not in offered


def test_where_the_line_is_not_known_only_ways_that_fit_any_line_are_offered() -> None:
    talk = from_transcript([Said(speaker="trainee", text="Can we do it now?")])
    near = Open("noticed_near", {"note": "I rushed it", "number": "1"}, "hurried")
    fit_any = {one.say for one in words.DIFFERENTLY["hurried"] if one.given is None}
    assert set(ways(talk, near)) == fit_any
