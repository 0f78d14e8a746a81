"""A day as a spine, ready for a page.

In: app.exposures.DayExposure. Out: drawings, totals, the table. Next: pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from midback.app.exposures import DayExposure
from midback.body.exposure import STILL
from midback.share.spine import draw_across, draw_down
from midback.share.spine_day import BoutBar, DaySpine, HeldBar, HourStep, Joint, known_parts, still_runs

from . import i18n
from .dayaxis import DayAxis
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
class Mark:
    """A prompt at an instant, or, with an end, a stretch in which one was held back; in words."""

    start: datetime
    end: datetime | None
    says: str


@dataclass(frozen=True, slots=True)
class DayPicture:
    """The day drawn both ways, its totals in words, and the table behind it; ``empty``: nothing is known."""

    down: str
    across: str
    wide: str
    totals: str
    rows: tuple[Row, ...]
    empty: bool


def axis_of(request: Request, day: DayExposure) -> DayAxis:
    """Return the minutes of a day."""
    return DayAxis(day.start, day.end, house_of(request).clock.zone)


def spine_of(
    request: Request,
    day: DayExposure,
    *,
    wake: int,
    sleep: int,
    now: datetime | None = None,
    planned: Sequence[tuple[int, str]] = (),
    marks: Sequence[Mark] = (),
) -> DaySpine:
    """Return what is drawn of a day: hours awake, and any hour outside them in which something is known.

    wake, sleep : local minutes after midnight; planned : (local minute, name); marks : prompts and holds
    """
    house = house_of(request)
    axis = axis_of(request, day)
    bars = [(axis.place(b.start), axis.place(b.end), b.activity) for b in day.bouts]
    bars = [bar for bar in bars if bar[2] in KNOWN]
    done = [(axis.place(at), exercise, s) for at, exercise, s in day.movements]
    points = [axis.place(mark.start) for mark in marks]
    known = [m for start, end, _a in bars for m in (start, end - 1)] + [m for m, _e, _s in done] + points
    first = int(min([axis.place_of_wall(wake), *known]) // 60)
    last = int(max([axis.place_of_wall(sleep) - 1, *known]) // 60)
    hours = range(first, min(last, axis.hours - 1) + 1)
    lasting = still_runs(bars, hours, STILL, KNOWN)
    parts = known_parts(bars, hours, KNOWN)
    steps = tuple(
        HourStep(h, run, _hour_says(axis, h, run), part)
        for h, run, part in zip(hours, lasting, parts, strict=True)
    )
    joints = []
    for minute, exercise_id, seconds in done:
        exercise = house.catalogue.exercises.get(exercise_id)
        name = text_of(exercise).title if exercise else exercise_id
        says = _("{time}, {name}, {long}, done").format(
            time=i18n.clock_words(axis.wall(minute)), name=name, long=i18n.duration_words(seconds)
        )
        joints.append(Joint(minute, name, True, says))
    joints += [
        Joint(
            axis.place_of_wall(minute),
            name,
            False,
            _("{time}, {name}, planned").format(time=i18n.clock_words(minute), name=name),
        )
        for minute, name in planned
    ]
    joints += [Joint(axis.place(m.start), "", False, m.says, prompt=True) for m in marks if m.end is None]
    return DaySpine(
        hours=steps,
        bars=tuple(
            BoutBar(
                start, end, activity, f"{activity_name(activity)}, {i18n.duration_words((end - start) * 60)}"
            )
            for start, end, activity in bars
        ),
        joints=tuple(joints),
        now=None if now is None else axis.place(now),
        now_says=""
        if now is None
        else _("now {time}").format(time=i18n.time_words(now.astimezone(axis.zone))),
        held=tuple(
            HeldBar(axis.place(m.start), axis.place(m.end), m.says) for m in marks if m.end is not None
        ),
        names=axis.names,
    )


def _hour_says(axis: DayAxis, hour: int, run: float | None) -> str:
    time = i18n.clock_words(axis.wall(hour * 60))
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
        if b.activity in KNOWN
    )
    return DayPicture(
        down=draw_down(spine, title=title, desc=desc),
        across=draw_across(spine, title=title, desc=desc),
        wide=draw_across(spine, title=title, desc=desc, width=820),
        totals=totals,
        rows=rows,
        empty=not rows,
    )
