"""One day as it was: the curve, its stretches with what they rest on, prompts, what was held, what was done.

In: app.exposures, app.day_events. Out: HTML; corrections by drag, by form, by keyboard. Next: plan.
"""

from datetime import date, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.clock import at_minute, today_of
from midback.app.drift import drift_of
from midback.app.driving import driving_since
from midback.app.exposures import (
    add_bout,
    can_undo,
    keep_usual_day,
    remove_bout,
    show_day,
    start_now,
    undo_last,
)
from midback.app.intake import read_intake
from midback.app.sensed_bouts import SENSED
from midback.body.exposure import ACTIVITIES
from midback.body.variety import changes_of_position
from midback.errors import InputError, NotFound
from midback.plan.answers import Intake

from .. import i18n
from ..dayaxis import DayAxis
from ..daychange import Change, correct, find_bout
from ..daypicture import axis_of, draw_day, spine_of
from ..driftpicture import draw_sitting
from ..flash import flash, go
from ..forms import Answers, Form
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..saying import activity_name
from ..sensed import due_prompt, now_strip
from ..timeline import Entry, entries, marks
from .driving import driving_page

router = APIRouter(include_in_schema=False)
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
    """Show today; while a drive goes on, only that."""
    house = house_of(request)
    going = driving_since(house, identify(request))
    return driving_page(request, going) if going else _show(request, today_of(house.clock))


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
    is_today = day == this_day
    axis = axis_of(request, shown)
    spine = spine_of(
        request,
        shown,
        wake=intake.wake,
        sleep=intake.sleep,
        now=now if is_today else None,
        marks=marks(request, shown),
    )
    lines = entries(request, shown)
    still = sum(shown.exposure.seconds[activity] for activity in ("sitting", "standing", "driving"))
    return render(
        request,
        "day.html",
        day=day,
        is_today=is_today,
        title=_("Your day") if is_today else i18n.day_words(day),
        strip=now_strip(request, shown) if is_today else None,
        due=due_prompt(request, shown) if is_today else None,
        picture=draw_day(request, shown, spine),
        sitting=draw_sitting(request, shown, spine, drift_of(house, person, shown)),
        usual=shown.usual,
        lines=lines,
        still=i18n.duration_words(still),
        longest=i18n.duration_words(shown.exposure.longest_still_s),
        moving=i18n.duration_words(shown.exposure.seconds["moving"]),
        changes=changes_of_position(shown.exposure),
        known=still + shown.exposure.seconds["moving"] >= 60,
        first=spine.hours[0].hour * 60 if spine.hours else 360,
        last=(spine.hours[-1].hour + 1) * 60 if spine.hours else 1380,
        until=int(axis.place(now)) if is_today else axis.length,
        length=axis.length,
        bar_kinds=[
            (key, activity_name(key)) for key in ACTIVITIES if key in {b.activity for b in shown.bouts}
        ],
        turn=axis.turn,
        hours=axis.hours,
        shown_kinds=_kinds(lines),
        choices=[(key, activity_name(key)) for key in CHOICES],
        activities=[(key, activity_name(key)) for key in ACTIVITIES],
        before=day - timedelta(days=1),
        after=None if is_today else day + timedelta(days=1),
        has_usual=bool(intake.usual_day),
        can_undo=can_undo(house, person),
        flash=flash(request),
    )


def _kinds(lines: tuple[Entry, ...]) -> list[tuple[str, str]]:
    """Return the signs that this day's list needs words for."""
    words = {
        "you": _("you said so"),
        "sensed": _("sensed"),
        "done": _("movement done"),
        "prompt": _("prompt"),
        "held": _("held back"),
    }
    used = {line.stretch.said if line.stretch else line.kind for line in lines}
    return [(kind, says) for kind, says in words.items() if kind in used]


def _times(request: Request, form: Answers, day: date) -> tuple[datetime, datetime]:
    house = house_of(request)
    start, end = form.minute("start"), form.minute("end")
    if start is None or end is None:
        raise InputError("A time is missing.", "A stretch has a start and an end.", "Go back and fill it in.")
    # 00:00 as an end is the midnight that closes the day.
    return at_minute(house.clock, day, start), at_minute(house.clock, day, end or 1440)


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _edge(form: Answers, axis: DayAxis, edge: str, typed: datetime) -> datetime:
    """Return an edge to the second: as it was where nobody touched it, dragged, or as typed."""
    place = form.whole(f"{edge}_minute", 0, axis.length)
    if place is not None:
        return axis.at(place)
    was = _instant(form.text(f"{edge}_at", 40))
    if was is not None and axis.wall(axis.place(was)) % 1440 == (form.minute(edge) or 0):
        return was
    return typed


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
    house, person, that = house_of(request), identify(request), _day(day)
    shown = show_day(house, person, that)
    bout = find_bout(shown, form.text("id", 200))
    typed = _times(request, form, that)
    axis = axis_of(request, shown)
    dragged = bool(form.text("start_minute", 10) or form.text("end_minute", 10))
    change = Change(
        start=_edge(form, axis, "start", typed[0]),
        end=_edge(form, axis, "end", typed[1]),
        activity=form.text("activity", 20) or bout.activity,
        dragged=dragged,
    )
    correct(house, person, shown, bout, change)
    return go(_back(request, that), "bout", day)


@router.post("/day/{day}/remove")
def remove(request: Request, day: str, form: Form) -> Response:
    """Take one stretch away."""
    that = _day(day)
    gone = form.text("id", 200)
    remove_bout(house_of(request), identify(request), gone)
    return go(_back(request, that), "not-known" if gone.startswith(SENSED) else "bout-gone", day)


@router.post("/day/{day}/usual")
def usual(request: Request, day: str) -> Response:
    """Make the usual day this day's own, ready to be corrected."""
    that = _day(day)
    keep_usual_day(house_of(request), identify(request), that)
    return go(_back(request, that), "usual", day)
