"""Guided sessions: the script they follow and when they began and ended. Next: ``events`` hold what happened,
``performances`` what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from midback.errors import InputError, NotFound
from midback.plan.performance import Performance

from .codec import dump
from .events import KeptEvent, append, beat, events
from .events import fill as fill_log
from .performances import done, last_of, last_performed, performances, performed_at, rewrite, set_effort
from .rules import require_id, require_order
from .tables import sessions

__all__ = [
    "BY_HAND",
    "KeptSession",
    "append",
    "beat",
    "create",
    "done",
    "events",
    "fill",
    "finish",
    "finished_between",
    "get",
    "history",
    "last_of",
    "last_performed",
    "open_session",
    "performances",
    "performed_at",
    "remove",
    "remove_by_hand",
    "set_effort",
]


#: The script of a session that nobody guided: the person said what they did.
BY_HAND = {"by_hand": True}


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


def fill(
    connection: Connection,
    person_id: str,
    session: KeptSession,
    log: Iterable[KeptEvent],
    done_exercises: Iterable[Performance],
) -> None:
    """Keep a whole session with its log and what was performed."""
    require_order(session.created_at, session.finished_at, "The session")
    if not create(connection, person_id, session.id, session.script, session.created_at):
        raise InputError("The session {session} is there twice.", values={"session": session.id})
    if session.finished_at is not None:
        mine = (sessions.c.person_id == person_id) & (sessions.c.id == session.id)
        connection.execute(update(sessions).where(mine).values(finished_at=session.finished_at))
    fill_log(connection, person_id, session.id, log)
    rewrite(connection, person_id, session.id, done_exercises)


def get(connection: Connection, person_id: str, session_id: str) -> KeptSession:
    """Return the session; raise NotFound when there is none."""
    row = _row_of(connection, person_id, session_id)
    if row is None:
        raise NotFound(
            "There is no session {session}.",
            "",
            "Start a new one from Today.",
            values={"session": session_id},
        )
    return _session(row)


def open_session(connection: Connection, person_id: str) -> str | None:
    """Return the id of the newest session that is not finished, or None."""
    query = select(sessions.c.id).where(sessions.c.person_id == person_id, sessions.c.finished_at.is_(None))
    return connection.execute(query.order_by(sessions.c.created_at.desc(), sessions.c.id.desc())).scalar()


def finished_between(
    connection: Connection, person_id: str, start: datetime, end: datetime
) -> tuple[str, ...]:
    """Return the ids of the sessions finished from ``start`` on and before ``end``, oldest first."""
    query = select(sessions.c.id).where(
        sessions.c.person_id == person_id, sessions.c.finished_at >= start, sessions.c.finished_at < end
    )
    return tuple(connection.execute(query.order_by(sessions.c.finished_at, sessions.c.id)).scalars())


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


def remove_by_hand(connection: Connection, person_id: str, session_id: str) -> bool:
    """Remove what was marked or logged by hand; a guided session stays. Return whether it was removed."""
    row = _row_of(connection, person_id, session_id)
    if row is None or row.script != BY_HAND:
        return False
    return remove(connection, person_id, session_id)


def _row_of(connection: Connection, person_id: str, session_id: str) -> Row[Any] | None:
    mine = (sessions.c.person_id == person_id) & (sessions.c.id == session_id)
    return connection.execute(select(sessions).where(mine)).first()


def _session(row: Row[Any]) -> KeptSession:
    return KeptSession(id=row.id, created_at=row.created_at, script=row.script, finished_at=row.finished_at)
