"""Today: the next movement and why, the day as a spine, one check-in.

In: app.today. Out: HTML. Next: the session.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.checkins import checkins_of_today
from midback.app.clock import minute_of
from midback.app.driving import driving_since
from midback.app.items import TodayItem
from midback.app.spool import catch_up
from midback.app.today import Today, show_today
from midback.plan.prescription import Prescription

from ..daypicture import draw_day, spine_of
from ..flash import flash, go
from ..guard import identify
from ..i18n import _, clock_words
from ..picture import Picture, picture
from ..render import house_of, render
from ..saying import dose_words, item_title, minutes_words, movement_title, say, text_of
from ..sensed import due_prompt, now_strip
from ..timeline import marks
from .driving import driving_page

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One planned item in words."""

    id: str
    time: str
    title: str
    minutes: str
    status: str
    status_says: str
    exercise_id: str
    variant_id: str
    worn: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next, in words and with its figure."""

    item: Prescription
    title: str
    when: str
    due: bool
    short: str
    dose: str
    why: tuple[str, ...]
    grade: str
    worn: bool
    moves: bool
    picture: Picture | None


def _line(request: Request, shown: TodayItem, minute: int) -> Line:
    item = shown.item
    exercise = house_of(request).catalogue.exercise(item.exercise_id)
    says = {
        "done": _("done"),
        "partly": _("partly done"),
        "skipped": _("skipped"),
        "now": _("next"),
        "later": "",
    }[shown.status]
    return Line(
        id=item.id,
        time=clock_words(minute),
        title=text_of(exercise).title,
        minutes=minutes_words(shown.done_s / 60 if shown.status in ("done", "partly") else item.minutes),
        status=shown.status,
        status_says=says,
        exercise_id=exercise.id,
        variant_id=item.variant_id,
        worn=exercise.family == "worn",
        why=tuple(say(request, item.reasons)),
    )


def _next(request: Request, item: Prescription, now: datetime) -> Next:
    exercise = house_of(request).catalogue.exercise(item.exercise_id)
    soon = item.minute - minute_of(now)
    due = soon <= 15
    when = _("Now") if due else _("At {time}").format(time=clock_words(item.minute))
    return Next(
        item=item,
        title=item_title(request, item),
        when=_("{when}, {minutes}").format(when=when, minutes=minutes_words(item.minutes)),
        due=due,
        short=text_of(exercise).short,
        dose=dose_words(item.dose, len(item.sides)),
        why=tuple(say(request, item.reasons)),
        grade=exercise.grade,
        worn=exercise.family == "worn",
        moves=exercise.movement_of(item.variant_id) is not None,
        picture=picture(request, exercise, item.variant_id, item.sides[0] if item.sides else "both"),
    )


def _lines(request: Request, shown: Today) -> list[Line]:
    """Return the day's items; what stands within ten minutes of each other is one set under one time."""
    lines, began = [], -100
    for item in shown.items:
        if item.item.minute - began > 10:
            began = item.item.minute
        lines.append(_line(request, item, began))
    return lines


@router.get("/")
def today(request: Request) -> Response:
    """Show what to do next; before the screen and the intake, those come first."""
    house, person = house_of(request), identify(request)
    going = driving_since(house, person)
    if going is not None:
        return driving_page(request, going)
    catch_up(house, person)
    shown = show_today(house, person)
    if shown.step == "screen" and shown.clearance is None:
        return go("/screen")
    if shown.step == "stopped":
        return go("/stop")
    if shown.step == "intake":
        return go("/intake")
    spine = spine_of(
        request,
        shown.exposure,
        wake=shown.intake.wake,
        sleep=shown.intake.sleep,
        now=shown.now,
        planned=[
            (i.item.minute, _title(request, i.item)) for i in shown.items if i.status in ("now", "later")
        ],
        marks=marks(request, shown.exposure),
    )
    latest = checkins_of_today(house, person)
    return render(
        request,
        "today.html",
        shown=shown,
        next=_next(request, shown.next_item, shown.now) if shown.next_item else None,
        lines=_lines(request, shown),
        day=draw_day(request, shown.exposure, spine),
        reasons=say(request, shown.reasons),
        advice=say(request, shown.clearance.advice) if shown.clearance else [],
        escalation=say(request, shown.escalation),
        changes=_changes(request, shown),
        rule=_break_words(request, shown),
        pain=next((c.pain_now for c in reversed(latest) if c.pain_now is not None), None),
        later=_later_words(request, shown),
        strip=now_strip(request, shown.exposure),
        due=due_prompt(request, shown.exposure) if shown.step in ("ready", "easy") else None,
        after_drive=_after_drive(request),
        worn=_worn(request, shown),
        # On a journey one may well move; ill or sore, the page asks for nothing.
        resting=shown.pause is not None and shown.pause.why in ("illness", "flare"),
        lengths=(3, 8, 20),
        minutes=minutes_words,
        flash=flash(request),
    )


def _after_drive(request: Request) -> tuple[str, str] | None:
    """Return the movement that arriving offered, and where it starts."""
    if request.query_params.get("done") != "arrived":
        return None
    exercise, _slash, variant = request.query_params.get("ref", "").partition("/")
    found = house_of(request).catalogue.exercises.get(exercise)
    if found is None or variant not in {v.id for v in found.variants}:
        return None
    address = urlencode({"exercise": exercise, "variant": variant})
    return movement_title(request, exercise, variant), f"/session?{address}"


def _title(request: Request, item: Prescription) -> str:
    return text_of(house_of(request).catalogue.exercise(item.exercise_id)).title


def _changes(request: Request, shown: Today) -> list[tuple[str, list[str]]]:
    kinds = {
        "added": _("New today: {name}"),
        "removed": _("Not today: {name}"),
        "more": _("A little more: {name}"),
        "less": _("A little less: {name}"),
        "range": _("Another range: {name}"),
        "variant": _("Done another way: {name}"),
        "moved": _("At another time: {name}"),
    }
    exercises = house_of(request).catalogue.exercises
    return [
        (kinds[c.kind].format(name=text_of(exercises[c.exercise_id]).title), say(request, c.reasons))
        for c in shown.changes
        if c.exercise_id in exercises
    ]


def _break_words(request: Request, shown: Today) -> tuple[str, list[str]] | None:
    rule = shown.break_rule
    if rule is None:
        return None
    exercises = house_of(request).catalogue.exercises
    names = list(dict.fromkeys(text_of(exercises[e]).title for e, _v in rule.movements[:3] if e in exercises))
    words = _("A short break after {n} min of sitting still: {names}.").format(
        n=round(rule.after_s / 60), names=", ".join(names)
    )
    return words, say(request, rule.reasons)


def _later_words(request: Request, shown: Today) -> str:
    until = shown.later.until
    if until is None or until <= house_of(request).clock.now():
        return ""
    at = until.astimezone(house_of(request).clock.zone)
    return _("Put off until {time}.").format(time=f"{at.hour:02d}:{at.minute:02d}")


def _worn(request: Request, shown: Today) -> str:
    if shown.wear is None:
        return ""
    house = house_of(request)
    name = text_of(house.catalogue.exercise(shown.wear.exercise_id)).title
    until = shown.wear.until.astimezone(house.clock.zone)
    if shown.wear.until <= house.clock.now():
        return _("{name}: time to take it off.").format(name=name)
    return _("{name}: take it off at {time}.").format(name=name, time=f"{until.hour:02d}:{until.minute:02d}")
