"""What each figure must hold (its floor) and should reach (its goal): `thresholds.toml`.

With `less_is_better = true` the floor is a ceiling.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.figures import Figure

FILE = Path(__file__).with_name("thresholds.toml")


@dataclass(frozen=True)
class Threshold:
    """`says`: the figure in plain words."""

    says: str
    floor: float
    goal: float
    less_is_better: bool = False

    def held(self, figure: Figure) -> bool:
        return self._reached(figure, self.floor)

    def column(self, figure: Figure) -> str:
        """Floor, goal and a verdict, for the printed table."""
        verdict = "goal" if self._reached(figure, self.goal) else "held"
        sign = "≤" if self.less_is_better else "≥"
        verdict = verdict if self.held(figure) else "BEYOND"
        return f"floor {sign} {self.floor:g}, goal {sign} {self.goal:g}: {verdict}"

    def row(self, figure: Figure) -> str:
        """One row of README's table."""
        sign = "≤" if self.less_is_better else "≥"
        spread = "" if figure.low == figure.high else f" ({figure.low:.2f}–{figure.high:.2f})"
        bounds = f"{sign} {self.floor:g} | {sign} {self.goal:g}"
        return f"| {self.says} | {figure.value:.2f}{spread} | {bounds} | {figure.n:,} |"

    def _reached(self, figure: Figure, bound: float) -> bool:
        return figure.value <= bound if self.less_is_better else figure.value >= bound


def load_thresholds() -> dict[str, Threshold]:
    """By figure name, in the order of the file."""
    tables = tomllib.loads(FILE.read_text("utf-8"))
    return {name: Threshold(**table) for name, table in tables.items()}


def readme_table(found: Iterable[Figure], thresholds: Mapping[str, Threshold]) -> str:
    """A Markdown table of the figures that have a threshold."""
    by_name = {figure.name: figure for figure in found}
    rows = [threshold.row(by_name[n]) for n, threshold in thresholds.items() if n in by_name]
    head = "| what | value (95 % interval) | floor | goal | cases |\n|---|---|---|---|---|"
    return "\n".join([head, *rows])
