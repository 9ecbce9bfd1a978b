"""The command line: exact formats, exit status, and nothing on standard output but results."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ipt_roleplay import cli
from ipt_roleplay.domain import HELPING, HINDERING, Act, Outcome, Risk, Skill, Style, Tier
from ipt_roleplay.errors import SetupError
from ipt_roleplay.scenarios import folder, load_all
from ipt_roleplay.settings import load_settings
from ipt_roleplay.testing.server import serving
from tests.playing import ACUTE, CHECK_IN, SCENARIO
from tests.talks import DADS_STRONG, DADS_WEAK

ROOT = Path(__file__).parents[1]
MOVES = {str(move) for move in HELPING | HINDERING}
Lines = Callable[..., str]
Row = dict[str, Any]


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """Writes a file, one argument a line: strings as they are, all else as JSON."""

    def write(*rows: Any) -> str:
        path = tmp_path / "lines.jsonl"
        texts = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path.write_text("".join(text + "\n" for text in texts), encoding="utf-8")
        return str(path)

    return write


def run(*arguments: str, stdin: str | None = None) -> tuple[int, str]:
    """Exit status and standard output of a command."""
    result = CliRunner().invoke(cli.app, list(arguments), input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def rows(*arguments: str, status: int = 0, stdin: str | None = None) -> list[Row]:
    """The JSON objects that a command prints, after checking that it prints nothing else."""
    code, out = run(*arguments, stdin=stdin)
    assert code == status, out
    assert out.isascii()
    return [json.loads(line) for line in out.splitlines()]


def process(*arguments: str, stdin: str = "", data: Path | None = None) -> Any:
    """A finished process of its own, as a script would run it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if data is not None:
        environment["IPT_DATA_DIR"] = str(data)
    return subprocess.run(
        [sys.executable, "-m", "ipt_roleplay.cli", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=environment,
        cwd=ROOT,
    )


def of_talk(messages: Sequence[str]) -> list[Row]:
    return [{"text": text} for text in messages]


# ---------------------------------------------------------------- read


def test_read_prints_each_message_with_its_codes(lines: Lines) -> None:
    text = "I felt hurt on Friday. You're pathetic."
    (row,) = rows("read", lines({"context": "So what?", "text": text}))
    assert set(row) == {
        *("style", "moves", "unclear"),
        *("style_probabilities", "move_probabilities", "cues"),
    }
    assert row["style"] in set(Style)
    assert set(row["moves"]) <= MOVES
    assert isinstance(row["unclear"], bool)
    assert set(row["style_probabilities"]) == set(Style)
    assert sum(row["style_probabilities"].values()) == pytest.approx(1, abs=1e-3)
    assert set(row["move_probabilities"]) == MOVES
    assert all(0 <= one <= 1 for one in row["move_probabilities"].values())
    for cue in row["cues"]:
        assert set(cue) == {"move", "start", "end"}
        assert cue["move"] in row["moves"]
        assert 0 <= cue["start"] < cue["end"] <= len(text)


def test_cues_count_code_points_of_the_text_as_it_was_given(lines: Lines) -> None:
    text = "😭😭 e\u0301 — you're pathetic, you stupid idiot."
    (row,) = rows("read", lines({"text": text}))
    (cue, *_) = [one for one in row["cues"] if one["move"] == "contempt"]
    assert text[cue["start"] : cue["end"]].isascii()
    assert text[cue["start"] : cue["end"]] in text


def test_read_keeps_the_order_and_passes_over_blank_lines(lines: Lines) -> None:
    texts = ["You idiot.", "Could you text me by six?", "The bus was late.", "😭", ""]
    found = rows("read", lines({"text": texts[0]}, "", *of_talk(texts[1:]), "   "))
    alone = [rows("read", lines({"text": text}))[0] for text in texts]
    assert found == alone


def test_read_takes_standard_input(lines: Lines) -> None:
    row = {"text": "Could you text me by six?"}
    assert rows("read", "-", stdin=json.dumps(row) + "\n") == rows("read", lines(row))


def test_an_empty_file_gives_nothing_and_is_fine(lines: Lines) -> None:
    for command in ("read", "screen", "debrief"):
        assert rows(command, lines()) == []


BAD_LINES = [
    "not json",
    "[]",
    '"text"',
    "null",
    "{",
    '{"other": "no text"}',
    '{"text": 7}',
    '{"text": null}',
    '{"text": ["a"]}',
    "[" * 20_000,
]


@pytest.mark.parametrize("bad", BAD_LINES, ids=range(len(BAD_LINES)))
@pytest.mark.parametrize("command", ["read", "screen"])
def test_a_bad_line_gets_an_error_with_its_number_and_the_rest_goes_on(
    lines: Lines, command: str, bad: str
) -> None:
    good = {"text": "Could you text me by six?"}
    before, error, after = rows(command, lines(good, "", bad, good), status=1)
    assert before == after
    assert set(error) == {"error", "line"}
    assert error["line"] == 3
    assert error["error"]


def test_bytes_that_are_no_text_do_not_stop_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"text": "caf\xff"}\n{"text": "Hello."}\n')
    assert len(rows("read", str(path))) == 2


