"""One day by hand: bouts in two taps, corrected by drag, by form, by keyboard.

In: app.exposures. Out: HTML. Next: plan.
"""

from datetime import date, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.clock import at_minute, local, minute_of, today_of
from midback.app.exposures import (
    add_bout,
    can_undo,
    keep_usual_day,
    move_bout,
    remove_bout,
    show_day,
    start_now,
    undo_last,
)
from midback.app.intake import read_intake
from midback.body.exposure import ACTIVITIES
from midback.errors import InputError, NotFound
from midback.plan.answers import Intake

from .. import i18n
from ..daypicture import draw_day, minute_on, spine_of
from ..flash import flash, go
from ..forms import Answers, Form
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..saying import activity_name

router = APIRouter()
CHOICES = ("sitting", "driving", "standing", "moving", "away")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise NotFound(
            "{text!r} is not a day.", "Days look like 2026-03-02.", values={"text": text[:40]}
        ) from exc


@router.get("/day")
def today(request: Request) -> Response:
    """Show today."""
    return _show(request, today_of(house_of(request).clock))


@router.get("/day/{day}")
def one_day(request: Request, day: str) -> Response:
    """Show one day, drawn and as a list that can be corrected."""
    return _show(request, _day(day))


def _show(request: Request, day: date) -> Response:
    house, person = house_of(request), identify(request)
    now = house.clock.now()
    this_day = today_of(house.clock)
    if day > this_day or day < this_day - timedelta(days=3660):
        raise NotFound(
            "{day} is not a day that can be shown.",
            "Days from today back to ten years ago.",
            values={"day": day.isoformat()},
        )
    shown = show_day(house, person, day)
    intake = read_intake(house, person) or Intake()
    zone = house.clock.zone
    is_today = day == this_day
    spine = spine_of(request, shown, wake=intake.wake, sleep=intake.sleep, now=now if is_today else None)
    bouts = [
        {
            "id": b.id,
            "activity": b.activity,
            "name": activity_name(b.activity),
            "start": int(minute_on(b.start, shown.start, zone)),
            "end": min(1440, int(minute_on(b.end, shown.start, zone))),
            "long": i18n.duration_words((b.end - b.start).total_seconds()),
        }
        for b in shown.bouts
    ]
    return render(
        request,
        "day.html",
        day=day,
        is_today=is_today,
        title=_("Your day") if is_today else i18n.day_words(day),
        picture=draw_day(request, shown, spine),
        usual=shown.usual,
        bouts=bouts,
        first=spine.hours[0].hour * 60 if spine.hours else 360,
        last=(spine.hours[-1].hour + 1) * 60 if spine.hours else 1380,
        until=minute_of(local(house.clock)) if is_today else 1440,
        choices=[(key, activity_name(key)) for key in CHOICES],
        activities=[(key, activity_name(key)) for key in ACTIVITIES],
        before=day - timedelta(days=1),
        after=None if is_today else day + timedelta(days=1),
        has_usual=bool(intake.usual_day),
        can_undo=can_undo(house, person),
        flash=flash(request),
    )


def _times(request: Request, form: Answers, day: date) -> tuple[datetime, datetime]:
    house = house_of(request)
    start, end = form.minute("start"), form.minute("end")
    if start is None or end is None:
        raise InputError("A time is missing.", "A stretch has a start and an end.", "Go back and fill it in.")
    # 00:00 as an end is the midnight that closes the day.
    return at_minute(house.clock, day, start), at_minute(house.clock, day, end or 1440)


def _back(request: Request, day: date) -> str:
    return "/day" if day == today_of(house_of(request).clock) else f"/day/{day.isoformat()}"


@router.post("/day/now")
def two_taps(request: Request, form: Form) -> Response:
    """Keep what the person is doing, and since when."""
    house = house_of(request)
    since = form.one_of("since", ("last", "15", "30", "60", "120"), "last")
    start = None if since == "last" else house.clock.now() - timedelta(minutes=int(since))
    start_now(house, identify(request), form.text("activity", 20), start)
    return go("/day", "bout", "now")


@router.post("/day/undo")
def take_back(request: Request) -> Response:
    """Take back the last change of the day."""
    undo_last(house_of(request), identify(request))
    return go("/day", "undone")


@router.post("/day/{day}/add")
def add(request: Request, day: str, form: Form) -> Response:
    """Keep one stretch with its times."""
    that = _day(day)
    start, end = _times(request, form, that)
    add_bout(house_of(request), identify(request), form.text("activity", 20), start, end)
    return go(_back(request, that), "bout", day)


@router.post("/day/{day}/move")
def move(request: Request, day: str, form: Form) -> Response:
    """Correct one stretch."""
    that = _day(day)
    start, end = _times(request, form, that)
    move_bout(
        house_of(request),
        identify(request),
        form.text("id", 200),
        start,
        end,
        form.text("activity", 20) or None,
    )
    return go(_back(request, that), "bout", day)


@router.post("/day/{day}/remove")
def remove(request: Request, day: str, form: Form) -> Response:
    """Take one stretch away."""
    remove_bout(house_of(request), identify(request), form.text("id", 200))
    return go(_back(request, _day(day)), "bout-gone", day)


@router.post("/day/{day}/usual")
def usual(request: Request, day: str) -> Response:
    """Make the usual day this day's own, ready to be corrected."""
    that = _day(day)
    keep_usual_day(house_of(request), identify(request), that)
    return go(_back(request, that), "usual", day)
