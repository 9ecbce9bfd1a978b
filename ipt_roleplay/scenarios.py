"""Scenario files: YAML -> `Scenario`, with messages that an author can act on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ipt_roleplay.documents import Document, parse_yaml, read_text
from ipt_roleplay.domain import (
    Concern,
    Condition,
    Goal,
    Line,
    Outcome,
    Question,
    Scenario,
    Stage,
    Temperament,
    Topic,
)
from ipt_roleplay.errors import DocumentError

SCHEMA_NAME = "schema.json"
TEMPERAMENTS = "temperaments"
"""The folder, beside the problem areas, of what scenarios share."""
FROM_TEMPERAMENT = {
    *("avoidant", "triggers", "softeners", "habits", "openness", "tension", "engagement"),
}


def folder() -> Path:
    """Where scenario files lie: the checkout's folder, else the one inside the package."""
    checkout = Path(__file__).resolve().parent.parent / "scenarios"
    if checkout.is_dir():
        return checkout
    return Path(str(resources.files("ipt_roleplay") / "_data" / "scenarios"))


def load_all(where: Path | None = None) -> dict[str, Scenario]:
    """All scenarios below `where` by id, in order of level and title. Raises `DocumentError`."""
    found: dict[str, Scenario] = {}
    for path in files(where):
        scenario = load(path)
        if scenario.id in found:
            raise DocumentError(str(path), 1, f"the id `{scenario.id}` is taken. Choose another.")
        found[scenario.id] = scenario
    ordered = sorted(found.values(), key=lambda one: (one.level, one.title))
    return {one.id: one for one in ordered}


def files(where: Path | None = None) -> list[Path]:
    """The scenario files below `where`, temperaments left out."""
    found = sorted((where or folder()).rglob("*.yaml"))
    return [path for path in found if path.parent.name != TEMPERAMENTS]


@cache
def temperaments() -> dict[str, Temperament]:
    """The temperaments that a scenario may build on, by id. Raises `DocumentError`."""
    found = {}
    for path in sorted((folder() / TEMPERAMENTS).glob("*.yaml")):
        document = parse_yaml(read_text(path), str(path))
        try:
            one = Temperament.model_validate(document.value)
        except ValidationError as error:
            raise _first_fault(document, error) from error
        found[one.id] = one
    return found


def load(path: Path) -> Scenario:
    """One scenario file. Raises `DocumentError` with file, line and what to change."""
    text = read_text(path)
    return parse(text, os.path.relpath(path) if path.is_absolute() else str(path), path.stem)


def parse(text: str, source: str, stem: str | None = None) -> Scenario:
    """A scenario from its YAML text; `stem` is the file's name, which must be its id."""
    document = parse_yaml(text, source)
    if not isinstance(document.value, dict):
        raise DocumentError(source, 1, "has no fields. Start from `ipt-roleplay scenarios new`.")
    temperament = _temperament_of(document)
    try:
        scenario = Scenario.model_validate(_filled(document.value, temperament))
    except ValidationError as error:
        raise _first_fault(document, error) from error
    except RecursionError as error:
        raise DocumentError(source, 1, "nests too deeply. Flatten it.") from error
    if stem is not None and scenario.id != stem:
        line = document.line_of(("id",))
        raise DocumentError(
            source, line, f"id `{scenario.id}` differs from the file's name. Name it `{stem}`."
        )
    _check_references(document, scenario)
    return scenario if temperament is None else _with_shared_lines(scenario, temperament)


def _temperament_of(document: Document) -> Temperament | None:
    persona = document.value.get("persona")
    name = persona.get("temperament") if isinstance(persona, dict) else None
    if not isinstance(name, str):
        return None
    if name not in temperaments():
        raise DocumentError(
            document.source,
            document.line_of(("persona", "temperament")),
            f"`{name}` is no temperament. Use one of: {', '.join(temperaments())}.",
        )
    return temperaments()[name]


def _filled(value: dict[str, Any], temperament: Temperament | None) -> dict[str, Any]:
    """The file's content with what its temperament gives, where it says nothing itself."""
    if temperament is None:
        return value
    given = temperament.model_dump(mode="json", include=FROM_TEMPERAMENT)
    return {**value, "persona": given | value["persona"]}


def _with_shared_lines(scenario: Scenario, temperament: Temperament) -> Scenario:
    """Adds the temperament's lines, marked, unless the scenario has the same words."""
    own = {line.say for line in all_lines(scenario)}
    lines = dict(scenario.lines)
    for act, more in temperament.lines.items():
        fresh = [line.model_copy(update={"shared": True}) for line in more if line.say not in own]
        lines[act] = (*lines.get(act, ()), *fresh)
    return scenario.model_copy(update={"lines": lines})


def json_schema() -> str:
    """The JSON schema that editors use to complete and check scenario files."""
    schema = Scenario.model_json_schema()
    persona = schema["$defs"]["Persona"]  # a temperament may give the rest
    persona["required"] = [one for one in persona["required"] if one not in FROM_TEMPERAMENT]
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def all_lines(scenario: Scenario) -> Iterator[Line]:
    """Everything that the persona may say, the opening, answers and shared lines included."""
    yield scenario.opening
    yield from scenario.small_things
    yield from scenario.particulars
    yield from scenario.yes_or_no
    yield from scenario.worried
    yield from scenario.worry_answered
    for lines in scenario.lines.values():
        yield from lines
    for question in scenario.questions:
        yield from question.answers


