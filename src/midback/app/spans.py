"""A week or a month as it was spent: per day and together. In: days. Out: Span. Next: the doors draw it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from midback.body.exposure import ACTIVITIES, Activity
from midback.body.variety import variety
from midback.store import performances
from midback.store import said as told
from midback.store.engine import reading

from .clock import check_day, today_of
from .exposures import day_bounds, exposure_in
from .house import House
from .spool import catch_up


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanDay:
    """One local day. Seconds by activity; ``known`` is False where neither person nor sensor said anything.

    variety : evenness of positions 0..1, None where nothing is known; prompts, held, done, skipped : how many
        prompts came, stretches in which one was held back, movements done (answered or performed), prompts skipped
    """

    day: date
    seconds: Mapping[Activity, float]
    longest_still_s: float
    longest_activity: Activity | None
    variety: float | None
    known: bool
    prompts: int = 0
    held: int = 0
    done: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from ``start`` to ``end``, both of them in it, up to today; sums over the days that are known.

    longest : the day with the longest unbroken stillness
    """

    start: date
    end: date
    days: tuple[SpanDay, ...]
    seconds: Mapping[Activity, float]
    longest: SpanDay | None
    variety: float | None
    prompts: int
    held: int
    done: int


def show_week(house: House, person: str, day: date | None = None) -> Span:
    """Return the week, Monday to Sunday, that a day (today without one) lies in."""
    day = day or today_of(house.clock)
    check_day(day)
    start = day - timedelta(days=day.weekday())
    return _span(house, person, start, start + timedelta(days=6))


def show_month(house: House, person: str, day: date | None = None) -> Span:
    """Return the calendar month that a day (today without one) lies in."""
    day = day or today_of(house.clock)
    check_day(day)
    start = day.replace(day=1)
    return _span(house, person, start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def _span(house: House, person: str, start: date, end: date) -> Span:
    catch_up(house, person)
    days = []
    with reading(house.engine).connect() as conn:
        for n in range((end - start).days + 1):
            day = start + timedelta(days=n)
            if day > today_of(house.clock):
                break
            first, last = day_bounds(house, day)
            exposure = exposure_in(conn, house, person, day, None)
            said = told.said_between(conn, person, first, last)
            performed = performances.done(conn, person, first, last)
            answered = sum(row.kind == "done" for row in said)
            days.append(
                SpanDay(
                    day=day,
                    seconds=exposure.seconds,
                    longest_still_s=exposure.longest_still_s,
                    longest_activity=exposure.longest_activity,
                    variety=variety(exposure) if exposure.bouts else None,
                    known=bool(exposure.bouts),
                    prompts=sum(row.kind == "prompt" for row in said),
                    held=len(told.held_between(conn, person, first, last)),
                    done=answered + sum(one.done_s > 0 for one in performed),
                    skipped=sum(row.kind == "skip" for row in said),
                )
            )
    known = [day for day in days if day.known]
    scores = [day.variety for day in known if day.variety is not None]
    return Span(
        start=start,
        end=end,
        days=tuple(days),
        seconds={name: sum(day.seconds.get(name, 0.0) for day in known) for name in ACTIVITIES},
        longest=max(known, key=lambda day: day.longest_still_s, default=None),
        variety=sum(scores) / len(scores) if scores else None,
        prompts=sum(day.prompts for day in days),
        held=sum(day.held for day in days),
        done=sum(day.done for day in days),
    )
