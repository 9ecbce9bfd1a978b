"""The debrief's sentences: written templates, chosen by what happened and varied by a seed.

Titles and sentences by code are in `words.yaml`; here are the shorter lists and what fills them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipt_roleplay.debrief.weighing import Slip
from ipt_roleplay.documents import parse_yaml, read_text
from ipt_roleplay.domain import Act, Outcome, Skill, Style

PRONOUNS: dict[str, dict[str, str]] = {
    "she": {"they": "she", "them": "her", "their": "her"},
    "he": {"they": "he", "them": "him", "their": "his"},
    "they": {"they": "they", "them": "them", "their": "their"},
}

LANDED: dict[Act, str] = {
    Act.SOFTEN: "{name} eased a little",
    Act.ACKNOWLEDGE: "{name} let you know that it had landed",
    Act.CONFIDE: "{name} told you a little more",
    Act.REVEAL: "{name} told you what {they} had kept back",
    Act.OFFER_PARTIAL: "{name} made you an offer",
}
"""What the other did after a message, where it can be said of any line that they speak so."""


@dataclass(frozen=True)
class Way:
    """What is said of one code: a title, and sentences of which one is chosen. `failure`: which of
    the failures it is that communication analysis looks for (Klerman et al. 1984); `concept`: what
    it is about in the terms of books, by which a source of one's own is searched; `answers`: that
    what the other had said before is what it is about; `trains`: the skill that an exercise
    trains."""

    title: str
    says: tuple[str, ...]
    failure: str = ""
    concept: str = ""
    answers: bool = False
    trains: Skill | None = None


def _load() -> dict[str, dict[str, Any]]:
    """The file by its parts: it ships with the program and is tested with it."""
    file = Path(__file__).with_name("words.yaml")
    told: dict[str, dict[str, Any]] = parse_yaml(read_text(file), file.name).value
    return told


def _way(told: dict[str, Any]) -> Way:
    trains = Skill(told["trains"]) if "trains" in told else None
    return Way(**{**told, "says": tuple(told["says"]), "trains": trains})


_TOLD = _load()
WORKED, MOMENTS, PRACTISE = (
    {code: _way(one) for code, one in _TOLD[part].items()}
    for part in ("worked", "moments", "practise")
)
"""What worked, what turned the talk, what to practise."""
TO_TRY = {kind: tuple(says) for kind, says in _TOLD["to_try"].items()}
"""What is offered where nothing that was missed gives an exercise."""

MAYBE: dict[Slip, str] = {
    Slip.PAST: "what {they} had just said may have gone by",
    Slip.SHARP: "it may have come across with an edge",
    Slip.SMALL: "your own side may have got smaller than you meant",
    Slip.UNCLEAR: "what you wanted may not have been plain",
    Slip.EXPLAINS: "it may have sounded like reasons for yourself",
    Slip.SOOTHED: "comfort may have come before there was room for what it was about",
}
"""What may have gone wrong in a line, where no one kind of slip stands out."""
PUT_RIGHT = (
    "You put it right yourself, in message {number}.",
    "In message {number} you went back to it of your own accord.",
    "You heard it yourself: message {number} mends it.",
)
"""What is added where the next message mends what was missed."""

WROTE = "You wrote of it, it seems: “{note}”"
"""What stands beside a place to go back to that the trainee probably meant in their note."""
ASKING_AFTER = (
    "What makes this hard for you?",
    "What worries you about it?",
    "What am I missing?",
    "How has it been for you?",
    "What is it about this that you mind?",
)
TAKING_IN = (
    "I didn't know that. Thank you for telling me.",
    "Wait, I don't want to run past that. How has it been for you?",
    "I hadn't thought of that. What was the worst of it?",
    "That's new to me. Would you tell me a little more?",
    "I'm glad you said that. I'd like to hear more of it.",
)
"""Examples of another way where a scenario can't know what fits."""


SKILL_NAMES: dict[Skill, str] = {
    Skill.EXPRESSES: "Saying how it is for you",
    Skill.DESCRIBES: "Staying with what happened",
    Skill.ASKS: "Asking and setting limits",
    Skill.LISTENS: "Listening",
    Skill.STEADY: "Staying steady",
    Skill.WORKS_IT_OUT: "Working it out",
}

TRAINING: dict[Skill, str] = {
    Skill.EXPRESSES: "saying how it is for you",
    Skill.DESCRIBES: "staying with what happened",
    Skill.ASKS: "asking and setting limits",
    Skill.LISTENS: "listening",
    Skill.STEADY: "staying steady",
    Skill.WORKS_IT_OUT: "working things out",
}
"""The same in a sentence on where to practise them."""

STYLE_NAMES: dict[Style, str] = {
    Style.ASSERTIVE: "open and respectful",
    Style.AGGRESSIVE: "an attack",
    Style.PASSIVE: "giving up your side",
    Style.PASSIVE_AGGRESSIVE: "a sideways hit",
    Style.NEUTRAL: "neutral",
}

OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.AGREEMENT: "You agreed on something",
    Outcome.PARTIAL: "You came away with something",
    Outcome.NEXT_STEP: "There is a next step",
    Outcome.LIMIT_HELD: "Your limit stands",
    Outcome.UNDERSTOOD: "You were understood",
    Outcome.SUPPORT_GIVEN: "You have support",
    Outcome.PARTED_WELL: "You parted well",
    Outcome.TIME_OUT: "The time ran out",
    Outcome.GAVE_IN: "Your own side got lost",
    Outcome.IMPASSE: "No agreement this time",
    Outcome.RUPTURE: "It broke off",
    Outcome.STOPPED: "You stopped here",
}

FIXED_LINE = "This shows how this character reacts; the real person may differ."
NOTHING_TO_GO_ON = "There was too little said to go on. That is fine: stopping early is a way to use this room too."


def pick(options: tuple[str, ...], told: Collection[str], *salt: object) -> str:
    """One of the options, always the same one for the same salt; where there is another, none
    whose sentence stands in what was `told` lately."""
    fresh = [one for one in options if not any(_core(one) in text for text in told)]
    digest = hashlib.sha256("|".join(str(one) for one in salt).encode()).digest()
    among = fresh or list(options)
    return among[digest[0] % len(among)]


def _core(template: str) -> str:
    """The longest part of a template that is the same whoever it is about."""
    return max(re.split(r"\{\w+\}", template), key=len).strip()


def fill(template: str, name: str, pronouns: str, concern: str = "", **slots: str) -> str:
    """A template with the other person's name, pronouns and agreeing verbs put in, and whatever
    else it names."""
    words = PRONOUNS[pronouns]
    plural = pronouns == "they"
    verbs = {
        "are": "are" if plural else "is",
        "were": "were" if plural else "was",
        "see": "see" if plural else "sees",
        "push": "push" if plural else "pushes",
        "soften": "soften" if plural else "softens",
        "say": "say" if plural else "says",
        "make": "make" if plural else "makes",
        "ask": "ask" if plural else "asks",
        "do": "do" if plural else "does",
    }
    return template.format(
        name=name,
        concern=concern,
        **slots,
        They=words["they"].capitalize(),
        their_cap=words["their"].capitalize(),
        **words,
        **verbs,
    )
