"""What the evidence comes to: bouts in order, without overlaps; where nothing is known there is none.

In: bouts folded by ``app.evidence``. Out: the same, by window. Next: the day lays the person's word over them.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from midback.body.exposure import Bout

from .codec import dump, load
from .tables import sensed as table


def replace(
    connection: Connection, person_id: str, start: datetime, end: datetime, bouts: Iterable[Bout]
) -> None:
    """Let the bouts, which lie inside ``start`` to ``end``, stand for that window.

    ``start`` and ``end`` never lie inside a kept bout: windows are whole UTC days.
    """
    inside = (table.c.person_id == person_id) & (table.c.start_at >= start) & (table.c.start_at < end)
    connection.execute(delete(table).where(inside))
    rows = [
        {
            "person_id": person_id,
            "start_at": bout.start,
            "end_at": bout.end,
            "activity": bout.activity,
            "evidence": dump(bout.evidence),
            "confidence": bout.confidence,
        }
        for bout in bouts
        if bout.activity != "unknown"
    ]
    if rows:
        connection.execute(insert(table), rows)


def between(connection: Connection, person_id: str, start: datetime, end: datetime) -> tuple[Bout, ...]:
    """Return the bouts that touch ``start`` to ``end``, whole, in order of time."""
    touches = (table.c.person_id == person_id) & (table.c.end_at > start) & (table.c.start_at < end)
    query = select(table).where(touches).order_by(table.c.start_at)
    return tuple(_bout(row) for row in connection.execute(query))


def listed(connection: Connection, person_id: str) -> tuple[Bout, ...]:
    """Return all bouts in order of time."""
    query = select(table).where(table.c.person_id == person_id).order_by(table.c.start_at)
    return tuple(_bout(row) for row in connection.execute(query))


def clear(connection: Connection, person_id: str) -> None:
    """Forget all sensed bouts of the person."""
    connection.execute(delete(table).where(table.c.person_id == person_id))


def _bout(row: Any) -> Bout:
    return Bout(
        start=row.start_at,
        end=row.end_at,
        activity=row.activity,
        evidence=load(tuple[str, ...], row.evidence),
        confidence=row.confidence,
    )