# ---------------------------------------------------------------- screen


def test_screen_prints_tier_and_concern(lines: Lines) -> None:
    found = rows("screen", lines({"text": ACUTE}, {"text": CHECK_IN}, {"text": "Hello, Donna."}))
    assert [row["tier"] for row in found] == [Tier.ACUTE, Tier.CHECK_IN, Tier.NONE]
    assert [row["concern"] for row in found] == [Risk.SUICIDE, Risk.SUICIDE, None]
    assert all(set(row) == {"tier", "concern"} for row in found)


def test_screen_takes_the_messages_before_into_account(lines: Lines) -> None:
    alone, after = rows(
        "screen", lines({"text": CHECK_IN}, {"text": CHECK_IN, "earlier": [CHECK_IN] * 4})
    )
    assert alone["tier"] == Tier.CHECK_IN
    assert after["tier"] == Tier.ACUTE


def test_earlier_messages_that_are_no_list_of_texts_are_an_error(lines: Lines) -> None:
    (row,) = rows("screen", lines({"text": "Hello.", "earlier": "a"}), status=1)
    assert row["line"] == 1
    assert "earlier" in row["error"]


# ---------------------------------------------------------------- simulate


def simulated(path: str, *options: str, status: int = 0) -> list[Row]:
    return rows("simulate", SCENARIO, "--messages", path, *options, status=status)


def test_simulate_prints_a_line_a_turn_and_last_the_outcome(lines: Lines) -> None:
    found = simulated(lines(*of_talk(DADS_STRONG)), "--seed", "7")
    *turns, last = found
    assert [row["turn"] for row in turns] == list(range(1, len(turns) + 1))
    for row in turns:
        assert {"turn", "reading", "uptake", "state", "direction", "reply"} <= set(row)
        assert row["direction"]["act"] in set(Act)
        assert {"openness", "tension", "engagement", "heard", "said"} <= set(row["state"])
        assert {"goals", "concerns", "topics", "question"} <= set(row["uptake"])
        assert {"style", "moves", "cues", "unclear"} <= set(row["reading"])
        assert row["reply"] or row["beat"]
    assert set(last) == {"outcome", "turns", "unused"}
    assert last["outcome"] in set(Outcome)
    assert last["turns"] + last["unused"] == len(DADS_STRONG)


def test_simulate_counts_the_messages_left_over_when_the_talk_has_ended(lines: Lines) -> None:
    *turns, last = simulated(lines(*of_talk(DADS_WEAK * 2)))
    assert last["outcome"] == Outcome.RUPTURE
    assert last["unused"] == 2 * len(DADS_WEAK) - len(turns) > 0


