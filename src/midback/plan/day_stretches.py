"""A person's day as a row of stretches. In: a sensed day, or the hours of a usual one. Next: schedule, state_rule."""

from itertools import pairwise
from typing import Final

from midback.body.exposure import ACTIVITIES, STILL, Activity, Bout, Exposure

from .answers import Intake
from .schedule import Stretch

HOUR_S: Final = 3600.0
# Nobody sits through eight hours: half an hour in the middle of the day is taken for granted, and no more.
LUNCH_S: Final = 1800.0
# Usual hours of more than this are taken for a slip of the keys.
LONGEST_S: Final = 16 * HOUR_S


def stretches_of(exposure: Exposure) -> tuple[Stretch, ...]:
    """Return a day from its first stillness to its last; what nobody knows between is ``unknown``.

    A person moves little more by themselves tomorrow than today, so their own pauses stay in.
    """
    bouts = sorted(exposure.bouts, key=lambda bout: bout.start)
    still = [place for place, bout in enumerate(bouts) if bout.activity in STILL]
    if not still:
        return ()
    inside = bouts[still[0] : still[-1] + 1]
    out = [_stretch(inside[0].activity, _seconds(inside[0]))]
    for before, bout in pairwise(inside):
        hole = (bout.start - before.end).total_seconds()
        if hole > 0:
            out.append(_stretch("unknown", hole))
        out.append(_stretch(bout.activity, _seconds(bout)))
    return tuple(one for one in out if one.seconds > 0)


def usual_stretches(intake: Intake) -> tuple[Stretch, ...]:
    """Return a usual working day: its own lines where there are any, else the hours with lunch between."""
    if intake.usual_day:
        return _of_lines(intake)
    drive = min(max(0.0, intake.driving_h) * HOUR_S, LONGEST_S)
    sit = min(max(0.0, intake.sitting_h) * HOUR_S, LONGEST_S)
    stand = min(max(0.0, intake.standing_h) * HOUR_S, LONGEST_S)
    half: tuple[tuple[Activity, float], ...] = (
        ("driving", drive / 2),
        ("sitting", sit / 2),
        ("standing", stand / 2),
    )
    morning = [_stretch(doing, seconds) for doing, seconds in half if seconds > 0]
    if not morning:
        return ()
    return (*morning, _stretch("moving", LUNCH_S), *reversed(morning))


def _of_lines(intake: Intake) -> tuple[Stretch, ...]:
    lines = sorted(intake.usual_day, key=lambda line: line.start)
    out: list[Stretch] = []
    until = lines[0].start
    for line in lines:
        if line.start > until:
            out.append(_stretch("unknown", 60.0 * (line.start - until)))
        start = max(line.start, until)
        if line.end > start:
            out.append(_stretch(_activity(line.activity), 60.0 * (line.end - start)))
        until = max(until, line.end)
    while out and out[0].doing not in STILL:
        del out[0]
    while out and out[-1].doing not in STILL:
        del out[-1]
    return tuple(out)


def _activity(name: str) -> Activity:
    return next((activity for activity in ACTIVITIES if activity == name), "unknown")


def _stretch(activity: Activity, seconds: float) -> Stretch:
    return Stretch(doing=activity, seconds=seconds, welcome=activity != "driving")


def _seconds(bout: Bout) -> float:
    return (bout.end - bout.start).total_seconds()
