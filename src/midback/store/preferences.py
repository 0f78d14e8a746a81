"""Small choices of the person by name: skin and hair of the figure, sound, length, theme."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from .codec import dump
from .rules import require_id
from .tables import preferences


def read(connection: Connection, person_id: str, key: str, default: Any = None) -> Any:
    """Return the value of a preference, or the default."""
    query = select(preferences.c.value).where(preferences.c.person_id == person_id, preferences.c.key == key)
    row = connection.execute(query).first()
    return default if row is None else row.value


def write(connection: Connection, person_id: str, key: str, value: object) -> None:
    """Keep a JSON value under the key, in place of the one before."""
    require_id("key", key, 80)
    mine = (preferences.c.person_id == person_id) & (preferences.c.key == key)
    kept = dump(value)
    if connection.execute(update(preferences).where(mine).values(value=kept)).rowcount == 0:
        connection.execute(insert(preferences).values(person_id=person_id, key=key, value=kept))


def remove(connection: Connection, person_id: str, key: str) -> None:
    """Forget a preference."""
    mine = (preferences.c.person_id == person_id) & (preferences.c.key == key)
    connection.execute(delete(preferences).where(mine))


def every(connection: Connection, person_id: str) -> dict[str, Any]:
    """Return all preferences by key."""
    query = select(preferences.c.key, preferences.c.value).where(preferences.c.person_id == person_id)
    return {row.key: row.value for row in connection.execute(query.order_by(preferences.c.key))}
