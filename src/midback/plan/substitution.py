"""Something else with the same purpose. In: exercise, places, gear, gates. Next: planner, coach."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from midback.catalogue.exercise import Exercise, Place, Purpose

from .answers import Intake
from .clearance import Clearance
from .fit import Fit, find_fit
from .tried import left_out, rank

# Where nothing shares the purpose, these come nearest, best first.
NEAREST: Mapping[Purpose, tuple[Purpose, ...]] = {
    "extension": ("opening", "mobility"),
    "opening": ("extension", "strength"),
    "mobility": ("extension", "rotation"),
    "rotation": ("mobility",),
    "release": ("mobility", "extension"),
    "strength": ("opening",),
    "variety": ("mobility", "easy"),
    "easy": ("variety",),
    "care": (),
}


@dataclass(frozen=True, slots=True)
class Substitute:
    """An exercise that can stand in, and how it can be done here. ``exact``: it has the very same purpose."""

    exercise: Exercise
    fit: Fit
    exact: bool


def substitutes(
    exercise: Exercise,
    exercises: Mapping[str, Exercise],
    intake: Intake,
    clearance: Clearance,
    places: Iterable[Place] | None = None,
    *,
    not_these: frozenset[str] = frozenset(),
    gear: frozenset[str] | None = None,
) -> tuple[Substitute, ...]:
    """Return what can stand in, best first: the same purpose before a near one, what helped first.

    ``places`` and ``gear`` default to the person's own; the exercise itself is never among the substitutes.
    """
    if clearance.closed or exercise.family not in ("daily", "break"):
        return ()
    where = tuple(places) if places is not None else tuple(sorted(intake.places))
    with_what = intake.gear if gear is None else gear
    purposes = (exercise.purpose, *NEAREST[exercise.purpose])
    found: list[tuple[tuple[int, int, int, str], Substitute]] = []
    for other in exercises.values():
        if other.id == exercise.id or other.id in not_these or other.purpose not in purposes:
            continue
        if other.family not in ("daily", "break") or left_out(other, intake):
            continue
        if not clearance.allows(other):
            continue
        fit = find_fit(other, where, with_what, clearance.gates)
        if isinstance(fit, Fit):
            near = purposes.index(other.purpose)
            key = (near, rank(other, intake), int(other.family != exercise.family), other.id)
            found.append((key, Substitute(other, fit, near == 0)))
    return tuple(substitute for _, substitute in sorted(found, key=lambda pair: pair[0]))
