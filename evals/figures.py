"""A quality figure, and the intervals it is printed with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 20
Z = 1.959964
"""Two-sided 95 % of the normal distribution."""


@dataclass(frozen=True)
class Figure:
    """One measured value. `low` to `high` is its 95 % interval (both `value` where a count is
    exact), `n` how many cases it rests on."""

    name: str
    value: float
    low: float
    high: float
    n: int
    note: str = ""


def share(name: str, hits: int, n: int, note: str = "") -> Figure:
    """`hits` out of `n` with Wilson's interval; without cases the share is 0."""
    low, high = wilson(hits, n)
    return Figure(name, hits / n if n else 0.0, low, high, n, note or f"{hits} of {n}")


def exact(name: str, value: float, n: int, note: str = "") -> Figure:
    """A figure that has no interval: a count, a check of every case, a time."""
    return Figure(name, value, value, value, n, note)


def sampled(
    name: str, statistic: Callable[[NDArray[np.int64]], float], n: int, note: str = ""
) -> Figure:
    """A statistic of chosen cases, with its bootstrap interval."""
    low, high = bootstrap(statistic, n)
    return Figure(name, statistic(np.arange(n)), low, high, n, note)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share, 0 to 1 (Wilson, JASA 22, 1927); (0, 1) without cases."""
    if n == 0:
        return 0.0, 1.0
    p, spread = hits / n, Z * Z / n
    centre = (p + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(p * (1 - p) / n + spread / (4 * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def bootstrap(
    statistic: Callable[[NDArray[np.int64]], float], n: int, resamples: int = RESAMPLES
) -> tuple[float, float]:
    """The 95 % percentile interval (Efron, 1979) of `statistic`, which is given the numbers of
    `n` cases drawn with replacement. Seeded: the same cases give the same interval."""
    random = np.random.default_rng(SEED)
    values = [statistic(random.integers(0, n, n)) for _ in range(resamples)]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
