"""Looks at desk, sofa and driver's seat: what was found, what to change first, when to look again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from .codec import dump, load
from .ids import new_id
from .rules import require_id
from .tables import setup_looks


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupLook:
    """One look at one place.

    place : id of a check of data/setup.toml
    answers : item id -> whether it is fine
    to_change : item ids, the most useful change first
    """

    at: datetime
    place: str
    answers: Mapping[str, bool] = field(default_factory=dict)
    to_change: tuple[str, ...] = ()
    look_again_on: date | None = None
    id: str = ""


def add(connection: Connection, person_id: str, look: SetupLook) -> SetupLook:
    """Keep a look and return it with its id."""
    require_id("id", look.id or None)
    kept = look if look.id else replace(look, id=new_id())
    row = dump(kept) | {"at": kept.at, "look_again_on": kept.look_again_on, "person_id": person_id}
    connection.execute(insert(setup_looks).values(row))
    return kept


def listed(connection: Connection, person_id: str) -> tuple[SetupLook, ...]:
    """Return the looks, oldest first."""
    query = select(setup_looks).where(setup_looks.c.person_id == person_id)
    return tuple(_look(row) for row in connection.execute(query.order_by(setup_looks.c.at, setup_looks.c.id)))


def _look(row: Row[Any]) -> SetupLook:
    columns = dict(row._mapping)
    del columns["person_id"]
    return load(SetupLook, columns)
