"""The handbook loads, covers the codes, and a bad file is refused where it is bad."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ipt_roleplay import handbook
from ipt_roleplay.debrief import words
from ipt_roleplay.domain import Area, Move, Skill, Stage
from ipt_roleplay.errors import DocumentError

REFERENCES = "---\ntheme: References\n---\n\n- Linehan 2015: Linehan, M. M. (2015). A manual.\n"
BODY = "A warm and useful sentence of nine plain words. " * 10


def page(
    name: str = "listening.one",
    codes: str = "validation",
    references: str = "Linehan 2015",
    body: str = BODY,
) -> str:
    return (
        f"---\ntheme: Listening\n---\n\n## {name} | A title\ncodes: {codes}\n"
        f"references: {references}\n\n{body}\n"
    )


def folder_with(where: Path, text: str) -> Path:
    (where / "references.md").write_text(REFERENCES, encoding="utf-8")
    (where / "listening.md").write_text(text, encoding="utf-8")
    return where


def test_the_handbook_that_ships_loads_and_has_at_least_56_passages() -> None:
    entries = handbook.load()
    assert len(entries) >= 56
    assert len({entry.passage.id for entry in entries}) == len(entries)
    assert len({entry.passage.title for entry in entries}) == len(entries)


def test_every_code_is_covered_and_the_moves_and_skills_more_than_once() -> None:
    cited = [code for entry in handbook.load() for code in entry.codes]
    for code in [*Move, *Skill]:
        assert cited.count(code) >= 2, f"fewer than two passages for {code}"
    for code in [*Stage, *Area, *handbook.FAILURES]:
        assert code in cited, f"no passage for {code}"


def test_a_passage_is_a_verbatim_slice_of_its_file() -> None:
    for entry in handbook.load():
        stem = entry.passage.id.split(".")[0]
        file = Path(handbook.__file__).parent / f"{stem}.md"
        assert entry.passage.text in file.read_text(encoding="utf-8")
        assert 1 <= len(re.split(r"\n\s*\n", entry.passage.text)) <= 2


def test_every_full_reference_is_used_by_some_passage() -> None:
    used = {one for entry in handbook.load() for one in entry.passage.references}
    file = Path(handbook.__file__).parent / "references.md"
    listed = re.findall(r"^- [^:]+: (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert used == set(listed)


def test_a_passage_carries_theme_codes_and_the_full_reference(tmp_path: Path) -> None:
    (entry,) = handbook.load_folder(folder_with(tmp_path, page(codes="validation, listens")))
    assert entry.theme == "Listening"
    assert entry.codes == ("validation", "listens")
    assert entry.passage.title == "A title"
    assert entry.passage.text == BODY.strip()
    assert entry.passage.references == ("Linehan, M. M. (2015). A manual.",)


def test_a_passage_without_codes_is_for_search_only(tmp_path: Path) -> None:
    (entry,) = handbook.load_folder(folder_with(tmp_path, page(codes="")))
    assert entry.codes == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (page(name="speaking.one"), 5, "does not fit its file"),
        (page(name="listening.One"), 5, "does not fit its file"),
        (page(codes="validation, kindness"), 6, "`kindness` is no code"),
        (page(references="Nobody 1999"), 7, "`Nobody 1999` is not in references.md"),
        (page(references=""), 7, "names no reference"),
        (page(body="Too short."), 5, "has 2 words"),
        (page(body=BODY * 3), 5, "has 270 words"),
        (page() + page().split("---\n\n")[1], 10, "is taken"),
        (page().replace("codes: validation\n", ""), 6, "`codes:` is missing"),
        (page().replace(" | A title", ""), 5, "is not a heading"),
        (page().replace("## ", "Stray words\n\n## "), 5, "stands before the first passage"),
        (page().replace("theme: Listening", "topic: Listening"), 2, "names no theme"),
        ("## listening.one | No front matter\n", 1, "has no front matter"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        handbook.load_folder(folder_with(tmp_path, text))
    assert caught.value.source == "listening.md"
    assert caught.value.line == line
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (REFERENCES + "Linehan, M. M. (2015). A manual.\n", 6, "is not a reference"),
        (REFERENCES + "- Linehan 2015: Another manual.\n", 6, "stands here twice"),
    ],
)
def test_a_bad_list_of_references_is_refused(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    folder_with(tmp_path, page())
    (tmp_path / "references.md").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        handbook.load_folder(tmp_path)
    assert (caught.value.source, caught.value.line) == ("references.md", line)
    assert says in str(caught.value)


def test_a_folder_without_references_is_refused(tmp_path: Path) -> None:
    (tmp_path / "listening.md").write_text(page(), encoding="utf-8")
    with pytest.raises(DocumentError, match=r"references\.md:1: is not there"):
        handbook.load_folder(tmp_path)


def backing_in(folder: Path, text: str) -> Path:
    file = folder / "backing.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_all_that_a_debrief_can_find_is_backed_by_sentences_of_the_handbook() -> None:
    backed = set(handbook.backing())
    practised = {f"practise.{code}" for code in words.PRACTISE if code != "carry_on"}
    assert backed >= {*words.WORKED, *words.MOMENTS, *practised}
    assert backed <= {*words.WORKED, *words.MOMENTS, *practised}


def test_a_backing_sentence_stands_in_its_passage_and_begins_and_ends_whole() -> None:
    for statements in handbook.backing().values():
        for one in statements:
            assert one.passage.text[one.start : one.end] == one.text
            assert one.text[0].isupper() or one.text[0] == '"', one.text
            assert len(one.text.split()) >= 5, one.text


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("- a list\n", 1, "lists nothing"),
        ("door:\n  listening.none:\n    - One.\n", 2, "`listening.none` is no passage"),
        ("door:\n  listening.one:\n    - Never written.\n", 3, "copy the sentence"),
    ],
)
def test_a_bad_backing_is_refused_with_file_and_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    entries = handbook.load_folder(folder_with(tmp_path, page()))
    with pytest.raises(DocumentError) as caught:
        handbook.load_backing(backing_in(tmp_path, text), entries)
    assert (caught.value.source, caught.value.line) == ("backing.yaml", line)
    assert says.lower() in str(caught.value).lower()
