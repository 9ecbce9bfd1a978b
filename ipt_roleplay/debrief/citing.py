"""Which handbook passage a finding rests on, and which sentence of it."""

from __future__ import annotations

import re

import numpy as np

from ipt_roleplay import handbook
from ipt_roleplay.domain import Citation, Passage
from ipt_roleplay.embedding import embed
from ipt_roleplay.retrieval import Retriever, best_statement, terms_of

MISTAKEN = re.compile(
    r"(?:developed|founded|created|introduced|originat\w+)[^.]{0,80}\b(?:19[89]0s|pennsylvania)"
    r"|effective\b[^.]{0,60}\b(?:personality disorders?|substance|addictions?)"
    r"|(?:ipt|interpersonal psychotherapy)[^.]{0,80}challeng\w+[^.]{0,20}\b(?:beliefs|thoughts)",
    re.IGNORECASE,
)
"""What some texts on IPT get wrong. Such a passage can be found, but feedback doesn't rest on it:
the handbook's fact stands."""


class Sources:
    """Hands out citations for one debrief; a sentence serves one finding only while others of its
    kind are left."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._given: set[str] = set()

    def cite(self, code: str, case: str) -> tuple[Citation, Passage] | None:
        """Of the sentences that back `code` the one nearest to `case`, what the finding says."""
        known = handbook.backing().get(code, ())
        fresh = [one for one in known if one.text not in self._given] or list(known)
        if not fresh:
            return None
        vectors = embed([case, *(one.text for one in fresh)])
        best = fresh[int(np.argmax(vectors[1:] @ vectors[0]))]
        self._given.add(best.text)
        found = Citation(passage_id=best.passage.id, start=best.start, end=best.end)
        return found, best.passage

    def cite_own(self, code: str, case: str) -> tuple[Citation, Passage] | None:
        """A passage of the user's own sources on the same thing, where one is near; each serves
        one finding."""
        own = {one.source for one in self._retriever.passages if one.kind == "own"}
        terms = terms_of(code)
        for hit in self._retriever.search(f"{terms} {case}", k=3, sources=own) if own else ():
            passage = hit.passage
            if passage.id not in self._given and not MISTAKEN.search(passage.text):
                self._given.add(passage.id)
                start, end = best_statement(f"{terms} {case}", passage.text)
                return Citation(passage_id=passage.id, start=start, end=end), passage
        return None
