"""Ratings of whole talks against those of careful raters: six skills, quadratic kappa.

Most talks are written by hand for this, of every quality, and are from nowhere in the product; two
raters, blind to each other, rated 30 of them, one the other 36. The rest are rehearsals that two
players made up as they went; two further raters rated all of those.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from evals.figures import Figure, exact, share
from evals.suites.screening import DISGUISES
from ipt_roleplay import debrief
from ipt_roleplay.debrief.ratings import levels
from ipt_roleplay.debrief.talk import Talk
from ipt_roleplay.domain import Said, Skill

DATASETS = Path(__file__).parent.parent / "datasets"
DATA, REWORDED = DATASETS / "talks", DATASETS / "reworded.jsonl"

Levels = dict[Skill, int | None]


@dataclass(frozen=True)
class Rated:
    """A talk, what a rater gave it, and what a second one did, where there was one; and the
    messages, from 1, that a teacher would take up with the trainee, likewise."""

    name: str
    talk: Talk
    levels: Levels
    second: Levels | None
    taken_up: frozenset[int]
    taken_up_again: frozenset[int] | None

    @property
    def played(self) -> bool:
        """Whether it is a rehearsal that a player made up as it went."""
        return self.name.startswith("p")


def figures() -> list[Figure]:
    """Agreement with the first rater over all skills and for each; how often both say, or don't
    say, that a skill wasn't seen; and the agreement between the raters."""
    tested = rated_talks(training=False)
    every = [one for one in tested if not one.played]
    ours = [own_levels(one) for one in every]
    theirs = [one.levels for one in every]
    twice = [one for one in every if one.second is not None]
    seen = [(a[skill], b[skill]) for a, b in zip(ours, theirs, strict=True) for skill in Skill]
    alike = sum((a is None) == (b is None) for a, b in seen)
    return [
        exact("ratings.kappa", mean_kappa(ours, theirs), len(every)),
        *(
            exact(f"ratings.kappa.{skill}", kappa(ours, theirs, skill), len(every))
            for skill in Skill
        ),
        share("ratings.seen_alike", alike, len(seen)),
        exact(
            "ratings.raters.kappa",
            mean_kappa([one.second or {} for one in twice], [one.levels for one in twice]),
            len(twice),
        ),
        *_of_rehearsals([one for one in tested if one.played]),
        *_moved(every),
    ]


def _of_rehearsals(every: Sequence[Rated]) -> list[Figure]:
    """Agreement with the first rater, and between the two, on talks that were played."""
    ours, first = [own_levels(one) for one in every], [one.levels for one in every]
    second = [one.second or {} for one in every]
    return [
        exact("ratings.rehearsed.kappa", mean_kappa(ours, first), len(every)),
        exact("ratings.rehearsed.raters.kappa", mean_kappa(second, first), len(every)),
    ]


def _moved(every: Sequence[Rated]) -> list[Figure]:
    """By how much of a level ratings move, a skill on average, where the same is said otherwise."""
    known = {one.name: one.talk for one in every}
    rows = map(json.loads, REWORDED.read_text("utf-8").splitlines())
    pairs = [(known[row["id"]], _talk(row["turns"])) for row in rows]
    figures = [_change("ratings.moved.in_other_words", pairs)]
    for name, change in CHANGES.items():
        again = [(talk, _changed(talk, change)) for talk in known.values()]
        figures.append(_change(f"ratings.moved.{name}", again))
    return figures


def _change(name: str, pairs: Sequence[tuple[Talk, Talk]]) -> Figure:
    by_skill = {}
    for skill in Skill:
        both = [(_levels(one)[skill], _levels(other)[skill]) for one, other in pairs]
        by_skill[skill] = np.mean([abs(a - b) for a, b in both if a is not None and b is not None])
    worst = max(by_skill, key=lambda skill: by_skill[skill])
    note = f"most: {worst} {by_skill[worst]:.2f}"
    return exact(name, float(np.mean(list(by_skill.values()))), len(pairs), note)


def _changed(talk: Talk, change: Callable[[str], str]) -> Talk:
    turns = []
    for one in talk.messages:
        turns.append({"speaker": "other", "text": one.before or " "})
        turns.append({"speaker": "trainee", "text": change(one.text)})
    return _talk(turns)


_OTHER_GENDER = {
    "he": "she", "him": "her", "his": "her", "mum": "dad", "mother": "father", "wife": "husband",
    "sister": "brother", "daughter": "son", "girl": "boy", "aunt": "uncle", "gran": "grandad",
}  # fmt: skip
_GENDERS = _OTHER_GENDER | {new: old for old, new in _OTHER_GENDER.items() if new != "her"}
_GENDERS |= {"her": "him"}


def _other_gender(text: str) -> str:
    def swap(match: re.Match[str]) -> str:
        new = _GENDERS.get(match.group().lower(), match.group())
        return new.capitalize() if match.group()[0].isupper() else new

    return re.sub(r"[A-Za-z]+", swap, text)


CHANGES: dict[str, Callable[[str], str]] = {
    "with_slips": DISGUISES["slips"],
    "in_capitals": str.upper,
    "without_punctuation": DISGUISES["no_punctuation"],
    "of_the_other_gender": _other_gender,
}


@cache
def rated_talks(training: bool) -> tuple[Rated, ...]:
    """Those that the rating learns from, or those that it is tested on."""
    rows = [
        json.loads(line)
        for file in sorted(DATA.glob("*.jsonl"))
        if file.name.startswith("train-") is training
        for line in file.read_text("utf-8").splitlines()
    ]
    return tuple(
        Rated(
            row["id"],
            _talk(row["turns"]),
            {Skill(name): level for name, level in row["ratings"].items()},
            {Skill(name): level for name, level in row["second"].items()}
            if "second" in row
            else None,
            frozenset(one["message"] for one in row["moments"]),
            frozenset(row["second_moments"]) if "second_moments" in row else None,
        )
        for row in rows
    )


def own_levels(one: Rated) -> Levels:
    return _levels(one.talk)


def _levels(talk: Talk) -> Levels:
    return levels(talk)


def _talk(turns: list[dict[str, Any]]) -> Talk:
    return debrief.from_transcript([Said(**turn) for turn in turns])


def mean_kappa(first: list[Levels], second: list[Levels]) -> float:
    return float(np.mean([kappa(first, second, skill) for skill in Skill]))


def kappa(first: list[Levels], second: list[Levels], skill: Skill) -> float:
    """Cohen's kappa with quadratic weights (Cohen 1968) over the talks that both rate."""
    pairs = [(a.get(skill), b.get(skill)) for a, b in zip(first, second, strict=True)]
    both = np.array([pair for pair in pairs if None not in pair], dtype=float)
    if len(both) == 0:
        return 0.0
    a, b = both.T
    expected = float(((a[:, None] - b[None, :]) ** 2).mean())
    return 1 - float(((a - b) ** 2).mean()) / expected if expected else 1.0
