"""`midback trip`: recorded trips in and out again. In: GPX or GeoJSON files. Out: evidence kept, lines that say so."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .words import _

if TYPE_CHECKING:
    from midback.app.house import House
    from midback.app.trips import KeptTrip

app = typer.Typer(
    no_args_is_help=True,
    help=_("Recorded trips, as driving in your days. Such as: midback trip add to-work.gpx."),
)


@app.command(help=_("Read recorded trips: GPX or GeoJSON. Speeds and times are kept, places are not."))
def add(files: Annotated[list[Path], typer.Argument(help=_("The files."))]) -> None:
    from midback.app.trips import add_trip

    from .door import opened, read_bytes
    from .paper import line

    with opened() as door:
        for file in files:
            added = add_trip(door.house, door.person, file.name, read_bytes(file))
            words = _("Kept: {trip}") if added.new else _("Known already: {trip}")
            line(words.format(trip=_trip(door.house, added.trip)))
            for note in added.notes:
                line(note.said(_), indent=2, dim=True)


@app.command("list", help=_("Show the trips that were read."))
def list_() -> None:
    from midback.app.trips import list_trips

    from .door import opened
    from .paper import line

    with opened() as door:
        trips = list_trips(door.house, door.person)
        for trip in trips:
            line(f"{trip.id[:8]}  {_trip(door.house, trip)}")
        if not trips:
            line(_("No trip was read yet. midback trip add FILE reads one."))


@app.command(help=_("Take a trip back, with what it said of your days."))
def remove(
    trip: Annotated[str, typer.Argument(metavar="ID", help=_("The trip's id, or its beginning."))],
) -> None:
    from midback.app.trips import list_trips, remove_trip

    from .door import opened, the_one
    from .paper import line

    with opened() as door:
        found = the_one(trip, [kept.id for kept in list_trips(door.house, door.person)])
        gone = remove_trip(door.house, door.person, found)
        line(_("Taken back: {trip}").format(trip=_trip(door.house, gone)))


def _trip(house: "House", trip: "KeptTrip") -> str:
    from midback.app.clock import local

    from .wording import minutes_words

    return _("{name}: {day} {time}, {km} km, {length} at the wheel").format(
        name=trip.name,
        day=local(house.clock, trip.start).date().isoformat(),
        time=local(house.clock, trip.start).strftime("%H:%M"),
        km=f"{trip.km:.0f}",
        length=minutes_words(trip.driven_s / 60),
    )
