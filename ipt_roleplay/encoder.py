"""Three small transformers: one reads a message together with the line before it, one screens it,
one turns sentences into vectors.

The first two give scores and decide nothing: `reading` and `safety` weigh them beside linear models
of their own. Layers of a MiniLM (Wang et al. 2020), three for reading and six for screening,
fine-tuned on this product's labelled messages by `evals/train_encoder.py`. The third is
all-MiniLM-L6-v2 (Reimers & Gurevych 2019) as it is. All are in 8-bit numbers, and run on one core,
without a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.errors import SetupError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

LONGEST_CONTEXT, LONGEST_TEXT = 48, 112
"""In tokens. Of a longer context the end is read; of a longer text its start and end."""
LONGEST_SENTENCE = 256
"""In tokens. Of a longer text the start is turned into a vector."""
DIMENSIONS = 384
STYLES_AND_MOVES, RISKS = 28, 6
"""How many scores stand for the five styles and 23 moves, and how many for the screening."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Encoder:
    """Where one transformer and the tokenizer that belongs to it are kept."""

    file: Path
    tokenizer: Path


_HERE = Path(__file__).parent
READER = Encoder(_HERE / "encoder.onnx", _HERE / "encoder_tokenizer.json")
SCREEN = Encoder(_HERE / "screening_encoder.onnx", _HERE / "screening_tokenizer.json")
SENTENCES = Encoder(_HERE / "sentence_encoder.onnx", _HERE / "sentence_tokenizer.json")


def reading_scores(context: str, text: str) -> Floats:
    """28 scores, in log odds or so, of `text` said after `context` (may be empty): the styles,
    then the moves. Raises SetupError when the model cannot be loaded."""
    return _scores(READER, context, text)[:STYLES_AND_MOVES]


def risk_scores(text: str) -> Floats:
    """Six scores of `text`, in log odds or so, as `safety.learned` names them. Raises SetupError
    when the model cannot be loaded."""
    return _scores(SCREEN, "", text)[-RISKS:]


@lru_cache(maxsize=8192)
def sentence_vector(text: str) -> Floats:
    """What `text` is about and how it is meant, as a vector of `DIMENSIONS` and length 1. Raises
    SetupError when the model cannot be loaded."""
    session, tokenizer = _model(SENTENCES)
    inner = _tokens(tokenizer, text)[: LONGEST_SENTENCE - 2]
    ids = [_mark(tokenizer, "[CLS]"), *inner, _mark(tokenizer, "[SEP]")]
    (found,) = session.run(None, {"ids": np.array([ids])})
    return np.asarray(found[0], dtype=np.float32)


@lru_cache(maxsize=1024)
def _scores(encoder: Encoder, context: str, text: str) -> Floats:
    session, tokenizer = _model(encoder)
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
    """Whole English words that the tokenizer for sentences knows: some twenty thousand."""
    vocabulary = _model(SENTENCES)[1].get_vocab()
    return frozenset(word for word in vocabulary if word.isalpha() and word.isascii())


def sums_exactly() -> bool:
    """Whether this processor, by its own account, adds up 8-bit products with room to spare
    (VNNI). Where nothing can be known of it, no."""
    try:
        return "_vnni" in Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        return False


def _mark(tokenizer: Tokenizer, name: str) -> int:
    number: int | None = tokenizer.token_to_id(name)
    if number is None:
        raise SetupError(f"The tokenizer has no {name}. Install the package again.")
    return number


def _tokens(tokenizer: Tokenizer, text: str) -> list[int]:
    plain = text.encode("utf-8", "replace").decode("utf-8")  # it refuses lone surrogates
    ids: list[int] = tokenizer.encode(plain, add_special_tokens=False).ids
    return ids


@cache
def _model(encoder: Encoder) -> tuple[InferenceSession, Tokenizer]:
    import onnxruntime
    from tokenizers import Tokenizer

    missing = [file for file in (encoder.file, encoder.tokenizer) if not file.is_file()]
    if missing:
        raise SetupError(f"{missing[0].name} is not in {_HERE}. Install the package again.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    if not sums_exactly():
        # Else sums overflow (microsoft/onnxruntime, pull request 12088), and what is read one way
        # on one machine is read another way on the next. It takes twice the time.
        options.add_session_config_entry("session.x64quantprecision", "1")
    session = onnxruntime.InferenceSession(
        encoder.file, options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(encoder.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return session, tokenizer
