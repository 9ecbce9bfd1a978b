"""The moments that a debrief takes up, against those that teachers would.

Whole talks of every quality, and rehearsals that players made up as they went; of a part of the
rehearsals two teachers, blind to each other, named the moments.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.figures import Figure, exact, share
from evals.suites.ratings import Rated, rated_talks
from ipt_roleplay.debrief.moments import moments


def figures() -> list[Figure]:
    """Of the moments shown those that a teacher takes up too; of the talks with any those in which
    at least one of the teacher's is shown; flawless talks in which nothing is taken up; and how far
    two teachers agree."""
    tested = rated_talks(training=False)
    written = [one for one in tested if not one.played]
    played = [one for one in tested if one.played]
    return [
        *_compared("moments", tested),
        *_compared("moments.rehearsed", played),
        _left_alone([one for one in written if not one.taken_up]),
        _agreement([one for one in tested if one.taken_up_again is not None]),
    ]


def _compared(name: str, talks: Sequence[Rated]) -> list[Figure]:
    shown = [_shown(one) for one in talks]
    shared = [len(own & one.taken_up) for own, one in zip(shown, talks, strict=True)]
    faulty = [count for count, one in zip(shared, talks, strict=True) if one.taken_up]
    return [
        share(f"{name}.shared", sum(shared), sum(map(len, shown))),
        share(f"{name}.found", sum(count > 0 for count in faulty), len(faulty)),
    ]


def _shown(one: Rated) -> frozenset[int]:
    return frozenset(spot.message.number for spot in moments(one.talk) if spot.kind == "missed")


def _left_alone(flawless: Sequence[Rated]) -> Figure:
    quiet = sum(not _shown(one) for one in flawless)
    return share("moments.flawless_left_alone", quiet, len(flawless))


def _agreement(twice: Sequence[Rated]) -> Figure:
    """F1 between the two teachers."""
    both = sum(len(one.taken_up & (one.taken_up_again or frozenset())) for one in twice)
    named = sum(len(one.taken_up) + len(one.taken_up_again or ()) for one in twice)
    return exact("moments.teachers.f1", 2 * both / named, len(twice))
