"""A talk as the debrief sees it: the trainee's messages, numbered, with the lines around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ipt_roleplay.director import LIKELY, chance, is_hostile, opening_state
from ipt_roleplay.domain import (
    HELPING,
    HINDERING,
    Move,
    PersonaState,
    Reading,
    Said,
    Scenario,
    Turn,
)
from ipt_roleplay.reading import read

GRAVE = frozenset({Move.CONTEMPT, Move.THREAT})


@dataclass(frozen=True)
class Message:
    """One message of the trainee; `number` counts from 1. `turn` is the recorded exchange,
    where the talk was played here, `was` the persona's state before it."""

    number: int
    before: str
    text: str
    after: str
    reading: Reading
    turn: Turn | None = None
    was: PersonaState | None = None

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
        """The moves that may be named to anybody: more likely made than not."""
        return frozenset(one for one in self.moves if chance(self.reading, one) >= LIKELY)

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


def from_turns(turns: Sequence[Turn], scenario: Scenario, difficulty: int) -> Talk:
    """A talk that was played here."""
    before, was = scenario.opening.say, opening_state(scenario, difficulty)
    messages = []
    for turn in turns:
        after = turn.reply.text
        messages.append(Message(turn.number, before, turn.said, after, turn.reading, turn, was))
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
