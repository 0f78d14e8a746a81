"""What the body has been doing. In: bouts, by hand or from sensors. Out: totals. Next: plan.

A bout is an interval in one activity with the evidence it rests on. ``unknown`` is not "away" and not "fine".
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, Protocol

from .local_time import instant

Activity = Literal["sitting", "standing", "driving", "moving", "away", "unknown"]
ACTIVITIES: tuple[Activity, ...] = ("sitting", "standing", "driving", "moving", "away", "unknown")
STILL: tuple[Activity, ...] = ("sitting", "standing", "driving")

# A hole this short between two stretches of the same activity is a matter of bookkeeping, not a break:
# the shortest break with evidence behind it is 30 s of movement.
SAME_BOUT = timedelta(seconds=30)
# Nobody drives for longer in one go: a drive by the person's word that lasts longer was forgotten.
LONGEST_DRIVE = timedelta(hours=16)
# Half: the day is like others by the person's own word, but nobody said so of this one.
USUAL_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """One stretch of one activity; ``start`` and ``end`` are aware datetimes, ``confidence`` 0..1.

    evidence : where it comes from: ``person``, ``usual-day``, and later the names of sensors
    """

    start: datetime
    end: datetime
    activity: Activity
    evidence: tuple[str, ...] = ("person",)
    confidence: float = 1.0
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One day's totals. Seconds by activity; the longest unbroken still bout and what it was."""

    seconds: dict[Activity, float]
    longest_still_s: float
    longest_activity: Activity | None
    bouts: tuple[Bout, ...] = ()
    usual: bool = False


class UsualLine(Protocol):
    """One line of the usual day: local minutes after midnight and an activity."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def activity(self) -> str: ...


class UsualDay(Protocol):
    """Whoever has a usual day: its lines, and the weekdays (Monday 0) it holds on; none means every day."""

    @property
    def usual_day(self) -> Sequence[UsualLine]: ...
    @property
    def work(self) -> Collection[int]: ...


def usual_bouts(intake: UsualDay, day: date, zone: tzinfo | None) -> tuple[Bout, ...]:
    """Return the bouts of the usual day on a local date; ``zone`` None is the machine's zone."""
    if intake.work and day.weekday() not in intake.work:
        return ()
    bouts: tuple[Bout, ...] = ()
    for line in intake.usual_day:
        for activity in ACTIVITIES:
            if activity == line.activity:
                bout = Bout(
                    start=instant(day, line.start, zone),
                    end=instant(day, line.end, zone),
                    activity=activity,
                    evidence=("usual-day",),
                    confidence=USUAL_CONFIDENCE,
                )
                bouts = lay_over(bouts, bout)
    return bouts


def summarise(bouts: Iterable[Bout], day_start: datetime, day_end: datetime) -> Exposure:
    """Sum up what lies between two instants; what nobody reported is ``unknown``.

    The seconds of all activities together are the length of the interval. Where bouts overlap, the later one
    in the sequence wins. ``longest_still_s`` is measured inside the interval.
    """
    inside = tile(bouts, day_start, day_end)
    seconds: dict[Activity, float] = dict.fromkeys(ACTIVITIES, 0.0)
    for bout in inside:
        seconds[bout.activity] += (bout.end - bout.start).total_seconds()
    known = sum(seconds.values())
    seconds["unknown"] += max(0.0, (day_end - day_start).total_seconds() - known)
    still = [bout for bout in join(inside) if bout.activity in STILL]
    longest = max(still, key=lambda bout: bout.end - bout.start, default=None)
    return Exposure(
        seconds=seconds,
        longest_still_s=(longest.end - longest.start).total_seconds() if longest else 0.0,
        longest_activity=longest.activity if longest else None,
        bouts=inside,
        usual=bool(inside) and all("usual-day" in bout.evidence for bout in inside),
    )


def tile(bouts: Iterable[Bout], start: datetime, end: datetime) -> tuple[Bout, ...]:
    """Return the bouts cut to an interval, in order of time and without overlaps; later ones win."""
    tiled: tuple[Bout, ...] = ()
    for bout in bouts:
        cut = replace(bout, start=max(bout.start, start), end=min(bout.end, end))
        if cut.start < cut.end:
            tiled = lay_over(tiled, cut)
    return tiled


def overlay(existing: Iterable[Bout], new: Bout | Sequence[Bout]) -> tuple[Bout, ...]:
    """Lay new bouts over existing ones: no overlaps, and the newest word of the person wins.

    What a sensor or the usual day says fills only what the person has not spoken of.
    """
    tiled: tuple[Bout, ...] = ()
    for bout in sorted(existing, key=lambda bout: bout.start):
        tiled = lay_over(tiled, bout)
    for bout in (new,) if isinstance(new, Bout) else new:
        if from_person(bout):
            tiled = lay_over(tiled, bout)
        else:
            for piece in gaps_left(bout, [old for old in tiled if from_person(old)]):
                tiled = lay_over(tiled, piece)
    return tiled


def from_person(bout: Bout) -> bool:
    """Say whether the person said it themselves."""
    return "person" in bout.evidence


def lay_over(tiled: Sequence[Bout], new: Bout) -> tuple[Bout, ...]:
    """Put one bout into a tiling and cut away what lies under it.

    A bout cut in two keeps its id on the first part.
    """
    if new.start >= new.end:
        return tuple(tiled)
    if not tiled or tiled[-1].end <= new.start:  # a day in order is laid quickly
        return (*tiled, new)
    result: list[Bout] = []
    for old in tiled:
        if old.end <= new.start or old.start >= new.end:
            result.append(old)
            continue
        before = old.start < new.start
        if before:
            result.append(replace(old, end=new.start))
        if old.end > new.end:
            result.append(replace(old, start=new.end, id="" if before else old.id))
    result.append(new)
    return tuple(sorted(result, key=lambda bout: bout.start))


def gaps_left(bout: Bout, taken: Iterable[Bout]) -> tuple[Bout, ...]:
    """Return the parts of a bout that none of the others covers."""
    pieces: tuple[Bout, ...] = (bout,)
    for other in taken:
        pieces = tuple(piece for old in pieces for piece in _without(old, other))
    return pieces


def join(tiled: Sequence[Bout]) -> tuple[Bout, ...]:
    """Join neighbours in the same activity into one stretch; a hole under 30 s does not part them."""
    joined: list[Bout] = []
    for bout in tiled:
        last = joined[-1] if joined else None
        if last is not None and last.activity == bout.activity and bout.start - last.end < SAME_BOUT:
            joined[-1] = replace(last, end=bout.end, confidence=min(last.confidence, bout.confidence))
        else:
            joined.append(bout)
    return tuple(joined)


def _without(bout: Bout, other: Bout) -> tuple[Bout, ...]:
    if other.end <= bout.start or other.start >= bout.end:
        return (bout,)
    left = replace(bout, end=other.start) if bout.start < other.start else None
    right = replace(bout, start=other.end, id="" if left else bout.id) if other.end < bout.end else None
    return tuple(piece for piece in (left, right) if piece is not None)
