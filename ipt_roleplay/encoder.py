"""A small transformer that reads a message together with the line before it.

It gives scores and decides nothing: `reading` and `safety` weigh them beside linear models of
their own. Three layers of a MiniLM (Wang et al. 2020), fine-tuned on this product's coded
messages by `evals/train_encoder.py`, in 8-bit numbers; it runs on one core, without a network.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.errors import SetupError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FILE = Path(__file__).with_name("encoder.onnx")
TOKENIZER = Path(__file__).with_name("encoder_tokenizer.json")
LONGEST_CONTEXT, LONGEST_TEXT = 48, 112
"""In tokens. Of a longer context the end is read; of a longer text its start and end."""
READING, SCREENING = slice(0, 28), slice(28, 34)
"""Where in the scores the five styles and 23 moves stand, and the six of the screening."""

Floats = NDArray[np.float32]


@lru_cache(maxsize=512)
def scores(context: str, text: str) -> Floats:
    """34 scores, in log odds or so, of `text` said after `context` (may be empty).

    Raises SetupError when the model cannot be loaded.
    """
    session, tokenizer = _model()
    ids, kinds = token_ids(tokenizer, context, text)
    given = {"ids": np.array([ids]), "kinds": np.array([kinds])}
    (found,) = session.run(None, given)
    return np.asarray(found[0], dtype=np.float32)


def token_ids(tokenizer: Tokenizer, context: str, text: str) -> tuple[list[int], list[int]]:
    """Ids of `[CLS] context [SEP] text [SEP]`, and which part each belongs to (0 or 1)."""
    start, middle = _mark(tokenizer, "[CLS]"), _mark(tokenizer, "[SEP]")
    before = _tokens(tokenizer, context)[-LONGEST_CONTEXT:]
    said = _tokens(tokenizer, text)
    if len(said) > LONGEST_TEXT:
        said = said[: LONGEST_TEXT // 2] + said[-LONGEST_TEXT // 2 :]
    ids = [start, *before, middle, *said, middle]
    return ids, [0] * (len(before) + 2) + [1] * (len(said) + 1)


@cache
def common_words() -> frozenset[str]:
    """Whole English words that the tokenizer knows: some ten thousand of the commonest."""
    return frozenset(word for word in _model()[1].get_vocab() if word.isalpha() and word.isascii())


def _mark(tokenizer: Tokenizer, name: str) -> int:
    number: int | None = tokenizer.token_to_id(name)
    if number is None:
        raise SetupError(f"{TOKENIZER} has no {name}. Install the package again.")
    return number


def _tokens(tokenizer: Tokenizer, text: str) -> list[int]:
    plain = text.encode("utf-8", "replace").decode("utf-8")  # it refuses lone surrogates
    ids: list[int] = tokenizer.encode(plain, add_special_tokens=False).ids
    return ids


@cache
def _model() -> tuple[InferenceSession, Tokenizer]:
    import onnxruntime
    from tokenizers import Tokenizer

    missing = [file.name for file in (FILE, TOKENIZER) if not file.is_file()]
    if missing:
        raise SetupError(f"{missing[0]} is not beside {FILE.parent}. Install the package again.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(FILE, options, providers=["CPUExecutionProvider"])
    return session, Tokenizer.from_file(str(TOKENIZER))
