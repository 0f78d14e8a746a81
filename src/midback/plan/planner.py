"""A week of dated items. In: intake, clearance, decisions, exposure, pauses. Out: Plan. Next: app keeps it.

A readable rule puts the days together; nothing is searched or drawn by lot, so the same input gives the same
plan. Each day depends on its date and not on its neighbours: planning again tomorrow keeps the ids of today.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from midback.body.exposure import Exposure
from midback.catalogue.exercise import Exercise
from midback.errors import Infeasible, SafetyStop
from midback.reasons import Reason

from .answers import Intake, Pause
from .clearance import Clearance
from .day import plan_day
from .emphasis import Brought, emphasise
from .fit import find_fit
from .hours import is_working
from .performance import Performance
from .pool import Person, may_be_planned
from .prescription import Plan, Prescription
from .progression import Decision
from .selection import suggest_length
from .tried import left_out

RULE_VERSION = 1


def plan_week(
    start: date,
    intake: Intake,
    clearance: Clearance,
    exercises: Mapping[str, Exercise],
    decisions: Mapping[str, Decision],
    performances: Sequence[Performance] = (),
    exposure_yesterday: Exposure | None = None,
    pauses: Sequence[Pause] = (),
    days: int = 7,
    by_state: Sequence[Brought] = (),
    visits: Collection[date] = (),
    every_weeks: int | None = None,
) -> Plan:
    """Return the plan of ``days`` days from ``start``.

    ``exposure_yesterday`` decides the emphasis of the first day, and ``by_state`` what the body's state after it
    adds; the others follow the usual hours. What each exercise was like stands in ``decisions``; ``performances``
    say whether time was short lately. ``visits`` are the days of massage where the person has it every
    ``every_weeks``; without a cadence their budget spreads them.

    Raises
    ------
    SafetyStop : when a warning sign leaves nothing open.
    Infeasible : when nothing fits; its constraints are ids of messages.
    """
    if clearance.closed:
        raise SafetyStop(
            "You reported a warning sign.",
            "Nothing is planned until somebody qualified has seen you.",
            "The screening page says whom to call and how to come back.",
        )
    person = Person(
        intake,
        clearance,
        exercises,
        decisions,
        easy_only=clearance.easy_only,
        visits=frozenset(visits),
        every_weeks=every_weeks,
    )
    items: list[Prescription] = []
    reasons: list[Reason] = []
    free_days = 0
    for offset in range(days):
        day = start + timedelta(days=offset)
        pause = pause_on(day, pauses)
        yesterday = exposure_yesterday if offset == 0 else None
        emphasis = emphasise(intake, yesterday, is_working(intake, day), by_state)
        items += plan_day(person, day, emphasis, pause)
        free_days += pause is None
        if pause is not None:
            reasons.append(Reason(f"plan.pause-{pause.why}", {"day_date": day.isoformat()}, RULE_VERSION))
    moving = any(exercises[item.exercise_id].family in ("daily", "break") for item in items)
    if free_days and not moving:
        raise infeasible(person)
    return Plan(
        start=start,
        days=days,
        target_minutes=intake.daily_minutes,
        items=tuple(items),
        reasons=(*week_reasons(person, items, start), *hurried(performances, start), *reasons),
        rule_version=RULE_VERSION,
    )


def pause_on(day: date, pauses: Sequence[Pause]) -> Pause | None:
    """Return the pause a date lies in: illness before flare before travel where several overlap."""
    order = ("illness", "flare", "travel")
    running = [p for p in pauses if p.start <= day and (p.end is None or day <= p.end)]
    return min(running, key=lambda p: order.index(p.why), default=None)


def week_reasons(person: Person, items: Sequence[Prescription], start: date) -> tuple[Reason, ...]:
    """Return the reasons that hold for the whole week."""
    reasons: list[Reason] = []
    if person.easy_only:
        reasons.append(Reason("plan.easy-only", {}, RULE_VERSION))
    first = sum(item.minutes for item in items if item.day == start and item.counts and not item.optional)
    target = person.intake.daily_minutes
    if not person.easy_only and 0 < first < 0.75 * target:
        values = {"planned_min": round(first), "target_min": target}
        reasons.append(Reason("plan.below-target", values, RULE_VERSION))
    reasons.append(Reason("plan.minutes-evidence", {"target_min": target}, RULE_VERSION))
    for exercise in person.exercises.values():
        if exercise.family in ("daily", "break") and left_out(exercise, person.intake):
            reasons.append(Reason("plan.left-out-worse", {"exercise": exercise.id}, RULE_VERSION))
        gate = person.clearance.gates.get(exercise.id)
        if gate is not None and not gate.variants:
            reasons += [left_out_by(reason) for reason in gate.reasons]
    massage = person.intake.massage
    if massage.wanted and massage.monthly_budget <= 0 and person.every_weeks is None:
        reasons.append(Reason("plan.massage-no-budget", {}, RULE_VERSION))
    return tuple(reasons)


def hurried(performances: Sequence[Performance], today: date) -> tuple[Reason, ...]:
    """Return why shorter sessions come first, when something was left out lately for want of time."""
    _, reason = suggest_length(performances, today)
    return () if reason is None else (reason,)


def left_out_by(reason: Reason) -> Reason:
    """Name the exercise before the gate's own words."""
    if reason.message_id != "gate":
        return reason
    values = {"exercise": reason.values["exercise"], "gate": reason.values["condition"]}
    return Reason("plan.left-out", values, RULE_VERSION)


def infeasible(person: Person) -> Infeasible:
    """Return the error that names what stands in the way, what blocks most first."""
    counted: dict[str, int] = {}
    for exercise in person.exercises.values():
        obstacle = obstacle_to(person, exercise)
        if obstacle is not None:
            counted[obstacle] = counted.get(obstacle, 0) + 1
    constraints = tuple(sorted(counted, key=lambda name: (-counted[name], name)))
    return Infeasible(
        "No exercise fits your answers.",
        "A plan needs one movement that suits a place you are in, the things you have and your "
        "health answers.",
        "Add a place or a thing in Settings, or look at what the health answers leave out.",
        constraints=constraints or ("plan.none-hours",),
    )


def obstacle_to(person: Person, exercise: Exercise) -> str | None:
    """Return the id of the message that says why an exercise cannot be planned."""
    if exercise.family not in ("daily", "break"):
        return None
    if left_out(exercise, person.intake):
        return "plan.none-worse"
    if not may_be_planned(person, exercise):
        return "plan.none-easy"
    if person.decision(exercise.id).status == "rest":
        return "plan.none-resting"
    found = find_fit(exercise, sorted(person.intake.places), person.intake.gear, person.clearance.gates)
    return f"plan.none-{found}" if isinstance(found, str) else None
