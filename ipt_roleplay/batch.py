"""JSON Lines in, JSON Lines out: the batch commands, one object a line, in order.

A bad line gets an error object with its number and the rest goes on. Nothing is stored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ipt_roleplay import debrief, safety
from ipt_roleplay.domain import MESSAGE_LIMIT, Reading, Said, Scenario, Turn
from ipt_roleplay.errors import BatchError, IptError
from ipt_roleplay.reading import read
from ipt_roleplay.rehearsal import clean, play
from ipt_roleplay.retrieval import Hit, Retriever

Row = dict[str, Any]
T = TypeVar("T", bound=BaseModel)


class _Input(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class ReadInput(_Input):
    text: str
    context: str = ""


class ScreenInput(_Input):
    text: str
    earlier: list[str] = []


class MessageInput(_Input):
    text: str


class TalkInput(_Input):
    turns: list[Said]
    situation: str = ""


class QueryInput(_Input):
    query: str


def each(lines: Iterable[str], kind: type[T], work: Callable[[T], Row]) -> Iterator[Row]:
    """One result, or one error object with its line number, for every line that is not blank."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield work(_parsed(line, kind))
        except IptError as error:
            yield {"error": str(error), "line": number}


def _parsed(line: str, kind: type[T]) -> T:
    try:
        return kind.model_validate(json.loads(line))
    except (json.JSONDecodeError, RecursionError) as error:
        raise BatchError(f"This line is not JSON ({error}). Write one object a line.") from error
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"]) or "the line"
        raise BatchError(f"`{place}`: {fault['msg']}. See docs/command-line.md.") from error


def read_row(given: ReadInput) -> Row:
    reading = read(given.context, given.text)
    return {**reading_row(reading), **_details(reading)}


def reading_row(reading: Reading) -> Row:
    return {"style": str(reading.style), "moves": [str(move) for move in reading.moves]}


def _details(reading: Reading) -> Row:
    dumped = reading.model_dump(mode="json")
    names = ("unclear", "style_probabilities", "move_probabilities", "cues")
    return {name: dumped[name] for name in names}


def screen_row(given: ScreenInput) -> Row:
    return safety.screen(given.text, given.earlier).model_dump(mode="json")


def message_row(given: MessageInput) -> Row:
    """The message as it may be sent; spaces alone are silence."""
    return {"text": clean(given.text) if given.text.strip() else ""}


def simulate(scenario: Scenario, rows: Sequence[Row], difficulty: int, seed: int) -> Iterator[Row]:
    """One row a turn and last the outcome; error rows among the messages come back in their
    place. A message of spaces alone is silence."""
    messages = [row["text"] for row in rows if "error" not in row]
    played = play(scenario, messages, difficulty, seed)
    turns = enumerate(played.turns, start=1)
    for row in rows:
        if "error" in row:
            yield row
        elif (numbered := next(turns, None)) is not None:
            number, turn = numbered
            yield {"turn": number, "paused": True} if turn is None else _turn_row(number, turn)
    yield {"outcome": str(played.outcome), "turns": len(played.turns), "unused": played.unused}


def _turn_row(number: int, turn: Turn) -> Row:
    dumped = turn.model_dump(mode="json")
    return {
        "turn": number,
        "reading": {**reading_row(turn.reading), **_details(turn.reading)},
        **{name: dumped[name] for name in ("uptake", "state", "direction")},
        "reply": turn.reply.text,
        "beat": turn.reply.beat,
    }


def debrief_row(given: TalkInput, retriever: Retriever) -> Row:
    """The debrief of any transcript."""
    if any(len(one.text) > MESSAGE_LIMIT for one in given.turns):
        raise BatchError(f"A turn is longer than {MESSAGE_LIMIT} characters. Shorten it.")
    talk = debrief.from_transcript(given.turns)
    made = debrief.make(talk, retriever)
    findings = [*made.worked, *made.moments, *([made.practise] if made.practise else [])]
    cited = [one for finding in findings for one in finding.citations]
    texts = {one.id: one for one in made.passages}
    return {
        "ratings": {
            str(one.skill): {"level": one.level, "evidence": list(one.evidence)}
            for one in made.ratings
        },
        "readings": [reading_row(one) for one in made.readings],
        "findings": [one.model_dump(mode="json", exclude={"citations"}) for one in findings],
        "places": [one.model_dump(mode="json", exclude={"note"}) for one in made.places],
        "citations": [
            {
                "passage": one.passage_id,
                "source": texts[one.passage_id].source,
                "start": one.start,
                "end": one.end,
                "text": texts[one.passage_id].text[one.start : one.end],
            }
            for one in cited
        ],
        "dropped": made.dropped,
    }


def hit_row(hit: Hit) -> Row:
    one = hit.passage
    return {"id": one.id, "source": one.source, "text": one.text, "score": hit.score}
