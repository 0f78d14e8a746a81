"""A week or a month as it was spent: per day and together. In: days. Out: Span. Next: page and API alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from midback.body.exposure import ACTIVITIES, Activity
from midback.body.variety import changes_of_position, variety
from midback.store import intakes
from midback.store.engine import reading

from .clock import check_day, today_of
from .exposures import DayExposure, day_in
from .house import House
from .spool import catch_up

WEEK, MONTH = 7, 30
# A movement that was answered "done" and kept as done by hand or in a session is one movement.
SAME_MOVEMENT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanDay:
    """One local day. Seconds by activity; ``known`` is False where neither person nor sensor said anything.

    variety : evenness of positions 0..1, None where nothing is known; changes : of position
    prompts, held, done, skipped : how many prompts came, stretches in which one was held back, movements done
        (answered or performed, once), prompts skipped
    """

    day: date
    seconds: Mapping[Activity, float]
    longest_still_s: float
    longest_activity: Activity | None
    variety: float | None
    known: bool
    changes: int = 0
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


def show_days(house: House, person: str, last: date | None, length: int) -> tuple[DayExposure, ...]:
    """Return the days, oldest first, that end with ``last`` (today without one); none lies in the future.

    Raises InputError for a day outside all reason.
    """
    last = min(last or today_of(house.clock), today_of(house.clock))
    check_day(last)
    check_day(last - timedelta(days=length - 1))
    catch_up(house, person)
    with reading(house.engine).connect() as conn:
        intake = intakes.latest(conn, person)
        return tuple(
            day_in(conn, house, person, last - timedelta(days=back), intake)
            for back in range(length - 1, -1, -1)
        )


def sum_up(days: Iterable[DayExposure]) -> Span:
    """Sum days up; the usual day says nothing of a day that nobody told of."""
    summed = tuple(_summed(day) for day in days)
    known = [day for day in summed if day.known]
    scores = [day.variety for day in known if day.variety is not None]
    return Span(
        start=summed[0].day,
        end=summed[-1].day,
        days=summed,
        seconds={name: sum(day.seconds.get(name, 0.0) for day in known) for name in ACTIVITIES},
        longest=max(known, key=lambda day: day.longest_still_s, default=None),
        variety=sum(scores) / len(scores) if scores else None,
        prompts=sum(day.prompts for day in summed),
        held=sum(day.held for day in summed),
        done=sum(day.done for day in summed),
    )


def _summed(day: DayExposure) -> SpanDay:
    exposure = day.exposure
    known = bool(day.bouts) and not day.usual
    answered = [row for row in day.said if row.kind == "done"]
    alone = [
        row
        for row in answered
        if not any(
            name == row.movement and abs(at - row.at) <= SAME_MOVEMENT for at, name, _s in day.movements
        )
    ]
    return SpanDay(
        day=day.day,
        seconds=exposure.seconds,
        longest_still_s=exposure.longest_still_s,
        longest_activity=exposure.longest_activity,
        variety=variety(exposure) if known else None,
        known=known,
        changes=changes_of_position(exposure),
        prompts=sum(row.kind == "prompt" for row in day.said),
        held=len(day.held),
        done=len(day.movements) + len(alone),
        skipped=sum(row.kind == "skip" for row in day.said),
    )
