"""One rehearsal from start to debrief: start · say · rewind · land · debrief.

The order of a turn is fixed: the screening of risk comes before anything else; the message
is held in the store before it is answered; a turn counts once its commit has returned.
"""

from __future__ import annotations

from ipt_roleplay.rehearsal.events import (
    Event,
    Failed,
    Partner,
    Paused,
    Replied,
    Sentence,
    Spending,
    View,
)
from ipt_roleplay.rehearsal.playing import Care, Played, Trainee, clean, decide, play, play_with
from ipt_roleplay.rehearsal.room import Room, check_ins, open_retriever

__all__ = [
    "Care",
    "Event",
    "Failed",
    "Partner",
    "Paused",
    "Played",
    "Replied",
    "Room",
    "Sentence",
    "Spending",
    "Trainee",
    "View",
    "check_ins",
    "clean",
    "decide",
    "open_retriever",
    "play",
    "play_with",
]
