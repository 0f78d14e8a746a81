"""Times when the streak rests: illness, a flare, travel."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, delete, insert, or_, select

from midback.plan.answers import Pause

from .codec import load
from .ids import new_id
from .rules import require_id, require_order
from .tables import pauses


def save(connection: Connection, person_id: str, pause: Pause) -> Pause:
    """Keep a pause and return it with its id; one whose id is there already is replaced (say, to end it)."""
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


def since(connection: Connection, person_id: str, day: date | None = None) -> tuple[Pause, ...]:
    """Return the pauses that reach ``day`` or later (all without a day), oldest first."""
    query = select(pauses).where(pauses.c.person_id == person_id)
    if day is not None:
        query = query.where(or_(pauses.c.last_day.is_(None), pauses.c.last_day >= day))
    return tuple(
        load(Pause, {"id": row.id, "start": row.first_day, "end": row.last_day, "why": row.why})
        for row in connection.execute(query.order_by(pauses.c.first_day, pauses.c.id))
    )


def remove(connection: Connection, person_id: str, pause_id: str) -> bool:
    """Remove a pause; return whether it was there."""
    mine = (pauses.c.person_id == person_id) & (pauses.c.id == pause_id)
    return connection.execute(delete(pauses).where(mine)).rowcount > 0
