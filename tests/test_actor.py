"""The authored actor: which of the lines that a scene allows is spoken."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipt_roleplay.actors import open_actor
from ipt_roleplay.actors.authored import reply
from ipt_roleplay.director import NEIGHBOURS, scene, slot_names
from ipt_roleplay.domain import (
    Act,
    Cue,
    Direction,
    Line,
    Move,
    Occasion,
    PersonaState,
    Reading,
    Scenario,
    Scene,
    Stance,
    Style,
    Turn,
    Uptake,
)
from ipt_roleplay.errors import SetupError
from ipt_roleplay.settings import load_settings
from tests.building import a_reading, a_state, everywhere, played_turn, shipped, the_bike

HOSTILE = a_reading(Move.BLAME, Move.CONTEMPT, style=Style.AGGRESSIVE)
SCRIPT: tuple[tuple[str, Reading], ...] = (
    ("You never listen to a word I say.", HOSTILE),
    ("I felt lonely this week.", a_reading(Move.FEELING)),
    ("What was that like for you?", a_reading(Move.OPEN_QUESTION)),
    ("It was half past eight.", a_reading(Move.OBSERVATION)),
    ("I am sorry. That part was mine.", a_reading(Move.OWNERSHIP)),
    ("Fine, do as you like.", a_reading(Move.SELF_SILENCING, style=Style.PASSIVE)),
    ("", Reading(style=Style.NEUTRAL, unclear=True)),
)
"""A bit of everything; what a message means in the scenario is left out."""


def a_scene(
    scenario: Scenario,
    act: Act,
    *,
    text: str = "So, about that.",
    turns: list[Turn] | None = None,
    reading: Reading | None = None,
    state: PersonaState | None = None,
    target: str | None = None,
    seed: int = 0,
) -> Scene:
    """The scene for an act that nobody has to earn first."""
    direction = Direction(act=act, target=target)
    where = state or a_state(scenario)
    how = reading or a_reading()
    return scene(scenario, turns or [], text, how, Uptake(), where, direction, seed)


def a_branch(scenario: Scenario, length: int, seed: int) -> list[Turn]:
    """A talk that goes on for `length` turns, whatever happens in it."""
    turns: list[Turn] = []
    for number in range(length):
        said, reading = SCRIPT[(number * 3 + seed) % len(SCRIPT)]
        heard = Uptake(silent=True) if not said else Uptake()
        turns.append(
            played_turn(
                scenario,
                turns,
                f"{said} {number}" if said else "",
                reading,
                heard,
                seed=seed,
                outcome=None,
                turn=number % 6,
                stalled=number % 3,
                given_up=0,
                bad=0,
                hostile=0,
                tension=5.0,
                openness=float(number % 9),
            )
        )
    return turns


def only(scenario: Scenario, lines: dict[Act, tuple[Line, ...]]) -> Scenario:
    """The scenario with these lines and no others."""
    return scenario.model_copy(update={"lines": lines})


@pytest.mark.parametrize("name", sorted(everywhere()))
@pytest.mark.parametrize("seed", [1, 2])
def test_no_line_comes_twice_along_a_branch_of_forty_turns(name: str, seed: int) -> None:
    scenario = everywhere()[name]
    turns = a_branch(scenario, 40, seed)
    spoken = [turn.reply.line for turn in turns if turn.reply.line]
    assert len(set(spoken)) == len(spoken)
    assert scenario.opening.say not in spoken
    # where lines run out there is a quiet beat, never an empty reply
    assert all(turn.reply.text or turn.reply.beat for turn in turns)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_persona_has_something_to_say_through_a_whole_talk(name: str) -> None:
    """Within the turn limit, silence on the persona's side is rare."""
    scenario = shipped()[name]
    turns = a_branch(scenario, scenario.turn_limit, seed=5)
    quiet = [turn for turn in turns if not turn.reply.text]
    assert len(quiet) <= len(turns) // 8


@pytest.mark.parametrize("name", sorted(everywhere()))
def test_the_same_seed_and_path_give_the_same_replies(name: str) -> None:
    first = [turn.reply for turn in a_branch(everywhere()[name], 12, seed=7)]
    again = [turn.reply for turn in a_branch(everywhere()[name], 12, seed=7)]
    assert again == first


