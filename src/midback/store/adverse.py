"""What got worse, in the open: each event with its day of resolution."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select, update

from .codec import dump, load
from .ids import new_id
from .rules import require_id, require_text
from .tables import adverse


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseEvent:
    """Something that got worse, and with which exercise or session it came, if any."""

    at: datetime
    what: str
    exercise_id: str | None = None
    session_id: str | None = None
    severity: Literal["mild", "moderate", "severe"] = "mild"
    resolved_on: date | None = None
    note: str = ""
    id: str = ""


def add(connection: Connection, person_id: str, event: AdverseEvent) -> AdverseEvent:
    """Keep an event and return it with its id; one whose id is there already is replaced."""
    require_text(what=event.what, note=event.note)
    require_id("exercise_id", event.exercise_id)
    require_id("session_id", event.session_id)
    require_id("id", event.id or None)
    kept = event if event.id else replace(event, id=new_id())
    remove(connection, person_id, kept.id)
    row = dump(kept) | {"at": kept.at, "resolved_on": kept.resolved_on, "person_id": person_id}
    connection.execute(insert(adverse).values(row))
    return kept


def listed(connection: Connection, person_id: str) -> tuple[AdverseEvent, ...]:
    """Return the events, oldest first."""
    query = select(adverse).where(adverse.c.person_id == person_id)
    return tuple(_event(row) for row in connection.execute(query.order_by(adverse.c.at, adverse.c.id)))


def resolve(connection: Connection, person_id: str, event_id: str, on: date) -> bool:
    """Keep the day it was over; return whether the event is there."""
    mine = (adverse.c.person_id == person_id) & (adverse.c.id == event_id)
    return connection.execute(update(adverse).where(mine).values(resolved_on=on)).rowcount > 0


def remove(connection: Connection, person_id: str, event_id: str) -> bool:
    """Remove an event; return whether it was there."""
    mine = (adverse.c.person_id == person_id) & (adverse.c.id == event_id)
    return connection.execute(delete(adverse).where(mine)).rowcount > 0


def _event(row: Row[Any]) -> AdverseEvent:
    columns = dict(row._mapping)
    del columns["person_id"]
    return load(AdverseEvent, columns)
