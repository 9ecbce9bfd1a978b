"""Which handbook passage a finding rests on, and which sentence of it."""

from __future__ import annotations

from ipt_roleplay import handbook
from ipt_roleplay.domain import Citation, Passage
from ipt_roleplay.retrieval import Retriever, best_span


class Sources:
    """Hands out citations for one debrief; a passage serves one finding only while others
    of its kind are left."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._codes = {entry.passage.id: entry.codes for entry in handbook.load()}
        self._given: set[str] = set()

    def cite(self, codes: tuple[str, ...], query: str) -> tuple[Citation, Passage] | None:
        """The passage that the first of `codes` calls for and that is nearest to `query`."""
        ranked = [hit.passage for hit in self._retriever.search(query, k=len(self._codes))]
        ranked += [one for one in self._retriever.passages if one not in ranked]
        for fresh_only in (True, False):
            for code in codes:
                for passage in ranked:
                    fits = code in self._codes.get(passage.id, frozenset())
                    if fits and not (fresh_only and passage.id in self._given):
                        self._given.add(passage.id)
                        start, end = best_span(query, passage.text)
                        return Citation(passage_id=passage.id, start=start, end=end), passage
        return None
