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
    Act.CONFIDE: "{name} told you a little more",
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

TO_TRY: dict[str, tuple[str, ...]] = {
    "noticed": (
        "You wrote: “{note}”. If that was in message {number}, take the talk back there and say it "
        "the way you wish you had.",
        "“{note}”, you wrote. Look at message {number}: is that the place? Then it is the one to "
        "try again, and you know best what to change.",
        "You noticed it yourself: “{note}”. Go to message {number}, if that is where it was, and "
        "let the next try be about that one line.",
    ),
    "noticed_somewhere": (
        "You wrote: “{note}”. You know best where that was. Take the talk back to it, and say it "
        "the way you wish you had.",
        "“{note}”, you wrote. Find that place in the talk and give it one more try; the rest can "
        "stay as it is.",
        "You noticed it yourself: “{note}”. Go back to where it was, and let the next try be about "
        "that one line.",
    ),
    "unsaid": (
        "Not said yet: {goal}. Put it into one sentence, aloud, as you would say it to {them}. "
        "Then play the scene again and let it come early, before the talk has a life of its own.",
        "One thing that you came with is still with you: {goal}. Go back to a quiet place in the "
        "talk and say just that, in a sentence that {name} could answer.",
        "You still have this to say: {goal}. It needn't be said well. Say it once in your own "
        "words, stop there, and see what {name} does with it.",
        "There was something that you wanted to say and that didn't get its turn: {goal}. Try the "
        "talk once more with that as the only thing you have to do.",
    ),
    "taken_back": (
        "After message {number} {name} took back what had been offered. Go back to just before it, "
        "say first what is good about the offer, and leave the rest for another day.",
        "There was an offer, and after message {number} it was gone. The place to try again is "
        "that message: what would you say there to somebody who has just given you something?",
        "An offer is easily scared away. Take the talk back to message {number}, and answer "
        "nothing but the offer: that you heard it, and what it means to you.",
    ),
    "unseen": (
        "What {name} would have wanted you to see is {concern}. One question might do, asked to "
        "know: “What makes this hard for you?” Put it where {they} drew back, and take the answer "
        "in before you go on.",
        "You had your say; {name} had one thing that wasn't touched: {concern}. Play it again and "
        "find that out before you ask for anything.",
        "There was more behind it for {name}: {concern}. Try to get there by asking, not by "
        "guessing: one open question, and then nothing until you have an answer.",
    ),
    "again": (
        "Take message {number} again. Keep what you meant, begin with what you had heard, and see "
        "how {name} takes that.",
        "Message {number} is a good place to come back to. Say it once more as you would to "
        "somebody who is already on your side.",
        "Go back to message {number} and try two other ways of saying it, one shorter and one "
        "warmer. Which of them sounds like you?",
        "Before you play it again, read message {number} as if it had been said to you. Then say "
        "it so that you'd want to answer.",
    ),
    "keep": (
        "One line of yours is ready for the real talk: “{quote}” (message {number}). Say it aloud "
        "until it comes by itself, and think of what you would say next if the answer were no.",
        "Keep this one: “{quote}”, from message {number}. Play the talk once more a level harder, "
        "say it just so, and stay with it when {they} {push} back.",
        "“{quote}”: that was message {number}, and it is worth having by heart. Change a word or "
        "two until it fits the real person, and say it once to somebody who will listen.",
        "Take your message {number} along: “{quote}”. The real talk may answer it with a longer "
        "silence than this one did. Say it again, and practise waiting after it.",
    ),
    "choose": (
        "Choose the line of yours that you would most like to have again. Take the talk back to it, "
        "and say it as you'd say it now.",
        "Which moment was the hardest to answer? Go back to it, let one breath pass, and answer it "
        "once more.",
        "Pick the line of {name}'s that stayed with you. Take the talk back to it, and answer only "
        "that.",
        "If you rehearse this again, change one thing of your own choosing and leave the rest, so "
        "that you can see what it does.",
        "Is there something that you swallowed here? Find the place where it belonged, and try it "
        "there in one sentence.",
    ),
}
"""What is offered where nothing that was missed gives an exercise."""


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
