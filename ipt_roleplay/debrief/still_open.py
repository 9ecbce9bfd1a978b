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
from ipt_roleplay.domain import Act, Goal, Outcome, Scenario, Turn

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
    granted = [one for one in scenario.concessions if one.id in turns[-1].state.conceded]
    for goal in _asked_for(talk, scenario, outcome):
        given = [one for one in granted if one.goal == goal.id]
        if given and not any(one.full for one in given):
            return "part", {"goal": goal.phrase, "offer": given[-1].phrase}
        if not given:
            waits = any(one.direction.act is Act.ASK_FOR_TIME for one in turns)
            return ("time" if waits else "no_answer"), {"goal": goal.phrase}
    unseen = next((one for one in scenario.concerns if _surely_unmet(talk, one.id)), None)
    if unseen is not None:
        return "unseen", {"concern": unseen.phrase}
    return "harder", {}


def _surely_unsaid(talk: Talk, goal: Goal) -> bool:
    return not any(one.means(goal.id, TOUCHED) for one in talk.spoken)


def _surely_unmet(talk: Talk, concern: str) -> bool:
    return not any(one.means(concern, TOUCHED) for one in talk.spoken)


def _taken_back(turns: Sequence[Turn]) -> int | None:
    """The number of the message after which an offer was taken back for good."""
    given = {Act.OFFER_PARTIAL, Act.CONCEDE, Act.WITHDRAW_OFFER}
    last = next((one for one in reversed(turns) if one.direction.act in given), None)
    return last.number if last and last.direction.act is Act.WITHDRAW_OFFER else None


def _asked_for(talk: Talk, scenario: Scenario, outcome: Outcome | None) -> list[Goal]:
    """What was asked for and may still wait for its answer."""
    if outcome in ANSWERED:
        return []
    return [
        one
        for one in scenario.goals
        if one.kind not in TOLD
        and talk.has_said(one.id)
        and any(offer.goal == one.id for offer in scenario.concessions)
    ]
