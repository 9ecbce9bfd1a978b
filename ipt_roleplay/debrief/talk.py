"""A talk as the debrief sees it: the trainee's messages, numbered, with the lines around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ipt_roleplay import uptake
from ipt_roleplay.debrief import phrases
from ipt_roleplay.director import WORRY_ANSWERED, chance, is_hostile, opening_state
from ipt_roleplay.domain import (
    HELPING,
    HINDERING,
    Move,
    PersonaState,
    Reading,
    Said,
    Scenario,
    Style,
    Turn,
)
from ipt_roleplay.errors import MessageRefused
from ipt_roleplay.reading import read
from ipt_roleplay.sentences import Span, sentences

OWN_NAMES = frozenset({"me", "i", "trainee", "myself"})
MOST_LINES = 400
_SPOKEN = re.compile(r"^\s*([^:\n]{1,40}?)\s*:\s*(.*)$")
GRAVE = frozenset({Move.CONTEMPT, Move.THREAT})
NAMED_FROM, GRAVE_FROM = 0.6, 0.65
"""How likely a move, and a grave one, must be for the debrief to name it to anybody: on test
writers nine of ten such readings are right."""
GLIMPSED, SAID, SAYS_IT, SURE = 0.5, 0.8, 0.94, 0.96
"""From which likelihood of `uptake` on a goal or concern may have been meant; from which nobody is
told that they didn't say a goal; from which they are shown where they said it; and from which what
praises it quotes it. In whole rehearsals, each scenario and each round of talks held out in turn,
the first finds 90 % of the goals and 81 % of the concerns that are there by hand labels; of the
goals that the second finds 80 % are right; of 339 messages that were the first in their talk to
reach the third 94 % say the goal, 91 % as the first."""
TOUCHED = 0.25
"""Below this likelihood everywhere, and nowhere else, is anybody told that they didn't say or see a
thing."""
QUOTED_WHOLE = 45
"""In words: what says a goal or meets a concern is seldom in one sentence alone."""


@dataclass(frozen=True, eq=False)  # told apart as objects, so that what is found of one can be kept
class Message:
    """One message of the trainee; `number` counts from 1. `turn` is the recorded exchange,
    where the talk was played here, `was` the persona's state before it, `likelihoods` how far the
    text speaks for each goal and concern of the scenario (0–1). Of one that was `meant_otherwise`
    no moment is made."""

    number: int
    before: str
    text: str
    after: str
    reading: Reading
    turn: Turn | None = None
    was: PersonaState | None = None
    likelihoods: Mapping[str, float] = field(default_factory=dict)
    meant_otherwise: bool = False

    def means(self, one: str, at_least: float = GLIMPSED) -> bool:
        """Whether the goal or concern `one` may have been meant."""
        return self.likelihoods.get(one, 0.0) >= at_least

    def carrying(self, move: Move | None) -> tuple[Span, float]:
        """The sentence in which, read by itself, the move is likeliest, and how likely it is
        there; the first sentence where no move is asked for."""
        spans = sentences(self.text) or [(0, len(self.text))]
        if move is None:
            return spans[0], 0.0
        alone = {span: read(self.before, self.text[span[0] : span[1]]) for span in spans}
        best = max(spans, key=lambda span: chance(alone[span], move))
        return best, chance(alone[best], move)

    def words_for(self, meant: str, scenario: Scenario | None) -> Span:
        """The words that say a goal or concern of the scenario: of a message that surely does the
        fewest sentences that still do, of another the whole where it is short, else the sentence
        that speaks most for it."""
        spans = sentences(self.text)
        if scenario is None or len(spans) < 2:
            return 0, len(self.text)
        if not self.means(meant, SAYS_IT):
            whole = len(self.text.split()) <= QUOTED_WHOLE
            return (0, len(self.text)) if whole else self.sentence_for(meant, scenario)

        for count in range(1, len(spans)):
            runs = [(a[0], b[1]) for a, b in zip(spans, spans[count - 1 :], strict=False)]
            likely, best = max((self._speaks_for(meant, run, scenario), run) for run in runs)
            if likely >= SAYS_IT:
                return best
        return 0, len(self.text)

    def sentence_for(self, meant: str, scenario: Scenario | None) -> Span:
        """The sentence that by itself speaks most for a goal or concern of the scenario."""
        spans = sentences(self.text)
        if scenario is None or not spans:
            return 0, len(self.text)
        return max(spans, key=lambda span: self._speaks_for(meant, span, scenario))

    def _speaks_for(self, meant: str, span: Span, scenario: Scenario) -> float:
        """How far a part of it by itself speaks for a goal or concern, 0–1."""
        part = self.text[span[0] : span[1]]
        return uptake.likelihoods(self.before, part, scenario).get(meant, 0.0)

    @property
    def begs(self) -> int:
        """How many times it begs; 0 where it was meant otherwise, as below."""
        return 0 if self.meant_otherwise else phrases.begging(self.text)

    @property
    def flatters(self) -> bool:
        return not self.meant_otherwise and phrases.flatters(self.text)

    @property
    def insults(self) -> bool:
        return not self.meant_otherwise and phrases.insults(self.text)

    @property
    def borrowed(self) -> bool:
        return not self.meant_otherwise and phrases.borrowed(self.text)

    @property
    def rise(self) -> float:
        """How much openness this message won or lost; 0 where no state was recorded."""
        return self.turn.state.openness - self.was.openness if self.turn and self.was else 0.0

    def added(self, what: Literal["said", "kept", "heard"]) -> str | None:
        """The first id that this message added to what was said, kept or heard."""
        if not self.turn or not self.was:
            return None
        earlier: tuple[str, ...] = getattr(self.was, what)
        later: tuple[str, ...] = getattr(self.turn.state, what)
        return next((one for one in later if one not in earlier), None)

    @property
    def moves(self) -> frozenset[Move]:
        return frozenset(self.reading.moves)

    @property
    def likely(self) -> frozenset[Move]:
        """The moves that may be named to anybody: much more likely made than not."""
        return frozenset(
            one
            for one in self.moves
            if chance(self.reading, one) >= (GRAVE_FROM if one in GRAVE else NAMED_FROM)
        )

    def chance_of(self, move: Move) -> float:
        """How likely it made this move, 0–1; only asked of moves that it was read to make."""
        return chance(self.reading, move)

    @property
    def helping(self) -> frozenset[Move]:
        return self.moves & HELPING

    @property
    def hindering(self) -> frozenset[Move]:
        """Those that may be held against it: likely ones, and of an unclear reading only the
        gravest."""
        return self.likely & (GRAVE if self.reading.unclear else HINDERING)

    @property
    def legible(self) -> bool:
        """Whether the reader could make anything of it."""
        return bool(self.moves) or not self.reading.unclear

    @property
    def silent(self) -> bool:
        return not self.text.strip()

    @property
    def hostile(self) -> bool:
        return is_hostile(self.reading)

    @property
    def hit(self) -> bool:
        """Hostile as it was taken: words that met a concern did more good than harm."""
        return self.hostile and self.added("heard") is None

    @property
    def collapsed(self) -> bool:
        return Move.SELF_SILENCING in self.hindering and not self.hostile


@dataclass(frozen=True)
class Talk:
    """All messages in order; `scenario` where one is known."""

    messages: tuple[Message, ...]
    other: str
    scenario: Scenario | None = None

    @property
    def spoken(self) -> tuple[Message, ...]:
        return tuple(one for one in self.messages if not one.silent)

    @property
    def judged(self) -> tuple[Message, ...]:
        """What may be held for or against its author: not what they say they meant otherwise."""
        return tuple(one for one in self.spoken if not one.meant_otherwise)

    @property
    def answers_to_worry(self) -> set[int]:
        """The numbers of messages that answer whether their author is all right: nobody is judged
        by those."""
        turns = [one.turn for one in self.messages if one.turn is not None]
        return {one.number for one in turns if one.direction.target == WORRY_ANSWERED}

    def has_said(self, goal: str) -> bool:
        """Whether a message says it so far that nobody should be told that it wasn't said."""
        return any(one.means(goal, SAID) for one in self.spoken)

    def saying(self, goal: str) -> Message | None:
        """The message that says a goal most surely; None where none is sure to."""
        near = self.nearest(goal)
        return near if near is not None and near.means(goal, SAYS_IT) else None

    def first_saying(self, goal: str) -> Message | None:
        """The first message that surely says a goal; None where none does."""
        return next((one for one in self.spoken if one.means(goal, SAYS_IT)), None)

    def surely_misses(self, wanted: str) -> bool:
        """Whether no message comes anywhere near a goal or concern."""
        return not any(one.means(wanted, TOUCHED) for one in self.spoken)

    def nearest(self, wanted: str) -> Message | None:
        """The message that speaks most for a goal or concern; None where none may have meant it."""
        meant = [one for one in self.spoken if one.means(wanted)]
        return max(meant, key=lambda one: one.likelihoods[wanted], default=None)

    def without(self, numbers: Collection[int]) -> Talk:
        """The talk with nothing read into these messages: their author means them otherwise."""
        if not numbers:
            return self
        nothing = Reading(style=Style.NEUTRAL, unclear=True)
        messages = tuple(
            replace(one, reading=nothing, meant_otherwise=True) if one.number in numbers else one
            for one in self.messages
        )
        return replace(self, messages=messages)


