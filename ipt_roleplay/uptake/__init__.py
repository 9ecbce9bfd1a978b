"""What a message means in its scenario: goals said, concerns met, topics, questions.

`take` compares the message with the author's examples (`matching`) and decides with a
logistic regression a kind, trained by `evals/train_uptake.py` on hand-labelled messages;
its figure on scenarios held out from training is printed by `evals/run_evals.py`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.domain import GoalKind, Move, Reading, Scenario, Style, Uptake
from ipt_roleplay.reading import read
from ipt_roleplay.uptake.judging import Item, Shares
from ipt_roleplay.uptake.matching import FEATURES, Cut, cut, features, stems

__all__ = [
    "COLUMNS",
    "FEATURES",
    "KINDS",
    "Kind",
    "asking",
    "closed",
    "columns",
    "cut",
    "items_of",
    "likelihoods",
    "stems",
    "take",
]

Kind = Literal["goal", "concern", "topic", "question"]
KINDS: tuple[Kind, ...] = ("goal", "concern", "topic", "question")
SHARES: Shares = ((1, 0.3, 0.3, 0.3), (1, 1, 1, 1), (0, 0, 1, 0), (1, 1, 1, 1))
"""Which texts each kind is told from, kinds as in `KINDS`. A goal's examples speak of topics
too, without being listed there: they are no evidence against a topic."""

TELLING: tuple[Move, ...] = (
    Move.REQUEST,
    Move.LIMIT,
    Move.NEED,
    Move.FEELING,
    Move.DISCLOSURE,
    Move.COMPROMISE,
    Move.VALIDATION,
    Move.REFLECTION,
    Move.OPEN_QUESTION,
    Move.OWNERSHIP,
    Move.SELF_SILENCING,
    Move.HINT,
    Move.DISMISSAL,
    Move.BLAME,
    Move.CONTEMPT,
    Move.DEFENCE,
    Move.APPRECIATION,
    Move.GENERALISATION,
    Move.MIND_READING,
)
STYLES: tuple[Style, ...] = tuple(Style)
"""Moves and styles whose probability tells whether words near a goal or concern really say or meet
it."""

_SUITS: dict[GoalKind, tuple[Move, ...]] = {
    GoalKind.ASK: (Move.REQUEST, Move.COMPROMISE, Move.NEED),
    GoalKind.SUPPORT: (Move.REQUEST, Move.NEED),
    GoalKind.CONTACT: (Move.REQUEST, Move.NEED, Move.APPRECIATION),
    GoalKind.LIMIT: (Move.LIMIT, Move.REQUEST),
    GoalKind.TELL: (Move.DISCLOSURE, Move.FEELING, Move.NEED),
    GoalKind.FAREWELL: (Move.FEELING, Move.APPRECIATION, Move.DISCLOSURE),
}
_HEARS = (Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION, Move.OWNERSHIP)
ANNOUNCED = 0.97
"""How likely a goal must be in a message that announces something, for it to be said already."""
COLUMNS = (*FEATURES, "suits", *(str(code) for code in (*TELLING, *STYLES)))

_REQUEST = re.compile(
    r"^(?:(?:so|and|but|ok|okay|please|well|look|mum|mam|dad)[ ,]+)*"
    r"(?:can|could|would|will|won't) (?:you|we)\b"
)
_TAG = re.compile(r"\b(?:right|ok|okay|yeah|huh|eh|isn't it|aren't you|don't you|no)\s*\?$")
_ASIDE = r"^(?:(?:so|and|but|ok|okay|well|look|honestly|then|mum|mam|dad|[a-z]+,)[ ,]+)*"
_HELPS = (
    r"(?:is|are|am|was|were|do|does|did|have|has|had|should|would|will|can|could|might|must|may|shall)"
    r"(?:n't)?"
)
_ASKS = re.compile(
    rf"{_ASIDE}(?:(?:what|how|why|when|where|who|which)(?:'s|'re|'d)? (?:\w+ ){{0,3}}?{_HELPS}\b"
    rf"|(?:what|who|where|how)'s\b|{_HELPS} (?:i|you|he|she|it|we|they|there|that|this)\b"
    r"|(?:is|are|does|did|has) (?!\w+ing\b)\w+)"
)
"""An offer and a permission are asked as well; a request for an act is not."""


_AGREES = re.compile(
    r"^(?:(?:oh|ah|well|right|so|haha|lol|thank (?:you|god)|thanks|[a-z]+,)[ ,.!]+)*"
    r"(?:ok(?:ay)?|yes|yeah|yep|aye|deal|done|agreed|fine by me|perfect|brilliant|great|good"
    r"|that(?:'s| is| would be|'d be| will be|'ll be) (?:\w+ )?"
    r"(?:enough|fine|great|good|perfect|fair|plenty|lovely|a help|a start|all i)"
    r"|(?:that|it) (?:works|would help|helps)|i(?:'ll| will|'d| would) take (?:that|it)"
    r"|let(?:'s| us) do"
    r"|sounds (?:good|fair|fine)|(?:\w+ ){1,5}(?:is|would be) (?:plenty|enough|more than enough))\b"
    r"(?! and no)"
)
_OPENS = re.compile(
    r"^.{0,30}\b(?:can|could|may) (?:we|i) (?:talk|have a (?:word|chat|minute)|ask you"
    r"|say something|tell you)"
    r"|\b(?:got|have) (?:a |five |ten |two )?(?:minutes?|moment|sec|second)\b"
    r"|^.{0,40}\b(?:something (?:\w+ )?to (?:tell|say to|ask) you|(?:need|want) to talk)\b.{0,40}$"
    r"|\b(?:need|want|have|got|going) to (?:tell|ask) you something\b"
    r"|\bsomething i(?:'ve got|'ve| have| need| want|'d like) to (?:tell|say|ask|talk)\b"
    r"|\b(?:want|need) to talk (?:to you|with you|about)\b"
)
"""How people begin: it asks for the other's ear, which a scenario may know as a question."""
_CLOSED = re.compile(
    rf"{_ASIDE}(?:{_HELPS}|when|where|who|whose|which|what (?:time|day|date|year|number)"
    r"|how (?:long|many|much|old|often|far|soon|late|big|bad))\b|\bor\b[^?]*\?$"
)
"""What a memory or a feeling is no answer to."""
_OPEN = re.compile(r"\b(?:what|how|why|tell me)\b")
_TAKES_BACK = re.compile(r"\b(?:but|though|yet|except|not enough|still no)\b")


