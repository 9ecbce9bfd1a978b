"""Where rehearsals are kept: sessions, their turns, and what was found in them."""

from ipt_roleplay.store.records import (
    Held,
    NewSession,
    Pending,
    SafetyEvent,
    SessionRecord,
    Status,
)
from ipt_roleplay.store.store import Store

__all__ = ["Held", "NewSession", "Pending", "SafetyEvent", "SessionRecord", "Status", "Store"]
