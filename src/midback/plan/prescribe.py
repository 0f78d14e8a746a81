"""One candidate in one block becomes one dated item. In: candidate, fit, block. Next: day."""

from dataclasses import replace
from datetime import date

from midback.catalogue.exercise import Dose, Exercise
from midback.reasons import Reason

from .answers import Intake
from .clearance import Clearance
from .fit import Fit
from .hours import Block
from .performance import Side
from .pool import Candidate
from .prescription import Prescription

RULE_VERSION = 1


def sides_of(exercise: Exercise) -> tuple[Side, ...]:
    """Return left and right for what is done per side, else both at once."""
    return ("left", "right") if exercise.sides else ("both",)


def dose_of(exercise: Exercise, level: int, intake: Intake, fit: Fit) -> Dose:
    """Return the dose of a level, in the way the person likes to count, within the range the gates leave."""
    by = intake.dose_by if intake.dose_by in exercise.dose_by else exercise.dose_by[0]
    dose = exercise.levels[min(max(level, 0), len(exercise.levels) - 1)].dose(by)
    return replace(dose, range=min(dose.range, fit.range))


def minutes_of(exercise: Exercise, dose: Dose) -> float:
    """Return the minutes of movement, all sides and sets, without rests."""
    return round(dose.seconds * dose.sets * len(sides_of(exercise)) / 60, 2)


def prescribe(
    candidate: Candidate,
    fit: Fit,
    block: Block,
    day: date,
    minute: int,
    intake: Intake,
    clearance: Clearance,
    *,
    number: int = 1,
    priority: int = 0,
    optional: bool = False,
    why: tuple[Reason, ...] = (),
) -> Prescription:
    """Return the dated item with the reasons why it, why this much and why here.

    ``number`` counts the same exercise within one slot of the day, for a stable id.
    """
    exercise, decision = candidate.exercise, candidate.decision
    level = min(max(decision.level, 0), len(exercise.levels) - 1)
    dose = dose_of(exercise, level, intake, fit)
    suffix = "" if number == 1 else f"/{number}"
    return Prescription(
        id=f"{day.isoformat()}/{block.slot}/{exercise.id}{suffix}",
        day=day,
        slot=block.slot,
        minute=minute,
        exercise_id=exercise.id,
        variant_id=fit.variant.id,
        level=level,
        dose=dose,
        sides=sides_of(exercise),
        range_scale=decision.range_scale,
        place=fit.place,
        gear=fit.gear,
        anchor=block.habit.id if block.habit else None,
        minutes=minutes_of(exercise, dose),
        counts=exercise.counts,
        optional=optional,
        priority=priority,
        reasons=reasons_for(candidate, fit, block, clearance, why),
    )


def reasons_for(
    candidate: Candidate, fit: Fit, block: Block, clearance: Clearance, why: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    """Put the reasons in the order a person asks: why this one, why this much, why this way, why now."""
    exercise = candidate.exercise
    general = () if candidate.reasons or why else (purpose_reason(exercise),)
    gate = clearance.gates.get(exercise.id)
    here: tuple[Reason, ...] = ()
    if block.habit is not None:
        here += (Reason("plan.after-habit", {"habit": block.habit.label}, RULE_VERSION),)
    elif block.work:
        here += (Reason("plan.fits-work", {"place": fit.place}, RULE_VERSION),)
    if fit.range < 1 and gate is None:
        here += (Reason("plan.smaller-range", {"exercise": exercise.id}, RULE_VERSION),)
    said = (
        *candidate.reasons,
        *why,
        *general,
        *candidate.decision.reasons,
        *(gate.reasons if gate else ()),
        *here,
    )
    return tuple({(r.message_id, tuple(sorted(r.values.items()))): r for r in said}.values())


def purpose_reason(exercise: Exercise) -> Reason:
    """Return what the exercise is for, in general."""
    return Reason(f"plan.for-{exercise.purpose}", {"exercise": exercise.id}, RULE_VERSION)
