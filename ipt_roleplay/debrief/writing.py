"""From a spot to a finding: the quote cut, the words chosen, the source cited."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from ipt_roleplay.debrief import missteps, words
from ipt_roleplay.debrief.citing import Sources
from ipt_roleplay.debrief.heaviest import heaviest_sentence
from ipt_roleplay.debrief.merit import PRAISED, merit
from ipt_roleplay.debrief.moments import LACKING, weightiest
from ipt_roleplay.debrief.phrases import (
    begging,
    borrowed,
    excuses,
    flatters,
    insults,
    undoes,
)
from ipt_roleplay.debrief.praise import asked_for, goal_told, told_by
from ipt_roleplay.debrief.repairs import put_right, puts_right
from ipt_roleplay.debrief.spot import LOOKS, Spot
from ipt_roleplay.debrief.talk import QUOTED_WHOLE, Message, Talk
from ipt_roleplay.debrief.weighing import Slip, sharpest_sentence, slips_of
from ipt_roleplay.debrief.wording import Wordings
from ipt_roleplay.domain import Citation, Finding, Move, Passage, Skill
from ipt_roleplay.sentences import Span, sentences, shortened, widened

HOSTILE_CODES = frozenset(str(move) for move in missteps.WORST)
_SHOWN_BY: dict[str, Callable[[str], int]] = {
    "begged": begging,
    "flattery": flatters,
    "formula": borrowed,
    "contempt": insults,
    "undone": undoes,
    "mended": puts_right,
    "excuses": excuses,
}
"""What a quote has to show, where it shows in the words themselves."""
SHOWN_AS_A_WHOLE = LOOKS | {
    "crowded",
    "half_said",
    "half_sorry",
    "left_aside",
    "made_small",
    "moved_on",
    "passed_over",
    "pressed",
    "soothed",
    "unanswered",
    "vague",
}
"""No move tells which sentence these stand in: of a longer message the one that weighs most is
quoted."""
PRAISED_WHOLE = 20
"""In words: what is praised is seldom in one sentence alone."""
LACK_QUOTED = 70
"""In words: that something isn't there shows in no part of a message, and what turned a talk, or
went wrong in a way that can't be told, in no one sentence for sure."""
QUOTED_LONG = LACKING | {Slip.SMALL}
"""What shows in no one sentence: of a side that gets smaller the cut quote left out, again and
again, what had been said all the same."""
HEATED = 0.5
"""A change of openness or tension (0–10) that can be felt."""


