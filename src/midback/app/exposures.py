"""What the body has been doing: the person's word over what was sensed; correction by drag, undo.

In: bouts by hand, sensed bouts, a usual-day template. Out: DayExposure. Next: planning reads yesterday's, today
draws the day. Correcting a sensed stretch writes the person's word; what was sensed stays as it is beneath.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from midback.body.exposure import (
    ACTIVITIES,
    Activity,
    Bout,
    Exposure,
    from_person,
    gaps_left,
    overlay,
    summarise,
    usual_bouts,
)
from midback.errors import InputError, NotFound
from midback.plan.answers import Intake
from midback.store import bouts as kept
from midback.store import intakes, performances
from midback.store import said as told
from midback.store.bout_changes import any_kept
from midback.store.engine import reading
from midback.store.said import KeptHold, KeptSaid

from .clock import at_minute, check_day, local, today_of
from .house import House
from .sensed_bouts import SENSED, moved_in, name_of, sensed_in
from .spool import catch_up

# What was sensed until this shortly before now goes on: the person speaks of what they do at this moment.
STILL_GOING = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayExposure:
    """One local day: bouts in order, totals, and movements done (instant, exercise id, seconds).

    usual : the bouts come from the usual-day template because nothing was entered and nothing sensed
    said : notices, prompts and answers; ``held`` : stretches in which a prompt waited, and for what
    """

    day: date
    start: datetime
    end: datetime
    exposure: Exposure
    usual: bool
    movements: tuple[tuple[datetime, str, float], ...] = ()
    said: tuple[KeptSaid, ...] = ()
    held: tuple[KeptHold, ...] = ()

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
    """Sum up one day inside an open transaction.

    The person's word lies over what was sensed, and that over a usual day they confirmed; the usual day stands
    in by itself only where neither says anything of the day.
    """
    start, end = day_bounds(house, day)
    entered = kept.between(conn, person, start, end)
    felt = (*sensed_in(conn, person, start, end), *moved_in(conn, house, person, start, end))
    usual = not entered and not felt and intake is not None
    if usual and intake is not None:
        bouts = usual_bouts(intake, day, house.clock.zone)
    else:
        confirmed = tuple(bout for bout in entered if not from_person(bout))
        bouts = (*confirmed, *felt, *(bout for bout in entered if from_person(bout)))
    if day == today_of(house.clock):
        now = house.clock.now()
        bouts = tuple(replace(b, end=min(b.end, now)) for b in bouts if b.start < now)
    summed = summarise(bouts, start, end)
    shown = tuple(name_of(bout) for bout in summed.bouts if bout.activity != "unknown")
    return replace(summed, bouts=shown, usual=usual)


def show_day(house: House, person: str, day: date | None = None) -> DayExposure:
    """Return one day (today when none is named) with bouts, totals, what was done and what was said."""
    catch_up(house, person)
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
        day=day,
        start=start,
        end=end,
        exposure=exposure,
        usual=exposure.usual,
        movements=movements,
        said=told.said_between(conn, person, start, end),
        held=told.held_between(conn, person, start, end),
    )


def add_bout(house: House, person: str, activity: str, start: datetime, end: datetime) -> DayExposure:
    """Keep the person's word for one stretch of time; it wins over what stood there before.

    Raises InputError for an unknown activity, an end before the start, the future, or more than 24 h.
    """
    with house.engine.begin() as conn:
        put_bout(conn, house, person, activity, start, end)
    house.changed(person)
    return show_day(house, person, local(house.clock, start).date())


def put_bout(
    conn: Connection, house: House, person: str, activity: str, start: datetime, end: datetime
) -> Bout:
    """Like ``add_bout``, inside an open transaction; return the stretch."""
    bout = _checked(house, activity, start, end)
    _put(conn, house, person, bout)
    return bout


def start_now(house: House, person: str, activity: str, since: datetime | None = None) -> DayExposure:
    """Two taps: what the person is doing, and since when.

    Without ``since`` from the end of the last bout; from its start where it was sensed and still goes on, for
    that is what the person corrects; else for an hour.
    """
    now = house.clock.now()
    if since is None:
        last = next((b for b in reversed(show_day(house, person).bouts) if b.end <= now), None)
        if last is not None and last.id.startswith(SENSED) and now - last.end <= STILL_GOING:
            since = last.start
        elif last is not None and now - last.end > timedelta(minutes=1):
            since = last.end
        else:
            since = now - timedelta(hours=1)
    return add_bout(house, person, activity, since, now)


def move_bout(
    house: House, person: str, bout_id: str, start: datetime, end: datetime, activity: str | None = None
) -> DayExposure:
    """Correct a bout, the person's own or a sensed one: other times, another activity, or both."""
    with house.engine.begin() as conn:
        old = _find(conn, house, person, bout_id)
        bout = _checked(house, activity or old.activity, start, end)
        _take_away(conn, house, person, old, (bout,))
        _put(conn, house, person, bout)
    house.changed(person)
    return show_day(house, person, local(house.clock, start).date())


def remove_bout(house: House, person: str, bout_id: str) -> None:
    """Take a bout away, the person's own or a sensed one; ``undo_last`` brings it back."""
    with house.engine.begin() as conn:
        _take_away(conn, house, person, _find(conn, house, person, bout_id))
    house.changed(person)


def undo_last(house: House, person: str) -> None:
    """Take back the last change to the day's stretches."""
    with house.engine.begin() as conn:
        if not kept.undo_last(conn, person):
            raise NotFound("There is nothing to undo.", "", "Add or correct a stretch of the day first.")
    house.changed(person)


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
    house.changed(person)
    return show_day(house, person, day)


def _find(conn: Connection, house: House, person: str, bout_id: str) -> Bout:
    """Return a bout as it is shown; raise NotFound when it is not there."""
    found = None
    if bout_id.startswith(SENSED):
        try:
            start = datetime.fromisoformat(bout_id.removeprefix(SENSED))
            shown = exposure_in(conn, house, person, local(house.clock, start).date(), None)
        except (ValueError, OverflowError):
            shown = None
        found = next((b for b in shown.bouts if b.id == bout_id), None) if shown else None
    else:
        found = kept.get(conn, person, bout_id)
    if found is None:
        raise NotFound("That stretch of the day is not there any more.", "", "Load the day again.")
    return found


def _take_away(
    conn: Connection, house: House, person: str, old: Bout, instead: tuple[Bout, ...] = ()
) -> None:
    """Remove the person's own bout; over a sensed one write that it is not known, but for what comes instead."""
    if not old.id.startswith(SENSED):
        kept.remove(conn, person, old.id, house.clock.now())
        return
    for piece in gaps_left(old, instead):
        unknown = Bout(start=piece.start, end=piece.end, activity="unknown")
        _put(conn, house, person, unknown)


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
