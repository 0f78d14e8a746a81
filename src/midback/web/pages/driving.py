"""Driving: one tap to set off, one to arrive, and the stops of a long drive. In: app.driving. Out: HTML.

While a drive goes on nothing else is shown: nothing is done at the wheel, and nothing there asks to be read.
Next: today.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast, get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.clock import at_minute, local, minute_of, today_of
from midback.app.driving import (
    DrivePlan,
    Driving,
    arrived,
    drive_now,
    driving_since,
    not_driving,
    plan_drive,
)
from midback.plan.stops import Region

from .. import i18n
from ..flash import flash, go
from ..forms import Answers, Form
from ..guard import identify
from ..i18n import _
from ..render import house_of, render
from ..saying import movement_title, say

router = APIRouter(include_in_schema=False)
REGIONS: tuple[Region, ...] = get_args(Region)


@dataclass(frozen=True, slots=True)
class StopLine:
    """One stop in words."""

    time: str
    says: tuple[str, ...]
    movement: str
    href: str


def driving_page(request: Request, going: Driving) -> Response:
    """Show that a drive goes on, and how to end it; nothing else."""
    house = house_of(request)
    return render(
        request,
        "driving.html",
        since=i18n.time_words(local(house.clock, going.since)),
        forgotten=going.forgotten,
        seen=i18n.time_words(local(house.clock, going.seen_at)) if going.seen_at else "",
        flash=flash(request),
    )


@router.get("/drive")
def drive(
    request: Request, hours: str = "", minutes: str = "", leave: str = "", region: str = ""
) -> Response:
    """Show the plan of a drive's stops, or the drive that goes on."""
    house, person = house_of(request), identify(request)
    going = driving_since(house, person)
    if going is not None:
        return driving_page(request, going)
    asked = Answers.of({"hours": hours, "minutes": minutes, "leave": leave, "region": region})
    whole = 60 * (asked.whole("hours", 0, 24) or 0) + (asked.whole("minutes", 0, 59) or 0)
    start = asked.minute("leave")
    where = asked.one_of("region", (*REGIONS, ""), "")
    plan = plan_drive(house, person, whole, start, cast(Region, where) or None) if whole else None
    return render(
        request,
        "drive.html",
        plan=plan,
        lines=_lines(request, plan) if plan else [],
        arrive=i18n.clock_words(plan.stops.arrive) if plan else "",
        reasons=say(request, plan.stops.reasons) if plan else [],
        after=_movement(request, plan.after) if plan else ("", ""),
        length=i18n.duration_words(60 * whole),
        hours=whole // 60 if whole else "",
        minutes=whole % 60 if whole else "",
        leave=i18n.clock_words(plan.leave if plan else minute_of(local(house.clock))),
        region=plan.region if plan else "",
        regions=[
            ("", _("as in your answers")),
            ("eu", _("European Union")),
            ("us", _("United States")),
            ("other", _("elsewhere")),
        ],
        flash=flash(request),
    )


def _movement(request: Request, movement: tuple[str, str] | None) -> tuple[str, str]:
    """Return a movement's name and where to read about it."""
    if movement is None:
        return "", ""
    return movement_title(request, *movement), f"/library/{movement[0]}?variant={movement[1]}"


def _lines(request: Request, plan: DrivePlan) -> list[StopLine]:
    lines = []
    for stop, movement in zip(plan.stops.stops, plan.movements, strict=True):
        name, href = _movement(request, movement)
        lines.append(StopLine(i18n.clock_words(stop.minute), tuple(say(request, stop.because)), name, href))
    return lines


@router.post("/drive/now")
def set_off(request: Request) -> Response:
    """Say that a drive begins now."""
    drive_now(house_of(request), identify(request))
    return go("/")


@router.post("/drive/arrived")
def arrive(request: Request, form: Form) -> Response:
    """Say that the drive is over, now or at a time; Today then offers what suits after it."""
    done = arrived(house_of(request), identify(request), _at(request, form))
    if done.bout is None:
        return go("/", "no-drive")
    return go("/", "arrived", "/".join(done.movement) if done.movement else "")


@router.post("/drive/not")
def never_set_off(request: Request) -> Response:
    """Take "I am driving now" back."""
    not_driving(house_of(request), identify(request))
    return go("/", "undone")


def _at(request: Request, form: Answers) -> datetime | None:
    """Return the instant of arrival that was typed: the last time the clock showed it."""
    minute = form.minute("at")
    if minute is None:
        return None
    clock = house_of(request).clock
    day = today_of(clock)
    at = at_minute(clock, day, minute)
    return (
        at if at <= clock.now() + timedelta(minutes=1) else at_minute(clock, day - timedelta(days=1), minute)
    )
