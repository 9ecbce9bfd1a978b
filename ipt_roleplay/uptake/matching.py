"""How close a message comes to what an author's examples mean: features, not decisions.

Each item (a goal, concern, topic or question) has examples and, for goals and concerns,
near misses. A message is cut into windows (sentences, pairs of sentences, the whole). Each
window is compared with each example by embedding and by the weight of shared stems, and
judged by a regression that tells the item's examples from other texts (`judging`).
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
from numpy.typing import NDArray

from ipt_roleplay.embedding import embed
from ipt_roleplay.uptake.judging import (
    Floats,
    Groups,
    Item,
    Judge,
    Shares,
    judge,
    stem,
    word_runs,
    words_of,
)

Rows = NDArray[np.float64]
Places = NDArray[np.intp]
NOWHERE = np.float32(-2)
"""The likeness of a text that isn't there: less than any can be."""

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
    "lexical",
    "lexical_near",
    "vocabulary",
    "over_rivals",
    "length",
    "learned",
    "learned_over_rivals",
    "learned_twice",
    "learned_whole",
    "whole_over_rivals",
)


@dataclass(frozen=True)
class Cut:
    """A message as it is compared: its windows, the whole of it as the last one."""

    words: int
    vectors: Floats
    stems: tuple[frozenset[str], ...]
    runs: tuple[frozenset[str], ...]


def cut(text: str) -> Cut:
    """The windows of a message, looked at once for all kinds of item."""
    found = windows(text)
    return Cut(
        words=len(text.split()),
        vectors=embed(found),
        stems=tuple(stems(window) for window in found),
        runs=tuple(word_runs(window) for window in found),
    )


def windows(text: str) -> list[str]:
    """Sentences, neighbouring pairs and the whole text, which is the last; at most
    `WINDOW_LIMIT` of them."""
    whole = text.strip()
    sentences = [part.strip() for part in _BREAK.split(text) if part.strip()]
    pairs = [f"{first} {second}" for first, second in pairwise(sentences)]
    parts = [part for part in dict.fromkeys(sentences + pairs) if part != whole]
    return [*parts[: WINDOW_LIMIT - 1], whole]


def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    return frozenset(stem(word) for word in words_of(text) if word not in _STOP)


@dataclass(frozen=True)
class Learnt:
    """What is learnt of `items`, one group of a scenario's."""

    group: int
    items: tuple[Item, ...]
    judge: Judge
    known: _Known


def learn(groups: Groups, group: int, shares: Shares) -> Learnt:
    """What the items of `groups[group]` are told by; about half a second for two thousand texts."""
    return Learnt(group, groups[group], judge(groups, shares), _known(groups[group]))


def features(message: Cut, learnt: Learnt) -> Rows:
    """One row of `FEATURES` per item of the group; values between about -3 and 3."""
    judged = learnt.judge.scores(learnt.group, message.vectors, message.runs)
    best, whole = judged.max(axis=0), judged[-1]
    twice = np.sort(judged, axis=0)[-2:].mean(axis=0)
    near = _nearness(message, learnt.known)
    columns = [
        *near,
        _over_rivals(near[0]),
        np.full(len(best), math.log1p(message.words) / 4),
        best,
        _over_rivals(best),
        twice,
        whole,
        _over_rivals(whole),
    ]
    return np.stack(columns, axis=1).astype(np.float64)


def _over_rivals(scores: Floats) -> Floats:
    """How far each score lies above the best of the others (above 0 where it is alone)."""
    if len(scores) == 1:
        return scores
    first, second = np.sort(scores)[-1], np.sort(scores)[-2]
    return np.asarray(scores - np.where(scores == first, second, first))


# ------------------------------------------------------------------ nearness to examples


