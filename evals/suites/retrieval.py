"""Search in the handbook: is a passage that answers among the first five?"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from evals.figures import Figure, share
from ipt_roleplay import handbook
from ipt_roleplay.errors import DocumentError
from ipt_roleplay.retrieval import Retriever

DATA = Path(__file__).parent.parent / "datasets" / "retrieval.jsonl"
KINDS = ("term", "lay", "transcript", "misspelt")
DEPTH = 5


def figures() -> list[Figure]:
    """hit@5 over all queries and a kind; queries outside the handbook should find nothing."""
    queries = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    passages = [entry.passage for entry in handbook.load()]
    _check_keys(queries, {passage.id for passage in passages})
    with tempfile.TemporaryDirectory() as folder:
        retriever = Retriever(passages, Path(folder))
        for query in queries:
            query["found"] = {hit.passage.id for hit in retriever.search(query["query"], DEPTH)}
    inside = [query for query in queries if query["relevant"]]
    outside = [query for query in queries if not query["relevant"]]
    return [
        _hits("retrieval.hit_at_5", inside),
        *(
            _hits(f"retrieval.hit_at_5.{kind}", [one for one in inside if one["kind"] == kind])
            for kind in KINDS
        ),
        share("retrieval.outside_unanswered", sum(not one["found"] for one in outside), len(outside)),
    ]


def _hits(name: str, queries: list[dict[str, object]]) -> Figure:
    hits = [one for one in queries if not set(one["relevant"]).isdisjoint(one["found"])]  # type: ignore
    return share(name, len(hits), len(queries))


def _check_keys(queries: list[dict[str, object]], known: set[str]) -> None:
    for number, query in enumerate(queries, start=1):
        for one in query["relevant"]:  # type: ignore
            if one not in known:
                raise DocumentError(DATA.name, number, f"no passage `{one}`. Correct the id.")
