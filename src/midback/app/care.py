"""Massage and other visits: what they cost against the budget, when the next is due, what else there is (row S5).

In: visits, a cadence, alternatives. Out: a summary. Next: planning, calendar, report.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from midback.errors import InputError, NotFound
from midback.plan.answers import Intake
from midback.store import care as kept
from midback.store import intakes
from midback.store.care import Visit as Visit
from midback.store.engine import reading

from .clock import check_day, today_of
from .house import House
from .massage_dates import MOST_ALTERNATIVES, MOST_WEEKS, due_in, keep_wishes_in, wishes_in
from .massage_dates import Alternative as Alternative
from .massage_dates import CareWishes as CareWishes
from .planning import replan_where_possible_in

WEEKS_A_MONTH = 52 / 12
# The dose that was tried: an hour two to three times a week for four weeks.
TRIED_VISITS = (8, 12)
LOOK_AHEAD = timedelta(weeks=2 * MOST_WEEKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareSummary:
    """This month's spending beside the budget, in the intake's currency, and all visits, newest first.

    each : what the newest massage done cost, in that currency, or None
    monthly : what the cadence comes to a month at that cost, or None
    next_due : the day proposed for the next massage; None while one is booked, or without a cadence
    tried_low, tried_high : what the dose that was tried would cost in all at that cost
    eased : means of pain before and after, and of how many massages, where both were noted
    """

    month: date
    spent: float
    budget: float
    currency: str
    visits_done: int
    visits_planned: int
    visits: tuple[Visit, ...]
    every_weeks: int | None = None
    next_due: date | None = None
    each: float | None = None
    monthly: float | None = None
    tried_low: float | None = None
    tried_high: float | None = None
    eased: tuple[float, float, int] | None = None
    alternatives: tuple[Alternative, ...] = ()


def add_visit(house: House, person: str, visit: Visit) -> Visit:
    """Keep one visit, done or booked; one whose id is there already is replaced."""
    _check(house, visit)
    with house.engine.begin() as conn:
        added = kept.add(conn, person, visit)
        if wishes_in(conn, person).every_weeks is not None:
            replan_where_possible_in(conn, house, person)
    house.changed(person)
    return added


def remove_visit(house: House, person: str, visit_id: str) -> None:
    """Undo a visit."""
    with house.engine.begin() as conn:
        if not kept.remove(conn, person, visit_id):
            raise NotFound("That visit is not there any more.", "", "Load the page again.")
        if wishes_in(conn, person).every_weeks is not None:
            replan_where_possible_in(conn, house, person)
    house.changed(person)


def save_care_wishes(house: House, person: str, wishes: CareWishes) -> CareWishes:
    """Keep how often a massage is wanted and what it is compared with, and plan anew."""
    if wishes.every_weeks is not None and not 1 <= wishes.every_weeks <= MOST_WEEKS:
        raise InputError(
            "A massage every {weeks} weeks cannot be planned.",
            "It should be 1 to {most} weeks.",
            "Give a number of weeks.",
            values={"weeks": wishes.every_weeks, "most": MOST_WEEKS},
        )
    if len(wishes.alternatives) > MOST_ALTERNATIVES:
        raise InputError(
            "More than {n} alternatives.", "", "Leave some out.", values={"n": MOST_ALTERNATIVES}
        )
    for other in wishes.alternatives:
        if not 0 < len(other.name) <= 200 or not 0 <= other.monthly <= 100_000:
            raise InputError(
                "The alternative {name!r} costs {cost} a month.",
                "It has a name, and a cost of 0 to 100,000.",
                "Correct it.",
                values={"name": other.name[:60], "cost": other.monthly},
            )
    with house.engine.begin() as conn:
        changed = wishes_in(conn, person).every_weeks != wishes.every_weeks
        keep_wishes_in(conn, person, wishes)
        if changed:
            replan_where_possible_in(conn, house, person)
    house.changed(person)
    return wishes


def care_summary(house: House, person: str) -> CareSummary:
    """Sum up this calendar month, and look ahead."""
    today = today_of(house.clock)
    with reading(house.engine).connect() as conn:
        visits = tuple(
            sorted(kept.listed(conn, person), key=lambda v: (v.day, v.minute or 0, v.id), reverse=True)
        )
        massage = (intakes.latest(conn, person) or Intake()).massage
        wishes = wishes_in(conn, person)
        due, _weeks = due_in(conn, person, today, today + LOOK_AHEAD)
    month = [v for v in visits if (v.day.year, v.day.month) == (today.year, today.month) and v.done]
    done = [v for v in visits if v.done and v.kind == "massage"]
    each = next((v.cost for v in done if v.cost > 0 and v.currency == massage.currency), None)
    weeks = wishes.every_weeks
    booked = any(v.kind == "massage" and not v.done and v.day >= today for v in visits)
    felt = [(v.pain_before, v.pain_after) for v in done]
    both = [(b, a) for b, a in felt if b is not None and a is not None]
    return CareSummary(
        month=today.replace(day=1),
        spent=sum(v.cost for v in month if v.currency == massage.currency),
        budget=massage.monthly_budget,
        currency=massage.currency,
        visits_done=len(month),
        visits_planned=massage.per_month if massage.wanted and weeks is None else 0,
        visits=visits,
        every_weeks=weeks,
        next_due=min(due, default=None) if not booked else None,
        each=each,
        monthly=round(each * WEEKS_A_MONTH / weeks, 2) if each is not None and weeks else None,
        tried_low=each * TRIED_VISITS[0] if each is not None else None,
        tried_high=each * TRIED_VISITS[1] if each is not None else None,
        eased=(_mean(b for b, _ in both), _mean(a for _, a in both), len(both)) if both else None,
        alternatives=wishes.alternatives,
    )


def visit_of(house: House, person: str, visit_id: str) -> Visit | None:
    """Return one visit, or None where it is not there."""
    with reading(house.engine).connect() as conn:
        return next((v for v in kept.listed(conn, person) if v.id == visit_id), None)


def _mean(numbers: Iterable[int]) -> float:
    known = list(numbers)
    return round(sum(known) / len(known), 1)


def _check(house: House, visit: Visit) -> None:
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
    if visit.profession and visit.profession not in house.catalogue.professionals:
        raise InputError(
            "There is no kind of professional called {profession!r}.",
            "The kinds are: {known}.",
            "Choose one of them, or none.",
            values={"profession": visit.profession[:60], "known": ", ".join(house.catalogue.professionals)},
        )
    for pain in (visit.pain_before, visit.pain_after):
        if pain is not None and not 0 <= pain <= 10:
            raise InputError(
                "Pain is {pain}.",
                "Pain goes from 0 to 10.",
                "Give a number from 0 to 10.",
                values={"pain": pain},
            )
