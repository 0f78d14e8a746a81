"""Can this exercise be done here, with this gear, by this person? Out: the variant. Next: planner, breaks.

The first variant that the gates leave, that suits one of the places and whose gear is there, is taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from midback.catalogue.exercise import Exercise, Place, Variant

from .clearance import GateResult

# A chair, a wall and a floor are taken to be everywhere that the places speak of.
ASSUMED_GEAR = frozenset({"chair"})
LYING_NEEDS = frozenset({"floor", "kneel", "supine"})

Obstacle = Literal["gates", "place", "gear"]


@dataclass(frozen=True, slots=True)
class Fit:
    """One way the exercise can be done now; ``range`` caps the range of motion."""

    variant: Variant
    place: Place
    gear: tuple[str, ...]
    range: float


def find_fit(
    exercise: Exercise,
    places: Iterable[Place],
    gear: frozenset[str],
    gates: Mapping[str, GateResult],
) -> Fit | Obstacle:
    """Return how the exercise can be done in one of the places (best first), or what stands in the way."""
    gate = gates.get(exercise.id)
    open_variants = [v for v in exercise.variants if gate is None or v.id in gate.variants]
    if not open_variants:
        return "gates"
    here = tuple(places)
    obstacle: Obstacle = "place"
    for variant in open_variants:
        place = next((p for p in here if p in variant.places and suits(exercise, variant, p)), None)
        if place is None:
            continue
        used = choose_gear(variant, gear)
        if used is not None:
            return Fit(variant, place, used, gate.range if gate else 1.0)
        obstacle = "gear"
    return obstacle


def suits(exercise: Exercise, variant: Variant, place: Place) -> bool:
    """Say whether a place is fit for it at all: nothing is worn in a cab and nobody lies down in one."""
    return place != "cab" or (exercise.family != "worn" and not LYING_NEEDS & set(variant.needs))


def choose_gear(variant: Variant, owned: frozenset[str]) -> tuple[str, ...] | None:
    """Return what to use for each thing needed, the best that is there; None where something is missing."""
    used: list[str] = []
    for choices in variant.gear:
        found = next((thing for thing in choices if thing in owned or thing in ASSUMED_GEAR), None)
        if found is None:
            return None
        used.append(found)
    return tuple(used)
