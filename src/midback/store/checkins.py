"""Check-ins: pain, symptoms, body map, activities. A pain of None is "not answered", never zero."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from midback.plan.answers import CheckIn

from .codec import dump, load
from .ids import new_id
from .rules import require_id, require_scale, require_scales, require_text
from .tables import checkins


def add(connection: Connection, person_id: str, checkin: CheckIn) -> CheckIn:
    """Keep a check-in and return it with its id. One whose id is there already is replaced, not doubled."""
    require_scale(pain_now=checkin.pain_now, pain_average=checkin.pain_average, pain_worst=checkin.pain_worst)
    require_scales("psfs", checkin.psfs)
    require_text(note=checkin.note)
    require_id("id", checkin.id or None)
    require_id("session_id", checkin.session_id)
    kept = checkin if checkin.id else replace(checkin, id=new_id())
    remove(connection, person_id, kept.id)
    connection.execute(insert(checkins).values(person_id=person_id, **_row(kept)))
    return kept


def since(
    connection: Connection, person_id: str, at: datetime, until: datetime | None = None
) -> tuple[CheckIn, ...]:
    """Return the check-ins from ``at`` on (and before ``until``), oldest first."""
    query = select(checkins).where(checkins.c.person_id == person_id, checkins.c.at >= at)
    if until is not None:
        query = query.where(checkins.c.at < until)
    return tuple(_checkin(row) for row in connection.execute(query.order_by(checkins.c.at, checkins.c.id)))


def listed(connection: Connection, person_id: str) -> tuple[CheckIn, ...]:
    """Return all check-ins, oldest first."""
    query = select(checkins).where(checkins.c.person_id == person_id)
    return tuple(_checkin(row) for row in connection.execute(query.order_by(checkins.c.at, checkins.c.id)))


def latest(connection: Connection, person_id: str, kind: str | None = None) -> CheckIn | None:
    """Return the newest check-in (of a kind), or None."""
    query = select(checkins).where(checkins.c.person_id == person_id)
    if kind is not None:
        query = query.where(checkins.c.kind == kind)
    row = connection.execute(query.order_by(checkins.c.at.desc(), checkins.c.id.desc()).limit(1)).first()
    return None if row is None else _checkin(row)


def of_session(connection: Connection, person_id: str, session_id: str) -> tuple[CheckIn, ...]:
    """Return the check-ins that answer for one session, oldest first."""
    query = select(checkins).where(checkins.c.person_id == person_id, checkins.c.session_id == session_id)
    return tuple(_checkin(row) for row in connection.execute(query.order_by(checkins.c.at, checkins.c.id)))


def remove(connection: Connection, person_id: str, checkin_id: str) -> bool:
    """Remove a check-in; return whether it was there."""
    mine = (checkins.c.person_id == person_id) & (checkins.c.id == checkin_id)
    return connection.execute(delete(checkins).where(mine)).rowcount > 0


def _row(checkin: CheckIn) -> dict[str, Any]:
    row: dict[str, Any] = dump(checkin)
    return row | {"at": checkin.at}


def _checkin(row: Row[Any]) -> CheckIn:
    columns = dict(row._mapping)
    del columns["person_id"]
    return load(CheckIn, columns)
