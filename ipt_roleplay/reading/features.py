"""What the reader sees in a message: runs of words, runs of letters, turns of phrase, form.

Features are named values, in blocks. The names make the weights legible: one can ask
which words carried a move. The other person's line enters by its kind (a question, a
reproach) and by what of it the message takes up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import log, log1p

from ipt_roleplay.linear import Block, runs
from ipt_roleplay.reading.patterns import PATTERNS
from ipt_roleplay.words import Words

_I = frozenset({"i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "myself"})
_YOU = frozenset({"you", "you're", "you've", "you'd", "you'll", "your", "yours", "yourself"})
_I_YOU = _I | _YOU
_SENTENCE_END = re.compile(r"[.!?]+")
_LONG_WORD = 4
_ABOUT_THEM = {
    name: re.compile(search)
    for name, search in {
        "context asks": r"\?$",
        "context exclaims": r"!$",
        "context says i": r"\bi(?:'m|'ve|'d|'ll)?\b",
        "context reproaches": (
            r"\byou(?:'re|'ve|\b.*\b(?:always|never|can't|don't|didn't|should|could))\b"
        ),
        "context wants a fact": (
            r"^(?:what|how|where|when|which|who|did|is|are|do|have|can|could)\b.*\?$"
        ),
        "context hurts": (
            r"\b(?:hurt|upset|cry|crying|lonely|scared|sad|tears?|depressed|sorry)\b"
        ),
    }.items()
}


def observe(context: Words, message: Words) -> dict[str, Block]:
    """Named values of one message, by block; every value is above 0."""
    signs = _above_zero(_patterns(message) | _form(context, message))
    return {**runs(message), "signs": signs}


def _patterns(message: Words) -> dict[str, float]:
    counts = {name: len(p.search.findall(message.line)) for name, p in PATTERNS.items()}
    once = {f"has {name}": float(count > 0) for name, count in counts.items()}
    return once | {f"count {name}": log1p(count) for name, count in counts.items()}


def _form(context: Words, message: Words) -> dict[str, float]:
    """Length, pronouns, marks, and how the message stands to the line before."""
    words = [token.word for token in message.tokens]
    count = len(words) + 1
    sentences = len(_SENTENCE_END.split(message.line))
    own = sum(word in _I for word in words) / count
    theirs = sum(word in _YOU for word in words) / count
    echoes = {token.word for token in context.tokens if len(token.word) >= _LONG_WORD}
    about = {name: bool(found.search(context.line)) for name, found in _ABOUT_THEM.items()}
    reproached = about["context reproaches"]
    first = _SENTENCE_END.split(message.line)[0].split()
    form = {
        "length": log(count) / 4,
        "sentences": log(sentences + 1),
        "words a sentence": count / sentences / 15,
        "questions": words.count("?"),
        "exclamations": words.count("!"),
        "ends in a question": message.line.endswith("?"),
        "ends in an exclamation": message.line.endswith("!"),
        "says i": own > 0,
        "says you": theirs > 0,
        "share of i": 5 * own,
        "share of you": 5 * theirs,
        "more you than i": 5 * max(theirs - own, 0),
        "echoes": 5 * sum(word in echoes for word in words) / count,
        "starts with an echo": bool(words) and words[0] in echoes,
        "has digits": any(word[0].isdigit() for word in words),
        "asks midway": "?" in words[:-1],
        "short": count <= 8,
        "long": count > 30,
        "throws a word back": len(first) <= 4 and not echoes.isdisjoint(first),
        "reproached, says i": reproached and own > 0,
        "reproached, says you": reproached and theirs > 0,
        "reproached, asks": reproached and "?" in words,
        "reproached, starts with i or you": reproached and bool(_I_YOU.intersection(first[:2])),
    }
    return form | about


def _above_zero(values: Mapping[str, float]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items() if value > 0}
