"""Style, moves and cues of messages by the test writers, as the shipped reader reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from evals.figures import Figure, exact, sampled, share
from evals.reading_data import Coded, Coding, in_talks, testing
from ipt_roleplay.domain import Move, Reading, Style
from ipt_roleplay.reading import read

STYLES, MOVES = tuple(Style), tuple(Move)
HOSTILE = frozenset({Style.AGGRESSIVE, Style.PASSIVE_AGGRESSIVE})
LENGTHS = ((1, 5), (6, 15), (16, 35), (36, 200))
"""Bands of words, both ends included."""

Said = list[Coding]
Chosen = NDArray[np.int64]


def figures() -> list[Figure]:
    """The figures with a threshold first, then each code, voice and band of length."""
    rows = testing()
    readings, times = _read(rows)
    said = [Coding(one.style, frozenset(one.moves)) for one in readings]
    truth = [row.agreed for row in rows]
    return [
        _sampled("style_f1", rows, lambda at: style_f1(_at(truth, at), _at(said, at))),
        _sampled("moves_f1", rows, lambda at: moves_f1(_at(truth, at), _at(said, at))),
        _clear_right(rows, readings),
        share("reading.unclear", sum(one.unclear for one in readings), len(rows)),
        _confused("aggressive_as_assertive", Style.AGGRESSIVE, Style.ASSERTIVE, rows, readings),
        _confused(
            "sideways_as_assertive", Style.PASSIVE_AGGRESSIVE, Style.ASSERTIVE, rows, readings
        ),
        _confused("assertive_as_aggressive", Style.ASSERTIVE, Style.AGGRESSIVE, rows, readings),
        _cues(rows, readings),
        exact("reading.milliseconds_p95", float(np.quantile(times, 0.95)) * 1000, len(rows)),
        *_in_talks(),
        *_coders(rows),
        *_by_code(truth, said),
        *_by_group(rows, said),
    ]


def _read(rows: Sequence[Coded]) -> tuple[list[Reading], list[float]]:
    """Readings, and the seconds that each took."""
    read("", "The first reading loads the weights.")
    readings, times = [], []
    for row in rows:
        started = perf_counter()
        readings.append(read(row.context, row.text))
        times.append(perf_counter() - started)
    return readings, times


def style_f1(truth: Sequence[Coding], said: Sequence[Coding]) -> float:
    """Macro-F1 of the five styles."""
    return float(
        np.mean(
            [
                _f1([one.style is s for one in truth], [one.style is s for one in said])
                for s in STYLES
            ]
        )
    )


def moves_f1(truth: Sequence[Coding], said: Sequence[Coding]) -> float:
    """Macro-F1 of the 23 moves."""
    return float(np.mean([_move_f1(move, truth, said) for move in MOVES]))


def _move_f1(move: Move, truth: Sequence[Coding], said: Sequence[Coding]) -> float:
    return _f1([move in one.moves for one in truth], [move in one.moves for one in said])


def _f1(truth: Sequence[bool], said: Sequence[bool]) -> float:
    both = sum(t and s for t, s in zip(truth, said, strict=True))
    return 2 * both / max(1, sum(truth) + sum(said))


def _at(codings: Sequence[Coding], chosen: Chosen) -> Said:
    return [codings[one] for one in chosen.tolist()]


def _sampled(name: str, rows: Sequence[Coded], of: Callable[[Chosen], float]) -> Figure:
    return sampled(f"reading.{name}", of, len(rows))


def _clear_right(rows: Sequence[Coded], readings: Sequence[Reading]) -> Figure:
    clear = [
        (r.style is row.agreed.style)
        for row, r in zip(rows, readings, strict=True)
        if not r.unclear
    ]
    return share("reading.clear_right", sum(clear), len(clear))


def _confused(
    name: str, truth: Style, said: Style, rows: Sequence[Coded], readings: Sequence[Reading]
) -> Figure:
    """Share of the messages of one style that are read, clearly, as another."""
    of = [r for row, r in zip(rows, readings, strict=True) if row.agreed.style is truth]
    return share(f"reading.{name}", sum(r.style is said and not r.unclear for r in of), len(of))


def _in_talks() -> list[Figure]:
    """By writer, of messages from the middle of talks: how well style and moves are told, which
    are read, surely, as hostile and aren't, and which are and aren't so read."""
    found = []
    for writer in sorted({row.writer for row in in_talks()}):
        rows = [row for row in in_talks() if row.writer == writer]
        readings, _ = _read(rows)
        said = [Coding(one.style, frozenset(one.moves)) for one in readings]
        pairs = list(zip(rows, readings, strict=True))
        sharp = [_surely_hostile(one) for row, one in pairs if row.agreed.style in HOSTILE]
        fair = [_surely_hostile(one) for row, one in pairs if row.agreed.style not in HOSTILE]
        found += [
            *_scores(f"in_talks.{writer}", [row.agreed for row in rows], said),
            share(f"reading.in_talks.{writer}.false", sum(fair), len(fair)),
            share(f"reading.in_talks.{writer}.missed", len(sharp) - sum(sharp), len(sharp)),
        ]
    return found


def _scores(name: str, truth: Said, said: Said) -> Iterator[Figure]:
    right = sum(one.style is other.style for one, other in zip(truth, said, strict=True))
    yield share(f"reading.{name}.style_right", right, len(truth))
    both = sum(len(one.moves & other.moves) for one, other in zip(truth, said, strict=True))
    made = sum(len(one.moves) + len(other.moves) for one, other in zip(truth, said, strict=True))
    yield exact(f"reading.{name}.moves_f1", 2 * both / max(1, made), len(truth), "micro")


def _surely_hostile(reading: Reading) -> bool:
    return reading.style in HOSTILE and not reading.unclear


def _cues(rows: Sequence[Coded], readings: Sequence[Reading]) -> Figure:
    """Cues of rightly seen moves that lie inside the words marked by hand, or are those words
    and little more: the middle of the cue falls into a marked span of its move."""
    inside = total = 0
    for row, reading in zip(rows, readings, strict=True):
        for cue in reading.cues if row.spans is not None else ():
            marked = [span for span in row.spans or () if span.move is cue.move]
            if marked:
                middle = (cue.start + cue.end) / 2
                total += 1
                inside += any(span.start <= middle < span.end for span in marked)
    return share("reading.cues_inside", inside, total)


def _coders(rows: Sequence[Coded]) -> list[Figure]:
    """How well two people, coding blind, agree: what a reader can reach at best."""
    first, second = [row.first for row in rows], [row.second for row in rows]
    return [
        _sampled("coders.style_f1", rows, lambda at: style_f1(_at(first, at), _at(second, at))),
        _sampled("coders.moves_f1", rows, lambda at: moves_f1(_at(first, at), _at(second, at))),
    ]


def _by_code(truth: Said, said: Said) -> list[Figure]:
    found = []
    for style in STYLES:
        values = [one.style is style for one in truth], [one.style is style for one in said]
        found.append(exact(f"reading.style.{style}", _f1(*values), sum(values[0])))
    for move in MOVES:
        count = sum(move in one.moves for one in truth)
        found.append(exact(f"reading.move.{move}", _move_f1(move, truth, said), count))
    return found


def _by_group(rows: Sequence[Coded], said: Said) -> list[Figure]:
    """By voice and by length: style macro-F1, moves macro-F1 in the note."""
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(f"voice.{row.voice}", []).append(number)
        band = next(f"{a} to {b}" for a, b in LENGTHS if a <= row.words <= b)
        groups.setdefault(f"words.{band}", []).append(number)
    found = []
    for name, numbers in sorted(groups.items()):
        at = np.array(numbers)
        truth = _at([row.agreed for row in rows], at)
        note = f"moves {moves_f1(truth, _at(said, at)):.2f}"
        found.append(exact(f"reading.{name}", style_f1(truth, _at(said, at)), len(at), note))
    return found
