"""The week's plan as use cases: made once a day, and anew when something it rests on changes.

In: intake, clearance, performances, yesterday's exposure, pauses. Out: Plan. Next: today, session.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from midback.errors import Infeasible, SafetyStop
from midback.plan.answers import Intake
from midback.plan.changes import Change, compare
from midback.plan.performance import Performance
from midback.plan.planner import plan_week
from midback.plan.prescription import Plan
from midback.plan.progression import Decision, progress
from midback.plan.setback import Setback, ease
from midback.store import adverse, intakes, pauses, performances, plans

from . import massage_dates
from .clearance import require_clearance_in
from .clock import at_minute, local, minute_of, today_of
from .exposures import exposure_in
from .house import House
from .state_times import brought_by_state, held_in

# Progression looks at the last performances of an exercise only; two months cover every rule.
LOOK_BACK = timedelta(days=60)
ALREADY_PAST_MIN = 30
DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan with the decisions behind it and what changed against the plan before."""

    plan: Plan
    decisions: Mapping[str, Decision]
    made_at: datetime
    changes: tuple[Change, ...] = ()


def decisions_in(conn: Connection, house: House, person: str) -> dict[str, Decision]:
    """Decide for each exercise what comes next, from its last performances and what got worse with it."""
    today = today_of(house.clock)
    performed: dict[str, list[Performance]] = {}
    for performance in performances.performances(conn, person, house.clock.now() - LOOK_BACK):
        performed.setdefault(performance.exercise_id, []).append(performance)
    setbacks = _setbacks_in(conn, person)
    return {
        exercise_id: ease(
            progress(exercise, performed.get(exercise_id, ()), today, house.clock.now()),
            exercise,
            performed.get(exercise_id, ()),
            setbacks,
            today,
        )
        for exercise_id, exercise in house.catalogue.exercises.items()
        if exercise.family != "care"
    }


def _setbacks_in(conn: Connection, person: str) -> list[Setback]:
    """Return what got worse with a named exercise."""
    return [
        Setback(exercise_id=e.exercise_id, at=e.at, severity=e.severity, resolved_on=e.resolved_on)
        for e in adverse.listed(conn, person)
        if e.exercise_id
    ]


def replan_in(conn: Connection, house: House, person: str) -> PlanView:
    """Make and keep a plan that starts today, inside an open transaction.

    Raises
    ------
    SafetyStop : the warning-sign screen is due or said stop.
    Infeasible : nothing fits; the constraints are named.
    """
    today = today_of(house.clock)
    clearance = require_clearance_in(conn, house, person)
    intake = intakes.latest(conn, person) or Intake()
    decisions = decisions_in(conn, house, person)
    yesterday = exposure_in(conn, house, person, today - timedelta(days=1), intake)
    since = at_minute(house.clock, today, 0) - timedelta(days=7)
    now = house.clock.now()
    visits, every_weeks = massage_dates.due_in(conn, person, today, today + timedelta(days=DAYS))
    plan = plan_week(
        today,
        intake,
        clearance,
        house.catalogue.exercises,
        decisions,
        performances.performances(conn, person, since),
        yesterday,
        pauses.listed(conn, person),
        days=DAYS,
        by_state=brought_by_state(
            intake,
            yesterday,
            house.catalogue.exercises,
            held_in(conn, house, person, yesterday, today - timedelta(days=1)),
        ),
        visits=visits,
        every_weeks=every_weeks,
    )
    before = _plan_before(conn, person, today)
    changes = compare(before, plan, today) if before else ()
    plan = plan if before else _from_now(plan, today, minute_of(local(house.clock, now)))
    plans.save(conn, person, plan, decisions, changes, now)
    return PlanView(plan=plan, decisions=decisions, made_at=now, changes=changes)


def replan_where_possible_in(conn: Connection, house: House, person: str) -> None:
    """Plan anew after something changed; where no plan is possible now, withdraw the one there was.

    Before the first intake there is nothing to plan with, and nothing to withdraw.
    """
    try:
        require_clearance_in(conn, house, person)
        if intakes.latest(conn, person) is not None:
            replan_in(conn, house, person)
    except (SafetyStop, Infeasible):
        # The plan of this morning rests on what does not hold any more; Today says why.
        plans.withdraw(conn, person, today_of(house.clock))


def current_in(conn: Connection, house: House, person: str) -> PlanView:
    """Return today's plan, making it where there is none of today, inside an open transaction."""
    today = today_of(house.clock)
    kept = plans.latest(conn, person)
    if kept is None or kept.plan.start != today:
        return replan_in(conn, house, person)
    require_clearance_in(conn, house, person)
    return PlanView(plan=kept.plan, decisions=kept.decisions, made_at=kept.at, changes=kept.changes)


def _from_now(plan: Plan, today: date, minute: int) -> Plan:
    """The very first plan begins now: what would have been earlier today was never asked of the person."""
    items = tuple(i for i in plan.items if i.day != today or i.minute >= minute - ALREADY_PAST_MIN)
    if len(items) == len(plan.items) or not any(i.day == today for i in items):
        return plan
    # What was said of the whole day's minutes does not hold for the rest of it.
    reasons = tuple(r for r in plan.reasons if r.message_id != "plan.below-target")
    return replace(plan, items=items, reasons=reasons)


def _plan_before(conn: Connection, person: str, today: date) -> Plan | None:
    """The newest plan of an earlier day, so that a second plan of today still says what is new."""
    newest = plans.latest(conn, person)
    if newest is not None and newest.plan.start >= today:
        newest = plans.latest(conn, person, today - timedelta(days=1))
    return newest.plan if newest else None


def current_plan(house: House, person: str) -> PlanView:
    """Return today's plan, making it where there is none of today.

    Raises
    ------
    SafetyStop : the warning-sign screen is due or said stop.
    Infeasible : nothing fits; the constraints are named.
    """
    with house.engine.begin() as conn:
        return current_in(conn, house, person)


def replan(house: House, person: str) -> PlanView:
    """Throw today's plan away and make it anew."""
    with house.engine.begin() as conn:
        view = replan_in(conn, house, person)
    house.changed(person)
    return view
