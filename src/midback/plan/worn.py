"""The posture band and the wobble disc. In: person, date, blocks. Out: optional items. Next: day.

Planned only when owned and wanted, at a desk or at home, never while driving; the minutes do not count.
"""

from collections.abc import Sequence
from datetime import date

from midback.catalogue.exercise import Exercise, Place
from midback.reasons import Reason

from .fit import Fit, find_fit
from .hours import Block, is_driver
from .pool import Candidate, Person, rests_on
from .prescribe import prescribe
from .prescription import Prescription

RULE_VERSION = 1
WHERE: tuple[Place, ...] = ("desk", "home-floor")
LAST_IN_LINE = 90


def plan_worn(person: Person, day: date, blocks: Sequence[Block]) -> tuple[Prescription, ...]:
    """Return the times of wearing on one day, as often as the exercise says, spread over the blocks."""
    items: list[Prescription] = []
    for exercise in person.exercises.values():
        if exercise.family != "worn" or exercise.id not in person.intake.wanted:
            continue
        decision = person.decision(exercise.id)
        if rests_on(decision, day):
            continue
        why = (Reason(f"plan.worn-{exercise.grade}", {"exercise": exercise.id}, RULE_VERSION),)
        candidate = Candidate(exercise, decision, why, (LAST_IN_LINE, 0, 0, 0))
        counted: dict[str, int] = {}
        for block, fit in wearing_times(person, exercise, blocks):
            counted[block.slot] = counted.get(block.slot, 0) + 1
            item = prescribe(
                candidate,
                fit,
                block,
                day,
                block.minute,
                person.intake,
                person.clearance,
                number=counted[block.slot],
                priority=LAST_IN_LINE + len(items),
                optional=True,
            )
            items.append(item)
    return tuple(items)


def wearing_times(person: Person, exercise: Exercise, blocks: Sequence[Block]) -> list[tuple[Block, Fit]]:
    """Return the blocks to put it on in: between work at a desk first, else by day and evening."""
    desk = [b for b in blocks if b.work and not is_driver(person.intake)]
    home = [b for b in blocks if b.slot in ("day", "evening") and not b.work and not b.arrival]
    found: list[tuple[Block, Fit]] = []
    for block in (*desk, *home):
        here = tuple(place for place in WHERE if place in block.places)
        fit = find_fit(exercise, here, person.intake.gear, person.clearance.gates)
        if isinstance(fit, Fit):
            found.append((block, fit))
    wanted = exercise.frequency.per_day
    step = max(1, len(found) // wanted) if wanted else 1
    return found[::step][:wanted]
