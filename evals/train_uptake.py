"""Trains the decision weights of the uptake: `python -m evals.train_uptake`.

Logistic regression a kind over `uptake.COLUMNS`, on the messages of `datasets/uptake/`. From some
of these the scenarios took examples; such a message is judged without those of its own round.
With `--figures` it prints F1 with each scenario held out in turn, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from ipt_roleplay import uptake
from ipt_roleplay.domain import Scenario
from ipt_roleplay.reading import read
from ipt_roleplay.scenarios import load_all

DATA = Path(__file__).parent / "datasets" / "uptake"
WEIGHTS = Path(uptake.__file__).with_name("weights.json")
STRENGTH = 0.1
"""Inverse of the regularisation; the data are few, so it is strong."""
BETA = 0.8
"""How far recall counts beside precision (van Rijsbergen 1979) where a threshold is set: a persona
that yields without reason misleads more than one that has to be told twice, and an answer to
another question is worse than none."""
CUTS = np.concatenate([np.arange(0.05, 0.95, 0.01), np.arange(0.95, 0.999, 0.002)])
AS_GOOD = 0.005
"""Thresholds whose F-beta differs by less are equally good; the best alone jumps with the noise."""
REHEARSED, TAKEN = 3, 4
"""The waves of messages from whole rehearsals; from the second of them the scenarios took
examples."""
REHEARSED_COUNT = 4.0
"""How much more each message of a rehearsal counts: it is how people talk there that is to be
understood."""
FOLDS = 6
"""In so many groups the scenarios are left out in turn."""
LABELS = {"goal": "goals", "concern": "concerns", "topic": "topics", "question": "question"}
USED: dict[str, tuple[str, ...]] = {
    "goal": uptake.COLUMNS,
    "concern": uptake.COLUMNS,
    "topic": uptake.FEATURES,
    "question": uptake.FEATURES,
}

Rows = NDArray[np.float64]
Case = dict[str, Any]


def load_cases() -> list[Case]:
    """All labelled messages, in file order."""
    return [
        json.loads(line)
        for path in sorted(DATA.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


def table(
    kind: uptake.Kind, cases: Iterable[Case], known: dict[str, Scenario]
) -> tuple[Rows, Rows]:
    """(features, 0/1 labels), one row per message and item."""
    rows: list[Rows] = []
    labels: list[float] = []
    for case in cases:
        found, truth = _rows(kind, json.dumps(case), as_unseen(case, known))
        rows.append(found)
        labels += truth
    return np.concatenate(rows), np.array(labels)


def as_unseen(case: Case, known: dict[str, Scenario]) -> Scenario:
    """The scenario of a message, without the examples taken from the round of talks that it stands
    in: their players are others than those of the other rounds."""
    scenario = known[case["scenario"]]
    if case["wave"] != TAKEN:
        return scenario
    key = scenario.id, case["round"]
    if key not in _WITHOUT:
        _WITHOUT[key] = _without(scenario, _taken()[key])
    return _WITHOUT[key]


_WITHOUT: dict[tuple[str, int], Scenario] = {}


@cache
def _taken() -> dict[tuple[str, int], set[str]]:
    """The words that may have become examples, by scenario and round."""
    found: dict[tuple[str, int], set[str]] = {}
    for case in load_cases():
        if case["wave"] == TAKEN:
            words = found.setdefault((case["scenario"], case["round"]), set())
            parts = [*case.get("words", {}).values(), *case.get("about", {}).values()]
            words.update([*parts, case.get("asks", "")])
    return found


def _without(scenario: Scenario, words: set[str]) -> Scenario:
    def left(items: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            one.model_copy(update={"examples": tuple(t for t in one.examples if t not in words)})
            for one in items
        )

    lists = ("goals", "concerns", "topics", "questions")
    kept = {name: left(getattr(scenario, name)) for name in lists}
    return scenario.model_copy(update=kept)


_SEEN: dict[tuple[str, str], tuple[Rows, list[float]]] = {}


def _rows(kind: uptake.Kind, line: str, scenario: Scenario) -> tuple[Rows, list[float]]:
    """The rows of one message, worked out once a run. None for a question that asks nothing."""
    if (kind, line) not in _SEEN:
        case = json.loads(line)
        items = uptake.items_of(kind, scenario)
        meant = case.get(LABELS[kind]) or []
        meant = [meant] if isinstance(meant, str) else meant
        reading = read(case.get("context", ""), case["text"])
        text = uptake.asking(case["text"]) if kind == "question" else case["text"]
        found = uptake.columns(kind, uptake.cut(text), reading, scenario)
        silent = not text
        truth = [float(one.id in meant) for one in items]
        _SEEN[kind, line] = (found[:0], []) if silent else (found, truth)
    return _SEEN[kind, line]


def fit(kind: uptake.Kind, cases: Sequence[Case], known: dict[str, Scenario]) -> Case:
    """Weights in the units of the raw columns, the bias, and the threshold: the middle one of those
    that are as good as the best by F-beta, the mean of the waves', when the scenarios of `cases`
    are left out in turn."""
    weights, bias = _weights(kind, cases, known)
    named = zip(uptake.COLUMNS, weights.tolist(), strict=True)
    return {
        "weights": {name: round(value, 4) for name, value in named if value},
        "bias": round(bias, 4),
        "threshold": _threshold(kind, cases, known),
    }


def _weights(
    kind: uptake.Kind, cases: Sequence[Case], known: dict[str, Scenario]
) -> tuple[Rows, float]:
    x, y = table(kind, cases, known)
    x = x * np.array([name in USED[kind] for name in uptake.COLUMNS])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, class_weight="balanced")
    model.fit(scaler.transform(x), y, sample_weight=_counts_for(kind, cases, known))
    scale = np.where(scaler.scale_ == 0, 1, scaler.scale_)
    weights = model.coef_[0] / scale
    return weights, float(model.intercept_[0] - (weights * scaler.mean_).sum())


def _counts_for(
    kind: uptake.Kind, cases: Sequence[Case], known: dict[str, Scenario]
) -> NDArray[np.float64]:
    """How much each row of `table` counts."""
    rows = [len(_rows(kind, json.dumps(case), as_unseen(case, known))[1]) for case in cases]
    each = [REHEARSED_COUNT if case["wave"] >= REHEARSED else 1.0 for case in cases]
    return np.repeat(each, rows)


def _threshold(kind: uptake.Kind, cases: Sequence[Case], known: dict[str, Scenario]) -> float:
    found: dict[int, list[tuple[Rows, Rows]]] = {}
    for left_out, rest in _in_turn(cases):
        weights, bias = _weights(kind, rest, known)
        for wave in {case["wave"] for case in left_out}:
            x, y = table(kind, [case for case in left_out if case["wave"] == wave], known)
            found.setdefault(wave, []).append((1 / (1 + np.exp(-(x @ weights + bias))), y))
    waves = [tuple(map(np.concatenate, zip(*one, strict=True))) for one in found.values()]
    tried = [(_mean_f_beta(waves, float(cut)), float(cut)) for cut in CUTS]
    as_good = [cut for score, cut in tried if score >= max(tried)[0] - AS_GOOD]
    return round(float(np.median(as_good)), 3)


def _mean_f_beta(waves: Sequence[tuple[Rows, ...]], cut: float) -> float:
    return float(np.mean([_f_beta(said >= cut, truth, BETA) for said, truth in waves]))


def _in_turn(cases: Sequence[Case]) -> Iterator[tuple[list[Case], list[Case]]]:
    """The cases of some scenarios, and those of all others, until each was left out once."""
    names = sorted({case["scenario"] for case in cases})
    for start in range(min(FOLDS, len(names))):
        out = names[start::FOLDS]
        yield (
            [case for case in cases if case["scenario"] in out],
            [case for case in cases if case["scenario"] not in out],
        )


def counts(
    kind: uptake.Kind, model: Case, cases: Sequence[Case], known: dict[str, Scenario]
) -> Rows:
    """Per message and item: (true positive, false positive, false negative)."""
    x, y = table(kind, cases, known)
    weights = np.array([model["weights"].get(name, 0.0) for name in uptake.COLUMNS])
    said = 1 / (1 + np.exp(-(x @ weights + model["bias"]))) >= model["threshold"]
    return np.stack([said & (y == 1), said & (y == 0), ~said & (y == 1)], axis=1).astype(float)


def held_out(
    kind: uptake.Kind, cases: Sequence[Case], known: dict[str, Scenario]
) -> dict[str, Rows]:
    """`counts` on each scenario, by weights trained without it."""
    found = {}
    for left_out, rest in _in_turn(cases):
        model = fit(kind, rest, known)
        for name in sorted({case["scenario"] for case in left_out}):
            own = [case for case in left_out if case["scenario"] == name]
            found[name] = counts(kind, model, own, known)
    return found


def f1_of(totals: Rows) -> float:
    """F1 from rows of (true positive, false positive, false negative)."""
    tp, fp, fn = totals.sum(axis=0)
    return float(2 * tp / (2 * tp + fp + fn)) if tp else 0.0


def _f_beta(said: NDArray[np.bool_], truth: Rows, beta: float) -> float:
    tp, weight = float((said * truth).sum()), beta**2
    return (1 + weight) * tp / (said.sum() + weight * truth.sum()) if tp else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figures", action="store_true")
    only_figures = parser.parse_args().figures
    cases, known = load_cases(), load_all()
    if not only_figures:
        models = {kind: fit(kind, cases, known) for kind in uptake.KINDS}
        WEIGHTS.write_text(json.dumps(models, indent=1) + "\n", "utf-8")
        return
    for kind in uptake.KINDS:
        for name, rows in held_out(kind, cases, known).items():
            tp, fp, fn = rows.sum(axis=0)
            print(f"{kind:9} {name:20} F1 {f1_of(rows):.3f}  tp {tp:.0f} fp {fp:.0f} fn {fn:.0f}")


if __name__ == "__main__":
    main()
