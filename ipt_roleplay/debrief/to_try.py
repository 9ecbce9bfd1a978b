"""What is said of the one thing to try, where nothing that ran through the talk gives an exercise.

First what the record shows for sure: a goal that was not said, an offer that was taken back; then
the places among which the trainee chooses; then a line that was praised, to be taken along. What
they regret themselves comes before all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ipt_roleplay.debrief import words
from ipt_roleplay.debrief.merit import merit
from ipt_roleplay.debrief.talk import Talk
from ipt_roleplay.debrief.weighing import doubtful
from ipt_roleplay.domain import Act, Finding, Move, Place, Rating, Scenario, Skill, Turn
from ipt_roleplay.sentences import widened

KEPT: tuple[Move | None, ...] = (
    Move.REQUEST,
    Move.LIMIT,
    Move.DISCLOSURE,
    Move.FEELING,
    Move.NEED,
    Move.OWNERSHIP,
    Move.COMPROMISE,
    Move.OBSERVATION,
    Move.OPEN_QUESTION,
)
"""What can be taken along into the real talk, the likeliest to be needed first."""
MIDDLING = 2
"""Of the levels 0–4: up to it there is something to train."""


def sentence(
    talk: Talk,
    places: Sequence[Place],
    worked: Sequence[Finding],
    told: Collection[str],
    seed: int,
) -> str:
    """A sentence or two; empty where nothing was said that counts. `worked`: what was praised. None
    of the sentences in `told` where there are others."""
    if not talk.judged:
        return ""
    kind, slots = _what(talk, places, worked)
    template = words.pick(words.TO_TRY[kind], told, seed, kind)
    pronouns = talk.scenario.persona.pronouns if talk.scenario else "they"
    return words.fill(template, talk.other, pronouns, **slots)


def weakest(ratings: Sequence[Rating]) -> Skill | None:
    """The skill that was rated lowest, the first in the rubric's order; None where all that were
    seen went well."""
    low = [one for one in ratings if one.level is not None and one.level <= MIDDLING]
    return min(low, key=lambda one: one.level or 0).skill if low else None


def suited(here: Scenario | None, skill: Skill | None, scenarios: Mapping[str, Scenario]) -> str:
    """The id of another scenario that trains `skill`: the gentlest, of another area first; empty
    where there is none."""
    if here is None or skill is None:
        return ""
    fitting = [one for one in scenarios.values() if skill in one.practises and one.id != here.id]
    fitting.sort(key=lambda one: (one.practises.index(skill), one.area is here.area, one.level))
    return fitting[0].id if fitting else ""


def _what(
    talk: Talk, places: Sequence[Place], worked: Sequence[Finding]
) -> tuple[str, dict[str, str]]:
    """A kind of `words.TO_TRY`, and what its sentences name."""
    turns = [one.turn for one in talk.judged if one.turn is not None]
    if talk.scenario is not None and turns and not any(one.note for one in places):
        unsaid = next((one for one in talk.scenario.goals if talk.surely_misses(one.id)), None)
        if unsaid is not None:
            return "unsaid", {"goal": unsaid.phrase}
        back = _taken_back(turns)
        if back is not None:
            return "taken_back", {"number": str(back)}
    if places:
        return ("places" if len(places) > 1 else "place"), {}
    kept = _to_keep(talk, worked)
    return ("keep", kept) if kept else ("choose", {})


def _taken_back(turns: Sequence[Turn]) -> int | None:
    """The number of the message after which an offer was taken back for good."""
    if not turns[-1].state.withdrawn:
        return None
    back = (one.number for one in reversed(turns) if one.direction.act is Act.WITHDRAW_OFFER)
    return next(back, None)


def _to_keep(talk: Talk, worked: Sequence[Finding]) -> dict[str, str]:
    """A praised line that did no harm and can be said to somebody else as well, one's own side
    before an answer: its words and its number."""
    harmless = {one.number for one in talk.judged if one.rise >= 0} - doubtful(talk.spoken)
    lines = [one for one in worked if one.move in KEPT and one.turn in harmless]
    best = min(lines, key=lambda one: KEPT.index(one.move), default=None)
    if best is None or best.move is None:
        return {}
    # The sentence alone: what stands before it answers somebody who won't have said it.
    message = next(one for one in talk.spoken if one.number == best.turn)
    start, end = widened(message.text, merit(message, best.move)[0])
    return {"quote": message.text[start:end], "number": str(best.turn)}
