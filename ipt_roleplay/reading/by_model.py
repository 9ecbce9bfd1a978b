"""Reading a message with a language model: the same values, by the same codes.

Off by default. What the model sends back is checked, and where it doesn't hold, the local
reader's reading stands. Cues are found in the message, never taken on trust.
"""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

from ipt_roleplay.domain import MESSAGE_LIMIT, Cue, Move, Reading, Style, Usage
from ipt_roleplay.model import Model, ModelFault
from ipt_roleplay.prompts import fill

LONGEST = 500
SURE, OTHERWISE = 0.95, 0.05
"""Probability of a move that it names, and of one that it doesn't."""
UNSURE = 0.5
"""Probability of the style where it says that the style is unclear."""


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid")

    move: Move
    words: str


class _Coded(BaseModel):
    model_config = ConfigDict(extra="forbid")

    style: Style
    moves: list[_Named]
    unclear: bool


async def read_by_model(
    model: Model, context: str, text: str, local: Reading
) -> tuple[Reading, Usage]:
    """The model's reading of `text`, or `local` where the model fails or answers off the form."""
    asked = fill("reader", context=_fenced(context), message=_fenced(text))
    try:
        coded, usage = await model.structured([("user", asked)], _Coded, LONGEST)
    except ModelFault:
        return local, Usage()
    return _reading(coded, text), usage


def _reading(coded: _Coded, text: str) -> Reading:
    moves = tuple(move for move in Move if any(one.move is move for one in coded.moves))
    cues = [cue for one in coded.moves if (cue := _cue(one, text)) is not None]
    sure = UNSURE if coded.unclear else SURE
    rest = (1 - sure) / (len(Style) - 1)
    return Reading(
        style=coded.style,
        moves=moves,
        cues=tuple(sorted(cues, key=lambda cue: cue.start)),
        style_probabilities={one: sure if one is coded.style else rest for one in Style},
        move_probabilities={one: SURE if one in moves else OTHERWISE for one in Move},
        unclear=coded.unclear,
    )


def _cue(named: _Named, text: str) -> Cue | None:
    """Where the words stand in the message, whatever their capitals; None where they don't."""
    words = named.words.strip()
    found = re.search(re.escape(words), text, re.IGNORECASE) if words else None
    return Cue(move=named.move, start=found.start(), end=found.end()) if found else None


def _fenced(text: str) -> str:
    """Without the marks that fence it in the prompt."""
    return re.sub(r"<{3,}|>{3,}", "", text[:MESSAGE_LIMIT])