@pytest.mark.parametrize("name", sorted(shipped()))
def test_some_seeds_give_another_talk(name: str) -> None:
    talks = {
        tuple(turn.reply.text for turn in a_branch(shipped()[name], 8, seed=seed))
        for seed in (0, 7, 14, 21)  # the same messages each time: the script turns with seed % 7
    }
    assert len(talks) > 1


def test_another_path_to_the_same_words_may_get_another_line() -> None:
    heard = set()
    for said in ("one", "two", "three", "four", "five", "six"):
        turn = played_turn(the_bike(), [], said, a_reading(), Uptake())
        made = a_scene(the_bike(), Act.STONEWALL, turns=[turn], text="")
        heard.add(reply(made).text)
    assert len(heard) == 2


@pytest.mark.parametrize("act", list(Act))
def test_an_act_whose_lines_are_used_up_falls_to_a_named_neighbour(act: Act) -> None:
    scenario = only(the_bike(), {**the_bike().lines, act: ()})
    said = reply(a_scene(scenario, act))
    assert said.act in NEIGHBOURS[act]
    assert said.line in [line.say for line in scenario.lines[said.act]]


def test_neighbours_are_tried_in_order() -> None:
    first, second = NEIGHBOURS[Act.GUILT_TRIP]
    lines = {first: (Line(say="First."),), second: (Line(say="Second."),)}
    assert reply(a_scene(only(the_bike(), lines), Act.GUILT_TRIP)).text == "First."
    del lines[first]
    assert reply(a_scene(only(the_bike(), lines), Act.GUILT_TRIP)).text == "Second."


@pytest.mark.parametrize("act", list(Act))
def test_where_nothing_can_be_said_there_is_a_quiet_beat(act: Act) -> None:
    said = reply(a_scene(only(the_bike(), {}), act))
    assert said.text == ""
    assert said.line == ""
    assert said.beat
    assert said.act is act


@pytest.mark.parametrize(
    ("line", "state", "reading", "text", "expected"),
    [
        (
            "You mean {ask}?",
            a_state(said=("tell_upset", "bring_back")),
            a_reading(),
            "So.",
            "You mean the bike back by Sunday?",
        ),
        ("You mean {ask}?", a_state(), a_reading(), "So.", None),
        (
            "I offered {offer}.",
            a_state(conceded=("next_month",)),
            a_reading(),
            "So.",
            "I offered the bike back next month.",
        ),
        ("I offered {offer}.", a_state(), a_reading(), "So.", None),
        (
            "“{cue}”, am I?",
            a_state(),
            HOSTILE.model_copy(update={"cues": (Cue(move=Move.CONTEMPT, start=12, end=17),)}),
            "Kit, a lazy thief is what you are.",
            None,
        ),
        (
            "“{cue}”, am I?",
            a_state(),
            HOSTILE.model_copy(update={"cues": (Cue(move=Move.CONTEMPT, start=5, end=17),)}),
            "Kit, a lazy thief is what you are.",
            "“A lazy thief”, am I?",
        ),
        (
            "“{cue}”, am I?",
            a_state(),
            HOSTILE.model_copy(update={"cues": (Cue(move=Move.DISMISSAL, start=5, end=16),)}),
            "Kit, it's a good firm.",
            None,
        ),
        (
            "“{cue}”, am I?",
            a_state(),
            HOSTILE.model_copy(update={"cues": (Cue(move=Move.CONTEMPT, start=0, end=9),)}),
            "<b>Kit</b> is a thief",
            None,
        ),
        ("“{cue}”, am I?", a_state(), HOSTILE, "no cue was found in this", None),
    ],
)
def test_slots_are_filled_or_the_line_is_left_out(
    line: str, state: PersonaState, reading: Reading, text: str, expected: str | None
) -> None:
    scenario = only(the_bike(), {Act.STONEWALL: (Line(say=line),)})
    said = reply(a_scene(scenario, Act.STONEWALL, state=state, reading=reading, text=text))
    assert said.text == (expected or "")


