"""Whether talks go as such talks should: who gets somewhere, and who doesn't."""

from __future__ import annotations

from collections import Counter

from evals.figures import Figure, exact, share
from evals.talks import Script, Talk, scripts, talk

SKILLED = "skilled"
LADDER = (1, 3, 5)


def figures() -> list[Figure]:
    """Good ends of the skilled, ends that are not good of every other policy, at difficulty 3;
    the note tells the outcomes and the persona's mean openness at the end."""
    by_policy: dict[str, list[Script]] = {}
    for script in scripts():
        by_policy.setdefault(script.policy, []).append(script)
    found = [_of_policy(policy, [talk(one) for one in of]) for policy, of in by_policy.items()]
    return [*found, _ladder(by_policy[SKILLED])]


def _of_policy(policy: str, talks: list[Talk]) -> Figure:
    good = sum(one.good for one in talks)
    openness = sum(one.openness for one in talks) / len(talks)
    outcomes = Counter(str(one.played.outcome) for one in talks).most_common()
    told = ", ".join(f"{outcome} {times}" for outcome, times in outcomes)
    note = f"openness {openness:.1f}; {told}"
    if policy == SKILLED:
        return share("scripts.skilled.good", good, len(talks), note)
    return share(f"scripts.{policy}.not_good", len(talks) - good, len(talks), note)


def _ladder(skilled: list[Script]) -> Figure:
    """1 where the skilled succeed no more often the harder it gets."""
    good = [sum(talk(one, level).good for one in skilled) for level in LADDER]
    steps = ", ".join(
        f"difficulty {level}: {n} of {len(skilled)}" for level, n in zip(LADDER, good, strict=True)
    )
    falls = good == sorted(good, reverse=True)
    return exact("scripts.skilled.falls_with_difficulty", float(falls), len(skilled), steps)
