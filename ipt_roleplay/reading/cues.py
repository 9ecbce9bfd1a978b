"""Which words of a message carried a move."""

from __future__ import annotations

from ipt_roleplay.domain import Cue, Move
from ipt_roleplay.linear import runs_of_words
from ipt_roleplay.reading.patterns import PATTERNS
from ipt_roleplay.reading.weights import Weights
from ipt_roleplay.words import Words, clauses

MOST_CUES = 2
"""Cues of one move in one message."""


def find_cues(message: Words, moves: tuple[Move, ...], weights: Weights) -> tuple[Cue, ...]:
    """The words behind each move read: turns of phrase where one was found, or else the
    clause that the weights lean on most. In order of the text."""
    found = [
        cue
        for move in moves
        for cue in _phrases(message, move, weights) or _clause(message, move, weights)
    ]
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end)))


def _phrases(message: Words, move: Move, weights: Weights) -> list[Cue]:
    spans = [
        (weights.sign_weight(f"has {name}", move), *message.span(*match.span()))
        for name, pattern in PATTERNS.items()
        if move in pattern.moves
        for match in pattern.search.finditer(message.line)
    ]
    kept: list[Cue] = []
    for weight, start, end in sorted(spans, key=lambda s: (-s[0], s[1], s[2])):
        apart = all(end <= cue.start or cue.end <= start for cue in kept)
        if weight > 0 and apart and len(kept) < MOST_CUES:
            kept.append(Cue(move=move, start=start, end=end))
    return kept


def _clause(message: Words, move: Move, weights: Weights) -> list[Cue]:
    best = max(clauses(message), key=lambda c: weights.carried(list(runs_of_words(c)), move))
    return [Cue(move=move, start=best.tokens[0].start, end=best.tokens[-1].end)]
