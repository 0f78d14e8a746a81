"""How one sat, stretch by stretch: the drift against one's own upright. In: evidence, bouts. Out: DayDrift. Next: day.

Nothing of it is kept beside the evidence: each look carries its change against the upright of its time, so the same
evidence gives the same drift after a new fold, on another computer and out of an archive. A trial reads ``daily``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
from sqlalchemy import Connection

from midback.body.drift import Drift, drift
from midback.body.evidence import Evidence, Look, Seen
from midback.body.exposure import Bout
from midback.body.looks import READINGS
from midback.store import evidence as kept
from midback.store import intakes
from midback.store.engine import reading

from .clock import check_day, today_of
from .exposures import DayExposure, day_in, show_day
from .house import House

# A hole this long in what is known of a stretch is bookkeeping.
HOLE: Final = timedelta(minutes=3)
MOST_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One look: ``change`` against one's own upright, or None and ``reason`` why there is no reading."""

    at: datetime
    seen: Seen | None
    look: Look | None
    change: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutDrift:
    """One stretch of sitting and what its looks come to."""

    start: datetime
    end: datetime
    drift: Drift


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDrift:
    """One local day.

    readings : every look of the day in order ; bouts : the stretches of sitting with a reading in them
    """

    day: date
    readings: tuple[Reading, ...] = ()
    bouts: tuple[BoutDrift, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNumbers:
    """One day as an outcome: shares of one's own upright, None where too little is known.

    middle : median change of all readings of the day, the front view's stand-in for a head that comes forward
    per_hour : drift over a stretch, the mean of the day's stretches, each weighing as much as it lasts
    slumped : share of readings that were slumped ; readings, bouts : how many it rests on
    """

    day: date
    middle: float | None = None
    per_hour: float | None = None
    slumped: float | None = None
    readings: int = 0
    bouts: int = 0


def show_drift(house: House, person: str, day: date | None = None) -> DayDrift:
    """Return one day's looks and the drift of its stretches, today's without a day."""
    return drift_of(house, person, show_day(house, person, day))


def drift_of(house: House, person: str, day: DayExposure) -> DayDrift:
    """Return the drift of a day that is at hand."""
    with reading(house.engine).connect() as conn:
        return drift_in(conn, person, day)


def drifts_of(house: House, person: str, days: Iterable[DayExposure]) -> tuple[DayDrift, ...]:
    """Return the drift of each of several days that are at hand."""
    with reading(house.engine).connect() as conn:
        return tuple(drift_in(conn, person, day) for day in days)


def drift_in(conn: Connection, person: str, day: DayExposure) -> DayDrift:
    """Like ``drift_of``, inside an open transaction."""
    looks = kept.of_camera(conn, person, day.start, day.end)
    return day_drift(day.day, looks, day.bouts)


def day_drift(day: date, looks: Iterable[Evidence], bouts: Sequence[Bout]) -> DayDrift:
    """Return what looks come to over the stretches of a day; a stretch without a reading is left out."""
    read = tuple(map(_reading, sorted(looks, key=lambda one: one.at)))
    told = [one for one in read if one.change is not None]
    found = []
    for start, end in sittings(bouts):
        inside = [one for one in told if start <= one.at <= end]
        if inside:
            t = [(one.at - start).total_seconds() for one in inside]
            change = [one.change for one in inside if one.change is not None]
            found.append(BoutDrift(start=start, end=end, drift=drift(t, change)))
    return DayDrift(day=day, readings=read, bouts=tuple(found))


def sittings(bouts: Sequence[Bout]) -> list[tuple[datetime, datetime]]:
    """Return the stretches of sitting, joined over holes that are a matter of bookkeeping."""
    found: list[tuple[datetime, datetime]] = []
    for bout in sorted(bouts, key=lambda bout: bout.start):
        if bout.activity == "sitting":
            if found and bout.start - found[-1][1] <= HOLE:
                found[-1] = found[-1][0], max(found[-1][1], bout.end)
            else:
                found.append((bout.start, bout.end))
        elif bout.activity != "unknown" and found and bout.end - bout.start >= HOLE:
            # Whatever else the body did parts two stretches, even where their ends lie near.
            found.append((bout.end, bout.end))
    return [(start, end) for start, end in found if end > start]


def daily(house: House, person: str, first: date, last: date) -> tuple[DayNumbers, ...]:
    """Return one row a local day from ``first`` to ``last``, for a trial's outcome; days without looks are empty.

    Raises InputError for days outside all reason.
    """
    check_day(first)
    check_day(last)
    last = min(last, today_of(house.clock), first + timedelta(days=MOST_DAYS))
    with reading(house.engine).connect() as conn:
        intake = intakes.latest(conn, person)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return tuple(
            numbers_of(drift_in(conn, person, day_in(conn, house, person, day, intake))) for day in days
        )


def numbers_of(day: DayDrift) -> DayNumbers:
    """Return a day's looks as one row."""
    told = [one for one in day.readings if one.change is not None]
    if not told:
        return DayNumbers(day=day.day)
    slopes = [(one.drift.per_hour, one.drift.span_s) for one in day.bouts if one.drift.per_hour is not None]
    per_hour = None
    if slopes:
        values, weights = zip(*slopes, strict=True)
        per_hour = float(np.average(values, weights=weights))
    return DayNumbers(
        day=day.day,
        middle=float(np.median([one.change for one in told if one.change is not None])),
        per_hour=per_hour,
        slumped=sum(one.look == "slumped" for one in told) / len(told),
        readings=len(told),
        bouts=len(slopes),
    )


def _reading(one: Evidence) -> Reading:
    known = one.look in READINGS and one.change is not None
    return Reading(
        at=one.at,
        seen=one.seen,
        look=one.look,
        change=one.change if known else None,
        reason="" if known else one.reason,
    )
