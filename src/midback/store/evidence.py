"""Evidence as it came, a row for each UTC hour. In: Evidence. Out: what was new, and what touches a window.

A row holds the lines of its hour in order, compressed, each once: keeping the same evidence again changes
nothing. A stretch stands in the hour it begins in; one longer than a day is kept in pieces of a day.
Next: ``app.evidence`` folds them into ``sensed``.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from midback.body.evidence import MEASURED, Evidence, read_line, write_line

from .tables import evidence as table

HOUR = timedelta(hours=1)
# As ``write_line`` writes it; a text that quotes it has its quotes escaped.
OF_THE_CAMERA = '"source": "camera"'
LONGEST_PIECE = timedelta(days=1)
# The hours that are kept read: those of the days around now, as full as our own samples make them (some 4 MB).
HOURS_AROUND, USUAL = 100, 400


def keep(connection: Connection, person_id: str, given: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Keep evidence, each piece once; return the pieces that were not there before."""
    hours: dict[datetime, dict[str, Evidence]] = {}
    for one in given:
        for piece in pieces(canonical(one)):
            hours.setdefault(hour_of(piece.at), {})[write_line(piece)] = piece
    fresh: list[Evidence] = []
    for hour, told in sorted(hours.items()):
        row = connection.execute(select(table).where(_of_hour(person_id, hour))).first()
        known = unpack(row.lines) if row else []
        there = set(known)
        new = {line: piece for line, piece in told.items() if line not in there}
        if not new:
            continue
        until = max(piece.until or piece.at for piece in new.values())
        values = {
            "until": until if row is None else max(until, row.until),
            "count": len(known) + len(new),
            "lines": pack([*known, *new]),
        }
        if row is None:
            connection.execute(insert(table).values(person_id=person_id, hour=hour, **values))
        else:
            connection.execute(update(table).where(_of_hour(person_id, hour)).values(**values))
        fresh += new.values()
    return tuple(fresh)


def take_out(connection: Connection, person_id: str, lines: Iterable[str]) -> tuple[Evidence, ...]:
    """Forget lines, as they are kept; return the evidence that was there."""
    hours: dict[datetime, dict[str, Evidence]] = {}
    for line in lines:
        piece = read_line(line)
        hours.setdefault(hour_of(piece.at), {})[line] = piece
    gone: list[Evidence] = []
    for hour, told in sorted(hours.items()):
        row = connection.execute(select(table).where(_of_hour(person_id, hour))).first()
        if row is None:
            continue
        known = unpack(row.lines)
        left = [line for line in known if line not in told]
        gone += [told[line] for line in known if line in told]
        if not left:
            connection.execute(delete(table).where(_of_hour(person_id, hour)))
        elif len(left) < len(known):
            ends = [(piece.until or piece.at) for piece in map(read_line, left)]
            values = {"until": max(ends), "count": len(left), "lines": pack(left)}
            connection.execute(update(table).where(_of_hour(person_id, hour)).values(**values))
    return tuple(gone)


def between(connection: Connection, person_id: str, start: datetime, end: datetime) -> Iterator[Evidence]:
    """Yield what touches ``start`` to ``end``, by hour; stretches whole, as they are kept."""
    mine = (table.c.person_id == person_id) & (table.c.hour < end) & (table.c.until >= start)
    for row in connection.execute(select(table).where(mine).order_by(table.c.hour)):
        read = _read_again if row._mapping["count"] <= USUAL else _read
        for piece in read(row.lines):
            if piece.at < end and (piece.until or piece.at) >= start:
                yield piece


def of_camera(connection: Connection, person_id: str, start: datetime, end: datetime) -> tuple[Evidence, ...]:
    """Return the looks of the camera from ``start`` on and before ``end``.

    Lines are chosen before they are read, for a month of minutes has a hundred times as many others.
    """
    mine = (table.c.person_id == person_id) & (table.c.hour < end) & (table.c.until >= start)
    found = []
    for row in connection.execute(select(table.c.lines).where(mine).order_by(table.c.hour)):
        found += [read_line(line) for line in unpack(row.lines) if OF_THE_CAMERA in line]
    return tuple(one for one in found if one.source == "camera" and start <= one.at < end)


def lines(connection: Connection, person_id: str) -> Iterator[str]:
    """Yield every line kept, oldest hour first."""
    query = select(table.c.lines).where(table.c.person_id == person_id).order_by(table.c.hour)
    for row in connection.execute(query):
        yield from unpack(row.lines)


def hours(connection: Connection, person_id: str) -> Iterator[tuple[Evidence, ...]]:
    """Yield all evidence, hour by hour."""
    query = select(table.c.lines).where(table.c.person_id == person_id).order_by(table.c.hour)
    for row in connection.execute(query):
        yield _read(row.lines)


def span(connection: Connection, person_id: str) -> tuple[datetime, datetime] | None:
    """Return the first hour and the latest end of all evidence, or None when there is none."""
    query = select(func.min(table.c.hour), func.max(table.c.until)).where(table.c.person_id == person_id)
    first, last = connection.execute(query).one()
    return None if first is None else (first, last)


def count(connection: Connection, person_id: str) -> int:
    """Return how many lines are kept."""
    query = select(func.coalesce(func.sum(table.c.count), 0)).where(table.c.person_id == person_id)
    return int(connection.execute(query).scalar_one())


def clear(connection: Connection, person_id: str) -> int:
    """Forget all evidence of the person; return how many lines there were."""
    known = count(connection, person_id)
    connection.execute(delete(table).where(table.c.person_id == person_id))
    return known


def pieces(one: Evidence) -> tuple[Evidence, ...]:
    """Return the evidence as it is kept: a stretch longer than a day cut into days from its start."""
    found = []
    while one.until is not None and one.until - one.at > LONGEST_PIECE:
        found.append(replace(one, until=one.at + LONGEST_PIECE))
        one = replace(one, at=one.at + LONGEST_PIECE)
    return (*found, one)


def canonical(one: Evidence) -> Evidence:
    """Return the evidence as reading its line gives it back: equal evidence is one line."""
    measured: dict[str, Any] = {
        key: None if (value := getattr(one, key)) is None else float(value) for key in MEASURED
    }
    return replace(
        one,
        **measured,
        idle_s=None if one.idle_s is None else float(one.idle_s),
        speed_kmh=None if one.speed_kmh is None else float(one.speed_kmh),
        reason=_plain(one.reason),
        title=_plain(one.title),
        host=_plain(one.host),
    )


def _plain(text: str) -> str:
    """Return the text without what no file can hold."""
    return text if text.isprintable() else text.encode("utf-8", "replace").decode().replace("\0", " ")


def hour_of(at: datetime) -> datetime:
    """Return the UTC hour of an instant."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def pack(given: Iterable[str]) -> bytes:
    """Return lines as one compressed text, in order and each once."""
    return zlib.compress("\n".join(sorted(set(given))).encode(), 6)


def unpack(packed: bytes) -> list[str]:
    """Return the lines of a compressed text."""
    text = zlib.decompress(packed).decode()
    return text.split("\n") if text else []


def _read(packed: bytes) -> tuple[Evidence, ...]:
    return tuple(map(read_line, unpack(packed)))


# What is new is folded with the days around it every minute, of which only one hour changed since.
_read_again = lru_cache(maxsize=HOURS_AROUND)(_read)


def _of_hour(person_id: str, hour: datetime) -> Any:
    return (table.c.person_id == person_id) & (table.c.hour == hour)
