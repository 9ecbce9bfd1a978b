"""The command line. Each command imports what it needs, so that `--help` is quick."""

from __future__ import annotations

import asyncio
import gc
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from ipt_roleplay.errors import IptError, SetupError

app = typer.Typer(
    help="A rehearsal room for difficult conversations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
scenarios_app = typer.Typer(help="List, show and check scenarios.", no_args_is_help=True)
app.add_typer(scenarios_app, name="scenarios")
corpus_app = typer.Typer(help="Your own sources: add, list, remove.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")

Difficulty = Annotated[int, typer.Option(min=1, max=5, help="1 gentle to 5 hard.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed and words give the same talk.")]
File = Annotated[str, typer.Argument(help="A JSON Lines file, or - for standard input.")]


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; the next free one is taken.")
    ] = None,
) -> None:
    """Open the web page."""
    # What loading makes stays; to look through it for garbage again and again takes a quarter
    # of the start. `open_page` turns it on again.
    gc.disable()
    from ipt_roleplay.settings import load_settings
    from ipt_roleplay.ui import serve as open_page

    settings = load_settings()
    changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    open_page(settings.model_copy(update=changes))


@app.command()
def rehearse(
    scenario: Annotated[str, typer.Argument(help="Id of a scenario; see `scenarios list`.")],
    difficulty: Difficulty = 3,
    seed: Annotated[int | None, typer.Option(min=0)] = None,
    actor: Annotated[
        str | None, typer.Option(help="Who plays the other person: authored or llm.")
    ] = None,
) -> None:
    """Rehearse in the terminal. An empty line says nothing; /end ends the scene."""
    from ipt_roleplay.terminal import rehearse as play

    asyncio.run(play(scenario, difficulty, seed, actor))


@scenarios_app.command("list")
def list_scenarios() -> None:
    """One line a scenario."""
    from ipt_roleplay.scenarios import load_all

    for one in load_all().values():
        kind = f"{one.area}, {one.stage}" if one.stage else str(one.area)
        typer.echo(f"{one.id:22} {one.title} ({kind}; level {one.level}; {one.minutes} min)")


@scenarios_app.command("show")
def show_scenario(scenario: str) -> None:
    """The briefing of one scenario; nothing that the persona hides."""
    one = _scenario(scenario)
    typer.echo(f"{one.title}\n{one.summary}\n")
    for name, text in one.briefing.model_dump().items():
        typer.echo(f"{name.replace('_', ' ').capitalize()}: {text}\n")
    typer.echo("You came to:")
    for goal in one.goals:
        typer.echo(f"  - {goal.text}")


@scenarios_app.command("check")
def check_scenarios(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files; all that ship if none.")
    ] = None,
) -> None:
    """Check scenario files: faults, for which a scenario isn't played, and hints."""
    from ipt_roleplay import authoring, scenarios

    faulty = 0
    for path in files or scenarios.files():
        try:
            found = scenarios.load(path)
            faults = [f"{path}: {fault}." for fault in authoring.faults(found)]
            hints = authoring.hints(found) if files else []
        except IptError as error:
            faults, hints = [str(error)], []
        faulty += bool(faults)
        for line in faults or [f"{path}: fine"]:
            typer.echo(line)
        for hint in hints:
            typer.echo(f"  hint: {hint}.")
    if faulty:
        raise typer.Exit(1)


@scenarios_app.command("new")
def new_scenario(
    folder: Annotated[
        Path | None, typer.Option(help="Where its file goes; else below scenarios/.")
    ] = None,
) -> None:
    """Begin a scenario: asks a few things and writes a commented file."""
    from ipt_roleplay import authoring, scenarios
    from ipt_roleplay.domain import Area, Stage

    def asked(what: str, of: Iterable[str]) -> str:
        return _one_of(what, [str(one) for one in of])

    name = _slug("Its id, in lower-case words joined by _ (late_evenings)")
    area = Area(asked("Problem area", Area))
    draft = authoring.Draft(
        id=name,
        area=area,
        stage=Stage(asked("Stage of the dispute", Stage)) if area is Area.DISPUTE else None,
        title=typer.prompt("Title, as in the gallery"),
        name=typer.prompt("First name of the other person"),
        pronouns=asked("Pronouns", ("she", "he", "they")),
        age=_number("Age", 12, 110),
        relation=typer.prompt("Who they are to the trainee (your sister)"),
        ask=typer.prompt("What the trainee comes for (Ask Ivo to be home by seven)"),
        temperament=asked("How they are difficult", scenarios.temperaments()),
    )
    _write_new(authoring.draft_text(draft), folder or scenarios.folder() / _folder_of(area), name)


