"""The product's own citable passages: Markdown files beside this one, by theme.

A file `listening.md` starts with front matter (`theme: Listening`); each passage follows as

    ## listening.name | Title
    codes: validation, reflection
    references: Linehan 2015; Stuart 2008

    Body, 80–180 words.

`references.md` holds the full references, one bullet `- Key: reference` each; `backing.yaml` the
sentences that may back what a debrief says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from ipt_roleplay.documents import Document, parse_front_matter, parse_yaml
from ipt_roleplay.domain import Area, Move, Passage, Skill, Stage
from ipt_roleplay.errors import DocumentError

FAILURES = frozenset(
    {"indirect_signal", "assumed_understood", "assumed_understanding", "roundabout", "silence"}
)
"""Ways in which communication fails, as communication analysis tells them apart."""

SITUATIONS = frozenset(
    {
        "begged",
        "crowded",
        "door",
        "look_again",
        "flattery",
        "half_said",
        "left_aside",
        "made_small",
        "moved_on",
        "passed_over",
        "pressed",
        "soothed",
        "unanswered",
        "undone",
        "vague",
    }
)
"""What can happen in a talk beside moves and failures."""

CODES = (
    frozenset(str(code) for codes in (Move, Skill, Stage, Area) for code in codes)
    | FAILURES
    | SITUATIONS
)
"""All that a passage may be cited for."""

SHORTEST, LONGEST = 80, 180
"""Bounds of a body, in words."""

_REFERENCES = "references.md"
_BACKING = "backing.yaml"
_BULLET = re.compile(r"- ([^:]+): (.+)")
_HEADING = re.compile(r"## (\S+) \| (.+)")


@dataclass(frozen=True)
class Entry:
    """A passage of the handbook; `codes` say what a debrief cites it for, most fitting first."""

    passage: Passage
    codes: tuple[str, ...]
    theme: str


@dataclass(frozen=True)
class Statement:
    """A sentence of a passage that states by itself what a finding rests on; `start` and `end` in
    code points of the passage's text."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


@cache
def load() -> tuple[Entry, ...]:
    """The handbook that ships with the product. Raises `DocumentError`."""
    return load_folder(resources.files(__name__))


def load_folder(folder: Traversable) -> tuple[Entry, ...]:
    """All passages of a folder's Markdown files, by file name, then as they stand there.

    Raises `DocumentError` with file, line and what to change.
    """
    references = _read_references(folder / _REFERENCES)
    found: dict[str, Entry] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".md") and file.name != _REFERENCES:
            for line, entry in _read_file(file, references):
                if entry.passage.id in found:
                    raise DocumentError(
                        file.name, line, f"the id `{entry.passage.id}` is taken. Choose another."
                    )
                found[entry.passage.id] = entry
    return tuple(found.values())


@cache
def backing() -> dict[str, tuple[Statement, ...]]:
    """For each code of a finding the sentences that may back it. Raises `DocumentError`."""
    return load_backing(resources.files(__name__) / _BACKING, load())


def load_backing(file: Traversable, entries: Iterable[Entry]) -> dict[str, tuple[Statement, ...]]:
    """What `file` lists, found in its passages. Raises `DocumentError` with file, line and what
    to change."""
    passages = {entry.passage.id: entry.passage for entry in entries}
    document = parse_yaml(file.read_text(encoding="utf-8"), file.name)
    if not isinstance(document.value, dict):
        raise DocumentError(file.name, 1, "lists nothing. Write `code:` with its passages.")
    return {
        code: tuple(_statements(document, code, listed, passages))
        for code, listed in document.value.items()
    }


def _statements(
    document: Document, code: str, listed: Any, passages: Mapping[str, Passage]
) -> Iterator[Statement]:
    if not isinstance(listed, dict):
        line = document.line_of((code,))
        raise DocumentError(document.source, line, "write passages below it, `id:` and sentences.")
    for name, texts in listed.items():
        if not isinstance(texts, list):
            line = document.line_of((code, name))
            raise DocumentError(document.source, line, "write its sentences as a list, `- …` each.")
        passage = passages.get(name)
        if passage is None:
            line = document.line_of((code, name))
            raise DocumentError(document.source, line, f"`{name}` is no passage. Correct the id.")
        for number, text in enumerate(texts):
            start = passage.text.find(str(text))
            if start < 0:
                raise DocumentError(
                    document.source,
                    document.line_of((code, name, number)),
                    f"this doesn't stand in `{name}`. Copy the sentence word for word.",
                )
            yield Statement(passage, start, start + len(str(text)))