@dataclass(frozen=True)
class _Model:
    weights: NDArray[np.float64]
    bias: float
    threshold: float


def take(context: str, text: str, scenario: Scenario) -> Uptake:
    """What `text`, said after the other's line `context`, means in `scenario`.

    Empty text is silence. Never raises for any text.
    """
    if not text.strip():
        return Uptake(silent=True)
    reading = read(context, text)
    message = cut(text)
    opening = _opening(text)
    asked = asking(text) or opening
    question = _chosen("question", cut(asked), reading, scenario) if asked else ()
    return Uptake(
        goals=_chosen("goal", message, reading, scenario, ANNOUNCED if opening else 0.0),
        concerns=_chosen("concern", message, reading, scenario),
        topics=_chosen("topic", message, reading, scenario),
        question=next(iter(question), None),
        asks=bool(asked),
        closed=closed(text),
        agrees=agrees(text),
    )


def likelihoods(context: str, text: str, scenario: Scenario) -> dict[str, float]:
    """How far `text` speaks for having said each goal and met each concern, by id, 0–1. A scale,
    no frequency: `take` counts a goal from 0.9 and a concern from 0.81 on."""
    if not text.strip():
        return {}
    reading, message = read(context, text), cut(text)
    goals = _chances("goal", message, reading, scenario)
    return goals | _chances("concern", message, reading, scenario)


def asking(text: str) -> str:
    """The sentences that really ask something (no request in question form, no tag), joined by
    spaces; empty where none does."""
    return " ".join(part for part in _sentences(text) if _asks(part.lower().replace("’", "'")))


