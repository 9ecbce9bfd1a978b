"""query -> passages: search by words, by meaning and by concepts, fused.

Words and meaning alone don't bring "I just walked off" to a passage on silence: no word is
shared, and the vectors know subjects, not conduct. So a query is also held against concepts,
each with the terms that books use; what is found joins the search, and the handbook's passages
on a concept come with it. Where nothing is near enough there is no answer.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from ipt_roleplay import embedding, encoder
from ipt_roleplay.domain import Passage
from ipt_roleplay.errors import IptError
from ipt_roleplay.retrieval import answers, concepts, gate
from ipt_roleplay.retrieval.concepts import Match
from ipt_roleplay.retrieval.dense import Dense, Ranking
from ipt_roleplay.retrieval.gate import Evidence
from ipt_roleplay.retrieval.lexical import Lexical
from ipt_roleplay.retrieval.spelling import Speller
from ipt_roleplay.sentences import Span, sentences

log = logging.getLogger(__name__)

POOL = 30
"""How many hits each kind of search brings to the fusion."""
FLAT, STEEP = 10, 3
"""Constants of reciprocal rank fusion (Cormack, Clarke & Büttcher, SIGIR 2009; there 60): the less,
the more the first places count beside the rest."""
MOST_CONCEPTS = 5
CONCEPT_FROM = 0.3
"""A concept that fits less than this plays no part."""
FURTHER_DOWN = 0.03
"""What each place further down in a concept's list takes from a passage."""
WORDS, MEANING, TERMS, TERMS_MEANING, LISTED, LEARNT = 0.7, 1.0, 1.0, 0.7, 4.0, 3.0
"""How far each ranking counts: the query's words and meaning, the words and meaning of its
concepts' terms, the handbook's own passages on them, and those learnt to answer such a query."""
NEAR = 10
"""How many cosines tell how near anything is."""


Rankings = list[tuple[float, Ranking]]
"""Rankings, each with how far it counts."""


@dataclass(frozen=True)
class Hit:
    """A passage found; `score` is the fused rank score, higher is better, below about 1.5."""

    passage: Passage
    score: float


