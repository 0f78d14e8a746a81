"""Trips that were imported, with the lines of evidence each brought, so that it can be taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from .evidence import pack, unpack
from .rules import require_amount, require_id, require_order, require_text
from .tables import trips as table


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTrip:
    """One imported trip: ``km`` travelled, ``driven_s`` seconds at driving speed. ``id`` stands for its content."""

    id: str
    name: str
    start: datetime
    end: datetime
    added_at: datetime
    km: float = 0.0
    driven_s: float = 0.0
    lines: tuple[str, ...] = ()


def add(connection: Connection, person_id: str, trip: KeptTrip) -> bool:
    """Keep a trip; return False, changing nothing, when it is there already."""
    require_id("id", trip.id)
    require_text(200, name=trip.name)
    require_order(trip.start, trip.end, "The trip")
    require_amount(km=trip.km, driven_s=trip.driven_s)
    if get(connection, person_id, trip.id) is not None:
        return False
    connection.execute(
        insert(table).values(
            person_id=person_id,
            id=trip.id,
            name=trip.name,
            start_at=trip.start,
            end_at=trip.end,
            added_at=trip.added_at,
            km=trip.km,
            driven_s=trip.driven_s,
            lines=pack(trip.lines),
        )
    )
    return True


def get(connection: Connection, person_id: str, trip_id: str) -> KeptTrip | None:
    """Return a trip, or None."""
    mine = (table.c.person_id == person_id) & (table.c.id == trip_id)
    row = connection.execute(select(table).where(mine)).first()
    return None if row is None else _trip(row)


def listed(connection: Connection, person_id: str) -> tuple[KeptTrip, ...]:
    """Return all trips, oldest first."""
    query = select(table).where(table.c.person_id == person_id).order_by(table.c.start_at, table.c.id)
    return tuple(_trip(row) for row in connection.execute(query))


def remove(connection: Connection, person_id: str, trip_id: str) -> bool:
    """Remove a trip, not its evidence; return whether it was there."""
    mine = (table.c.person_id == person_id) & (table.c.id == trip_id)
    return connection.execute(delete(table).where(mine)).rowcount > 0


def clear(connection: Connection, person_id: str) -> None:
    """Forget all trips of the person, not their evidence."""
    connection.execute(delete(table).where(table.c.person_id == person_id))


def _trip(row: Any) -> KeptTrip:
    return KeptTrip(
        id=row.id,
        name=row.name,
        start=row.start_at,
        end=row.end_at,
        added_at=row.added_at,
        km=row.km,
        driven_s=row.driven_s,
        lines=tuple(unpack(row.lines)),
    )
