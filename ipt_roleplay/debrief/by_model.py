"""A language model rereads a debrief: it may word, add and rate, and none of it on trust.

It names findings by number, messages by number and passages by id; quotes and citations are cut
by the program as ever. What can't be held against the talk is dropped and counted. Ratings of the
model stand beside those of the program and never replace them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ipt_roleplay import handbook
from ipt_roleplay.debrief.check import checked
from ipt_roleplay.debrief.citing import Sources
from ipt_roleplay.debrief.moments import MOST_MOMENTS
from ipt_roleplay.debrief.praise import MOST_WORKED
from ipt_roleplay.debrief.spot import Spot
from ipt_roleplay.debrief.talk import Message, Talk
from ipt_roleplay.debrief.wording import Wordings
from ipt_roleplay.debrief.writing import Writer
from ipt_roleplay.domain import (
    HELPING,
    HINDERING,
    Citation,
    Debrief,
    Finding,
    Move,
    Passage,
    Rating,
    Skill,
    Usage,
)
from ipt_roleplay.guard import fault_in
from ipt_roleplay.model import Model
from ipt_roleplay.prompts import fill
from ipt_roleplay.retrieval import Retriever, best_statement

LONGEST = 1600
MOST_WORDS = 80

_QUOTED = re.compile(r"[\"“]([^\"”]{3,})[\"”]")
_NOT_OURS_TO_SAY = re.compile(
    r"\b(?:diagnos\w*|disorder|depress\w*|narcissis\w*|borderline|trauma\w*|therap\w*|patholog\w*|symptom\w*"
    r"|cure[sd]?|guarantee\w*|will (?:definitely|certainly|always) (?:work|help)|never fails"
    r"|you (?:are|were) (?:a|an|so|too|just) \w+|you (?:feel|felt|are feeling|were feeling)\b"
    r"|(?:she|he|they) (?:really |secretly |deep down )(?:feels?|felt|thinks?|wants?))",
    re.IGNORECASE,
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Worded(_Part):
    finding: int
    text: str
    another_way: str


class _Proposed(_Part):
    turn: int
    kind: Literal["worked", "missed"]
    move: Move
    passage: str
    text: str
    another_way: str


class _Rated(_Part):
    skill: Skill
    level: int | None = Field(ge=0, le=4)
    evidence: list[int]


class _Reread(_Part):
    wordings: list[_Worded]
    proposed: list[_Proposed]
    ratings: list[_Rated]


async def reread(
    made: Debrief, talk: Talk, retriever: Retriever, model: Model
) -> tuple[Debrief, Usage]:
    """The debrief with what holds of the model's rereading. Raises ModelFault."""
    asked = fill(
        "debrief",
        passages="\n".join(f"{one.id}: {one.title}" for one in retriever.passages),
        findings="\n".join(
            f"{number}. message {one.turn}, {one.title}: {one.text} {one.another_way}".strip()
            for number, one in enumerate(_findings(made), start=1)
        )
        or "none",
        talk=_script(talk),
    )
    answer, usage = await model.structured([("user", asked)], _Reread, LONGEST)
    return _held(made, talk, retriever, answer), usage


def _held(made: Debrief, talk: Talk, retriever: Retriever, answer: _Reread) -> Debrief:
    """What of the answer holds against the talk, put in its place."""
    dropped = 0
    wordings: dict[int, _Worded] = {}
    for worded in answer.wordings:
        if _fit(worded.text, talk) and _fit(worded.another_way, talk, may_be_empty=True):
            wordings[worded.finding] = worded
        else:
            dropped += 1
    numbers = {id(one): number for number, one in enumerate(_findings(made), start=1)}

    def said(found: Iterable[Finding]) -> list[Finding]:
        return [_worded(one, wordings.get(numbers[id(one)])) for one in found]

    worked, moments = said(made.worked), said(made.moments)
    passages = {one.id: one for one in made.passages}
    for proposed in answer.proposed:
        found = _proposal(proposed, talk, retriever, {one.turn for one in (*worked, *moments)})
        place, most = (
            (worked, MOST_WORKED) if proposed.kind == "worked" else (moments, MOST_MOMENTS)
        )
        if found is None or len(place) >= most:
            dropped += 1
            continue
        finding, passage = found
        place.append(finding)
        passages[passage.id] = passage
    kept_worked, lost = checked(sorted(worked, key=_turn), talk, passages)
    kept_moments, lost_too = checked(sorted(moments, key=_turn), talk, passages)
    ratings = [rating for one in answer.ratings if (rating := _rating(one, talk)) is not None]
    return made.model_copy(
        update={
            "worked": kept_worked,
            "moments": kept_moments,
            "passages": tuple(passages.values()),
            "ratings_by_model": tuple(ratings),
            "dropped": made.dropped
            + dropped
            + lost
            + lost_too
            + len(answer.ratings)
            - len(ratings),
        }
    )


