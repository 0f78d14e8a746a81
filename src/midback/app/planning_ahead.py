"""Days further than the plan reaches, as they would be planned today; nothing is kept. Next: the calendar.

In: the newest plan, answers, decisions. Out: items. What is kept of a plan is never changed by looking ahead.
"""

from datetime import timedelta

from sqlalchemy import Connection

from midback.errors import Infeasible, SafetyStop
from midback.plan.planner import plan_week
from midback.plan.prescription import Prescription
from midback.store import intakes, pauses, performances, plans

from . import massage_dates
from .clearance import clearance_in, due_in
from .clock import today_of
from .house import House
from .planning import decisions_in

# Questions that are due because time went by are asked when a session is opened; these close what is ahead at once.
CLOSING = frozenset({"triage.due-first", "triage.due-worse", "triage.due-elsewhere"})
LOOK_BACK = timedelta(days=7)


def items_ahead_in(conn: Connection, house: House, person: str, days: int) -> tuple[Prescription, ...]:
    """Return the items of so many days from today, inside an open transaction; none where nothing may be planned.

    Today's plan is taken as it was made; where there is none yet, the day is foreseen like those after it.
    """
    today = today_of(house.clock)
    clearance, intake = clearance_in(conn, person), intakes.latest(conn, person)
    due = {reason.message_id for reason in due_in(conn, house, person).reasons}
    if clearance is None or clearance.closed or intake is None or due & CLOSING:
        return ()
    kept = plans.latest(conn, person)
    there = kept.plan if kept is not None and kept.plan.start == today else None
    end = today + timedelta(days=days)
    items = tuple(i for i in there.items if i.day < end) if there else ()
    start = today + timedelta(days=there.days) if there else today
    if start >= end:
        return items
    visits, every_weeks = massage_dates.due_in(conn, person, today, end)
    try:
        foreseen = plan_week(
            start,
            intake,
            clearance,
            house.catalogue.exercises,
            decisions_in(conn, house, person),
            performances.performances(conn, person, house.clock.now() - LOOK_BACK),
            None,
            pauses.listed(conn, person),
            days=(end - start).days,
            visits=visits,
            every_weeks=every_weeks,
        )
    except (SafetyStop, Infeasible):
        return items
    return (*items, *foreseen.items)
