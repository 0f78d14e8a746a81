"""The command line. In: words typed. Out: words printed, or the server started. Next: a module a command.

Only the shape of the commands stands here. Each one loads what it needs when it is called, so that
`midback --help` costs little more than the command line library itself.
"""

from pathlib import Path
from typing import Annotated

import typer

from . import (
    activitywatch,
    calendar,
    camera,
    drive,
    log,
    looking,
    recordings,
    service,
    trial,
    trip,
    why,
    worse,
)
from .words import _

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=_("Coach a sore mid-back, on this computer only. Without a command: start it and open the browser."),
)
app.add_typer(log.app, name="log")
app.add_typer(drive.app, name="drive")
app.add_typer(trip.app, name="trip")
app.add_typer(calendar.app, name="calendar")
app.add_typer(activitywatch.app, name="activitywatch")
app.add_typer(service.app, name="service")
app.add_typer(camera.app, name="camera")
app.add_typer(looking.app)
app.add_typer(why.app)
app.add_typer(worse.app, name="worse")
app.add_typer(recordings.app, name="recordings")
app.add_typer(trial.app, name="trial")

Json = Annotated[
    bool, typer.Option("--json", help=_("Print JSON for programs; see docs/cli.md for its shape."))
]


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help=_("Port on this computer; 0 takes any."))
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help=_("Open the browser or not."))
    ] = True,
    debug: Annotated[bool, typer.Option("--debug", help=_("Show where an error comes from."))] = False,
    version: Annotated[bool, typer.Option("--version", help=_("Print the version and stop."))] = False,
) -> None:
    del debug  # read by run.run(), which has to know it even when the words typed make no command
    if version:
        from midback import __version__

        typer.echo(f"midback {__version__}")
    elif context.invoked_subcommand is None:
        from .server import serve

        serve(port, browser)


@app.command(help=_("Show what today holds, and why."))
def today(as_json: Json = False) -> None:
    from .today import show

    show(as_json)


@app.command(
    help=_(
        "Answer the questions that come before any exercise. First about warning signs, then about your day."
    )
)
def screen(
    answers: Annotated[
        Path | None,
        typer.Option(help=_("JSON file with the answers; - reads standard input."), allow_dash=True),
    ] = None,
    yes: Annotated[
        list[str] | None, typer.Option(help=_("A question answered yes, by its id; may repeat."))
    ] = None,
    none: Annotated[bool, typer.Option("--none", help=_("Every question is answered no."))] = False,
    because: Annotated[str, typer.Option(help=_("Why an answer given less than a day ago changed."))] = "",
    seen_by: Annotated[str, typer.Option(help=_("After a stop: the professional who saw you."))] = "",
    seen_on: Annotated[str, typer.Option(help=_("After a stop: the day you were seen, as 2026-03-31."))] = "",
    may_exercise: Annotated[
        bool, typer.Option("--may-exercise", help=_("After a stop: they said you may."))
    ] = False,
    as_json: Json = False,
) -> None:
    from .screen import Given, run_screen

    given = Given(answers, yes or [], none, because, seen_by, seen_on, may_exercise)
    run_screen(given, as_json)


@app.command(help=_("Show the week's plan with its reasons."))
def plan(
    again: Annotated[bool, typer.Option("--again", help=_("Make today's plan anew first."))] = False,
    as_json: Json = False,
) -> None:
    from .plan import show

    show(again, as_json)


@app.command(help=_("Be guided through a session here in the terminal."))
def session(
    minutes: Annotated[
        int | None, typer.Option("--minutes", "-m", help=_("How long: 3, 8 or 20 minutes."))
    ] = None,
    only: Annotated[str | None, typer.Option(help=_("Run one exercise alone, by its id."))] = None,
    pain: Annotated[
        int | None, typer.Option(min=0, max=10, help=_("Pain now, 0 to 10; asked when left out."))
    ] = None,
) -> None:
    from .session import guide

    guide(minutes=minutes, only=only, pain=pain)


@app.command(help=_("Show how it is going: pain, minutes, exercises, habit."))
def progress(
    days: Annotated[int, typer.Option(min=7, max=1830, help=_("How many days back."))] = 28,
    as_json: Json = False,
) -> None:
    from .progress import show

    show(days, as_json)


@app.command(
    help=_("Say what a log of evidence shows: what the body did, and when midback would have spoken.")
)
def replay(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="LOG", help=_("A log in JSON Lines; - reads standard input."), allow_dash=True
        ),
    ],
    timezone: Annotated[
        str | None, typer.Option(help=_("Times in this zone, such as Europe/Berlin; UTC when left out."))
    ] = None,
    as_json: Json = False,
) -> None:
    from .replay import show

    show(file, timezone, as_json)


