"""Lines labelled for the screening of risk: what it is trained on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.talks import rehearsed, scripts
from ipt_roleplay.domain import Risk, Tier
from ipt_roleplay.safety.learned import CONCERNS
from ipt_roleplay.scenarios import all_lines, load_all

DATA = Path(__file__).parent / "datasets" / "screening"
CALIBRATION = frozenset({"days", "shifts", "orchards"})
"""Writers whom the encoder doesn't see, so that what is mixed with it can be set on them."""
SCRIPTS_KEPT_BACK = 3
"""Every so many of the scripted trainees' talks isn't learnt as harmless, so that it can be seen
what comes of new ones."""
PLAYERS = ("a", "b", "e", "f")
"""Players of whole rehearsals whose messages it learns as harmless; others are for testing."""


FEWEST_WORDS = 6
"""A shorter message whose danger lies in those before it ("Leave it.") teaches nothing alone."""


def screening_rows() -> list[dict[str, Any]]:
    """Every line that may be trained on; `writer` is the file's name."""
    rows: list[dict[str, Any]] = []
    for file in sorted(DATA.glob("*.jsonl")):
        for row in map(json.loads, file.read_text("utf-8").splitlines()):
            if _teaches(file.stem, row):
                rows.append({**row, "writer": file.stem})
    return rows


def _teaches(writer: str, row: dict[str, Any]) -> bool:
    if writer.startswith("test-") or row.get("split") == "test":
        return False
    leans = row.get("earlier") and row["tier"] != Tier.NONE
    return not leans or len(row["text"].split()) >= FEWEST_WORDS


def concern_marks(row: dict[str, Any]) -> list[bool]:
    """Any risk, acute risk, then `CONCERNS`; all danger to oneself counts as the first."""
    tier = Tier(row["tier"])
    risk = Risk(row["concern"]) if row["concern"] else None
    own = risk is not None and risk not in CONCERNS
    concern = Risk.SUICIDE if own else risk
    return [tier is not Tier.NONE, tier is Tier.ACUTE, *(concern is one for one in CONCERNS)]


def persona_lines() -> list[str]:
    """What the personas say: the encoder learns it as harmless."""
    return [line.say for one in load_all().values() for line in all_lines(one)]


def learnt_talk() -> list[str]:
    """What scripted trainees and players say, as far as the encoder learns it as harmless."""
    learnt = [one for number, one in enumerate(scripts()) if number % SCRIPTS_KEPT_BACK]
    said = [text for script in learnt for text in script.messages]
    said += [
        text
        for talk in rehearsed()
        for number, text in enumerate(talk.messages, start=1)
        if talk.player in PLAYERS and number not in talk.check_in
    ]
    return [text for text in dict.fromkeys(said) if text.strip()]
