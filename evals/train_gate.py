"""Trains whether a query has an answer: `python -m evals.train_gate`.

Writes `ipt_roleplay/retrieval/gate_weights.npz` from `datasets/gate/`: queries that the handbook
answers and others, by four writers. The bar is set on each writer's queries by weights learnt from
the other three. Same data, same weights.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.folded import Flags, Rows, fit, write
from ipt_roleplay import handbook
from ipt_roleplay.encoder import sentence_vector
from ipt_roleplay.linear import log_odds
from ipt_roleplay.retrieval import Retriever
from ipt_roleplay.retrieval.gate import FEATURES, FILE, features

DATA = Path(__file__).parent / "datasets" / "gate"
DIRECTIONS = 60
STRENGTH = 0.03
REFUSED = 0.03
"""Share of the queries with an answer, by a writer not learnt from, that may get none."""


def queries() -> list[dict[str, Any]]:
    """Every query of every writer; those with an answer name the passages that are `relevant`."""
    return [
        json.loads(line)
        for file in sorted(DATA.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]


def load() -> tuple[Rows, Flags, NDArray[np.str_]]:
    """A row a query (features, then its vector), whether it has an answer, and its writer."""
    asked = queries()
    passages = [entry.passage for entry in handbook.load()]
    with tempfile.TemporaryDirectory() as folder:
        search = Retriever(passages, Path(folder))
        rows = [_row(search, one["query"]) for one in asked]
    inside = np.array([one["kind"] != "outside" for one in asked])
    return np.array(rows), inside, np.array([one["writer"] for one in asked])


def _row(search: Retriever, query: str) -> Rows:
    known = search.corrected(query)
    return np.concatenate([features(known, search.evidence(known)), sentence_vector(known)])


def _fit(rows: Rows, inside: Flags) -> dict[str, Rows]:
    return fit(rows[:, :FEATURES], rows[:, FEATURES:], inside[:, None], STRENGTH, DIRECTIONS)


def held_out(rows: Rows, inside: Flags, writers: NDArray[np.str_]) -> Rows:
    """Scores of each writer's queries by weights learnt from the others'."""
    found = np.zeros(len(rows))
    for writer in sorted(set(writers.tolist())):
        own = writers == writer
        weights = _fit(rows[~own], inside[~own])
        found[own] = log_odds(weights, rows[own, :FEATURES], rows[own, FEATURES:])[:, 0]
    return found


def main() -> None:
    rows, inside, writers = load()
    bar = float(np.quantile(held_out(rows, inside, writers)[inside], REFUSED))
    write(FILE, _fit(rows, inside) | {"bar": np.array(bar)})


if __name__ == "__main__":
    main()
