"""What a debrief takes up and what it praises, against what teachers would.

Whole talks of every quality, and rehearsals that players made up as they went; of a part of the
rehearsals two teachers, blind to each other, named the moments, and further ones coded every
message.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.coded import coded_talks, sent_back
from evals.figures import Figure, exact, share
from evals.suites.ratings import Rated, rated_talks
from ipt_roleplay.debrief.moments import moments
from ipt_roleplay.debrief.places import places, regrets_of
from ipt_roleplay.debrief.praise import worked
from ipt_roleplay.debrief.spot import LOOKS, slip_of
from ipt_roleplay.debrief.weighing import Slip
from ipt_roleplay.domain import Move


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
        *_coded(),
        *_places(),
    ]


def _places() -> list[Figure]:
    """Of rehearsals in which a teacher would send the trainee back those that offer places to
    choose from; of these the ones where such a message is among them; and of the places those that
    are one. The other's acts, by which a debrief leaves out some, aren't known here."""
    talks = sent_back()
    chosen = [
        {one.turn for one in places(it.talk, regrets_of(it.talk, it.note), ())} for it in talks
    ]
    offered = [(own, it.messages) for own, it in zip(chosen, talks, strict=True) if own]
    return [
        share("moments.places.offered", len(offered), len(talks)),
        share("moments.places.found", sum(bool(own & it) for own, it in offered), len(offered)),
        share(
            "moments.places.shared",
            sum(len(own & it) for own, it in offered),
            sum(len(own) for own, _ in offered),
        ),
    ]


def _compared(name: str, talks: Sequence[Rated]) -> list[Figure]:
    shown = [_shown(one) for one in talks]
    shared = [len(own & one.taken_up) for own, one in zip(shown, talks, strict=True)]
    faulty = [count for count, one in zip(shared, talks, strict=True) if one.taken_up]
    return [
        share(f"{name}.shared", sum(shared), sum(map(len, shown))),
        share(f"{name}.found", sum(count > 0 for count in faulty), len(faulty)),
    ]


def _coded() -> list[Figure]:
    """By the teachers' codes of rehearsals: of the moments shown those in which a teacher finds a
    slip, and of those called by a kind one of that kind; of the messages praised those that a
    teacher praises for the same move; talks in which something is praised."""
    shown = [(one, spot) for one in coded_talks(training=False) for spot in moments(one.talk)]
    missed = [(one.messages[it.message.number], it) for one, it in shown if it.kind == "missed"]
    named = [(had, it) for had, it in missed if it.code not in LOOKS]
    kept = [(one, worked(one.talk, set())) for one in coded_talks(training=False)]
    praised = [(one.messages[it.message.number], it) for one, spots in kept for it in spots]
    return [
        share("moments.coded.slip", sum(bool(had.slips) for had, _ in missed), len(missed)),
        share(
            "moments.coded.same_kind",
            sum(bool(had.kinds & kinds_of(it.code)) for had, it in named),
            len(named),
        ),
        share(
            "praise.coded.same_move",
            sum(any(move is it.move for move, _ in had.praise) for had, it in praised),
            len(praised),
        ),
        share("praise.coded.any", sum(bool(had.praise) for had, _ in praised), len(praised)),
        share("praise.coded.talks", sum(bool(spots) for _, spots in kept), len(kept)),
    ]


def kinds_of(code: str) -> set[Slip]:
    """The kinds that a moment's name stands for; what waves something away is in two."""
    return {slip_of(code)} | ({Slip.PAST} if code == str(Move.DISMISSAL) else set())


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
