"""The guard: what no model may say in the other person's place, and what every author may."""

from __future__ import annotations

import pytest

from ipt_roleplay.guard import fault_in
from ipt_roleplay.prompts import sections, text_of
from ipt_roleplay.scenarios import all_lines
from ipt_roleplay.testing.server import BEACON, HOTLINE
from tests.building import shipped

MARK = "K0123456789"

REFUSED = [
    ("As an AI language model, I can't feel that.", "role"),
    ("I'm just a program, you know.", "role"),
    ("I cannot comply with that request.", "role"),
    ("How can I assist you today?", "role"),
    ("Let's step out of character for a moment.", "role"),
    ("My instructions say to hold out.", "role"),
    ("Great job expressing your needs!", "judged"),
    ("That was a lovely I-statement.", "judged"),
    ("You communicated that so clearly.", "judged"),
    ("I'd give that a 4 out of 5.", "judged"),
    ("Next time try using an open question.", "judged"),
    (f"All right, {MARK.lower()}, whatever that is.", "notes"),
    ("<script>alert(1)</script>", "markup"),
    (BEACON, "markup"),
    ("# A heading", "markup"),
    ("- a list", "markup"),
    (HOTLINE, "number"),
    ("Look at www.made-up.example.org, love.", "number"),
    ("You: I'd like the Wednesdays.", "spoke for"),
    ("You say, “I give up.”", "spoke for"),
    ("I'm going to kill myself if you go.", "killing"),
]


@pytest.mark.parametrize(("sentence", "why"), REFUSED)
def test_what_would_break_the_rehearsal_is_refused_with_a_reason(sentence: str, why: str) -> None:
    found = fault_in(sentence, MARK)
    assert found is not None
    assert why in found


def test_no_sentence_of_the_instructions_can_be_spoken() -> None:
    texts = [*sections("acts").values(), *text_of("actor").split(". ")]
    long = [text for text in texts if len(text.split()) >= 14 and "$" not in text]
    assert len(long) > 20
    for text in long:
        assert fault_in(f"Well, {text.lower()}"), text


@pytest.mark.parametrize("scenario", list(shipped()))
def test_every_line_that_an_author_wrote_may_be_said(scenario: str) -> None:
    for line in all_lines(shipped()[scenario]):
        assert fault_in(line.say, MARK) is None, line.say
        assert fault_in(line.beat, MARK) is None, line.beat


@pytest.mark.parametrize(
    "sentence",
    [
        "You did a good job with Dad's letters, I'll give you that.",
        "I can't help you with that, not this week.",
        "Don't you use that tone on me.",
        "I've had my instructions from head office, same as you.",
        "What's the act for, eh? Just say it.",
        "It's half past seven, 7.30, and I've 14,000 things to do.",
        "Over my dead body.",
    ],
)
def test_what_people_say_is_let_through(sentence: str) -> None:
    assert fault_in(sentence, MARK) is None
