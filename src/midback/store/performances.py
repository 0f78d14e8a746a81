"""What was done, exercise by exercise. In: folded sessions. Next: progression."""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from midback.errors import NotFound
from midback.plan.answers import Effort
from midback.plan.performance import NEXT_DAY_FROM, NEXT_DAY_UNTIL, Performance

from .codec import dump, load
from .rules import require_amount, require_id, require_scale
from .tables import checkins, sessions
from .tables import performances as table

# Longer than any session runs: those that began before a window may reach into it.
LONGEST_SESSION = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Done:
    """The few numbers that calendars and streaks need."""

    at: datetime
    exercise_id: str
    done_s: float
    complete: bool


def rewrite(connection: Connection, person_id: str, session_id: str, given: Iterable[Performance]) -> None:
    """Let the given stand for the session. ``pain_next_day`` is not kept here: check-ins hold it."""
    connection.execute(delete(table).where(table.c.person_id == person_id, table.c.session_id == session_id))
    rows = [_row(person_id, session_id, position, one) for position, one in enumerate(given)]
    if rows:
        connection.execute(insert(table), rows)


def performances(
    connection: Connection, person_id: str, since: datetime | None = None, until: datetime | None = None
) -> list[Performance]:
    """Return performances from ``since`` on (and before ``until``), oldest first, with pain a day later."""
    query = _with_pain_next_day().where(table.c.person_id == person_id)
    if since is not None:
        query = query.where(table.c.at >= since)
    if until is not None:
        query = query.where(table.c.at < until)
    return _performances(connection, person_id, query)


def of_session(connection: Connection, person_id: str, session_id: str) -> list[Performance]:
    """Return the performances of one session in their order."""
    query = _with_pain_next_day().where(table.c.person_id == person_id, table.c.session_id == session_id)
    return _performances(connection, person_id, query)


def last_of(connection: Connection, person_id: str, exercise_id: str, limit: int = 3) -> list[Performance]:
    """Return the last performances of one exercise, oldest first."""
    query = (
        select(table.c.session_id, table.c.position)
        .where(table.c.person_id == person_id, table.c.exercise_id == exercise_id)
        .order_by(table.c.at.desc(), table.c.session_id.desc(), table.c.position.desc())
        .limit(limit)
        .subquery()
    )
    wanted = _with_pain_next_day().join(
        query, (query.c.session_id == table.c.session_id) & (query.c.position == table.c.position)
    )
    return _performances(connection, person_id, wanted.where(table.c.person_id == person_id))


def done(
    connection: Connection, person_id: str, since: datetime | None = None, until: datetime | None = None
) -> list[Done]:
    """Return when what was done for how long, oldest first: light enough for years."""
    query = select(table.c.at, table.c.exercise_id, table.c.done_s, table.c.complete)
    query = query.where(table.c.person_id == person_id)
    if since is not None:
        query = query.where(table.c.at >= since)
    if until is not None:
        query = query.where(table.c.at < until)
    return [
        Done(*row)
        for row in connection.execute(query.order_by(table.c.at, table.c.session_id, table.c.position))
    ]


def spans(
    connection: Connection, person_id: str, start: datetime, end: datetime, without: Collection[str] = ()
) -> list[tuple[datetime, datetime]]:
    """Return when sessions ran that touch ``start`` to ``end``, in order: first exercise to the end of the last.

    What was told afterwards has no times of its own and is left out, as are the exercises in ``without``.
    """
    query = (
        select(table.c.session_id, table.c.at, table.c.done_s)
        .join(
            sessions,
            (sessions.c.person_id == table.c.person_id) & (sessions.c.id == table.c.session_id),
        )
        .where(
            table.c.person_id == person_id,
            table.c.done_s > 0,
            table.c.at >= start - LONGEST_SESSION,
            table.c.at < end,
            # What was told by hand is finished the moment it is kept.
            (sessions.c.finished_at.is_(None)) | (sessions.c.finished_at > sessions.c.created_at),
            table.c.exercise_id.not_in(without),
        )
    )
    found: dict[str, tuple[datetime, datetime]] = {}
    for session_id, at, done_s in connection.execute(query.order_by(table.c.at)):
        until = at + timedelta(seconds=done_s)
        first, last = found.get(session_id, (at, until))
        found[session_id] = (first, max(last, until))
    return [span for span in found.values() if span[1] > start]


