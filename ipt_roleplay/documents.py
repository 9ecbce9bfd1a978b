"""Safe YAML and Markdown front matter, with the line of every value.

Plain `yaml.safe_load` expands alias bombs, lets the last of two equal keys win, and reads
`no` as False; here aliases and duplicate keys are errors and only true/false, null and
numbers are anything but text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ipt_roleplay.errors import DocumentError

SIZE_LIMIT = 256_000
DEPTH_LIMIT = 20

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?\d{1,15}")
_FLOAT = re.compile(r"[-+]?\d{1,15}\.\d{1,15}")
_REFUSED = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A parsed file: plain `value`, and the line (from 1) of each place in it."""

    source: str
    value: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line_of(self, place: Place) -> int:
        """The line of `place`, or of the nearest thing around it."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return 1


def read_text(path: Path) -> str:
    """The text of a file of at most 256 kB. Raises `DocumentError`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            str(path), 1, f"cannot be read ({error.strerror}). Check the path and its rights."
        ) from error
    if len(raw) > SIZE_LIMIT:
        raise DocumentError(
            str(path), 1, f"is {len(raw):,} bytes; at most {SIZE_LIMIT:,} are read. Split the file."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DocumentError(str(path), line, "is not UTF-8 here. Save it as UTF-8.") from error


def parse_yaml(text: str, source: str, first_line: int = 1) -> Document:
    """Parses one YAML document. Raises `DocumentError` with the line at fault."""
    _refuse_characters(text, source, first_line)
    reader = _Reader(text, source, first_line)
    try:
        value = reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        problem = error.problem or "this is not YAML"
        raise DocumentError(
            source, line, f"{problem}. Check indentation, quotes and colons around this line."
        ) from error
    return Document(source, value, reader.lines)


def parse_front_matter(text: str, source: str) -> tuple[Document, str]:
    """Splits `---` front matter from the body below it. Raises `DocumentError`."""
    if not text.startswith("---\n"):
        raise DocumentError(source, 1, "has no front matter. Start the file with a line `---`.")
    end = text.find("\n---\n", 3)
    if end < 0:
        raise DocumentError(source, 1, "its front matter does not end. Close it with `---`.")
    return parse_yaml(text[4 : end + 1], source, first_line=2), text[end + 5 :]


def _refuse_characters(text: str, source: str, first_line: int) -> None:
    """Control characters, halves of surrogate pairs: what YAML itself does not allow."""
    found = _REFUSED.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + first_line
        code = f"U+{ord(found[0]):04X}"
        raise DocumentError(source, line, f"holds the invisible character {code}. Delete it.")


class _Reader:
    """Builds plain values out of YAML's events; `lines` fills with the line of each place.

    Composing nodes first takes twice as long, and needs a look at the events before it: deep
    nesting would overrun its stack, and it follows aliases.
    """

    def __init__(self, text: str, source: str, first_line: int) -> None:
        self.lines: dict[Place, int] = {}
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
        self._source = source
        self._first_line = first_line

    def document(self) -> Any:
        """The only document's value, None where there is none. Raises `yaml.MarkedYAMLError`."""
        value: Any = None
        found = False
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    raise self._fault(event, "another document starts here. Keep one a file.")
                found, value = True, self._value(next(self._events), ())
        return value

    def _value(self, event: yaml.Event, place: Place) -> Any:
        self.lines[place] = self._line(event)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.AliasEvent):
            raise self._fault(event, "aliases (`*name`) are refused. Write the value out.")
        if len(place) >= DEPTH_LIMIT:
            raise self._fault(event, f"nests deeper than {DEPTH_LIMIT} levels. Flatten it.")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        return [self._value(item, (*place, index)) for index, item in enumerate(self._until_end())]

    def _mapping(self, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in self._until_end():
            if isinstance(key, yaml.AliasEvent):
                raise self._fault(key, "aliases (`*name`) are refused. Write the key out.")
            if not isinstance(key, yaml.ScalarEvent):
                raise self._fault(key, "a key must be a plain word. Rewrite this key.")
            if key.value in found:
                raise self._fault(
                    key, f"`{key.value}` stands here twice. Keep one and delete the other."
                )
            below = (*place, key.value)
            found[key.value] = self._value(next(self._events), below)
            self.lines[below] = self._line(key)
        return found

    def _until_end(self) -> Iterator[yaml.Event]:
        """The events up to the end of the list or mapping that has begun."""
        for event in self._events:
            if isinstance(event, yaml.CollectionEndEvent):
                return
            yield event

    def _line(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + self._first_line

    def _fault(self, event: yaml.Event, problem: str) -> DocumentError:
        return DocumentError(self._source, self._line(event), problem)


def _scalar(event: yaml.ScalarEvent) -> object:
    text = str(event.value)
    if event.style in ('"', "'", "|", ">"):
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
