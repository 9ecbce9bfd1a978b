"""Lines labelled for the screening of risk: what it is trained on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ipt_roleplay.domain import Risk, Tier
from ipt_roleplay.safety.learned import CONCERNS

DATA = Path(__file__).parent / "datasets" / "screening"
CALIBRATION = frozenset({"days", "shifts", "orchards"})
"""Writers whom the encoder doesn't see, so that what is mixed with it can be set on them."""
SPOKEN_EVERY = 5
"""Every so many lines of the scenarios' personas are learnt by the encoder as harmless ones."""


def screening_rows() -> list[dict[str, Any]]:
    """Every line that may be trained on; `writer` is the file's name."""
    rows: list[dict[str, Any]] = []
    for file in sorted(DATA.glob("*.jsonl")):
        for row in map(json.loads, file.read_text("utf-8").splitlines()):
            if not file.stem.startswith("test-") and row.get("split") != "test":
                rows.append({**row, "writer": file.stem})
    return rows


def concern_marks(row: dict[str, Any]) -> list[bool]:
    """Any risk, acute risk, then `CONCERNS`; all danger to oneself counts as the first."""
    tier = Tier(row["tier"])
    risk = Risk(row["concern"]) if row["concern"] else None
    own = risk is not None and risk not in CONCERNS
    concern = Risk.SUICIDE if own else risk
    return [tier is not Tier.NONE, tier is Tier.ACUTE, *(concern is one for one in CONCERNS)]
