"""How it is going over a window of days: pain, minutes, sides, variety, habit. Next: doors draw it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from midback.body.variety import variety
from midback.errors import InputError
from midback.plan.answers import Intake, Pause
from midback.plan.habits import streak, strength
from midback.plan.performance import Performance
from midback.plan.progression import Decision
from midback.store import checkins, intakes, pauses, performances, plans
from midback.store.engine import reading

from .clock import at_minute, local, today_of
from .exposures import exposure_in
from .house import House
from .items import days_of, minutes_done


@dataclass(frozen=True, slots=True, kw_only=True)
class PainDay:
    """One day's pain, 0..10; None is "not answered"."""

    day: date
    now: int | None = None
    average: int | None = None
    worst: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseTotal:
    """What was done of one exercise: times done and seconds per side (both, left, right)."""

    exercise_id: str
    times: int
    seconds: Mapping[str, float]
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A window of days, oldest first. Series have one entry a day; None where nothing is known.

    variety : evenness of the waking positions per day, 0..1, apart from minutes (row S22)
    longest_still_min : longest unbroken still bout per day in minutes
    """

    days: tuple[date, ...]
    pain: tuple[PainDay, ...]
    minutes: tuple[float, ...]
    target_minutes: int
    variety: tuple[float | None, ...]
    longest_still_min: tuple[float | None, ...]
    exercises: tuple[ExerciseTotal, ...]
    done_days: frozenset[date]
    pauses: tuple[Pause, ...]
    streak: int
    strength: float
    psfs: Mapping[str, tuple[tuple[date, int], ...]]
    decisions: Mapping[str, Decision]


def show_progress(house: House, person: str, days: int = 28) -> Progress:
    """Gather the last ``days`` days. Raises InputError outside 7..1830."""
    if not 7 <= days <= 1830:
        raise InputError(
            "{days} days were asked for.",
            "Progress shows 7 to 1,830 days.",
            "Choose a number between.",
            values={"days": days},
        )
    today = today_of(house.clock)
    window = tuple(today - timedelta(days=n) for n in range(days - 1, -1, -1))
    since = at_minute(house.clock, window[0], 0)
    with reading(house.engine).connect() as conn:
        answered = checkins.since(conn, person, since)
        performed = [p for p in performances.performances(conn, person, since) if p.done_s > 0]
        intake = intakes.latest(conn, person)
        paused = tuple(pauses.listed(conn, person))
        kept = plans.latest(conn, person)
        # What was entered only: a usual day that nobody confirmed would draw a line that nobody lived.
        exposures = {day: exposure_in(conn, house, person, day, None) for day in window[-min(days, 92) :]}
        habit_since = min(since, house.clock.now() - timedelta(days=60))
        done_days = days_of(house, performances.done(conn, person, habit_since))
    by_day = defaultdict(list)
    for performance in performed:
        by_day[local(house.clock, performance.at).date()].append(performance)
    pain: dict[date, PainDay] = {}
    psfs: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for checkin in answered:
        day = local(house.clock, checkin.at).date()
        was = pain.get(day, PainDay(day=day))
        pain[day] = PainDay(
            day=day,
            now=checkin.pain_now if checkin.pain_now is not None else was.now,
            average=checkin.pain_average if checkin.pain_average is not None else was.average,
            worst=checkin.pain_worst if checkin.pain_worst is not None else was.worst,
        )
        for activity, score in checkin.psfs.items():
            psfs[activity].append((day, score))
    return Progress(
        days=window,
        pain=tuple(pain.get(day, PainDay(day=day)) for day in window),
        minutes=tuple(minutes_done(house, by_day.get(day, [])) for day in window),
        target_minutes=(intake or Intake()).daily_minutes,
        variety=tuple(variety(e) if (e := exposures.get(day)) and e.bouts else None for day in window),
        longest_still_min=tuple(
            e.longest_still_s / 60 if (e := exposures.get(day)) and e.bouts else None for day in window
        ),
        exercises=_totals(performed),
        done_days=done_days,
        pauses=paused,
        streak=streak(done_days, paused, today),
        strength=strength(done_days, paused, today),
        psfs={name: tuple(scores) for name, scores in psfs.items()},
        decisions=kept.decisions if kept else {},
    )


def _totals(performed: list[Performance]) -> tuple[ExerciseTotal, ...]:
    totals: dict[str, ExerciseTotal] = {}
    for performance in performed:
        was = totals.get(performance.exercise_id)
        seconds = dict(was.seconds) if was else {}
        for side in performance.sides:
            seconds[side.side] = seconds.get(side.side, 0.0) + side.done_s
        totals[performance.exercise_id] = ExerciseTotal(
            exercise_id=performance.exercise_id,
            times=(was.times if was else 0) + 1,
            seconds=seconds,
            last=performance.at,
        )
    return tuple(sorted(totals.values(), key=lambda t: (-sum(t.seconds.values()), t.exercise_id)))
