"""What a message means in its scenario, as far as rules tell it; `evals` measures the rest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipt_roleplay import uptake
from ipt_roleplay.domain import Asked, Goal, Uptake
from ipt_roleplay.scenarios import load_all

BAKERY = load_all()["the_bakery"]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("Are you mad at me?", True),
        ("Is it the money, or is it that I never asked?", True),
        ("How long has it been like that?", True),
        ("That's fine. When would we start?", True),
        ("Would you let me sit in with you tonight?", True),
        ("What time works for you?", True),
        ("What was it like for you?", False),
        ("How did that first Sunday feel?", False),
        ("Why didn't you tell me?", False),
        ("Is it cold out? I never asked how you've been.", True),
        ("Are you busy? What happened in March?", False),
        ("I was angry. That's all.", False),
        ("Would Sunday suit you?", True),
        ("Mum, are you angry?", True),
        ("You're moving?", True),
        ("is kk ok", True),
        ("can i come back this sunday", True),
        ("When you say that I feel small.", False),
        ("What I want is a Sunday off.", False),
        ("where were u. i was worried", True),
        ("Do come in!", False),
        ("", False),
    ],
)
def test_a_question_that_waits_for_a_particular_is_told_from_an_open_one(
    text: str, closed: bool
) -> None:
    assert uptake.closed(text) is closed


@pytest.mark.parametrize(
    ("before", "text", "kind"),
    [
        ("People have been very considerate.", "Considerate how?", Asked.FOLLOW_UP),
        ("I'd made up my mind.", "What do you mean?", Asked.FOLLOW_UP),
        ("It's the smell of the paint.", "The smell?", Asked.FOLLOW_UP),
        ("It stays as it is.", "Can I ring you on Tuesday?", Asked.PLAN),
        ("It stays as it is.", "Shall I tell her tonight?", Asked.PLAN),
        ("It stays as it is.", "Would you like me to come along?", Asked.PLAN),
        ("It stays as it is.", "Who told you that?", Asked.FACT),
        ("It stays as it is.", "How long has that been?", Asked.FACT),
        ("It stays as it is.", "What was it like for you?", Asked.INNER),
        ("It stays as it is.", "Why didn't you ring me?", Asked.INNER),
        ("It stays as it is.", "I'm tired of it.", None),
        ("I never told anybody.", "You've been carrying that since March? I'm glad I know.", None),
        ("It stays as it is.", "What am I giving up? Every Wednesday since June.", None),
        ("It stays as it is.", "What am I to you?", Asked.INNER),
        ("", "", None),
    ],
)
def test_questions_are_told_apart_by_the_answer_that_they_wait_for(
    before: str, text: str, kind: Asked | None
) -> None:
    assert uptake.asked_after(before, text) is kind


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("Shall I put the kettle on?", True),
        ("Thanks. Will you come in for a minute?", True),
        ("does one o'clock work", True),
        ("I'll ring you on Tuesday at eight. Is that all right?", True),
        ("Can I open a window?", True),
        ("Will you tell me where you were?", False),
        ("Could you forgive me?", False),
        ("Should I have rung you?", False),
        ("can we talk", False),
        ("What time shall I come?", False),
        ("Would you sign nothing without me from now on?", False),
        ("Nobody signs alone. Not Thursday, not ever. Is that all right?", False),
        ("Can both our names go on every paper for the bakery?", False),
        ("I'd like some water.", False),
        ("", False),
    ],
)
def test_something_small_is_told_from_what_they_came_for(text: str, small: bool) -> None:
    assert uptake.take("Well?", text, BAKERY).small is small


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Deal. No biscuits.", True),
        ("I can do that. Half ten, on Sunday?", True),
        ("Nobody will. The bed stays as it is.", True),
        ("You're right about the party. I'll text you as well.", True),
        ("I'd do that, but not on a Sunday.", False),
        ("I can't do that.", False),
        ("Would I have to do that too?", False),
        ("You never do that, as well you know.", False),
    ],
)
def test_a_plain_yes_to_what_was_just_said_is_known(text: str, yes: bool) -> None:
    assert uptake.agrees(text) is yes


@pytest.mark.parametrize(
    ("text", "particular"),
    [
        ("Which Sunday would that be?", True),
        ("Okay. What time would you want then.", True),
        ("Is it this one or the one after?", True),
        ("How did you feel?", False),
        ("Are you angry or what?", False),
        ("Shall I pour, or will you?", True),
        ("I wonder which.", False),
    ],
)
def test_a_question_for_one_particular_thing_is_known(text: str, particular: bool) -> None:
    assert uptake.take("Well?", text, BAKERY).particular is particular


@pytest.mark.parametrize(
    ("text", "yes_or_no"),
    [
        ("Do you miss the market?", True),
        ("So is that with you still?", True),
        ("are you sad about it", True),
        ("Have you told Carmen?", False),  # what happened is known or it isn't
        ("Is it the launch, or more than that?", False),
        ("Shall I put the kettle on?", False),
        ("Could you take one Wednesday a month?", False),
        ("What did you hear?", False),
        ("I have told Carmen.", False),
    ],
)
def test_a_question_whether_something_is_so_is_known(text: str, yes_or_no: bool) -> None:
    assert uptake.take("Well?", text, BAKERY).yes_or_no is yes_or_no


@pytest.mark.parametrize(
    ("text", "modest"),
    [
        ("Could you take one Wednesday a month, for a start?", True),
        ("Will you hold off Thursday and let me look at it first?", True),
        ("Could we look again on Friday?", True),
        ("just the once, to try it out for a month", True),
        ("Would you take over the Wednesdays?", False),
        ("I want both names on every contract from now on.", False),
    ],
)
def test_who_asks_for_a_part_is_told_from_who_asks_for_the_whole(text: str, modest: bool) -> None:
    assert uptake.take("Well?", text, BAKERY).modest is modest


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Will you be all right on your own?", True),
        ("can you afford it", True),
        ("Can you hear me in there?", True),
        ("Could you bear to go in?", True),
        ("Will you be all right?", True),
        ("Could you take the Wednesdays?", False),
        ("Will you be there on Tuesday?", False),
        ("It's Tuesday, right?", False),
    ],
)
def test_whether_somebody_can_bear_a_thing_is_asked_to_know(text: str, asks: bool) -> None:
    assert bool(uptake.asking(text)) is asks


def test_a_proposal_is_not_taken_for_a_question_on_the_same_thing() -> None:
    taken = uptake.take("Well?", "Can I take a look at the new oven with you later?", BAKERY)
    assert taken.small
    assert taken.question is None


def test_nothing_said_is_silence_and_means_nothing_else() -> None:
    taken = uptake.take("Well?", "  ", BAKERY)
    assert taken == Uptake(silent=True)


@pytest.mark.parametrize("goal", BAKERY.goals, ids=lambda goal: goal.id)
def test_what_the_author_gave_as_examples_of_a_goal_is_taken_for_it(goal: Goal) -> None:
    found = [goal.id in uptake.take("", text, BAKERY).goals for text in goal.examples]
    assert sum(found) >= 0.9 * len(found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_can_be_taken_up_and_names_only_what_the_scenario_has(
    context: str, text: str
) -> None:
    taken = uptake.take(context, text, BAKERY)
    assert set(taken.goals) <= {one.id for one in BAKERY.goals}
    assert set(taken.concerns) <= {one.id for one in BAKERY.concerns}
    assert set(taken.topics) <= {one.id for one in BAKERY.topics}
    assert taken.question is None or taken.question in {one.id for one in BAKERY.questions}
