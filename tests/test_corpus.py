"""Sources of one's own: what is taken in, how it is cut, what is refused, what stays of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from ipt_roleplay.corpus import Corpus, Page, clean_name
from ipt_roleplay.corpus.cutting import MOST, passages_of
from ipt_roleplay.corpus.extracting import pages_of
from ipt_roleplay.errors import SourceError

SAMPLES = Path(__file__).parents[1] / "evals" / "datasets" / "sources"
LONG = "When two people expect different things of each other, both feel wronged. " * 12


def corpus_in(folder: Path) -> Corpus:
    return Corpus(folder / "data")


def written(folder: Path, name: str, content: bytes | str) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def a_docx(*paragraphs: str) -> bytes:
    document = Document()
    document.add_heading("On waiting", 1)
    for text in paragraphs:
        document.add_paragraph(text)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def a_pdf(*pages: str) -> bytes:
    """A PDF of plain text, a page each, written by hand."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for text in pages:
        lines = b"".join(
            b"(" + line.encode("latin-1", "replace") + b") Tj 0 -14 Td "
            for line in text.split("\n")
        )
        stream = b"BT /F1 11 Tf 50 750 Td " + lines + b"ET"
        number = len(parts) + 1
        kids.append(b"%d 0 R" % number)
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            % (number + 1)
        )
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    parts[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(parts) + 1,
        start,
    )


# ------------------------------------------------------------------ taking in


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("notes.txt", LONG, "both feel wronged"),
        ("notes.md", f"# A head\n\n{LONG}", "both feel wronged"),
        ("leaflet.html", f"<html><body><h2>A head</h2><p>{LONG}</p><script>x()</script></body></html>", "wronged"),
        ("notes.docx", a_docx(LONG), "both feel wronged"),
        ("notes.pdf", a_pdf("First page.\n" + LONG[:80], "The second page is about waiting for an answer."), "waiting"),
        ("wrong_ending.txt", a_docx(LONG), "both feel wronged"),
        ("latin.txt", "Caf\u00e9 talk, a sentence that goes on for a while.".encode("cp1252"), "Caf\u00e9"),
        ("utf16.txt", "A sentence in sixteen bits that goes on.".encode("utf-16"), "sixteen bits"),
    ],
)  # fmt: skip
def test_a_file_is_taken_in_by_what_it_holds(
    name: str, content: bytes | str, expected: str, tmp_path: Path
) -> None:
    corpus = corpus_in(tmp_path)
    (added,) = corpus.add([written(tmp_path, name, content)])
    assert added.problem == ""
    assert added.passages == len(corpus.passages())
    assert any(expected in one.text for one in corpus.passages())
    assert all(one.kind == "own" and one.source == name for one in corpus.passages())
    assert all("x()" not in one.text for one in corpus.passages())


def test_pages_of_a_pdf_keep_their_numbers(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path)
    file = written(tmp_path, "book.pdf", a_pdf("Page one has a few words.", "Page two has others."))
    list(corpus.add([file]))
    assert [one.title for one in corpus.passages()] == ["book.pdf, page 1", "book.pdf, page 2"]


def encrypted() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def scanned() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"\0" * 210_000_000)
    return kept.getvalue()


def other_zip() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("a.txt", "text")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7 and nothing more", "damaged PDF"),
        (encrypted(), "encrypted"),
        (scanned(), "scan"),
        (bomb(), "unpacks to far more"),
        (other_zip(), "no Word document"),
        (a_docx(LONG)[:400], "damaged Word"),
        (b"\xd0\xcf\x11\xe0old word", "old Word"),
        (bytes(range(256)) * 40, "no text that can be read"),
        (b"hm", "No text"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_what_to_do_and_the_rest_goes_on(
    content: bytes, said: str, tmp_path: Path
) -> None:
    corpus = corpus_in(tmp_path)
    bad, good = written(tmp_path, "bad.pdf", content), written(tmp_path, "good.txt", LONG)
    first, second = corpus.add([bad, good])
    assert said in first.problem
    assert second.problem == ""
    assert [one.name for one in corpus.sources()] == ["good.txt"]


def test_what_is_missing_or_too_large_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipt_roleplay.corpus.LARGEST", 100)
    corpus = corpus_in(tmp_path)
    missing, large = corpus.add([tmp_path / "no.txt", written(tmp_path, "big.txt", LONG)])
    assert "no such file" in missing.problem
    assert "Split it" in large.problem
    assert corpus.sources() == []


def test_the_same_text_twice_is_one_source(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path)
    _, again = corpus.add([written(tmp_path, "a.txt", LONG), written(tmp_path, "b.txt", LONG)])
    assert "there already, as “a.txt”" in again.problem
    assert len(corpus.sources()) == 1


def test_another_text_of_the_same_name_gets_a_number(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path)
    for text in ("A first text of a few words.", "A second text of a few words."):
        list(corpus.add([written(tmp_path, "notes.txt", text)]))
    assert [one.name for one in corpus.sources()] == ["notes (2).txt", "notes.txt"]


def test_removing_removes_every_word(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path)
    list(corpus.add([written(tmp_path, "a.txt", f"xylophone {LONG}")]))
    corpus.remove("a.txt")
    assert corpus.passages() == []
    left = b"".join(one.read_bytes() for one in (tmp_path / "data").rglob("*") if one.is_file())
    assert b"xylophone" not in left
    with pytest.raises(SourceError, match="none so far"):
        corpus.remove("a.txt")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\books\\ipt.pdf", "ipt.pdf"),
        ("a<script>.txt", "ascript.txt"),
        ("\x00..\n", "unnamed"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert clean_name(given) == kept


# ------------------------------------------------------------------ cutting


@settings(deadline=None, max_examples=80)
@given(st.lists(st.text(st.sampled_from("abcde .!?\n#"), max_size=900), min_size=1, max_size=4))
def test_every_passage_is_a_slice_of_its_page_and_none_overlaps(texts: list[str]) -> None:
    pages = [Page(number=n, text=text.strip()) for n, text in enumerate(texts, start=1)]
    ends = dict.fromkeys(range(1, len(pages) + 1), 0)
    for one in passages_of("a.txt", pages):
        number = int(one.title.rpartition("page ")[2].rstrip(")"))
        at = pages[number - 1].text.find(one.text, ends[number])
        assert at >= 0
        ends[number] = at + len(one.text)


@pytest.mark.parametrize("file", sorted(SAMPLES.iterdir()), ids=lambda one: one.name)
def test_the_samples_are_cut_into_readable_passages_under_their_headings(file: Path) -> None:
    passages = list(passages_of(file.name, pages_of(file.read_bytes(), file.suffix)))
    assert len(passages) >= 10
    assert all(len(one.text.split()) <= MOST for one in passages)
    assert all(one.title != file.name for one in passages[1:])
