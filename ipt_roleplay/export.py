"""A rehearsal and its debrief as a file: Markdown, HTML that prints well, or JSON.

What the scenario keeps back stays out unless it is asked for: a trainee may want to rehearse
again. All texts of people are data: in Markdown and HTML they are escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from ipt_roleplay.debrief import words
from ipt_roleplay.domain import Debrief, Finding, Passage, Rating, Turn
from ipt_roleplay.rehearsal import Room, View

FORMS = ("md", "html", "json")
Kind = Literal["title", "head", "text", "mine", "theirs", "note", "item"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~]|^[ \t]*(?:[-+]|\d+[.)])(?=\s))", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One paragraph of an export, and what it is."""

    kind: Kind
    text: str


def exported(room: Room, session_id: str, form: str, *, secrets: bool = False) -> str:
    """The session in one of `FORMS`. Raises SessionError if it isn't there."""
    view = room.view(session_id)
    # Made here, it would come before the trainee's own view has been asked for.
    made = room.debrief(session_id) if view.session.status == "debriefed" else None
    if form == "json":
        return as_json(view, made, secrets=secrets)
    blocks = list(_blocks(view, made, secrets=secrets))
    return as_html(blocks) if form == "html" else as_markdown(blocks)


def as_json(view: View, made: Debrief | None, *, secrets: bool) -> str:
    """Everything that was said and found, as one object."""
    scenario = view.session.scenario
    kept: dict[str, Any] = {
        "scenario": {"id": scenario.id, "title": scenario.title, "opening": scenario.opening.say},
        "created": view.session.created.isoformat(),
        "difficulty": view.session.difficulty,
        "seed": view.session.seed,
        "turns": [_turn(turn, secrets=secrets) for turn in view.turns],
        "debrief": made.model_dump(mode="json") if made else None,
    }
    if secrets:
        kept["secrets"] = [one.model_dump(mode="json") for one in scenario.secrets]
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def _turn(turn: Turn, *, secrets: bool) -> dict[str, Any]:
    told = {
        "number": turn.number,
        "said": turn.said,
        "reply": turn.reply.text,
        "beat": turn.reply.beat,
    }
    if not secrets:
        return told
    more = {"reading", "uptake", "state", "direction"}
    return told | turn.model_dump(mode="json", include=more)


# ---------------------------------------------------------------- what stands in it


def _blocks(view: View, made: Debrief | None, *, secrets: bool) -> Iterator[Block]:
    scenario = view.session.scenario
    yield Block("title", scenario.title)
    yield Block("note", f"{scenario.summary} Rehearsed on {view.session.created:%d %B %Y}.")
    if made is not None:
        yield from _debrief(made, view)
    yield Block("head", "The talk")
    yield Block("theirs", _said(scenario.persona.name, scenario.opening.beat, scenario.opening.say))
    for turn in view.turns:
        yield Block("mine", f"{turn.number}. You: {turn.said or '(you said nothing)'}")
        yield Block("theirs", _said(scenario.persona.name, turn.reply.beat, turn.reply.text))
    if secrets:
        yield Block("head", "What the scenario keeps back")
        for one in scenario.secrets:
            yield Block("item", one.text)


def _debrief(made: Debrief, view: View) -> Iterator[Block]:
    name = view.session.scenario.persona.name
    passages = {one.id: one for one in made.passages}
    if made.outcome:
        yield Block("head", words.OUTCOME_NAMES[made.outcome])
        yield Block("text", made.outcome_meaning)
    own = made.own_view
    for label, said in (("How it was", own.how_it_was), ("What I was after", own.what_i_wanted)):
        if said.strip():
            yield Block("text", f"{label}: {said}")
    for title, findings in (
        ("What worked", made.worked),
        ("The moments that mattered", made.moments),
    ):
        if findings:
            yield Block("head", title)
        for one in findings:
            yield from _finding(one, passages, name)
    for title, lines in (
        ("Why it went the way it went", made.why),
        ("What each of you expected", made.expectations),
    ):
        if any(lines):
            yield Block("head", title)
            yield from (Block("item", line) for line in lines if line)
    if made.to_try:
        yield Block("head", "One thing to try")
        yield Block("text", made.to_try)
        for place in made.places:
            if place.after:
                yield Block("theirs", f"{name}: {place.after}")
            yield Block("mine", f"You, message {place.turn}: {place.quote}")
            if place.note:
                yield Block("text", words.WROTE.format(note=place.note))
    if made.practise:
        yield Block("head", "One thing to practise")
        yield from _finding(made.practise, passages, name)
    yield Block("head", "Six skills")
    yield from (Block("item", _rating(one)) for one in made.ratings)
    yield Block("note", words.FIXED_LINE)