@scenarios_app.command("preview")
def preview_scenario(
    scenario: Annotated[str, typer.Argument(help="An id, or a .yaml file.")],
    difficulty: Difficulty = 3,
    seed: Seed = 1,
    talk: Annotated[str | None, typer.Option(help="Print this trainee's whole talk too.")] = None,
) -> None:
    """Play a scenario against trainees made of its own examples; say where it felt thin."""
    from ipt_roleplay import authoring

    found = _scenario(scenario)
    for fault in authoring.faults(found):
        typer.echo(f"Fault: {fault}.")
    played = authoring.preview(found, difficulty, seed)
    for line in authoring.report(found, played):
        typer.echo(line)
    for one in played:
        if one.trainee == talk:
            typer.echo(f"\n{found.persona.name}: {found.opening.say}")
            for turn in one.turns:
                typer.echo(f"> {turn.said}\n{found.persona.name}: {turn.reply.text}")


@scenarios_app.command("import")
def import_card(
    card: Annotated[Path, typer.Argument(help="A character card, JSON or PNG.")],
    folder: Annotated[Path | None, typer.Option(help="Where the file goes.")] = None,
) -> None:
    """Begin a scenario from a character card; nothing in it is followed as an instruction."""
    from ipt_roleplay import authoring, scenarios

    name = _slug("Its id, in lower-case words joined by _")
    draft, dropped = authoring.from_card(authoring.read_card(card), name)
    _write_new(authoring.draft_text(draft), folder or scenarios.folder() / "disputes", name)
    for what in dropped:
        typer.echo(f"  left out: {what}")


@scenarios_app.command("card")
def export_card(
    scenario: Annotated[str, typer.Argument(help="An id, or a .yaml file.")],
    file: Annotated[Path, typer.Argument(help="Where the card goes: .json or .png.")],
    v3: Annotated[bool, typer.Option("--v3", help="Write version 3 of the form.")] = False,
) -> None:
    """Write a scenario's person as a character card, without what they keep back."""
    from ipt_roleplay import authoring

    card = authoring.card_of(_scenario(scenario), "v3" if v3 else "v2")
    made = (
        authoring.png_of(card)
        if file.suffix.lower() == ".png"
        else json.dumps(card, indent=1, ensure_ascii=False).encode()
    )
    _write(file, made)
    typer.echo(f"{file}: {card['data']['name']}")


@app.command()
def read(file: File) -> None:
    """Read messages: style, moves, cues and probabilities."""
    from ipt_roleplay import batch

    _print(batch.each(_lines(file), batch.ReadInput, batch.read_row))


@app.command()
def screen(file: File) -> None:
    """Screen messages for signs of risk."""
    from ipt_roleplay import batch

    _print(batch.each(_lines(file), batch.ScreenInput, batch.screen_row))


@app.command()
def simulate(
    scenario: str,
    messages: Annotated[str, typer.Option(help='JSON Lines of {"text"}, or -.')],
    difficulty: Difficulty = 3,
    seed: Seed = 0,
) -> None:
    """Play given messages against a scenario; nothing is stored."""
    from ipt_roleplay import batch

    found = _scenario(scenario)
    rows = list(batch.each(_lines(messages), batch.MessageInput, batch.message_row))
    _print(batch.simulate(found, rows, difficulty, seed))


@app.command("debrief")
def debrief_command(file: File) -> None:
    """Debrief transcripts of any origin."""
    from ipt_roleplay import batch

    retriever = _retriever()
    _print(
        batch.each(_lines(file), batch.TalkInput, lambda given: batch.debrief_row(given, retriever))
    )


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    queries: Annotated[str | None, typer.Option(help='JSON Lines of {"query"}, or -.')] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="How many passages.")] = 5,
    source: Annotated[list[str] | None, typer.Option(help="Search only here; may repeat.")] = None,
) -> None:
    """Search the handbook."""
    from ipt_roleplay import batch

    if (query is None) == (queries is None):
        raise typer.BadParameter("give either a query or --queries FILE, not both or neither")
    retriever = _retriever()

    def passages(given: batch.QueryInput) -> dict[str, Any]:
        hits = retriever.search(given.query, k, source or ())
        return {"passages": [batch.hit_row(hit) for hit in hits]}

    if queries is not None:
        _print(batch.each(_lines(queries), batch.QueryInput, passages))
    else:
        _print([batch.hit_row(hit) for hit in retriever.search(query or "", k, source or ())])


@corpus_app.command("add")
def add_sources(
    paths: Annotated[list[Path], typer.Argument(help="PDF, DOCX, HTML, Markdown or text.")],
) -> None:
    """Take files in as sources; each is told of when it is done. Folders count with all in them."""
    from ipt_roleplay.rehearsal import open_retriever
    from ipt_roleplay.settings import load_settings

    told = []
    for one in _corpus().add(_files_in(paths)):
        told.append(one)
        typer.echo(f"{one.name}: {one.problem or f'{one.passages} passages'}")
    if any(one.passages for one in told):
        typer.echo("Making them searchable …")
        open_retriever(load_settings()).warm()
    if any(one.problem for one in told):
        raise typer.Exit(1)


