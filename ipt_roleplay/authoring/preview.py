"""A scenario played by trainees made of its own examples: does it go as its author means it to?

Each trainee says sentences of the file in the way of one kind of person. That they are the
author's own words makes it a first look, kinder than real trainees: what goes wrong here goes
wrong with everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from ipt_roleplay.domain import Act, Move, Scenario, Turn
from ipt_roleplay.rehearsal import Played, play
from ipt_roleplay.scenarios import all_lines

MESSAGES = 12
HOSTILE = (
    "You always do this. Every single time, and it's always about you.",
    "Are you even listening? No, of course you aren't. You never are.",
    "That's the most selfish thing I've ever heard anybody say.",
    "Don't you dare turn this round on me. This is your fault and you know it.",
    "Sit down and listen for once in your life.",
    "Oh, poor you. My heart bleeds.",
    "If you don't do it, that's it, I'm done with you.",
    "You're pathetic. Even you must be able to see that.",
    "You just want to control everything, you always have.",
    "I don't care how you feel about it. You'll do as I say.",
    "Typical. Blame everybody but yourself.",
    "You're impossible. Nobody else would put up with you.",
)
YIELDING = (
    "Sorry, is now a bad time? It's nothing really.",
    "I just thought, maybe, only if it's no trouble at all.",
    "No, you're right. Forget I said it.",
    "It doesn't matter what I want, honestly.",
    "Sorry. I shouldn't have brought it up.",
    "Whatever's easiest for you, I'll fit round it.",
    "I don't mind. I'm used to it.",
    "Sorry, sorry. I know you've got enough on.",
    "It's fine. I'll manage somehow.",
    "You decide. I'm sure you know best.",
    "Let's just leave it, I don't want a fuss.",
    "Sorry for going on.",
)


@dataclass(frozen=True)
class Performance:
    """One trainee's talk: who they were, what was played, and whether its end is a good one."""

    trainee: str
    played: Played
    good: bool

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.played.turns if turn is not None)


def preview(scenario: Scenario, difficulty: int = 3, seed: int = 1) -> list[Performance]:
    """The scenario played once by each kind of trainee."""
    good = {rule.outcome for rule in scenario.outcomes if rule.good}
    found = []
    for name, messages in TRAINEES.items():
        played = play(scenario, messages(scenario)[:MESSAGES], difficulty, seed)
        found.append(Performance(name, played, played.outcome in good))
    return found


def report(scenario: Scenario, performances: Iterable[Performance]) -> Iterator[str]:
    """Lines for an author: how each talk went, and where the scenario felt thin."""
    every = list(performances)
    for one in every:
        opens = " ".join(f"{turn.state.openness:.0f}" for turn in one.turns)
        end = "a good end" if one.good else "no good end"
        yield f"{one.trainee:11} {one.played.outcome!s:14} {end}; openness {opens}"
    yield ""
    yield from _surprises(every)
    yield from _thin(scenario, [turn for one in every for turn in one.turns])


# ---------------------------------------------------------------- what such people say


def _skilled(scenario: Scenario) -> list[str]:
    """Says their side, meets each concern, comes back to the ask, takes what is offered."""
    main = scenario.goals[0]
    opening = [*_worded(main.wordings, Move.FEELING, Move.OBSERVATION, Move.NEED)[:1]]
    asks = [*_worded(main.wordings, Move.REQUEST, Move.LIMIT, Move.DISCLOSURE), *main.examples]
    hears = [
        text
        for concern in scenario.concerns
        for text in (
            *_worded(concern.wordings, Move.OPEN_QUESTION)[:1],
            *_worded(concern.wordings, Move.VALIDATION, Move.REFLECTION)[:1],
            *concern.examples[:1],
        )
    ]
    others = [goal.examples[0] for goal in scenario.goals[1:]]
    closing = [*_worded(main.wordings, Move.COMPROMISE)[:1], asks[-1]]
    middle = [*hears[:2], *asks[1:2], *hears[2:]]
    return [*opening, *asks[:1], *middle, *others, *closing]


def _direct(scenario: Scenario) -> list[str]:
    main = scenario.goals[0]
    return [*_worded(main.wordings, Move.REQUEST, Move.NEED), *main.examples]


def _listener(scenario: Scenario) -> list[str]:
    by_concern = [
        _worded(one.wordings, Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION)
        for one in scenario.concerns
    ]
    return [text for round_ in zip_longest(*by_concern) for text in round_ if text]


def _formula(scenario: Scenario) -> list[str]:
    return [text for one in scenario.concerns for text in one.near_misses]


def _worded(wordings: dict[Move, tuple[str, ...]], *moves: Move) -> list[str]:
    """The wordings for these moves, the first of each before the second of any."""
    rounds = zip_longest(*(wordings.get(move, ()) for move in moves))
    return [text for round_ in rounds for text in round_ if text]


TRAINEES: dict[str, Callable[[Scenario], list[str]]] = {
    "skilled": _skilled,
    "only asks": _direct,
    "only listens": _listener,
    "by formula": _formula,
    "hostile": lambda scenario: list(HOSTILE),
    "yielding": lambda scenario: list(YIELDING),
}
MAY_END_WELL = ("skilled", "only asks", "only listens")
"""Where the others do, the scenario is too easily had."""


# ---------------------------------------------------------------- what stood out


def _surprises(every: list[Performance]) -> Iterator[str]:
    for one in every:
        if one.trainee == "skilled" and not one.good:
            last = one.turns[-1].state if one.turns else None
            met = ", ".join(last.heard) if last and last.heard else "none"
            yield (
                f"The skilled trainee gets no good end (concerns met: {met}). Are the rules of the "
                "offers too hard, or are the examples too few to be recognised?"
            )
        if one.good and one.trainee not in MAY_END_WELL:
            yield f"The {one.trainee} trainee gets a good end. Ask more in the rules of the offers."


def _thin(scenario: Scenario, turns: list[Turn]) -> Iterator[str]:
    beside = Counter(t.direction.act for t in turns if t.reply.act is not t.direction.act)
    for act, times in beside.most_common():
        yield f"`{act}`: another act's line had to stand in, {times} times. Write more lines for it."
    shared = {line.say for line in all_lines(scenario) if line.shared}
    borrowed = Counter(turn.reply.act for turn in turns if turn.reply.line in shared)
    for act, times in borrowed.most_common():
        yield f"`{act}`: the temperament's lines spoke, {times} times. Write some of its own."
    if wordless := sum(not turn.reply.text for turn in turns):
        yield f"Nothing fitted, and only a beat was shown, {wordless} times."
    told = {one for turn in turns for one in turn.state.revealed}
    for secret in scenario.secrets:
        if secret.id not in told:
            yield f"Secret `{secret.id}` was never told."
    done = {turn.direction.act for turn in turns}
    never = [str(act) for act in Act if act not in done]
    if never:
        yield f"Never done: {', '.join(never)}."
    spoken = {turn.reply.line for turn in turns}
    own = [line for line in all_lines(scenario) if not line.shared]
    yield f"{sum(line.say in spoken for line in own)} of {len(own)} lines were spoken."
