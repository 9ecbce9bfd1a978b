"""Trains what a debrief takes up and what it praises: `python -m evals.train_coded`.

Writes `moment_weights.npz` and `merit_weights.npz` in `ipt_roleplay/debrief` from the messages that
teachers coded (`datasets/coded/`, but for the rehearsals that are tested on), and the slips from
those that others listed on reading debriefs (`datasets/readings/`). Same data and readings, same
weights.
"""

from __future__ import annotations

import numpy as np

from evals.coded import CodedTalk, coded_talks, learnt_talks
from evals.folded import Flags, Rows, fit, write
from ipt_roleplay.debrief import merit, weighing
from ipt_roleplay.debrief.merit import PRAISED
from ipt_roleplay.debrief.weighing import Slip
from ipt_roleplay.domain import Move

DIRECTIONS = 40
STRENGTH = {"slips": 0.005, "praise": 0.003}
"""Inverse strength of the penalty."""
PLAYED_COUNT = 2.0
"""How much more a message of a rehearsal counts than one of a talk that was written whole."""

Table = tuple[Rows, Rows, Flags, Rows]
"""How each row reads, what it is about, its labels, and how much it counts."""


def slips(talks: tuple[CodedTalk, ...]) -> Table:
    """A row a message, a column of labels a kind of slip."""
    rows = [
        (*weighing.features(one.talk.spoken, place), [kind in found for kind in Slip], one)
        for one in talks
        for place, message in enumerate(one.talk.spoken)
        for found in [one.messages[message.number].worth_naming]
    ]
    return _table(rows)


def praise(talks: tuple[CodedTalk, ...]) -> Table:
    """A row a sentence, a column of labels a move."""
    rows = [
        (own, about, [move in earned for move in PRAISED], one)
        for one in talks
        for message in one.talk.spoken
        for span, own, about in merit.features(message.before, message.text)
        for earned in [_praised(message.text[slice(*span)], one.messages[message.number].praise)]
    ]
    return _table(rows)


def _praised(sentence: str, praise: tuple[tuple[Move, str], ...]) -> set[Move]:
    """What this sentence is praised for: the words copied are in it, or it is among them."""
    said = sentence.strip()
    return {move for move, words in praise if words.strip() in said or said in words}


def _table(rows: list[tuple[Rows, Rows, list[bool], CodedTalk]]) -> Table:
    known, about, marks, talks = zip(*rows, strict=True)
    counts = [PLAYED_COUNT if one.played else 1.0 for one in talks]
    return np.array(known), np.array(about), np.array(marks), np.array(counts)


def main() -> None:
    talks = coded_talks(training=True)
    messages, said = slips((*talks, *learnt_talks())), praise(talks)
    for file, (known, about, marks, counts), strength in (
        (weighing.FILE, messages, STRENGTH["slips"]),
        (merit.FILE, said, STRENGTH["praise"]),
    ):
        write(file, fit(known, about, marks, strength, DIRECTIONS, counts))
    print(
        f"{len(talks)} talks and {len(learnt_talks())}, "
        f"{len(messages[0])} messages, {len(said[0])} sentences"
    )


if __name__ == "__main__":
    main()
