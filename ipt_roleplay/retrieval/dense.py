"""Search by meaning: vectors in an embedded Chroma index.

The index is a cache, rebuilt from texts whenever they or the embedder change: its folder is
named by a hash of both, built aside under a lock and renamed. It is only ever queried with
our own vectors, since a foreign Chroma folder can name an embedding function that runs
code. Where it is missing or damaged, search goes on without it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from ipt_roleplay.domain import Passage
from ipt_roleplay.embedding import Embedder, mark_of
from ipt_roleplay.errors import IptError

log = logging.getLogger(__name__)

COLLECTION = "passages"
BATCH = 2_000
Ranking = list[tuple[int, float]]
"""(position of a passage, score), best first."""


class Dense:
    """The index over fixed passages. `index_dir`: where the cache may lie."""

    def __init__(self, passages: Sequence[Passage], index_dir: Path, embedder: Embedder) -> None:
        self._passages = passages
        self._index_dir = index_dir
        self._embedder = embedder
        self._by_id = {one.id: position for position, one in enumerate(passages)}

    def ranking(self, vector: NDArray[np.float32], among: Sequence[int], most: int) -> Ranking:
        """The nearest of the passages at these positions, with their cosines; none where the
        index cannot be used."""
        collection = self._collection
        if collection is None or not vector.any():
            return []
        everything = len(among) == len(self._passages)
        try:
            found = collection.query(
                query_embeddings=vector[None],
                ids=None if everything else [self._passages[one].id for one in among],
                n_results=min(most, len(among)),
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
                if collection.count() == len(self._passages):
                    return collection
            except _faults() as error:
                log.warning("the search index could not be used (%s)", type(error).__name__)
            shutil.rmtree(self._folder, ignore_errors=True)
        log.warning("searching by words alone; delete %s to build it again", self._index_dir)
        return None

    @cached_property
    def _folder(self) -> Path:
        digest = hashlib.sha256(self._embedder.name.encode())
        for one in self._passages:
            digest.update(f"{one.id}\x00{one.title}\x00{one.text}\x00".encode())
        return self._index_dir / f"passages-{digest.hexdigest()[:12]}"

    def _opened(self, chromadb: Any) -> Any:
        self._index_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(self._index_dir / "building.lock"):
            if not self._folder.is_dir():
                self._build(chromadb)
        return _client(chromadb, self._folder).get_collection(COLLECTION, embedding_function=None)

    def _build(self, chromadb: Any) -> None:
        for old in self._index_dir.glob("passages-*"):
            shutil.rmtree(old, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(dir=self._index_dir, prefix="building-"))
        collection = _client(chromadb, aside).create_collection(
            COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        vectors = self._vectors()
        for start in range(0, len(self._passages), BATCH):
            some = [one.id for one in self._passages[start : start + BATCH]]
            collection.add(ids=some, embeddings=vectors[start : start + BATCH])
        chromadb.api.client.SharedSystemClient.clear_system_cache()
        os.replace(aside, self._folder)

    def _vectors(self) -> NDArray[np.float32]:
        """A row a passage. Those of texts that stay are kept from one index to the next, and no
        others: what is removed leaves nothing behind."""
        file = self._index_dir / "vectors.npz"
        texts = [searched_text(one) for one in self._passages]
        marks = [mark_of(f"{self._embedder.name}\x00{text}") for text in texts]
        known = _kept(file)
        new = [text for text, mark in zip(texts, marks, strict=True) if mark not in known]
        made = iter(self._embedder.embed(new) if new else ())
        rows = np.array([known[one] if one in known else next(made) for one in marks])
        aside = file.with_suffix(".part.npz")
        np.savez(aside, allow_pickle=False, marks=np.array(marks, np.uint64), vectors=rows)
        os.replace(aside, file)
        return rows


def _kept(file: Path) -> dict[int, NDArray[np.float32]]:
    """Vectors by the mark of their text; none where there is no such file or it is damaged."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            return dict(zip(arrays["marks"].tolist(), arrays["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def searched_text(one: Passage) -> str:
    """The text of a passage as its vector is made from it."""
    return f"{one.title}. {one.text}"


def _client(chromadb: Any, folder: Path) -> Any:
    settings = chromadb.config.Settings(anonymized_telemetry=False)
    return chromadb.PersistentClient(path=str(folder), settings=settings)


def _faults() -> tuple[type[Exception], ...]:
    """What a damaged or unwritable index raises, or an embedder that fails while it is built."""
    from chromadb.errors import ChromaError

    return (ChromaError, IptError, OSError, RuntimeError, ValueError, KeyError)