def test_simulate_prints_a_pause_for_an_acute_message_and_goes_on(lines: Lines) -> None:
    found = simulated(lines({"text": "Hello."}, {"text": ACUTE}, {"text": "I'm tired."}))
    assert found[1] == {"turn": 2, "paused": True}
    assert found[2]["turn"] == 3
    assert found[2]["state"]["gentle"]
    assert found[3]["turns"] == 3


def test_simulate_with_the_same_seed_prints_the_same(lines: Lines) -> None:
    path = lines(*of_talk(DADS_STRONG))
    assert simulated(path, "--seed", "5") == simulated(path, "--seed", "5")
    harder = simulated(path, "--seed", "5", "--difficulty", "5")
    gentler = simulated(path, "--seed", "5", "--difficulty", "1")
    assert harder[0]["state"]["openness"] < gentler[0]["state"]["openness"]


def test_simulate_takes_spaces_alone_as_silence(lines: Lines) -> None:
    first, _ = simulated(lines({"text": "   "}))
    assert first["reading"]["moves"] == []
    assert first["reading"]["unclear"]


def test_simulate_with_no_messages_is_a_talk_that_was_stopped(lines: Lines) -> None:
    assert simulated(lines()) == [{"outcome": "stopped", "turns": 0, "unused": 0}]


@pytest.mark.parametrize("text", ["a" * 4001, "\x00\x01"])
def test_a_message_that_could_not_be_sent_is_an_error_and_the_rest_is_played(
    lines: Lines, text: str
) -> None:
    error, turn, last = simulated(lines({"text": text}, {"text": "I'm tired."}), status=1)
    assert error["line"] == 1
    assert turn["turn"] == 1
    assert last["turns"] == 1


def test_simulate_stores_nothing(lines: Lines) -> None:
    simulated(lines({"text": "I'm tired."}))
    assert not load_settings().data_dir.exists()


# ---------------------------------------------------------------- debrief


def spoken(*messages: str) -> Row:
    turns = []
    for text in messages:
        turns.append({"speaker": "other", "text": "I don't know what you want from me."})
        turns.append({"speaker": "trainee", "text": text})
    return {"situation": "two sisters after a party", "turns": turns}


def test_debrief_prints_ratings_readings_findings_and_citations(lines: Lines) -> None:
    (row,) = rows("debrief", lines(spoken(*DADS_STRONG)))
    assert set(row) == {"ratings", "readings", "findings", "places", "citations", "dropped"}
    assert list(row["ratings"]) == [str(skill) for skill in Skill]
    for rating in row["ratings"].values():
        assert set(rating) == {"level", "evidence"}
        assert rating["level"] in (None, 0, 1, 2, 3, 4)
        assert all(1 <= number <= len(DADS_STRONG) for number in rating["evidence"])
    assert len(row["readings"]) == len(DADS_STRONG)
    assert all(set(one) == {"style", "moves"} for one in row["readings"])
    assert row["dropped"] == 0
    assert row["findings"]
    for finding in row["findings"]:
        text = DADS_STRONG[finding["turn"] - 1]
        assert text[finding["start"] : finding["end"]] == finding["quote"]
    assert row["citations"]
    assert all(one["text"] and one["source"] for one in row["citations"])


@pytest.mark.parametrize(
    "bad",
    [
        {"turns": "none"},
        {"turns": [{"speaker": "narrator", "text": "Then"}]},
        {"turns": [{"speaker": "trainee"}]},
        {"turns": [{"speaker": "trainee", "text": "a" * 4001}]},
        {"situation": "no turns"},
    ],
)
def test_a_talk_that_cannot_be_used_is_an_error_and_the_rest_goes_on(
    lines: Lines, bad: Row
) -> None:
    error, fine = rows("debrief", lines(bad, spoken("I feel tired.")), status=1)
    assert error["line"] == 1
    assert error["error"]
    assert len(fine["readings"]) == 1


def test_a_talk_without_a_word_of_the_trainee_has_nothing_to_rate(lines: Lines) -> None:
    empty = {"turns": []}
    only_other = {"turns": [{"speaker": "other", "text": "Well?"}]}
    for row in rows("debrief", lines(empty, only_other)):
        assert {one["level"] for one in row["ratings"].values()} == {None}
        assert (row["readings"], row["findings"], row["citations"]) == ([], [], [])


