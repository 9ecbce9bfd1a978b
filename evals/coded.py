"""Talks of which teachers coded every message: what doesn't work in it, what may be praised."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ipt_roleplay import debrief
from ipt_roleplay.debrief.talk import Message, Talk
from ipt_roleplay.debrief.weighing import Slip
from ipt_roleplay.domain import Move, Said, Skill
from ipt_roleplay.scenarios import load_all

DATASETS = Path(__file__).parent / "datasets"
CODED, TALKS = DATASETS / "coded", DATASETS / "talks"
READINGS = DATASETS / "readings"
TESTED = ("pa_", "pb_", "pc_", "pd_")
"""Whose rehearsals are for testing: those of the players whose talks test the ratings too."""
KINDS: dict[Slip, frozenset[str]] = {
    Slip.PAST: frozenset(
        {"moved_on", "passed_over", "to_oneself", "dismissal", "pressed", "unanswered"}
    ),
    Slip.SHARP: frozenset(
        {"blame", "sideways", "dismissal", "order", "mind_reading", "generalisation"}
        | {"contempt", "threat", "lecture"}
    ),
    Slip.SMALL: frozenset({"small", "made_small", "dropped", "undone", "begged", "left"}),
    Slip.UNCLEAR: frozenset({"vague", "crowded", "undone"}),
    Slip.EXPLAINS: frozenset({"defence"}),
    Slip.SOOTHED: frozenset({"soothed"}),
}
"""The teachers' codes by kind; where a code stands in two, either is right."""
MOST_SHARED = 0.7
"""How much of the words that a teacher copied a sentence has, or they of it, to be theirs."""
LAST_LEARNT, UNSEEN_FROM = 5, 7
"""The last round of rehearsals from whose slips is learnt what is taken up, and the first of whose
slips and regrets nothing is learnt that chooses where to go back to."""
WORTH_NAMING = 2
"""Of slips weighed 1 (a trifle) to 3 (the first to take up)."""


@dataclass(frozen=True)
class Coded:
    """A message: its slips by the teachers' codes, the first one's weight (0 for none), and each
    praise with the words that show it."""

    slips: frozenset[str]
    weight: int
    praise: tuple[tuple[Move, str], ...]

    @property
    def kinds(self) -> frozenset[Slip]:
        return frozenset(kind for kind, codes in KINDS.items() if codes & self.slips)

    @property
    def worth_naming(self) -> frozenset[Slip]:
        return self.kinds if self.weight >= WORTH_NAMING else frozenset()


@dataclass(frozen=True)
class CodedTalk:
    """`messages` by number."""

    name: str
    talk: Talk
    messages: dict[int, Coded]

    @property
    def played(self) -> bool:
        return self.name[0] == "p" and self.name[2] == "_"


@cache
def coded_talks(training: bool) -> tuple[CodedTalk, ...]:
    """Those to learn from, or those to test on."""
    known = {row["id"]: row["turns"] for row in _rows(TALKS)}
    return tuple(
        CodedTalk(
            row["id"],
            debrief.from_transcript([Said(**one) for one in row.get("turns") or known[row["id"]]]),
            {one["message"]: _coded(one) for one in row["messages"]},
        )
        for row in _rows(CODED)
        if row["id"].startswith(TESTED) is not training
    )


@cache
def read_talks() -> tuple[CodedTalk, ...]:
    """Rehearsals whose slips strict teachers listed when they read the debriefs, to learn from:
    what might be praised in them nobody coded."""
    said = _grouped(json.loads(line) for line in _lines(READINGS / "exchanges.jsonl"))
    found = _grouped(json.loads(line) for line in _lines(READINGS / "slips.jsonl"))
    return tuple(
        CodedTalk(
            f"pr_{number}_{talk}",
            debrief.from_transcript(_utterances(said[number, talk])),
            {
                # A talk whose beginning wasn't kept counts from what was.
                place: _gravest(row["message"], found[number, talk][0]["slips"])
                for place, row in enumerate(said[number, talk], 1)
            },
        )
        for number, talk in said
    )


def learnt_talks() -> tuple[CodedTalk, ...]:
    """Those of the rounds from which is learnt."""
    return tuple(one for one in read_talks() if _key(one.name)[0] <= LAST_LEARNT)


@dataclass(frozen=True)
class CopiedSlip:
    """A slip that a teacher saw in a `message`, of which kinds, how much it weighs (1 to 3), and
    the words that show it; `group`: the round of rehearsals."""

    group: int
    message: Message
    kinds: tuple[Slip, ...]
    weight: int
    words: str

    def stands_in(self, sentence: str) -> bool:
        """Whether the words are, by most of them, in this sentence, or the sentence in them."""
        own = _word_set(sentence)
        parts = [_word_set(part) for part in re.split(r"\.\.\.|…", self.words)]
        return any(
            len(part & own) >= MOST_SHARED * min(len(part), len(own))
            for part in parts
            if len(part) > 1 and own
        )


