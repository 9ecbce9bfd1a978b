"""What the search knows beside words: notions of IPT and of hard talks, the terms that texts use
for them, and the ways in which people say them who don't know the terms.

A query is held against every phrase of every concept, by its meaning and by its rare words. A
sentence out of a talk is read as well: the moves that it makes are concepts too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.documents import parse_yaml
from ipt_roleplay.domain import Frozen, Move
from ipt_roleplay.embedding import Vectors, embed_sentences
from ipt_roleplay.errors import SetupError
from ipt_roleplay.reading import read
from ipt_roleplay.uptake.judging import word_runs

BEST, NEXT = 0.6, 0.4
"""How far the nearest phrase of a concept counts, and the mean of the two after it."""
MOVES = 0.25
"""How far it counts that a query makes the move which a concept is about."""
_NAMED_OTHERWISE = {Move.OWNERSHIP: "apology_ownership"}

Scores = NDArray[np.float64]


class Concept(Frozen):
    """`terms`: as books put it; `said`: as people do; `passages`: those of the handbook that
    are about it, the best first."""

    id: str
    terms: tuple[str, ...]
    said: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """`score`: 0 to about 2, how near a query comes to a concept."""

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
    known, found = load(), scores(query)
    best = np.argsort(-found, kind="stable")[:most].tolist()
    return [Match(known[one], float(found[one])) for one in best]


@lru_cache(maxsize=64)
def scores(query: str) -> Scores:
    """How near `query` comes to each concept, in their order: (concepts,)."""
    near = _phrases().nearness(query)
    found = np.array([_of_concept(near[start:end]) for start, end in _phrases().ranges])
    return found + MOVES * _moves_made(query)


def _of_concept(near: Scores) -> float:
    first, *others = np.sort(near)[::-1][:3].tolist()
    return float(BEST * first + NEXT * np.mean(others))


def _moves_made(query: str) -> Scores:
    """For each concept that is a move, how likely the query makes it, read as part of a talk."""
    chances = read("", query).move_probabilities
    by_id = {_NAMED_OTHERWISE.get(move, str(move)): chance for move, chance in chances.items()}
    return np.array([by_id.get(one.id, 0.0) for one in load()])


@dataclass(frozen=True)
class _Phrases:
    """All phrases, concept by concept, in the `ranges`: their vectors, and an index of their runs
    of words with the runs' rarity and each phrase's length in it."""

    ranges: tuple[tuple[int, int], ...]
    vectors: Vectors
    holders: dict[str, list[int]]
    rarity: dict[str, float]
    lengths: Scores

    def nearness(self, query: str) -> Scores:
        """Likeness of each phrase to `query`: the cosine of the meanings and of the words."""
        runs = word_runs(query)
        unknown = log(1 + len(self.lengths))
        length = sqrt(sum(self.rarity.get(run, unknown) ** 2 for run in runs)) or 1.0
        shared = np.zeros(len(self.lengths))
        for run in runs & self.rarity.keys():
            shared[self.holders[run]] += self.rarity[run] ** 2
        return np.asarray(
            self.vectors @ embed_sentences([query])[0] + shared / (self.lengths * length)
        )


def phrases() -> list[str]:
    """All phrases of all concepts, in order."""
    return [phrase for one in load() for phrase in (*one.said, *one.terms)]


@cache
def _phrases() -> _Phrases:
    texts, ranges, start = phrases(), [], 0
    for one in load():
        end = start + len(one.said) + len(one.terms)
        ranges.append((start, end))
        start = end
    runs = [word_runs(text) for text in texts]
    times = Counter(run for found in runs for run in found)
    rarity = {run: log((1 + len(texts)) / count) for run, count in times.items()}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(runs):
        for run in found:
            holders[run].append(number)
    lengths = np.array([sqrt(sum(rarity[run] ** 2 for run in found)) or 1.0 for found in runs])
    return _Phrases(tuple(ranges), embed_sentences(texts), dict(holders), rarity, lengths)
