"""Sentences of a text as spans, so that quotes are cut and never retyped."""

from __future__ import annotations

import re

Span = tuple[int, int]

_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|\n+")
LONGEST_QUOTE = 220
SHORTEST_QUOTE = 6
"""In words; a shorter sentence is quoted together with its neighbour."""


def sentences(text: str) -> list[Span]:
    """Code points (start, end) of each sentence, in order, without the space around it."""
    spans: list[Span] = []
    start = 0
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append((start + lead, start + len(piece.rstrip())))
        start = end
    return spans


def widened(text: str, span: Span) -> Span:
    """The span with as many neighbouring sentences, later ones first, as it takes to say anything;
    unchanged where they would make it too long."""
    (start, end), spans = span, sentences(text)
    while len(text[start:end].split()) < SHORTEST_QUOTE:
        after = next((one for one in spans if one[0] >= end), None)
        before = next((one for one in reversed(spans) if one[1] <= start), None)
        if after is None and before is None:
            break
        start, end = (start, after[1]) if after else (before[0] if before else start, end)
    return (start, end) if end - start <= LONGEST_QUOTE else span


def shortened(text: str, span: Span) -> Span:
    """The span, a very long one cut at a word."""
    start, end = span
    if end - start > LONGEST_QUOTE:
        cut = text.rfind(" ", start, start + LONGEST_QUOTE)
        end = cut if cut > start else start + LONGEST_QUOTE
    return start, end
