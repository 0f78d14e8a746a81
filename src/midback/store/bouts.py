"""The day as stretches of activity. Kept bouts of one person never overlap: what is written last wins."""

from collections.abc import Iterable
from dataclasses import replace as changed
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.sql import ColumnElement

from midback.body.exposure import Bout
from midback.errors import InputError

from .bout_changes import note, take_last
from .codec import dump, load
from .ids import new_id
from .rules import require_id
from .tables import bouts as table


def between(connection: Connection, person_id: str, start: datetime, end: datetime) -> tuple[Bout, ...]:
    """Return the bouts that touch ``start`` to ``end``, whole, in order of time."""
    query = select(table).where(_touches(person_id, start, end)).order_by(table.c.end_at)
    return tuple(_bout(row) for row in connection.execute(query))


def listed(connection: Connection, person_id: str) -> tuple[Bout, ...]:
    """Return all bouts in order of time."""
    query = select(table).where(table.c.person_id == person_id).order_by(table.c.end_at)
    return tuple(_bout(row) for row in connection.execute(query))


def fill(connection: Connection, person_id: str, bouts: Iterable[Bout]) -> None:
    """Keep the bouts of a person who has none; raise InputError as ``replace`` does."""
    given = sorted(bouts, key=lambda bout: (bout.start, bout.end))
    _require_sound(given)
    if given:
        connection.execute(insert(table), [_row(person_id, bout) for bout in given])


def get(connection: Connection, person_id: str, bout_id: str) -> Bout | None:
    """Return a bout by its id, or None."""
    mine = (table.c.person_id == person_id) & (table.c.id == bout_id)
    row = connection.execute(select(table).where(mine)).first()
    return None if row is None else _bout(row)


def replace(
    connection: Connection,
    person_id: str,
    start: datetime,
    end: datetime,
    bouts: Iterable[Bout],
    at: datetime,
) -> tuple[Bout, ...]:
    """Let the given bouts stand for ``start`` to ``end``; return them with their ids.

    Where a given bout reaches beyond the window the window grows with it; what kept bouts hold outside
    the window stays as it was. ``at`` is when it was changed, for ``undo_last``.

    Raises
    ------
    InputError : a bout ends before it starts, two overlap, or a confidence is outside 0..1
    """
    given = sorted(bouts, key=lambda bout: (bout.start, bout.end))
    _require_sound(given)
    start = min([start, *(bout.start for bout in given)])
    end = max([end, *(bout.end for bout in given)])
    before = between(connection, person_id, start, end)
    first = min([start, *(bout.start for bout in before)])
    last = max([end, *(bout.end for bout in before)])
    note(connection, person_id, at, first, last, before)
    return put(connection, person_id, start, end, before, given)


def put(
    connection: Connection,
    person_id: str,
    start: datetime,
    end: datetime,
    before: Iterable[Bout],
    given: Iterable[Bout],
) -> tuple[Bout, ...]:
    """Write the given bouts over those ``before`` in the window; pieces outside it stay."""
    outside: list[Bout] = []
    for old in before:
        if old.start < start:
            outside.append(changed(old, end=start))
        if old.end > end:
            outside.append(changed(old, start=end, id="" if old.start < start else old.id))
    taken = {bout.id for bout in outside}
    kept = []
    for bout in given:
        fresh = not bout.id or bout.id in taken
        kept.append(changed(bout, id=new_id()) if fresh else bout)
        taken.add(kept[-1].id)
    connection.execute(delete(table).where(_touches(person_id, start, end)))
    rows = [_row(person_id, bout) for bout in (*outside, *kept)]
    if rows:
        connection.execute(insert(table), rows)
    return tuple(kept)


def remove(connection: Connection, person_id: str, bout_id: str, at: datetime) -> bool:
    """Remove a bout; return whether it was there."""
    bout = get(connection, person_id, bout_id)
    if bout is None:
        return False
    replace(connection, person_id, bout.start, bout.end, (), at)
    return True


def undo_last(connection: Connection, person_id: str) -> bool:
    """Take back the last change to the bouts; return False when there is nothing to take back."""
    steps = take_last(connection, person_id)
    for start, end, before in steps:
        put(connection, person_id, start, end, between(connection, person_id, start, end), before)
    return bool(steps)


def _require_sound(given: list[Bout]) -> None:
    for index, bout in enumerate(given):
        require_id("id", bout.id or None)
        if bout.end <= bout.start:
            raise InputError(
                "A bout of {activity} ends before it starts ({start}).",
                values={"activity": bout.activity, "start": bout.start.isoformat()},
            )
        if not 0 <= bout.confidence <= 1:
            raise InputError(
                "A confidence is {confidence}.",
                "It goes from 0 to 1.",
                values={"confidence": bout.confidence},
            )
        if index and bout.start < given[index - 1].end:
            raise InputError(
                "Two bouts overlap at {start}.",
                "One thing at a time is kept.",
                values={"start": bout.start.isoformat()},
            )


def _touches(person_id: str, start: datetime, end: datetime) -> ColumnElement[bool]:
    return (table.c.person_id == person_id) & (table.c.end_at > start) & (table.c.start_at < end)


def _row(person_id: str, bout: Bout) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "id": bout.id or new_id(),
        "start_at": bout.start,
        "end_at": bout.end,
        "activity": bout.activity,
        "evidence": dump(bout.evidence),
        "confidence": bout.confidence,
    }


def _bout(row: Row[Any]) -> Bout:
    return Bout(
        id=row.id,
        start=row.start_at,
        end=row.end_at,
        activity=row.activity,
        evidence=load(tuple[str, ...], row.evidence),
        confidence=row.confidence,
    )
