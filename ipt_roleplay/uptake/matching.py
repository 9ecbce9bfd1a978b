"""How close a message comes to what an author's examples mean: features, not decisions.

Each item (a goal, concern, topic or question) has examples and, for goals and concerns,
near misses. A message is cut into windows (sentences, pairs of sentences, the whole). Each
window is compared with each example by embedding and by the weight of shared stems, and
judged by a ridge regression that tells the item's examples from everything else in the
scenario, near misses included (`learned`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from ipt_roleplay.embedding import embed

Floats = NDArray[np.float32]

_STEMMER = snowballstemmer.stemmer("english")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
_BREAK = re.compile(r"(?<=[.!?;…])\s+|\n+|\s+[-–—]\s+")
_STOP = frozenset(
    "a an the and or but if of to in on at for with from by as is are was were be been am do does "
    "did have has had i i'm i'd i've i'll me my you your you're it it's its that this these those "
    "we us our he she they them his her so just not no can could would will what how there then "
    "than too very really about up out all some any get got go when who which one".split()
)
WINDOW_LIMIT = 24
FEATURES = (
    "dense",
    "dense_top",
    "near",
    "dense_over_near",
    "lexical",
    "lexical_near",
    "lexical_over_near",
    "vocabulary",
    "centroid",
    "over_rivals",
    "length",
    "learned",
    "learned_over_rivals",
    "learned_twice",
)
RIDGE = 1.0
"""Strength of the ridge penalty; chosen with scenarios held out."""


@dataclass(frozen=True)
class Item:
    """One thing that a message may mean. Hashable, so that its index can be cached."""

    id: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Indexed:
    examples: Floats
    near: Floats
    centroid: Floats
    stems: tuple[frozenset[str], ...]
    near_stems: tuple[frozenset[str], ...]
    leaning: dict[str, float]


FORMULAS: tuple[str, ...] = (
    "I hear you.",
    "I hear what you're saying.",
    "It sounds like you're feeling frustrated right now.",
    "It sounds like this brings up a lot for you.",
    "I can hear that you're upset.",
    "What I'm hearing is that you have a view about this.",
    "That must be hard for you.",
    "That sounds really difficult.",
    "I understand how you feel.",
    "Your feelings are valid.",
    "I want to acknowledge your feelings.",
    "Help me understand where you're coming from.",
    "Can you say more about that?",
    "How does that make you feel?",
    "I appreciate you sharing that with me.",
    "Did I get that right?",
    "I'm sensing some resistance.",
    "Let's find a solution that works for both of us.",
    "I'm sorry you feel that way.",
    "I get that you're stressed.",
    "You seem upset.",
    "I'm listening.",
    "Let me reflect that back to you.",
    "Thank you for being honest with me.",
)
"""Kind words that fit any talk and so mean no item of any scenario."""

Groups = tuple[tuple[Item, ...], ...]
"""All items of a scenario, a tuple a kind."""


def features(text: str, groups: Groups, group: int) -> NDArray[np.float64]:
    """One row of `FEATURES` per item of `groups[group]`; values between about -3 and 3."""
    items = groups[group]
    index, weights = _index(items)
    cut = windows(text)
    vectors = embed(cut)
    stemmed = [stems(window) for window in cut]
    first = sum(len(one) for one in groups[:group])
    learned = _judge(groups).scores(vectors, stemmed)[:, first : first + len(items)]
    rows = [_row(one, vectors, stemmed, weights) for one in index]
    alike = _over_rivals(np.array([row[0] for row in rows]))
    judged = learned.max(axis=0)
    length = math.log1p(len(text.split())) / 4
    twice = np.sort(learned, axis=0)[-2:].mean(axis=0)
    more = np.stack([alike, np.full(len(items), length), judged, _over_rivals(judged), twice])
    return np.concatenate([np.array(rows, dtype=np.float64), more.T], axis=1)


def _over_rivals(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each score lies above the best of the others (above 0 where it is alone)."""
    if len(scores) == 1:
        return scores
    first, second = np.sort(scores)[-1], np.sort(scores)[-2]
    return np.asarray(scores - np.where(scores == first, second, first))


def windows(text: str) -> list[str]:
    """Sentences, neighbouring pairs and the whole text, at most `WINDOW_LIMIT` of them."""
    sentences = [part.strip() for part in _BREAK.split(text) if part.strip()]
    pairs = [f"{first} {second}" for first, second in pairwise(sentences)]
    whole = [text.strip()] if len(sentences) > 2 else []
    return list(dict.fromkeys(sentences + pairs + whole))[:WINDOW_LIMIT] or [""]


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return frozenset(_stem(word) for word in words if word not in _STOP)


def _row(
    one: _Indexed, vectors: Floats, stemmed: list[frozenset[str]], weights: dict[str, float]
) -> list[float]:
    close = vectors @ one.examples.T
    per_example = close.max(axis=0)
    dense = float(per_example.max())
    top = float(np.sort(per_example)[-3:].mean())
    near = float((vectors @ one.near.T).max()) if len(one.near) else 0.0
    lexical = _overlap(stemmed, one.stems, weights)
    lexical_near = _overlap(stemmed, one.near_stems, weights)
    vocabulary = max(_lean(found, one.leaning) for found in stemmed)
    centroid = float((vectors @ one.centroid).max())
    return [
        dense,
        top,
        near,
        dense - near,
        lexical,
        lexical_near,
        lexical - lexical_near,
        vocabulary,
        centroid,
    ]


