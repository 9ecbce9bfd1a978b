"""What a sign of risk is, and the words that several signs share.

A sign is the core of what was said ("kill myself") as a pattern over plain text (see
`plain`). Whose words they are, whether they are denied, long past or made up is read from
around the core in `screening`. The patterns were written for this product from plain
descriptions of warning signs; none says how anything is done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ipt_roleplay.domain import Risk

ACUTE, INDIRECT, FAINT = 2, 1, 0
"""How much a sign weighs. A faint one counts only after an acute message."""

SELF_RISKS = frozenset({Risk.SUICIDE, Risk.SELF_HARM, Risk.OVERDOSE, Risk.DISTRESS})
"""Dangers to the writer by their own hand."""


@dataclass(frozen=True)
class Sign:
    """`core` is searched in plain text; `along` must then stand somewhere in the message.

    `own`: means the writer only if the sentence is about the writer.
    """

    core: re.Pattern[str]
    risk: Risk
    weight: int
    own: bool = True
    along: re.Pattern[str] | None = None


def signs(
    risk: Risk, weight: int, *cores: str, own: bool = True, along: str | None = None
) -> tuple[Sign, ...]:
    """One sign for each pattern, all alike but for the core.

    A core begins where a word begins; the space before it belongs to the match, which
    lets the search skip from space to space.
    """
    need = re.compile(f" (?:{along})") if along else None
    return tuple(Sign(re.compile(f" (?:{core})"), risk, weight, own, need) for core in cores)


KIN = (
    r"(?:husband|wife|partner|boyfriend|girlfriend|spouse|ex|fiancee?|dad|father|mum|mother"
    r"|parents|family|brothers?|sisters?|sons?|daughters?|uncle|aunt|cousin|grandad|gran"
    r"|grandmother|grandfather|step ?(?:dad|father|mum|mother|brother|sister)|in laws?)"
)
OTHERS = (
    rf"(?:{KIN}|boss|manager|roommate|flatmate|neighbour|teacher|colleague|coworker|landlord"
    r"|classmates?|mate|friend)"
)
YOUNG = (
    r"(?:baby|child|children|kids?|sons?|daughters?|toddler|newborn|stepson|stepdaughter|girls|boys|pupils"
    r"|little (?:ones?|boy|girl|brother|sister)|niece|nephew|\w+ year old|boy|girl)"
)
GOING = (
    r"(?:going to|will|plan to|planning to|planning on|intend to|decided to|ready to|got to"
    r"|about to|swear to god i will)"
)
END = r"(?= (?:\.|and|but|or|because|$))"
