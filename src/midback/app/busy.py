"""When the person is busy, of all their calendars. In: the copies kept. Out: times without titles. Next: orders."""

from datetime import datetime

from sqlalchemy import Connection

from midback.store import calendars as kept


def busy_in(
    conn: Connection, person: str, start: datetime, end: datetime
) -> tuple[tuple[datetime, datetime], ...]:
    """Return the busy times that touch a window, of all calendars, in order and merged; no titles."""
    found = sorted(
        (time.start, time.end)
        for calendar in kept.listed(conn, person)
        for time in calendar.busy
        if time.end > start and time.start < end
    )
    merged: list[tuple[datetime, datetime]] = []
    for first, last in found:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)