@corpus_app.command("list")
def list_sources() -> None:
    """One line a source."""
    for one in _corpus().sources():
        pages = f"{len(one.pages)} pages, " if one.pages[0].number is not None else ""
        typer.echo(f"{one.name}: {pages}{one.words:,} words")


@corpus_app.command("remove")
def remove_sources(
    names: Annotated[list[str], typer.Argument(help="Names as `corpus list` shows them.")],
) -> None:
    """Remove sources and every word of them."""
    for name in names:
        _corpus().remove(name)
        typer.echo(f"{name}: removed")


@app.command("export")
def export_session(
    session: Annotated[str, typer.Argument(help="The session's id, as in the page's address.")],
    form: Annotated[str, typer.Option("--format", help="md, html or json.")] = "md",
    secrets: Annotated[
        bool, typer.Option("--secrets", help="With what the scenario keeps back, for teachers.")
    ] = False,
) -> None:
    """Print a rehearsal and its debrief."""
    from ipt_roleplay import export
    from ipt_roleplay.rehearsal import Room
    from ipt_roleplay.settings import load_settings

    if form not in export.FORMS:
        raise typer.BadParameter(f"choose one of: {', '.join(export.FORMS)}")
    room = Room(load_settings())
    try:
        typer.echo(export.exported(room, session, form, secrets=secrets))
    finally:
        room.close()


@app.command()
def doctor(
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="Move a damaged database out of the way.")
    ] = False,
) -> None:
    """Check the installation and say what leaves this machine."""
    from ipt_roleplay.doctor import examine

    faults = examine(typer.echo, set_aside=set_aside)
    if faults:
        raise typer.Exit(1)


def main(arguments: list[str] | None = None) -> None:
    """Runs a command. A plain error ends with status 2 and one message, no stack trace."""
    try:
        app(args=arguments, prog_name="ipt-roleplay")
    except IptError as error:
        typer.echo(f"ipt-roleplay: {error}", err=True)
        raise SystemExit(2) from None


def _scenario(scenario_id: str) -> Any:
    from ipt_roleplay.scenarios import load, load_all

    if scenario_id.endswith(".yaml"):
        return load(Path(scenario_id))
    known = load_all()
    if scenario_id not in known:
        raise SetupError(
            f"There is no scenario `{scenario_id}`. Choose one of: {', '.join(known)}."
        )
    return known[scenario_id]


def _corpus() -> Any:
    from ipt_roleplay.corpus import Corpus
    from ipt_roleplay.settings import load_settings

    return Corpus(load_settings().data_dir)


def _files_in(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        inside = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else []
        yield from inside or [path]


def _one_of(what: str, allowed: list[str]) -> str:
    """Asks until one of these is given."""
    while True:
        said: str = typer.prompt(f"{what} ({', '.join(allowed)})").strip().lower()
        if said in allowed:
            return said
        typer.echo(f"Choose one of: {', '.join(allowed)}.")


def _number(what: str, least: int, most: int) -> int:
    while True:
        said: int = typer.prompt(what, type=int)
        if least <= said <= most:
            return said
        typer.echo(f"From {least} to {most}.")


def _slug(what: str) -> str:
    while True:
        said: str = typer.prompt(what).strip()
        if re.fullmatch(r"[a-z][a-z0-9_]{1,39}", said):
            return said
        typer.echo("Lower-case letters, digits and _ only, a letter first, 2 to 40 of them.")


def _folder_of(area: str) -> str:
    """Where the scenarios of a problem area lie."""
    return {"dispute": "disputes", "transition": "transitions"}.get(area, area)


def _write_new(text: str, folder: Path, name: str) -> None:
    file = folder / f"{name}.yaml"
    if file.exists():
        raise SetupError(f"{file} is there already. Choose another id, or another --folder.")
    _write(file, text.encode())
    typer.echo(f"{file}: begun. Write it with docs/authoring.md beside you, then run:")
    typer.echo(f"  ipt-roleplay scenarios check {file}")


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise SetupError(f"{file} cannot be written ({error.strerror}). Check the path.") from error


def _retriever() -> Any:
    from ipt_roleplay.rehearsal import open_retriever
    from ipt_roleplay.settings import load_settings

    return open_retriever(load_settings())


def _lines(file: str) -> Iterator[str]:
    if file == "-":
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
        yield from sys.stdin
        return
    try:
        with Path(file).open(encoding="utf-8", errors="replace") as opened:
            yield from opened
    except OSError as error:
        raise SetupError(f"{file} cannot be read ({error.strerror}). Check the path.") from error


def _print(rows: Iterable[dict[str, Any]]) -> None:
    """One ASCII-escaped JSON object a line; status 1 where a line was at fault."""
    faulty = False
    for row in rows:
        faulty = faulty or "error" in row
        sys.stdout.write(json.dumps(row, ensure_ascii=True) + "\n")
    sys.stdout.flush()
    if faulty:
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
