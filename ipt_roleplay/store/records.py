"""The values that go into the store and come out of it. All are frozen."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from ipt_roleplay.domain import Frozen, Outcome, Scenario, Screening

Status = Literal["open", "paused", "landed", "debriefed"]
"""Where a session stands: talking, stopped by the screening, over, over and looked back on."""

Seed = Annotated[int, Field(ge=0, lt=2**63)]
Difficulty = Annotated[int, Field(ge=1, le=5)]


class NewSession(Frozen):
    """What a session starts from. The scenario is kept as it is now, whatever becomes of
    its file; `screening` is what was found in words written before the talk."""

    scenario: Scenario
    seed: Seed
    difficulty: Difficulty = 3
    actor: str = "authored"
    screening: Screening = Screening()


class SessionRecord(Frozen):
    """A session as it stands now.

    `paused` is what the screening found last, while the status is "paused". `created` is in
    UTC. `head_turn` is the number of the last turn on the present branch, 0 before the first.
    """

    id: str
    scenario: Scenario
    seed: Seed
    difficulty: Difficulty
    actor: str
    status: Status
    paused: Screening | None
    created: datetime
    head_turn: int
    outcome: Outcome | None


class Pending(Frozen):
    """A message taken in and not answered yet; `key` is the sender's name for it."""

    text: str
    key: str


class Held(Frozen):
    """What became of a message handed in. `turn_id` is given when it is answered already."""

    state: Literal["new", "pending", "answered"]
    turn_id: int | None = None


class SafetyEvent(Frozen):
    """One finding of the screening. `turn` is the number of the turn that the text would
    have been (0: before the talk); `text_kept` tells whether the text is in the store."""

    turn: int = Field(ge=0)
    screening: Screening
    text_kept: bool
