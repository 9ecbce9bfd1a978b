"""Actors: one narrow seam. An actor speaks the line that a scene's direction asks for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from ipt_roleplay.actors.authored import AuthoredActor
from ipt_roleplay.domain import Reply, Scene
from ipt_roleplay.errors import SetupError

__all__ = ["Actor", "open_actor"]


class Actor(Protocol):
    """Speaks lines. `line` yields replies that grow; the last one is whole."""

    name: str

    def line(self, scene: Scene) -> AsyncIterator[Reply]: ...


def open_actor(name: str) -> Actor:
    """The actor of that name. Raises `SetupError` for a name that is not known."""
    if name == "authored":
        return AuthoredActor()
    raise SetupError(f"There is no actor `{name}`. Use `authored`.")
