"""What of a plan and of the visits belongs into a calendar, as times with what is done in them.

In: planned items, visits that are still to come. Out: Times in order. Next: ``calendar_told`` remembers what was
told of each, ``calendar_out`` puts them into words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from midback.catalogue.exercise import Exercise
from midback.plan.prescription import Prescription
from midback.store.care import Visit

from .clock import Clock, at_minute

Kind = Literal["session", "towel", "break", "worn", "proposed", "massage", "professional"]
# Alongside these something else can be done: a break is short, and a band is worn while working.
FREE = frozenset({"break", "worn", "proposed"})
TOWEL = "towel-extension"
# Items further apart than this are not done in one go.
TOGETHER_MIN = 5
SHORTEST_MIN = 1
USUAL_VISIT_MIN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One time in the calendar.

    key : the same for the same thing over re-plans: ``2026-03-02/evening/session/1``, ``visit/...``
    start, end : instants; dates for a visit without a time of day
    follows : it comes right after another time of the same part of the day, so one reminder serves both
    """

    key: str
    kind: Kind
    day: date
    start: datetime | date
    end: datetime | date
    items: tuple[Prescription, ...] = ()
    visit: Visit | None = None
    follows: bool = False

    @property
    def free(self) -> bool:
        """Whether other things may lie in this time."""
        return self.kind in FREE or not isinstance(self.start, datetime)


def times_of(
    items: Iterable[Prescription],
    visits: Iterable[Visit],
    exercises: Mapping[str, Exercise],
    clock: Clock,
) -> tuple[Time, ...]:
    """Return the times of planned items and of visits to come, in order.

    What follows one another in one part of the day is one session; the towel, what is worn, and a visit that is
    only proposed are times of their own. A proposal gives way to a visit on the same day.
    """
    days: dict[date, list[Prescription]] = {}
    for item in items:
        if item.exercise_id in exercises:
            days.setdefault(item.day, []).append(item)
    upcoming = tuple(visits)
    taken = {visit.day for visit in upcoming if visit.kind == "massage"}
    found = [time for day in sorted(days) for time in _day(days[day], exercises, clock, day in taken)]
    found += [_visit(visit, clock) for visit in upcoming]
    return tuple(sorted(found, key=lambda time: (time.day, _instant(time, clock), time.key)))


def _day(
    items: Sequence[Prescription], exercises: Mapping[str, Exercise], clock: Clock, visited: bool
) -> list[Time]:
    found: list[Time] = []
    moving: list[Prescription] = []
    for item in sorted(items, key=lambda i: (i.minute, i.priority, i.id)):
        family = exercises[item.exercise_id].family
        if family == "worn":
            found.append(_time(item.id, "worn", (item,), clock))
        elif family == "care":
            if not visited:
                found.append(_time(item.id, "proposed", (item,), clock))
        else:
            moving.append(item)
    counted: dict[tuple[str, str], int] = {}
    for group in _groups(moving):
        lying = tuple(item for item in group if item.exercise_id == TOWEL)
        others = tuple(item for item in group if item.exercise_id != TOWEL)
        if others:
            short = all(exercises[item.exercise_id].family == "break" for item in others)
            kind: Kind = "break" if short else "session"
            slot = others[0].slot
            number = counted[slot, kind] = counted.get((slot, kind), 0) + 1
            found.append(_time(f"{others[0].day.isoformat()}/{slot}/{kind}/{number}", kind, others, clock))
        found += [_time(item.id, "towel", (item,), clock, follows=bool(others)) for item in lying]
    return found


def _groups(items: Sequence[Prescription]) -> list[list[Prescription]]:
    """Part items, in order of time, where the part of the day changes or a pause lies between two."""
    groups: list[list[Prescription]] = []
    for item in items:
        last = groups[-1][-1] if groups else None
        if last is None or item.slot != last.slot or item.minute > _until(last) + TOGETHER_MIN:
            groups.append([])
        groups[-1].append(item)
    return groups


def _until(item: Prescription) -> int:
    return item.minute + max(SHORTEST_MIN, -int(-item.minutes // 1))


def _time(
    key: str, kind: Kind, items: tuple[Prescription, ...], clock: Clock, *, follows: bool = False
) -> Time:
    first = items[0]
    start = at_minute(clock, first.day, first.minute)
    end = start + timedelta(minutes=max(_until(item) for item in items) - first.minute)
    return Time(key=key, kind=kind, day=first.day, start=start, end=end, items=items, follows=follows)


def _visit(visit: Visit, clock: Clock) -> Time:
    key = f"visit/{visit.id}"
    if visit.minute is None:
        return Time(
            key=key,
            kind=visit.kind,
            day=visit.day,
            start=visit.day,
            end=visit.day + timedelta(days=1),
            visit=visit,
        )
    start = at_minute(clock, visit.day, visit.minute)
    end = start + timedelta(minutes=visit.minutes or USUAL_VISIT_MIN)
    return Time(key=key, kind=visit.kind, day=visit.day, start=start, end=end, visit=visit)


def _instant(time: Time, clock: Clock) -> datetime:
    return time.start if isinstance(time.start, datetime) else at_minute(clock, time.start, 0)
