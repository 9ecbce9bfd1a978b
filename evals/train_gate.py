"""Trains whether a query has an answer: `python -m evals.train_gate`.

Writes `ipt_roleplay/retrieval/gate_weights.npz` from `datasets/gate/`: queries that the handbook
answers and others, by four writers. What a query is about comes in by the directions in which
queries differ most (principal components, Pearson 1901). The bar is set on each writer's queries by
weights learnt from the other three. Same data, same weights.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from ipt_roleplay import handbook
from ipt_roleplay.encoder import sentence_vector
from ipt_roleplay.retrieval import Retriever
from ipt_roleplay.retrieval.gate import FEATURES, FILE, features

DATA = Path(__file__).parent / "datasets" / "gate"
DIRECTIONS = 60
STRENGTH = 0.03
REFUSED = 0.03
"""Share of the queries with an answer, by a writer not learnt from, that may get none."""
SEED = 20

Rows = NDArray[np.float64]
Flags = NDArray[np.bool_]


def load() -> tuple[Rows, Flags, NDArray[np.str_]]:
    """A row a query (features, then its vector), whether it has an answer, and its writer."""
    asked = [
        json.loads(line)
        for file in sorted(DATA.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    passages = [entry.passage for entry in handbook.load()]
    with tempfile.TemporaryDirectory() as folder:
        search = Retriever(passages, Path(folder))
        rows = [_row(search, one["query"]) for one in asked]
    inside = np.array([one["kind"] != "outside" for one in asked])
    return np.array(rows), inside, np.array([one["writer"] for one in asked])


def _row(search: Retriever, query: str) -> Rows:
    known = search.corrected(query)
    return np.concatenate([features(known, search.evidence(known)), sentence_vector(known)])


def fit(rows: Rows, inside: Flags) -> dict[str, Rows]:
    """Weights in the units of the raw features, and the bias."""
    known, about = rows[:, :FEATURES], rows[:, FEATURES:]
    directions = PCA(DIRECTIONS, random_state=SEED).fit(about)
    table = np.hstack([known, directions.transform(about)])
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(scaler.transform(table), inside)
    weights = model.coef_[0] / scaler.scale_
    own, folded = weights[:FEATURES], weights[FEATURES:] @ directions.components_
    bias = model.intercept_[0] - weights @ scaler.mean_ - folded @ directions.mean_
    return {"features": own, "about": folded, "bias": np.array(bias)}


def scores(weights: dict[str, Rows], rows: Rows) -> Rows:
    columns = np.concatenate([weights["features"], weights["about"]])
    return np.asarray(rows @ columns + weights["bias"])


def held_out(rows: Rows, inside: Flags, writers: NDArray[np.str_]) -> Rows:
    """Scores of each writer's queries by weights learnt from the others'."""
    found = np.zeros(len(rows))
    for writer in sorted(set(writers.tolist())):
        own = writers == writer
        found[own] = scores(fit(rows[~own], inside[~own]), rows[own])
    return found


def main() -> None:
    rows, inside, writers = load()
    bar = float(np.quantile(held_out(rows, inside, writers)[inside], REFUSED))
    weights = fit(rows, inside) | {"bar": np.array(bar)}
    np.savez_compressed(
        FILE, allow_pickle=False, **{k: v.astype(np.float32) for k, v in weights.items()}
    )
    print(f"{len(rows)} queries; wrote {FILE.name}, {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
