"""A source's pages cut into passages: whole paragraphs, of a length that can be read and cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ipt_roleplay.corpus.extracting import Page
from ipt_roleplay.domain import Passage
from ipt_roleplay.sentences import Span, sentences

LEAST, MOST = 60, 170
"""Words of a passage: shorter paragraphs are joined, longer ones cut between sentences."""
_PARAGRAPH = re.compile(r"[^\n](?:.|\n(?!\n))*")
_HEAD = "# "


def passages_of(source: str, pages: Iterable[Page]) -> Iterator[Passage]:
    """The passages of a source, in order; each text is a verbatim slice of its page. The title
    names the heading that it stands under, and the page."""
    count, heading = 0, ""
    for page in pages:
        for title, (start, end) in _cut(page.text, heading):
            heading = title
            count += 1
            yield Passage(
                id=f"{source}#{count}",
                source=source,
                kind="own",
                title=_title(source, title, page.number),
                text=page.text[start:end],
            )


def _title(source: str, heading: str, page: int | None) -> str:
    where = f"{source}, page {page}" if page is not None else source
    return f"{heading} ({where})" if heading else where


def _cut(text: str, heading: str) -> Iterator[tuple[str, Span]]:
    """(heading above it, span) of each passage of a page; no passage goes over a heading."""
    start: int | None = None
    end = 0
    for piece_start, piece_end in _pieces(text):
        piece = text[piece_start:piece_end]
        if piece.startswith(_HEAD):
            if start is not None:
                yield heading, (start, end)
            heading, start = piece.removeprefix(_HEAD).strip(), None
            continue
        if start is not None and _words(text[start:piece_end]) > MOST:
            yield heading, (start, end)
            start = None
        start, end = piece_start if start is None else start, piece_end
        if _words(text[start:end]) >= LEAST:
            yield heading, (start, end)
            start = None
    if start is not None:
        yield heading, (start, end)


def _pieces(text: str) -> Iterator[Span]:
    """Paragraphs; of those that are too long, runs of sentences of `LEAST` words or more."""
    for found in _PARAGRAPH.finditer(text):
        start, end = found.start(), found.start() + len(found.group().rstrip())
        if _words(text[start:end]) <= MOST:
            yield start, end
            continue
        begun = start
        for _, stop in sentences(text[start:end]):
            if _words(text[begun : start + stop]) >= LEAST:
                yield begun, start + stop
                begun = (
                    start
                    + stop
                    + len(text[start + stop : end])
                    - len(text[start + stop : end].lstrip())
                )
        if begun < end:
            yield begun, end


def _words(text: str) -> int:
    return len(text.split())
