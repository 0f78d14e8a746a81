"""The people of this database; one today. In: a connection. Next: every other table refers to them."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from midback.errors import NotFound

from .rules import require_id
from .tables import metadata, people, preferences, sensed, spool

DEFAULT_PERSON = "me"


def ensure_person(
    connection: Connection, person_id: str = DEFAULT_PERSON, at: datetime | None = None
) -> None:
    """Make the person if they are not there; ``at`` is kept as the day they started."""
    require_id("person_id", person_id)
    if started_at(connection, person_id) is None:
        connection.execute(insert(people).values(person_id=person_id, created_at=at or datetime.now(UTC)))


def started_at(connection: Connection, person_id: str) -> datetime | None:
    """Return when the person started, or None when they are not there."""
    return connection.execute(select(people.c.created_at).where(people.c.person_id == person_id)).scalar()


def ensure_known(connection: Connection, person_id: str) -> None:
    """Raise NotFound when the person is not there."""
    if started_at(connection, person_id) is None:
        raise NotFound("There is no person {person!r} in this database.", values={"person": person_id})


def is_empty(connection: Connection, person_id: str) -> bool:
    """Return whether nothing but preferences, and how far files were read, is kept of the person."""
    for table in metadata.sorted_tables:
        if table in (people, preferences, sensed, spool):
            continue
        if connection.execute(
            select(table.c.person_id).where(table.c.person_id == person_id).limit(1)
        ).first():
            return False
    return True


def everyone(connection: Connection) -> tuple[str, ...]:
    """Return the ids of all people."""
    return tuple(connection.execute(select(people.c.person_id).order_by(people.c.person_id)).scalars())


def remove(connection: Connection, person_id: str) -> None:
    """Remove the person and, through the foreign keys, everything of theirs."""
    connection.execute(delete(people).where(people.c.person_id == person_id))
