"""One thing to try: what a played talk left open, and how to come back to it.

Told only of what the record shows: a goal that surely was not said, an offer that was taken back,
a need that nothing came near, a request that got a part, a delay or no answer. Where nothing is
open, an invitation to play it harder.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ipt_roleplay.debrief import words
from ipt_roleplay.debrief.talk import Talk
from ipt_roleplay.debrief.why import TOLD, TOUCHED
from ipt_roleplay.domain import Act, Concession, Goal, Outcome, Scenario, Turn

ANSWERED = frozenset(
    {Outcome.AGREEMENT, Outcome.SUPPORT_GIVEN, Outcome.LIMIT_HELD, Outcome.PARTED_WELL}
)
"""Ends in which a request isn't open any more, whatever was granted of it."""


def to_try(talk: Talk, outcome: Outcome | None, told: Collection[str], seed: int) -> str:
    """A sentence or two; empty where no states were recorded or nothing was said that counts.
    None of the sentences in `told` where there are others."""
    turns = [one.turn for one in talk.judged if one.turn is not None]
    if talk.scenario is None or not turns:
        return ""
    kind, slots = _what(talk, talk.scenario, turns, outcome)
    template = words.pick(words.TO_TRY[kind], told, seed, kind)
    persona = talk.scenario.persona
    return words.fill(template, persona.name, persona.pronouns, **slots)


def is_open(talk: Talk, outcome: Outcome | None) -> bool:
    """Whether the talk left anything open that can be told."""
    turns = [one.turn for one in talk.judged if one.turn is not None]
    if talk.scenario is None or not turns:
        return False
    return _what(talk, talk.scenario, turns, outcome)[0] != "harder"


def _what(
    talk: Talk, scenario: Scenario, turns: Sequence[Turn], outcome: Outcome | None
) -> tuple[str, dict[str, str]]:
    """Which kind of thing is open, what matters most first, and what its sentences name."""
    unsaid = next((one for one in scenario.goals if _surely_unsaid(talk, one)), None)
    if unsaid is not None:
        return "unsaid", {"goal": unsaid.phrase}
    back = _taken_back(turns)
    if back is not None:
        return "taken_back", {"number": str(back)}
    waiting = _waiting(talk, scenario, turns, outcome)
    if waiting is None:
        return "harder", {}
    unseen = next((one for one in scenario.concerns if _surely_unmet(talk, one.id)), None)
    if unseen is not None:
        return "unseen", {"concern": unseen.phrase}
    goal, given = waiting
    if given:
        return "part", {"goal": goal.phrase, "offer": given[-1].phrase}
    waits = any(one.direction.act is Act.ASK_FOR_TIME for one in turns)
    return ("time" if waits else "no_answer"), {"goal": goal.phrase}


def _surely_unsaid(talk: Talk, goal: Goal) -> bool:
    return not any(one.means(goal.id, TOUCHED) for one in talk.spoken)


def _surely_unmet(talk: Talk, concern: str) -> bool:
    return not any(one.means(concern, TOUCHED) for one in talk.spoken)


def _taken_back(turns: Sequence[Turn]) -> int | None:
    """The number of the message after which an offer was taken back for good."""
    given = {Act.OFFER_PARTIAL, Act.CONCEDE, Act.WITHDRAW_OFFER}
    last = next((one for one in reversed(turns) if one.direction.act in given), None)
    return last.number if last and last.direction.act is Act.WITHDRAW_OFFER else None


def _waiting(
    talk: Talk, scenario: Scenario, turns: Sequence[Turn], outcome: Outcome | None
) -> tuple[Goal, list[Concession]] | None:
    """The first thing that was asked for and not granted in full, and what was granted of it."""
    if outcome in ANSWERED:
        return None
    for goal in scenario.goals:
        offers = [one for one in scenario.concessions if one.goal == goal.id]
        if goal.kind in TOLD or not offers or not talk.has_said(goal.id):
            continue
        given = [one for one in offers if one.id in turns[-1].state.conceded]
        if not any(one.full for one in given):
            return goal, given
    return None
