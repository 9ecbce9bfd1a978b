"""The command line. Each command imports what it needs, so that `--help` is quick."""

from __future__ import annotations

import asyncio
import json
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
    """Check scenario files: types, references, and whether they can be played."""
    from ipt_roleplay import scenarios

    paths = files or sorted(scenarios.folder().rglob("*.yaml"))
    faulty = 0
    for path in paths:
        try:
            faults = [f"{path}: {fault}." for fault in scenarios.play_faults(scenarios.load(path))]
        except IptError as error:
            faults = [str(error)]
        faulty += bool(faults)
        for line in faults or [f"{path}: fine"]:
            typer.echo(line)
    if faulty:
        raise typer.Exit(1)


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


def _retriever() -> Any:
    from ipt_roleplay import handbook
    from ipt_roleplay.retrieval import Retriever
    from ipt_roleplay.settings import load_settings

    passages = [entry.passage for entry in handbook.load()]
    return Retriever(passages, load_settings().data_dir / "index")


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
