"""How many tokens a text has: as tiktoken counts, where its vocabulary is on this machine.

tiktoken fetches a vocabulary from the network at first use. Nothing may be contacted but the
endpoint that somebody has set, so it is used only where the file lies there already (in
`TIKTOKEN_CACHE_DIR`); elsewhere a token is taken to be four bytes, which on English talk is
about a tenth too many.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

ENCODING = "o200k_base"
_FETCHED_FROM = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"
BYTES_PER_TOKEN = 4


def count_tokens(text: str) -> int:
    """Tokens in `text`, by o200k_base where its vocabulary is here, else estimated. Never fetches
    anything."""
    encoding = _encoding()
    if encoding is not None:
        return len(encoding.encode(text, disallowed_special=()))
    return -(-len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN)


@cache
def _encoding() -> tiktoken.Encoding | None:
    folder = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR")
    kept = Path(folder) if folder else Path(tempfile.gettempdir()) / "data-gym-cache"
    if not (kept / sha1(_FETCHED_FROM.encode()).hexdigest()).is_file():
        return None
    import tiktoken

    return tiktoken.get_encoding(ENCODING)
