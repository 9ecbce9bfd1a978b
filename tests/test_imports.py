"""Imports go one way, third parties stay behind their fences, and heavy ones come late."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "ipt_roleplay"

ORDER = (
    *("domain", "errors", "sentences", "words", "linear", "settings"),
    *("documents", "encoder", "embedding", "model", "handbook"),
    *("scenarios", "prompts", "safety", "reading", "uptake", "guard"),
    *("director",),
    *("actors", "retrieval", "corpus", "store"),
    *("debrief",),
    *("rehearsal", "authoring"),
    *("export", "ui", "batch", "terminal", "doctor", "cli"),
    *("testing",),
)
"""A module may import itself and what stands before it. One line is one layer."""

FACES = ORDER[ORDER.index("export") : ORDER.index("testing")]
OPEN_TO_FACES = {
    *("domain", "errors", "settings", "model", "handbook", "scenarios", "safety", "reading"),
    "uptake",
    *("retrieval", "corpus", "debrief", "rehearsal", "authoring"),
    *FACES,
}
"""What page and command line may use: never store, director or actors."""

FENCES = {
    "gradio": "ui",
    "sqlalchemy": "store",
    "alembic": "store",
    "langchain": "model",
    "langchain_core": "model",
    "langchain_openai": "model",
    "openai": "model",
    "httpx2": "model",
    "tiktoken": "model",
    "chromadb": "retrieval",
    "yaml": "documents",
    "wordllama": "embedding",
    "onnxruntime": "encoder",
    "torch": "evals",
    "typer": "cli",
    "pypdf": "corpus",
    "docx": "corpus",
    "bs4": "corpus",
    "lxml": "corpus",
    "PIL": "authoring",
    "sklearn": "evals",
    "evals": "evals",
    "tests": "tests",
}
"""The one module that may import a third party."""

HEAVY = ("gradio", "langchain", "langchain_core", "langchain_openai", "openai", "chromadb")

FILES = sorted(PACKAGE.rglob("*.py"))


def module_of(file: Path) -> str:
    """`ipt_roleplay/store/rows.py` belongs to `store`; the package's own file to nothing."""
    first = file.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(file: Path) -> Iterator[str]:
    """Dotted names of all that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: write imports in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(file: Path) -> set[str]:
    """Our own modules that a file imports, by their first name."""
    names = (name.split(".") for name in imported(file))
    return {parts[1] for parts in names if parts[0] == "ipt_roleplay" and len(parts) > 1} & set(
        ORDER
    )


def named(file: Path) -> str:
    return str(file.relative_to(PACKAGE))


def test_every_module_has_its_place() -> None:
    known = {*ORDER, "__init__"}
    strangers = {module_of(file) for file in FILES} - known
    assert not strangers, f"give {strangers} a place in ORDER and in docs/architecture.md"


@pytest.mark.parametrize("file", FILES, ids=named)
def test_imports_go_one_way(file: Path) -> None:
    module = module_of(file)
    if module == "__init__":
        assert not ours(file)
        return
    allowed = set(ORDER[: ORDER.index(module) + 1])
    assert ours(file) <= allowed, f"{module} may not import {ours(file) - allowed}"


@pytest.mark.parametrize("file", [one for one in FILES if module_of(one) in FACES], ids=named)
def test_page_and_command_line_go_through_the_rehearsal(file: Path) -> None:
    assert ours(file) <= OPEN_TO_FACES


@pytest.mark.parametrize("file", FILES, ids=named)
def test_third_parties_stay_behind_their_fences(file: Path) -> None:
    for name in {name.split(".")[0] for name in imported(file)}:
        if name in FENCES:
            assert module_of(file) == FENCES[name], f"only {FENCES[name]} may import {name}"


def loaded_after(code: str) -> list[str]:
    """The heavy packages that a fresh Python has loaded after `code`."""
    tail = f"import json, sys; print(json.dumps([one for one in {HEAVY} if one in sys.modules]))"
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\n{tail}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: list[str] = json.loads(ran.stdout.splitlines()[-1])
    return found


def test_help_is_quick() -> None:
    asked = "from ipt_roleplay.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    assert loaded_after(asked) == []


def test_reading_needs_nothing_heavy() -> None:
    assert loaded_after("from ipt_roleplay.reading import read\nread('', 'Hello.')") == []
