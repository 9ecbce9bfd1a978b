"""Text to vectors, on this machine and without a network: WordLlama's static vectors.

A text's vector is the mean of its tokens' vectors, scaled to length 1. It says what a
text is about, not how it is meant: "you should" and "you shouldn't" lie side by side.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.errors import SetupError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DIMENSIONS = 256
NAME = f"wordllama-{version('wordllama')}-l2_supercat-{DIMENSIONS}"
"""Names vectors that can be compared with each other: part of the key of any index."""

_loading = threading.Lock()
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Embedder:
    """Something that turns texts into vectors of length 1, a row each; vectors of the same
    `name` can be compared."""

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


LOCAL = Embedder(NAME, embed)
"""The one that is there on every machine."""


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
