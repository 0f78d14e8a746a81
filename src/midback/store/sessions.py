"""Guided sessions: the script they follow and when they began and ended. Next: ``events`` hold what happened,
``performances`` what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from midback.errors import NotFound
from midback.plan.performance import Performance

from .codec import dump
from .events import append, beat, events
from .performances import done, last_of, performances, rewrite, set_effort
from .rules import require_id
from .tables import sessions

__all__ = [
    "KeptSession",
    "append",
    "beat",
    "create",
    "done",
    "events",
    "finish",
    "get",
    "history",
    "last_of",
    "latest",
    "open_session",
    "performances",
    "remove",
    "set_effort",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSession:
    """One session; ``finished_at`` is None while it runs."""

    id: str
    created_at: datetime
    script: Any
    finished_at: datetime | None = None


def create(
    connection: Connection, person_id: str, session_id: str, script_json: object, at: datetime
) -> bool:
    """Keep a new session; return False, changing nothing, when that id is there already."""
    require_id("session_id", session_id)
    if _row_of(connection, person_id, session_id) is not None:
        return False
    connection.execute(
        insert(sessions).values(person_id=person_id, id=session_id, created_at=at, script=dump(script_json))
    )
    return True


def get(connection: Connection, person_id: str, session_id: str) -> KeptSession:
    """Return the session; raise NotFound when there is none."""
    row = _row_of(connection, person_id, session_id)
    if row is None:
        raise NotFound(f"There is no session {session_id}.", "", "Start a new one from Today.")
    return _session(row)


def open_session(connection: Connection, person_id: str) -> KeptSession | None:
    """Return the newest session that is not finished, or None."""
    query = select(sessions).where(sessions.c.person_id == person_id, sessions.c.finished_at.is_(None))
    row = connection.execute(
        query.order_by(sessions.c.created_at.desc(), sessions.c.id.desc()).limit(1)
    ).first()
    return None if row is None else _session(row)


def latest(connection: Connection, person_id: str) -> KeptSession | None:
    """Return the session that was finished last, or None."""
    query = select(sessions).where(sessions.c.person_id == person_id, sessions.c.finished_at.is_not(None))
    row = connection.execute(
        query.order_by(sessions.c.finished_at.desc(), sessions.c.id.desc()).limit(1)
    ).first()
    return None if row is None else _session(row)


def history(connection: Connection, person_id: str, since: datetime | None = None) -> tuple[KeptSession, ...]:
    """Return the sessions begun from ``since`` on, oldest first."""
    query = select(sessions).where(sessions.c.person_id == person_id)
    if since is not None:
        query = query.where(sessions.c.created_at >= since)
    rows = connection.execute(query.order_by(sessions.c.created_at, sessions.c.id))
    return tuple(_session(row) for row in rows)


def finish(
    connection: Connection,
    person_id: str,
    session_id: str,
    at: datetime,
    done_exercises: Iterable[Performance],
) -> None:
    """End the session with what was performed. Called again it replaces, never doubles."""
    session = get(connection, person_id, session_id)
    mine = (sessions.c.person_id == person_id) & (sessions.c.id == session_id)
    connection.execute(update(sessions).where(mine).values(finished_at=session.finished_at or at))
    rewrite(connection, person_id, session_id, done_exercises)


def remove(connection: Connection, person_id: str, session_id: str) -> bool:
    """Remove a session with its events and performances; return whether it was there."""
    mine = (sessions.c.person_id == person_id) & (sessions.c.id == session_id)
    return connection.execute(delete(sessions).where(mine)).rowcount > 0


def _row_of(connection: Connection, person_id: str, session_id: str) -> Row[Any] | None:
    mine = (sessions.c.person_id == person_id) & (sessions.c.id == session_id)
    return connection.execute(select(sessions).where(mine)).first()


def _session(row: Row[Any]) -> KeptSession:
    return KeptSession(id=row.id, created_at=row.created_at, script=row.script, finished_at=row.finished_at)
