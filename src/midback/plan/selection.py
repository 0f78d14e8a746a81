"""A session of 3, 8 or 20 minutes out of a day's items. Next: coach.

Worn things and visits are no session. Shorter sessions take what matters most; a dose is cut to fit and
never raised.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from midback.catalogue.exercise import Exercise, Purpose
from midback.reasons import Reason

from .draft import LYING
from .performance import Performance
from .prescription import Prescription

RULE_VERSION = 1
Length = Literal[3, 8, 20]
LENGTHS: tuple[Length, ...] = (3, 8, 20)
READY_S = 5
CHANGE_S = 7
SHORTEST_S = 30
NO_TIME_FOR = timedelta(days=3)
# From loose to strong to lying: each prepares the next.
ORDER: tuple[Purpose, ...] = (
    "easy",
    "mobility",
    "release",
    "variety",
    "opening",
    "rotation",
    "strength",
    "extension",
)


def pick_session(
    items: Sequence[Prescription],
    length_min: Length,
    exercises: Mapping[str, Exercise],
) -> tuple[Prescription, ...]:
    """Return those of a day's open items that fit a session, each exercise once, in the order to do them."""
    left = float(length_min * 60)
    taken: list[Prescription] = []
    for item in sorted(items, key=lambda i: (i.optional, i.priority, i.minute, i.id)):
        exercise = exercises.get(item.exercise_id)
        if exercise is None or exercise.family not in ("daily", "break"):
            continue
        if any(other.exercise_id == item.exercise_id for other in taken):
            continue
        if item.exercise_id in LYING and any(other.exercise_id in LYING for other in taken):
            continue
        fitted = item if cost_s(item) <= left else shortened(item, left)
        if fitted is not None:
            taken.append(fitted)
            left -= cost_s(fitted)
    return in_order(taken, exercises)


def cost_s(item: Prescription) -> float:
    """Return the seconds an item takes in a session: getting ready, every set and side, changes and rests."""
    units = item.dose.sets * len(item.sides)
    changes = (len(item.sides) - 1) * item.dose.sets * CHANGE_S
    return READY_S + units * item.dose.seconds + changes + (item.dose.sets - 1) * item.dose.rest_s


def shortened(item: Prescription, left_s: float) -> Prescription | None:
    """Return the item with a dose cut to the time that is left, or None when too little would remain."""
    one_set = replace(item, dose=replace(item.dose, sets=1))
    sides = len(item.sides)
    each = int((left_s - READY_S - (sides - 1) * CHANGE_S) / sides)
    seconds = min(item.dose.seconds, each)
    if seconds < min(SHORTEST_S, item.dose.seconds):
        return None
    repetitions = item.dose.repetitions
    if repetitions is not None:
        repetitions = max(1, repetitions * seconds // item.dose.seconds)
        seconds = max(
            1, min(seconds, round(repetitions * (item.dose.tempo_s or item.dose.seconds / repetitions)))
        )
    dose = replace(one_set.dose, seconds=seconds, repetitions=repetitions)
    said = Reason("plan.shortened", {"exercise": item.exercise_id}, RULE_VERSION)
    return replace(item, dose=dose, minutes=round(seconds * sides / 60, 2), reasons=(*item.reasons, said))


def in_order(items: Sequence[Prescription], exercises: Mapping[str, Exercise]) -> tuple[Prescription, ...]:
    """Sort from loosening to lying, so that each movement prepares the next."""

    def key(item: Prescription) -> tuple[bool, int, int, str]:
        purpose = exercises[item.exercise_id].purpose
        place = ORDER.index(purpose) if purpose in ORDER else len(ORDER)
        return (item.exercise_id in LYING, place, item.priority, item.id)

    return tuple(sorted(items, key=key))


def suggest_length(
    performances: Sequence[Performance], today: date, usual: Length = 8
) -> tuple[Length, Reason | None]:
    """Return the length to offer: one shorter for three days after something was skipped for want of time."""
    hurried = any(p.skipped == "no-time" and today - p.at.date() < NO_TIME_FOR for p in performances)
    if not hurried or usual == LENGTHS[0]:
        return usual, None
    return LENGTHS[LENGTHS.index(usual) - 1], Reason("plan.shorter-session", {}, RULE_VERSION)