class Retriever:
    """Searches a fixed set of passages. `index_dir`: where the Chroma cache may lie; `learnt`: what
    the handbook's passages were learnt to answer."""

    def __init__(
        self,
        passages: Sequence[Passage],
        index_dir: Path,
        embedder: embedding.Embedder = embedding.LOCAL,
        learnt: Callable[[str], list[str]] = answers.ranking,
    ) -> None:
        self.passages = tuple(passages)
        self._learnt_ranking = learnt
        self._embedder = embedder
        self._dense = Dense(self.passages, index_dir, embedder)
        self._lexical = Lexical(self.passages)
        self._places = {one.id: position for position, one in enumerate(self.passages)}

    def search(self, query: str, k: int = 5, sources: Iterable[str] = ()) -> list[Hit]:
        """The best `k` passages, best first; none where nothing is near. `sources` limits the
        search to those source names."""
        among = self._positions(set(sources))
        if not query.strip() or not among:
            return []
        query = self.corrected(query)
        vector, matches = self._vector(query), concepts.matched(query, MOST_CONCEPTS)
        # A small source alone would make everything seem far: whether there is an answer is told
        # from all passages.
        rankings = self._plainly(query, vector)
        if not self._answered(query, vector, self._near(query, matches, rankings)):
            return []
        if len(among) < len(self.passages):
            rankings = self._plainly(query, vector, among)
        found = [one for one in matches if one.score > CONCEPT_FROM]
        if found:
            rankings += self._by_concepts(found, among)
        fused: defaultdict[int, float] = defaultdict(float)
        _fuse(fused, rankings, FLAT)
        _fuse(fused, [(LEARNT, self._learnt(query, among))], STEEP)
        ordered = sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Hit(self.passages[position], round(score, 6)) for position, score in ordered[:k]]

    def warm(self) -> None:
        """Opens or builds the index now, so that the first search is as quick as the rest."""
        self.search("how do I say no")

    def _vector(self, text: str) -> embedding.Vectors:
        """All zeros where the embedder cannot be reached: then search goes on without meaning."""
        try:
            return np.asarray(self._embedder.embed([text])[0])
        except IptError as error:
            log.warning("searching by words and concepts alone (%s)", error)
            return np.zeros(1, dtype=np.float32)

    def _positions(self, wanted: set[str]) -> list[int]:
        """Where the passages of these sources stand; of all sources where none is named."""
        return [n for n, one in enumerate(self.passages) if not wanted or one.source in wanted]

    def _by_concepts(self, found: list[Match], among: list[int]) -> Rankings:
        """What the terms of the likeliest concepts bring, and the passages listed for them."""
        terms = ". ".join(term for one in found[:2] for term in one.concept.terms)
        listed: dict[int, float] = {}
        for one in found:
            for rank, passage in enumerate(one.concept.passages):
                position = self._places.get(passage, -1)
                if position >= 0:
                    score = one.score - FURTHER_DOWN * rank
                    listed[position] = max(listed.get(position, -9.0), score)
        allowed = set(among)
        by_list = sorted(listed.items(), key=lambda pair: (-pair[1], pair[0]))
        vector = self._vector(terms)
        return [
            (TERMS, self._lexical.ranking(terms, among, POOL)),
            (TERMS_MEANING, self._dense.ranking(vector, among, POOL)),
            (LISTED, [pair for pair in by_list if pair[0] in allowed]),
        ]

    def _learnt(self, query: str, among: list[int]) -> Ranking:
        """The passages that were learnt to answer such a query; their rank is all that counts."""
        allowed = set(among)
        found = (self._places.get(passage, -1) for passage in self._learnt_ranking(query))
        return [(position, 0.0) for position in found if position in allowed][:POOL]

    def _plainly(
        self,
        query: str,
        vector: embedding.Vectors | None = None,
        among: Sequence[int] | None = None,
    ) -> Rankings:
        """What the query's own words and meaning bring, among all passages if none are given."""
        places = self._positions(set()) if among is None else among
        vector = self._vector(query) if vector is None else vector
        return [
            (WORDS, self._lexical.ranking(query, places, POOL)),
            (MEANING, self._dense.ranking(vector, places, POOL)),
        ]

    def corrected(self, query: str) -> str:
        """The query with its misspelt words put right."""
        return self._speller.corrected(query)

    def evidence(self, query: str) -> Evidence:
        """How near the query comes to anything here."""
        matches, rankings = concepts.matched(query, MOST_CONCEPTS), self._plainly(query)
        return self._near(query, matches, rankings)

    def _near(self, query: str, matches: list[Match], rankings: Rankings) -> Evidence:
        (_, lexical), (_, dense) = rankings
        return Evidence(
            concepts=[one.score for one in matches],
            cosines=[cosine for _, cosine in dense[:NEAR]],
            words=self._lexical.coverage(query, [position for position, _ in lexical[:3]]),
        )

    def _answered(self, query: str, vector: embedding.Vectors, found: Evidence) -> bool:
        if gate.answered(query, found):
            return True
        own = [n for n, one in enumerate(self.passages) if one.kind == "own"]
        return bool(own) and gate.near(self._near(query, [], self._plainly(query, vector, own)))

    @cached_property
    def _speller(self) -> Speller:
        texts = [f"{one.title} {one.text}" for one in self.passages]
        texts += [" ".join((*one.terms, *one.said)) for one in concepts.load()]
        return Speller(texts, encoder.common_words())


def _fuse(fused: defaultdict[int, float], rankings: Rankings, constant: int) -> None:
    """Adds what each place in a ranking brings to its passage."""
    for weight, ranking in rankings:
        for rank, (position, _) in enumerate(ranking):
            fused[position] += weight / (constant + rank + 1)


def terms_of(code: str) -> str:
    """How books put a move, skill or stage; empty for what is no concept of its own."""
    found = next((one for one in concepts.load() if one.id == code), None)
    return ", ".join(found.terms) if found else ""


LEANING = frozenset(
    "And But Or So Then Yet It Its It's This That These Those They Their Them He She His Her One "
    "Both Such Neither Either Here There Instead Otherwise Second Third".split()
)
"""A sentence that begins so leans on the one before it."""


def best_statement(query: str, text: str) -> Span:
    """The sentence of `text` most like `query` that can stand alone: no question, nothing short,
    no torn quotation, nothing that leans on the sentence before. As code points (start, end)."""
    spans = [span for span in sentences(text) if _stands_alone(text[span[0] : span[1]])]
    return _most_like(query, text, spans or sentences(text) or [(0, len(text))])


def _stands_alone(sentence: str) -> bool:
    whole = sentence.count('"') % 2 == 0 and not sentence.startswith('"')
    leaning = sentence.split(" ", 1)[0].rstrip(",") in LEANING or not sentence[:1].isupper()
    return whole and not leaning and not sentence.endswith("?") and len(sentence.split()) >= 8


def best_span(query: str, text: str) -> Span:
    """The sentence of `text` most like `query`, as code points (start, end)."""
    return _most_like(query, text, sentences(text) or [(0, len(text))])


def _most_like(query: str, text: str, spans: list[Span]) -> Span:
    vectors = embedding.embed_sentences([query, *(text[start:end] for start, end in spans)])
    return spans[int(np.argmax(vectors[1:] @ vectors[0]))]
