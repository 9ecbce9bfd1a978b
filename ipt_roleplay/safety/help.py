"""Help cards and check-in lines: what is said out of role when a message speaks of risk."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib import resources as package_files
from typing import Literal
from urllib.parse import urlsplit

from ipt_roleplay.documents import parse_yaml
from ipt_roleplay.domain import Frozen, Risk, Screening, Text
from ipt_roleplay.safety import wording
from ipt_roleplay.safety.sign import SELF_RISKS

ANYWHERE = "international"

Need = Literal["suicide", "domestic", "child", "emergency"]

_NEED: dict[Risk, Need] = {
    Risk.SUICIDE: "suicide",
    Risk.SELF_HARM: "suicide",
    Risk.HARM_TO_OTHER: "suicide",
    Risk.DANGER_FROM_OTHER: "domestic",
    Risk.CHILD_AT_RISK: "child",
    Risk.OVERDOSE: "suicide",
    Risk.DISTRESS: "suicide",
    Risk.UNKNOWN: "suicide",
}
_EMERGENCY_FIRST = frozenset(Risk) - {Risk.SELF_HARM, Risk.DISTRESS, Risk.UNKNOWN}


class Resource(Frozen):
    """One place of help. `contact` is a number or a few words, printed as it stands."""

    name: Text
    helps_with: tuple[Need, ...]
    contact: Text
    url: str = ""
    hours: str = ""
    source: Text


class _Country(Frozen):
    name: Text
    resources: tuple[Resource, ...]


class _Listing(Frozen):
    checked: Text
    last_verified: date
    countries: dict[str, _Country]


class Card(Frozen):
    """A help card. Shown out of role; the conversation stays open around it.

    `noticed` says in plain words why it is shown, `question` is the only question,
    `calm_note` what happens to the rehearsal.
    """

    title: str
    noticed: str
    text: str
    question: str
    resources: tuple[Resource, ...]
    calm_note: str


def countries() -> tuple[str, ...]:
    """Codes of the countries with listed help; the last is `international`."""
    return tuple(_listing().countries)


def country_code(code: str) -> str:
    """The code of `countries` that `code` means, in either case; else `international`."""
    return next((one for one in countries() if one.lower() == code.lower()), ANYWHERE)


def country_name(code: str) -> str:
    """The name to show for a code of `countries`; unknown codes count as international."""
    return _country(code).name


def last_verified() -> date:
    """The day on which the listing was last compared with published numbers."""
    return _listing().last_verified


def resources(country: str, risk: Risk | None) -> tuple[Resource, ...]:
    """Help for `risk` in `country`, most urgent first, with the international entry last.

    A country that is not listed gets the international help alone.
    """
    risk = risk or Risk.UNKNOWN
    here, anywhere = _country(country).resources, _country(ANYWHERE).resources
    fitting = [one for one in here if _NEED[risk] in one.helps_with]
    urgent = [one for one in here if "emergency" in one.helps_with]
    first = urgent + fitting if risk in _EMERGENCY_FIRST else fitting + urgent
    rest = [one for one in anywhere if _NEED[risk] in one.helps_with]
    return tuple(dict.fromkeys((*first, *rest)))


@cache
def every_contact() -> frozenset[str]:
    """Digits of every listed number, and host of every listed link without `www.`."""
    listed = [one for country in _listing().countries.values() for one in country.resources]
    hosts = (urlsplit(one.url).netloc.removeprefix("www.") for one in listed)
    numbers = (re.sub(r"\D", "", part) for one in listed for part in one.contact.split(" or "))
    return frozenset(part for part in (*hosts, *numbers) if part)


def card(screening: Screening, country: str = ANYWHERE, turn: int = 0) -> Card:
    """The card for an acute message. `turn` varies title and question, nothing else."""
    risk = screening.concern or Risk.UNKNOWN
    words = wording.CARDS[risk]
    return Card(
        title=words.titles[turn % len(words.titles)],
        noticed=words.noticed,
        text=f"{words.text} {wording.WHAT_THIS_IS}",
        question=words.questions[turn % len(words.questions)],
        resources=resources(country, risk),
        calm_note=wording.CLOSING_NOTE if risk in SELF_RISKS else wording.CALM_NOTE,
    )


def check_in_line(screening: Screening, turn: int) -> str:
    """One line out of role for an indirect sign; the same turn gives the same line."""
    lines = wording.CHECK_INS[screening.concern or Risk.UNKNOWN]
    return lines[turn % len(lines)]


def _country(code: str) -> _Country:
    return _listing().countries[country_code(code)]


@cache
def _listing() -> _Listing:
    name = "safety_resources.yaml"
    text = (package_files.files("ipt_roleplay") / name).read_text(encoding="utf-8")
    return _Listing.model_validate(parse_yaml(text, name).value)