class Writer:
    """Turns spots into findings: cuts the quote, words it, cites for it."""

    def __init__(
        self,
        talk: Talk,
        sources: Sources,
        wordings: Wordings,
        seed: int,
        told: Collection[str] = (),
    ) -> None:
        """`told`: texts of earlier debriefs of the same person, whose sentences aren't repeated."""
        self.talk = talk
        self._told = told
        self.passages: dict[str, Passage] = {}
        self._sources = sources
        self._wordings = wordings
        self._seed = seed
        self._put_right = put_right(talk.spoken)

    def finding(self, spot: Spot) -> Finding:
        text = words.pick(spot.way.says, self._told, self._seed, spot.message.number, spot.code)
        another_way, example = "", True
        if spot.kind == "missed":
            another_way, example = self._wordings.another_way(spot)
        return self._built(
            spot,
            spot.way.title,
            " ".join(filter(None, (text, self._landed(spot), self._mended(spot)))),
            another_way,
            example,
            spot.backing,
        )

    def in_words(self, spot: Spot, text: str, another_way: str, citation: Citation) -> Finding:
        """A finding in words that come from elsewhere; title and quote are the program's."""
        quoted = shortened(spot.message.text, spot.message.carrying(spot.move)[0])
        return self._cut(spot, quoted, spot.way.title, text, another_way, True, (citation,))

    def practise(self, turning: Sequence[Spot]) -> tuple[Finding | None, Skill | None]:
        """An exercise for what ran through the talk, the weightiest of it, and the skill that it
        trains. None where nothing did: one message by itself is best tried again."""
        themes = [one for one in turning if one.kind == "missed" and self._ran_through(one)]
        spot = weightiest(themes)
        if spot is None:
            return None, None
        code = _practice_code(spot)
        way = words.PRACTISE[code]
        text = words.pick(way.says, self._told, self._seed, code)
        spot = replace(spot, kind="practise")
        return self._built(spot, way.title, text, "", True, f"practise.{code}"), way.trains

    def _ran_through(self, spot: Spot) -> bool:
        code = _practice_code(spot)
        if code == "hostile":
            return missteps.grave(self.talk)
        if code == "begged":
            return missteps.begs_throughout(self.talk)
        return code in words.PRACTISE

    def _built(
        self, spot: Spot, title: str, text: str, another_way: str, example: bool, backing: str
    ) -> Finding:
        text = self._filled(text, spot)
        cited = self._cited(spot, backing, f"{self._filled(title, spot)}. {text}")
        return self._cut(spot, self._quoted(spot), title, text, another_way, example, cited)

    def _cut(
        self,
        spot: Spot,
        quoted: Span,
        title: str,
        text: str,
        another_way: str,
        example: bool,
        citations: tuple[Citation, ...],
    ) -> Finding:
        """The finding, its quote cut from the message, the names put into its title."""
        message, (start, end) = spot.message, quoted
        return Finding(
            kind=spot.kind,
            turn=message.number,
            quote=message.text[start:end],
            start=start,
            end=end,
            title=self._filled(title, spot),
            text=text,
            move=spot.move,
            another_way=another_way,
            another_way_is_example=example,
            asked_quote=message.before if spot.way.answers else "",
            reply_quote=message.after if spot.kind in ("missed", "turned") else "",
            wanted=self._wordings.wanted(spot) if spot.kind == "missed" else "",
            heard=self._heard(message) if spot.kind == "missed" else "",
            failure=spot.way.failure if spot.kind == "missed" else "",
            citations=citations,
        )

    def _quoted(self, spot: Spot) -> Span:
        """The sentence that carried it: the one that met the concern, or the one in which,
        read by itself, the move is likeliest."""
        text = spot.message.text
        if self._shown_whole(spot):
            return 0, len(text)
        if spot.kind == "worked" and (goal := self._goal(spot)):
            return widened(text, spot.message.words_for(goal, self.talk.scenario))
        if spot.code == str(Move.REQUEST) and (asked := asked_for(self.talk, spot.message)):
            # What leads up to a request looks like one too.
            return widened(
                text, shortened(text, spot.message.sentence_for(asked, self.talk.scenario))
            )
        praised = spot.kind in ("worked", "turned") and spot.code not in _SHOWN_BY
        if praised and spot.move in PRAISED:
            return widened(text, shortened(text, merit(spot.message, spot.move)[0]))
        shown = _SHOWN_BY.get(spot.code)
        if shown and shown(text):
            spans = sentences(text) or [(0, len(text))]
            best = max(spans, key=lambda span: shown(text[span[0] : span[1]]))
            return widened(text, shortened(text, best))
        if spot.code in SHOWN_AS_A_WHOLE:
            return widened(text, shortened(text, _heavy(spot)))
        return widened(text, shortened(text, spot.message.carrying(spot.move)[0]))

    def _goal(self, spot: Spot) -> str | None:
        """The goal that a message says most surely, where it is praised for just that."""
        goal, told = goal_told(self.talk, spot.message), told_by(self.talk, spot.message)
        return goal.id if goal is not None and told is not None and told is spot.move else None

    @staticmethod
    def _shown_whole(spot: Spot) -> bool:
        """Whether a message is short enough to stand whole for what is said of it; praise quotes
        only what has nothing else in it."""
        message, words_in_it = spot.message, len(spot.message.text.split())
        if spot.kind == "worked":
            clean = not message.hindering and not message.silent
            return clean and words_in_it <= PRAISED_WHOLE
        if spot.kind == "turned" or spot.code in LOOKS or spot.slip in QUOTED_LONG:
            return words_in_it <= LACK_QUOTED
        return spot.code in SHOWN_AS_A_WHOLE and words_in_it <= QUOTED_WHOLE

    def _cited(self, spot: Spot, backing: str, case: str) -> tuple[Citation, ...]:
        found = [
            self._sources.cite(backing, case),
            self._sources.cite_own(spot.concept, case),
        ]
        self.passages |= {passage.id: passage for _, passage in filter(None, found)}
        return tuple(citation for citation, _ in filter(None, found))

    def _landed(self, spot: Spot) -> str:
        """What the other then did, where it was recorded and their words don't stand beside it."""
        turn = spot.message.turn
        landed = words.LANDED.get(turn.direction.act, "") if turn else ""
        return f"Then {landed}." if landed and spot.kind == "worked" else ""

    def _mended(self, spot: Spot) -> str:
        """That the next message put it right, where it did."""
        number = spot.message.number
        if spot.kind != "missed" or number not in self._put_right:
            return ""
        text = words.pick(words.PUT_RIGHT, self._told, self._seed, number)
        return text.format(number=number + 1)

    def _heard(self, message: Message) -> str:
        """How it reached the other, by what the record says changed; empty without a record."""
        if message.turn is None or message.was is None:
            return ""
        name, change = self.talk.other, message.turn.state.tension - message.was.tension
        if change >= HEATED or message.rise <= -HEATED:
            return f"{name} grew {'tenser' if change >= HEATED else 'more guarded'}."
        if message.rise >= HEATED:
            return f"{name} came a little nearer, and still didn't have what was needed."
        return f"{name} stayed where they were." if self._plural() else self._stayed(name)

    def _plural(self) -> bool:
        scenario = self.talk.scenario
        return scenario is None or scenario.persona.pronouns == "they"

    def _stayed(self, name: str) -> str:
        scenario = self.talk.scenario
        pronoun = scenario.persona.pronouns if scenario else "they"
        return f"{name} stayed where {pronoun} was."

    def _filled(self, template: str, spot: Spot) -> str:
        scenario = self.talk.scenario
        # To find the words that weigh most is slow, and few templates name them.
        these = self._weighty(spot) if "{these}" in template else ""
        if "{maybe}" in template:
            template = template.replace("{maybe}", self._maybe(spot))
        if scenario is None:
            return words.fill(template, self.talk.other, "they", "what was behind it", these=these)
        phrases = {one.id: one.phrase for one in scenario.concerns}
        concern = phrases.get(spot.target or "", scenario.concerns[0].phrase)
        persona = scenario.persona
        return words.fill(template, persona.name, persona.pronouns, concern, these=these)

    def _maybe(self, spot: Spot) -> str:
        """The two things that may most likely have gone wrong in a line to look at again."""
        chances = slips_of(self.talk.spoken)[spot.message.number]
        first, second = sorted(chances, key=lambda slip: -chances[slip])[:2]
        return f"{words.MAYBE[first]}, or {words.MAYBE[second]}"

    def _weighty(self, spot: Spot) -> str:
        """The words of a line to look at that weigh most, in quotes, where that can be told."""
        text, span = spot.message.text, _heavy(spot)
        start, end = shortened(text, span)
        surely = spot.slip is Slip.SHARP or heaviest_sentence(spot.message, spot.slip)[1]
        if (start, end) == (0, len(text)) or not surely:
            return "this line"
        return f"“{text[start:end].rstrip('.')}”"


def _heavy(spot: Spot) -> Span:
    """The sentence that weighs most: of an edge the sharpest."""
    if spot.slip is Slip.SHARP:
        return sharpest_sentence(spot.message)[0]
    return heaviest_sentence(spot.message, spot.slip)[0]


def _practice_code(spot: Spot) -> str:
    return "hostile" if spot.code in HOSTILE_CODES or spot.code == "edge" else spot.code
