"""Moments and forces from points and gravity. In: masses, points, joints. Out: N m, N. Next: statics.

Nothing here knows of bodies: masses at points, joints, which mass bears on which joint, and a gravity vector, so that
turning or shifting all of them together changes nothing.
"""

from typing import NamedTuple

import numpy as np

from midback.movement.rotation import Array


class Points(NamedTuple):
    """Places in the sagittal plane, or vectors of it: x forward, y up, each (..., N)."""

    x: Array
    y: Array

    def turned(self, angle: Array) -> "Points":
        """Turn forward by ``angle`` rad about the origin."""
        c, s = np.cos(angle), np.sin(angle)
        return Points(c * self.x + s * self.y, c * self.y - s * self.x)


def net_moment(masses: Array, points: Points, joints: Points, bearing: Array, gravity: Points) -> Array:
    """Return the moment (..., L) N m of weights about joints, + where they tip forward.

    masses : (..., N) kg ; points : (..., N) m ; joints : (..., L) m ; gravity : (..., 1) m/s2
    bearing : (..., L, N), the part of each mass that bears on each joint
    """
    carried = _over(bearing, masses)
    return np.asarray(
        _over(bearing, masses * _tipping(points, gravity)) - carried * _tipping(joints, gravity)
    )


def weight_above(masses: Array, bearing: Array, gravity: Points) -> Array:
    """Return the weight (..., L) N that bears on each joint."""
    return np.asarray(_over(bearing, masses) * np.hypot(gravity.x, gravity.y))


def lever(weight: Array, height: Array, arm: Array, angle: Array, forward: Array | float = 0.0) -> Array:
    """Return the compression (...,) N of one weight on a lever that leans by ``angle`` rad.

    The weight lies ``height`` m above the joint and ``forward`` m in front of it when the lever is upright; muscles
    pull ``arm`` m behind. This is what the head does at C7-T1.
    """
    moment = weight * (height * np.sin(angle) + forward * np.cos(angle))
    return np.asarray(weight * np.cos(angle) + np.maximum(moment, 0) / arm)


def _tipping(points: Points, gravity: Points) -> Array:
    """Return the moment of gravity on one kg at each point about the origin, + forward."""
    return np.asarray(points.y * gravity.x - points.x * gravity.y)


def _over(bearing: Array, values: Array) -> Array:
    if bearing.ndim == 2:
        return np.asarray(values @ bearing.T)
    return np.asarray((bearing @ values[..., None])[..., 0])
