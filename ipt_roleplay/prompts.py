"""Prompts for a language model: Markdown files whose `$names` are filled, strictly."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources
from pathlib import Path
from string import Template

from ipt_roleplay.documents import read_text
from ipt_roleplay.errors import DocumentError

_HEADING = re.compile(r"^## (\S+)$", re.MULTILINE)


@cache
def folder() -> Path:
    """Where prompts lie: the checkout's folder, else the one inside the package."""
    checkout = Path(__file__).resolve().parent.parent / "prompts"
    if checkout.is_dir():
        return checkout
    return Path(str(resources.files("ipt_roleplay") / "_data" / "prompts"))


def fill(name: str, /, **values: str) -> str:
    """The prompt `name` with its places filled. Raises DocumentError where a place has no value
    or a value no place: a prompt and its caller must agree."""
    file = folder() / f"{name}.md"
    template, wanted = _template(file)
    given = set(values)
    if wanted - given:
        raise DocumentError(str(file), 1, f"wants {_listed(wanted - given)}. Give it a value.")
    if given - wanted:
        raise DocumentError(str(file), 1, f"has no {_listed(given - wanted)}. Use it or drop it.")
    return template.substitute(values)


def text_of(name: str) -> str:
    """The prompt `name` as it stands, places unfilled."""
    return _text(folder() / f"{name}.md")


def sections(name: str) -> dict[str, str]:
    """The parts of the prompt `name` by their `## heading`. Raises DocumentError."""
    return dict(_sections(folder() / f"{name}.md"))


@cache
def _template(file: Path) -> tuple[Template, frozenset[str]]:
    """A prompt and the names of its places."""
    template = Template(_text(file))
    if not template.is_valid():
        raise DocumentError(str(file), 1, "has a `$` that names nothing. Write `$$` for the sign.")
    return template, frozenset(template.get_identifiers())


@cache
def _sections(file: Path) -> tuple[tuple[str, str], ...]:
    _, *parts = _HEADING.split(_text(file))
    if not parts:
        raise DocumentError(str(file), 1, "has no `## heading`. Begin each part with one.")
    return tuple(zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True))


@cache
def _text(file: Path) -> str:
    return read_text(file).strip()


def _listed(names: AbstractSet[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names))
