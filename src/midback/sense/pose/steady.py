"""The two points that say where the body will be next, without their jitter. In: points, t. Out: points. Next:
estimator.

It is a one-euro filter: a low pass whose cut-off grows with speed, so that a still body's region stays still and a
moving one's follows at once. Only the region is steadied; landmarks are handed on as they were seen.
"""

import math
from typing import Final

import numpy as np

from midback.movement.rotation import Array

# Hz of a body at rest, Hz more for each region's side a second, and Hz of the speed itself: MediaPipe's own numbers.
REST: Final = 0.01
WITH_SPEED: Final = 10.0
OF_SPEED: Final = 1.0
# After a gap this long (s) the body may be anywhere.
FORGET: Final = 1.0


class Steady:
    """A filter for points (N, 2) px."""

    def __init__(self) -> None:
        """Begin without a past."""
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._t = math.nan
        self._raw = self._speed = self._value = np.zeros((0, 2))

    def step(self, points: Array, t: float, side: float) -> Array:
        """Return the points without jitter; side : px, what a speed is measured by."""
        dt = t - self._t
        if not 0 < dt <= FORGET:
            self._t, self._raw, self._value = t, points, points
            self._speed = np.zeros_like(points)
            return points
        weight = _weight(np.asarray(OF_SPEED), dt)
        self._speed = self._speed + weight * ((points - self._raw) / side / dt - self._speed)
        follow = _weight(REST + WITH_SPEED * np.abs(self._speed), dt)
        self._t, self._raw = t, points
        self._value = self._value + follow * (points - self._value)
        return self._value


def _weight(cutoff: Array, dt: float) -> Array:
    """Return how much of a new value a low pass takes. cutoff : Hz ; dt : s."""
    return np.asarray(1 / (1 + 1 / (2 * math.pi * cutoff * dt)))
