"""Which exercise a camera is asked to count. In: the person's words, the catalogue. Out: Checked. Next: analysing."""

from dataclasses import dataclass

from midback.catalogue.catalogue import Catalogue
from midback.catalogue.exercise import Exercise
from midback.errors import InputError, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Which exercise was counted. named : by the person, rather than tried because it can be"""

    exercise: Exercise
    variant: str
    named: bool

    @property
    def validated(self) -> bool:
        """Say whether real footage of two people stands behind the signal."""
        return self.exercise.camera.validated


def named_check(catalogue: Catalogue, words: str) -> Checked:
    """Return the exercise and variant that words such as ``cat-cow:floor`` name.

    Raises NotFound where there is none by that name, InputError where no camera can count it.
    """
    name, _, variant = words.partition(":")
    exercise = catalogue.exercises.get(name)
    if exercise is None:
        raise NotFound(
            "There is no exercise {name!r}.",
            "",
            "`midback exercises` lists them.",
            values={"name": name[:60]},
        )
    variants = [one.id for one in exercise.variants]
    if variant and variant not in variants:
        raise NotFound(
            "{exercise} has no variant {variant!r}.",
            "It has: {variants}.",
            values={"exercise": name, "variant": variant[:60], "variants": ", ".join(variants)},
        )
    able = [one for one in variants if exercise.camera.can_check(one)]
    if exercise.camera.check is None or not able or (variant and variant not in able):
        raise InputError(
            "{exercise} cannot be counted by a camera.",
            "Only exercises with a signal can be.",
            "Leave --exercise out to see posture and orientation.",
            values={"exercise": words[:60]},
        )
    return Checked(exercise=exercise, variant=variant or able[0], named=True)


def tried_check(catalogue: Catalogue) -> Checked | None:
    """Return the exercise that is counted unasked: the one whose signal is validated."""
    for exercise in catalogue.exercises.values():
        able = [one.id for one in exercise.variants if exercise.camera.can_check(one.id)]
        if exercise.camera.validated and exercise.camera.check is not None and able:
            return Checked(exercise=exercise, variant=able[0], named=False)
    return None


def checkable(catalogue: Catalogue) -> list[tuple[Exercise, str, tuple[str, ...]]]:
    """Return every exercise a camera can count, with a variant and its gates."""
    return [
        (exercise, next(v.id for v in exercise.variants if exercise.camera.can_check(v.id)), check.gate)
        for exercise in catalogue.exercises.values()
        if (check := exercise.camera.check) is not None
        and any(exercise.camera.can_check(v.id) for v in exercise.variants)
    ]
