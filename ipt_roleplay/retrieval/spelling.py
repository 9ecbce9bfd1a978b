"""A query with its misspelt words put right, by the words that the search knows.

Edit distance with swaps of neighbours (Damerau 1964); among equally near words the one that is
met most often. A word that is known, short, or near nothing stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
LONG = 7
"""From so many letters on, two slips are allowed."""


class Speller:
    """Knows the words of `texts`; `accepted` are words that are right though none of them has
    them."""

    def __init__(self, texts: Iterable[str], accepted: Iterable[str] = ()) -> None:
        self._times = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        self._accepted = frozenset(accepted)
        self._nearest = lru_cache(maxsize=4096)(self._find)

    def corrected(self, text: str) -> str:
        """`text` in lower case, its unknown words replaced by the nearest known ones."""
        return _WORD.sub(lambda found: self._nearest(found.group()), text.lower())

    def _find(self, word: str) -> str:
        if len(word) < SHORTEST or word in self._times or word in self._accepted:
            return word
        once = {one for one in _one_slip(word) if one in self._times}
        if not once and len(word) >= LONG:
            once = {two for one in _one_slip(word) for two in _one_slip(one) if two in self._times}
        return max(once, key=lambda one: (one[0] == word[0], self._times[one], one), default=word)


def _one_slip(word: str) -> Iterator[str]:
    """Every word that is one missing, added, wrong or swapped letter away."""
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in _LETTERS:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]
