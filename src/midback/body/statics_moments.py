"""Moments and forces from points and gravity. In: masses, points, joints. Out: N m, N. Next: statics.

Nothing here knows of bodies: masses at points, joints, which mass bears on which joint, and a gravity vector, so that
turning or shifting all of them together changes nothing.
"""

import numpy as np

from midback.movement.rotation import Array


def net_moment(masses: Array, points: Array, joints: Array, bearing: Array, gravity: Array) -> Array:
    """Return the moment (..., L) N m of weights about joints, + where they tip forward.

    masses : (..., N) kg ; points : (..., N, 2) m ; joints : (..., L, 2) m ; gravity : (..., 2) m/s2
    bearing : (..., L, N), the part of each mass that bears on each joint
    """
    of_points = masses * _tipping(points, gravity[..., None, :])
    carried = _over(bearing, masses)
    return _over(bearing, of_points) - carried * _tipping(joints, gravity[..., None, :])


def weight_above(masses: Array, bearing: Array, gravity: Array) -> Array:
    """Return the weight (..., L) N that bears on each joint."""
    return _over(bearing, masses) * np.hypot(gravity[..., 0], gravity[..., 1])[..., None]


def lever(weight: Array, height: Array, arm: Array, angle: Array, forward: Array | float = 0.0) -> Array:
    """Return the compression (...,) N of one weight on a lever that leans by ``angle`` rad.

    The weight lies ``height`` m above the joint and ``forward`` m in front of it when the lever is upright; muscles
    pull ``arm`` m behind. This is what the head does at C7-T1.
    """
    moment = weight * (height * np.sin(angle) + forward * np.cos(angle))
    return np.asarray(weight * np.cos(angle) + np.maximum(moment, 0) / arm)


def _tipping(points: Array, gravity: Array) -> Array:
    """Return the moment arm times gravity of points about the origin, + forward."""
    return np.asarray(points[..., 1] * gravity[..., 0] - points[..., 0] * gravity[..., 1])


def _over(bearing: Array, values: Array) -> Array:
    if bearing.ndim == 2:
        return np.asarray(values @ bearing.T)
    return np.asarray((bearing @ values[..., None])[..., 0])
