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
    Act.CONFIDE: "{name} told you how it is for {them}",
    Act.REVEAL: "{name} told you what {they} had kept back",
    Act.ASK_FOR_TIME: "{name} asked for time",
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


def _load() -> tuple[dict[str, Way], dict[str, Way], dict[str, Way]]:
    """What worked, what turned the talk, what to practise. The file ships with the program and is
    tested with it."""
    file = Path(__file__).with_name("words.yaml")
    told = parse_yaml(read_text(file), file.name).value
    parts = [
        {code: _way(one) for code, one in told[part].items()}
        for part in ("worked", "moments", "practise")
    ]
    return parts[0], parts[1], parts[2]


def _way(told: dict[str, Any]) -> Way:
    trains = Skill(told["trains"]) if "trains" in told else None
    return Way(**{**told, "says": tuple(told["says"]), "trains": trains})


WORKED, MOMENTS, PRACTISE = _load()

COUNTED_ON = (
    "What did you count on from {name} without saying it, and what did {name} seem to count on from "
    "you? Would either of you have known?",
    "Is there something that you took for granted in {name}, and something that {name} took for "
    "granted in you? Which of the two was said aloud?",
    "If {name} had to say what you expect, what would it be, and would it be right? And the other "
    "way round?",
    "What would {name} have had to know about you to answer otherwise? And what do you not know yet "
    "about {name}?",
    "Whose wish was heard more in this talk, yours or {name}'s? What stayed unsaid on the other "
    "side?",
    "What had the two of you never agreed on, and each believed to be clear?",
)
"""What is asked about expectations that nobody else can know."""
TO_TRY = (
    "This moment calls for one more thing, which is easily left out: “{call}” Did you come to it? If "
    "not, take the talk back to where it could have come.",
    "Look for this in what you said: “{call}” Where it is missing, go back to that place and try it "
    "there.",
    "If you rehearse it again, do one thing and let the rest go as it goes: “{call}”",
    "Of what this moment calls for, this may be the part that comes hardest: “{call}” Where in the "
    "talk would you put it?",
)
"""What is offered to practise where nothing in the talk calls for one exercise: the part of what the
moment calls for, in the words of the scenario's author, that they were farthest from."""
_TASK = re.compile(
    r"\b(?:say|saying|tell|telling|ask|asking|find out|finding out|let|letting|give|giving|look"
    r"|wonder|make room|makes room|bring|leaving)\b",
    re.IGNORECASE,
)
SHORTEST_TASK = 6
"""In words; a shorter one leans on what stood before it."""
_JOINED = re.compile(r"(?<=[.;:])\s+")


def tasks(calls_for: str) -> list[str]:
    """The things to do that a text on what a moment calls for names, each in its own words."""
    parts = [one.strip(" .;:").removeprefix("and ") for one in _JOINED.split(calls_for)]
    return [one for one in parts if _TASK.search(one) and len(one.split()) >= SHORTEST_TASK]


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


def fill(template: str, name: str, pronouns: str, concern: str = "") -> str:
    """A template with the other person's name, pronouns and agreeing verbs put in."""
    words = PRONOUNS[pronouns]
    plural = pronouns == "they"
    verbs = {
        "are": "are" if plural else "is",
        "were": "were" if plural else "was",
        "see": "see" if plural else "sees",
        "push": "push" if plural else "pushes",
        "soften": "soften" if plural else "softens",
    }
    return template.format(
        name=name,
        concern=concern,
        They=words["they"].capitalize(),
        their_cap=words["their"].capitalize(),
        **words,
        **verbs,
    )