def all_texts(scenario: Scenario) -> Iterator[str]:
    """Everything that the persona may say, and every example of what a trainee may say."""
    yield from (line.say for line in all_lines(scenario))
    goals_and_concerns: tuple[Goal | Concern, ...] = (*scenario.goals, *scenario.concerns)
    for item in goals_and_concerns:
        yield from (*item.examples, *item.near_misses)
        for wordings in item.wordings.values():
            yield from wordings
    listings: tuple[Topic | Question, ...] = (*scenario.topics, *scenario.questions)
    for listed in listings:
        yield from listed.examples


_ADVICE = {
    "extra_forbidden": "is not a field here. Remove it or check its spelling",
    "missing": "is missing. Add it",
    "enum": "is not one of the allowed words",
    "literal_error": "is not one of the allowed words",
    "string_type": "must be text. Put it in quotes",
    "too_short": "has too few entries",
}


def _first_fault(document: Document, error: ValidationError) -> DocumentError:
    fault = error.errors()[0]
    place = tuple(part for part in fault["loc"] if part != "[key]")
    name = ".".join(str(part) for part in place)
    advice = _ADVICE.get(fault["type"])
    detail = fault["msg"]
    said = f"`{name}` {advice}" if advice else f"`{name}`: {detail}"
    if advice and fault["type"] in {"enum", "literal_error", "too_short"}:
        said += f" ({detail})"
    return DocumentError(document.source, document.line_of(place), said + ".")


def _check_references(document: Document, scenario: Scenario) -> None:
    """Every id that is used exists, ids are unique, and each act has lines it needs."""
    for place, known, used in _references(scenario):
        for one in used:
            if one not in known:
                raise DocumentError(
                    document.source,
                    document.line_of(place),
                    f"`{one}` is not defined in this file. Use one of: {', '.join(sorted(known))}.",
                )
    _check_unique(document, scenario)
    _check_stage(document, scenario)


Reference = tuple[tuple[str | int, ...], set[str], Iterable[str]]


def _references(scenario: Scenario) -> Iterator[Reference]:
    ids = {
        name: {one.id for one in getattr(scenario, name)}
        for name in ("goals", "concerns", "topics", "questions", "secrets", "concessions")
    }
    shown = ids["goals"] | ids["concerns"] | ids["secrets"]
    for index, expectation in enumerate(scenario.expectations):
        yield ("expectations", index, "shown_by"), shown, expectation.shown_by
    for index, secret in enumerate(scenario.secrets):
        yield from _of_condition(("secrets", index, "told_when"), secret.told_when, ids)
    for index, concession in enumerate(scenario.concessions):
        yield ("concessions", index, "goal"), ids["goals"], [concession.goal]
        yield from _of_condition(("concessions", index, "rule"), concession.rule, ids)
    for index, rule in enumerate(scenario.outcomes):
        if rule.when:
            yield from _of_condition(("outcomes", index, "when"), rule.when, ids)
    for index, question in enumerate(scenario.questions):
        yield ("questions", index), ids["topics"], [question.topic] if question.topic else []
        yield ("questions", index, "once"), ids["secrets"], [question.once] if question.once else []
    targets = set().union(*ids.values()) | {str(rule.outcome) for rule in scenario.outcomes}
    targets.add(Outcome.STOPPED)
    for act, lines in scenario.lines.items():
        for index, line in enumerate(lines):
            place = ("lines", str(act), index)
            yield place, ids["topics"], [line.topic] if line.topic else []
            yield place, targets, [line.target] if line.target else []


def _of_condition(
    place: tuple[str | int, ...], condition: Condition, ids: dict[str, set[str]]
) -> Iterator[Reference]:
    yield (*place, "said"), ids["goals"], condition.said
    yield (*place, "kept"), ids["goals"], condition.kept
    yield (*place, "heard"), ids["concerns"], condition.heard
    yield (*place, "asked"), ids["questions"], condition.asked
    yield (*place, "revealed"), ids["secrets"], condition.revealed
    yield (*place, "conceded"), ids["concessions"], condition.conceded


def _check_unique(document: Document, scenario: Scenario) -> None:
    for name in ("goals", "concerns", "topics", "questions", "secrets", "concessions"):
        seen: set[str] = set()
        for index, one in enumerate(getattr(scenario, name)):
            if one.id in seen:
                raise DocumentError(
                    document.source,
                    document.line_of((name, index, "id")),
                    f"the id `{one.id}` stands here twice. Rename one.",
                )
            seen.add(one.id)
    said: set[str] = set()
    for act, lines in scenario.lines.items():
        for index, line in enumerate(lines):
            if line.say in said:
                raise DocumentError(
                    document.source,
                    document.line_of(("lines", str(act), index)),
                    "this line stands in the file twice. Reword one; a person rarely repeats.",
                )
            said.add(line.say)


def _check_stage(document: Document, scenario: Scenario) -> None:
    if (scenario.area == "dispute") != isinstance(scenario.stage, Stage):
        raise DocumentError(
            document.source,
            document.line_of(("stage",)),
            "a dispute has a `stage`, other areas have none. Add or remove it.",
        )


def summary(scenario: Scenario) -> dict[str, Any]:
    """What a list of scenarios shows of one."""
    return {
        "id": scenario.id,
        "title": scenario.title,
        "area": str(scenario.area),
        "stage": str(scenario.stage) if scenario.stage else None,
        "level": scenario.level,
        "minutes": scenario.minutes,
        "summary": scenario.summary,
        "content_notes": list(scenario.content_notes),
    }
