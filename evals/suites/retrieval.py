"""Search in the handbook and in sources that were added: is what answers among the first?

Queries are labelled by somebody who knew the passages and not the search. Weights were set on the
half marked `dev`; the figures are of the other.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from math import log2
from pathlib import Path
from time import perf_counter

import numpy as np

from evals import train_answers, train_gate
from evals.figures import Figure, exact, share
from ipt_roleplay import handbook
from ipt_roleplay.corpus import Corpus
from ipt_roleplay.domain import Passage
from ipt_roleplay.errors import DocumentError
from ipt_roleplay.retrieval import Retriever, answers, gate

DATASETS = Path(__file__).parent.parent / "datasets"
DATA = DATASETS / "retrieval.jsonl"
SOURCES = DATASETS / "sources"
KINDS = ("term", "lay", "transcript", "misspelt")
OUTSIDE = "outside"
DEPTH, DEEPER = 5, 10
SIZES = (200, 10_000)


@dataclass(frozen=True)
class Query:
    """A query; `relevant`: passages of the handbook, `sections`: headings of added sources, as
    (source, heading), that answer it; none of either where it lies outside."""

    text: str
    kind: str
    split: str
    relevant: frozenset[str]
    sections: frozenset[tuple[str, str]]

    def answered_by(self, one: Passage) -> bool:
        here = any(one.source == src and one.title.startswith(head) for src, head in self.sections)
        return one.id in self.relevant or here


def figures() -> list[Figure]:
    """Over handbook and added sources together; over the added sources alone, of which the search
    knows nothing; outside queries, which should find nothing; the time of a search."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = opened(folder)
        tested = [one for one in queries() if one.split == "test"]
        inside = [one for one in tested if one.kind != OUTSIDE]
        outside = [one for one in tested if one.kind == OUTSIDE]
        own = [one for one in queries() if one.sections]
        names = {path.name for path in SOURCES.iterdir()}
        silent = sum(not found.search(one.text) for one in outside)
        refused = sum(not found.search(one.text) for one in inside)
        return [
            _hits("retrieval.hit_at_5", found, inside),
            exact("retrieval.ndcg_at_10", _mean_ndcg(found, inside), len(inside)),
            *(
                _hits(f"retrieval.hit_at_5.{kind}", found, [q for q in inside if q.kind == kind])
                for kind in KINDS
            ),
            _hits("retrieval.added.hit_at_5", found, own, names),
            share("retrieval.outside_unanswered", silent, len(outside)),
            share("retrieval.inside_unanswered", refused, len(inside)),
            *_gate(),
            *_held_out(folder),
            *(_time(folder, size) for size in SIZES),
        ]


def _gate() -> list[Figure]:
    """The same of the queries that the gate learns from, each writer's by weights of the others."""
    rows, inside, writers = train_gate.load()
    let_in = train_gate.held_out(rows, inside, writers) >= gate.bar()
    let_in |= rows[:, 0] >= gate.NAMED_FROM
    silent, refused = int((~let_in & ~inside).sum()), int((~let_in & inside).sum())
    return [
        share("retrieval.held_out.outside_unanswered", silent, int((~inside).sum())),
        share("retrieval.held_out.inside_unanswered", refused, int(inside.sum())),
    ]


def _held_out(folder: Path) -> Iterator[Figure]:
    """The gate's queries with an answer, each writer's searched by what was learnt from the others'
    labels."""
    rows, marks, writers = train_answers.load()
    passages = [entry.passage for entry in handbook.load()]
    hits, gains = 0, []
    for writer in sorted(set(writers.tolist())):
        weights = train_answers.fit(rows[writers != writer], marks[writers != writer])
        learnt = partial(answers.ranking, weights=weights)
        search = Retriever(passages, folder / "held-out", learnt=learnt)
        for row in train_answers.labelled():
            if row["writer"] == writer:
                right = frozenset(row["relevant"])
                one = Query(row["query"], row["kind"], "test", right, frozenset())
                hits += hit(one, search)
                gains.append(_ndcg(one, search))
    yield share("retrieval.held_out.hit_at_5", hits, len(rows))
    yield exact("retrieval.held_out.ndcg_at_10", float(np.mean(gains)), len(rows))


def opened(folder: Path) -> Retriever:
    """The search over the handbook and the sample sources."""
    corpus = Corpus(folder)
    for one in corpus.add(sorted(SOURCES.iterdir())):
        if one.problem:
            raise DocumentError(one.name, 1, one.problem)
    passages = [entry.passage for entry in handbook.load()]
    return Retriever([*passages, *corpus.passages()], folder / "index")


@cache
def queries() -> tuple[Query, ...]:
    known = {entry.passage.id for entry in handbook.load()}
    found = []
    for number, line in enumerate(DATA.read_text("utf-8").splitlines(), start=1):
        row = json.loads(line)
        if unknown := set(row["relevant"]) - known:
            raise DocumentError(
                DATA.name, number, f"no such passage: {', '.join(unknown)}. Correct the id."
            )
        of = row.get("sources", {})
        sections = frozenset((name, head) for name, heads in of.items() for head in heads)
        relevant = frozenset(row["relevant"])
        found.append(Query(row["query"], row["kind"], row["split"], relevant, sections))
    return tuple(found)


def hit(one: Query, found: Retriever, sources: set[str] | None = None) -> bool:
    hits = found.search(one.text, DEPTH, sources or ())
    return any(one.answered_by(hit.passage) for hit in hits)


def _hits(
    name: str, found: Retriever, asked: list[Query], sources: set[str] | None = None
) -> Figure:
    missed = [one.text for one in asked if not hit(one, found, sources)]
    note = f"e.g. not: {missed[0]}" if missed else ""
    return share(name, len(asked) - len(missed), len(asked), note)


def _mean_ndcg(found: Retriever, asked: list[Query]) -> float:
    return float(np.mean([_ndcg(one, found) for one in asked]))


def _ndcg(one: Query, found: Retriever) -> float:
    """Normalised discounted cumulative gain at 10 (Järvelin & Kekäläinen 2002), all relevant
    passages alike."""
    hits = found.search(one.text, DEEPER)
    total = sum(one.answered_by(passage) for passage in found.passages)
    gained = sum(one.answered_by(hit.passage) / log2(rank + 2) for rank, hit in enumerate(hits))
    return gained / sum(1 / log2(rank + 2) for rank in range(min(DEEPER, total)))


def _time(folder: Path, size: int) -> Figure:
    """Milliseconds of a search among so many passages, 95th percentile: the handbook's own, over
    and over."""
    texts = [entry.passage for entry in handbook.load()]
    many = [texts[n % len(texts)].model_copy(update={"id": f"p{n}"}) for n in range(size)]
    found = Retriever(many, folder / f"of-{size}")
    found.warm()
    times = []
    for one in queries()[:100]:
        started = perf_counter()
        found.search(one.text)
        times.append(perf_counter() - started)
    p95 = float(np.quantile(times, 0.95)) * 1000
    return exact(f"retrieval.milliseconds_p95_of_{size}", p95, len(times))