@app.command(help=_("List the exercises, or show one."))
def exercises(
    exercise: Annotated[str | None, typer.Argument(metavar="[ID]", help=_("The id of one exercise."))] = None,
    place: Annotated[
        str | None, typer.Option(help=_("Only what fits a place: desk, cab, outdoors, ..."))
    ] = None,
    search: Annotated[str, typer.Option(help=_("Only what mentions this."))] = "",
    as_json: Json = False,
) -> None:
    from .exercises import show

    show(exercise, place, search, as_json)


@app.command(help=_("Draw an exercise as an SVG picture."))
def figure(
    exercise: Annotated[str, typer.Argument(metavar="ID", help=_("The id of one exercise."))],
    variant: Annotated[str | None, typer.Option(help=_("Which way of doing it."))] = None,
    side: Annotated[str, typer.Option(help=_("both, left or right."))] = "both",
    at: Annotated[float | None, typer.Option(min=0, help=_("Seconds into the movement."))] = None,
    out: Annotated[Path | None, typer.Option(help=_("File to write; standard output when left out."))] = None,
) -> None:
    from .figure import draw

    draw(exercise, variant, side, at, out)


@app.command(help=_("Write everything kept about you to one JSON file."))
def export(
    file: Annotated[
        Path, typer.Argument(help=_("File to write; - writes to standard output."), allow_dash=True)
    ],
) -> None:
    from .keep import export_to

    export_to(file)


@app.command("import", help=_("Put an exported file in the place of your data."))
def import_(
    file: Annotated[Path, typer.Argument(help=_("File to read; - reads standard input."), allow_dash=True)],
    replace: Annotated[
        bool, typer.Option("--replace", help=_("Replace what is there; a backup is made."))
    ] = False,
) -> None:
    from .keep import import_from

    import_from(file, replace)


@app.command(help=_("Copy the database to a file, also while midback runs."))
def backup(
    file: Annotated[
        Path | None, typer.Argument(help=_("File to write; in the data folder when left out."))
    ] = None,
) -> None:
    from .keep import backup_to

    backup_to(file)


@app.command(help=_("Put a backup back in place. What is there now is kept beside it."))
def restore(file: Annotated[Path, typer.Argument(help=_("File to read."))]) -> None:
    from .keep import restore_from

    restore_from(file)


@app.command(help=_("Look the installation over and say what to mend."))
def doctor(as_json: Json = False) -> None:
    from .doctor import report

    report(as_json)


@app.command(help=_("Try it with four weeks of invented data. Yours is not touched."))
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help=_("Port on this computer; 0 takes any."))] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help=_("Open the browser or not."))
    ] = True,
    build_only: Annotated[bool, typer.Option("--build-only", help=_("Make the data and stop."))] = False,
) -> None:
    from .demo import run_demo

    run_demo(port, browser, build_only)


@app.command(help=_("Print a new link to the midback that runs already."))
def link(
    to: Annotated[
        str | None, typer.Option("--open", hidden=True, help=_("Open this page in the browser instead."))
    ] = None,
) -> None:
    from .server import open_page, print_link

    print_link() if to is None else open_page(to)


@app.command(help=_("Sense sitting and suggest breaks, until Ctrl+C. `midback` does so too while it runs."))
def watch(
    status: Annotated[
        bool, typer.Option("--status", help=_("Show whether it runs, and what it senses by."))
    ] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help=_("Only take in what was sensed and renew the orders."))
    ] = False,
    as_json: Json = False,
) -> None:
    from . import watch as watching

    if status or as_json:
        watching.show_status(as_json)
    elif refresh:
        watching.refresh()
    else:
        watching.watch()


@app.command(help=_("Show the settings, or change one. Such as: midback settings language de."))
def settings(
    name: Annotated[str | None, typer.Argument(help=_("Which setting."))] = None,
    value: Annotated[str | None, typer.Argument(help=_("Its new value."))] = None,
    as_json: Json = False,
) -> None:
    from .settings import show_or_change

    show_or_change(name, value, as_json)


@app.command("delete-everything", help=_("Delete everything midback keeps about you. It asks first."))
def delete_everything(
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
    own_exercises: Annotated[
        bool, typer.Option("--own-exercises", help=_("Delete the exercise files you added, too."))
    ] = False,
) -> None:
    from .keep import delete_all

    delete_all(yes, own_exercises)
