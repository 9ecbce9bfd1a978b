"""Documents: safe YAML with the line of every value, and front matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipt_roleplay.documents import (
    DEPTH_LIMIT,
    SIZE_LIMIT,
    parse_front_matter,
    parse_yaml,
    read_text,
)
from ipt_roleplay.errors import DocumentError

WORDS_AND_NUMBERS = [
    ("no", "no"),
    ("No", "No"),
    ("yes", "yes"),
    ("off", "off"),
    ("on", "on"),
    ("y", "y"),
    ("true", True),
    ("True", True),
    ("false", False),
    ("null", None),
    ("~", None),
    ("", None),
    ("7", 7),
    ("-7", -7),
    ("+7", 7),
    ("007", 7),
    ("3.50", 3.5),
    ("'7'", "7"),
    ('"true"', "true"),
    ("'null'", "null"),
    ('""', ""),
    ("8:30", "8:30"),
    ("1:20:30", "1:20:30"),
    ("2026-01-01", "2026-01-01"),
    ("1_000", "1_000"),
    ("0x10", "0x10"),
    ("0o10", "0o10"),
    ("1e3", "1e3"),
    (".inf", ".inf"),
    (".nan", ".nan"),
    ("12345678901234567890", "12345678901234567890"),
    ("=", "="),
]


@pytest.mark.parametrize(("written", "value"), WORDS_AND_NUMBERS)
def test_only_true_false_null_and_numbers_are_anything_but_text(written: str, value: Any) -> None:
    found = parse_yaml(f"key: {written}\n", "a.yaml").value
    assert found == {"key": value}
    assert type(found["key"]) is type(value)


def test_a_merge_key_is_an_ordinary_word() -> None:
    assert parse_yaml("<<: {a: 1}\n", "a.yaml").value == {"<<": {"a": 1}}


def test_a_tag_makes_nothing() -> None:
    """No tag builds an object, runs code, or even turns text into bytes."""
    text = "key: !!python/object/apply:os.getcwd []\nother: !!binary aGVsbG8=\n"
    assert parse_yaml(text, "a.yaml").value == {"key": [], "other": "aGVsbG8="}


REFUSED = [
    ("the same key twice", "a: 1\nb: 2\na: 3\n", 3, "`a` stands here twice"),
    ("the same key twice inside", "a:\n  b: 1\n  b: 1\n", 3, "`b` stands here twice"),
    ("an alias", "a: &x [1]\nb: *x\n", 2, "aliases"),
    ("an alias to itself", "a: &x\n  - *x\n", 2, "aliases"),
    ("a bomb of aliases", "a: &a [1, 1]\nb: &b [*a, *a]\nc: [*b, *b]\n", 2, "aliases"),
    ("a key that is a list", "a: 1\n? [b, c]\n: 2\n", 2, "plain word"),
    ("a tab before a key", "a:\n\tb: 1\n", 2, "indentation"),
    ("a quote that stays open", 'a: 1\nb: "open\n', 3, "quotes"),
    ("a bracket that stays open", "a: [1, 2\nb: 3\n", 2, "indentation"),
    ("wrong indentation", "a: 1\n   b: 2\n", 2, "indentation"),
    ("two documents in a file", "a: 1\n---\nb: 2\n", 2, "another document"),
    ("a control character", "a: 1\nb: bell\x07\n", 2, "U+0007"),
    ("a zero byte", "a: 1\n\nb: \x00\n", 3, "U+0000"),
    ("half a surrogate pair", "a: 1\nb: \ud83d\n", 2, "U+D83D"),
    ("a colon within a sentence", "a: 1\nsay: He said: no\n", 2, "colons"),
    ("an unknown anchor", "a: *nowhere\n", 1, "aliases"),
    ("an unknown version", "%YAML 9.9\n---\na: 1\n", 1, "incompatible"),
    ("deep lists", "a: " + "[" * 30 + "]" * 30 + "\n", 1, "nests deeper"),
    ("lists without end", "a: 1\nb: " + "[" * 9000, 2, ""),
]


@pytest.mark.parametrize(
    ("text", "line", "part"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, line: int, part: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_yaml(text, "folder/a.yaml")
    assert caught.value.line == line
    assert part in caught.value.problem
    assert str(caught.value) == f"folder/a.yaml:{line}: {caught.value.problem}"
    assert "\n" not in caught.value.problem
    assert caught.value.problem.endswith(".")


def test_nesting_is_allowed_up_to_the_limit() -> None:
    depth = DEPTH_LIMIT - 1  # the mapping around it is one level
    found = parse_yaml("a: " + "[" * depth + "]" * depth, "a.yaml").value
    assert list(found) == ["a"]
    with pytest.raises(DocumentError, match="nests deeper"):
        parse_yaml("a: " + "[" * (depth + 1) + "]" * (depth + 1), "a.yaml")


LINED = """\
name: Kit

