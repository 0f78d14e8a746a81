"""How a body is turned in space and which of its sides is seen. In: a frame. Out: plain numbers. Next: gates, signals.

World axes are the camera's: x to the right of the picture, y down, z away. Depth is the poorest of the three, so
what a picture shows by itself is preferred, and of two arms the nearer one where the far one is hidden.
"""

import math
from typing import Final

import numpy as np

from midback.movement.landmarks import POINT, Frame
from midback.movement.rotation import Array

# Of the shoulder line along the view: beyond this the far arm is hidden behind the trunk.
SIDEWAYS: Final = 0.7


def spot(frame: Frame, name: str) -> Array:
    """Return one point of space, (3,) m."""
    return np.asarray(frame.world[POINT[name]])


def middle(frame: Frame, part: str) -> Array:
    """Return the point of space halfway between left and right of a part, (3,) m."""
    return np.asarray((spot(frame, f"left_{part}") + spot(frame, f"right_{part}")) / 2)


def unit(vector: Array) -> Array:
    """Scale to length one; a vector of no length stays as it is."""
    return np.asarray(vector / length(vector))


def length(vector: Array) -> float:
    """Return how long a vector is."""
    return max(math.sqrt(vector @ vector), 1e-9)


def flat_length(vector: Array) -> float:
    """Return how long a vector of the picture is, px."""
    return max(math.hypot(vector[0], vector[1]), 1e-9)


def torso_normal(frame: Frame) -> Array:
    """Return the unit normal of the trunk's front in world axes, (3,): y is + when the chest faces the floor."""
    right, left = spot(frame, "right_shoulder"), spot(frame, "left_shoulder")
    ax, ay, az = left - right
    bx, by, bz = (left + right) / 2 - middle(frame, "hip")
    return unit(np.array([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx]))


def uprightness(frame: Frame) -> float:
    """Return the cosine between the trunk and straight up: 1 upright, 0 lying, in the camera's idea of up."""
    return float(-unit(middle(frame, "shoulder") - middle(frame, "hip"))[1])


def turned(frame: Frame) -> float:
    """Return how much of the shoulder line lies along the view: 0 seen from front or back, 1 from a side.

    The sign is + when the person's right side is the nearer one.
    """
    return float(unit(spot(frame, "left_shoulder") - spot(frame, "right_shoulder"))[2])


def sides_seen(frame: Frame) -> tuple[str, ...]:
    """Return the sides whose arm can be judged: both, or the nearer one in a side view."""
    how = turned(frame)
    if abs(how) < SIDEWAYS:
        return ("left", "right")
    return ("right",) if how > 0 else ("left",)
