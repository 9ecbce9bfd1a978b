"""The reader: clear cases, and what holds for any text."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipt_roleplay import encoder
from ipt_roleplay.domain import Move, Reading, Style
from ipt_roleplay.embedding import DIMENSIONS, embed
from ipt_roleplay.reading import read
from ipt_roleplay.words import plain

STYLES = [
    ("You're late.", "I felt hurt by that. Could you text me next time?", "assertive"),
    ("Lend me fifty.", "I can't lend you the money this month, I'm sorry.", "assertive"),
    ("I'm exhausted.", "That must be so hard. What would help tonight?", "assertive"),
    ("You shouted.", "I'm sorry I shouted at you yesterday. That was unfair of me.", "assertive"),
    ("What now?", "You always do this. You're so selfish.", "aggressive"),
    ("I'm going out.", "Shut up and sit down. You're pathetic.", "aggressive"),
    ("Make me.", "If you walk out that door, I'm changing the locks.", "aggressive"),
    ("Shall I cancel?", "It's fine, it doesn't matter what I want.", "passive"),
    ("Is it all right?", "Sorry, sorry, it's all my fault, whatever you think is best.", "passive"),
    ("I went out with Sam.", "Must be nice to have time for friends.", "passive_aggressive"),
    ("I forgot it.", "Wow, thanks a lot. Nice to know I can rely on you.", "passive_aggressive"),
    ("When's your train?", "Half past six, platform four.", "neutral"),
    ("Hello!", "Hello, how was the journey?", "neutral"),
]  # fmt: skip

MOVES = [
    ("feeling", "", "I was really scared when you didn't answer."),
    ("need", "", "I want us to have one evening a week together, it matters to me."),
    ("observation", "", "On Friday you came home at eleven and you didn't say a word to me."),
    ("request", "", "Could you please wash the pans before you go to bed?"),
    ("limit", "Stay a bit.", "No. I won't lend you any more money, and I can't stay tonight."),
    ("disclosure", "", "I've lost my job and haven't told anyone.."),
    ("validation", "It's been hell.", "That must have been lonely, I can see why you were angry."),
    ("reflection", "You just decided.", "So you felt left out of the decision?"),
    ("open_question", "", "What was that like for you?"),
    ("ownership", "You lied.", "I'm sorry I lied to you about the money, that was wrong of me."),
    ("compromise", "", "How about you take Saturdays and I'll do the Sundays instead?"),
    ("appreciation", "", "Thank you for coming with me, I really appreciate it."),
    ("blame", "", "This is your fault. You're selfish."),
    ("generalisation", "", "You never listen, every single time."),
    ("contempt", "", "You're a pathetic idiot."),
    ("threat", "", "Give it back or I'm telling your boss what you did."),
    ("order", "", "Sit down and do as you're told. Now."),
    ("mind_reading", "", "You just want to control me, you enjoy it."),
    ("dismissal", "I'm so upset.", "Oh, don't be so dramatic. You're overreacting."),
    ("withdrawal", "Talk to me.", "Whatever. Forget it, I'm going to bed."),
    ("self_silencing", "", "No, it's fine, don't worry about me, it doesn't matter."),
    ("hint", "I'm off out.", "Must be nice to have time for your friends."),
]  # fmt: skip

NOT_MOVES = [
    ("feeling", "", "I feel that you never loved her."),
    ("appreciation", "I broke it.", "Oh, thanks a lot. Well done, genius."),
    ("open_question", "", "Why do you always have to ruin everything?"),
    ("threat", "Again?", "No, I can't lend you money this month."),
    ("self_silencing", "Which day?", "Whenever suits you two. See you there!"),
    ("withdrawal", "Come on.", "I need ten minutes to calm down, and then I'll come back to it."),
    ("order", "", "Could you please turn the music down after ten?"),
    ("order", "How do I get there?", "Take the second left and mind the step."),
]  # fmt: skip

NOTHING_TO_READ = [
    "",
    "   ",
    "👍",
    "…",
    "!!!",
    "12:30",
    "\ud800",
    "你好，我很难过",
    "Я тебя не слышу",
    "😡" * 4000,
]

TEXTS = st.one_of(
    st.text(st.characters(), max_size=300),
    st.lists(
        st.sampled_from(
            "you never I'm sorry but please stop I feel hurt … ! ? \n 👍 U dont İ ﬁne é ’ 's".split(
                " "
            )
        ),
        max_size=60,
    ).map(" ".join),
)


@pytest.mark.parametrize(("context", "text", "style"), STYLES)
def test_clear_styles(context: str, text: str, style: str) -> None:
    reading = read(context, text)
    assert (reading.style, reading.unclear) == (Style(style), False)


@pytest.mark.parametrize(("move", "context", "text"), MOVES)
def test_clear_moves(move: str, context: str, text: str) -> None:
    assert Move(move) in read(context, text).moves


@pytest.mark.parametrize(("move", "context", "text"), NOT_MOVES)
def test_look_alikes(move: str, context: str, text: str) -> None:
    assert Move(move) not in read(context, text).moves


@pytest.mark.parametrize("text", NOTHING_TO_READ)
def test_nothing_to_read_is_neutral_and_unclear(text: str) -> None:
    reading = read("You never listen.", text)
    assert (reading.style, reading.moves, reading.unclear) == (Style.NEUTRAL, (), True)


@pytest.mark.parametrize(
    ("text", "move", "words"),
    [
        ("Ok. I FELT  HURT when you left.", "feeling", "I FELT  HURT"),
        ("I’m late, and you never listen.", "generalisation", "you never listen"),
        ("🙂 Could u help me with this?", "request", "Could u help me with this"),
        ("Sit there. You're pathetic, mate.", "contempt", "You're pathetic"),
    ],
)
def test_cues_are_cut_from_the_original(text: str, move: str, words: str) -> None:
    assert words in [text[c.start : c.end] for c in read("", text).cues if c.move == move]


@settings(max_examples=150, deadline=None)
@given(context=TEXTS, text=TEXTS)
def test_any_text_gives_a_sound_reading(context: str, text: str) -> None:
    reading = read(context, text)
    assert set(reading.style_probabilities) == set(Style)
    assert set(reading.move_probabilities) == set(Move)
    assert sum(reading.style_probabilities.values()) == pytest.approx(1, abs=1e-5)
    assert all(0 <= p <= 1 for p in reading.style_probabilities.values())
    assert all(0 <= p <= 1 for p in reading.move_probabilities.values())
    assert_cues_fit(reading, text)
    assert reading == read(context, text)


def assert_cues_fit(reading: Reading, text: str) -> None:
    """Each move has a cue, each cue lies in the text and is not empty."""
    assert {cue.move for cue in reading.cues} == set(reading.moves)
    for cue in reading.cues:
        assert 0 <= cue.start < cue.end <= len(text)
        assert text[cue.start : cue.end].strip()


@given(st.text(st.characters(), max_size=200))
def test_tokens_stand_where_they_say(text: str) -> None:
    words = plain(text)
    for token, offset in zip(words.tokens, words.offsets, strict=True):
        assert words.line[offset:].startswith(token.word)
        assert words.span(offset, offset + len(token.word)) == (token.start, token.end)


def test_a_message_of_the_greatest_length_is_read_in_time() -> None:
    read("", "Warm up.")
    text = ("if you never say sorry, what then? " * 120)[:4000]
    start = time.perf_counter()
    read(text, text)
    assert time.perf_counter() - start < 1


def test_reading_imports_nothing_heavy() -> None:
    heavy = ("gradio", "langchain", "chromadb", "sklearn", "scipy", "wordllama")
    program = (
        f"import sys; import ipt_roleplay.reading; print([m for m in {heavy} if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_vectors_have_length_one_and_nothing_has_none() -> None:
    vectors = embed(["Good morning.", "", "\ud800 odd", "Good morning."])
    assert vectors.shape == (4, DIMENSIONS)
    assert (vectors**2).sum(axis=1).tolist() == pytest.approx([1, 0, 1, 1], abs=1e-4)
    assert vectors[0].tolist() == vectors[3].tolist() == embed(["Good morning."])[0].tolist()
    assert embed([]).shape == (0, DIMENSIONS)


SCORES = """
from ipt_roleplay import encoder
if {slowly}:
    encoder.sums_exactly = lambda: False
text = "You never once asked me, and now it's all my fault?"
read = encoder.reading_scores("I don't see the problem.", text), encoder.risk_scores(text)
print([one.tolist() for one in (*read, encoder.sentence_vector(text))])
"""


@pytest.mark.skipif(not encoder.sums_exactly(), reason="this processor has one way alone")
def test_the_slower_way_of_adding_up_gives_the_same_scores() -> None:
    quick, slow = (
        subprocess.run(
            [sys.executable, "-c", SCORES.format(slowly=slowly)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for slowly in (False, True)
    )
    assert quick == slow
