"""Trains which passages of the handbook answer a query: `python -m evals.train_answers`.

Writes `ipt_roleplay/retrieval/answer_weights.npz` from the queries of `datasets/gate/` that the
handbook answers, each labelled with the passages that do. Same data and readings, same weights.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.folded import Flags, Rows
from evals.train_gate import queries
from ipt_roleplay import handbook
from ipt_roleplay.retrieval import Retriever
from ipt_roleplay.retrieval.answers import FILE, features

PENALTY = 2.0


def labelled() -> list[dict[str, Any]]:
    """The queries that some passage answers."""
    return [one for one in queries() if one.get("relevant")]


def load() -> tuple[Rows, Flags, NDArray[np.str_]]:
    """A row a labelled query: its features, whether each passage answers it, its writer."""
    asked = labelled()
    passages = [entry.passage for entry in handbook.load()]
    with tempfile.TemporaryDirectory() as folder:
        search = Retriever(passages, Path(folder))
        rows = np.array([features(search.corrected(one["query"])) for one in asked])
    marks = np.array([[one.id in row["relevant"] for one in passages] for row in asked])
    return rows, marks, np.array([one["writer"] for one in asked])


def fit(rows: Rows, marks: Flags) -> dict[str, NDArray[Any]]:
    """The weights of ridge regressions, as `retrieval.answers` reads them."""
    means, shares = rows.mean(axis=0), marks.mean(axis=0)
    along = rows - means
    square = along.T @ along + PENALTY * np.eye(rows.shape[1])
    weights = np.linalg.solve(square, along.T @ (marks - shares))
    passages = np.array([entry.passage.id for entry in handbook.load()])
    return {"features": weights, "bias": shares - means @ weights, "passages": passages}


def main() -> None:
    rows, marks, _ = load()
    weights = fit(rows, marks)
    short = {"features": weights["features"].astype(np.float16)}
    np.savez_compressed(FILE, allow_pickle=False, **{**weights, **short})
    print(f"{len(rows)} queries; wrote {FILE.name}, {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
