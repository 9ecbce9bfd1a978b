"""Actors: one narrow seam. An actor speaks the line that a scene's direction asks for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from ipt_roleplay.actors.authored import AuthoredActor
from ipt_roleplay.actors.llm import ModelActor
from ipt_roleplay.domain import Reply, Scene, Usage
from ipt_roleplay.errors import SetupError
from ipt_roleplay.model import open_model
from ipt_roleplay.settings import Settings

__all__ = ["ACTORS", "Actor", "default_actor", "open_actor"]

ACTORS = ("authored", "llm")


class Actor(Protocol):
    """Speaks lines. `line` yields replies that grow, the last of which is whole, and between them
    what calls of a model cost."""

    @property
    def name(self) -> str: ...

    def line(self, scene: Scene) -> AsyncIterator[Reply | Usage]: ...


def default_actor(settings: Settings) -> str:
    """Who plays where nobody is asked for: the model where one is configured."""
    return "llm" if settings.model else "authored"


def open_actor(name: str, settings: Settings) -> Actor:
    """The actor of that name. Raises `SetupError` for one that is not known or not set up."""
    if name == "authored":
        return AuthoredActor()
    if name != "llm":
        raise SetupError(f"There is no actor `{name}`. Use one of: {', '.join(ACTORS)}.")
    model = open_model(settings)
    if model is None:
        raise SetupError("No language model is configured. Set IPT_MODEL, or use `authored`.")
    return ModelActor(model)
