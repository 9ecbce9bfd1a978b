"""Which handbook passage a finding rests on, and which sentence of it."""

from __future__ import annotations

import re

from ipt_roleplay import handbook
from ipt_roleplay.domain import HINDERING, Citation, Passage
from ipt_roleplay.retrieval import Retriever, best_statement, terms_of

HANDBOOK = "handbook"
MISTAKEN = re.compile(
    r"(?:developed|founded|created|introduced|originat\w+)[^.]{0,80}\b(?:19[89]0s|pennsylvania)"
    r"|effective\b[^.]{0,60}\b(?:personality disorders?|substance|addictions?)"
    r"|(?:ipt|interpersonal psychotherapy)[^.]{0,80}challeng\w+[^.]{0,20}\b(?:beliefs|thoughts)",
    re.IGNORECASE,
)
"""What some texts on IPT get wrong. Such a passage can be found, but feedback doesn't rest on it:
the handbook's fact stands."""


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
        found = self._retriever.search(query, k=len(self._codes), sources=[HANDBOOK])
        ranked = [hit.passage for hit in found]
        ours = [one for one in self._retriever.passages if one.kind == "handbook"]
        ranked += [one for one in ours if one not in ranked]
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

    def cite_own(self, codes: tuple[str, ...], query: str) -> tuple[Citation, Passage] | None:
        """A passage of the user's own sources on the same thing, where one is near; each serves
        one finding."""
        own = {one.source for one in self._retriever.passages if one.kind == "own"}
        terms = " ".join(terms_of(code) for code in codes[:1])
        for hit in self._retriever.search(f"{terms} {query}", k=3, sources=own) if own else ():
            passage = hit.passage
            if passage.id not in self._given and not MISTAKEN.search(passage.text):
                self._given.add(passage.id)
                start, end = best_statement(f"{terms} {query}", passage.text)
                return Citation(passage_id=passage.id, start=start, end=end), passage
        return None
