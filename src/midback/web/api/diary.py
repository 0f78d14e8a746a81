"""API: check-ins, days, pauses, visits, what got worse. In: JSON. Out: JSON. Next: programs."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Path, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from midback.app.adverse import AdverseEvent, list_events, report
from midback.app.care import CareSummary, Visit, add_visit, care_summary, remove_visit
from midback.app.checkins import add_checkin, checkins_of_today, remove_checkin
from midback.app.exposures import DayExposure, add_bout, move_bout, remove_bout, show_day, undo_last
from midback.app.pauses import end_pause, list_pauses, start_pause
from midback.body.exposure import Activity
from midback.plan.answers import CheckIn, Pause

from ..guard import identify
from ..render import house_of
from .problem import PROBLEMS

router = APIRouter(prefix="/api", tags=["diary"], responses=PROBLEMS)
Pain = Annotated[int, Field(ge=0, le=10)]
Id = Annotated[str, Path(max_length=100, pattern=r"^[A-Za-z0-9_.:-]+$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CheckInBody(_Body):
    """One check-in; what is left out is "not answered"."""

    pain_now: Pain | None = None
    pain_average: Pain | None = None
    pain_worst: Pain | None = None
    symptoms: list[str] = Field(default_factory=list, max_length=50)
    regions: list[str] = Field(default_factory=list, max_length=50)
    psfs: dict[Annotated[str, Field(min_length=1, max_length=200)], Pain] = Field(
        default_factory=dict, max_length=10
    )
    worse: bool = False
    note: str = Field("", max_length=2000)


class BoutBody(_Body):
    """One stretch of one activity; instants carry their offset."""

    activity: Activity
    start: AwareDatetime
    end: AwareDatetime


class PauseBody(_Body):
    """A pause; without an end it lasts until further notice."""

    why: Literal["illness", "flare", "travel"]
    start: date | None = None
    end: date | None = None


class VisitBody(_Body):
    """One visit, done or booked."""

    day: date
    kind: Literal["massage", "professional"] = "massage"
    profession: str = Field("", max_length=64, pattern=r"^[a-z-]*$")
    minute: int | None = Field(None, ge=0, le=1439)
    place: str = Field("", max_length=500)
    done: bool = True
    minutes: float = Field(0.0, ge=0, le=480)
    cost: float = Field(0.0, ge=0, le=100_000)
    currency: str = Field("EUR", pattern=r"^[A-Z]{3}$")
    worked_on: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list, max_length=20)
    pain_before: Pain | None = None
    pain_after: Pain | None = None
    note: str = Field("", max_length=2000)


class WorseBody(_Body):
    """Something that got worse."""

    what: str = Field(min_length=1, max_length=2000)
    exercise_id: str | None = Field(None, max_length=64)
    severity: Literal["mild", "moderate", "severe"] = "mild"


@router.get("/checkins")
def checkins(request: Request) -> tuple[CheckIn, ...]:
    """Return today's check-ins, oldest first."""
    return checkins_of_today(house_of(request), identify(request))


@router.post("/checkins", status_code=201)
def check_in(request: Request, body: Annotated[CheckInBody, Body()]) -> CheckIn:
    """Keep one check-in."""
    house = house_of(request)
    kept = CheckIn(
        at=house.clock.now(),
        pain_now=body.pain_now,
        pain_average=body.pain_average,
        pain_worst=body.pain_worst,
        symptoms=frozenset(body.symptoms),
        regions=frozenset(body.regions),
        psfs=body.psfs,
        worse=body.worse,
        note=body.note,
    )
    return add_checkin(house, identify(request), kept)


@router.delete("/checkins/{checkin_id}", status_code=204)
def undo_check_in(request: Request, checkin_id: Id) -> None:
    """Take a check-in back."""
    remove_checkin(house_of(request), identify(request), checkin_id)


@router.get("/days/{day}")
def day(request: Request, day: date) -> DayExposure:
    """Return one local day: bouts, totals, movements."""
    return show_day(house_of(request), identify(request), day)


@router.post("/bouts", status_code=201)
def new_bout(request: Request, body: Annotated[BoutBody, Body()]) -> DayExposure:
    """Keep one stretch; the newest word wins. Returns its day."""
    return add_bout(house_of(request), identify(request), body.activity, body.start, body.end)


@router.put("/bouts/{bout_id}")
def change_bout(request: Request, bout_id: Id, body: Annotated[BoutBody, Body()]) -> DayExposure:
    """Correct one stretch. Returns its day."""
    return move_bout(house_of(request), identify(request), bout_id, body.start, body.end, body.activity)


@router.delete("/bouts/{bout_id}", status_code=204)
def drop_bout(request: Request, bout_id: Id) -> None:
    """Take one stretch away."""
    remove_bout(house_of(request), identify(request), bout_id)


@router.post("/bouts/undo", status_code=204)
def undo_bout(request: Request) -> None:
    """Take back the last change of the days."""
    undo_last(house_of(request), identify(request))


@router.get("/pauses")
def pauses(request: Request) -> tuple[Pause, ...]:
    """Return all pauses, oldest first."""
    return list_pauses(house_of(request), identify(request))


@router.post("/pauses", status_code=201)
def pause(request: Request, body: Annotated[PauseBody, Body()]) -> Pause:
    """Start a pause: streaks wait, reminders are silent."""
    return start_pause(house_of(request), identify(request), body.why, body.start, body.end)


@router.delete("/pauses/{pause_id}", status_code=204)
def resume(request: Request, pause_id: Id) -> None:
    """End a pause; its last day is yesterday."""
    end_pause(house_of(request), identify(request), pause_id)


@router.get("/care")
def care(request: Request) -> CareSummary:
    """Return this month's spending beside the budget, and all visits."""
    return care_summary(house_of(request), identify(request))


@router.post("/care/visits", status_code=201)
def visit(request: Request, body: Annotated[VisitBody, Body()]) -> Visit:
    """Keep one visit."""
    given = body.model_dump(exclude={"worked_on"})
    return add_visit(house_of(request), identify(request), Visit(**given, worked_on=tuple(body.worked_on)))


@router.delete("/care/visits/{visit_id}", status_code=204)
def undo_visit(request: Request, visit_id: Id) -> None:
    """Take a visit back."""
    remove_visit(house_of(request), identify(request), visit_id)


@router.get("/worse")
def worse(request: Request) -> tuple[AdverseEvent, ...]:
    """Return everything that got worse, newest first."""
    return list_events(house_of(request), identify(request))


@router.post("/worse", status_code=201)
def got_worse(request: Request, body: Annotated[WorseBody, Body()]) -> AdverseEvent:
    """Keep something that got worse."""
    house = house_of(request)
    return report(house, identify(request), AdverseEvent(at=house.clock.now(), **body.model_dump()))