@pytest.mark.parametrize(
    ("goals", "begins"), [((), "About the bike. "), (("bring_back",), "You can have it.")]
)
def test_what_was_asked_for_earlier_is_named_before_it_is_granted(
    goals: tuple[str, ...], begins: str
) -> None:
    scenario = only(the_bike(), {Act.CONCEDE: (Line(say="You can have it."),)})
    direction = Direction(act=Act.CONCEDE, target="on_sunday")
    state = a_state(said=("bring_back",))
    taken = Uptake(goals=goals)
    said = reply(scene(scenario, [], "So.", a_reading(), taken, state, direction, 0))
    assert said.text.startswith(begins)
    assert said.text.endswith("You can have it.")


@pytest.mark.parametrize(
    ("target", "openness", "said"),
    [
        ("small_thing", 2.0, "If you must."),
        ("small_thing", 5.0, "Sure, why not."),
        ("particular", 2.0, "What's it to you?"),
        ("particular", 5.0, "I'd have to look."),
    ],
)
def test_what_is_asked_in_passing_is_answered_by_how_open_they_are(
    target: str, openness: float, said: str
) -> None:
    where = a_state(openness=openness)
    made = a_scene(the_bike(), Act.ANSWER, state=where, target=target)
    assert reply(made).text == said


def test_where_nothing_is_left_for_it_any_answer_will_do() -> None:
    scenario = only(the_bike(), {Act.ANSWER: (Line(say="Hm, well."),)})
    scenario = scenario.model_copy(update={"particulars": ()})
    assert reply(a_scene(scenario, Act.ANSWER, target="particular")).text == "Hm, well."


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(sorted(everywhere())),
    st.sampled_from(list(Act)),
    st.text(min_size=1, max_size=60),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_no_slot_is_ever_shown_open(name: str, act: Act, text: str, start: int, end: int) -> None:
    reading = HOSTILE.model_copy(update={"cues": (Cue(move=Move.BLAME, start=start, end=end),)})
    scenario = everywhere()[name]
    made = a_scene(scenario, act, text=text, reading=reading)
    said = reply(made)
    for slot in ("{ask}", "{offer}", "{cue}"):
        assert slot not in said.text or slot in text
    for lines in made.lines.values():
        for line in lines:
            assert all(made.slots[slot] for slot in slot_names(line))


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        (Line(say="A.", stance=(Stance.GUARDED,)), True),
        (Line(say="A.", stance=(Stance.OPEN,)), False),
        (Line(say="A.", after=(Move.FEELING,)), True),
        (Line(say="A.", after=(Move.THREAT, Move.FEELING)), True),
        (Line(say="A.", after=(Move.THREAT,)), False),
        (Line(say="A.", topic="cat"), False),
        (Line(say="A.", target="bring_back"), True),
        (Line(say="A.", target="tell_upset"), False),
    ],
)
def test_a_line_is_spoken_only_in_the_moments_it_was_written_for(line: Line, fits: bool) -> None:
    scenario = only(the_bike(), {Act.DENY: (line,)})
    made = a_scene(scenario, Act.DENY, reading=a_reading(Move.FEELING), target="bring_back")
    assert made.stance is Stance.GUARDED
    assert bool(made.lines[Act.DENY]) == fits


def test_before_anything_is_said_only_lines_that_can_open_a_talk_are_spoken() -> None:
    lines = (
        Line(say="Not now.", early=True),
        Line(say="I've got nothing for you on that."),
        Line(say="Shouting won't bring it on.", after=(Move.CONTEMPT,)),
    )
    scenario = only(the_bike(), {Act.STONEWALL: lines})
    told = a_state(scenario, said=("bring_back",))
    at_first = a_scene(scenario, Act.STONEWALL, reading=HOSTILE)
    later = a_scene(scenario, Act.STONEWALL, reading=HOSTILE, state=told)
    assert [line.say for line in at_first.lines[Act.STONEWALL]] == [lines[0].say, lines[2].say]
    assert later.lines[Act.STONEWALL] == lines


THANKS = Line(say="Thank you for saying so.", follows=(Occasion.KINDNESS,))
SHRUG = Line(say="Things are as they are.", follows=(Occasion.NEWS, Occasion.BLOW))


