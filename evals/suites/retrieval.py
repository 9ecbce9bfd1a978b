"""Search in the handbook: is a passage that answers among the first five?"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from evals.figures import Figure, share
from ipt_roleplay import handbook
from ipt_roleplay.errors import DocumentError
from ipt_roleplay.retrieval import Retriever

DATA = Path(__file__).parent.parent / "datasets" / "retrieval.jsonl"
KINDS = ("term", "lay", "transcript", "misspelt")
OUTSIDE = "outside"
DEPTH = 5


@dataclass(frozen=True)
class Query:
    """A query, the passages that answer it (none where it lies outside), and what was found."""

    kind: str
    relevant: frozenset[str]
    found: frozenset[str]

    @property
    def hit(self) -> bool:
        return not self.relevant.isdisjoint(self.found)


def figures() -> list[Figure]:
    """hit@5 over all queries and a kind; queries outside the handbook should find nothing."""
    queries = _searched()
    inside = [one for one in queries if one.kind != OUTSIDE]
    silent = [not one.found for one in queries if one.kind == OUTSIDE]
    return [
        _hits("retrieval.hit_at_5", inside),
        *(
            _hits(f"retrieval.hit_at_5.{kind}", [one for one in inside if one.kind == kind])
            for kind in KINDS
        ),
        share("retrieval.outside_unanswered", sum(silent), len(silent)),
    ]


def _searched() -> list[Query]:
    passages = [entry.passage for entry in handbook.load()]
    known = {passage.id for passage in passages}
    found: list[Query] = []
    with tempfile.TemporaryDirectory() as folder:
        retriever = Retriever(passages, Path(folder))
        for number, line in enumerate(DATA.read_text("utf-8").splitlines(), start=1):
            row = json.loads(line)
            if unknown := set(row["relevant"]) - known:
                raise DocumentError(
                    DATA.name, number, f"no such passage: {', '.join(unknown)}. Correct the id."
                )
            hits = retriever.search(row["query"], DEPTH)
            ids = frozenset(hit.passage.id for hit in hits)
            found.append(Query(row["kind"], frozenset(row["relevant"]), ids))
    return found


def _hits(name: str, queries: list[Query]) -> Figure:
    return share(name, sum(one.hit for one in queries), len(queries))
