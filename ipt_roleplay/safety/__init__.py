"""The first safety screen: what a message says about risk, and what is said in answer.

    screen(text, earlier)            -> Screening   nothing, a check-in, or acute
    check_in_line(screening, turn)   -> str         one line out of role
    card(screening, country, turn)   -> Card        a pause, with help for the country
    resources(country, risk)         -> tuple[Resource, ...]

It reads the trainee's words only, in English, with no model and no network. It is not
clinically validated, and a quiet result is no finding that somebody is safe.
"""

from __future__ import annotations

from ipt_roleplay.safety.help import (
    ANYWHERE,
    Card,
    Resource,
    card,
    check_in_line,
    countries,
    country_code,
    country_name,
    last_verified,
    resources,
)
from ipt_roleplay.safety.screening import screen

__all__ = [
    "ANYWHERE",
    "Card",
    "Resource",
    "card",
    "check_in_line",
    "countries",
    "country_code",
    "country_name",
    "last_verified",
    "resources",
    "screen",
]