def closed(text: str) -> bool:
    """Whether its last question or request waits for a yes or no, a choice or a particular."""
    parts = [part.lower().replace("’", "'") for part in _sentences(text)]
    asked = [part for part in parts if _asks(part) or _REQUEST.match(part)]
    if not asked:
        return False
    last = asked[-1]
    return bool(_REQUEST.match(last) or _CLOSED.search(last)) or not _OPEN.search(last)


def _opening(text: str) -> str:
    """The sentence that asks for the other's ear; empty where none does."""
    return next((part for part in _sentences(text) if _OPENS.search(part.lower())), "")


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?\n])\s+", text.strip())


def _asks(sentence: str) -> bool:
    if _REQUEST.match(sentence) or _TAG.search(sentence):
        return False
    open_ended = bool(_ASKS.match(sentence)) and len(sentence.split()) > 2 and "." not in sentence
    return sentence.endswith("?") or open_ended


def agrees(text: str) -> bool:
    """Whether a sentence of the text says yes to something, and nothing takes it back."""
    plain = text.lower().replace("’", "'").strip()
    says_yes = any(_AGREES.match(part) and not part.endswith("?") for part in _sentences(plain))
    return says_yes and not _TAKES_BACK.search(plain)


def items_of(kind: Kind, scenario: Scenario) -> tuple[Item, ...]:
    """The scenario's items of one kind, in the order of the file."""
    if kind == "goal":
        return tuple(Item(one.id, one.examples, one.near_misses) for one in scenario.goals)
    if kind == "concern":
        return tuple(Item(one.id, one.examples, one.near_misses) for one in scenario.concerns)
    if kind == "topic":
        return tuple(Item(one.id, one.examples) for one in scenario.topics)
    return tuple(Item(one.id, one.examples) for one in scenario.questions)


def columns(kind: Kind, message: Cut, reading: Reading, scenario: Scenario) -> NDArray[np.float64]:
    """One row of `COLUMNS` per item of `kind`: what the decision rests on."""
    groups = tuple(items_of(one, scenario) for one in KINDS)
    close = features(message, groups, KINDS.index(kind), SHARES)
    chance = [reading.move_probabilities.get(move, 0.0) for move in TELLING]
    chance += [reading.style_probabilities.get(style, 0.0) for style in STYLES]
    rows = []
    for position, row in enumerate(close):
        suits: tuple[Move, ...] = _HEARS
        if kind == "goal":
            suits = _SUITS[scenario.goals[position].kind]
        fit = max(reading.move_probabilities.get(move, 0.0) for move in suits)
        rows.append([*row, fit, *chance])
    return np.array(rows, dtype=np.float64)


def _chosen(
    kind: Kind, message: Cut, reading: Reading, scenario: Scenario, at_least: float = 0.0
) -> tuple[str, ...]:
    """Ids whose probability reaches the threshold, likeliest first."""
    chances = _chances(kind, message, reading, scenario)
    ranked = sorted(((chance, one) for one, chance in chances.items()), reverse=True)
    least = max(at_least, _models()[kind].threshold)
    return tuple(one for chance, one in ranked if chance >= least)


def _chances(kind: Kind, message: Cut, reading: Reading, scenario: Scenario) -> dict[str, float]:
    model = _models()[kind]
    logits = columns(kind, message, reading, scenario) @ model.weights + model.bias
    chances = (1 / (1 + np.exp(-logits))).tolist()
    ids = [one.id for one in items_of(kind, scenario)]
    return dict(zip(ids, chances, strict=True))


@lru_cache(maxsize=1)
def _models() -> dict[str, _Model]:
    text = (resources.files("ipt_roleplay.uptake") / "weights.json").read_text("utf-8")
    stored = json.loads(text)
    return {
        kind: _Model(
            np.array([stored[kind]["weights"].get(name, 0.0) for name in COLUMNS]),
            stored[kind]["bias"],
            stored[kind]["threshold"],
        )
        for kind in KINDS
    }
