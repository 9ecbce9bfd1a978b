"""Vectors of texts by an OpenAI-compatible server, where one is named for that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ipt_roleplay.embedding import Embedder, Vectors
from ipt_roleplay.model.client import OPENAI, named_faults
from ipt_roleplay.settings import Settings

BATCH = 64
SECONDS = 30.0


def open_embedder(settings: Settings) -> Embedder | None:
    """The embedder that `IPT_EMBEDDING_MODEL` names; None without one. What is searched, and what
    is searched for, is then sent to its server. Its `embed` raises ModelFault."""
    if not settings.embedding_model:
        return None
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    return _opened(settings.embedding_model, settings.openai_base_url or OPENAI, key)


@lru_cache(maxsize=4)
def _opened(name: str, address: str, key: str) -> Embedder:
    def embed(texts: Sequence[str]) -> Vectors:
        import openai

        rows: list[list[float]] = []
        with (
            named_faults(),
            openai.OpenAI(
                base_url=address, api_key=key or "none", timeout=SECONDS, max_retries=1
            ) as client,
        ):
            for start in range(0, len(texts), BATCH):
                some = [text or " " for text in texts[start : start + BATCH]]
                made = client.embeddings.create(model=name, input=some, encoding_format="float")
                rows += [one.embedding for one in sorted(made.data, key=lambda one: one.index)]
        vectors = np.array(rows, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    return Embedder(f"{name} at {address}", embed)
