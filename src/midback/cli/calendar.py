"""`midback calendar`: the plan as a calendar file, and whose busy times hold a prompt back.

In: paths and addresses. Out: a file, lines.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .words import _

if TYPE_CHECKING:
    from midback.app.calendars import ShownCalendar

    from .door import Door

app = typer.Typer(
    help=_(
        "Your plan and appointments as a calendar file. With a command: calendars whose meetings hold prompts back."
    ),
)


@app.callback(invoke_without_command=True)
def calendar(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.ics", help=_("File to write; standard output when left out."))
    ] = None,
    weeks: Annotated[int, typer.Option(min=1, max=26, help=_("How many weeks from today."))] = 4,
    full: Annotated[
        bool | None,
        typer.Option("--full/--discreet", help=_("Titles that say what it is, or such as anybody may read.")),
    ] = None,
) -> None:
    if context.invoked_subcommand is None:
        from .calendar_file import write

        write(out, weeks, full)


@app.command(help=_("Read a calendar, an .ics file or its address, and go on reading it."))
def add(
    source: Annotated[str, typer.Argument(help=_("Path or address (https, webcal)."))],
    name: Annotated[str, typer.Option(help=_("What you call it; its own name when left out."))] = "",
) -> None:
    from midback.app.calendars import add_calendar

    from .door import opened

    with opened() as door:
        _say(door, add_calendar(door.house, door.person, source, name))


@app.command("list", help=_("Show the calendars that are read."))
def list_() -> None:
    from midback.app.calendars import list_calendars

    from .door import opened
    from .paper import line

    with opened() as door:
        found = list_calendars(door.house, door.person)
        for calendar in found:
            _say(door, calendar)
        if not found:
            line(_("No calendar is read. midback calendar add FILE-OR-ADDRESS adds one."))


@app.command(help=_("Read every calendar again now; midback does so once a day by itself."))
def refresh() -> None:
    from midback.app.calendars import refresh_calendars

    from .door import opened

    with opened() as door:
        for calendar in refresh_calendars(door.house, door.person):
            _say(door, calendar)


@app.command(help=_("Forget a calendar and its times."))
def remove(
    calendar: Annotated[str, typer.Argument(metavar="ID", help=_("Its id, or the end of it."))],
) -> None:
    from midback.app.calendars import list_calendars, remove_calendar

    from .door import opened, the_one
    from .paper import line

    with opened() as door:
        known = {kept.id[::-1]: kept for kept in list_calendars(door.house, door.person)}
        found = known[the_one(calendar[::-1], list(known))]
        remove_calendar(door.house, door.person, found.id)
        line(_("Forgotten: {name}").format(name=found.name))


def _say(door: "Door", calendar: "ShownCalendar") -> None:
    from midback.app.clock import local

    from .paper import line

    read = local(door.house.clock, calendar.refreshed_at) if calendar.refreshed_at else None
    # Ids begin with the time they were made at, so their ends tell them apart.
    line(f"{calendar.id[-8:]}  {calendar.name}  {calendar.source}")
    line(
        _("busy times ahead: {n}; read {when}").format(
            n=calendar.busy, when=read.strftime("%Y-%m-%d %H:%M") if read else _("never")
        ),
        indent=2,
        dim=True,
    )
    if calendar.fault:
        line(" ".join(words for part in calendar.fault if (words := part.said(_))), indent=2)
