"""API: the warning-sign screen, the intake, the plan, today. In: JSON. Out: JSON. Next: programs."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field

from midback.app.by_hand import log_exercise, mark_done
from midback.app.clearance import ScreenDue
from midback.app.intake import read_intake, save_intake
from midback.app.planning import PlanView, current_plan, replan
from midback.app.screening import answer_screen, current_clearance, questions, screen_due
from midback.app.today import Today, show_today
from midback.catalogue.triage import TriageQuestion
from midback.errors import NotFound
from midback.plan.answers import Intake
from midback.plan.clearance import Clearance
from midback.plan.performance import Performance

from ..guard import identify
from ..render import house_of
from .problem import PROBLEMS

router = APIRouter(prefix="/api", tags=["plan"], responses=PROBLEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The warning-sign questions, whether they are due, and what the last answers allow."""

    questions: tuple[TriageQuestion, ...]
    due: ScreenDue
    clearance: Clearance | None


class ScreenBody(BaseModel):
    """Answers to the screen: every question that is not named was answered no."""

    model_config = ConfigDict(extra="forbid")
    yes: list[Annotated[str, Field(max_length=100)]] = Field(max_length=200)
    seen_by: str | None = Field(None, max_length=200)
    seen_on: date | None = None
    may_exercise: bool = False
    changed_because: str | None = Field(None, max_length=1000)


class DoneBody(BaseModel):
    """Something done without the player: an item of today's plan, or any exercise."""

    model_config = ConfigDict(extra="forbid")
    item: str | None = Field(None, max_length=200)
    exercise: str | None = Field(None, max_length=64)
    variant: str | None = Field(None, max_length=64)
    minutes: float | None = Field(None, gt=0, le=600)


@router.get("/today")
def today(request: Request) -> Today:
    """Return the day: what comes next, what was done, how the body spent its hours."""
    return show_today(house_of(request), identify(request))


@router.get("/plan")
def plan(request: Request) -> PlanView:
    """Return this week's plan with its reasons."""
    return current_plan(house_of(request), identify(request))


@router.post("/plan")
def plan_anew(request: Request) -> PlanView:
    """Plan the week anew from today."""
    return replan(house_of(request), identify(request))


@router.post("/done", status_code=201)
def done(request: Request, body: Annotated[DoneBody, Body()]) -> Performance:
    """Note something as done by hand."""
    house, person = house_of(request), identify(request)
    if body.item:
        return mark_done(house, person, body.item, body.minutes)
    return log_exercise(house, person, body.exercise or "", body.minutes or 1.0, body.variant)


@router.get("/screen")
def screen(request: Request) -> Screen:
    """Return the warning-sign questions and the last outcome."""
    house, person = house_of(request), identify(request)
    return Screen(
        questions=questions(house),
        due=screen_due(house, person),
        clearance=current_clearance(house, person),
    )


@router.post("/screen", status_code=201)
def answer(request: Request, body: Annotated[ScreenBody, Body()]) -> Clearance:
    """Keep answers to the screen and return what they allow."""
    return answer_screen(
        house_of(request),
        identify(request),
        frozenset(body.yes),
        seen_by=body.seen_by,
        seen_on=body.seen_on,
        may_exercise=body.may_exercise,
        changed_because=body.changed_because,
    )


@router.get("/intake")
def intake(request: Request) -> Intake:
    """Return the latest intake."""
    kept = read_intake(house_of(request), identify(request))
    if kept is None:
        raise NotFound("There is no intake yet.", "", "Send one with PUT.")
    return kept


@router.put("/intake")
def keep_intake(request: Request, body: Annotated[Intake, Body()]) -> Intake:
    """Keep an intake; older ones stay in the archive."""
    return save_intake(house_of(request), identify(request), body)