def _finding(one: Finding, passages: dict[str, Passage], name: str) -> Iterator[Block]:
    yield Block("text", f"{one.title}. {one.text}")
    if one.asked_quote:
        yield Block("theirs", f"{name}: {one.asked_quote}")
    yield Block("mine", f"You, message {one.turn}: {one.quote}")
    if one.reply_quote:
        yield Block("theirs", f"{name}: {one.reply_quote}")
    if one.another_way:
        yield Block("text", f"Another way to say it: {one.another_way}")
    for citation in one.citations:
        passage = passages[citation.passage_id]
        label = "handbook" if passage.kind == "handbook" else "your source"
        references = f" ({'; '.join(passage.references)})" if passage.references else ""
        cited = passage.text[citation.start : citation.end]
        yield Block("note", f"{label}, “{passage.title}”: {cited}{references}")


def _rating(one: Rating) -> str:
    name = words.SKILL_NAMES[one.skill]
    if one.level is None:
        return f"{name}: not seen"
    numbers = ", ".join(str(number) for number in one.evidence)
    messages = "message" if len(one.evidence) == 1 else "messages"
    return f"{name}: {one.level} of 4" + (f" ({messages} {numbers})" if numbers else "")


def _said(name: str, beat: str, text: str) -> str:
    return f"{name}{f' ({beat})' if beat else ''}: {text or '(says nothing)'}"


# ---------------------------------------------------------------- as text


def as_markdown(blocks: list[Block]) -> str:
    marks = {"title": "# ", "head": "## ", "mine": "> ", "theirs": "> > ", "item": "- "}
    parts = []
    for block in blocks:
        said = " ".join(_SPECIAL.sub(r"\\\1", block.text).split())
        parts.append(f"*{said}*" if block.kind == "note" else marks.get(block.kind, "") + said)
    return "\n\n".join(parts) + "\n"


_TAGS: dict[Kind, tuple[str, str]] = {
    "title": ("<h1>", "</h1>"),
    "head": ("<h2>", "</h2>"),
    "text": ("<p>", "</p>"),
    "mine": ("<blockquote>", "</blockquote>"),
    "theirs": ("<blockquote class='theirs'>", "</blockquote>"),
    "note": ("<p class='note'>", "</p>"),
    "item": ("<p class='item'>", "</p>"),
}
_STYLE = (
    "body{font:11pt/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "h1,h2{font-family:system-ui,sans-serif;line-height:1.25;break-after:avoid}h2{margin-top:2rem;font-size:1.1rem}"
    "blockquote{margin:.4rem 0;padding:.2rem .8rem;border-left:3px solid #2b6f6a;break-inside:avoid}"
    "blockquote.theirs{border-color:#b58a3c;margin-left:1.5rem}.note{color:#555;font-size:.9em}"
    ".item{margin:.2rem 0 .2rem 1rem}@page{margin:18mm}"
)


def as_html(blocks: list[Block]) -> str:
    """One file without scripts and without anything that it loads."""
    body = "\n".join(_TAGS[one.kind][0] + escape(one.text) + _TAGS[one.kind][1] for one in blocks)
    title = escape(next((one.text for one in blocks if one.kind == "title"), "Rehearsal"))
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )
