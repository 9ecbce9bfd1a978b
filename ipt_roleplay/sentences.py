"""Sentences of a text as spans, so that quotes are cut and never retyped."""

from __future__ import annotations

import re

Span = tuple[int, int]

_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|\n+")
LONGEST_QUOTE = 220


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


def shortened(text: str, span: Span) -> Span:
    """The span, a very long one cut at a word."""
    start, end = span
    if end - start > LONGEST_QUOTE:
        cut = text.rfind(" ", start, start + LONGEST_QUOTE)
        end = cut if cut > start else start + LONGEST_QUOTE
    return start, end
