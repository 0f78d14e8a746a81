"""``Posture``: named joint angles over time, whether drawn or measured. Next: forward, body, coach."""

from dataclasses import dataclass

import numpy as np

from midback.movement.rotation import Array
from midback.movement.skeleton import ANGLES, HANDED, INDEX, mirror_name

_SWAP = np.array([INDEX[mirror_name(name)] for name in ANGLES])
_SIGN = np.array([-1.0 if name in HANDED else 1.0 for name in ANGLES])


@dataclass(frozen=True, slots=True)
class Posture:
    """Joint angles.

    angles : (..., T, J) rad in ``skeleton.ANGLES`` order; NaN where unknown
    quality : (..., T, J) from 0 (unknown) to 1 (known)
    """

    angles: Array
    quality: Array

    def angle(self, name: str) -> Array:
        """Return one angle over time, (..., T) rad."""
        return np.asarray(self.angles[..., INDEX[name]])


def drawn(angles: Array) -> Posture:
    """Make a posture of which every angle is known."""
    return Posture(angles, np.ones_like(angles))


def mirror_angles(angles: Array) -> Array:
    """Swap left and right of (..., J) joint angles."""
    return np.asarray(angles[..., _SWAP] * _SIGN)
