"""API: what was said and held, answers, driving, how prompts behave, weeks and months. In: JSON. Out: JSON.

A day with its sensed and own stretches, prompts and holds is ``GET /api/days/{day}``; the stream that tells when
it changed stands in ``stream``. Next: programs.
"""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from midback.app.day_events import DaySaid, KeptSaid, show_said
from midback.app.drift import DayDrift, DayNumbers, daily, show_drift
from midback.app.driving import (
    Arrived,
    DrivePlan,
    Driving,
    arrived,
    drive_now,
    driving_since,
    not_driving,
    plan_drive,
)
from midback.app.spans import MONTH, WEEK, Span, show_days, sum_up
from midback.app.watching import WatchState, answer, read_watch, save_watch, watch_state
from midback.plan.interruptions import BreakPreferences, Hold
from midback.plan.stops import Region

from ..guard import identify
from ..render import house_of
from .problem import PROBLEMS

router = APIRouter(prefix="/api", tags=["sensing"], responses=PROBLEMS)
Minute = Annotated[int, Field(ge=0, le=1440)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AnswerBody(_Body):
    """An answer to a prompt, and the movement it was about."""

    answer: Literal["start", "done", "later", "skip", "not-sitting"]
    movement: str = Field("", max_length=64)


class ArrivedBody(_Body):
    """When the drive ended; now without it."""

    at: AwareDatetime | None = None


class WatchBody(_Body):
    """How midback may speak; what is left out stays."""

    off: list[Hold] | None = Field(None, max_length=20)
    pause_s: int | None = Field(None, ge=5, le=600)
    back_s: int | None = Field(None, ge=0, le=3600)
    hours: dict[Annotated[int, Field(ge=0, le=6)], tuple[Minute, Minute]] | None = None
    notice_s: int | None = Field(None, ge=0, le=600)
    later_s: int | None = Field(None, ge=60, le=3600)
    later_cap: int | None = Field(None, ge=0, le=20)
    skip_cap: int | None = Field(None, ge=0, le=50)
    prompts: bool | None = None
    sound: bool | None = None


@router.get("/days/{day}/said")
def said(request: Request, day: date) -> DaySaid:
    """Return one day's notices, prompts, answers, and what was held back by what."""
    return show_said(house_of(request), identify(request), day)


@router.get("/days/{day}/sitting")
def sitting(request: Request, day: date) -> DayDrift:
    """Return one day's looks of the camera and the drift of each stretch, as shares of one's own upright."""
    return show_drift(house_of(request), identify(request), day)


@router.get("/sitting")
def sitting_by_day(request: Request, first: date, last: date) -> tuple[DayNumbers, ...]:
    """Return one row a day: median change against one's own upright, drift an hour, and what they rest on."""
    return daily(house_of(request), identify(request), first, last)


@router.post("/answers", status_code=201)
def answered(request: Request, body: Annotated[AnswerBody, Body()]) -> KeptSaid:
    """Keep an answer to a prompt."""
    return answer(house_of(request), identify(request), body.answer, body.movement).said


@router.get("/week")
def week(request: Request, day: date | None = None) -> Span:
    """Return the seven days that end with a day, today without one: totals, longest, variety, prompts of each."""
    return sum_up(show_days(house_of(request), identify(request), day, WEEK))


@router.get("/month")
def month(request: Request, day: date | None = None) -> Span:
    """Return the thirty days that end with a day, as ``/api/week``."""
    return sum_up(show_days(house_of(request), identify(request), day, MONTH))


@router.get("/drive")
def drive(request: Request) -> Driving | None:
    """Return the drive that goes on, or null."""
    return driving_since(house_of(request), identify(request))


@router.post("/drive", status_code=201)
def set_off(request: Request) -> Driving | None:
    """Say that a drive begins now; nothing is said until it ends."""
    house, person = house_of(request), identify(request)
    drive_now(house, person)
    return driving_since(house, person)


@router.post("/drive/arrived")
def arrive(request: Request, body: Annotated[ArrivedBody | None, Body()] = None) -> Arrived:
    """Say that the drive is over; returns its stretch and a movement for after it."""
    return arrived(house_of(request), identify(request), body.at if body else None)


@router.delete("/drive", status_code=204)
def never_set_off(request: Request) -> None:
    """Take the drive back; nothing is kept of it."""
    not_driving(house_of(request), identify(request))


@router.get("/drive/plan")
def stops(
    request: Request,
    minutes: Annotated[int, Query(ge=1, le=1440)],
    leave: Annotated[int | None, Query(ge=0, le=1439)] = None,
    region: Region | None = None,
) -> DrivePlan:
    """Plan the stops of a drive of so many minutes at the wheel; leaving now, or at a local minute of the day."""
    return plan_drive(house_of(request), identify(request), minutes, leave, region)


@router.get("/watch")
def watch(request: Request) -> WatchState | None:
    """Return how the background process is doing, or null when it never ran."""
    return watch_state(house_of(request), identify(request))


@router.get("/watch/wishes")
def wishes(request: Request) -> BreakPreferences:
    """Return how midback may speak."""
    return read_watch(house_of(request), identify(request))


@router.patch("/watch/wishes")
def change_wishes(request: Request, body: Annotated[WatchBody, Body()]) -> BreakPreferences:
    """Change how midback may speak, and return all of it; driving cannot be switched off."""
    house, person = house_of(request), identify(request)
    given = body.model_dump(exclude_none=True)
    if "off" in given:
        given["off"] = frozenset(given["off"])
    if "hours" in given:
        given["hours"] = {day: (start, end) for day, (start, end) in given["hours"].items()}
    was = read_watch(house, person)
    kept = {name: getattr(was, name) for name in BreakPreferences.__dataclass_fields__}
    return save_watch(house, person, BreakPreferences(**(kept | given)))
