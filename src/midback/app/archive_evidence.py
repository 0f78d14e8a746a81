"""What was sensed, put back from an archive. In: its objects. Out: evidence, trips, said rows, calendars kept.

Next: ``archive_import``, which names the path of what cannot be kept.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from midback.body.evidence import Evidence, read_line, read_object, write_line, write_object
from midback.errors import InputError
from midback.store import calendars, evidence, said, trips
from midback.store.calendars import KeptCalendar
from midback.store.said import KeptHold, KeptSaid
from midback.store.trips import KeptTrip

from .archive import ArchivedCalendar
from .evidence import refold_all_within

# So much is taken in at a time; an archive may hold years.
AT_A_TIME = 20_000


def put_evidence(connection: Connection, person: str, objects: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Keep evidence, each with its path in the file, and work out what it comes to.

    Raises InputError naming the path of what is no evidence, or says more than is read.
    """
    waiting: list[Evidence] = []
    for path, told in objects:
        waiting.append(_read(path, told))
        if len(waiting) >= AT_A_TIME:
            evidence.keep(connection, person, waiting)
            waiting.clear()
    evidence.keep(connection, person, waiting)
    refold_all_within(connection, person)


def put_said(connection: Connection, person: str, rows: Iterator[tuple[str, KeptSaid | KeptHold]]) -> None:
    """Keep what was said, answered and held; raise InputError naming the path of what stands there twice."""
    for path, row in rows:
        try:
            fresh = said.keep(connection, person, (row,))
        except InputError as exc:
            raise _at(path, exc) from exc
        if not fresh:
            raise InputError("{path}: this stands there twice.", values={"path": path})


def put_trip(connection: Connection, person: str, trip: KeptTrip) -> None:
    """Keep a trip; raise InputError where its lines are no evidence as it is kept."""
    for line in trip.lines:
        if write_line(evidence.canonical(read_line(line))) != line:
            raise InputError(
                "A line of the trip is not as it is kept.", "Leave the lines as they were exported."
            )
    if len(set(trip.lines)) != len(trip.lines) or not trips.add(connection, person, trip):
        raise InputError("The trip is there twice.")


def put_calendar(connection: Connection, person: str, calendar: ArchivedCalendar) -> None:
    """Keep a calendar's name; its times come with the next refresh."""
    kept = KeptCalendar(
        id=calendar.id, name=calendar.name, source=calendar.source, added_at=calendar.added_at
    )
    calendars.put(connection, person, kept)


def _read(path: str, told: dict[str, Any]) -> Evidence:
    try:
        found = read_object(told)
    except InputError as exc:
        raise _at(path, exc) from exc
    said_back = write_object(found)
    if unknown := sorted(
        key for key, value in told.items() if key not in said_back and value not in ("", None)
    ):
        raise InputError(
            "{path}.{key}: nobody knows this key here.",
            "",
            "Take it out, or use a newer midback.",
            values={"path": path, "key": str(unknown[0])[:80]},
        )
    return found


def _at(path: str, error: InputError) -> InputError:
    seen, rule, _ = error.phrases
    return InputError("{path}: {seen}", rule, "Nothing was imported.", values={"path": path, "seen": seen})
