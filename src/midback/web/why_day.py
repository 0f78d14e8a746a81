"""The hours of a day for "Why": rows to draw, sentences, a table. In: WhyDay. Out: DayView. Next: pages.why."""

from collections.abc import Mapping
from datetime import datetime

from starlette.requests import Request

from midback.app.clock import local
from midback.app.why_told import Group, HourLoad, WhyDay

from . import i18n
from .i18n import _
from .render import house_of
from .saying import say
from .why_view import DayView
from .why_words import doing_words, group_name, hour_words, percent
from .whypicture import NARROW, WIDE, Axis, LoadRow, draw_load

ROWS: tuple[tuple[Group, float], ...] = (("mid-back", 96.0), ("neck", 40.0), ("shoulders", 40.0))
DROVE = ("why.share-", "why.part-")
# What belongs beside the hours of all that is noted; the rest stands at the end of the page.
NOTED = ("why.day-", "why.unknown-")
# Said at the top of the page already, or drawn.
SAID_ELSEWHERE = frozenset({"why.sore", "why.peak"})
# So many times an hour of sitting as usual fill the height; what lies beyond stands at the edge.
FULL = 1.5
Sitting = Mapping[Group, float]


def day_view(request: Request, told: WhyDay, sitting: Sitting, *, is_today: bool) -> DayView:
    """Return a day's hours, drawn and told.

    sitting : the effort of sitting as the person mostly did; an hour is told against an hour of it
    """
    title = (
        _("Where the hours of today added up")
        if is_today
        else _("Where the hours of {day} added up").format(day=i18n.day_words(told.day))
    )
    hours = shown_hours(told.hours)
    noted = (reason for reason in told.notes if reason.message_id.startswith(NOTED))
    notes = " ".join(say(request, noted))
    if not hours:
        return DayView(title=title, note=notes)
    axis = axis_of(request, told, is_today=is_today)
    rows = tuple(_row(request, hours, sitting, group, tall) for group, tall in ROWS)
    words = {"title": title, "desc": " ".join(say(request, told.said))}
    drove = [reason for reason in told.said if reason.message_id.startswith(DROVE)]
    sentences = [
        reason
        for reason in (*(stretch.because for stretch in told.stretches), *told.said)
        if reason not in drove and reason.message_id not in SAID_ELSEWHERE
    ]
    return DayView(
        title=title,
        narrow=draw_load(axis, rows, width=NARROW, **words),
        wide=draw_load(axis, rows, width=WIDE, **words),
        columns=(_("Hour"), _("What you did"), *(_capital(group_name(group)) for group, _tall in ROWS)),
        rows=tuple(_cells(request, hour, sitting) for hour in hours),
        sentences=tuple(say(request, sentences)),
        drivers=tuple(say(request, drove)),
        note=notes,
    )


def shown_hours(hours: tuple[HourLoad, ...]) -> tuple[HourLoad, ...]:
    """Return the hours from the first to the last of which something is known; none where nothing is."""
    known = [place for place, hour in enumerate(hours) if hour.known > 0 and hour.load]
    return hours[known[0] : known[-1] + 1] if known else ()


def axis_of(request: Request, told: WhyDay, *, is_today: bool) -> Axis:
    """Return the axis of the hours that are shown."""
    hours = shown_hours(told.hours)
    now = house_of(request).clock.now()
    return Axis(
        start=minute_of(told, hours[0].start),
        names=tuple(f"{_local(request, hour.start).hour:02d}" for hour in hours),
        now=minute_of(told, now) if is_today else None,
        now_says=_("now {time}").format(time=i18n.time_words(_local(request, now))) if is_today else "",
    )


def minute_of(told: WhyDay, at: datetime) -> float:
    """Return the minutes that have passed since the day began."""
    return (at - told.start).total_seconds() / 60


def against(hour: HourLoad, sitting: Sitting, group: Group) -> float | None:
    """Return an hour's load against an hour of sitting as usual, or None where nothing is known of it."""
    if hour.known <= 0 or not hour.load or sitting[group] <= 0:
        return None
    return hour.load[group] / sitting[group]


def _row(
    request: Request, hours: tuple[HourLoad, ...], sitting: Sitting, group: Group, tall: float
) -> LoadRow:
    loads = [against(hour, sitting, group) for hour in hours]
    return LoadRow(
        name=_capital(group_name(group)),
        tall=tall,
        shares=tuple(None if load is None else min(1.0, load / FULL) for load in loads),
        says=tuple(
            hour_words(hour, load, group, _time(request, hour.start))
            for hour, load in zip(hours, loads, strict=True)
        ),
    )


def _cells(request: Request, hour: HourLoad, sitting: Sitting) -> tuple[str, ...]:
    time = f"{_time(request, hour.start)}–{_time(request, hour.end)}"
    loads = [against(hour, sitting, group) for group, _tall in ROWS]
    if None in loads:
        return (time, _("not known") if hour.load else _("not yet"), *("" for _load in loads))
    return (time, doing_words(hour), *(percent(load or 0.0, 0) for load in loads))


def _time(request: Request, at: datetime) -> str:
    return i18n.time_words(_local(request, at))


def _local(request: Request, at: datetime) -> datetime:
    return local(house_of(request).clock, at)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