# ---------------------------------------------------------------- search


def test_search_prints_a_line_a_passage_best_first() -> None:
    found = rows("search", "how do I say no without a quarrel", "-k", "3")
    assert len(found) == 3
    assert all(set(row) == {"id", "source", "text", "score"} for row in found)
    scores = [row["score"] for row in found]
    assert scores == sorted(scores, reverse=True)


def test_search_with_queries_prints_an_object_a_query_in_order(lines: Lines) -> None:
    queries = ["how to apologise", "an impasse in a marriage"]
    found = rows("search", "--queries", lines(*({"query": one} for one in queries)), "-k", "2")
    alone = [rows("search", query, "-k", "2") for query in queries]
    assert found == [{"passages": passages} for passages in alone]


def test_search_looks_only_in_the_sources_that_are_named() -> None:
    assert rows("search", "how to apologise", "--source", "handbook")
    assert rows("search", "how to apologise", "--source", "no such file") == []
    both = rows("search", "how to apologise", "--source", "other", "--source", "handbook")
    assert both == rows("search", "how to apologise")


def test_a_bad_query_is_an_error_and_the_rest_goes_on(lines: Lines) -> None:
    error, fine = rows(
        "search", "--queries", lines({"text": "no query"}, {"query": "grief"}), status=1
    )
    assert error["line"] == 1
    assert fine["passages"]


# ---------------------------------------------------------------- wrong calls


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("no-such-command",),
        ("read", "-", "--no-such-option"),
        ("simulate", SCENARIO),
        ("simulate", SCENARIO, "--messages", "-", "--difficulty", "6"),
        ("simulate", SCENARIO, "--messages", "-", "--seed", "-1"),
        ("search",),
        ("search", "a query", "--queries", "-"),
        ("search", "a query", "-k", "0"),
        ("serve", "--port", "70000"),
        ("rehearse", SCENARIO, "--difficulty", "hard"),
    ],
)
def test_a_wrong_call_ends_with_status_two_and_prints_nothing(arguments: tuple[str, ...]) -> None:
    assert run(*arguments) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("read", "no/such/file.jsonl"), "Check the path"),
        (("simulate", "no_such", "--messages", "-"), SCENARIO),
        (("simulate", "no_such.yaml", "--messages", "-"), "no_such.yaml"),
        (("scenarios", "show", "no_such"), SCENARIO),
        (("rehearse", "no_such"), SCENARIO),
        (("rehearse", SCENARIO, "--actor", "nobody"), "authored"),
    ],
)
def test_a_call_that_cannot_work_ends_with_status_two_and_one_message(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    captured = capsys.readouterr()
    assert ended.value.code == 2
    assert captured.out == ""
    assert said in captured.err
    assert "Traceback" not in captured.err


def test_settings_that_cannot_be_used_name_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPT_PORT", "a lot")
    with pytest.raises(SetupError, match="IPT_PORT"):
        run("doctor")


# ---------------------------------------------------------------- as processes


def test_a_process_prints_results_alone_on_standard_output(tmp_path: Path) -> None:
    text = '{"text": "Es tut mir leid — schön, 😭"}\n'
    done = process("read", "-", stdin=text + "bad\n", data=tmp_path / "d")
    assert done.returncode == 1
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["style"] in set(Style)
    assert second["line"] == 2
    assert done.stdout.isascii()


def test_a_wrong_call_of_a_process_says_so_on_standard_error(tmp_path: Path) -> None:
    done = process("debrief", "no/such/file.jsonl", data=tmp_path / "d")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ipt-roleplay: ")
    assert "Traceback" not in done.stderr


def test_a_reader_of_the_output_that_stops_early_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"text": "Could you text me by six?"}\n' * 400, encoding="utf-8")
    command = f'"{sys.executable}" -m ipt_roleplay.cli read "{path}" | head -n 1'
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert json.loads(done.stdout)["style"]
    assert "Traceback" not in done.stderr


