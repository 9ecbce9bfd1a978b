"""One thing to try, where nothing that was missed gives an exercise.

First comes what the trainee regrets by their own account; then only what the record shows: a goal
that surely was not said, an offer that was taken back. After these the line that most likely went
wrong, a need that nothing came near while the request waited, and a line that was praised, to be
taken along. Where none of it holds, the trainee chooses: strict teachers found most else that was
tried wrong for the talk at hand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ipt_roleplay.debrief import words
from ipt_roleplay.debrief.merit import merit
from ipt_roleplay.debrief.placing import placed
from ipt_roleplay.debrief.regrets import regrets
from ipt_roleplay.debrief.repairs import put_right, puts_right
from ipt_roleplay.debrief.talk import Talk
from ipt_roleplay.debrief.weighing import (
    doubtful,
    of_any_kind,
    slips_of,
    stands_out,
)
from ipt_roleplay.debrief.why import TOLD
from ipt_roleplay.domain import Act, Finding, Move, Outcome, Scenario, Tier, Turn
from ipt_roleplay.safety import screen
from ipt_roleplay.sentences import sentences, widened

ANSWERED = frozenset(
    {Outcome.AGREEMENT, Outcome.SUPPORT_GIVEN, Outcome.LIMIT_HELD, Outcome.PARTED_WELL}
)
"""Ends in which a request isn't open any more, whatever was granted of it."""

_ENDED = re.compile(r"([.!?…]”)\.")
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
THERE, NEAR = 0.6, 0.35
"""How likely a regret must be about a message for that to be named, and for a place near it to be.
Of 412 regrets, by weights that hadn't seen their round, 235 are so named, 91 % of them rightly, and
of 96 others 83 % are about the message or one next to it."""
WENT_WRONG, FALL_COUNTS = 0.53, 0.1
"""From which weight a line is offered to be tried again, and how much a fall of openness counts
beside the likelihood of a slip. Of eleven lines so found in thirty talks teachers would have gone
back to seven themselves, and saw a slip in all."""


@dataclass(frozen=True)
class Open:
    """A kind of `words.TO_TRY`, and what its sentences name."""

    kind: str
    slots: dict[str, str]


def left_open(talk: Talk, note: str) -> Open | None:
    """What comes before other exercises, what matters most first; `note`: how they say it was. None
    where nothing does, or no states were recorded."""
    turns = [one.turn for one in talk.judged if one.turn is not None]
    if talk.scenario is None or not turns:
        return None
    regret = _regretted(talk, note)
    if regret is not None:
        return regret
    unsaid = next((one for one in talk.scenario.goals if talk.surely_misses(one.id)), None)
    if unsaid is not None:
        return Open("unsaid", {"goal": unsaid.phrase})
    back = _taken_back(turns)
    return Open("taken_back", {"number": str(back)}) if back is not None else None


def regretted(left: Open | None) -> set[int]:
    """The number of the message that they regret themselves, where it could be told."""
    if left is None or left.kind not in ("noticed", "noticed_mended"):
        return set()
    return {int(left.slots["number"])}


def sentence(
    talk: Talk,
    left: Open | None,
    outcome: Outcome | None,
    worked: Sequence[Finding],
    told: Collection[str],
    seed: int,
) -> str:
    """A sentence or two; empty where no states were recorded or nothing was said that counts.
    `worked`: what was praised. None of the sentences in `told` where there are others."""
    if talk.scenario is None or all(one.turn is None for one in talk.judged):
        return ""
    given = left or _again(talk) or _unseen(talk, talk.scenario, outcome) or _to_keep(talk, worked)
    given = given or Open("choose", {})
    template = words.pick(words.TO_TRY[given.kind], told, seed, given.kind)
    persona = talk.scenario.persona
    template = template.replace("{maybe}", given.slots.get("maybe", ""))
    text = words.fill(template, persona.name, persona.pronouns, **given.slots)
    return _ENDED.sub(r"\1", text)  # a quote that ends in a full stop ends its sentence too


