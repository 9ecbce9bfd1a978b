"""Numbers and links in a persona's words: only those of the listed help may be shown.

A made-up hotline in a scenario, a model's reply or a planted source could send somebody in
danger to nobody, or to somebody worse.
"""

from __future__ import annotations

import re

from ipt_roleplay.safety.help import every_contact

REMOVED = "[left out]"

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]*[^\s<>\"')\].,;!?]"
    r"|\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|org|net|info|co|io|me|uk|us|ie|ca|au|nz|in|eu|ru)\b(?:/[^\s<>\"')\]]*)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w£$€.,:/-])\+?\(?\d[\d().\s–-]{4,}\d(?![\w:])")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{2}){1,2}|(?:19|20)\d\d\s?[–-]\s?(?:19|20)?\d\d")
_LEAST_DIGITS = 6
"""Shorter numbers are times, prices and years far more often than telephones."""


def without_unlisted(text: str) -> str:
    """`text` with every link, and every number long enough to be a telephone's, replaced by
    `REMOVED` unless it is one of the listed help's."""
    known = every_contact()
    text = _LINK.sub(lambda found: _kept(found.group(), _host(found.group()) in known), text)
    return _NUMBER.sub(lambda found: _kept_number(found.group(), known), text)


def _kept(words: str, listed: bool) -> str:
    return words if listed else REMOVED


def _kept_number(words: str, known: frozenset[str]) -> str:
    digits = re.sub(r"\D", "", words)
    harmless = len(digits) < _LEAST_DIGITS or _DATE.fullmatch(words.strip()) is not None
    return _kept(words, harmless or digits in known)


def _host(link: str) -> str:
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", link.lower())
    return re.split(r"[/?#:]", bare, maxsplit=1)[0].rstrip(".,;!")
