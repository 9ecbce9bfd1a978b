"""Safe YAML and Markdown front matter, with the line of every value.

Plain `yaml.safe_load` expands alias bombs, lets the last of two equal keys win, and reads
`no` as False; here aliases and duplicate keys are errors and only true/false, null and
numbers are anything but text.
"""

from __future__ import annotations

import re
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
    try:
        _refuse_dangerous(text, source, first_line)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        problem = error.problem or "this is not YAML"
        raise DocumentError(
            source, line, f"{problem}. Check indentation, quotes and colons around this line."
        ) from error
    lines: dict[Place, int] = {}
    value = None if node is None else _value(node, (), lines, source, first_line)
    return Document(source, value, lines)


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


def _refuse_dangerous(text: str, source: str, first_line: int) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = (event.start_mark.line if event.start_mark else 0) + first_line
        if isinstance(event, yaml.AliasEvent):
            raise DocumentError(source, line, "aliases (`*name`) are refused. Write the value out.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH_LIMIT:
                raise DocumentError(
                    source, line, f"nests deeper than {DEPTH_LIMIT} levels. Flatten it."
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _value(
    node: yaml.Node, place: Place, lines: dict[Place, int], source: str, first_line: int
) -> Any:
    lines[place] = node.start_mark.line + first_line
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(item, (*place, index), lines, source, first_line)
            for index, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, lines, source, first_line)
    return _scalar(node)


def _mapping(
    node: yaml.MappingNode, place: Place, lines: dict[Place, int], source: str, first_line: int
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + first_line
        if not isinstance(key, yaml.ScalarNode):
            raise DocumentError(source, line, "a key must be a plain word. Rewrite this key.")
        if key.value in found:
            raise DocumentError(
                source, line, f"`{key.value}` stands here twice. Keep one and delete the other."
            )
        found[key.value] = _value(value, (*place, key.value), lines, source, first_line)
        lines[(*place, key.value)] = line
    return found


def _scalar(node: yaml.Node) -> object:
    text = str(node.value)
    if getattr(node, "style", None) in ('"', "'", "|", ">"):
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
