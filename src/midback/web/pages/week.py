"""The week's plan, day by day, each item with its reasons. In: app.planning. Out: HTML. Next: the person."""

from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.planning import PlanView, current_plan
from midback.plan.prescription import Prescription

from ..guard import identify
from ..i18n import clock_words
from ..render import house_of, render
from ..saying import dose_words, item_title, minutes_words, say

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class WeekItem:
    """One item in words."""

    time: str
    title: str
    address: str
    dose: str
    minutes: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the plan: its items, and the minutes of them that count."""

    day: date
    minutes: float
    items: tuple[WeekItem, ...]


@router.get("/week")
def week(request: Request) -> Response:
    """Show the plan that starts today."""
    view = current_plan(house_of(request), identify(request))
    return render(
        request,
        "week.html",
        days=_days(request, view),
        target=view.plan.target_minutes,
        reasons=say(request, view.plan.reasons),
        minutes=minutes_words,
    )


def _days(request: Request, view: PlanView) -> list[WeekDay]:
    dates = [view.plan.start + timedelta(days=n) for n in range(view.plan.days)]
    return [
        WeekDay(
            day=day,
            minutes=sum(item.minutes for item in view.plan.on(day) if item.counts),
            items=tuple(_item(request, item) for item in view.plan.on(day)),
        )
        for day in dates
    ]


def _item(request: Request, item: Prescription) -> WeekItem:
    return WeekItem(
        time=clock_words(item.minute),
        title=item_title(request, item),
        address=f"/library/{item.exercise_id}?variant={item.variant_id}",
        dose=dose_words(item.dose, len(item.sides)),
        minutes=minutes_words(item.minutes),
        why=tuple(say(request, item.reasons)),
    )
