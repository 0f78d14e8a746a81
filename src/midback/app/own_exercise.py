"""Try out a person's own exercise before it joins the library. In: an Exercise. Next: house, on opening.

The catalogue knows what a file may say; whether its keyframes can be carried out, only ``movement`` knows.
"""

from midback.catalogue.exercise import Exercise
from midback.errors import InputError


def try_movements(exercise: Exercise) -> None:
    """Carry out every movement of an exercise once; raise InputError for one that cannot be."""
    import numpy as np

    from midback.movement.bake import bake

    for name, movement in exercise.movements.items():
        try:
            baked = bake(movement, fps=2)
        except (ArithmeticError, LookupError, ValueError) as exc:
            if isinstance(exc, InputError):
                raise
            raise InputError(
                "The movement '{name}' cannot be carried out ({fault}).",
                "Contacts and reach name body points that this movement has.",
                values={"name": name, "fault": exc},
            ) from exc
        if not np.isfinite(baked.posture.angles).all():
            raise InputError(
                "The movement '{name}' leads nowhere.",
                "Each keyframe is a pose a body can take.",
                values={"name": name},
            )
