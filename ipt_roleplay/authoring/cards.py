"""Character Cards, the form in which other programs keep a persona: read V2 and V3, write both.

A card is a description and a greeting; a scenario is far more. So an imported card becomes a
draft, with a note of all that was left out: instructions to a model, regular expressions, links,
lore books and code have no place in a scenario and are never followed. An exported card holds
what the other person is and says, without the scenario's secrets.

The forms: Character Card V2 (spec `chara_card_v2`) and V3 (`chara_card_v3`), JSON, alone or in a
PNG's text chunk `chara` or `ccv3`, base64.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ipt_roleplay.authoring.draft import Draft
from ipt_roleplay.domain import Area, Scenario, Stage, Stance
from ipt_roleplay.errors import SetupError
from ipt_roleplay.safety import without_unlisted
from ipt_roleplay.sentences import sentences

Version = Literal["v2", "v3"]
LARGEST = 20_000_000
"""Bytes of a card's file; those with a large picture have a few million."""
LONGEST_TEXT = 200_000
CHUNKS = ("ccv3", "chara")
"""Names of the PNG's text chunks, the richer first."""
MOST_FACTS, MOST_LINES = 8, 40

_LEFT_OUT = {
    "system_prompt": "instructions to a model (`system_prompt`)",
    "post_history_instructions": "instructions to a model (`post_history_instructions`)",
    "character_book": "a lore book",
    "alternate_greetings": "other greetings",
    "group_only_greetings": "greetings for groups",
    "extensions": "extensions, regular expressions and scripts among them",
    "assets": "pictures and other files",
    "creator_notes": "the maker's notes",
    "creator_notes_multilingual": "the maker's notes in other languages",
    "source": "links to where it came from",
}
_BEAT = re.compile(r"\*([^*\n]{1,80})\*")
_SPEAKER = re.compile(r"^\s*(?:\{\{char\}\}|\{\{user\}\}|<bot>|<user>)\s*:\s*", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>\n]{0,200}>|!?\[[^\]\n]*\]\([^)\n]*\)|```|^\s*<START>\s*$", re.MULTILINE)


class _Data(BaseModel):
    """The fields that are read; the rest is only noted."""

    model_config = ConfigDict(extra="allow")

    name: str
    description: str = ""
    personality: str = ""
    scenario: str = ""
    first_mes: str = ""
    mes_example: str = ""


def read_card(path: Path) -> dict[str, Any]:
    """The card in a JSON or PNG file. Raises SetupError with what is wrong with it."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SetupError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    if len(raw) > LARGEST:
        raise SetupError(f"{path} has {len(raw):,} bytes; a card has {LARGEST:,} at most.")
    text = _from_png(raw, path) if raw.startswith(b"\x89PNG") else raw.decode("utf-8", "replace")
    try:
        card = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise SetupError(f"{path} holds no card: it isn't JSON. Choose another file.") from error
    if not isinstance(card, dict):
        raise SetupError(f"{path} holds no card: its JSON is no object. Choose another file.")
    return card


def _from_png(raw: bytes, path: Path) -> str:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(raw)) as picture:
            kept = dict(picture.info)  # the pixels are never decoded
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise SetupError(f"{path} is no whole PNG file. Choose another.") from error
    chunk = next((kept[name] for name in CHUNKS if isinstance(kept.get(name), str)), None)
    if chunk is None:
        raise SetupError(f"{path} is a picture without a card in it. Choose another file.")
    try:
        return base64.b64decode(chunk, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError) as error:
        raise SetupError(f"The card in {path} is damaged. Export it again.") from error


def from_card(card: dict[str, Any], scenario_id: str) -> tuple[Draft, list[str]]:
    """A draft from a card, and what of the card was left out. Raises SetupError."""
    found = card.get("data") if isinstance(card.get("data"), dict) else card
    try:
        data = _Data.model_validate(found)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise SetupError(f"This is no character card: `{place}`: {fault['msg']}.") from error
    name = _plain(data.name, "")[:60] or "Sam"
    said = _plain(data.first_mes, name)
    beat = _BEAT.search(said)
    about = _whole(_plain(f"{data.description}\n{data.personality}", name))
    draft = Draft(
        id=scenario_id,
        title=f"A talk with {name}",
        area=Area.DISPUTE,
        stage=Stage.RENEGOTIATION,
        name=name,
        pronouns="they",
        age=40,
        relation="somebody you know",
        ask="",
        temperament="defensive",
        history=" ".join(about),
        facts=tuple(about[:MOST_FACTS]),
        situation=_one_line(_plain(data.scenario, name)),
        opening=_one_line(_BEAT.sub(" ", said)),
        beat=beat.group(1) if beat else "",
        lines=tuple(_own_lines(data.mes_example, name))[:MOST_LINES],
    )
    return draft, list(_dropped(data, found))


def _dropped(data: _Data, found: Any) -> Iterator[str]:
    for field, what in _LEFT_OUT.items():
        if (data.model_extra or {}).get(field):
            yield what
    if re.search(r"https?://|www\.", json.dumps(found)):
        yield "links and addresses"


def _plain(text: str, name: str) -> str:
    """A card's text as plain words: its placeholders filled, markup and links gone."""
    named = re.compile(r"\{\{char\}\}|<bot>", re.IGNORECASE)
    text = named.sub(lambda _: name, text[:LONGEST_TEXT])  # a name is no pattern: it may hold "\\"
    text = re.sub(r"\{\{user\}\}|<user>", "you", text, flags=re.IGNORECASE)
    text = re.sub(r"\{\{[^}\n]*\}\}", "", text)
    text = "".join(one for one in _MARKUP.sub(" ", text) if one == "\n" or one.isprintable())
    return without_unlisted(text).strip()


def _whole(text: str) -> list[str]:
    return [_one_line(text[start:end]) for start, end in sentences(text)]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _own_lines(example: str, name: str) -> Iterator[str]:
    """What the character says in the card's examples of talk."""
    for line in example[:LONGEST_TEXT].splitlines():
        speaker = _SPEAKER.match(line)
        if speaker and re.search(r"char|bot", speaker.group(), re.IGNORECASE):
            said = _one_line(_BEAT.sub(" ", _plain(line[speaker.end() :], name)))
            if said:
                yield said


# ---------------------------------------------------------------- a scenario as a card


def card_of(scenario: Scenario, version: Version = "v2") -> dict[str, Any]:
    """The scenario's person as a card; nothing in it that they keep back."""
    persona, briefing = scenario.persona, scenario.briefing
    about = [f"{persona.name}, {persona.age}, {persona.relation}.", *persona.facts]
    data: dict[str, Any] = {
        "name": persona.name,
        "description": " ".join(_ended(one) for one in about),
        "personality": persona.speech,
        "scenario": f"{briefing.situation} {briefing.setting}",
        "first_mes": _with_beat(scenario.opening.beat, scenario.opening.say),
        "mes_example": _examples(scenario),
        "creator_notes": f"{scenario.summary} {briefing.you}",
        "system_prompt": "",
        "post_history_instructions": "",
        "alternate_greetings": [],
        "tags": [str(scenario.area), *([str(scenario.stage)] if scenario.stage else [])],
        "creator": "ipt-roleplay",
        "character_version": "1",
        "extensions": {},
    }
    if version == "v3":
        data["group_only_greetings"] = []
        return {"spec": "chara_card_v3", "spec_version": "3.0", "data": data}
    return {"spec": "chara_card_v2", "spec_version": "2.0", "data": data}


def png_of(card: dict[str, Any]) -> bytes:
    """A plain picture with the card in it."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    chunk = "ccv3" if card["spec"] == "chara_card_v3" else "chara"
    info = PngInfo()
    info.add_text(chunk, base64.b64encode(json.dumps(card).encode()).decode())
    made = io.BytesIO()
    Image.new("RGB", (400, 600), (214, 226, 222)).save(made, "PNG", pnginfo=info)
    return made.getvalue()


def _examples(scenario: Scenario) -> str:
    """One line of each act that is said guardedly or at any time: none is about a secret."""
    hidden = {one.id for one in scenario.secrets}
    lines = []
    for of in scenario.lines.values():
        ready = (
            line
            for line in of
            if line.target not in hidden
            and "{" not in line.say
            and (not line.stance or Stance.GUARDED in line.stance)
        )
        line = next(ready, None)
        if line is not None:
            lines.append(f"<START>\n{{{{char}}}}: {_with_beat(line.beat, line.say)}")
    return "\n".join(lines)


def _with_beat(beat: str, said: str) -> str:
    return f"*{beat}* {said}" if beat else said


def _ended(text: str) -> str:
    return text if text[-1:] in ".!?" else f"{text}."
