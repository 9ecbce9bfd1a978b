"""The pages say what the program does: codes, commands, links and the scenarios' schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from ipt_roleplay import scenarios
from ipt_roleplay.cli import app
from ipt_roleplay.domain import Act, Move, Outcome, Skill, Style

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])

FOLDERS = (".ci", "docs", "evals", "ipt_roleplay", "prompts", "scenarios", "tests")
NOT_TEXT = {".npz", ".onnx", ".png", ".pyc"}
ELSEWHERE = re.compile(
    r"index[-_]url|find[-_]links|trusted[-_]host|pypi\.o[r]g|pythonhost[e]d|registry\.[n]pmjs"
    r"|(?<![\w.])/(?:home|root|tmp|work|Users)/\w"
)
"""Package registries, and paths that exist on one machine only."""


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def codes(page: str) -> list[str]:
    """The codes in the first column of a page's tables, in their order."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


def test_the_codebook_has_every_style_and_move() -> None:
    assert codes("codebook.md") == [*Style, *Move]


def test_the_rubric_has_every_skill() -> None:
    assert codes("rubric.md") == list(Skill)


def test_the_page_of_acts_and_outcomes_has_them_all() -> None:
    assert codes("acts-and-outcomes.md") == [*Act, *Outcome]


def test_the_schema_is_that_of_the_code() -> None:
    stored = (ROOT / "scenarios" / scenarios.SCHEMA_NAME).read_text(encoding="utf-8")
    assert stored == scenarios.json_schema(), "run `make schema`"


def targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))


def code_in(page: Path) -> Iterator[str]:
    """Lines of a page's code blocks, and its words in code."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```.*?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    yield from (line for block in blocks for line in block.splitlines())
    yield from re.findall(r"`([^`\n]+)`", text)


def calls(page: Path) -> set[tuple[str, ...]]:
    """The words after `ipt-roleplay` wherever a page shows a call of it."""
    pattern = re.compile(r"(?:^|[|/;]\s*|\s)ipt-roleplay((?: +[^|<>;#]+)?)")
    found = (match for code in code_in(page) for match in pattern.finditer(code))
    return {tuple(match[1].split()) for match in found if match[1].strip()}


def fault_of(words: tuple[str, ...]) -> str:
    """What is wrong with a call that a page shows; empty when command and options exist."""
    command = typer.main.get_command(app)
    for word in words:
        if isinstance(command, TyperGroup):
            if word not in command.commands:
                return f"there is no command `{word}`" if word[0].isalpha() else ""
            command = command.commands[word]
        elif word.startswith("-") and word != "-":
            known = {option for one in command.params for option in one.opts} | {"--help"}
            if word.split("=")[0] not in known:
                return f"`{command.name}` has no option `{word}`"
    return ""


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_that_a_page_shows_exists(page: Path) -> None:
    faults = {" ".join(words): fault_of(words) for words in calls(page)}
    assert not {call: fault for call, fault in faults.items() if fault}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_make_target_that_a_page_shows_exists(page: Path) -> None:
    shown = {match[1] for code in code_in(page) if (match := re.match(r"make ([\w-]+)", code))}
    assert shown <= targets()


def test_the_two_commands_come_first() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text
    assert "<!-- figures -->" in text
    assert "<!-- /figures -->" in text


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    for link in links:
        if not re.match(r"[a-z]+:", link):
            assert (page.parent / link).exists(), f"{link} is not there"


def files() -> list[Path]:
    """The project's own files, without caches and a developer's own settings."""
    loose = [one for one in ROOT.iterdir() if one.is_file() and one.name != ".env"]
    inside = [one for folder in FOLDERS for one in (ROOT / folder).rglob("*") if one.is_file()]
    return [one for one in [*loose, *inside] if one.suffix not in NOT_TEXT]


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    texts = {named(one): one.read_text(encoding="utf-8", errors="replace") for one in files()}
    found = {name: ELSEWHERE.findall(text) for name, text in texts.items()}
    assert not {name: hits for name, hits in found.items() if hits}
