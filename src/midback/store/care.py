"""Visits: massage and other hands-on help, booked or done, with what they cost and what was worked on."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select

from midback.errors import InputError

from .codec import dump, load
from .ids import new_id
from .rules import require_amount, require_id, require_scale, require_text
from .tables import care


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit.

    kind : ``massage`` counts towards the day's minutes; ``professional`` is any other appointment
    profession : id of the kind of professional, or empty
    minute : when it begins, as local minutes after midnight, or None
    place : where, and with whom, in the person's words
    done : False while it is only booked
    cost : in ``currency`` (ISO 4217)
    worked_on : ids such as release, stretching, mid-back, neck
    """

    day: date
    kind: Literal["massage", "professional"] = "massage"
    profession: str = ""
    minute: int | None = None
    place: str = ""
    done: bool = True
    minutes: float = 0.0
    cost: float = 0.0
    currency: str = "EUR"
    worked_on: tuple[str, ...] = ()
    pain_before: int | None = None
    pain_after: int | None = None
    note: str = ""
    id: str = ""


def add(connection: Connection, person_id: str, visit: Visit) -> Visit:
    """Keep a visit and return it with its id; one whose id is there already is replaced."""
    require_amount(minutes=visit.minutes, cost=visit.cost)
    require_scale(pain_before=visit.pain_before, pain_after=visit.pain_after)
    require_text(note=visit.note, place=visit.place)
    require_id("profession", visit.profession or None)
    if visit.minute is not None and not 0 <= visit.minute < 1440:
        raise InputError("minute is {minute}.", "It must be 0 to 1,439.", values={"minute": visit.minute})
    require_text(3, currency=visit.currency)
    require_id("id", visit.id or None)
    kept = visit if visit.id else replace(visit, id=new_id())
    remove(connection, person_id, kept.id)
    row = dump(kept) | {"day": kept.day, "person_id": person_id}
    connection.execute(insert(care).values(row))
    return kept


def listed(connection: Connection, person_id: str) -> tuple[Visit, ...]:
    """Return the visits, booked and done, oldest first."""
    query = select(care).where(care.c.person_id == person_id)
    return tuple(_visit(row) for row in connection.execute(query.order_by(care.c.day, care.c.id)))


def booked(connection: Connection, person_id: str, since: date) -> tuple[Visit, ...]:
    """Return the visits still to come, from a day on, in order of time."""
    query = select(care).where(care.c.person_id == person_id, care.c.day >= since, care.c.done.is_(False))
    return tuple(
        _visit(row) for row in connection.execute(query.order_by(care.c.day, care.c.minute, care.c.id))
    )


def on(connection: Connection, person_id: str, day: date) -> tuple[Visit, ...]:
    """Return the visits that took place on the day."""
    query = select(care).where(care.c.person_id == person_id, care.c.day == day, care.c.done.is_(True))
    return tuple(_visit(row) for row in connection.execute(query.order_by(care.c.id)))


def remove(connection: Connection, person_id: str, visit_id: str) -> bool:
    """Remove a visit; return whether it was there."""
    mine = (care.c.person_id == person_id) & (care.c.id == visit_id)
    return connection.execute(delete(care).where(mine)).rowcount > 0


def _visit(row: Row[Any]) -> Visit:
    columns = dict(row._mapping)
    del columns["person_id"]
    return load(Visit, columns)
