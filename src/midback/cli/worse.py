"""`midback worse`: write down that something got worse, see the list, say that it is over."""

from typing import Annotated

import typer

from .words import _

app = typer.Typer(
    help=_(
        'Something got worse: write it down, and say when it is over. Such as: midback worse add "sharp when I turn".'
    ),
)
Json = Annotated[
    bool, typer.Option("--json", help=_("Print JSON for programs; see docs/cli.md for its shape."))
]


@app.callback(invoke_without_command=True)
def worse(context: typer.Context, as_json: Json = False) -> None:
    if context.invoked_subcommand is None:
        from .worsening import show

        show(as_json)


@app.command(help=_("Write it down. The warning-sign questions come next."))
def add(
    what: Annotated[str, typer.Argument(help=_("What got worse, in your words."))],
    exercise: Annotated[
        str | None, typer.Option(help=_("After which exercise, by its id; it is then easier or rests."))
    ] = None,
    severity: Annotated[str, typer.Option(help=_("mild, moderate or severe."))] = "mild",
    day: Annotated[
        str | None, typer.Option("--day", help=_("Which day, as 2026-03-31; today when left out."))
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", help=_("At what time, as 17:30; now when left out."))
    ] = None,
) -> None:
    from .worsening import write

    write(what, exercise, severity, day, at)


@app.command(help=_("Say that something is over."))
def over(
    entry: Annotated[str, typer.Argument(metavar="ID", help=_("Its id, or the end of it."))],
) -> None:
    from .worsening import resolve

    resolve(entry)
