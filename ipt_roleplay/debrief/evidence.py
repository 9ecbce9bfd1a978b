"""Which messages a rating rests on: those that show a skill most, and those that show its lack.

Logistic regressions, two a skill, over how a message reads, how the line before it does, what a
teacher would praise in it and which slip one would see. Trained by `evals/train_evidence.py` on
rehearsals in which careful raters named these messages.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.debrief.merit import PRAISED, merit
from ipt_roleplay.debrief.talk import Message
from ipt_roleplay.debrief.weighing import MOVES, Chances, Slip, chance_of
from ipt_roleplay.domain import Reading, Skill, Style
from ipt_roleplay.linear import load_weights
from ipt_roleplay.reading import read

FILE = Path(__file__).with_name("evidence_weights.npz")
COUNTED = 8
"""Features that are neither moves nor styles, praise or slips."""
FEATURES = 2 * (len(MOVES) + len(Style)) + len(PRAISED) + len(Slip) + COUNTED
MOST = 3
"""So many messages stand for a skill."""
LEAST, BESIDE = 0.45, 0.5
"""How likely a rater must name a message for it to stand beside the likeliest one, by itself and
for every unit of that one. Of 1,352 messages so named for high levels in 139 rehearsals, by weights
that hadn't seen their round, 78 % are among those that a rater named for the skill; of those that
were named by what a teacher would praise it was 59 %."""

Floats = NDArray[np.float64]


def shown(
    skill: Skill, among: Collection[int], spoken: Sequence[Message], rows: Floats
) -> list[int]:
    """The numbers of up to three of the messages `among`, the likeliest to show the skill first.
    `rows`: the `features` of those `spoken`."""
    return surest(among, spoken, _chances(rows)[:, 2 * tuple(Skill).index(skill)])


def lacked(
    skill: Skill, among: Collection[int], spoken: Sequence[Message], rows: Floats
) -> list[int]:
    """The same for its lack."""
    return surest(among, spoken, _chances(rows)[:, 2 * tuple(Skill).index(skill) + 1])


def features(spoken: Sequence[Message], chances: Mapping[int, Chances]) -> Floats:
    """(messages, FEATURES). `chances`: by message number how likely each kind of slip is."""
    return np.array(
        [
            [
                *_read(message.reading),
                *(merit(message, move)[1] for move in PRAISED),
                *(chances[message.number][slip] for slip in Slip),
                *(_read(read("", message.before)) if message.before else _NOTHING),
                *_counted(message, place / len(spoken)),
            ]
            for place, message in enumerate(spoken)
        ],
        dtype=np.float64,
    )


_NOTHING = [0.0] * (len(MOVES) + len(Style))


def _read(reading: Reading) -> list[float]:
    styles = reading.style_probabilities
    return [chance_of(reading, one) for one in MOVES] + [styles.get(one, 0.0) for one in Style]


def _counted(message: Message, place: float) -> list[float]:
    text = message.text
    flags = (message.reading.unclear, message.begs, message.insults, message.borrowed)
    return [
        float(np.log1p(len(text.split()))),
        float("?" in text),
        place,
        float(place == 0),
        *(float(bool(one)) for one in flags),
    ]


def _chances(rows: Floats) -> Floats:
    """(messages, 12): for each skill how likely a rater names a message as showing it, and as
    showing its lack."""
    weights = load_weights(FILE)
    return np.asarray(1 / (1 + np.exp(-(rows @ weights["features"] + weights["bias"]))))


def surest(among: Collection[int], spoken: Sequence[Message], chances: Floats) -> list[int]:
    """The numbers of up to three messages `among` those `spoken`, the likeliest first: that one and
    whatever is likely enough beside it. `chances`: (messages,)."""
    likely = {
        one.number: float(chance)
        for one, chance in zip(spoken, chances, strict=True)
        if one.number in among
    }
    ranked = sorted(likely, key=lambda number: -likely[number])[:MOST]
    least = max(LEAST, BESIDE * likely[ranked[0]]) if ranked else LEAST
    return [one for place, one in enumerate(ranked) if place == 0 or likely[one] >= least]
