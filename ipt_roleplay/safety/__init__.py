"""The first safety screen: what a message says about risk, and what is said in answer.

    screen(text, earlier, known)     -> Screening   nothing, a check-in, or acute
    check_in_line(screening, turn)   -> str         one line out of role
    card(screening, country, turn)   -> Card        a pause, with help for the country
    resources(country, risk)         -> tuple[Resource, ...]
    threatens(text)                  -> bool        the patterns alone, for what no person says
    without_unlisted(text)           -> str         a persona's words, unlisted numbers removed

It reads the trainee's words only, in English, with no model and no network. It is not
clinically validated, and a quiet result is no finding that somebody is safe.
"""

from __future__ import annotations

from ipt_roleplay.safety.contacts import without_unlisted
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
from ipt_roleplay.safety.screening import screen, threatens
from ipt_roleplay.safety.sign import SELF_RISKS

__all__ = [
    "ANYWHERE",
    "SELF_RISKS",
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
    "threatens",
    "without_unlisted",
]
