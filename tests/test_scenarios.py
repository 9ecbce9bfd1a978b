"""Scenario files: those that ship are whole, and a broken one says what to change, and where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipt_roleplay.authoring import faults
from ipt_roleplay.domain import Act, Move, Scenario
from ipt_roleplay.errors import DocumentError
from ipt_roleplay.scenarios import (
    SCHEMA_NAME,
    all_lines,
    files,
    folder,
    json_schema,
    load,
    load_all,
    parse,
    summary,
)
from tests.building import THE_BIKE, shipped, the_bike

BIKE = THE_BIKE.read_text("utf-8")
FILES = files()


# ------------------------------------------------------------------ those that ship


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_file_loads_and_can_be_played(file: Path) -> None:
    scenario = load(file)
    assert scenario.id == file.stem
    assert faults(scenario) == []


def test_all_shipped_files_are_found_in_order_of_level_and_title() -> None:
    found = load_all()
    assert sorted(found) == sorted(file.stem for file in FILES)
    assert all(scenario.id == key for key, scenario in found.items())
    order = [(one.level, one.title) for one in found.values()]
    assert order == sorted(order)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_what_a_trainee_reads_beforehand_holds_no_secret(name: str) -> None:
    scenario = shipped()[name]
    shown = scenario.briefing.model_dump_json() + json.dumps(summary(scenario))
    for secret in scenario.secrets:
        assert secret.text not in shown


@pytest.mark.parametrize("name", sorted(shipped()))
def test_lines_use_only_slots_that_are_known(name: str) -> None:
    for line in all_lines(shipped()[name]):
        left = line.say.replace("{ask}", "").replace("{offer}", "").replace("{cue}", "")
        assert "{" not in left
        assert "}" not in left


@pytest.mark.parametrize("name", sorted(shipped()))
def test_no_example_is_its_own_near_miss(name: str) -> None:
    for item in (*shipped()[name].goals, *shipped()[name].concerns):
        assert not set(item.examples) & set(item.near_misses)


def test_the_schema_beside_the_files_is_the_one_of_the_code() -> None:
    assert (folder() / SCHEMA_NAME).read_text("utf-8") == json_schema()


def test_a_summary_is_plain_data() -> None:
    assert json.loads(json.dumps(summary(the_bike())))["stage"] == "renegotiation"


def test_all_lines_are_the_opening_words_in_passing_acts_and_answers() -> None:
    said = [line.say for line in all_lines(the_bike())]
    assert said[0] == the_bike().opening.say
    acts = sum(len(lines) for lines in the_bike().lines.values())
    answers = sum(len(question.answers) for question in the_bike().questions)
    bike = the_bike()
    passing = len(bike.small_things) + len(bike.particulars) + len(bike.yes_or_no)
    worry = len(bike.worried) + len(bike.worry_answered)
    assert len(said) == 1 + acts + answers + passing + worry


# ------------------------------------------------------------------ broken files


def swapped(old: str, new: str) -> str:
    """The small scenario with one passage changed, which stands in it exactly once."""
    assert BIKE.count(old) == 1, old
    return BIKE.replace(old, new)


def line_of(part: str, text: str = BIKE) -> int:
    """The line on which `part` first stands, counted from 1."""
    return text[: text.index(part)].count("\n") + 1


BROKEN: list[tuple[str, str, int, str]] = [
    (
        "an unknown field at the top",
        swapped("minutes: 5\n", "minutes: 5\nminuets: 6\n"),
        line_of("minutes: 5") + 1,
        "`minuets` is not a field here",
    ),
    (
        "an unknown field deep inside",
        swapped('    phrase: "how it upset you"\n', '    phrase: "how"\n    frase: "x"\n'),
        line_of("how it upset you") + 1,
        "`goals.1.frase` is not a field",
    ),
    (
        "a field that is missing",
        swapped('  setting: "On the stairs, early evening."\n', ""),
        line_of("briefing:"),
        "`briefing.setting` is missing. Add it",
    ),
    (
        "a section that is missing",
        swapped('opening: {say: "Oh, hello! Mind the step.", beat: "keys in hand"}\n', ""),
        1,
        "`opening` is missing",
    ),
    (
        "a word that is none of the allowed ones",
        swapped("area: dispute", "area: quarrel"),
        line_of("area: dispute"),
        "`area` is not one of the allowed words (Input should be 'dispute'",
    ),
    (
        "an act that does not exist",
        swapped("  guilt_trip:\n", "  guilt_tripp:\n"),
        line_of("  guilt_trip:"),
        "guilt_tripp",
    ),
    (
        "a move that does not exist",
        swapped("contempt: 1.5", "contemt: 1.5"),
        line_of("contempt: 1.5"),
        "contemt",
    ),
    (
        "pronouns that are not known",
        swapped("pronouns: he", "pronouns: him"),
        line_of("pronouns: he"),
        "`persona.pronouns` is not one of the allowed words",
    ),
    (
        "text where a number belongs",
        swapped("age: 31", "age: thirty"),
        line_of("age: 31"),
        "`persona.age`",
    ),
    (
        "a number where text belongs",
        swapped('name: "the cat"', "name: 7"),
        line_of('name: "the cat"'),
        "`topics.2.name` must be text. Put it in quotes",
    ),
    (
        "yes where a truth value belongs is read, maybe is not",
        swapped("avoidant: true", "avoidant: maybe"),
        line_of("avoidant: true"),
        "`persona.avoidant`",
    ),
    (
        "a list where text belongs",
        swapped('title: "The bike"', "title: [The, bike]"),
        line_of("title:"),
        "`title` must be text",
    ),
    (
        "text where a list belongs",
        swapped('fears: ["Being taken for a thief"]', 'fears: "Being taken for a thief"'),
        line_of("fears:"),
        "`persona.fears`",
    ),
    (
        "a measure that is too large",
        swapped("openness: 3\n", "openness: 11\n"),
        line_of("openness: 3"),
        "less than or equal to 10",
    ),
    (
        "a measure that is no number",
        swapped("openness: 3\n", "openness: nan\n"),
        line_of("openness: 3"),
        "`persona.openness`",
    ),
    (
        "a weight below one",
        swapped("order: 1.5", "order: 0.5"),
        line_of("order: 1.5"),
        "greater than or equal to 1",
    ),
    (
        "too few examples",
        swapped('      - "I was disappointed in you."\n', ""),
        line_of("examples:", BIKE[BIKE.index("id: tell_upset") :]) + line_of("id: tell_upset") - 1,
        "`goals.1.examples` has too few entries",
    ),
    (
        "too few habits",
        swapped("when_stuck: [deflect, minimise]", "when_stuck: [deflect]"),
        line_of("when_stuck:"),
        "`persona.habits.when_stuck` has too few entries",
    ),
    (
        "empty text",
        swapped('"Kit, 31, lives upstairs and means well."', '"  "'),
        line_of("Kit, 31"),
        "`briefing.them`",
    ),
    (
        "an id with a space",
        swapped("  - id: tell_upset", "  - id: tell upset"),
        line_of("id: tell_upset"),
        "`goals.1.id`",
    ),
    (
        "an expectation shown by nothing that exists",
        swapped("shown_by: [bring_back]}", "shown_by: [bring_it]}"),
        line_of("shown_by: [bring_back]"),
        "`bring_it` is not defined in this file. Use one of: bring_back",
    ),
    (
        "a secret told after a concern that does not exist",
        swapped("told_when: {heard: [trusted]", "told_when: {heard: [trust]"),
        line_of("told_when:"),
        "`trust` is not defined",
    ),
    (
        "an offer for a goal that does not exist",
        swapped("    goal: bring_back\n    full: true", "    goal: bring\n    full: true"),
        line_of("    goal: bring_back\n    full: true"),
        "`bring` is not defined",
    ),
    (
        "a rule about a goal that does not exist",
        swapped("rule: {said: [bring_back], heard", "rule: {said: [bring], heard"),
        line_of("rule: {said: [bring_back], heard"),
        "`bring` is not defined",
    ),
    (
        "an outcome that waits for an offer that does not exist",
        swapped("when: {conceded: [next_month]}", "when: {conceded: [next_year]}"),
        line_of("when: {conceded: [next_month]}"),
        "`next_year` is not defined",
    ),
    (
        "a line about a topic that does not exist",
        swapped('"Spoke is out again.", topic: cat', '"Spoke is out again.", topic: dog'),
        line_of("Spoke is out again."),
        "`dog` is not defined",
    ),
    (
        "a line aimed at a target that does not exist",
        swapped('how I get there.", target: getting_to_work', 'how I get there.", target: work'),
        line_of("how I get there."),
        "`work` is not defined",
    ),
    (
        "a question about a topic that does not exist",
        swapped("  - id: how_is_spoke\n    topic: cat", "  - id: how_is_spoke\n    topic: dog"),
        line_of("id: how_is_spoke"),
        "`dog` is not defined",
    ),
    (
        "the same id twice",
        swapped("  - id: getting_to_work", "  - id: trusted").replace(
            "target: getting_to_work", "target: trusted"
        ),
        line_of("id: getting_to_work"),
        "the id `trusted` stands here twice",
    ),
    (
        "the same line twice",
        swapped('"Nice welcome, that."', '"Have you been counting the days?"'),
        line_of("Nice welcome, that."),
        "this line stands in the file twice",
    ),
    (
        "the same line in two acts",
        swapped('"Nobody set a date."', '"Have you been counting the days?"'),
        line_of("Nobody set a date."),
        "this line stands in the file twice",
    ),
    (
        "the same field twice",
        swapped("level: 1\n", "level: 1\nlevel: 2\n"),
        line_of("level: 1") + 1,
        "`level` stands here twice",
    ),
    (
        "a dispute without a stage",
        swapped("stage: renegotiation\n", ""),
        1,
        "a dispute has a `stage`",
    ),
    (
        "a stage where there is no dispute",
        swapped("area: dispute", "area: grief"),
        line_of("stage:"),
        "a dispute has a `stage`, other areas have none",
    ),
    (
        "an alias",
        swapped('wants: ["To be trusted"]', "wants: *fears"),
        line_of("wants:"),
        "aliases",
    ),
    (
        "nesting without need",
        swapped('wants: ["To be trusted"]', "wants: " + "[" * 25 + "]" * 25),
        line_of("wants:"),
        "nests deeper",
    ),
    (
        "a tab",
        swapped('  them: "Kit', '\tthem: "Kit'),
        line_of("them:"),
        "Check indentation",
    ),
    (
        "a quote that stays open",
        swapped('"The bike comes home on Sunday."', '"The bike comes home on Sunday.'),
        line_of("It comes home next month."),
        "Check indentation, quotes and colons",
    ),
    (
        "a control character",
        swapped("Kit shut the door.", "Kit shut\x0b the door."),
        line_of("Kit shut the door."),
        "invisible character U+000B",
    ),
    ("nothing", "", 1, "has no fields. Start from"),
    ("only a comment", "# to do\n", 1, "has no fields"),
    ("a list", "- id: the_bike\n", 1, "has no fields"),
    ("a sentence", "The bike.\n", 1, "has no fields"),
]


@pytest.mark.parametrize(
    ("text", "line", "part"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_broken_file_says_where_and_what_to_change(text: str, line: int, part: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse(text, "the_bike.yaml", "the_bike")
    assert part in caught.value.problem
    assert caught.value.line == line
    assert caught.value.source == "the_bike.yaml"
    assert "pydantic" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_id_of_a_file_is_its_name(tmp_path: Path) -> None:
    file = tmp_path / "another.yaml"
    file.write_text(BIKE, "utf-8")
    with pytest.raises(DocumentError, match="Name it `another`") as caught:
        load(file)
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("content", "line", "part"),
    [
        (BIKE.encode().replace(b"Mind the step", b"Mind the \xe9tage"), None, "not UTF-8"),
        (BIKE.encode() + b"#" * 300_000, 1, "at most 256,000 are read"),
        (b"", 1, "has no fields"),
        (b"\x00" * 500, 1, r"U\+0000"),
    ],
)
def test_a_file_with_bytes_that_do_not_fit_is_refused(
    tmp_path: Path, content: bytes, line: int | None, part: str
) -> None:
    file = tmp_path / "the_bike.yaml"
    file.write_bytes(content)
    with pytest.raises(DocumentError, match=part) as caught:
        load(file)
    assert caught.value.line == (line or line_of("Mind the step"))


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for place in ("disputes", "more"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "the_bike.yaml").write_text(BIKE, "utf-8")
    with pytest.raises(DocumentError, match=r"is taken\. Choose another"):
        load_all(tmp_path)


def test_a_file_saved_on_windows_is_the_same_scenario() -> None:
    assert parse("\ufeff" + BIKE.replace("\n", "\r\n"), "the_bike.yaml") == the_bike()


# ------------------------------------------------------------------ what types cannot say


def without(act: Act, target: str | None = None) -> Scenario:
    """The small scenario without the lines of an act, or those of it with this target."""
    kept = tuple(
        line for line in the_bike().lines[act] if target is not None and line.target != target
    )
    return the_bike().model_copy(update={"lines": {**the_bike().lines, act: kept}})


@pytest.mark.parametrize(
    ("act", "target", "fault"),
    [
        (Act.TEST, None, "no lines for act `test`"),
        (Act.REVEAL, "the_fall", "no `reveal` line with target `the_fall`"),
        (Act.OFFER_PARTIAL, "next_month", "no `offer_partial` line with target `next_month`"),
        (Act.CONCEDE, "on_sunday", "no `concede` line with target `on_sunday`"),
        (Act.ACKNOWLEDGE, "trusted", "no `acknowledge` line with target `trusted`"),
        (Act.END, "impasse", "no `end` line with target `impasse`"),
    ],
)
def test_a_scenario_that_would_fall_silent_is_named(
    act: Act, target: str | None, fault: str
) -> None:
    assert fault in faults(without(act, target))


def test_a_scenario_that_cannot_end_well_is_named() -> None:
    bad = tuple(one.model_copy(update={"good": False}) for one in the_bike().outcomes)
    assert faults(the_bike().model_copy(update={"outcomes": bad})) == ["no outcome is good"]


# ------------------------------------------------------------------ any damage at all

Damage = Callable[[str], str]


@st.composite
def damage_to_lines(draw: st.DrawFn) -> Damage:
    """Deletes, doubles, moves or indents a line."""
    where, what = draw(st.floats(0, 1)), draw(st.sampled_from(["drop", "double", "move", "indent"]))

    def change(text: str) -> str:
        lines = text.split("\n")
        at = int(where * (len(lines) - 1))
        one = lines[at]
        if what == "indent":
            lines[at] = "  " + one
        elif what == "double":
            lines.insert(at, one)
        else:
            del lines[at]
            if what == "move":
                lines.insert(at // 2, one)
        return "\n".join(lines)

    return change


@st.composite
def damage_to_characters(draw: st.DrawFn) -> Damage:
    """Deletes a few characters and puts others in their place."""
    where, length = draw(st.floats(0, 1)), draw(st.integers(0, 40))
    instead = draw(st.text(max_size=4) | st.text(":-[]{}&*!|>'\"#%@`? \n\t,", max_size=4))

    def change(text: str) -> str:
        at = int(where * len(text))
        return text[:at] + instead + text[at + length :]

    return change


@settings(deadline=None, max_examples=150)
@given(st.lists(damage_to_lines() | damage_to_characters(), min_size=1, max_size=3))
def test_whatever_is_damaged_only_a_document_error_comes_of_it(damages: list[Damage]) -> None:
    text = BIKE
    for change in damages:
        text = change(text)
    try:
        scenario = parse(text, "the_bike.yaml", "the_bike")
    except DocumentError as error:
        assert 1 <= error.line <= len(text.splitlines()) + 1
    else:
        assert scenario.id == "the_bike"
        faults(scenario)


@settings(deadline=None, max_examples=8)
@given(st.sampled_from(FILES), damage_to_lines() | damage_to_characters())
def test_a_damaged_shipped_file_is_read_or_refused(file: Path, change: Damage) -> None:
    try:
        parse(change(file.read_text("utf-8")), file.name, file.stem)
    except DocumentError as error:
        assert error.line >= 1


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200))
@example("id: the_bike\n")
@example("{}")
@example("? {}")
@example("lines: {attack: [{say: 1}]}")
def test_any_text_is_refused_with_a_document_error(text: str) -> None:
    with pytest.raises(DocumentError):
        parse(text, "a.yaml")


def test_the_moves_of_wordings_are_checked() -> None:
    assert Move.REQUEST in the_bike().goals[0].wordings
    with pytest.raises(DocumentError, match="wordings"):
        parse(swapped("      feeling: [", "      feelings: ["), "the_bike.yaml")
