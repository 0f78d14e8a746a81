"""What the day looked like before it was changed, kept for a day. In: ``bouts``. Out: what to put back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from midback.body.exposure import Bout

from .codec import dump, load
from .tables import bout_changes as table

KEPT_FOR = timedelta(days=1)
#: One tap of the person may change several windows; what lies this close together was one tap.
ONE_ACTION = timedelta(seconds=1)

Step = tuple[datetime, datetime, tuple[Bout, ...]]


def note(
    connection: Connection,
    person_id: str,
    at: datetime,
    start: datetime,
    end: datetime,
    before: Iterable[Bout],
) -> None:
    """Keep what stands between two instants, just before it is changed; forget what is older than a day."""
    connection.execute(delete(table).where(table.c.person_id == person_id, table.c.at < at - KEPT_FOR))
    last = connection.execute(select(func.max(table.c.seq)).where(table.c.person_id == person_id)).scalar()
    connection.execute(
        insert(table).values(
            person_id=person_id,
            seq=(last or 0) + 1,
            at=at,
            start_at=start,
            end_at=end,
            before=dump(tuple(before)),
        )
    )


def any_kept(connection: Connection, person_id: str) -> bool:
    """Say whether there is an action to take back."""
    query = select(table.c.seq).where(table.c.person_id == person_id).limit(1)
    return connection.execute(query).first() is not None


def take_last(connection: Connection, person_id: str) -> tuple[Step, ...]:
    """Return what to put back to undo the last action, in the order to do it, and forget it."""
    query = select(table).where(table.c.person_id == person_id).order_by(table.c.seq.desc())
    steps: list[Step] = []
    newest: datetime | None = None
    for row in connection.execute(query).all():
        newest = newest or row.at
        if abs(newest - row.at) > ONE_ACTION:
            break
        steps.append((row.start_at, row.end_at, load(tuple[Bout, ...], row.before)))
        mine = (table.c.person_id == person_id) & (table.c.seq == row.seq)
        connection.execute(delete(table).where(mine))
    return tuple(steps)
