"""Tools for those who write scenarios: check one, begin one, hear one played, carry one over."""

from __future__ import annotations

from ipt_roleplay.authoring.cards import card_of, from_card, png_of, read_card
from ipt_roleplay.authoring.check import faults, hints
from ipt_roleplay.authoring.draft import Draft, draft_text
from ipt_roleplay.authoring.preview import Performance, preview, report

__all__ = [
    "Draft",
    "Performance",
    "card_of",
    "draft_text",
    "faults",
    "from_card",
    "hints",
    "png_of",
    "preview",
    "read_card",
    "report",
]