def _overlap(
    found: list[frozenset[str]], known: tuple[frozenset[str], ...], weights: dict[str, float]
) -> float:
    """The best weighted Dice overlap of a window with an example, 0–1."""
    best = 0.0
    for window in found:
        mine = sum(weights.get(stem, 1.0) for stem in window)
        for example in known:
            shared = sum(weights.get(stem, 1.0) for stem in window & example)
            if shared:
                theirs = sum(weights.get(stem, 1.0) for stem in example)
                best = max(best, 2 * shared / (mine + theirs))
    return best


def _lean(found: frozenset[str], leaning: dict[str, float]) -> float:
    """How far the words of a window lean towards an item: mean of the strongest four."""
    strongest = sorted((leaning.get(stem, 0.0) for stem in found), reverse=True)[:4]
    return sum(strongest) / 4


@dataclass(frozen=True)
class _Judge:
    """Ridge regressions over embedding and stems, one column an item of all groups."""

    vocabulary: dict[str, int]
    weights: Floats
    mean: Floats
    columns: Floats
    offsets: Floats

    def scores(self, vectors: Floats, stemmed: Sequence[frozenset[str]]) -> NDArray[np.float64]:
        """One row a window: about 1 for the item's own kind of sentence, about -1 for others."""
        rows = np.hstack([vectors, _weighed(stemmed, self.vocabulary, self.weights)]) - self.mean
        return np.asarray(rows @ self.columns + self.offsets, dtype=np.float64)


@lru_cache(maxsize=64)
def _judge(groups: Groups) -> _Judge:
    items = [one for group in groups for one in group]
    texts = [text for one in items for text in one.examples + one.near_misses]
    texts += FORMULAS
    stemmed = [stems(text) for text in texts]
    counts = Counter(stem for found in stemmed for stem in found)
    vocabulary = {stem: position for position, stem in enumerate(sorted(counts))}
    ordered = np.array([counts[stem] for stem in sorted(counts)], dtype=np.float32)
    weights = np.log((1 + len(texts)) / (1 + ordered))
    rows = np.hstack([embed(texts), _weighed(stemmed, vocabulary, weights)])
    mean = rows.mean(axis=0)
    rows = rows - mean
    truth = _truth(items)
    offsets = truth.mean(axis=0)
    kernel = rows @ rows.T + RIDGE * np.eye(len(rows), dtype=np.float32)
    columns = rows.T @ np.linalg.solve(kernel, truth - offsets)
    return _Judge(vocabulary, weights, mean, columns, offsets)


def _truth(items: Sequence[Item]) -> Floats:
    """+1 where a text is an example of an item, -1 everywhere else."""
    sizes = [len(one.examples) + len(one.near_misses) for one in items]
    rows = sum(sizes) + len(FORMULAS)
    truth = np.full((rows, len(items)), -1.0, dtype=np.float32)
    start = 0
    for column, (one, size) in enumerate(zip(items, sizes, strict=True)):
        truth[start : start + len(one.examples), column] = 1.0
        start += size
    return truth


def _weighed(
    stemmed: Sequence[frozenset[str]], vocabulary: dict[str, int], weights: Floats
) -> Floats:
    """Rows of length 1 over the vocabulary, each stem by how rare it is in the scenario."""
    rows = np.zeros((len(stemmed), len(vocabulary)), dtype=np.float32)
    for row, found in zip(rows, stemmed, strict=True):
        known = [vocabulary[stem] for stem in found if stem in vocabulary]
        row[known] = weights[known]
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-6), dtype=np.float32)


@lru_cache(maxsize=256)
def _index(items: tuple[Item, ...]) -> tuple[tuple[_Indexed, ...], dict[str, float]]:
    everything = [stems(text) for one in items for text in one.examples + one.near_misses]
    counts = Counter(stem for found in everything for stem in found)
    weights = {stem: math.log((1 + len(everything)) / (1 + n)) for stem, n in counts.items()}
    return tuple(_indexed(one, counts, len(everything)) for one in items), weights


def _indexed(item: Item, counts: Counter[str], total: int) -> _Indexed:
    own = tuple(stems(text) for text in item.examples)
    near = tuple(stems(text) for text in item.near_misses)
    examples = embed(list(item.examples))
    centroid = examples.mean(axis=0)
    return _Indexed(
        examples=examples,
        near=embed(list(item.near_misses))
        if near
        else np.zeros((0, examples.shape[1]), np.float32),
        centroid=centroid / max(float(np.linalg.norm(centroid)), 1e-6),
        stems=own,
        near_stems=near,
        leaning=_leaning(own, counts, total),
    )


def _leaning(own: tuple[frozenset[str], ...], counts: Counter[str], total: int) -> dict[str, float]:
    """Smoothed log odds of each stem in this item's examples against all other texts."""
    mine = Counter(stem for found in own for stem in found)
    rest = max(1, total - len(own))
    return {
        stem: math.log(((n + 0.3) / (len(own) + 0.6)) / ((counts[stem] - n + 0.3) / (rest + 0.6)))
        for stem, n in mine.items()
    }