def _regretted(talk: Talk, note: str) -> Open | None:
    """What they regret most surely of a message, and which, where that can be told; first what
    they haven't put right in the talk itself."""
    parts = regrets(note)
    if not parts or not talk.judged or _worrying(note):
        return None
    chances = slips_of(talk.judged)
    slips = of_any_kind(chances)
    mended = put_right(talk.judged)
    placings = [(part, *placed(part, note, talk.judged, slips)) for part in parts]
    # The line that takes something back names it too; meant is what it takes back.
    found = [(part, n - 1 if n - 1 in mended else n, likely) for part, n, likely in placings]
    left = {number for _, number, _ in found} - mended
    part, number, likely = max(found, key=lambda one: (one[2] >= THERE and one[1] in left, one[2]))
    if likely < NEAR:
        return Open("noticed_somewhere", {"note": part})
    place = {"note": part, "number": str(number)}
    if likely < THERE:
        return Open("noticed_near", place)
    if number in mended:
        return Open("noticed_mended", {**place, "then": str(number + 1)})
    return Open("noticed", place)


def _worrying(note: str) -> bool:
    """Whether there is any sign of danger in it: then nobody is sent anywhere with their own words.
    Each sentence is screened as well, since much else around a faint sign can hide it."""
    spans = [(0, len(note)), *sentences(note)]
    return any(screen(note[start:end]).tier is not Tier.NONE for start, end in spans)


def _again(talk: Talk) -> Open | None:
    """The message after the first that most likely went wrong, by its words and as it was taken."""
    chances = slips_of(talk.spoken)
    slips = of_any_kind(chances)
    weighed = [
        (slips[one.number] - FALL_COUNTS * min(0.0, one.rise), one.number)
        for one in talk.judged
        if one.number > 1 and not puts_right(one.text)
    ]
    weight, number = max(weighed, default=(0.0, 0))
    if weight < WENT_WRONG:
        return None
    kind = stands_out(chances[number])
    if kind is None:
        return Open("again", {"number": str(number)})
    return Open("again_so", {"number": str(number), "maybe": words.MAYBE[kind]})


def _unseen(talk: Talk, scenario: Scenario, outcome: Outcome | None) -> Open | None:
    """A need of theirs that nothing came near, while something was asked for and not granted."""
    last = next(one.turn for one in reversed(talk.judged) if one.turn is not None)
    full = {one.goal for one in scenario.concessions if one.full}
    given = {one.goal for one in scenario.concessions if one.id in last.state.conceded}
    asked = {one.id for one in scenario.goals if one.kind not in TOLD and talk.has_said(one.id)}
    unseen = next((one for one in scenario.concerns if talk.surely_misses(one.id)), None)
    if unseen is None or outcome in ANSWERED or not asked & full - given:
        return None
    return Open("unseen", {"concern": unseen.phrase})


def _taken_back(turns: Sequence[Turn]) -> int | None:
    """The number of the message after which an offer was taken back for good."""
    if not turns[-1].state.withdrawn:
        return None
    back = (one.number for one in reversed(turns) if one.direction.act is Act.WITHDRAW_OFFER)
    return next(back, None)


def _to_keep(talk: Talk, worked: Sequence[Finding]) -> Open | None:
    """A praised line that did no harm and can be said to somebody else as well: one's own side
    before an answer."""
    harmless = {one.number for one in talk.judged if one.rise >= 0} - doubtful(talk.spoken)
    lines = [one for one in worked if one.move in KEPT and one.turn in harmless]
    best = min(lines, key=lambda one: KEPT.index(one.move), default=None)
    if best is None or best.move is None:
        return None
    # The sentence alone: what stands before it answers somebody who won't have said it.
    message = next(one for one in talk.spoken if one.number == best.turn)
    start, end = widened(message.text, merit(message, best.move)[0])
    return Open("keep", {"quote": message.text[start:end], "number": str(best.turn)})
