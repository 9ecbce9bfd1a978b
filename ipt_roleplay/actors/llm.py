"""A language model as the other person: it speaks, and decides nothing.

The standing part of the prompt comes first and never changes within a session, the talk follows,
and the direction stands last, so that a provider can keep what it has read. The reply is let
out sentence by sentence, each after the guard. Before anything is out a refused sentence costs one
more call with the fault named, and then the authored actor speaks; once something is out, the
line ends there: what has been shown is never taken back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass

from ipt_roleplay.actors import authored
from ipt_roleplay.domain import Reply, Scene, Stance, Usage
from ipt_roleplay.guard import fault_in, gives_away
from ipt_roleplay.model import Message, Model, ModelFault, counted
from ipt_roleplay.prompts import fill, sections
from ipt_roleplay.sentences import sentences

LONGEST_WORDS = {Stance.GUARDED: 35, Stance.LISTENING: 45, Stance.OPEN: 60}
LONGEST_TOKENS = 160
VOICES = 3
"""So many authored lines are shown as a guide to the voice."""

STANCES = {
    Stance.GUARDED: "You keep your guard up.",
    Stance.LISTENING: "You listen, warily.",
    Stance.OPEN: "You are open with them now.",
}
_BEAT = re.compile(r"^\s*\*([^*\n]{1,80})\*\s*")
_UNFINISHED_BEAT = re.compile(r"^\s*\*[^*\n]{0,80}$")


class OffRole(Exception):
    """A sentence that can't be spoken; says why."""


@dataclass(frozen=True)
class ModelActor:
    """An `Actor` that speaks through a language model. Raises ModelFault when that fails before
    a sentence is out; at most two calls a line."""

    model: Model
    name: str = "llm"

    async def line(self, scene: Scene) -> AsyncIterator[Reply | Usage]:
        """Replies that grow by a sentence at a time, and what each call cost."""
        again = ""
        for _ in range(2):
            shown: Reply | None = None
            try:
                async with aclosing(self._tried(scene, again)) as tried:
                    async for found in tried:
                        shown = found if isinstance(found, Reply) else shown
                        yield found
                return
            except (OffRole, ModelFault) as fault:
                if shown is not None:
                    yield shown.model_copy(update={"broken_off": True})
                    return
                if isinstance(fault, ModelFault):
                    raise
                again = f" Your last attempt can't be used: {fault}. Try again, as {scene.name}."
        yield authored.reply(scene).model_copy(update={"instead_of": self.name})

    async def _tried(self, scene: Scene, again: str) -> AsyncGenerator[Reply | Usage]:
        """One call. Raises OffRole at the first sentence that can't be spoken."""
        asked, longest = messages(scene, again), LONGEST_WORDS[scene.stance]
        heard, released = "", ""
        async with aclosing(self.model.stream(asked, LONGEST_TOKENS)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    yield piece
                    break
                heard += piece
                whole = _whole_part(heard)
                if len(whole) == len(released):
                    continue
                released, reply = whole, _allowed(whole, scene)
                if isinstance(reply, OffRole):
                    yield counted(asked, heard)
                    raise reply
                yield reply
                if len(released.split()) >= longest:
                    yield counted(asked, heard)
                    return
        if heard.rstrip() != released.rstrip():
            reply = _allowed(heard, scene)
            if isinstance(reply, OffRole):
                raise reply
            yield reply


def messages(scene: Scene, again: str = "") -> list[Message]:
    """What the model is asked for one line."""
    talk: list[Message] = [
        ("assistant" if one.speaker == "other" else "user", one.text or "(says nothing)")
        for one in scene.talk[:-1]
    ]
    return [("system", _standing(scene)), *talk, ("user", _direction(scene, again))]


def mark(scene: Scene) -> str:
    """A sign that is in the prompt and in nothing that anybody would say."""
    return "K" + hashlib.sha256(f"{scene.name}{scene.seed}".encode()).hexdigest()[:10]


def _standing(scene: Scene) -> str:
    return fill(
        "actor",
        name=scene.name,
        relation=scene.relation,
        facts="\n".join(f"- {one}" for one in scene.facts),
        speech=scene.speech,
        setting=scene.setting,
        longest=str(max(LONGEST_WORDS.values())),
        mark=mark(scene),
    )


def _direction(scene: Scene, again: str) -> str:
    act = scene.direction.act
    target = scene.target_text
    lines = [line for found in scene.lines.values() for line in found][:VOICES]
    voice = "\n".join(f"- {authored.spoken(line, scene)}" for line in lines)
    return fill(
        "direction",
        said=_unmarked(scene.talk[-1].text) or "(says nothing)",
        name=scene.name,
        act=str(act),
        doing=sections("acts")[str(act)],
        about=f"It is about this: {target}\n" if target else "",
        stance=STANCES[scene.stance],
        tone=str(scene.direction.tone),
        voice=f"How {scene.name} might put it, as a guide to the voice:\n{voice}" if voice else "",
        longest=str(LONGEST_WORDS[scene.stance]),
        again=again,
    )


def _unmarked(text: str) -> str:
    """What was said, without the marks that fence it."""
    return re.sub(r"<{3,}|>{3,}", "", text).strip()


def _whole_part(text: str) -> str:
    """`text` up to the end of its last whole sentence; a stage direction alone is none."""
    if _UNFINISHED_BEAT.match(text):
        return ""
    spans = sentences(text)
    ended = [end for _, end in spans if end < len(text.rstrip()) or text[end:].strip()]
    return text[: ended[-1]] if ended else ""


def _allowed(text: str, scene: Scene) -> Reply | OffRole:
    """The reply so far, or why it can't be spoken."""
    beat, said = "", text.strip()
    if found := _BEAT.match(said):
        beat, said = found.group(1).strip(), said[found.end() :].strip()
    said = _bare(said, scene.name)
    parts = [beat, *(said[start:end] for start, end in sentences(said))]
    faults = [why for part in parts if part and (why := fault_in(part, mark(scene)))]
    if faults:
        return OffRole(faults[0])
    if gives_away(said, mark(scene)):
        return OffRole("it gave away its notes")
    if "*" in said or not said and not beat:
        return OffRole("it wasn't plain spoken words")
    return Reply(text=said, act=scene.direction.act, beat=beat, actor="llm")


def _bare(said: str, name: str) -> str:
    """Without the speaker's name before it and quotation marks around it."""
    said = re.sub(rf"^{re.escape(name)}\s*:\s*", "", said)
    quoted = re.fullmatch(r"[\"“](.*)[\"”]", said, re.DOTALL)
    return quoted.group(1).strip() if quoted else said