def test_a_line_that_may_follow_what_was_said_comes_before_one_that_may_not() -> None:
    scenario = only(the_bike(), {Act.SOFTEN: (THANKS, SHRUG)})
    for seed in range(8):
        kind = a_scene(scenario, Act.SOFTEN, reading=a_reading(Move.OWNERSHIP), seed=seed)
        hostile = a_scene(scenario, Act.SOFTEN, reading=HOSTILE, seed=seed)
        assert reply(kind).text == THANKS.say
        assert reply(hostile).text == SHRUG.say


def test_where_no_line_of_an_act_may_follow_a_neighbours_does() -> None:
    neighbour = NEIGHBOURS[Act.SOFTEN][0]
    lines = {Act.SOFTEN: (THANKS,), neighbour: (SHRUG,)}
    said = reply(a_scene(only(the_bike(), lines), Act.SOFTEN, reading=HOSTILE))
    assert (said.act, said.text) == (neighbour, SHRUG.say)
    del lines[neighbour]
    assert reply(a_scene(only(the_bike(), lines), Act.SOFTEN, reading=HOSTILE)).text == THANKS.say


def test_a_line_that_leans_on_what_may_not_have_come_up_is_spoken_last() -> None:
    lines = (Line(say="That's twice now.", leans=True), Line(say="Right."))
    scenario = only(the_bike(), {Act.SOFTEN: lines})
    assert {reply(a_scene(scenario, Act.SOFTEN, seed=seed)).text for seed in range(8)} == {"Right."}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_persona_can_answer_a_greeting(name: str) -> None:
    scenario = shipped()[name]
    needs_an_ask = {Act.TEST, Act.COUNTER_DEMAND, Act.ADVISE}
    for act in set(scenario.persona.habits.when_stuck) - needs_an_ask:
        offered = a_scene(scenario, act, text="Hello.", reading=a_reading()).lines[act]
        assert len([line for line in offered if line.early]) >= 1, act


def test_a_line_written_for_this_target_comes_before_a_general_one() -> None:
    lines = (Line(say="Anything."), Line(say="This.", target="bring_back"), Line(say="Whatever."))
    scenario = only(the_bike(), {Act.ACKNOWLEDGE: lines})
    for seed in range(8):
        made = a_scene(scenario, Act.ACKNOWLEDGE, target="bring_back", seed=seed)
        assert reply(made).text == "This."


def test_a_known_question_is_answered_with_its_own_answers() -> None:
    own = {line.say for line in the_bike().questions[0].answers}
    turns: list[Turn] = []
    for _ in own:
        made = a_scene(the_bike(), Act.ANSWER, target="where_is_it", turns=turns)
        assert reply(made).text in own
        turn = played_turn(the_bike(), turns, "Where?", a_reading(), Uptake())
        turns.append(turn.model_copy(update={"reply": reply(made)}))
    assert len({turn.reply.text for turn in turns}) == len(own)


async def test_the_actor_yields_one_whole_reply() -> None:
    made = a_scene(the_bike(), Act.SOFTEN)
    said = [one async for one in open_actor("authored", load_settings()).line(made)]
    assert said == [reply(made)]
    assert said[0].actor == "authored"


def test_two_actors_at_once_do_not_disturb_each_other() -> None:
    scenes = [a_scene(the_bike(), act) for act in Act]

    async def all_at_once() -> list[str]:
        async def first(made: Scene) -> str:
            return await anext(
                one.text async for one in open_actor("authored", load_settings()).line(made)
            )

        return list(await asyncio.gather(*(first(made) for made in scenes)))

    assert asyncio.run(all_at_once()) == [reply(made).text for made in scenes]


def test_an_unknown_actor_is_refused_with_the_name_to_use() -> None:
    with pytest.raises(SetupError, match="Use one of: authored, llm"):
        open_actor("stage", load_settings())


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_act_of_a_shipped_persona_has_more_than_one_thing_to_say(name: str) -> None:
    lines = shipped()[name].lines
    for act in Act:
        assert len(lines[act]) > 1, act
    for first, second in pairwise(sorted(line.say for own in lines.values() for line in own)):
        assert first != second