def from_turns(turns: Sequence[Turn], scenario: Scenario, difficulty: int) -> Talk:
    """A talk that was played here."""
    before, was = scenario.opening.say, opening_state(scenario, difficulty)
    messages = []
    for turn in turns:
        after = turn.reply.text
        likely = uptake.likelihoods(before, turn.said, scenario)
        messages.append(
            Message(turn.number, before, turn.said, after, turn.reading, turn, was, likely)
        )
        before, was = after, turn.state
    return Talk(tuple(messages), scenario.persona.name, scenario)


def from_transcript(lines: Sequence[Said]) -> Talk:
    """Any transcript: several lines of one speaker in a row are allowed."""
    messages: list[Message] = []
    before = ""
    for position, line in enumerate(lines):
        if line.speaker == "other":
            before = line.text
            continue
        following = lines[position + 1] if position + 1 < len(lines) else None
        after = following.text if following and following.speaker == "other" else ""
        reading = read(before, line.text)
        messages.append(Message(len(messages) + 1, before, line.text, after, reading))
    return Talk(tuple(messages), "the other person")


def parse_transcript(text: str) -> list[Said]:
    """A talk as people paste it: each line begins with who speaks, `Me:` for oneself; a line
    without a name goes on with the one before. Raises MessageRefused with what to change."""
    found: list[Said] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        spoken = _SPOKEN.match(line)
        if spoken is None and not found:
            raise MessageRefused(f"Line {number}: say who speaks. Begin it with “Me:” or “Them:”.")
        if spoken is None:
            last = found[-1]
            found[-1] = last.model_copy(update={"text": f"{last.text}\n{line.strip()}"})
            continue
        own = spoken.group(1).casefold() in OWN_NAMES
        if spoken.group(2).strip():
            speaker: Literal["other", "trainee"] = "trainee" if own else "other"
            found.append(Said(speaker=speaker, text=spoken.group(2).strip()))
    if not any(one.speaker == "trainee" for one in found):
        raise MessageRefused("No line begins with “Me:”. Mark your own lines so.")
    if len(found) > MOST_LINES:
        raise MessageRefused(f"This has {len(found)} lines; paste {MOST_LINES} at most.")
    return found
