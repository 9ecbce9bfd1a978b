"""What a rehearsal tells its page or terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ipt_roleplay import safety
from ipt_roleplay.domain import PersonaState, Reply, Turn, Usage
from ipt_roleplay.model import Fault
from ipt_roleplay.rehearsal.playing import Care
from ipt_roleplay.store import SessionRecord


@dataclass(frozen=True)
class Paused:
    """The role-play stops here: the person comes first. Nothing was sent to the persona."""

    card: safety.Card


@dataclass(frozen=True)
class Sentence:
    """What has been said of the reply so far."""

    reply: Reply


@dataclass(frozen=True)
class Replied:
    """The turn is stored and counts."""

    turn: Turn
    check_in: str


@dataclass(frozen=True)
class Failed:
    """No reply; the text stays pending and goes back into the box. `fault` names what a language
    model did; None where it was stopped by the trainee."""

    message: str
    text: str
    fault: Fault | None


Event = Paused | Sentence | Replied | Failed


@dataclass(frozen=True)
class Partner:
    """The language model that plays: its name, and the one host that is asked."""

    model: str
    host: str


@dataclass(frozen=True)
class Spending:
    """What a session's calls have used, of how many tokens, and about how many US dollars by a
    price list of `as_of`; None where the model isn't listed."""

    usage: Usage
    limit: int
    dollars: float | None
    as_of: str


@dataclass(frozen=True)
class View:
    """Everything that a page shows of a session. `check_ins`: lines out of role by turn."""

    session: SessionRecord
    turns: tuple[Turn, ...]
    state: PersonaState
    draft: str
    card: safety.Card | None
    check_ins: Mapping[int, str]
    care: Care
    spending: Spending | None

    @property
    def ended(self) -> bool:
        return self.state.outcome is not None

    @property
    def asked(self) -> bool:
        """Whether the last exchange brought a check-in."""
        return len(self.turns) in self.check_ins
