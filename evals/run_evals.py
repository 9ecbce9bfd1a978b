"""Prints every quality figure with its interval, its floor and its goal.

    python -m evals.run_evals [--suite NAME]… [--json FILE] [--readme]

Ends with status 1 when a figure is beyond its floor in `thresholds.toml`. `--readme` writes
the table between the markers of README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

if not __package__:  # run as a file: imports go from the checkout, not from this folder
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from evals.figures import Figure
from evals.suites import (
    actor,
    debrief,
    model,
    moments,
    ratings,
    reading,
    readings,
    retrieval,
    screening,
    scripts,
    uptake,
)
from evals.thresholds import Threshold, load_thresholds, readme_table

SUITES: Mapping[str, Callable[[], list[Figure]]] = {
    "uptake": uptake.figures,
    "reading": reading.figures,
    "screening": screening.figures,
    "scripts": scripts.figures,
    "actor": actor.figures,
    "debrief": debrief.figures,
    "ratings": ratings.figures,
    "moments": moments.figures,
    "retrieval": retrieval.figures,
    "readings": readings.figures,
    "model": model.figures,
}
README = Path(__file__).resolve().parent.parent / "README.md"
START, END = "<!-- figures -->", "<!-- /figures -->"


def main() -> int:
    arguments = _arguments()
    thresholds = load_thresholds()
    chosen = arguments.suite or list(SUITES)
    found = [figure for name in chosen for figure in _measured(name)]
    for figure in found:
        print(_line(figure, thresholds.get(figure.name)))
    if arguments.json:
        rows = [asdict(figure) for figure in found]
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    if arguments.readme:
        _write_readme(found, thresholds)
    faults = _faults(found, {n: t for n, t in thresholds.items() if n.split(".")[0] in chosen})
    print("\n".join(faults) or "Every figure holds its floor.")
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--suite", action="append", choices=SUITES, help="only this; may repeat")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    return parser.parse_args()


def _measured(suite: str) -> list[Figure]:
    started = perf_counter()
    found = SUITES[suite]()
    print(f"{suite}: {perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return found


def _line(figure: Figure, threshold: Threshold | None) -> str:
    asked = threshold.column(figure) if threshold else ""
    value = f"{figure.value:7.3f} [{figure.low:.3f}, {figure.high:.3f}]"
    return f"{figure.name:38s} {value:25s} {asked:32s} n={figure.n:<5d} {figure.note}".rstrip()


def _faults(found: list[Figure], thresholds: Mapping[str, Threshold]) -> list[str]:
    by_name = {figure.name: figure for figure in found}
    missing = [
        f"{name}: not measured. Remove it from thresholds.toml, or bring the figure back."
        for name in thresholds
        if name not in by_name
    ]
    return missing + [
        f"{name}: {by_name[name].value:.3f} is beyond its floor, {threshold.floor}. "
        "Find out what made it worse."
        for name, threshold in thresholds.items()
        if name in by_name and not threshold.held(by_name[name])
    ]


def _write_readme(found: list[Figure], thresholds: Mapping[str, Threshold]) -> None:
    before, _, rest = README.read_text("utf-8").partition(START)
    _, _, after = rest.partition(END)
    table = readme_table(found, thresholds)
    README.write_text(f"{before}{START}\n{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
