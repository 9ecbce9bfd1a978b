"""The authored actor: speaks the scenario's own lines. No network, no key, the default.

It scores the lines that the scene allows by how closely the author tied them to this
moment (target, topic, the moves just made, stance), by whether they may follow such a message,
and by likeness to what was just said; among nearly equal ones the seed and the path decide, so
that the same talk replays alike. Where no line of the act may follow, a neighbouring act's does.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator, Sequence

from ipt_roleplay.domain import Act, Line, Reply, Scene, Usage
from ipt_roleplay.embedding import embed_sentences
from ipt_roleplay.safety import without_unlisted

LIKENESS, FOLLOWS, LEANS = 3.7, 1.0, 0.75
"""How far it counts that a line is about what was just said, that it may follow such a message,
and that it leans on something that may not have come up. In log odds that a reader wouldn't
stumble over it, from lines judged so in real exchanges (`evals/datasets/replies/`)."""
CLOSE_ENOUGH = 0.35
"""Lines whose scores differ by less than this fit equally well."""

QUIET_BEATS = (
    "says nothing for a while",
    "breathes out slowly",
    "looks at the window",
    "turns something over in their hands",
    "waits",
)


class AuthoredActor:
    """An `Actor` that needs nothing but the scene."""

    name = "authored"

    async def line(self, scene: Scene) -> AsyncIterator[Reply | Usage]:
        """Yields the one whole reply."""
        yield reply(scene)


def reply(scene: Scene) -> Reply:
    """The line for the scene's direction, the temperament's where the scenario's own are used up,
    then one of a neighbouring act, and a quiet beat where nothing fits at all."""
    chosen = next(_fitting(scene), None) or next(_fitting(scene, least=0.0), None)
    if chosen is None:
        beat = QUIET_BEATS[_draw(scene, len(QUIET_BEATS))]
        return Reply(text="", act=scene.direction.act, beat=beat)
    act, line = chosen
    seen = without_unlisted(line.beat)
    return Reply(text=spoken(line, scene), act=act, beat=seen, line=line.say)


def _fitting(scene: Scene, least: float = 0.01) -> Iterator[tuple[Act, Line]]:
    """The best line of each act, the direction's own first, of those that follow at all."""
    for act, lines in scene.lines.items():
        able = tuple(line for line in lines if _follows(scene, line) >= least)
        own = tuple(line for line in able if not line.shared)
        if able:
            yield act, _pick(scene, act, own or able)


def _follows(scene: Scene, line: Line) -> float:
    """How much of what the message was a line may follow, 0–1; what the author tied to this very
    moment follows it."""
    if not line.follows or line.target is not None:
        return 1.0
    return sum(one in line.follows for one in scene.occasions) / len(scene.occasions)


def _pick(scene: Scene, act: Act, lines: tuple[Line, ...]) -> Line:
    scored = list(zip(fits(scene, lines), lines, strict=True))
    best = max(score for score, _ in scored)
    fitting = [line for score, line in scored if score >= best - CLOSE_ENOUGH]
    return fitting[_draw(scene, len(fitting), str(act))]


def fits(scene: Scene, lines: Sequence[Line]) -> list[float]:
    """How well each line would answer what was just said, higher is better."""
    likeness = _likeness(scene, lines)
    return [_tied(scene, line) + near for line, near in zip(lines, likeness, strict=True)]


def _tied(scene: Scene, line: Line) -> float:
    """How closely the author tied this line to a moment like this one."""
    aimed = 4.5 * (line.target is not None)
    answering = 2.0 * bool(set(line.after) & set(scene.moves))
    tied = aimed + answering + 1.5 * (line.topic is not None) + 0.5 * bool(line.stance)
    return tied + FOLLOWS * _follows(scene, line) - LEANS * line.leans


def _likeness(scene: Scene, lines: Sequence[Line]) -> list[float]:
    """Likeness of each line to what was just said, 0 to about `LIKENESS`."""
    heard = scene.talk[-1].text.strip() if scene.talk else ""
    if not heard:
        return [0.0] * len(lines)
    vectors = embed_sentences([heard, *(line.say for line in lines)])
    return [LIKENESS * max(0.0, float(near)) for near in vectors[1:] @ vectors[0]]


def spoken(line: Line, scene: Scene) -> str:
    """The words of a line, its slots filled; no number or link but those of the listed help."""
    text = line.say
    if scene.come_back:
        text = f"{scene.come_back[_draw(scene, len(scene.come_back))]} {text}"
    for name, words in scene.slots.items():
        text = text.replace("{" + name + "}", words)
    return without_unlisted(text)


def _draw(scene: Scene, count: int, salt: str = "") -> int:
    """A number below `count` that hashes seed and path: the same talk gives the same one."""
    digest = hashlib.sha256(f"{scene.seed}|{scene.path}|{salt}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count
