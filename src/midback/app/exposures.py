"""What the body has been doing, by hand: bouts in two taps, a usual-day template, correction by drag, undo.

In: the person's word. Out: DayExposure. Next: planning reads yesterday's, today draws the day.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from midback.body.exposure import ACTIVITIES, Activity, Bout, Exposure, overlay, summarise, usual_bouts
from midback.errors import InputError, NotFound
from midback.plan.answers import Intake
from midback.store import bouts as kept
from midback.store import intakes, performances
from midback.store.bout_changes import any_kept
from midback.store.engine import reading

from .clock import at_minute, check_day, local, today_of
from .house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class DayExposure:
    """One local day: bouts in order, totals, and movements done (instant, exercise id, seconds).

    usual : the bouts come from the usual-day template because nothing was entered
    """

    day: date
    start: datetime
    end: datetime
    exposure: Exposure
    usual: bool
    movements: tuple[tuple[datetime, str, float], ...] = ()

    @property
    def bouts(self) -> tuple[Bout, ...]:
        return self.exposure.bouts


def day_bounds(house: House, day: date) -> tuple[datetime, datetime]:
    """Return the instants between which a local day runs; 23 or 25 hours where the clocks change.

    Raises InputError for a day outside all reason.
    """
    check_day(day)
    return at_minute(house.clock, day, 0), at_minute(house.clock, day + timedelta(days=1), 0)


def exposure_in(conn: Connection, house: House, person: str, day: date, intake: Intake | None) -> Exposure:
    """Sum up one day inside an open transaction; the usual day stands in where nothing was entered."""
    start, end = day_bounds(house, day)
    entered = kept.between(conn, person, start, end)
    usual = not entered and intake is not None
    bouts = tuple(entered) if entered else usual_bouts(intake, day, house.clock.zone) if intake else ()
    if day == today_of(house.clock):
        now = house.clock.now()
        bouts = tuple(replace(b, end=min(b.end, now)) for b in bouts if b.start < now)
    return replace(summarise(bouts, start, end), usual=usual)


def show_day(house: House, person: str, day: date | None = None) -> DayExposure:
    """Return one day (today when none is named) with bouts, totals and what was done."""
    with reading(house.engine).connect() as conn:
        return day_in(conn, house, person, day or today_of(house.clock), intakes.latest(conn, person))


def day_in(conn: Connection, house: House, person: str, day: date, intake: Intake | None) -> DayExposure:
    """Like ``show_day``, inside an open transaction."""
    start, end = day_bounds(house, day)
    exposure = exposure_in(conn, house, person, day, intake)
    movements = tuple(
        (p.at, p.exercise_id, p.done_s) for p in performances.done(conn, person, start, end) if p.done_s > 0
    )
    return DayExposure(
        day=day, start=start, end=end, exposure=exposure, usual=exposure.usual, movements=movements
    )


def add_bout(house: House, person: str, activity: str, start: datetime, end: datetime) -> DayExposure:
    """Keep the person's word for one stretch of time; it wins over what stood there before.

    Raises InputError for an unknown activity, an end before the start, the future, or more than 24 h.
    """
    bout = _checked(house, activity, start, end)
    with house.engine.begin() as conn:
        _put(conn, house, person, bout)
    return show_day(house, person, local(house.clock, start).date())


def start_now(house: House, person: str, activity: str, since: datetime | None = None) -> DayExposure:
    """Two taps: what the person is doing, and since when (the end of the last bout, else 1 h)."""
    now = house.clock.now()
    if since is None:
        bouts = [b for b in show_day(house, person).bouts if b.end <= now]
        since = (
            bouts[-1].end
            if bouts and now - bouts[-1].end > timedelta(minutes=1)
            else now - timedelta(hours=1)
        )
    return add_bout(house, person, activity, since, now)


def move_bout(
    house: House, person: str, bout_id: str, start: datetime, end: datetime, activity: str | None = None
) -> DayExposure:
    """Correct a bout: other times, another activity, or both."""
    with house.engine.begin() as conn:
        old = kept.get(conn, person, bout_id)
        if old is None:
            raise NotFound("That stretch of the day is not there any more.", "", "Load the day again.")
        bout = _checked(house, activity or old.activity, start, end)
        kept.remove(conn, person, bout_id, house.clock.now())
        _put(conn, house, person, bout)
    return show_day(house, person, local(house.clock, start).date())


def remove_bout(house: House, person: str, bout_id: str) -> None:
    """Take a bout away; ``undo_last`` brings it back."""
    with house.engine.begin() as conn:
        if kept.get(conn, person, bout_id) is None:
            raise NotFound("That stretch of the day is not there any more.", "", "Load the day again.")
        kept.remove(conn, person, bout_id, house.clock.now())


def undo_last(house: House, person: str) -> None:
    """Take back the last change to the day's stretches."""
    with house.engine.begin() as conn:
        if not kept.undo_last(conn, person):
            raise NotFound("There is nothing to undo.", "", "Add or correct a stretch of the day first.")


def can_undo(house: House, person: str) -> bool:
    """Say whether there is a change of the day's stretches to take back."""
    with reading(house.engine).connect() as conn:
        return any_kept(conn, person)


def keep_usual_day(house: House, person: str, day: date | None = None) -> DayExposure:
    """Turn the usual-day template into the person's own entries for a day, ready to be corrected."""
    day = day or today_of(house.clock)
    shown = show_day(house, person, day)
    if not shown.usual or not shown.bouts:
        return shown
    with house.engine.begin() as conn:
        for bout in shown.bouts:
            _put(conn, house, person, replace(bout, evidence=("usual-day",), confidence=0.5))
    return show_day(house, person, day)


def _put(conn: Connection, house: House, person: str, bout: Bout) -> None:
    around = kept.between(conn, person, bout.start, bout.end)
    kept.replace(conn, person, bout.start, bout.end, overlay(around, (bout,)), house.clock.now())


def _checked(house: House, activity: str, start: datetime, end: datetime) -> Bout:
    if activity not in ACTIVITIES:
        raise InputError(
            "{activity!r} is not an activity.",
            "Known: {known}.",
            "Choose one of them.",
            values={"activity": activity, "known": ", ".join(ACTIVITIES)},
        )
    named: Activity = activity
    if start.tzinfo is None or end.tzinfo is None:
        raise InputError(
            "The times carry no time zone.", "Times are ISO 8601 with an offset.", "Add +01:00 or Z."
        )
    check_day(start.date())
    check_day(end.date())
    if end <= start:
        raise InputError(
            "The end is not after the start.", "A stretch needs some length.", "Swap or correct the times."
        )
    if end - start > timedelta(hours=24):
        raise InputError(
            "That is longer than 24 hours.", "One stretch covers at most a day.", "Split it by day."
        )
    if end > house.clock.now() + timedelta(minutes=1):
        raise InputError(
            "That lies in the future.", "Only what has been can be kept.", "End it now or earlier."
        )
    return Bout(start=start, end=end, activity=named)
