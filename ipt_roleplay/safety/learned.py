"""A second look at a message, by weights learnt from lines written and labelled by hand.

The patterns of `screening` know what somebody has thought of; most ways of saying it, nobody
has. The encoder, and beside it logistic regressions over runs of words and letters, see many of
those, and many a joke and a piece of work talk that a pattern takes for a sign. So they add to
what the patterns found, and where they are far from any alarm they take away from it. Trained by
`evals/train_screen.py`; kept beside the package as plain arrays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from ipt_roleplay import encoder
from ipt_roleplay.domain import MESSAGE_LIMIT, Risk, Screening, Tier
from ipt_roleplay.linear import LENGTHS, Block, Floats, Vocabulary, load_arrays, numbered, runs
from ipt_roleplay.safety.plain import unmasked
from ipt_roleplay.sentences import sentences
from ipt_roleplay.words import plain

FILE = Path(__file__).parent.parent / "screening_weights.npz"
CONCERNS = (Risk.SUICIDE, Risk.DANGER_FROM_OTHER, Risk.CHILD_AT_RISK, Risk.HARM_TO_OTHER)
"""What it tells apart. The first stands for all danger to oneself."""
NAMED = 0.4
"""How far it counts for any risk, and for acute risk, that one of the concerns is plain."""


APART = 0.5
"""How much less a sentence by itself counts than a whole message. By earlier weights, of 350 lines
with danger by unseen writers, put beside one or two harmless sentences, 235 were noticed as a whole
and 262 so; of 1,404 harmless messages five more were met with a check-in."""
HEARD = 0.0
"""The score of the runs of words and letters from which the encoder hears a sentence by itself. All
of 175 sentences that count for a sign have it, and 2 % of others."""


@dataclass(frozen=True)
class Weights:
    """Shapes: `scores` (features, 6) and `bias` (6,): any risk, acute risk, then `CONCERNS`;
    `mix` (2, 6): how the linear score and the encoder's count. From `any_from` and
    `acute_from` on, a mixed score counts by itself; after an earlier sign from `acute_after` on;
    from `acute_sure` on, whatever a pattern takes for a report, the past or a figure of speech;
    `any_with` and `acute_with` are enough where a pattern found a sign."""

    vocabulary: Vocabulary
    scores: Floats
    bias: Floats
    mix: Floats
    any_from: float
    acute_from: float
    acute_after: float
    acute_sure: float
    any_with: float
    acute_with: float

    def of(self, features: dict[str, Block], encoded: Floats) -> Floats:
        """Six scores: any risk, acute risk, then `CONCERNS`."""
        return verdict(self._linear(features) + encoded * self.mix[1])

    def by_words(self, features: dict[str, Block]) -> float:
        """Any risk as the runs alone have it, which takes a tenth of the time."""
        return float(verdict(self._linear(features))[0])

    def _linear(self, features: dict[str, Block]) -> Floats:
        columns, values = self.vocabulary.place(features)
        mixed: Floats = (
            np.array(values, np.float32) @ self.scores[columns] + self.bias
        ) * self.mix[0]
        return mixed


def verdict(mixed: Floats) -> Floats:
    """Mixed scores (6,), the first two in the light of the clearest concern."""
    scores = np.array(mixed, dtype=np.float32)
    scores[:2] = (1 - NAMED) * scores[:2] + NAMED * scores[2:].max()
    return scores


_OTHERWISE_MEANT = (
    (
        re.compile(
            r"\bit (?:still |just |suddenly )?hits me (?=every|when|that|how|at|in\b)", re.I
        ),
        "it comes over me ",
    ),
    (
        re.compile(r"\b(?:has|had|'s|’s) never (?:once )?(?:hit|struck|hurt) me\b", re.I),
        "is good to me",
    ),
    (
        re.compile(
            r"\btaken (?=(?:him|her|you|us|(?:my |our |your )?(?:dad|mum|mam|mom|father|mother))\b"
            r"(?! (?:with me|life|own)))",
            re.I,
        ),
        "brought ",
    ),
    (
        re.compile(
            r"\b(?:took|taken|take) my (?:pills?|tablets?|meds|medicine|medication|insulin)\b"
            r"(?=(?: this morning| tonight| today)?,? (?:as usual|as always|with breakfast)\b)",
            re.I,
        ),
        "had my tea",
    ),
)
"""Grief that "hits", a plain denial, people who are "taken" somewhere, as pills aren't, and pills
that are taken as usual. The weights see the words more than the sense; all else in a message they
judge as it stands."""


def known_text(text: str) -> str:
    """`text` as the weights know texts: what is trained on goes through this as well."""
    known = unmasked(text[:MESSAGE_LIMIT])
    for pattern, instead in _OTHERWISE_MEANT:
        known = pattern.sub(instead, known)
    return known


@dataclass(frozen=True)
class Look:
    """What the weights make of one message by itself: after nothing, after an earlier sign of
    danger to oneself, how grave a sign of the patterns may be taken, and whether danger is so
    plain that nothing around it softens it but a denial."""

    alone: Screening
    after: Screening
    backs: Tier
    sure: bool


@lru_cache(maxsize=512)
def second_look(text: str) -> Look:
    """What the weights make of `text`. Raises SetupError when they are not there."""
    weights = load()
    known = known_text(text)
    encoded = encoder.risk_scores(known)
    whole = weights.of(runs(plain(known)), encoded)
    heard = [whole, *_apart(text[:MESSAGE_LIMIT], weights)]

    def screening(acute_from: float) -> Screening:
        found = [one for one in heard if one[0] >= weights.any_from]
        if not found:
            return Screening()
        gravest = max(found, key=lambda one: (one[1] >= acute_from, one[0]))
        tier = Tier.ACUTE if gravest[1] >= acute_from else Tier.CHECK_IN
        return Screening(tier=tier, concern=CONCERNS[int(np.argmax(gravest[2:]))])

    any_risk, acute = whole[:2].tolist()
    backs = Tier.CHECK_IN if any_risk >= weights.any_with else Tier.NONE
    backs = Tier.ACUTE if acute >= weights.acute_with else backs
    alone, after = screening(weights.acute_from), screening(weights.acute_after)
    return Look(alone, after, backs, sure=acute >= weights.acute_sure)


def _apart(text: str, weights: Weights) -> list[Floats]:
    """The scores of each sentence by itself, of more than one, in which the words alone hear
    something: what else stands in a message can drown it."""
    spans = sentences(text)
    found = []
    for start, end in spans if len(spans) > 1 else ():
        known = known_text(text[start:end])
        features = runs(plain(known))
        if weights.by_words(features) >= HEARD:
            scores = weights.of(features, encoder.risk_scores(known))
            scores[:2] -= APART
            found.append(scores)
    return found


@cache
def load() -> Weights:
    """The weights that ship with the package. Raises SetupError when they are not there."""
    stored = load_arrays(FILE)
    columns = numbered({block: stored[block].tolist() for block in LENGTHS})
    return Weights(
        vocabulary=Vocabulary(columns, stored["scales"].astype(np.float32)),
        scores=stored["scores"].astype(np.float32),
        bias=stored["bias"],
        mix=stored["mix"],
        any_from=float(stored["any_from"]),
        acute_from=float(stored["acute_from"]),
        acute_after=float(stored["acute_after"]),
        acute_sure=float(stored["acute_sure"]),
        any_with=float(stored["any_with"]),
        acute_with=float(stored["acute_with"]),
    )
