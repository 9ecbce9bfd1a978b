"""The text of a file, page by page: PDF, DOCX, HTML, Markdown and plain text.

What a file is, its content tells, not its ending. Libraries do the extracting; here stand the
limits, since a file can be far larger inside than out, and the messages.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict

from ipt_roleplay.errors import SourceError

MOST_PAGES = 3_000
MOST_TEXT = 8_000_000
"""Characters of a source; a long book has about two million."""
MOST_UNPACKED = 200_000_000
LEAST_WORDS = 5

_HEADING = re.compile(r"^h[1-6]$")
_BLOCKS = [
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "li",
    "td",
    "th",
    "blockquote",
    "pre",
    "dd",
    "dt",
]
_SILENT = ["script", "style", "noscript", "template", "nav", "svg", "head", "iframe", "object"]
_SPACE = re.compile(r"[ \t\u00a0]+")
_GAP = re.compile(r"\n\s*\n\s*")
_HYPHEN = re.compile(r"(\w)-\n(\w)")


class Page(BaseModel):
    """A page, or a file that has none. Paragraphs are parted by an empty line; a heading is a
    paragraph that begins with `# `."""

    model_config = ConfigDict(frozen=True)

    number: int | None = None
    text: str


def pages_of(content: bytes, ending: str) -> tuple[Page, ...]:
    """The pages of a file that have text. Raises SourceError with what to do."""
    if not content.strip(b"\x00\r\n\t "):
        raise SourceError("It is empty. Choose another file.")
    if content.startswith(b"%PDF-"):
        found = _pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        found = _docx(content)
    elif content.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise SourceError("It is an old Word or RTF file. Save it as .docx or .pdf.")
    else:
        found = _text(content, ending)
    pages = tuple(_within_limits(found))
    if sum(len(page.text.split()) for page in pages) < LEAST_WORDS:
        raise SourceError(
            "No text was found in it: it may be a scan, that is pictures of pages. "
            "Run text recognition over it first."
        )
    return pages


def _within_limits(pages: Iterable[Page]) -> Iterator[Page]:
    length = 0
    for page in pages:
        text = _tidy(page.text)
        length += len(text)
        if length > MOST_TEXT:
            raise SourceError(f"It has more than {MOST_TEXT:,} characters. Split it.")
        if text:
            yield Page(number=page.number, text=text)


def _tidy(text: str) -> str:
    """Without control characters and needless space; paragraphs parted by one empty line."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(
        c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    text = _GAP.sub("\n\n", _SPACE.sub(" ", text))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


# ---------------------------------------------------------------- PDF


def _pdf(content: bytes) -> Iterator[Page]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("It is encrypted. Save it without a password, then add it.")
        if len(reader.pages) > MOST_PAGES:
            raise SourceError(f"It has more than {MOST_PAGES:,} pages. Split it.")
        for number, page in enumerate(reader.pages, start=1):
            yield Page(number=number, text=_flowing(page.extract_text() or ""))
    except SourceError:
        raise
    except (PyPdfError, *_DAMAGE) as error:
        raise SourceError("It is a damaged PDF. Export or print it to PDF again.") from error


_DAMAGE = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError),
    *(OSError, RecursionError, OverflowError, NotImplementedError, MemoryError, ImportError),
)
"""What damaged bytes raise inside a PDF or Word library."""


def _flowing(text: str) -> str:
    """The lines of a page as paragraphs: a line that ends a sentence short of the margin ends a
    paragraph too, and words parted at a line's end are joined."""
    lines = [line.rstrip() for line in _HYPHEN.sub(r"\1\2", text).split("\n")]
    margin = 0.75 * max((len(line) for line in lines), default=0)
    flowing = ""
    for line in lines:
        ends = not line or (
            len(line) < margin and line.rstrip('"”’)').endswith((".", "!", "?", ":"))
        )
        flowing += line + ("\n\n" if ends else " ")
    return flowing


# ---------------------------------------------------------------- DOCX


def _docx(content: bytes) -> Iterator[Page]:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise SourceError("It unpacks to far more than a document needs. Choose another.")
            if "word/document.xml" not in packed.namelist():
                raise SourceError("It is a ZIP file and no Word document. Add the files in it.")
        document = Document(io.BytesIO(content))
        paragraphs = list(_paragraphs(document))
    except SourceError:
        raise
    except (zipfile.BadZipFile, OpcError, LxmlError, *_DAMAGE) as error:
        raise SourceError("It is a damaged Word document. Save it again as .docx.") from error
    yield Page(text="\n\n".join(paragraphs))


def _paragraphs(document: object) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            for row in block.rows:
                yield " · ".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
        elif block.text.strip():
            heading = str(block.style.name if block.style else "").startswith(("Heading", "Title"))
            yield f"# {block.text.strip()}" if heading else block.text


# ---------------------------------------------------------------- text, Markdown, HTML


def _text(content: bytes, ending: str) -> Iterator[Page]:
    text = _decoded(content)
    start = text[:2_000].lstrip().lower()
    if ending in (".html", ".htm", ".xhtml") or start.startswith(("<!doctype html", "<html")):
        text = _html(text)
    elif ending in (".md", ".markdown"):
        text = re.sub(r"^#{1,6}\s+", "\n# ", text, flags=re.MULTILINE)
    yield Page(text=text)


def _decoded(content: bytes) -> str:
    for encoding in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8",
    ):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text
    odd = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in content[:4_000])
    if odd > 0.02 * len(content[:4_000]):
        raise SourceError("It is no text that can be read. Add PDF, DOCX, HTML, Markdown or text.")
    return content.decode("cp1252", "replace")


def _html(text: str) -> str:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "html.parser")
    for tag in soup(_SILENT):
        tag.decompose()
    parts: list[str] = []
    for block in soup.find_all(_BLOCKS):
        if block.find(_BLOCKS):
            continue  # its own blocks come by themselves
        said = " ".join(block.get_text(" ").split())
        if said:
            parts.append(f"# {said}" if _HEADING.match(block.name) else said)
    return "\n\n".join(parts) if parts else soup.get_text("\n")
