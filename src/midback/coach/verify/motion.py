"""How fast the body moves, whatever the frame rate. In: frames. Out: body sizes a second. Next: ``reading``.

Each point is compared with its own slow follower, so one frame's trembling says little and nothing is kept.
"""

import math
from typing import Final

import numpy as np

from midback.movement.landmarks import POINT, Frame
from midback.movement.rotation import Array

POINTS: Final = [
    POINT[f"{side}_{part}"]
    for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    for side in ("left", "right")
]
FOLLOW_S: Final = 0.4
# After so long without a body its points are not compared with those of before.
LOST_S: Final = 0.7


class Motion:
    """The speed of the limbs, by the lag of a follower of time constant ``FOLLOW_S``."""

    def __init__(self) -> None:
        self._slow: Array | None = None
        self._t = 0.0

    def step(self, frame: Frame) -> float:
        """Return the mean speed of the limbs' points in body sizes a second; infinite while it is not known."""
        points = frame.image[POINTS, :2]
        dt, self._t = frame.t - self._t, frame.t
        if self._slow is None or dt > LOST_S:
            self._slow = points.copy()
            return math.inf
        size = math.sqrt(((points - points.sum(axis=0) / len(POINTS)) ** 2).sum() / len(POINTS))
        behind = points - self._slow
        lag = float(np.hypot(*behind.T).sum()) / len(POINTS)
        self._slow = self._slow + behind * (1 - math.exp(-dt / FOLLOW_S))
        return lag / FOLLOW_S / max(size, 1e-9)
