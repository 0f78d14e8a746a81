"""A day laid out in pieces in which nothing changes. In: exposure, looks, set-up, intake. Out: Pieces. Next: why_day.

A piece ends where what somebody does changes, at each full hour, and where the day does. Time nobody told of is
``unknown`` while the person is up, which is not rest; outside getting up and bedtime it is ``night``, which is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, Literal

from midback.body.exposure import Activity, Bout, join
from midback.body.local_time import instant
from midback.catalogue.constants import Constants
from midback.plan.answers import Intake
from midback.plan.day_stretches import usual_stretches

from .drift import Reading
from .why_postures import NO_SETUP, UPRIGHT, Setup, angles_in, look_of, shares_of
from .why_told import Angles

Doing = Activity | Literal["night"]
HOUR: Final = timedelta(hours=1)
# When a usual day begins for somebody who did not say: as the intake's own default has it.
USUAL_START_MIN: Final = 540


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of steady holding. looks : what the camera saw most of it, or ""."""

    start: datetime
    end: datetime
    doing: Doing
    angles: Angles = UPRIGHT
    looks: str = ""

    @property
    def seconds(self) -> float:
        return (self.end - self.start).total_seconds()


def pieces_of(
    bouts: Sequence[Bout],
    start: datetime,
    end: datetime,
    intake: Intake,
    zone: tzinfo | None,
    constants: Constants,
    readings: Iterable[Reading] = (),
    setup: Setup = NO_SETUP,
) -> tuple[Piece, ...]:
    """Return the pieces between two instants, without a hole."""
    read = tuple(readings)
    out: list[Piece] = []
    at = start
    for bout in join([bout for bout in bouts if bout.activity != "unknown"]):
        begin, stop = max(bout.start, at), min(bout.end, end)
        if begin < stop:
            out += _told_of_nobody(at, begin, intake, zone)
            shares = shares_of(read, begin, stop) if bout.activity == "sitting" else {}
            held = angles_in(constants, bout.activity, shares, setup)
            out.append(Piece(start=begin, end=stop, doing=bout.activity, angles=held, looks=look_of(shares)))
            at = stop
    out += _told_of_nobody(at, end, intake, zone)
    return tuple(cut for piece in out for cut in _by_hour(piece, start))


def usual_hours(intake: Intake, day: date, zone: tzinfo | None) -> tuple[Bout, ...]:
    """Return the hours of a usual working day, told as sums, as bouts from the start of work on."""
    worked = intake.work.get(day.weekday())
    at = instant(day, worked.start if worked else USUAL_START_MIN, zone)
    found = []
    for stretch in usual_stretches(replace(intake, usual_day=())):
        end = at + timedelta(seconds=stretch.seconds)
        if stretch.doing != "break":
            bout = Bout(start=at, end=end, activity=stretch.doing, evidence=("usual-day",), confidence=0.5)
            found.append(bout)
        at = end
    return tuple(found)


def _told_of_nobody(start: datetime, end: datetime, intake: Intake, zone: tzinfo | None) -> list[Piece]:
    """Return a hole as unknown time, and as night outside getting up and bedtime."""
    pieces: list[Piece] = []
    at = start
    while at < end:
        day = at.astimezone(zone).date()
        turns = [instant(day, minute, zone) for minute in (0, intake.wake, intake.sleep)]
        turns.append(instant(day + timedelta(days=1), 0, zone))
        place = max(n for n in range(3) if turns[n] <= at)
        until = min(end, turns[place + 1])
        if until > at:
            pieces.append(Piece(start=at, end=until, doing="unknown" if place == 1 else "night"))
        at = until if until > at else end
    return pieces


def _by_hour(piece: Piece, start: datetime) -> list[Piece]:
    """Cut a piece at the full hours counted from the start of the day."""
    cuts: list[Piece] = []
    at = piece.start
    while at < piece.end:
        hour = (at - start) // HOUR
        until = min(piece.end, start + (hour + 1) * HOUR)
        cuts.append(replace(piece, start=at, end=until))
        at = until
    return cuts
