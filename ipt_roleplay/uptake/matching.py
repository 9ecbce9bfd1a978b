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
    Shares,
    judge,
    stem,
    word_runs,
    words_of,
)

Rows = NDArray[np.float64]

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


def features(message: Cut, groups: Groups, group: int, shares: Shares) -> Rows:
    """One row of `FEATURES` per item of `groups[group]`; values between about -3 and 3."""
    judged = judge(groups, shares).scores(group, message.vectors, message.runs)
    best, whole = judged.max(axis=0), judged[-1]
    twice = np.sort(judged, axis=0)[-2:].mean(axis=0)
    near = _nearness(message, groups[group])
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
    speaks for an item, a row a stem, a column an item, 0 where it speaks against it. `ranges`:
    where each item's examples and near misses stand among the texts."""

    vectors: Floats
    weighed: Floats
    sums: Floats
    vocabulary: dict[str, int]
    weights: Floats
    leaning: Floats
    ranges: tuple[tuple[slice, slice], ...]


def _nearness(message: Cut, items: Sequence[Item]) -> list[Floats]:
    """The first six `FEATURES`, a value an item each."""
    known = _known(tuple(items))
    alike = message.vectors @ known.vectors.T
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
    top = np.array([np.sort(alike[:, own].max(axis=0))[-3:].mean() for own, _ in known.ranges])
    leans = [np.sort(known.leaning[found], axis=0)[-4:].sum(axis=0) / 4 for found in places]
    return [
        *(_best(alike, known.ranges, 0), top, _best(alike, known.ranges, 1)),
        *(_best(overlap, known.ranges, 0), _best(overlap, known.ranges, 1)),
        np.max(leans, axis=0),
    ]


def _best(values: Floats, ranges: Sequence[tuple[slice, slice]], which: int) -> Floats:
    """Each item's highest value over windows and texts; 0 where it has no such texts."""
    return np.array([values[:, pair[which]].max(initial=0.0) for pair in ranges])


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
    ranges = _ranges(items)
    vectors = embed(texts)
    weighed = binary * weights
    return _Known(
        vectors=vectors,
        weighed=np.ascontiguousarray(weighed.T),
        sums=weighed.sum(axis=1),
        vocabulary=vocabulary,
        weights=weights,
        leaning=np.stack([_leaning(binary, own) for own, _ in ranges], axis=1).clip(min=0),
        ranges=ranges,
    )


def _ranges(items: Sequence[Item]) -> tuple[tuple[slice, slice], ...]:
    found = []
    start = 0
    for one in items:
        middle = start + len(one.examples)
        end = middle + len(one.near_misses)
        found.append((slice(start, middle), slice(middle, end)))
        start = end
    return tuple(found)


def _leaning(binary: Floats, own: slice) -> Floats:
    """Smoothed log odds of each stem in an item's examples against all other texts; 0 for a
    stem that no example has."""
    mine = binary[own].sum(axis=0)
    size = own.stop - own.start
    rest = max(1, len(binary) - size)
    others = binary.sum(axis=0) - mine
    odds = np.log(((mine + 0.3) / (size + 0.6)) / ((others + 0.3) / (rest + 0.6)))
    return np.asarray(np.where(mine > 0, odds, 0.0), dtype=np.float32)
