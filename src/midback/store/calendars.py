"""Calendars that the person named, and a copy of their busy times. Next: ``app.calendars`` refreshes them."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from .codec import dump, load
from .ids import new_id
from .rules import require_id, require_text
from .tables import calendars as table


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTime:
    """One busy stretch; the title stays in this database."""

    start: datetime
    end: datetime
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFault:
    """Why a calendar could not be read last time: what was seen, the rule, the next step, as templates."""

    seen: str
    rule: str = ""
    next_step: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCalendar:
    """One calendar. ``source`` is a path or an address; ``refreshed_at`` is when ``busy`` was read last."""

    name: str
    source: str
    added_at: datetime
    refreshed_at: datetime | None = None
    fault: CalendarFault | None = None
    busy: tuple[BusyTime, ...] = ()
    id: str = ""


def put(connection: Connection, person_id: str, calendar: KeptCalendar) -> KeptCalendar:
    """Keep a calendar and return it with its id; one whose id is there already is replaced."""
    require_id("id", calendar.id or None)
    require_text(200, name=calendar.name)
    require_text(2000, source=calendar.source)
    kept = calendar if calendar.id else replace(calendar, id=new_id())
    remove(connection, person_id, kept.id)
    connection.execute(
        insert(table).values(
            person_id=person_id,
            id=kept.id,
            name=kept.name,
            source=kept.source,
            added_at=kept.added_at,
            refreshed_at=kept.refreshed_at,
            fault=dump([kept.fault] if kept.fault else []),
            busy=dump(kept.busy),
        )
    )
    return kept


def listed(connection: Connection, person_id: str) -> tuple[KeptCalendar, ...]:
    """Return all calendars in the order they were added."""
    query = select(table).where(table.c.person_id == person_id).order_by(table.c.added_at, table.c.id)
    return tuple(_calendar(row) for row in connection.execute(query))


def remove(connection: Connection, person_id: str, calendar_id: str) -> bool:
    """Remove a calendar; return whether it was there."""
    mine = (table.c.person_id == person_id) & (table.c.id == calendar_id)
    return connection.execute(delete(table).where(mine)).rowcount > 0


def _calendar(row: Any) -> KeptCalendar:
    fault = load(tuple[CalendarFault, ...], row.fault)
    return KeptCalendar(
        id=row.id,
        name=row.name,
        source=row.source,
        added_at=row.added_at,
        refreshed_at=row.refreshed_at,
        fault=fault[0] if fault else None,
        busy=load(tuple[BusyTime, ...], row.busy),
    )
