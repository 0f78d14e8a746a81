"""Times when the streak rests: illness, a flare, travel."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from midback.plan.answers import Pause

from .codec import load
from .ids import new_id
from .rules import require_id, require_order
from .tables import pauses


def add(connection: Connection, person_id: str, pause: Pause) -> Pause:
    """Keep a pause and return it with its id; one whose id is there already is replaced."""
    require_order(pause.start, pause.end, "The pause")
    require_id("id", pause.id or None)
    kept = pause if pause.id else replace(pause, id=new_id())
    remove(connection, person_id, kept.id)
    row = {
        "person_id": person_id,
        "id": kept.id,
        "first_day": kept.start,
        "last_day": kept.end,
        "why": kept.why,
    }
    connection.execute(insert(pauses).values(row))
    return kept


def listed(connection: Connection, person_id: str) -> tuple[Pause, ...]:
    """Return the pauses, oldest first."""
    query = select(pauses).where(pauses.c.person_id == person_id)
    return tuple(_pause(row) for row in connection.execute(query.order_by(pauses.c.first_day, pauses.c.id)))


def end(connection: Connection, person_id: str, pause_id: str, last_day: date) -> bool:
    """Let a pause end with ``last_day``; return whether it is there. Raises InputError before its start."""
    for pause in listed(connection, person_id):
        if pause.id == pause_id:
            add(connection, person_id, replace(pause, end=last_day))
            return True
    return False


def remove(connection: Connection, person_id: str, pause_id: str) -> bool:
    """Remove a pause; return whether it was there."""
    mine = (pauses.c.person_id == person_id) & (pauses.c.id == pause_id)
    return connection.execute(delete(pauses).where(mine)).rowcount > 0


def _pause(row: Row[Any]) -> Pause:
    return load(Pause, {"id": row.id, "start": row.first_day, "end": row.last_day, "why": row.why})
