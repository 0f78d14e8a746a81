"""`midback activitywatch`: its times into your days. In: an export file, or its server. Out: lines."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from .words import _

app = typer.Typer(no_args_is_help=True, help=_("Take in what ActivityWatch recorded of keyboard and mouse."))


@app.callback()
def main() -> None:
    """Keep ``import`` a command of its own."""


@app.command("import", help=_("Read an export file, or the ActivityWatch that runs here when none is named."))
def import_(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help=_("What ActivityWatch exported."))
    ] = None,
    url: Annotated[str | None, typer.Option(help=_("Where it runs, if not here."))] = None,
    since: Annotated[str | None, typer.Option(help=_("From which day on, as 2026-03-31."))] = None,
    token: Annotated[
        str | None,
        typer.Option(envvar="MIDBACK_ACTIVITYWATCH_TOKEN", help=_("Its key, where it asks for one.")),
    ] = None,
) -> None:
    from midback.app.activitywatch import BASE_URL, import_export, import_live
    from midback.app.clock import at_minute

    from .door import day_of, opened, read_bytes
    from .paper import line

    with opened() as door:
        if file is not None:
            added = import_export(door.house, door.person, read_bytes(file, 256 * 1024 * 1024))
        else:
            first: datetime | None = None
            if since is not None:
                first = at_minute(door.house.clock, day_of(door, since), 0).astimezone(UTC)
            added = import_live(
                door.house, door.person, url or BASE_URL, first, token=token, anywhere=url is not None
            )
        line(_("Read: {n} stretches, {new} of them new.").format(n=added.pieces, new=added.new))
        for note in added.notes:
            line(note.said(_), indent=2, dim=True)
