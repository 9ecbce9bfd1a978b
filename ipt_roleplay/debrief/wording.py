"""Another way to say it: the trainee's own usable sentences joined with the scenario's
authored ones, or, where nothing of their own can be kept, an example."""

from __future__ import annotations

from collections.abc import Iterable

from ipt_roleplay.debrief import words
from ipt_roleplay.debrief.heaviest import heaviest_sentence
from ipt_roleplay.debrief.missteps import WORST, has_come_up
from ipt_roleplay.debrief.phrases import begging, insults
from ipt_roleplay.debrief.spot import LOOKS, TELLS, Spot, act_before
from ipt_roleplay.debrief.talk import SAID, Message, Talk
from ipt_roleplay.director import PUSHBACKS, chance
from ipt_roleplay.domain import HINDERING, Act, Concern, Goal, Move, Scenario, Style
from ipt_roleplay.reading import read
from ipt_roleplay.sentences import Span, sentences

SAYS: tuple[Move, ...] = (Move.FEELING, Move.OBSERVATION, Move.NEED)
ASKS: tuple[Move, ...] = (Move.REQUEST, Move.LIMIT, Move.COMPROMISE, Move.DISCLOSURE)
TELLING: tuple[Move, ...] = (Move.DISCLOSURE, Move.APPRECIATION, Move.LIMIT, Move.REQUEST)
HEARS: tuple[Move, ...] = (Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION)
GIVEN_UP = frozenset({str(Move.SELF_SILENCING), "dropped", "made_small", "undone"})
"""Where one's own side got smaller: what had been said for it stands, here or earlier."""
OWN_WORDS_IN = frozenset(str(move) for move in WORST) | LOOKS | GIVEN_UP
"""Where the trainee's own sentences can stand in a better wording: what was wrong was the tone, or
that they weren't left standing. A plea, a hint or an evasion is replaced as a whole, and a question
is asked without a demand after it."""
SAID_WELL = frozenset({Move.FEELING, Move.NEED, Move.REQUEST, Move.LIMIT, Move.OWNERSHIP})

