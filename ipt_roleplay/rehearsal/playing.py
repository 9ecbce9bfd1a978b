"""One message after another, without a store: what is read in it, what is directed, how it ends."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ipt_roleplay import director, safety, uptake
from ipt_roleplay.actors.authored import reply as authored_reply
from ipt_roleplay.domain import (
    MESSAGE_LIMIT,
    Direction,
    Outcome,
    PersonaState,
    Reading,
    Reply,
    Scenario,
    Scene,
    Screening,
    Style,
    Tier,
    Turn,
    Uptake,
)
from ipt_roleplay.errors import MessageRefused
from ipt_roleplay.reading import read


@dataclass(frozen=True)
class Heard:
    """What reader and uptake make of a message, each by itself."""

    reading: Reading
    uptake: Uptake


@dataclass(frozen=True)
class Decision:
    """What reader, uptake and director made of a message."""

    reading: Reading
    uptake: Uptake
    state: PersonaState
    direction: Direction
    scene: Scene


CHECK_IN_EVERY = 6
"""A check-in is shown, and the other person stops and asks, at most once in this many turns."""


@dataclass(frozen=True)
class Care:
    """What signs of risk so far ask of the other person: to be gentle; to stop and ask, since
    there was one just now; to take in what is answered to that; to come to a close."""

    gentle: bool = False
    worried: bool = False
    worry_answered: bool = False
    winding_down: bool = False

    @staticmethod
    def after(found: Iterable[Screening]) -> Care:
        """From everything that the screening found in a talk. Danger to oneself, once acute,
        leaves only the way to a close."""
        signs = [one for one in found if one.tier is not Tier.NONE]
        grave = [one.concern for one in signs if one.tier is Tier.ACUTE]
        return Care(gentle=bool(signs), winding_down=any(one in safety.SELF_RISKS for one in grave))

    def about(self, screening: Screening, turns: Sequence[Turn]) -> Care:
        """The same, for the reply to a message in which `screening` was found after `turns`."""
        lately = turns[-(CHECK_IN_EVERY - 1) :]
        asked = any(one.state.worried for one in lately)
        sign = screening.tier is Tier.CHECK_IN
        answered = bool(turns) and turns[-1].state.worried and not sign
        return replace(self, worried=sign and not asked, worry_answered=answered)


def decide(
    scenario: Scenario,
    turns: list[Turn],
    text: str,
    difficulty: int,
    seed: int,
    care: Care | None = None,
    heard: Heard | None = None,
) -> Decision:
    """Hears one message, where what is `heard` in it isn't given, and directs the reply. Pure."""
    before = turns[-1].state if turns else director.opening_state(scenario, difficulty)
    if care is not None:
        before = before.model_copy(update=vars(care))
    heard = heard or hear(said_before(scenario, turns), text, scenario)
    reading, taken = heard.reading, heard.uptake
    state, direction = director.step(before, reading, taken, scenario, difficulty)
    scene = director.scene(scenario, turns, text, reading, taken, state, direction, seed)
    return Decision(reading, taken, state, direction, scene)


def hear(context: str, text: str, scenario: Scenario) -> Heard:
    """The local reading and the uptake; in silence nothing can be read."""
    silence = Reading(style=Style.NEUTRAL, unclear=True)
    reading = read(context, text) if text.strip() else silence
    return Heard(reading, uptake.take(context, text, scenario))


def said_before(scenario: Scenario, turns: Sequence[Turn]) -> str:
    return turns[-1].reply.text if turns else scenario.opening.say


@dataclass(frozen=True)
class Played:
    """A talk played without a store: its turns (None where a message was paused for risk),
    its outcome, and how many messages were left over."""

    turns: tuple[Turn | None, ...]
    outcome: Outcome
    unused: int


Trainee = Callable[[Turn | None], str | None]
"""What a simulated trainee says next after an exchange (None: at the start); None when they have
nothing more to say."""


def play(scenario: Scenario, messages: Sequence[str], difficulty: int, seed: int) -> Played:
    """Plays given messages against the authored actor. A message of spaces alone is silence.

    Raises `MessageRefused` for a message that could not be sent on the page either.
    """
    left = iter(messages)
    played = play_with(scenario, lambda _: next(left, None), difficulty, seed)
    return replace(played, unused=len(messages) - len(played.turns))


def play_with(scenario: Scenario, trainee: Trainee, difficulty: int, seed: int) -> Played:
    """Plays a talk with a trainee who answers what the authored actor does; see `play`."""
    turns: list[Turn] = []
    shown: list[Turn | None] = []
    found: list[Screening] = []
    while not turns or turns[-1].state.outcome is None:
        text = trainee(turns[-1] if turns else None)
        if text is None:
            break
        said = clean(text) if text.strip() else ""
        screening = screened(said, turns, found)
        found.append(screening)
        if screening.tier is Tier.ACUTE:
            shown.append(None)
            continue
        decision = decide(
            scenario, turns, said, difficulty, seed, Care.after(found).about(screening, turns)
        )
        turn = turn_of(turns, said, decision, authored_reply(decision.scene), screening)
        turns.append(turn)
        shown.append(turn)
    return Played(tuple(shown), outcome_of(scenario, turns, difficulty), 0)


def screened(said: str, turns: Sequence[Turn], before: Sequence[Screening]) -> Screening:
    """What the screening finds in `said`, in the light of the talk and of what it found `before`
    (the words of an acute message are not kept, but that there was one is)."""
    if not said:
        return Screening()
    grave = [one.concern for one in before if one.tier is Tier.ACUTE]
    return safety.screen(said, [turn.said for turn in turns], grave[-1] if grave else None)


def outcome_of(scenario: Scenario, turns: Sequence[Turn], difficulty: int) -> Outcome:
    """How a talk ended, or where it stands when the trainee ends it here."""
    state = turns[-1].state if turns else director.opening_state(scenario, difficulty)
    return state.outcome or director.conclude(state, scenario, Outcome.STOPPED)


def turn_of(
    turns: Sequence[Turn], said: str, decision: Decision, reply: Reply, screening: Screening
) -> Turn:
    return Turn(
        number=len(turns) + 1,
        said=said,
        reading=decision.reading,
        uptake=decision.uptake,
        state=decision.state,
        direction=decision.direction,
        reply=reply,
        screening=screening,
    )


def clean(text: str) -> str:
    """The message as it is taken: control characters removed, ends trimmed.

    Raises `MessageRefused` when nothing is left, or it is longer than `MESSAGE_LIMIT`.
    """
    kept = "".join(
        one for one in text if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")
    ).strip()
    if not kept:
        raise MessageRefused(
            "There is nothing to send yet. Type a message, or press “Say nothing”."
        )
    if len(kept) > MESSAGE_LIMIT:
        over = len(kept) - MESSAGE_LIMIT
        raise MessageRefused(
            f"This is {over:,} characters too long (at most {MESSAGE_LIMIT:,}). Shorten it; "
            "it is still in the box."
        )
    return kept
