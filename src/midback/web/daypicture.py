"""A day as a spine, ready for a page.

In: app.exposures.DayExposure. Out: drawings, totals, the table. Next: pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from starlette.requests import Request

from midback.app.exposures import DayExposure
from midback.body.exposure import STILL
from midback.share.spine import draw_across, draw_down
from midback.share.spine_day import BoutBar, DaySpine, HourStep, Joint, known_parts, still_runs

from . import i18n
from .i18n import _
from .render import house_of
from .saying import activity_name, text_of

KNOWN = (*STILL, "moving", "away")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table behind the drawing."""

    start: str
    end: str
    what: str
    long: str


@dataclass(frozen=True, slots=True)
class DayPicture:
    """The day drawn both ways, its totals in words, and the table behind it. ``empty``.

    Nothing is known yet.
    """

    down: str
    across: str
    wide: str
    totals: str
    rows: tuple[Row, ...]
    empty: bool


def minute_on(at: datetime, start: datetime, zone: tzinfo | None) -> float:
    """Return local minutes after the midnight that began the day; a bout from the day before starts at 0."""
    if at <= start:
        return 0.0
    wall = at.astimezone(zone)
    days = (wall.date() - start.astimezone(zone).date()).days
    return days * 1440 + wall.hour * 60 + wall.minute + wall.second / 60


def spine_of(
    request: Request,
    day: DayExposure,
    *,
    wake: int,
    sleep: int,
    now: datetime | None = None,
    planned: Sequence[tuple[int, str]] = (),
) -> DaySpine:
    """Return what is drawn of a day: hours awake, and any hour outside them in which something is known."""
    house = house_of(request)
    zone = house.clock.zone
    bars = [
        (minute_on(b.start, day.start, zone), min(1440.0, minute_on(b.end, day.start, zone)), b.activity)
        for b in day.bouts
    ]
    done = [(minute_on(at, day.start, zone), exercise, s) for at, exercise, s in day.movements]
    known = [m for start, end, _a in bars for m in (start, end - 1)] + [m for m, _e, _s in done]
    first = int(min([wake, *known]) // 60)
    last = int(max([sleep - 1, *known]) // 60)
    hours = range(first, min(last, 23) + 1)
    lasting = still_runs(bars, hours, STILL, KNOWN)
    parts = known_parts(bars, hours, KNOWN)
    steps = tuple(
        HourStep(h, run, _hour_says(h, run), part) for h, run, part in zip(hours, lasting, parts, strict=True)
    )
    joints = []
    for minute, exercise_id, seconds in done:
        exercise = house.catalogue.exercises.get(exercise_id)
        name = text_of(exercise).title if exercise else exercise_id
        says = _("{time}, {name}, {long}, done").format(
            time=i18n.clock_words(int(minute)), name=name, long=i18n.duration_words(seconds)
        )
        joints.append(Joint(minute, name, True, says))
    joints += [
        Joint(
            minute, name, False, _("{time}, {name}, planned").format(time=i18n.clock_words(minute), name=name)
        )
        for minute, name in planned
    ]
    return DaySpine(
        hours=steps,
        bars=tuple(
            BoutBar(
                start, end, activity, f"{activity_name(activity)}, {i18n.duration_words((end - start) * 60)}"
            )
            for start, end, activity in bars
        ),
        joints=tuple(joints),
        now=None if now is None else minute_on(now, day.start, zone),
        now_says="" if now is None else _("now {time}").format(time=i18n.time_words(now.astimezone(zone))),
    )


def _hour_says(hour: int, run: float | None) -> str:
    time = i18n.clock_words(hour * 60)
    if run is None:
        return _("{time}: not known").format(time=time)
    if run < 1:
        return _("{time}: moving or away").format(time=time)
    return _("{time}: still for up to {long} without a break").format(
        time=time, long=i18n.duration_words(run * 60)
    )


def totals_words(day: DayExposure) -> str:
    """Say the day's totals in one line: what was still, and the longest of it."""
    seconds = day.exposure.seconds
    parts = [
        f"{i18n.duration_words(seconds[activity])} {activity_name(activity)}"
        for activity in (*STILL, "moving")
        if seconds.get(activity, 0) >= 60
    ]
    if not parts:
        return ""
    if day.exposure.longest_still_s >= 60:
        parts.append(
            _("longest without a break {long}").format(long=i18n.duration_words(day.exposure.longest_still_s))
        )
    return ", ".join(parts)


def draw_day(request: Request, day: DayExposure, spine: DaySpine) -> DayPicture:
    """Draw a day both ways, with the table behind it."""
    zone = house_of(request).clock.zone
    totals = totals_words(day)
    title = _("Your day, hour by hour")
    desc = totals or _("Nothing is known of this day yet.")
    rows = tuple(
        Row(
            i18n.time_words(b.start.astimezone(zone)),
            i18n.time_words(b.end.astimezone(zone)),
            activity_name(b.activity),
            i18n.duration_words((b.end - b.start).total_seconds()),
        )
        for b in day.bouts
    )
    return DayPicture(
        down=draw_down(spine, title=title, desc=desc),
        across=draw_across(spine, title=title, desc=desc),
        wide=draw_across(spine, title=title, desc=desc, width=820),
        totals=totals,
        rows=rows,
        empty=not day.bouts,
    )
