"""A session's log. An event is kept once under its id, in the order it arrived, and is on the disk when
the transaction ends. Next: the coach folds the log into the session's state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from midback.errors import InputError, NotFound

from .codec import dump
from .rules import require_id, require_order
from .tables import events as table
from .tables import sessions

BEAT = "heartbeat"
LARGEST_SEQ = 2**31 - 1
#: A heartbeat later than this is a gap: the person may have walked away, so the silence is not filled in.
LONGEST_BEAT_GAP = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEvent:
    """One event. ``until`` is later than ``at`` only for heartbeats, which stretch instead of multiplying."""

    seq: int
    event_id: str
    at: datetime
    until: datetime
    kind: str
    data: Any


def append(
    connection: Connection,
    person_id: str,
    session_id: str,
    event_id: str,
    at: datetime,
    kind: str,
    data: object,
) -> bool:
    """Keep an event at the end of the log; return False, changing nothing, when its id is there already.

    Raises NotFound when there is no such session.
    """
    require_id("event_id", event_id, 80)
    require_id("kind", kind, 40)
    of_session = (table.c.person_id == person_id) & (table.c.session_id == session_id)
    known = connection.execute(select(table.c.seq).where(of_session, table.c.event_id == event_id)).first()
    if known is not None:
        return False
    _require_session(connection, person_id, session_id)
    last = _last(connection, person_id, session_id)
    seq = 1 if last is None else last.seq + 1
    event = KeptEvent(seq=seq, event_id=event_id, at=at, until=at, kind=kind, data=data)
    connection.execute(insert(table).values(_row(person_id, session_id, event)))
    return True


def fill(connection: Connection, person_id: str, session_id: str, log: Iterable[KeptEvent]) -> None:
    """Keep a whole log in a session that has none; raise InputError when its numbers do not grow from 1."""
    rows = []
    last = 0
    for event in log:
        require_id("event_id", event.event_id, 80)
        require_id("kind", event.kind, 40)
        require_order(event.at, event.until, f"Event {event.seq}")
        if not last < event.seq <= LARGEST_SEQ:
            raise InputError(
                "Event {seq} follows event {last}.",
                "The numbers of a log grow.",
                values={"seq": event.seq, "last": last},
            )
        last = event.seq
        rows.append(_row(person_id, session_id, event))
    if rows:
        connection.execute(insert(table), rows)


def beat(connection: Connection, person_id: str, session_id: str, at: datetime) -> None:
    """Confirm that the session was alive at ``at``.

    The heartbeat at the end of the log is stretched; after a gap, or when the clock was set back by more
    than a gap, a new one begins, so that silence stays visible.
    """
    last = _last(connection, person_id, session_id)
    if last is None or last.kind != BEAT or abs(at - last.until) > LONGEST_BEAT_GAP:
        number = 1 if last is None else last.seq + 1
        append(connection, person_id, session_id, f"{BEAT}-{number}", at, BEAT, {})
        return
    if at > last.until:
        mine = (
            (table.c.person_id == person_id) & (table.c.session_id == session_id) & (table.c.seq == last.seq)
        )
        connection.execute(update(table).where(mine).values(until=at))


def events(connection: Connection, person_id: str, session_id: str, after: int = 0) -> tuple[KeptEvent, ...]:
    """Return the log in order, from behind the sequence number ``after``."""
    query = select(table).where(
        table.c.person_id == person_id, table.c.session_id == session_id, table.c.seq > after
    )
    return tuple(_event(row) for row in connection.execute(query.order_by(table.c.seq)))


def _last(connection: Connection, person_id: str, session_id: str) -> Row[Any] | None:
    query = select(table).where(table.c.person_id == person_id, table.c.session_id == session_id)
    return connection.execute(query.order_by(table.c.seq.desc()).limit(1)).first()


def _require_session(connection: Connection, person_id: str, session_id: str) -> None:
    query = select(sessions.c.id).where(sessions.c.person_id == person_id, sessions.c.id == session_id)
    if connection.execute(query).first() is None:
        raise NotFound(
            "There is no session {session}.",
            "",
            "Start a new one from Today.",
            values={"session": session_id},
        )


def _row(person_id: str, session_id: str, event: KeptEvent) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "session_id": session_id,
        "seq": event.seq,
        "event_id": event.event_id,
        "at": event.at,
        "until": event.until,
        "kind": event.kind,
        "data": dump({} if event.data is None else event.data),
    }


def _event(row: Row[Any]) -> KeptEvent:
    return KeptEvent(
        seq=row.seq, event_id=row.event_id, at=row.at, until=row.until, kind=row.kind, data=row.data
    )
