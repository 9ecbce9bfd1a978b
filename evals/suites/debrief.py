"""Debriefs of all scripted talks: can every quote and source be relied on, and do the
ratings tell a skilled trainee from others?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from evals.figures import Figure, exact, share
from evals.talks import DIFFICULTY, Talk, scripts, talk
from ipt_roleplay import debrief, handbook
from ipt_roleplay.domain import Debrief, Finding, Place
from ipt_roleplay.retrieval import Retriever

BELOW_SKILLED = ("passive", "aggressive", "parrot")


@dataclass(frozen=True)
class Made:
    """A talk, its debrief, and the seconds that the debrief took."""

    talk: Talk
    debrief: Debrief
    seconds: float

    @property
    def levels(self) -> int:
        """The sum of the rated levels, 0–24; a skill that wasn't seen adds nothing."""
        return sum(one.level or 0 for one in self.debrief.ratings)

    @property
    def findings(self) -> Iterator[Finding]:
        yield from (*self.debrief.worked, *self.debrief.moments)
        if self.debrief.practise:
            yield self.debrief.practise


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        retriever = Retriever([entry.passage for entry in handbook.load()], Path(folder))
        retriever.warm()
        made = [_make(talk(script), retriever) for script in scripts()]
    quotes = [_verbatim(finding, one) for one in made for finding in one.findings]
    quotes += [_verbatim(place, one) for one in made for place in one.debrief.places]
    sources = [holds for one in made for holds in _citations(one)]
    took = [one.seconds * 1000 for one in made]
    return [
        share("debrief.quotes_verbatim", sum(quotes), len(quotes)),
        share("debrief.citations_in_range", sum(sources), len(sources)),
        exact("debrief.dropped", sum(one.debrief.dropped for one in made), len(made)),
        *(_above(policy, made) for policy in BELOW_SKILLED),
        Figure(
            "debrief.milliseconds",
            float(np.median(took)),
            float(np.quantile(took, 0.05)),
            float(np.quantile(took, 0.95)),
            len(made),
            "median; 5th to 95th percentile",
        ),
    ]


def _make(one: Talk, retriever: Retriever) -> Made:
    started = perf_counter()
    seen = debrief.from_turns(one.turns, one.scenario, DIFFICULTY)
    made = debrief.make(seen, retriever, one.played.outcome)
    return Made(one, made, perf_counter() - started)


def _verbatim(finding: Finding | Place, made: Made) -> bool:
    said = {turn.number: turn.said for turn in made.talk.turns}.get(finding.turn, "")
    return bool(finding.quote) and said[finding.start : finding.end] == finding.quote


def _citations(made: Made) -> Iterator[bool]:
    """For each citation, whether it marks words of a passage that the handbook holds."""
    texts = {entry.passage.id: entry.passage.text for entry in handbook.load()}
    for finding in made.findings:
        for one in finding.citations:
            yield 0 <= one.start < one.end <= len(texts.get(one.passage_id, ""))


def _above(policy: str, made: list[Made]) -> Figure:
    """Pairs within a scenario in which the skilled script's levels add up to more."""
    pairs = [
        (skilled, other)
        for skilled in made
        for other in made
        if skilled.talk.script.policy == "skilled"
        and other.talk.script.policy == policy
        and skilled.talk.script.scenario == other.talk.script.scenario
    ]
    above = sum(skilled.levels > other.levels for skilled, other in pairs)
    means = [float(np.mean([one.levels for one in side])) for side in zip(*pairs, strict=True)]
    note = f"sums of levels: {means[0]:.1f} against {means[1]:.1f}"
    return share(f"debrief.skilled_above_{policy}", above, len(pairs), note)
