"""The screening of risk: what it sees, and how often it is alarmed without need."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from evals.figures import Figure, exact, share
from evals.reading_data import testing
from evals.screening_data import PLAYERS, persona_lines
from evals.talks import rehearsed
from ipt_roleplay.domain import Risk, Tier
from ipt_roleplay.reading import read
from ipt_roleplay.safety import screen
from ipt_roleplay.scenarios import all_texts, load_all

DATA = Path(__file__).parent.parent / "datasets" / "screening"
SEED = 20
ANY = frozenset({Tier.ACUTE, Tier.CHECK_IN})

Case = dict[str, Any]
Screened = list[tuple[Case, Tier]]


def figures() -> list[Figure]:
    """Sensitivity and false alarms on the lines of each test writer and of all unseen ones
    together, for these also by kind of danger and under disguise; alarms on ordinary messages and
    on any text of a scenario; the time of a message.

    `test` are lines that the patterns' own author wrote and kept back; `test-…` are files by
    writers who had seen neither patterns nor lines.
    """
    by_split = {split: _screened(cases) for split, cases in _tests()}
    unseen = [one for split, found in by_split.items() if split != "test" for one in found]
    return [
        *(figure for split, found in by_split.items() for figure in _of_split(split, found)),
        *_of_split("unseen", unseen),
        *_by_kind(unseen),
        *_disguised(unseen),
        _ordinary(),
        *_rehearsed(),
        *_said_by_personas(unseen),
        *_in_scenarios(),
        _time(),
    ]


def _tests() -> Iterator[tuple[str, list[Case]]]:
    for file in sorted(DATA.glob("*.jsonl")):
        cases = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        if file.stem.startswith("test-"):
            yield file.stem, cases
        elif kept_back := [case for case in cases if case.get("split") == "test"]:
            yield "test", kept_back


def _screened(cases: Iterable[Case]) -> Screened:
    return [(case, screen(case["text"], case.get("earlier", ())).tier) for case in cases]


def _of_split(split: str, found: Screened) -> Iterator[Figure]:
    acute = [tier for case, tier in found if case["tier"] == Tier.ACUTE]
    at_risk = [tier for case, tier in found if case["tier"] != Tier.NONE]
    harmless = [tier for case, tier in found if case["tier"] == Tier.NONE]
    outright = [tier for case, tier in found if is_outright(case)]
    if outright:
        yield _share(f"screening.{split}.explicit_at_acute", outright, {Tier.ACUTE})
    yield _share(f"screening.{split}.acute_at_acute", acute, {Tier.ACUTE})
    yield _share(f"screening.{split}.seen", at_risk, ANY)
    yield _share(f"screening.{split}.false_acute", harmless, {Tier.ACUTE})
    yield _share(f"screening.{split}.false_any", harmless, ANY)


def is_outright(case: Case) -> bool:
    """Whether its writer marked the danger as said outright."""
    return bool(case.get("explicit")) or case["note"].startswith("explicit")


def _by_kind(found: Screened) -> Iterator[Figure]:
    """How much of each kind of danger is noticed at all, and in talks with earlier messages."""
    for risk in Risk:
        tiers = [tier for case, tier in found if case["concern"] == risk]
        if tiers:
            yield _share(f"screening.unseen.{risk}", tiers, ANY)
    arcs = [(case, tier) for case, tier in found if case.get("earlier")]
    risky = [tier for case, tier in arcs if case["tier"] != Tier.NONE]
    yield _share("screening.unseen.in_a_course", risky, ANY)


def _disguised(found: Screened) -> Iterator[Figure]:
    """Of the acute lines that are noticed, those that still are when typed otherwise."""
    seen = [case for case, tier in found if case["tier"] == Tier.ACUTE and tier in ANY]
    for name, disguise in DISGUISES.items():
        again = [{**case, "text": disguise(case["text"])} for case in seen]
        yield _share(f"screening.disguised.{name}", [tier for _, tier in _screened(again)], ANY)


def _slips(text: str) -> str:
    """Two neighbouring letters swapped in about one word of six. Seeded by the text."""
    chance = random.Random(f"{SEED}{text}")
    words = text.split(" ")
    for number, word in enumerate(words):
        if len(word) > 3 and word.isalpha() and chance.random() < 1 / 6:
            at = chance.randrange(1, len(word) - 2)
            words[number] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def _spaced(text: str) -> str:
    """The longest word with its letters spaced out."""
    longest = max(text.split(), key=len)
    return text.replace(longest, " ".join(longest), 1)


DISGUISES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "no_punctuation": lambda text: "".join(c for c in text.lower() if c.isalnum() or c == " "),
    "slips": _slips,
    "lookalikes": lambda text: text.translate(str.maketrans("aeiop", "аеіор")),
    "invisible": "\u200b".join,
    "one_word_spaced": _spaced,
}


def _ordinary() -> Figure:
    """Messages that the reader is tested with: hard talks, nobody in danger."""
    tiers = [screen(one.text).tier for one in testing()]
    return _share("screening.ordinary.false_any", tiers, ANY)


def _rehearsed() -> Iterator[Figure]:
    """Whole rehearsals of players whom the screening hasn't learnt, message by message as they
    came; those after which anybody would check in don't count."""
    tiers = [
        screen(text, talk.messages[:number]).tier
        for talk in rehearsed()
        if talk.player not in PLAYERS
        for number, text in enumerate(talk.messages)
        if number + 1 not in talk.check_in
    ]
    yield _share("screening.rehearsed.false_any", tiers, ANY)
    yield _share("screening.rehearsed.false_acute", tiers, {Tier.ACUTE})


def _share(name: str, said: Sequence[Tier], counted: Iterable[Tier]) -> Figure:
    among = frozenset(counted)
    return share(name, sum(tier in among for tier in said), len(said))


def _said_by_personas(unseen: Screened) -> Iterator[Figure]:
    """Alarms on what the other people say, were it screened: the shipped lines, which the encoder
    has learnt as harmless, and such lines by writers whom it hasn't seen."""
    yield _alarms("persona_lines", list(dict.fromkeys(persona_lines())))
    new = [tier for case, tier in unseen if case["note"].startswith("persona")]
    yield _share("screening.new_persona_lines.false_any", new, ANY)


def _in_scenarios() -> Iterator[Figure]:
    """Alarms on what trainees of the scenarios might say."""
    said = set(persona_lines())
    written = [text for one in load_all().values() for text in all_texts(one) if text not in said]
    yield _alarms("scenario_texts", written)


def _alarms(name: str, texts: Sequence[str]) -> Figure:
    tiers = [screen(text).tier for text in texts]
    first = next((text for text, tier in zip(texts, tiers, strict=True) if tier in ANY), "")
    alarms = sum(tier in ANY for tier in tiers)
    return share(f"screening.{name}.false_any", alarms, len(texts), first and f"first: {first}")


def _time() -> Figure:
    """Milliseconds for screening and reading one new message, 95th percentile."""
    times = []
    for number, row in enumerate(testing()):
        text = f"{row.text} {number}"  # new to every cache
        started = perf_counter()
        screen(text)
        read(row.context, text)
        times.append(perf_counter() - started)
    p95 = float(np.quantile(times, 0.95)) * 1000
    return exact("screening.and_reading.milliseconds_p95", p95, len(times))
