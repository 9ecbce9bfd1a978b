"""Which message a part of somebody's note on a talk is about.

A logistic regression over how like the message it is, in sense and in words, whether both stand at
the same place in talk and note (people tell what happened in its order), how likely the message is
a slip, and whether it puts something right or is put right by the next. Trained by
`evals/train_placing.py` on notes of which a reader said what each regret is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipt_roleplay.debrief.repairs import put_right, puts_right
from ipt_roleplay.debrief.talk import Message
from ipt_roleplay.encoder import sentence_vector
from ipt_roleplay.linear import load_weights
from ipt_roleplay.sentences import sentences

FILE = Path(__file__).with_name("placing_weights.npz")
FEATURES = 7
STEM = 5
"""In letters: so much of two words must be alike for them to count as one."""
_WORDS = re.compile(r"[a-z']{3,}")
_COMMON = frozenset(
    "the and that she her him his they them was were with when about just all too not had then"
    " what did out you for but have has should could would been will which must from into your"
    " about left got get".split()
)

Floats = NDArray[np.float64]


def placed(
    part: str, note: str, spoken: Sequence[Message], slips: Mapping[int, float]
) -> tuple[int, float]:
    """The number of the message that `part` of `note` is likeliest about, and how likely, 0–1.
    `slips`: how likely each of the messages, by its number, is a slip; there must be one at
    least."""
    weights = load_weights(FILE)
    scores = features(part, note, spoken, slips) @ weights["features"] + weights["bias"]
    best = int(np.argmax(scores))
    return spoken[best].number, float(1 / (1 + np.exp(-scores[best])))


def features(part: str, note: str, spoken: Sequence[Message], slips: Mapping[int, float]) -> Floats:
    """(messages, FEATURES): likeness of the likest sentence and of the whole, share of the part's
    words that are in it, nearness of their places, the slip's likelihood, whether the next message
    puts it right, and whether it puts right itself."""
    about, known = sentence_vector(part), _stems(part)
    mended = put_right(spoken)
    there = max(0, note.find(part)) / max(1, len(note))
    rows = []
    for place, message in enumerate(spoken):
        spans = sentences(message.text) or [(0, len(message.text))]
        each = [float(sentence_vector(message.text[a:b]) @ about) for a, b in spans]
        shared = len(known & _stems(message.text)) / max(1, len(known))
        apart = abs(place / max(1, len(spoken) - 1) - there)
        whole = float(sentence_vector(message.text) @ about)
        repairs = [float(message.number in mended), float(puts_right(message.text))]
        rows.append([max(each), whole, shared, -apart, slips[message.number], *repairs])
    return np.array(rows, dtype=np.float64)


def _stems(text: str) -> set[str]:
    words = _WORDS.findall(text.lower())
    return {word[:STEM] for word in words if word not in _COMMON}
