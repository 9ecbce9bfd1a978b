"""Whether talks go as such talks should: who gets somewhere, and who doesn't.

The unit is the script: one person's messages, written by somebody who knew only the briefing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from evals.figures import Figure, exact, share
from evals.talks import Script, Talk, scripts, talk
from ipt_roleplay.domain import Act, Turn

SKILLED = "skilled"
ABLE = (SKILLED, "slow")
HINDERING = ("aggressive", "passive", "sideways", "pleader", "flatterer", "parrot", "listener")
LADDER = (1, 3, 5)
OFFERS = frozenset({Act.OFFER_PARTIAL, Act.CONCEDE})
MOVES_ON = OFFERS | {Act.ASK_FOR_TIME, Act.HOLD_OWN_LIMIT, Act.REVEAL}
"""An offer, time to think, an honest no, or what stood behind it."""
BAD_TURNS, WITHIN = 6, 3


def figures() -> list[Figure]:
    """Good ends of the skilled, ends that are not good of every other policy, at difficulty 3;
    how well the two are told apart; what was given before it was earned, by labels."""
    by_policy: dict[str, list[Script]] = {}
    for script in scripts():
        by_policy.setdefault(script.policy, []).append(script)
    labelled = [talk(one) for one in scripts() if one.said is not None]
    return [
        *(_of_policy(policy, [talk(one) for one in of]) for policy, of in by_policy.items()),
        *_told_apart(),
        _given_early(labelled),
        _told_early(labelled),
        _holds([talk(one) for one in by_policy["aggressive"]]),
        _moves(labelled),
        _ladder(by_policy[SKILLED]),
    ]


def _of_policy(policy: str, talks: list[Talk]) -> Figure:
    good = sum(one.good for one in talks)
    openness = sum(one.openness for one in talks) / len(talks)
    outcomes = Counter(str(one.played.outcome) for one in talks).most_common()
    told = ", ".join(f"{outcome} {times}" for outcome, times in outcomes)
    note = f"openness {openness:.1f}; {told}"
    if policy in (*ABLE, "changing", "direct_only"):
        return share(f"scripts.{policy}.good", good, len(talks), note)
    return share(f"scripts.{policy}.not_good", len(talks) - good, len(talks), note)


# ---------------------------------------------------------------- told apart


def _told_apart() -> list[Figure]:
    """Area under the curve of the able against the hindering, by end and openness: the mean over
    scenarios, and the lowest."""
    by_scenario = {
        name: _auc([talk(one) for one in of])
        for name, of in groupby(sorted(scripts(), key=_scenario), key=_scenario)
    }
    lowest = min(by_scenario, key=lambda one: by_scenario[one])
    mean = float(np.mean(list(by_scenario.values())))
    return [
        exact("scripts.auc", mean, len(by_scenario)),
        exact("scripts.auc_lowest", by_scenario[lowest], len(by_scenario), lowest),
    ]


def _scenario(script: Script) -> str:
    return script.scenario


def _auc(talks: Sequence[Talk]) -> float:
    """The chance that an able trainee's talk ends better than a hindering one's; ties half."""
    able = [_standing(one) for one in talks if one.script.policy in ABLE]
    others = [_standing(one) for one in talks if one.script.policy in HINDERING]
    wins = [float(a > b) + 0.5 * (a == b) for a in able for b in others]
    return float(np.mean(wins))


def _standing(one: Talk) -> float:
    return 10 * one.good + one.openness


# ---------------------------------------------------------------- by the labels


def _given_early(talks: Sequence[Talk]) -> Figure:
    """Talks with a full yes before the need was said and the other's side taken in."""
    early = [one for one in talks if _first(one, {Act.CONCEDE}) < _earned(one)]
    partly = sum(_first(one, OFFERS) < _earned(one) for one in talks)
    note = f"any offer: {partly}; {_named(early)}"
    return share("scripts.given_early", len(early), len(talks), note)


def _told_early(talks: Sequence[Talk]) -> Figure:
    """Talks in which a secret was told before the other's side was taken in."""
    early = [one for one in talks if _first(one, {Act.REVEAL}) < _labelled(one, one.script.met)]
    return share("scripts.told_early", len(early), len(talks), _named(early))


def _holds(talks: Sequence[Talk]) -> Figure:
    """Talks in which, after six hostile turns (or at their end), nothing has been given."""
    held = sum(not _after(one, BAD_TURNS).state.conceded for one in talks if one.turns)
    return share("scripts.holds_after_bad_turns", held, sum(bool(one.turns) for one in talks))


def _moves(talks: Sequence[Talk]) -> Figure:
    """Of the talks in which the need was said and the other's side taken in, those in which the
    other moves within three turns."""
    earned = [one for one in talks if _earned(one) <= len(one.turns)]
    moved = [one for one in earned if _moved(one)]
    stuck = [one for one in earned if one not in moved]
    return share("scripts.moves_when_earned", len(moved), len(earned), _named(stuck))


def _moved(one: Talk) -> bool:
    start = _earned(one) - 1
    after = one.turns[: start + 1 + WITHIN]
    return any(turn.direction.act in MOVES_ON or turn.state.conceded for turn in after)


NEVER = 10_000


def _earned(one: Talk) -> int:
    """The turn from which both have happened."""
    return max(_labelled(one, one.script.said), _labelled(one, one.script.met))


def _labelled(one: Talk, texts: frozenset[str] | None) -> int:
    found = (turn.number for turn in one.turns if texts and turn.said.strip() in texts)
    return next(found, NEVER)


def _first(one: Talk, acts: Iterable[Act]) -> int:
    return next((t.number for t in one.turns if t.direction.act in set(acts)), NEVER + 1)


def _after(one: Talk, count: int) -> Turn:
    return one.turns[min(count, len(one.turns)) - 1]


def _named(talks: Sequence[Talk]) -> str:
    names = [f"{one.script.scenario}/{one.script.policy} {one.script.number}" for one in talks]
    return ", ".join(names[:4])


# ---------------------------------------------------------------- difficulty


def _ladder(skilled: list[Script]) -> Figure:
    """Scenarios in which the skilled succeed no more often the harder it gets, and fewer of them
    at the hardest than at the gentlest."""
    total: Counter[int] = Counter()
    falling = []
    every = sorted(skilled, key=_scenario)
    for name, of in groupby(every, key=_scenario):
        those = list(of)
        good = [sum(talk(one, level).good for one in those) for level in LADDER]
        total.update(dict(zip(LADDER, good, strict=True)))
        if good == sorted(good, reverse=True):
            falling.append(name)
    scenarios = len({one.scenario for one in skilled})
    steps = ", ".join(f"difficulty {level}: {total[level]} of {len(skilled)}" for level in LADDER)
    return share("scripts.falls_with_difficulty", len(falling), scenarios, steps)