def performed_at(connection: Connection, person_id: str, since: datetime) -> list[datetime]:
    """Return the instants from ``since`` on at which something was really done, oldest first."""
    query = select(table.c.at).where(table.c.person_id == person_id, table.c.at >= since, table.c.done_s > 0)
    return list(connection.execute(query.order_by(table.c.at)).scalars())


def last_performed(connection: Connection, person_id: str) -> datetime | None:
    """Return when something was last really done, or None."""
    query = select(table.c.at).where(table.c.person_id == person_id, table.c.done_s > 0)
    return connection.execute(query.order_by(table.c.at.desc()).limit(1)).scalar()


def set_effort(
    connection: Connection, person_id: str, session_id: str, exercise_id: str, effort: Effort
) -> None:
    """Keep how hard the person found an exercise of a session; raise NotFound when it was not in it."""
    mine = (
        (table.c.person_id == person_id)
        & (table.c.session_id == session_id)
        & (table.c.exercise_id == exercise_id)
    )
    rows = connection.execute(select(table.c.position, table.c.performance).where(mine)).all()
    if not rows:
        raise NotFound(
            "{exercise} was not part of session {session}.",
            values={"exercise": exercise_id, "session": session_id},
        )
    for row in rows:
        changed = dump(replace(load(Performance, row.performance), effort=effort))
        connection.execute(
            update(table).where(mine, table.c.position == row.position).values(performance=changed)
        )


def _with_pain_next_day() -> Select[Any]:
    """Return the query of performances with the newest answer to "how was it a day later"."""
    later = (
        select(checkins.c.pain_now)
        .where(
            checkins.c.person_id == table.c.person_id,
            checkins.c.session_id == table.c.session_id,
            checkins.c.kind == "next-day",
            checkins.c.pain_now.is_not(None),
        )
        .order_by(checkins.c.at.desc(), checkins.c.id.desc())
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )
    return select(table.c.session_id, table.c.performance, later.label("pain_next_day"))


def _performances(connection: Connection, person_id: str, query: Select[Any]) -> list[Performance]:
    ordered = query.order_by(table.c.at, table.c.session_id, table.c.position)
    found = [_performance(row) for row in connection.execute(ordered)]
    if all(one.pain_next_day is not None for one in found):
        return found
    # One answer a day serves every session of the day before, so that nobody is asked once for each.
    answered = select(checkins.c.at, checkins.c.pain_now).where(
        checkins.c.person_id == person_id,
        checkins.c.kind == "next-day",
        checkins.c.pain_now.is_not(None),
        checkins.c.at.between(found[0].at + NEXT_DAY_FROM, found[-1].at + NEXT_DAY_UNTIL),
    )
    answers = sorted((row.at, int(row.pain_now)) for row in connection.execute(answered))
    return [_answered_by(one, answers) for one in found]


def _answered_by(one: Performance, answers: list[tuple[datetime, int]]) -> Performance:
    """Take the worst answer given about a day after it, where none was about it alone."""
    if one.pain_next_day is not None:
        return one
    first = bisect_left(answers, (one.at + NEXT_DAY_FROM, -1))
    last = bisect_left(answers, (one.at + NEXT_DAY_UNTIL, 11))
    return replace(one, pain_next_day=max((pain for _, pain in answers[first:last]), default=None))


def _row(person_id: str, session_id: str, position: int, one: Performance) -> dict[str, Any]:
    require_id("exercise_id", one.exercise_id)
    require_scale(pain_before=one.pain_before, pain_during=one.pain_during, pain_after=one.pain_after)
    require_amount(done_s=one.done_s)
    return {
        "person_id": person_id,
        "session_id": session_id,
        "position": position,
        "at": one.at,
        "exercise_id": one.exercise_id,
        "done_s": one.done_s,
        "complete": one.complete,
        "performance": dump(replace(one, session_id=session_id, pain_next_day=None)),
    }


def _performance(row: Row[Any]) -> Performance:
    document = row.performance | {"session_id": row.session_id, "pain_next_day": row.pain_next_day}
    return load(Performance, document)
