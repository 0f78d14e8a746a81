"""`midback recordings`: what is kept of landmarks, taken out or deleted. In: words typed. Out: a table, lines."""

from pathlib import Path
from typing import Annotated

import typer

from .words import _

app = typer.Typer(
    help=_("The recordings of your body's points that you asked to keep. They hold no picture.")
)
Id = Annotated[str, typer.Argument(metavar="ID", help=_("The beginning of an id is enough."))]


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        show()


@app.command("list", help=_("List them."))
def show() -> None:
    from midback.app.recordings import recordings

    from .door import opened
    from .paper import line, table

    with opened() as door:
        zone = door.house.clock.zone
        kept = recordings(door.house, door.person)
        rows = [
            (
                one.id[:8],
                f"{one.made_at.astimezone(zone):%Y-%m-%d %H:%M}",
                f"{one.seconds:.0f} s",
                f"{max(1, one.size // 1000)} kB",
                one.name,
            )
            for one in kept
        ]
    if not rows:
        line(_("Nothing is kept."))
        return
    table((_("id"), _("made"), _("length"), _("size"), _("what")), rows)


@app.command(help=_("Write one to a file, so that it can be analysed."))
def take(
    recording: Id,
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The .json file to write."))],
) -> None:
    from midback.app.outputs import require_writable
    from midback.app.recordings import recordings, take_out

    from .door import opened, the_one
    from .paper import line

    require_writable(out, (".json",))
    with opened() as door:
        known = [one.id for one in recordings(door.house, door.person)]
        take_out(door.house, door.person, the_one(recording, known), out)
    line(_("Written: {file}.").format(file=out))


@app.command(help=_("Delete one for good."))
def delete(recording: Id) -> None:
    from midback.app.recordings import delete as forget
    from midback.app.recordings import recordings

    from .door import opened, the_one
    from .paper import line

    with opened() as door:
        known = [one.id for one in recordings(door.house, door.person)]
        forget(door.house, door.person, the_one(recording, known))
    line(_("Deleted."))