@dataclass(frozen=True)
class _Known:
    """The texts of one kind's items. `vectors`: a row a text. `weighed`: a row a stem, a column a
    text, its weight where the text has it; `sums`: each text's weight. `leaning`: how far a stem
    speaks for an item, a row a stem, a column an item, 0 where it speaks against it. `own`, `near`:
    where each item's examples and near misses stand among the texts, a row an item, filled up with
    the number of texts."""

    vectors: Floats
    weighed: Floats
    sums: Floats
    vocabulary: dict[str, int]
    weights: Floats
    leaning: Floats
    own: Places
    near: Places


def _nearness(message: Cut, known: _Known) -> list[Floats]:
    """The first six `FEATURES`, a value an item each."""
    alike = (message.vectors @ known.vectors.T).max(axis=0)
    places = [
        [known.vocabulary[one] for one in found if one in known.vocabulary]
        for found in message.stems
    ]
    shared = np.stack([known.weighed[found].sum(axis=0) for found in places])
    own = [
        known.weights[found].sum() + len(stemmed) - len(found)
        for found, stemmed in zip(places, message.stems, strict=True)
    ]
    overlap = 2 * shared / np.maximum(np.array(own, np.float32)[:, None] + known.sums, 1e-6)
    overlap = overlap.max(axis=0)
    top = np.sort(np.append(alike, NOWHERE)[known.own], axis=1)[:, -3:]
    leans = [np.sort(known.leaning[found], axis=0)[-4:].sum(axis=0) / 4 for found in places]
    return [
        _best(alike, known.own),
        top.mean(axis=1, where=top > NOWHERE),
        _best(alike, known.near),
        *(_best(overlap, known.own), _best(overlap, known.near)),
        np.max(leans, axis=0),
    ]


def _best(values: Floats, places: Places) -> Floats:
    """Each item's highest value over its texts; 0 where it has none, or none above it."""
    return np.asarray(np.append(values, np.float32(0))[places].max(axis=1))


@lru_cache(maxsize=640)
def _known(items: tuple[Item, ...]) -> _Known:
    texts = [text for one in items for text in one.examples + one.near_misses]
    stemmed = [stems(text) for text in texts]
    counts = Counter(found for one in stemmed for found in one)
    vocabulary = {found: place for place, found in enumerate(sorted(counts))}
    often = np.array([counts[found] for found in vocabulary], dtype=np.float32)
    weights = np.log((1 + len(texts)) / (1 + often))
    binary = np.zeros((len(texts), len(vocabulary)), dtype=np.float32)
    for row, one in zip(binary, stemmed, strict=True):
        row[[vocabulary[found] for found in one]] = 1
    own, near = _places(items)
    vectors = embed(texts)
    weighed = binary * weights
    return _Known(
        vectors=vectors,
        weighed=np.ascontiguousarray(weighed.T),
        sums=weighed.sum(axis=1),
        vocabulary=vocabulary,
        weights=weights,
        leaning=np.stack([_leaning(binary, row[row < len(texts)]) for row in own], axis=1).clip(
            min=0
        ),
        own=own,
        near=near,
    )


def _places(items: Sequence[Item]) -> tuple[Places, Places]:
    """Where examples and near misses stand among all texts, which follow each other item by item,
    examples first; each row ends with at least one place beyond them."""
    lengths = np.array([(len(one.examples), len(one.near_misses)) for one in items]).ravel()
    starts = np.cumsum(lengths) - lengths
    steps = np.arange(lengths.max() + 1)
    places = np.where(steps < lengths[:, None], starts[:, None] + steps, lengths.sum())
    return places[::2], places[1::2]


def _leaning(binary: Floats, own: Places) -> Floats:
    """Smoothed log odds of each stem in an item's examples against all other texts; 0 for a
    stem that no example has."""
    mine = binary[own].sum(axis=0)
    size = len(own)
    rest = max(1, len(binary) - size)
    others = binary.sum(axis=0) - mine
    odds = np.log(((mine + 0.3) / (size + 0.6)) / ((others + 0.3) / (rest + 0.6)))
    return np.asarray(np.where(mine > 0, odds, 0.0), dtype=np.float32)