REPLACED = frozenset({str(Move.CONTEMPT), str(Move.THREAT), str(Move.BLAME), "begged"})
"""What is replaced by what its author came for. Elsewhere an example would be about something that
the message wasn't, as strict teachers found of seven in nine; there only own words serve, and where
something was left unsaid or unseen, words for just that."""
SAY_AND_ASK, HEAR, TAKE_IN = ("say", "ask"), ("hear",), ("take_in",)
RUN_PAST = frozenset({"passed_over", "soothed"})
UNSEEN = frozenset({"unheard", "formula"})
HARMLESS = 0.3
"""How likely a hindering move may be in a sentence that is offered as a better wording."""
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
        own = " ".join(self._own(spot)) if spot.code in OWN_WORDS_IN else ""
        if scenario is None:
            return own, False
        goal, concern = self._goal(scenario, spot), self._concern(scenario, spot)
        plan = self._plan(spot, goal, concern)
        parts = [self._part(step, goal, concern, spot.message) for step in plan]
        authored = [part for part in parts if part]
        if not authored:
            return own, not own
        if not own:
            return " ".join(authored), True
        if plan[0] == "hear":
            return " ".join([*authored, own]), False
        return " ".join([own, *authored[-1:]]), False

    def _plan(self, spot: Spot, goal: Goal, concern: Concern) -> tuple[str, ...]:
        """What an authored wording would do in this place, in order."""
        if spot.code in RUN_PAST and act_before(self._talk, spot.message) is Act.REVEAL:
            return TAKE_IN
        if spot.target is None and spot.code not in REPLACED:
            return ()
        told = self._said_by(goal, spot.message)
        if spot.code in UNSEEN and (told or spot.code == "unheard"):
            return HEAR
        if spot.code in UNSEEN and has_come_up(spot.message, concern):
            return HEAR  # else one more question would be one more phrase
        if goal.kind in TELLS:
            return () if told else SAY_AND_ASK[::-1]  # news first, and once
        return SAY_AND_ASK

    def _own(self, spot: Spot) -> list[str]:
        """The trainee's own sentences that can stand: of a line to look at, those beside the one
        that weighs most; where their side was given up, else what they had said before."""
        heavy = None
        if spot.code in LOOKS:
            heavy = heaviest_sentence(spot.message, spot.slip)[0]
        own = _own_words(spot.message, heavy)
        return own or (self._said_before(spot) if spot.code in GIVEN_UP else [])

    def _said_before(self, spot: Spot) -> list[str]:
        """The sentence that had most surely said what they came for, if it can stand."""
        scenario = self._talk.scenario
        for goal in scenario.goals if scenario else ():
            message = self._talk.saying(goal.id)
            if message is not None and message.number < spot.message.number:
                start, end = message.sentence_for(goal.id, scenario)
                if _stands(message.before, sentence := message.text[start:end]):
                    return [_closed(sentence)]
        return []

    def wanted(self, spot: Spot) -> str:
        """What the trainee had come for that this message was about, or could have been."""
        scenario = self._talk.scenario
        return self._goal(scenario, spot).text if scenario else ""

    def _part(self, step: str, goal: Goal, concern: Concern, message: Message) -> str:
        if step == "hear":
            known = has_come_up(message, concern)
            said = self._first(concern.wordings, HEARS) if known else ""
            pushed = act_before(self._talk, message) in PUSHBACKS
            return said or (self._fresh(words.ASKING_AFTER, message) if pushed else "")
        if step == "take_in":
            return self._fresh(words.TAKING_IN, message)
        if step == "say":
            fresh = [move for move in SAYS if move not in message.moves] or list(SAYS)
            return self._first(goal.wordings, fresh)
        return self._first(goal.wordings, TELLING if goal.kind in TELLS else ASKS)

    def _fresh(self, texts: tuple[str, ...], message: Message) -> str:
        """One of the texts that fit wherever the scenario can't know what does; none twice."""
        fresh = [one for one in texts if one not in self._given]
        text = fresh[message.number % len(fresh)] if fresh else ""
        self._given.add(text)
        return text

    def _first(self, wordings: dict[Move, tuple[str, ...]], moves: Iterable[Move]) -> str:
        """The first wording for these moves that this debrief has not shown yet."""
        for move in moves:
            for text in wordings.get(move, ()):
                if text not in self._given:
                    self._given.add(text)
                    return text
        return ""

    def _goal(self, scenario: Scenario, spot: Spot) -> Goal:
        """The goal that this message was about; where that had been said, one that hadn't."""
        turn = spot.message.turn
        meant = {spot.target, *(turn.uptake.goals if turn else ())}
        unsaid = [one for one in scenario.goals if not self._said_by(one, spot.message)]
        about = [one for one in scenario.goals if one.id in meant]
        fresh = [one for one in about if one in unsaid]
        return (fresh or unsaid or about or list(scenario.goals))[0]

    def _said_by(self, goal: Goal, message: Message) -> bool:
        """Whether it had been said before: news isn't told twice."""
        earlier = [one for one in self._talk.spoken if one.number < message.number]
        was = message.was.said if message.was else ()
        return goal.id in was or any(one.means(goal.id, SAID) for one in earlier)

    def _concern(self, scenario: Scenario, spot: Spot) -> Concern:
        """The first concern that was still unmet at that moment, else the first of all."""
        heard = spot.message.was.heard if spot.message.was else ()
        unmet = [one for one in scenario.concerns if one.id not in heard]
        return (unmet or list(scenario.concerns))[0]


def _own_words(message: Message, without: Span | None) -> list[str]:
    """Sentences of the trainee's that can stand in a better wording: read by themselves they are
    open and respectful, and nothing in them hinders."""
    kept = [
        message.text[start:end]
        for start, end in sentences(message.text)
        if (start, end) != without
        if 3 <= len(message.text[start:end].split()) <= 40
        and _stands(message.before, message.text[start:end])
    ]
    return [_closed(sentence) for sentence in kept[:LONGEST_OWN]]


def _stands(before: str, sentence: str) -> bool:
    reading = read(before, sentence)
    whole = sentence[:1].isupper() and not sentence.lower().startswith(
        ("but ", "and ", "so ", "or ")
    )
    open_words = reading.style is Style.ASSERTIVE and not reading.unclear
    helps = bool(SAID_WELL.intersection(reading.moves))
    helps = helps and not begging(sentence) and not insults(sentence)
    harm = max((chance(reading, move) for move in HINDERING), default=0.0)
    return whole and open_words and helps and harm < HARMLESS


def _closed(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if sentence[-1:] in ".!?…" else sentence + "."
