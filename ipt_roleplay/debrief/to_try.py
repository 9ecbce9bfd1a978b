"""One thing to try, where nothing that was missed gives an exercise.

First comes what the trainee regrets by their own account, if a message of theirs is like it; then
only what the record shows: a goal that surely was not said, an offer that was taken back, a need
that nothing came near while the request waited, a request without an answer; else the line that is
asked about, and after it a line that was praised, to be taken along. Where none of it holds, the
trainee chooses: strict teachers found most else that was tried wrong for the talk at hand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ipt_roleplay.debrief import words
from ipt_roleplay.debrief.talk import Talk
from ipt_roleplay.debrief.why import TOLD
from ipt_roleplay.domain import Act, Finding, Goal, Move, Outcome, Scenario, Turn
from ipt_roleplay.encoder import sentence_vector
from ipt_roleplay.sentences import sentences

ANSWERED = frozenset(
    {Outcome.AGREEMENT, Outcome.SUPPORT_GIVEN, Outcome.LIMIT_HELD, Outcome.PARTED_WELL}
)
"""Ends in which a request isn't open any more, whatever was granted of it."""

_REGRETS = re.compile(
    r"\b(?:stupid|daft|dumb|slip(?:ped)?|digs?|harsh|sharp|snapp\w+|too (?:far|much|hard|soon|quick"
    r"|fast)|wrong thing|should(?:n't| not|nt)|regret|clumsy|badly|rude|mean|nasty|mess(?:ed)?"
    r"|lectur\w+|preach\w*|pushed|pushy|blurted|overdid|went on (?:at|about)|my fault|unfair|cheap"
    r"|reproach\w*|accus\w+|vague|soften\w+)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[.;,!?]\s*|\s(?:but|and|then)\s")
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
LIKE = 0.29
"""How like a message a regret must be, as sentence vectors, to be about it: of six such notes on
thirty talks the four above it were, and the two below it weren't."""


@dataclass(frozen=True)
class Open:
    """A kind of `words.TO_TRY`, and what its sentences name."""

    kind: str
    slots: dict[str, str]


def left_open(talk: Talk, outcome: Outcome | None, note: str) -> Open | None:
    """What comes before other exercises, what matters most first; `note`: how they say it was. None
    where nothing does, or no states were recorded."""
    turns = [one.turn for one in talk.judged if one.turn is not None]
    if talk.scenario is None or not turns:
        return None
    regret = _regretted(talk, note)
    if regret is not None:
        return Open("noticed", {"note": regret[0], "number": str(regret[1])})
    unsaid = next((one for one in talk.scenario.goals if talk.surely_misses(one.id)), None)
    if unsaid is not None:
        return Open("unsaid", {"goal": unsaid.phrase})
    back = _taken_back(turns)
    if back is not None:
        return Open("taken_back", {"number": str(back)})
    unseen = next((one for one in talk.scenario.concerns if talk.surely_misses(one.id)), None)
    waiting = _waiting(talk, talk.scenario, turns)
    if unseen is not None and waiting and outcome not in ANSWERED:
        return Open("unseen", {"concern": unseen.phrase})
    return Open("waiting", {"goal": waiting[0].phrase}) if waiting else None


def sentence(
    talk: Talk,
    left: Open | None,
    again: int | None,
    worked: Sequence[Finding],
    told: Collection[str],
    seed: int,
) -> str:
    """A sentence or two; empty where no states were recorded or nothing was said that counts.
    `again`: the number of the message that is asked about; `worked`: what was praised. None of the
    sentences in `told` where there are others."""
    if talk.scenario is None or all(one.turn is None for one in talk.judged):
        return ""
    asked = Open("again", {"number": str(again)}) if again else _to_keep(worked)
    given = left or asked or Open("choose", {})
    template = words.pick(words.TO_TRY[given.kind], told, seed, given.kind)
    persona = talk.scenario.persona
    return words.fill(template, persona.name, persona.pronouns, **given.slots)


def _regretted(talk: Talk, note: str) -> tuple[str, int] | None:
    """What they regret, in their words, and the number of the message that is most like it."""
    parts = [one.strip() for one in _PARTS.split(note) if _REGRETS.search(one)]
    spoken = [
        (sentence_vector(one.text[start:end]), one.number)
        for one in talk.judged
        for start, end in sentences(one.text)
    ]
    near = [
        (float(vector @ sentence_vector(part)), part, number)
        for part in parts
        for vector, number in spoken
    ]
    likeness, part, number = max(near, default=(0.0, "", 0))
    return (part, number) if likeness >= LIKE else None


def _taken_back(turns: Sequence[Turn]) -> int | None:
    """The number of the message after which an offer was taken back for good."""
    if not turns[-1].state.withdrawn:
        return None
    back = (one.number for one in reversed(turns) if one.direction.act is Act.WITHDRAW_OFFER)
    return next(back, None)


def _waiting(talk: Talk, scenario: Scenario, turns: Sequence[Turn]) -> list[Goal]:
    """What was asked for and got neither a yes, in part or in full, nor an honest no."""
    settled = set(turns[-1].state.conceded + turns[-1].state.withdrawn)
    refused = [one.direction for one in turns if one.direction.act is Act.HOLD_OWN_LIMIT]
    if any(one.target is None for one in refused):
        return []
    settled |= {one.target for one in refused if one.target}
    answered = {one.goal for one in scenario.concessions if one.id in settled}
    grantable = {one.goal for one in scenario.concessions if one.full} - answered
    return [
        one
        for one in scenario.goals
        if one.id in grantable and one.kind not in TOLD and talk.has_said(one.id)
    ]


def _to_keep(worked: Sequence[Finding]) -> Open | None:
    """A praised line that can be said to somebody else as well: one's own side before an answer."""
    lines = [one for one in worked if one.move in KEPT and not one.quote.endswith("…")]
    best = min(lines, key=lambda one: KEPT.index(one.move), default=None)
    return Open("keep", {"quote": best.quote, "number": str(best.turn)}) if best else None
