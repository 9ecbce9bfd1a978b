"""What the search knows beside words: notions of IPT and of hard talks, the terms that texts use
for them, and the ways in which people say them who don't know the terms.

A query is held against the phrases of every concept by the same judge that tells the uptake
what a message means.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from ipt_roleplay.documents import parse_yaml
from ipt_roleplay.domain import Frozen
from ipt_roleplay.embedding import embed
from ipt_roleplay.errors import SetupError
from ipt_roleplay.uptake.judging import Item, Judge, judge, word_runs

_SHARES = ((1.0,),)


class Concept(Frozen):
    """`terms`: as books put it; `said`: as people do; `passages`: those of the handbook that
    are about it, the best first."""

    id: str
    terms: tuple[str, ...]
    said: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """`score`: about 1 where a query is of this concept, -1 where it isn't."""

    concept: Concept
    score: float


@cache
def load() -> tuple[Concept, ...]:
    """The concepts that ship with the product."""
    file = resources.files(__name__.rpartition(".")[0]) / "concepts.yaml"
    document = parse_yaml(file.read_text("utf-8"), "concepts.yaml")
    if not isinstance(document.value, list):
        raise SetupError("concepts.yaml holds no list. Install the package again.")
    return tuple(Concept.model_validate(one) for one in document.value)


def matched(query: str, most: int) -> list[Match]:
    """The concepts that `query` is likeliest about, best first."""
    known = load()
    scores = _judge().scores(0, embed([query]), [word_runs(query)])[0]
    best = np.argsort(-scores)[:most].tolist()
    return [Match(known[one], float(scores[one])) for one in best]


def _judge() -> Judge:
    items = tuple(Item(one.id, (*one.said, *one.terms)) for one in load())
    return judge((items,), _SHARES)