def _findings(made: Debrief) -> list[Finding]:
    return [*made.worked, *made.moments]


def _turn(finding: Finding) -> int:
    return finding.turn


def _worded(finding: Finding, worded: _Worded | None) -> Finding:
    """The finding in the model's words; another way only where there was one already."""
    if worded is None:
        return finding
    another = worded.another_way if finding.another_way and worded.another_way else ""
    changes = {"text": worded.text.strip(), "another_way": another or finding.another_way}
    return finding.model_copy(update=changes)


def _proposal(
    proposed: _Proposed, talk: Talk, retriever: Retriever, told: set[int]
) -> tuple[Finding, Passage] | None:
    """A finding that the model adds: only about a message not spoken of yet, only a move that the
    program reads there as well, only with a passage that is about it."""
    message = next((one for one in talk.spoken if one.number == proposed.turn), None)
    passage = next((one for one in retriever.passages if one.id == proposed.passage), None)
    codes = {entry.passage.id: entry.codes for entry in handbook.load()}
    moves = HELPING if proposed.kind == "worked" else HINDERING
    holds = (
        message is not None
        and passage is not None
        and proposed.turn not in told
        and proposed.move in moves & message.likely
        and not message.reading.unclear
        and str(proposed.move) in codes.get(passage.id, ())
        and _fit(proposed.text, talk)
        and _fit(proposed.another_way, talk, may_be_empty=True)
    )
    if not holds or message is None or passage is None:
        return None
    writer = Writer(talk, Sources(retriever), Wordings(talk), 0)
    return _finding(writer, proposed, message, passage), passage


def _finding(writer: Writer, proposed: _Proposed, message: Message, passage: Passage) -> Finding:
    spot = Spot(proposed.kind, message, str(proposed.move), proposed.move)
    start, end = best_statement(proposed.text, passage.text)
    return writer.in_words(
        spot,
        text=proposed.text.strip(),
        another_way=proposed.another_way.strip() if proposed.kind == "missed" else "",
        citation=Citation(passage_id=passage.id, start=start, end=end),
    )


def _rating(rated: _Rated, talk: Talk) -> Rating | None:
    """A level without evidence in the talk, or none with it, is none."""
    numbers = {one.number for one in talk.messages}
    evidence = tuple(sorted(set(rated.evidence) & numbers))
    if rated.level is not None and not evidence:
        return None
    return Rating(skill=rated.skill, level=rated.level, evidence=evidence)


def _fit(text: str, talk: Talk, *, may_be_empty: bool = False) -> bool:
    """Whether words of the model may be shown: short, plain, quoting only what was said, and
    silent on what isn't ours to say."""
    if not text.strip():
        return may_be_empty
    said = " ".join(part for one in talk.messages for part in (one.before, one.text, one.after))
    quotes = [found.strip(" .,!?") for found in _QUOTED.findall(text)]
    return (
        len(text.split()) <= MOST_WORDS
        and fault_in(text) in (None, "it judged how the other person speaks")
        and not _NOT_OURS_TO_SAY.search(text)
        and all(quote in said for quote in quotes)
    )


def _script(talk: Talk) -> str:
    """The talk as text, messages numbered, without the marks that fence it."""
    lines = []
    for one in talk.messages:
        lines += [f"{talk.other}: {one.before}", f"Message {one.number}: {one.text or '(silence)'}"]
    if talk.messages:
        lines.append(f"{talk.other}: {talk.messages[-1].after}")
    return re.sub(r"<{3,}|>{3,}", "", "\n".join(lines))
