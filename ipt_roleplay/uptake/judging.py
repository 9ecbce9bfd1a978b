"""Tells an item's own kind of sentence from every other sentence of its scenario.

One ridge regression an item (Hoerl & Kennard 1970) over the author's texts, solved in its
dual form, as there are fewer texts than features: the meaning of the words (embedding) and
their runs (stems, alone and in pairs, rare ones counting more).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
RIDGE = 2.0
"""Strength of the penalty; chosen with scenarios held out, as is `MEANING`."""
MEANING = 0.7
"""How far the embedding counts beside the runs of stems."""

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


@dataclass(frozen=True)
class Item:
    """One thing that a message may mean. Hashable, so that what is learnt can be kept."""

    id: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...] = ()


Groups = tuple[tuple[Item, ...], ...]
"""All items of a scenario, a tuple a kind."""
Shares = tuple[tuple[float, ...], ...]
"""How far texts of each kind (columns) count in the judgement of each kind (rows), 0–1."""


@dataclass(frozen=True)
class Judge:
    """The regressions of a scenario, a group of items each. `columns`: a row a feature, a column
    an item; `offsets`: one an item."""

    vocabulary: Mapping[str, int]
    rarity: Floats
    columns: tuple[Floats, ...]
    offsets: tuple[Floats, ...]

    def scores(self, group: int, vectors: Floats, runs: Sequence[frozenset[str]]) -> Floats:
        """One row a text, one column an item of that group: about 1 for the item's own kind
        of sentence, about -1 for others."""
        columns, size = self.columns[group], vectors.shape[1]
        found = MEANING * vectors @ columns[:size] + self.offsets[group]
        for row, those in zip(found, runs, strict=True):
            known = [self.vocabulary[run] for run in those if run in self.vocabulary]
            weighed = self.rarity[known]
            if known:
                row += weighed @ columns[size:][known] / max(float(np.linalg.norm(weighed)), 1e-6)
        return np.asarray(found, dtype=np.float32)


@lru_cache(maxsize=160)
def judge(groups: Groups, shares: Shares) -> Judge:
    """Learns from all texts of a scenario; about half a second for two thousand texts."""
    kinds = [kind for kind, group in enumerate(groups) for one in group for _ in _texts(one)]
    texts = [text for group in groups for one in group for text in _texts(one)]
    texts += FORMULAS
    runs = [word_runs(text) for text in texts]
    counts = Counter(run for found in runs for run in found)
    vocabulary = {run: place for place, run in enumerate(sorted(counts))}
    often = np.array([counts[run] for run in vocabulary], dtype=np.float32)
    rarity = np.log((1 + len(texts)) / (1 + often))
    rows = _features(embed(texts), runs, vocabulary, rarity)
    alike = rows @ rows.T  # once for all groups: it is most of the work
    solved = []
    for group, items in enumerate(groups):
        counted = [shares[group][kind] for kind in kinds] + [1.0] * len(FORMULAS)
        solved.append(_solve(rows, alike, _truth(groups, items), np.array(counted, np.float32)))
    columns, offsets = zip(*solved, strict=True)
    return Judge(vocabulary, rarity, columns, offsets)


def word_runs(text: str) -> frozenset[str]:
    """The stems of a text, alone and in neighbouring pairs."""
    found = [stem(word) for word in _WORD.findall(text.lower().replace("’", "'"))]
    return frozenset(found) | {f"{first} {second}" for first, second in pairwise(found)}


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


def _texts(item: Item) -> tuple[str, ...]:
    return item.examples + item.near_misses


def _truth(groups: Groups, items: Sequence[Item]) -> Floats:
    """Rows as the texts of `groups` and the formulas: +1 where a text is an example of the
    item in that column, -1 everywhere else."""
    rows = [
        [1.0 if one == wanted and is_example else -1.0 for wanted in items]
        for group in groups
        for one in group
        for is_example in [True] * len(one.examples) + [False] * len(one.near_misses)
    ]
    rows += [[-1.0] * len(items)] * len(FORMULAS)
    return np.array(rows, dtype=np.float32)


def _solve(rows: Floats, alike: Floats, truth: Floats, counted: Floats) -> tuple[Floats, Floats]:
    """(a column of weights an item, offsets) of the weighted regression. `alike`: the products of
    the rows with each other."""
    used = counted > 0
    rows, truth, counted = rows[used], truth[used], counted[used]
    share, root = counted / counted.sum(), np.sqrt(counted)[:, None]
    mean, offset = share @ rows, share @ truth
    alike = alike[np.ix_(used, used)]
    to_mean = alike @ share
    centred = alike - to_mean[:, None] - to_mean + share @ to_mean
    kernel = root * centred * root.T + RIDGE * np.eye(len(centred), dtype=np.float32)
    duals = root * np.linalg.solve(kernel, (truth - offset) * root)
    columns = np.asarray(rows.T @ duals - np.outer(mean, duals.sum(axis=0)), dtype=np.float32)
    return columns, np.asarray(offset - mean @ columns, dtype=np.float32)


def _features(
    vectors: Floats, runs: Iterable[frozenset[str]], vocabulary: Mapping[str, int], rarity: Floats
) -> Floats:
    """A row a text: its vector, then its runs by rarity, scaled to length 1."""
    weighed = np.zeros((len(vectors), len(vocabulary)), dtype=np.float32)
    for row, found in zip(weighed, runs, strict=True):
        known = [vocabulary[run] for run in found if run in vocabulary]
        row[known] = rarity[known]
    lengths = np.linalg.norm(weighed, axis=1, keepdims=True)
    return np.hstack([MEANING * vectors, weighed / np.maximum(lengths, 1e-6)])