@dataclass(frozen=True)
class _Block:
    """One passage as it stands in its file; `line` is that of its heading."""

    source: str
    line: int
    lines: tuple[str, ...]

    def fault(self, offset: int, problem: str) -> DocumentError:
        return DocumentError(self.source, self.line + offset, problem)

    def listed(self, offset: int, name: str, separator: str) -> tuple[str, ...]:
        """The items of the line `name: …` that must stand `offset` lines below the heading."""
        text = self.lines[offset] if offset < len(self.lines) else ""
        if not text.startswith(f"{name}:"):
            raise self.fault(offset, f"`{name}:` is missing. Write it on this line.")
        items = text.removeprefix(f"{name}:").split(separator)
        return tuple(item.strip() for item in items if item.strip())


def _read_references(file: Traversable) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, text in _body(file)[1]:
        if not text.strip():
            continue
        bullet = _BULLET.fullmatch(text)
        if bullet is None:
            raise DocumentError(
                file.name, number, "is not a reference. Write `- Key: full reference`."
            )
        key, reference = bullet.groups()
        if key in found:
            raise DocumentError(file.name, number, f"`{key}` stands here twice. Delete one.")
        found[key] = reference
    return found


def _read_file(file: Traversable, references: dict[str, str]) -> Iterator[tuple[int, Entry]]:
    theme, lines = _body(file)
    for block in _blocks(file.name, lines):
        yield block.line, _entry(block, theme, references)


def _body(file: Traversable) -> tuple[str, list[tuple[int, str]]]:
    """A file's theme, and its numbered lines below the front matter."""
    if not file.is_file():
        raise DocumentError(file.name, 1, "is not there. Add it to the handbook's folder.")
    text = file.read_text(encoding="utf-8")
    document, body = parse_front_matter(text, file.name)
    theme = document.value.get("theme") if isinstance(document.value, dict) else None
    if not isinstance(theme, str):
        raise DocumentError(file.name, 2, "names no theme. Write `theme: …` here.")
    first = text[: len(text) - len(body)].count("\n") + 1
    return theme, list(enumerate(body.split("\n"), first))


def _blocks(source: str, lines: Iterable[tuple[int, str]]) -> Iterator[_Block]:
    start, block = 0, list[str]()
    for number, text in lines:
        if text.startswith("## "):
            if block:
                yield _Block(source, start, tuple(block))
            start, block = number, [text]
        elif block:
            block.append(text)
        elif text.strip():
            raise DocumentError(
                source, number, "stands before the first passage. Begin it with `## id | Title`."
            )
    if block:
        yield _Block(source, start, tuple(block))


def _entry(block: _Block, theme: str, references: dict[str, str]) -> Entry:
    name, title = _heading(block)
    codes = block.listed(1, "codes", ",")
    keys = block.listed(2, "references", ";")
    for code in codes:
        if code not in CODES:
            raise block.fault(1, f"`{code}` is no code. Use one of: {', '.join(sorted(CODES))}.")
    for key in keys:
        if key not in references:
            raise block.fault(2, f"`{key}` is not in {_REFERENCES}. Add it there or correct it.")
    if not keys:
        raise block.fault(2, "names no reference. Add the work that it rests on.")
    passage = Passage(
        id=name,
        source="handbook",
        kind="handbook",
        title=title,
        text=_text(block),
        references=tuple(references[key] for key in keys),
    )
    return Entry(passage, codes, theme)


def _heading(block: _Block) -> tuple[str, str]:
    heading = _HEADING.fullmatch(block.lines[0])
    if heading is None:
        raise block.fault(0, "is not a heading of a passage. Write `## id | Title`.")
    name, title = heading.groups()
    stem = block.source.removesuffix(".md")
    if not re.fullmatch(rf"{re.escape(stem)}\.[a-z][a-z0-9_]*", name):
        raise block.fault(
            0, f"the id `{name}` does not fit its file. Write `{stem}.` and a lower-case name."
        )
    return name, title.strip()


def _text(block: _Block) -> str:
    text = "\n".join(block.lines[3:]).strip()
    words = len(text.split())
    if not SHORTEST <= words <= LONGEST:
        raise block.fault(
            0, f"has {words} words. Write {SHORTEST} to {LONGEST}, or split the passage."
        )
    return text
