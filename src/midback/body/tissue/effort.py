"""How hard the groups work in a posture. In: loads by statics. Out: Effort. Next: advance and the day."""

from dataclasses import dataclass

import numpy as np

from midback.body.tissue.state import GROUPS, Array, check_range, floats
from midback.errors import InputError

# More than a group's strength is an estimate's way of saying "all of it"; far more is a slip of units.
MOST_FRACTION = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What is asked of the body for a while, with any leading batch axes; NaN where it is not known.

    fraction : (..., G), of the greatest voluntary effort; above 1 it counts as 1
    flexion : (...,), 0..1, share of the full forward bend of the thoracic spine
    moving : (...,), 0..1, share of the time that is movement instead of holding still; None for none
    """

    fraction: Array
    flexion: Array
    moving: Array | None = None


def at_rest(shape: tuple[int, ...] = (), moving: float = 0.0) -> Effort:
    """Return no effort at all, for a batch of ``shape``; ``moving`` 1 for loose movement without load."""
    return Effort(
        fraction=np.zeros((*shape, len(GROUPS))), flexion=np.zeros(shape), moving=np.full(shape, moving)
    )


def check_effort(effort: Effort) -> Effort:
    """Return the effort as float arrays, or raise InputError naming the value, its rule and range."""
    fraction, flexion = floats("fraction", effort.fraction), floats("flexion", effort.flexion)
    moving = None if effort.moving is None else floats("moving", effort.moving)
    if fraction.ndim == 0 or fraction.shape[-1] != len(GROUPS):
        raise InputError(
            "fraction has the shape {shape}.",
            "Its last axis holds the groups: {groups}.",
            values={"shape": str(fraction.shape), "groups": ", ".join(GROUPS)},
        )
    check_range("fraction", fraction, 0.0, MOST_FRACTION)
    check_range("flexion", flexion, 0.0, 1.0)
    if moving is not None:
        check_range("moving", moving, 0.0, 1.0)
    return Effort(fraction=fraction, flexion=flexion, moving=moving)
