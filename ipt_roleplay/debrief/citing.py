"""Which handbook passage a finding rests on, and which sentence of it."""

from __future__ import annotations

from ipt_roleplay import handbook
from ipt_roleplay.domain import HINDERING, Citation, Passage
from ipt_roleplay.retrieval import Retriever, best_statement


class Sources:
    """Hands out citations for one debrief; a passage serves one finding only while others
    of its kind are left."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._codes = {entry.passage.id: entry.codes for entry in handbook.load()}
        self._given: set[str] = set()

    def cite(
        self, codes: tuple[str, ...], query: str, *, praise: bool
    ) -> tuple[Citation, Passage] | None:
        """The passage that the first of `codes` calls for and that is nearest to `query`.

        Praise is not backed by a passage on what goes wrong.
        """
        ranked = [hit.passage for hit in self._retriever.search(query, k=len(self._codes))]
        ranked += [one for one in self._retriever.passages if one not in ranked]
        if praise:
            ranked = [
                one for one in ranked if not HINDERING.intersection(self._codes.get(one.id, ()))
            ]
        for code in codes:
            fitting = [one for one in ranked if code in self._codes.get(one.id, ())]
            fitting.sort(key=lambda one: (one.id in self._given, self._codes[one.id][0] != code))
            if fitting:
                passage = fitting[0]
                self._given.add(passage.id)
                start, end = best_statement(query, passage.text)
                return Citation(passage_id=passage.id, start=start, end=end), passage
        return None