@cache
def copied_slips() -> tuple[CopiedSlip, ...]:
    """Every slip that was listed on reading the debriefs."""
    found = _grouped(json.loads(line) for line in _lines(READINGS / "slips.jsonl"))
    said = _grouped(json.loads(line) for line in _lines(READINGS / "exchanges.jsonl"))
    copied = []
    for one in read_talks():
        key = _key(one.name)
        messages = {message.number: message for message in one.talk.spoken}
        places = {row["message"]: place for place, row in enumerate(said[key], 1)}
        for slip in found[key][0]["slips"]:
            message = messages.get(places.get(slip["message"], 0))
            kinds = tuple(kind for kind in Slip if slip["code"] in KINDS[kind])
            if message is not None:
                copied.append(CopiedSlip(key[0], message, kinds, slip["weight"], slip["words"]))
    return tuple(copied)


def _key(name: str) -> tuple[int, int]:
    """Round and talk of a rehearsal by its name."""
    _, number, talk = name.split("_")
    return int(number), int(talk)


def _word_set(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9']+", text.lower()))


@dataclass(frozen=True)
class Regretted:
    """What somebody regrets of a rehearsal in their `note` on it, in their words, and the numbers
    of the messages that a reader says it is about; `group`: the round of rehearsals."""

    group: int
    talk: Talk
    note: str
    words: str
    messages: frozenset[int]


@cache
def regretted() -> tuple[Regretted, ...]:
    """Every regret in the notes on rehearsals."""
    notes = _grouped(
        row for row in map(json.loads, _lines(READINGS / "debriefs.jsonl")) if row["part"] == "own"
    )
    talks = {one.name: one.talk for one in read_talks()}
    return tuple(
        Regretted(
            row["round"],
            talks[f"pr_{row['round']}_{row['talk']}"],
            notes[row["round"], row["talk"]][0]["how_it_was"],
            row["regret"],
            frozenset(row["messages"]),
        )
        for row in map(json.loads, _lines(READINGS / "regrets.jsonl"))
    )


@dataclass(frozen=True)
class SentBack:
    """A rehearsal with the trainee's `note` on it, and the numbers of the messages to which a
    strict teacher would send them back."""

    talk: Talk
    note: str
    messages: frozenset[int]


@cache
def sent_back() -> tuple[SentBack, ...]:
    """Those of the rounds from which no weights are learnt, where there are any such messages."""
    said = _grouped(map(json.loads, _lines(READINGS / "debriefs.jsonl")))
    found = []
    for one in read_talks():
        key = _key(one.name)
        rows = {row["part"]: row for row in said[key] if row["part"] in ("own", "whole")}
        if key[0] >= UNSEEN_FROM and rows["whole"]["try_again"]:
            places = frozenset(rows["whole"]["try_again"])
            found.append(SentBack(one.talk, rows["own"]["how_it_was"], places))
    return tuple(found)


@dataclass(frozen=True)
class RatedRehearsal:
    """A rehearsal with a careful rater's levels, and by skill the numbers of the messages that show
    it and of those that show its lack; `group`: the round of rehearsals."""

    group: int
    talk: Talk
    levels: dict[Skill, int | None]
    shows: dict[Skill, frozenset[int]]
    lacks: dict[Skill, frozenset[int]]


@cache
def rated_rehearsals() -> tuple[RatedRehearsal, ...]:
    """Every rehearsal of which a rater named what each level rests on."""
    talks = {one.name: one.talk for one in read_talks()}
    return tuple(
        RatedRehearsal(
            row["round"],
            talks[f"pr_{row['round']}_{row['talk']}"],
            {skill: row["ratings"][skill] for skill in Skill},
            {skill: frozenset(row["shows"][skill]) for skill in Skill},
            {skill: frozenset(row["lacks"][skill]) for skill in Skill},
        )
        for row in map(json.loads, _lines(READINGS / "ratings.jsonl"))
    )


def _grouped(rows: Iterable[dict[str, Any]]) -> dict[tuple[int, int], list[dict[str, Any]]]:
    groups: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["round"], row["talk"]), []).append(row)
    return groups


def _utterances(exchanges: Sequence[dict[str, Any]]) -> list[Said]:
    opening = load_all()[exchanges[0]["scenario"]].opening.say
    said = [Said(speaker="other", text=opening)]
    for one in exchanges:
        said.append(Said(speaker="trainee", text=one["said"]))
        said.append(Said(speaker="other", text=one["reply"]))
    return said


def _gravest(message: int, slips: Sequence[dict[str, Any]]) -> Coded:
    """What was found in a message and weighs as much as the gravest there."""
    here = [one for one in slips if one["message"] == message]
    weight = max((one["weight"] for one in here), default=0)
    return Coded(frozenset(one["code"] for one in here if one["weight"] == weight), weight, ())


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def _coded(row: dict[str, Any]) -> Coded:
    return Coded(
        frozenset(filter(None, (row.get("slip"), row.get("second")))),
        row.get("weight", 0),
        tuple((Move(one["code"]), one["words"]) for one in row.get("praise", ())),
    )


def _rows(folder: Path) -> Sequence[dict[str, Any]]:
    return [json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in _lines(file)]
