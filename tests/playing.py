"""Helpers of the tests that play a talk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ipt_roleplay import debrief
from ipt_roleplay.debrief.talk import Talk
from ipt_roleplay.domain import Debrief, Finding, Reply, Said, Skill, Turn
from ipt_roleplay.rehearsal import Event, Replied, Room, play
from ipt_roleplay.scenarios import load_all
from ipt_roleplay.settings import load_settings

SCENARIO = "dads_appointments"
ACUTE = "I want to die. I have the pills here and I'm going to take them tonight."
IN_DANGER = "He hit me again last night and he says he'll kill me if I leave."
CHECK_IN = "Some days I don't want to wake up."
DISTRESS = "Everything feels hopeless lately."


def open_room() -> Room:
    """A room on this test's own data folder."""
    return Room(load_settings())


def begin(room: Room, scenario: str = SCENARIO, seed: int = 7, difficulty: int = 3) -> str:
    return room.start(scenario, seed=seed, difficulty=difficulty)


async def events(
    room: Room, session: str, text: str, key: str | None = None, *, silent: bool = False
) -> list[Event]:
    """Everything that one message brought about. Its text is its key where none is given."""
    found = room.say(session, text, text if key is None else key, silent=silent)
    return [event async for event in found]


async def answered(
    room: Room, session: str, text: str, key: str | None = None, *, silent: bool = False
) -> Turn:
    """The turn that a message led to."""
    last = (await events(room, session, text, key, silent=silent))[-1]
    assert isinstance(last, Replied)
    return last.turn


async def say_all(room: Room, session: str, messages: Sequence[str]) -> list[Reply]:
    """Says each message until the talk ends; the replies."""
    replies: list[Reply] = []
    for number, text in enumerate(messages):
        if room.view(session).ended:
            break
        replies.append((await answered(room, session, text, f"key-{number}")).reply)
    return replies


@cache
def played(messages: tuple[str, ...], scenario: str = SCENARIO, seed: int = 7) -> Talk:
    """A talk played against a scenario, as the debrief sees it."""
    found = load_all()[scenario]
    turns = [turn for turn in play(found, messages, 3, seed).turns if turn is not None]
    return debrief.from_turns(turns, found, 3)


def transcript(*messages: str) -> Talk:
    """A talk from elsewhere in which the other person always says the same."""
    lines: list[Said] = []
    for text in messages:
        lines.append(Said(speaker="other", text="I don't know what you want from me."))
        lines.append(Said(speaker="trainee", text=text))
    return debrief.from_transcript(lines)


def findings(made: Debrief) -> list[Finding]:
    return [*made.worked, *made.moments, *([made.practise] if made.practise else [])]


def level(made: Debrief, skill: Skill) -> int | None:
    return next(one.level for one in made.ratings if one.skill is skill)


def mean_level(made: Debrief) -> float:
    """The mean of the levels of all skills that were seen."""
    seen = [one.level for one in made.ratings if one.level is not None]
    return sum(seen) / len(seen)