# ---------------------------------------------------------------- scenarios


def test_scenarios_list_has_a_line_for_each() -> None:
    code, out = run("scenarios", "list")
    assert code == 0
    for scenario_id, scenario in load_all().items():
        (line,) = [line for line in out.splitlines() if line.startswith(f"{scenario_id} ")]
        assert scenario.title in line


@pytest.mark.parametrize("scenario_id", load_all())
def test_scenarios_show_prints_the_briefing_and_nothing_hidden(scenario_id: str) -> None:
    code, out = run("scenarios", "show", scenario_id)
    scenario = load_all()[scenario_id]
    assert code == 0
    assert scenario.briefing.situation in out
    assert all(goal.text in out for goal in scenario.goals)
    hidden = [*scenario.secrets, *scenario.concerns, *scenario.concessions]
    assert not any(one.text in out for one in hidden)


def test_scenarios_check_finds_those_that_ship_fine() -> None:
    code, out = run("scenarios", "check")
    assert code == 0
    assert out.count(": fine") == len(load_all())


def shipped() -> str:
    return next(folder().rglob(f"{SCENARIO}.yaml")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("\ntitle:", "\ntitel:", 1), "title"),
        (lambda text: text.replace("\nlevel: 2", "\nlevel: 9", 1), "level"),
        (lambda text: text + "\n- [unclosed", ""),
        (lambda text: "", ""),
    ],
    ids=["an unknown field", "a number off its range", "no YAML", "empty"],
)
def test_scenarios_check_names_file_and_line_of_a_fault(
    tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    path = tmp_path / "broken.yaml"
    text = change(shipped())
    assert text != shipped()
    path.write_text(text, encoding="utf-8")
    code, out = run("scenarios", "check", str(path))
    assert code == 1
    place, _, rest = out.partition(": ")
    named, _, line = place.rpartition(":")
    assert Path(named).resolve() == path.resolve()
    assert line.isdigit()
    assert said in rest


def test_scenarios_check_goes_on_after_a_faulty_file(tmp_path: Path) -> None:
    broken, missing = tmp_path / "broken.yaml", tmp_path / "missing.yaml"
    broken.write_text("id: x", encoding="utf-8")
    good = next(folder().rglob(f"{SCENARIO}.yaml"))
    code, out = run("scenarios", "check", str(broken), str(missing), str(good))
    assert code == 1
    assert str(missing) in out
    assert f"{good}: fine" in out


def test_a_scenario_of_ones_own_can_be_simulated_from_its_file(
    tmp_path: Path, lines: Lines
) -> None:
    path = tmp_path / f"{SCENARIO}.yaml"
    path.write_text(shipped(), encoding="utf-8")
    messages = lines({"text": "I'm tired."})
    assert rows("simulate", str(path), "--messages", messages) == simulated(messages)


# ---------------------------------------------------------------- doctor


def test_doctor_finds_a_new_installation_well_and_says_what_leaves_the_machine() -> None:
    code, out = run("doctor")
    assert code == 0
    assert "fault" not in out
    assert "nothing leaves this machine" in out


def test_doctor_names_what_to_do_about_a_damaged_database() -> None:
    data = load_settings().data_dir
    data.mkdir(parents=True)
    (data / "rehearsals.db").write_bytes(b"this was a database once" * 200)
    code, out = run("doctor")
    assert code == 1
    (fault,) = [line for line in out.splitlines() if line.startswith("fault")]
    assert "rehearsals.db" in fault
    assert "--set-aside" in fault

    code, out = run("doctor", "--set-aside")
    assert code == 0
    kept = list(data.glob("rehearsals.damaged-*.db"))
    assert len(kept) == 1
    assert kept[0].read_bytes().startswith(b"this was a database once")


def test_doctor_says_what_is_wrong_with_a_data_folder_that_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a file"
    path.write_text("", encoding="utf-8")
    monkeypatch.setenv("IPT_DATA_DIR", str(path))
    code, out = run("doctor")
    assert code == 1
    assert str(path) in out


def with_model(monkeypatch: pytest.MonkeyPatch, name: str, address: str) -> None:
    monkeypatch.setenv("IPT_MODEL", name)
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-a-secret-key")


def test_doctor_asks_the_model_for_a_word_and_says_what_is_sent_where(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving() as server:
        with_model(monkeypatch, "demo", server.address)
        code, out = run("doctor")
        host = server.address.split("/")[2]
    assert code == 0
    assert f"demo at {host} answers" in out
    assert f"go to {host}" in out
    assert "sk-a-secret-key" not in out


def test_doctor_names_what_is_wrong_with_the_models_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving() as server:
        with_model(monkeypatch, "fault-401", server.address)
        code, out = run("doctor")
    assert code == 1
    (fault,) = [line for line in out.splitlines() if line.startswith("fault")]
    assert "OPENAI_API_KEY" in fault


def test_a_rehearsal_in_the_terminal_says_where_the_words_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving() as server:
        with_model(monkeypatch, "demo", server.address)
        with_it = rehearsed("I'm worn out, Donna.", "/end")
        assert "is sent to demo at 127.0.0.1" in with_it
        asked = len(server.seen.bodies)
        without = rehearsed("I'm worn out, Donna.", "/end", actor="authored")
        assert "is sent to" not in without
        assert asked > 0
        assert len(server.seen.bodies) == asked


# ---------------------------------------------------------------- rehearse in the terminal


def rehearsed(*typed: str, scenario: str = SCENARIO, actor: str | None = None) -> str:
    chosen = ["--actor", actor] if actor else []
    stdin = "".join(f"{text}\n" for text in typed)
    code, out = run("rehearse", scenario, "--seed", "7", *chosen, stdin=stdin)
    assert code == 0
    return out


def test_a_rehearsal_in_the_terminal_goes_to_its_debrief() -> None:
    out = rehearsed(*DADS_STRONG[:3], "", "/end", "It was all right.", "The Wednesdays.")
    scenario = load_all()[SCENARIO]
    assert scenario.opening.say in out
    assert out.count(f"{scenario.persona.name}: ") >= 5
    assert "out of the scene" in out
    assert "Staying steady" in out
    assert any(f"“{text}”" in out or text[:20] in out for text in DADS_STRONG[:3])
    assert not any(secret.text in out for secret in scenario.secrets)


def test_the_end_of_input_ends_the_scene_and_still_gives_the_debrief() -> None:
    assert "Staying steady" in rehearsed("I'm worn out, Donna.")


def test_a_check_in_in_the_terminal_can_be_answered_that_it_is_more_than_the_scene() -> None:
    assert "Nothing was asked" in rehearsed("/more", "/end")
    out = rehearsed(CHECK_IN, "/more", "/end")
    assert "findahelpline" in out
    assert "Type RESUME" in out


def test_an_acute_message_in_the_terminal_shows_help_and_waits_for_a_word() -> None:
    stopped = rehearsed(ACUTE, "/end")
    assert "Type RESUME" in stopped
    assert "findahelpline" in stopped
    gone_on = rehearsed(ACUTE, "RESUME", "I'm worn out, Donna.", "/end")
    assert gone_on.count("Donna: ") > stopped.count("Donna: ")


def test_a_message_too_long_for_the_terminal_is_refused_and_the_talk_goes_on() -> None:
    out = rehearsed("a" * 4001, "I'm worn out, Donna.", "/end")
    assert "too long" in out
    assert out.count("Donna: ") == 2


def test_a_rehearsal_at_a_process_of_its_own_ends_well(tmp_path: Path) -> None:
    typed = "I'm worn out, Donna.\nCould you take the Wednesdays?\n/end\nFine.\nHelp.\n"
    done = process("rehearse", SCENARIO, "--seed", "3", stdin=typed, data=tmp_path / "d")
    assert done.returncode == 0, done.stderr
    assert "Donna: " in done.stdout
    assert "Traceback" not in done.stderr
