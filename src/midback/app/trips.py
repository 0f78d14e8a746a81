"""Recorded trips in, and out again. In: a GPX or GeoJSON file. Out: evidence of driving, and a list to undo it by."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from midback.body.evidence import write_line
from midback.body.fold import fold
from midback.errors import NotFound, Phrase
from midback.sense.trips import read_trip
from midback.store import evidence as kept_evidence
from midback.store import trips as kept
from midback.store.engine import reading
from midback.store.trips import KeptTrip

from .evidence import take_in_within, take_out_within
from .house import House

__all__ = ["AddedTrip", "KeptTrip", "add_trip", "list_trips", "remove_trip"]

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedTrip:
    """A trip that was read. ``new`` is False when the same file was there already; notes are for the person."""

    trip: KeptTrip
    new: bool
    notes: tuple[Phrase, ...] = ()


def add_trip(house: House, person: str, name: str, data: bytes) -> AddedTrip:
    """Read a trip and keep its speeds as evidence; positions are not kept.

    Raises InputError when the file is no trip or too large; nothing of it is kept.
    """
    read = read_trip(name, data)
    pieces = [p for one in read.evidence for p in kept_evidence.pieces(kept_evidence.canonical(one))]
    bouts = fold(read.evidence)
    trip = KeptTrip(
        id=hashlib.sha256(data).hexdigest()[:32],
        name=_plain(name),
        start=read.start,
        end=read.end,
        added_at=house.clock.now(),
        km=read.km,
        driven_s=sum((b.end - b.start).total_seconds() for b in bouts if b.activity == "driving"),
        lines=tuple(sorted({write_line(piece) for piece in pieces})),
    )
    with house.engine.begin() as conn:
        new = kept.add(conn, person, trip)
        if not new:
            trip = kept.get(conn, person, trip.id) or trip
        take_in_within(conn, person, read.evidence)
    house.changed(person)
    return AddedTrip(trip=trip, new=new, notes=read.notes)


def list_trips(house: House, person: str, since: datetime | None = None) -> tuple[KeptTrip, ...]:
    """Return the trips that were imported, oldest first."""
    with reading(house.engine).connect() as conn:
        return tuple(t for t in kept.listed(conn, person) if since is None or t.end >= since)


def remove_trip(house: House, person: str, trip_id: str) -> KeptTrip:
    """Take a trip back with its evidence, but for what another trip says too; raise NotFound without one."""
    with house.engine.begin() as conn:
        trip = kept.get(conn, person, trip_id)
        if trip is None:
            raise NotFound("That trip is not there any more.", "", "Load the list again.")
        kept.remove(conn, person, trip_id)
        shared = {line for other in kept.listed(conn, person) for line in other.lines}
        take_out_within(conn, person, set(trip.lines) - shared)
    house.changed(person)
    return trip


def _plain(name: str) -> str:
    """Return a file's name that can be shown in one line."""
    plain = "".join(letter if letter.isprintable() else " " for letter in name)
    return plain.encode("utf-8", "replace").decode().strip()[:LONGEST_NAME] or "-"
