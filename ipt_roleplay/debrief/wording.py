"""Another way to say it: the trainee's own usable sentences joined with the scenario's
authored ones, or, where nothing of their own can be kept, an example."""

from __future__ import annotations

from collections.abc import Iterable

from ipt_roleplay.debrief.spots import Spot
from ipt_roleplay.debrief.talk import Message, Talk
from ipt_roleplay.domain import HINDERING, Concern, Goal, Move, Scenario, Style
from ipt_roleplay.sentences import Span, sentences

SAYS: tuple[Move, ...] = (Move.FEELING, Move.OBSERVATION, Move.NEED)
ASKS: tuple[Move, ...] = (Move.REQUEST, Move.LIMIT, Move.DISCLOSURE, Move.COMPROMISE)
HEARS: tuple[Move, ...] = (Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION)

_PLANS: dict[str, tuple[str, ...]] = {
    "unheard": ("hear",),
    "formula": ("hear",),
    "unasked": ("say", "ask"),
    "unsaid": ("say", "ask"),
    "dropped": ("say", "hold"),
    "self_silencing": ("say", "ask"),
    "hint": ("say", "ask"),
    "withdrawal": ("pause", "ask"),
    "defence": ("hear",),
    "dismissal": ("hear", "say"),
    "mind_reading": ("question", "say"),
    "contempt": ("say", "ask"),
}
_DEFAULT_PLAN = ("say", "ask")
LONGEST_OWN = 2
"""At most this many of the trainee's own sentences are kept."""


class Wordings:
    """Hands out authored wordings for one debrief, none of them twice."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._given: set[str] = set()

    def another_way(self, spot: Spot) -> tuple[str, bool]:
        """(wording, whether it is only an example). Empty where nothing can be offered."""
        scenario = self._talk.scenario
        own = " ".join(_own_words(spot.message))
        if spot.code == "formula" or spot.message.reading.style is Style.PASSIVE:
            own = ""  # the phrase, or the pleading, is itself what is to be replaced
        if scenario is None:
            return own, False
        goal, concern = self._goal(scenario, spot), self._concern(scenario, spot)
        parts = [
            self._part(step, goal, concern, spot.message)
            for step in _PLANS.get(spot.code, _DEFAULT_PLAN)
        ]
        authored = [part for part in parts if part]
        if not authored:
            return "", True
        if not own:
            return " ".join(authored), True
        if _PLANS.get(spot.code, ("say",))[0] == "hear":
            return " ".join([*authored, own]), False
        return " ".join([own, *authored[-1:]]), False

    def _part(self, step: str, goal: Goal, concern: Concern, message: Message) -> str:
        if step == "hear":
            return self._first(concern.wordings, HEARS)
        if step == "question":
            return self._first(concern.wordings, (Move.OPEN_QUESTION, Move.REFLECTION))
        if step == "say":
            fresh = [move for move in SAYS if move not in message.moves] or list(SAYS)
            return self._first(goal.wordings, fresh)
        if step == "hold":
            return self._first(goal.wordings, (Move.LIMIT, Move.REQUEST, Move.NEED))
        if step == "pause":
            return self._first(goal.wordings, (Move.LIMIT, Move.FEELING, Move.NEED))
        return self._first(goal.wordings, ASKS)

    def _first(self, wordings: dict[Move, tuple[str, ...]], moves: Iterable[Move]) -> str:
        """The first wording for these moves that this debrief has not shown yet."""
        for move in moves:
            for text in wordings.get(move, ()):
                if text not in self._given:
                    self._given.add(text)
                    return text
        return ""

    def _goal(self, scenario: Scenario, spot: Spot) -> Goal:
        """The goal that this message was about, else the main one."""
        turn = spot.message.turn
        meant = [
            spot.target,
            *(turn.uptake.goals if turn else ()),
            *(turn.state.said[-1:] if turn else ()),
        ]
        return next((one for one in scenario.goals if one.id in meant), scenario.goals[0])

    def _concern(self, scenario: Scenario, spot: Spot) -> Concern:
        """The first concern that was still unmet at that moment, else the first of all."""
        heard = spot.message.was.heard if spot.message.was else ()
        unmet = [one for one in scenario.concerns if one.id not in heard]
        return (unmet or list(scenario.concerns))[0]


def _own_words(message: Message) -> list[str]:
    """Sentences of the trainee's that can stand in a better wording: they help, and no
    hindering cue touches them."""
    kept = [
        message.text[start:end]
        for start, end in sentences(message.text)
        if _touched(message, (start, end), message.helping & message.likely)
        and not _touched(message, (start, end), HINDERING)
        and 3 <= len(message.text[start:end].split()) <= 40
        and not message.text[start:end].lower().startswith(("but ", "and ", "so "))
    ]
    return [_closed(sentence) for sentence in kept[:LONGEST_OWN]]


def _touched(message: Message, span: Span, moves: frozenset[Move]) -> bool:
    start, end = span
    return any(
        cue.move in moves and cue.start < end and cue.end > start for cue in message.reading.cues
    )


def _closed(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if sentence[-1:] in ".!?…" else sentence + "."
