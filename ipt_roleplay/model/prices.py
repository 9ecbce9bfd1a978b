"""What tokens cost, by a small dated file that anybody may edit."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import Field

from ipt_roleplay.documents import parse_yaml, read_text
from ipt_roleplay.domain import Frozen, Usage

FILE = "model/prices.yaml"
MILLION = 1_000_000


class Price(Frozen):
    """US dollars for a million tokens; `cached` for those that the provider had read before."""

    sent: float = Field(ge=0)
    received: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)

    def of(self, usage: Usage) -> float:
        """What `usage` cost, in US dollars."""
        again = self.sent if self.cached is None else self.cached
        fresh = usage.sent - usage.cached
        return (fresh * self.sent + usage.cached * again + usage.received * self.received) / MILLION


class _Prices(Frozen):
    as_of: str
    models: dict[str, Price]


def price_of(model: str, file: Path | None = None) -> tuple[Price, str] | None:
    """The price of `model` and the date of the list; None where it isn't listed. `file`: a list
    of one's own. Raises DocumentError for one that can't be used."""
    listed = _load(file)
    fitting = [name for name in listed.models if model.startswith(name)]
    return (listed.models[max(fitting, key=len)], listed.as_of) if fitting else None


@cache
def _load(file: Path | None) -> _Prices:
    if file is not None:
        return _Prices.model_validate(parse_yaml(read_text(file), str(file)).value)
    text = (resources.files("ipt_roleplay") / FILE).read_text(encoding="utf-8")
    return _Prices.model_validate(parse_yaml(text, FILE).value)
