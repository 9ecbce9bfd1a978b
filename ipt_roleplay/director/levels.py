"""Difficulty 1–5 as numbers. The facts of a scenario never change with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """`openness`, `tension`: added to the persona's start values. `gain`: factor on every
    rise of openness. `threshold`: added to the openness that a rule asks for. `pushbacks`:
    how often a goal is pushed back, or a concern met, before it can be granted. `patience`:
    turns without anything new before the persona ends the talk."""

    openness: float
    tension: float
    gain: float
    threshold: float
    pushbacks: int
    patience: int


LEVELS: dict[int, Level] = {
    1: Level(openness=1.0, tension=-1.5, gain=1.3, threshold=-0.8, pushbacks=0, patience=9),
    2: Level(openness=0.5, tension=-0.5, gain=1.15, threshold=-0.4, pushbacks=1, patience=8),
    3: Level(openness=0.0, tension=0.0, gain=1.0, threshold=0.0, pushbacks=2, patience=7),
    4: Level(openness=-0.7, tension=0.7, gain=0.8, threshold=0.7, pushbacks=3, patience=6),
    5: Level(openness=-1.5, tension=1.5, gain=0.6, threshold=1.5, pushbacks=5, patience=5),
}