tools:
  - hammer
  - kind: saw
    teeth: 40
  - {kind: file,
     grain: fine}
text: |
  two
  lines
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("name",), 1),
        (("tools",), 3),
        (("tools", 0), 4),
        (("tools", 1), 5),
        (("tools", 1, "teeth"), 6),
        (("tools", 2, "kind"), 7),
        (("tools", 2, "grain"), 8),
        (("text",), 9),
        (("tools", 1, "missing"), 5),
        (("tools", 9), 3),
        (("nowhere", "at", "all"), 1),
        ((), 1),
    ],
)
def test_a_place_has_its_line_or_that_of_what_is_around_it(
    place: tuple[str | int, ...], line: int
) -> None:
    assert parse_yaml(LINED, "a.yaml").line_of(place) == line


def test_lines_can_start_where_the_document_stands_in_its_file() -> None:
    document = parse_yaml("a: 1\nb: 2\n", "a.md", first_line=11)
    assert document.line_of(("b",)) == 12
    with pytest.raises(DocumentError, match=r"a\.md:12: `a` stands"):
        parse_yaml("a: 1\na: 2\n", "a.md", first_line=11)


def test_an_empty_document_holds_nothing() -> None:
    for text in ("", "\n\n", "# only a comment\n"):
        assert parse_yaml(text, "a.yaml").value is None


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcdefgh", min_size=1), inner)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.text("abcdefgh", min_size=1), VALUES, max_size=4))
def test_what_was_written_is_read_again(value: dict[str, Any]) -> None:
    written = yaml.safe_dump(value, width=60)
    assert parse_yaml(written, "a.yaml").value == value


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=80) | st.text("ab:-[]{}&*!|>'\"#%@` \n\t,?", max_size=60))
@example("&a [*a]")
@example("\ufeff")
@example("a: !<")
@example("? ")
@example("\x85")
@example("%")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_yaml(text, "a.yaml")
    except DocumentError as error:
        assert error.line >= 1
        assert error.problem.endswith(".")


def test_front_matter_is_split_from_the_body() -> None:
    document, body = parse_front_matter("---\ntitle: Kit\n---\n\nText.\n---\nMore.\n", "a.md")
    assert document.value == {"title": "Kit"}
    assert document.line_of(("title",)) == 2
    assert body == "\nText.\n---\nMore.\n"


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("title: Kit\n", 1, "Start the file with a line `---`"),
        ("", 1, "no front matter"),
        ("---\ntitle: Kit\n", 1, "does not end"),
        ("---\ntitle: Kit\ntitle: Kim\n---\n", 3, "twice"),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(text: str, line: int, part: str) -> None:
    with pytest.raises(DocumentError, match=part) as caught:
        parse_front_matter(text, "a.md")
    assert caught.value.line == line


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_text(file) == "a: 1\n"


def test_lines_that_end_as_on_windows_are_read_alike() -> None:
    document = parse_yaml("a: 1\r\nb:\r\n  - c\r\n", "a.yaml")
    assert document.value == {"a": 1, "b": ["c"]}
    assert document.line_of(("b", 0)) == 3


@pytest.mark.parametrize(
    ("content", "line", "part"),
    [
        (b"a: 1\nb: caf\xe9\n", 2, "not UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "not UTF-8"),
        (b"a: 1\n" * (SIZE_LIMIT // 5 + 1), 1, "Split the file"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused(
    tmp_path: Path, content: bytes, line: int, part: str
) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(content)
    with pytest.raises(DocumentError, match=part) as caught:
        read_text(file)
    assert caught.value.line == line


def test_a_file_of_just_the_size_allowed_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"#" * SIZE_LIMIT)
    assert len(read_text(file)) == SIZE_LIMIT


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.yaml:1: cannot be read .* Check the path"):
        read_text(tmp_path / "gone.yaml")
    with pytest.raises(DocumentError, match="cannot be read"):
        read_text(tmp_path)
