"""Text to vectors, on this machine and without a network, in two ways.

`embed` takes the mean of a text's word vectors (WordLlama), scaled to length 1: it costs next to
nothing and says what a text is about, not how it is meant. `LOCAL`, for the search, asks a small
transformer (`encoder.sentence_vector`): some milliseconds a text, and it knows more. The vectors
of what ships with the product ship as well.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay import encoder
from ipt_roleplay.errors import SetupError
from ipt_roleplay.linear import load_arrays

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DIMENSIONS = 256

_loading = threading.Lock()
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Embedder:
    """Something that turns texts into vectors of length 1, a row each; vectors of the same
    `name` can be compared: it is part of the key of any index."""

    name: str
    embed: Callable[[Sequence[str]], Vectors]


def embed(texts: Sequence[str]) -> Vectors:
    """Vectors of the texts, one row each: shape (n, 256), of length 1.

    A text without any token (an empty one) gets the zero vector. A row doesn't depend on
    the other texts of the call. Raises SetupError when the weights cannot be found.
    """
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    with _loading:
        tokenizer, words = _model()
    for row, text in zip(vectors, texts, strict=True):
        # One by one: `encode_batch` wakes a pool of threads, which costs more than it saves here.
        ids = tokenizer.encode(_encodable(text), add_special_tokens=False).ids
        if ids:
            row[:] = words[ids].mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths > 0, lengths, 1)
    return vectors


def embed_sentences(texts: Sequence[str]) -> Vectors:
    """Vectors of the texts, one row each: shape (n, 384), of length 1. Raises SetupError when
    the model cannot be found."""
    known = _shipped()
    rows = np.zeros((len(texts), encoder.DIMENSIONS), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        stored = known.get(mark_of(text))
        row[:] = encoder.sentence_vector(text) if stored is None else stored
    return rows


def mark_of(text: str) -> int:
    """A number that stands for `text` among the vectors that ship."""
    return int.from_bytes(hashlib.blake2b(_encodable(text).encode(), digest_size=8).digest(), "big")


SHIPPED = Path(__file__).with_name("sentence_vectors.npz")
LOCAL = Embedder("all-MiniLM-L6-v2 in 8-bit numbers", embed_sentences)
"""The one that is there on every machine."""


@cache
def _shipped() -> dict[int, NDArray[np.float32]]:
    arrays = load_arrays(SHIPPED)
    return dict(zip(arrays["marks"].tolist(), arrays["vectors"].astype(np.float32), strict=True))


@cache
def _model() -> tuple[Tokenizer, NDArray[np.float32]]:
    """The tokenizer and the tokens' vectors inside the installed wheel, loaded once."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        import wordllama  # type: ignore[import-untyped]

        # A plain load() looks for the tokenizer in another folder and asks the network.
        model = wordllama.WordLlama.load(
            dim=DIMENSIONS, cache_dir=Path(wordllama.__file__).parent, disable_download=True
        )
    except (ImportError, FileNotFoundError) as error:
        raise SetupError(
            f"The word vectors cannot be loaded ({error}). "
            "Install the package again, with its requirements."
        ) from error
    finally:
        # Its import sets up logging for the whole program, which is not a library's to do.
        root.handlers[:] = handlers
        root.setLevel(level)
    model.tokenizer.no_padding()
    return model.tokenizer, model.embedding


def _encodable(text: str) -> str:
    """The text without lone surrogates, which the tokenizer refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")
