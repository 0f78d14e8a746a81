"""Where the camera may look, by place: granted, taken back. Every row stays, so it can be told when it could."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from .camera_tables import camera_permissions as table
from .ids import new_id
from .rules import require_id, require_order


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraPermission:
    """One grant. ``revoked_at`` None: it holds."""

    place: str
    granted_at: datetime
    revoked_at: datetime | None = None
    id: str = ""


def add(connection: Connection, person_id: str, permission: CameraPermission) -> CameraPermission:
    """Keep a grant and return it with its id."""
    require_id("id", permission.id or None)
    require_id("place", permission.place)
    require_order(permission.granted_at, permission.revoked_at, "The permission")
    kept = permission if permission.id else replace(permission, id=new_id())
    connection.execute(
        insert(table).values(
            person_id=person_id,
            id=kept.id,
            place=kept.place,
            granted_at=kept.granted_at,
            revoked_at=kept.revoked_at,
        )
    )
    return kept


def revoke(connection: Connection, person_id: str, place: str | None, at: datetime) -> int:
    """Close the open grants of a place, of every place without one; return how many there were."""
    mine = (table.c.person_id == person_id) & table.c.revoked_at.is_(None)
    if place is not None:
        mine &= table.c.place == place
    # A clock that was set back must not keep a permission open.
    found = connection.execute(select(table.c.id, table.c.granted_at).where(mine)).all()
    for row in found:
        one = (table.c.person_id == person_id) & (table.c.id == row.id)
        connection.execute(update(table).where(one).values(revoked_at=max(at, row.granted_at)))
    return len(found)


def current(connection: Connection, person_id: str, place: str) -> CameraPermission | None:
    """Return the grant that holds for a place, or None."""
    mine = (table.c.person_id == person_id) & (table.c.place == place) & table.c.revoked_at.is_(None)
    row = connection.execute(
        select(table).where(mine).order_by(table.c.granted_at.desc(), table.c.id.desc())
    ).first()
    return None if row is None else _permission(row)


def listed(connection: Connection, person_id: str) -> tuple[CameraPermission, ...]:
    """Return all grants, oldest first."""
    query = select(table).where(table.c.person_id == person_id).order_by(table.c.granted_at, table.c.id)
    return tuple(_permission(row) for row in connection.execute(query))


def clear(connection: Connection, person_id: str, place: str) -> int:
    """Forget every grant of a place; return how many there were."""
    mine = (table.c.person_id == person_id) & (table.c.place == place)
    return connection.execute(delete(table).where(mine)).rowcount


def _permission(row: Any) -> CameraPermission:
    return CameraPermission(id=row.id, place=row.place, granted_at=row.granted_at, revoked_at=row.revoked_at)
