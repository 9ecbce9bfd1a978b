"""query -> passages: dense search in an embedded Chroma index, lexical search, fused.

The index is a cache, rebuilt from texts whenever they or the embedder change: its folder is
named by a hash of both, built aside under a lock and renamed. It is only ever queried with
our own vectors, since a foreign Chroma folder can name an embedding function that runs
code. Where it is missing or damaged, lexical search answers alone.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from ipt_roleplay import embedding
from ipt_roleplay.domain import Passage
from ipt_roleplay.sentences import Span, sentences

log = logging.getLogger(__name__)

COLLECTION = "passages"
POOL = 30
"""How many hits each kind of search brings to the fusion."""

RANK_CONSTANT = 60
"""Reciprocal rank fusion: Cormack, Clarke & Büttcher, SIGIR 2009, use k = 60."""

NEAR_ENOUGH = 0.18
"""A query whose nearest passage is less alike than this, and that shares no rare word with
any, has no passage."""


@dataclass(frozen=True)
class Hit:
    """A passage found; `score` is the fused rank score, higher is better, at most about 0.04."""

    passage: Passage
    score: float


class Retriever:
    """Searches a fixed set of passages. `index_dir`: where the Chroma cache may lie."""

    def __init__(self, passages: Sequence[Passage], index_dir: Path) -> None:
        self.passages = tuple(passages)
        self.index_dir = index_dir
        self._by_id = {one.id: position for position, one in enumerate(self.passages)}

    def search(self, query: str, k: int = 5, sources: Iterable[str] = ()) -> list[Hit]:
        """The best `k` passages, best first; none where nothing is near. `sources` limits the
        search to those source names."""
        among = self._positions(set(sources))
        if not query.strip() or not among:
            return []
        lexical = self._lexical_ranking(query, among)
        dense = self._dense_ranking(query, among)
        if not lexical and (not dense or dense[0][1] < NEAR_ENOUGH):
            return []
        fused: dict[int, float] = {}
        for ranking in (lexical, dense):
            for rank, (position, _) in enumerate(ranking):
                fused[position] = fused.get(position, 0.0) + 1 / (RANK_CONSTANT + rank + 1)
        ordered = sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Hit(self.passages[position], round(score, 6)) for position, score in ordered[:k]]

    def warm(self) -> None:
        """Opens or builds the index now, so that the first search is as quick as the rest."""
        self.search("warm")

    def _positions(self, wanted: set[str]) -> list[int]:
        """Where the passages of these sources stand; of all sources where none is named."""
        return [n for n, one in enumerate(self.passages) if not wanted or one.source in wanted]

    # ---------------------------------------------------------------- lexical

    def _lexical_ranking(self, query: str, among: list[int]) -> list[tuple[int, float]]:
        import bm25s

        tokens = bm25s.tokenize([query], stopwords="en", stemmer=_stemmer(), show_progress=False)
        if not tokens.vocab:
            return []
        mask = np.zeros(len(self.passages), dtype=np.float32)
        mask[among] = 1
        k = min(POOL, len(among))
        found, scores = self._bm25.retrieve(tokens, k=k, weight_mask=mask, show_progress=False)
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [(int(position), float(score)) for position, score in pairs if score > 0]

    @cached_property
    def _bm25(self) -> Any:
        import bm25s

        texts = [f"{one.title}\n{one.text}" for one in self.passages]
        index = bm25s.BM25()
        tokens = bm25s.tokenize(texts, stopwords="en", stemmer=_stemmer(), show_progress=False)
        index.index(tokens, show_progress=False)
        return index

    # ---------------------------------------------------------------- dense

    def _dense_ranking(self, query: str, among: list[int]) -> list[tuple[int, float]]:
        """(position, cosine) pairs; empty where the index cannot be used."""
        collection = self._collection
        vector = embedding.embed([query])
        if collection is None or not vector.any():
            return []
        ids = [self.passages[position].id for position in among]
        try:
            found = collection.query(
                query_embeddings=vector,
                ids=ids if len(ids) < len(self.passages) else None,
                n_results=min(POOL, len(ids)),
                include=["distances"],
            )
        except _faults() as error:
            log.warning("the search index broke while in use (%s)", type(error).__name__)
            self.__dict__.pop("_collection", None)  # the next search opens or builds it anew
            return []
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(self._by_id[one], 1 - float(far)) for one, far in pairs if one in self._by_id]

    @cached_property
    def _collection(self) -> Any | None:
        """The open Chroma collection, or None where it can neither be opened nor built."""
        import chromadb

        for _attempt in ("as it lies", "built anew"):
            try:
                collection = self._opened(chromadb)
                if collection.count() == len(self.passages):
                    return collection
            except _faults() as error:
                log.warning("the search index could not be used (%s)", type(error).__name__)
            shutil.rmtree(self._folder, ignore_errors=True)
        log.warning("searching by words alone; delete %s to build it again", self.index_dir)
        return None

    @cached_property
    def _folder(self) -> Path:
        digest = hashlib.sha256(embedding.NAME.encode())
        for one in self.passages:
            digest.update(f"{one.id}\x00{one.title}\x00{one.text}\x00".encode())
        return self.index_dir / f"passages-{digest.hexdigest()[:12]}"

    def _opened(self, chromadb: Any) -> Any:
        self.index_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(self.index_dir / "building.lock"):
            if not self._folder.is_dir():
                self._build(chromadb)
        return _client(chromadb, self._folder).get_collection(COLLECTION, embedding_function=None)

    def _build(self, chromadb: Any) -> None:
        for old in self.index_dir.glob("passages-*"):
            shutil.rmtree(old, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(dir=self.index_dir, prefix="building-"))
        collection = _client(chromadb, aside).create_collection(
            COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        texts = [f"{one.title}. {one.text}" for one in self.passages]
        collection.add(
            ids=[one.id for one in self.passages],
            embeddings=embedding.embed(texts),
        )
        chromadb.api.client.SharedSystemClient.clear_system_cache()
        os.replace(aside, self._folder)


def best_statement(query: str, text: str) -> Span:
    """The sentence of `text` most like `query` that can stand alone: no question, nothing short,
    no torn quotation. As code points (start, end)."""
    spans = [span for span in sentences(text) if _stands_alone(text[span[0] : span[1]])]
    return _most_like(query, text, spans or sentences(text) or [(0, len(text))])


def _stands_alone(sentence: str) -> bool:
    whole = sentence.count('"') % 2 == 0 and not sentence.startswith('"')
    return whole and not sentence.endswith("?") and len(sentence.split()) >= 8


def best_span(query: str, text: str) -> Span:
    """The sentence of `text` most like `query`, as code points (start, end)."""
    return _most_like(query, text, sentences(text) or [(0, len(text))])


def _most_like(query: str, text: str, spans: list[Span]) -> Span:
    vectors = embedding.embed([query, *(text[start:end] for start, end in spans)])
    return spans[int(np.argmax(vectors[1:] @ vectors[0]))]


def _client(chromadb: Any, folder: Path) -> Any:
    settings = chromadb.config.Settings(anonymized_telemetry=False)
    return chromadb.PersistentClient(path=str(folder), settings=settings)


def _faults() -> tuple[type[Exception], ...]:
    """What a damaged or unwritable index raises."""
    from chromadb.errors import ChromaError

    return (ChromaError, OSError, RuntimeError, ValueError, KeyError)


def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
