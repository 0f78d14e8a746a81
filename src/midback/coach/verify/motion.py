"""How fast the body moves, whatever the frame rate. In: frames. Out: body sizes a second. Next: ``engine``.

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


class Motion:
    """The speed of the body's points, by the lag of a follower of time constant ``FOLLOW_S``."""

    def __init__(self) -> None:
        self._slow: Array | None = None
        self._t = 0.0

    def step(self, frame: Frame) -> float:
        """Return the mean speed of the limbs' points in body sizes a second; infinite while it is not known."""
        points = frame.image[POINTS, :2]
        size = float(np.sqrt(((points - points.mean(axis=0)) ** 2).sum(axis=1).mean()))
        if self._slow is None or not np.isfinite(self._slow).all():
            self._slow, self._t = points.copy(), frame.t
            return math.inf
        dt, self._t = frame.t - self._t, frame.t
        lag = np.hypot(*(points - self._slow).T).mean()
        self._slow = self._slow + (points - self._slow) * (1 - math.exp(-dt / FOLLOW_S))
        return float(lag / FOLLOW_S / max(size, 1e-9))

    def forget(self) -> None:
        """Begin anew, after the body was lost."""
        self._slow = None
