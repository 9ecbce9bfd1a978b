"""A query with its misspelt words put right, by the words that the search knows.

Edit distance with swaps of neighbours (Damerau 1964), by the library rapidfuzz; among equally near
words the one that is met most often. A word that is known, short, or near nothing stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
SHORTEST = 4
LONG = 7
"""From so many letters on, two slips are allowed."""


class Speller:
    """Knows the words of `texts`; `accepted` are words that are right though none of them has
    them."""

    def __init__(self, texts: Iterable[str], accepted: Iterable[str] = ()) -> None:
        self._times = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        self._words = list(self._times)
        self._accepted = frozenset(accepted)
        self._nearest = lru_cache(maxsize=4096)(self._find)

    def corrected(self, text: str) -> str:
        """`text` in lower case, its unknown words replaced by the nearest known ones."""
        return _WORD.sub(lambda found: self._nearest(found.group()), text.lower())

    def _find(self, word: str) -> str:
        if len(word) < SHORTEST or word in self._times or word in self._accepted:
            return word
        allowed = 1 if len(word) < LONG else 2
        near = extract_iter(word, self._words, scorer=OSA.distance, score_cutoff=allowed)
        ranked = ((-slips, one[0] == word[0], self._times[one], one) for one, slips, _ in near)
        return max(ranked, default=(0, False, 0, word))[-1]
