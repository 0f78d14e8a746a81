"""Massage visits and what they cost against the budget (row S5). Next: planning, report."""

from dataclasses import dataclass
from datetime import date

from midback.errors import InputError, NotFound
from midback.plan.answers import Intake
from midback.store import care as kept
from midback.store import intakes
from midback.store.care import Visit as Visit
from midback.store.engine import reading

from .clock import check_day, today_of
from .house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class CareSummary:
    """This month's spending beside the budget, in the intake's currency, and all visits, newest first."""

    month: date
    spent: float
    budget: float
    currency: str
    visits_done: int
    visits_planned: int
    visits: tuple[Visit, ...]


def add_visit(house: House, person: str, visit: Visit) -> Visit:
    """Keep one visit, done or booked."""
    check_day(visit.day)
    if not 0 <= visit.cost <= 100_000:
        raise InputError(
            "The cost is {cost}.",
            "It should be 0 to 100,000.",
            "Correct the cost.",
            values={"cost": visit.cost},
        )
    if not 0 <= visit.minutes <= 480:
        raise InputError(
            "The visit lasted {minutes} minutes.",
            "It should be 0 to 480.",
            "Correct the minutes.",
            values={"minutes": visit.minutes},
        )
    for pain in (visit.pain_before, visit.pain_after):
        if pain is not None and not 0 <= pain <= 10:
            raise InputError(
                "Pain is {pain}.",
                "Pain goes from 0 to 10.",
                "Give a number from 0 to 10.",
                values={"pain": pain},
            )
    with house.engine.begin() as conn:
        return kept.add(conn, person, visit)


def remove_visit(house: House, person: str, visit_id: str) -> None:
    """Undo a visit."""
    with house.engine.begin() as conn:
        if not kept.remove(conn, person, visit_id):
            raise NotFound("That visit is not there any more.", "", "Load the page again.")


def care_summary(house: House, person: str) -> CareSummary:
    """Sum up this calendar month."""
    today = today_of(house.clock)
    with reading(house.engine).connect() as conn:
        visits = tuple(sorted(kept.listed(conn, person), key=lambda v: v.day, reverse=True))
        massage = (intakes.latest(conn, person) or Intake()).massage
    month = [v for v in visits if (v.day.year, v.day.month) == (today.year, today.month) and v.done]
    return CareSummary(
        month=today.replace(day=1),
        spent=sum(v.cost for v in month if v.currency == massage.currency),
        budget=massage.monthly_budget,
        currency=massage.currency,
        visits_done=len(month),
        visits_planned=massage.per_month if massage.wanted else 0,
        visits=visits,
    )
