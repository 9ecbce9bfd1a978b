"""Search by words: BM25 over stems (Robertson & Zaragoza 2009), by the library bm25s."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property
from math import log
from typing import Any

import numpy as np

from ipt_roleplay.domain import Passage
from ipt_roleplay.retrieval.dense import Ranking

_WORD = re.compile(r"[a-z]+")
_STOP = frozenset(
    "a an and are as at be but by for from had has have he her him his how i if in into is it its "
    "me my no not of on or our she so that the their them then they this to too us was we were "
    "what when where which who why will with would you your do does did can could should about "
    "am been don t s ll ve re d m just get got go".split()
)


class Lexical:
    """A word index over fixed passages, in memory."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages

    def ranking(self, query: str, among: Sequence[int], most: int) -> Ranking:
        """The passages at these positions that share words with `query`, with their scores."""
        import bm25s

        tokens = bm25s.tokenize([query], stopwords="en", stemmer=_stemmer(), show_progress=False)
        if not tokens.vocab:
            return []
        mask = np.zeros(len(self._passages), dtype=np.float32)
        mask[list(among)] = 1
        most = min(most, len(among))
        found, scores = self._bm25.retrieve(tokens, k=most, weight_mask=mask, show_progress=False)
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [(int(position), float(score)) for position, score in pairs if score > 0]

    def coverage(self, query: str, positions: Sequence[int]) -> float:
        """The share of the query's words, by rarity, that the best of these passages has, 0–1."""
        asked = _stems(query)
        total = sum(self._rarity.get(one, self._unmet) for one in asked)
        if not total:
            return 0.0
        held = (
            sum(self._rarity[one] for one in asked & self._stems_of(position))
            for position in positions
        )
        return max(held, default=0.0) / total

    def _stems_of(self, position: int) -> frozenset[str]:
        one = self._passages[position]
        return _stems(f"{one.title} {one.text}")

    @cached_property
    def _rarity(self) -> dict[str, float]:
        """How rare each stem is among the passages: log of one over its share."""
        times = Counter(stem for n in range(len(self._passages)) for stem in self._stems_of(n))
        return {stem: log((1 + len(self._passages)) / count) for stem, count in times.items()}

    @property
    def _unmet(self) -> float:
        return log(1 + len(self._passages))

    @cached_property
    def _bm25(self) -> Any:
        import bm25s

        texts = [f"{one.title}\n{one.text}" for one in self._passages]
        index = bm25s.BM25()
        tokens = bm25s.tokenize(texts, stopwords="en", stemmer=_stemmer(), show_progress=False)
        index.index(tokens, show_progress=False)
        return index


def _stems(text: str) -> frozenset[str]:
    words = [word for word in _WORD.findall(text.lower()) if word not in _STOP]
    return frozenset(_stemmer().stemWords(words))


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
