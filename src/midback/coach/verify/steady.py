"""Values without their spikes, and the instant they hold for. In: a signal. Next: ``engine``.

A median over a short window forgets a landmark that jumps for a frame, where a mean would follow it. Its value
belongs to the middle of the window, so what is read from it is dated right, only said a little later.
"""

import math
from collections import deque
from statistics import median


class Steady:
    """A running median over ``width_s``, at any frame rate."""

    def __init__(self, width_s: float) -> None:
        self.width_s = width_s
        self._seen: deque[tuple[float, float]] = deque()

    def step(self, t: float, value: float) -> tuple[float, float] | None:
        """Take a value, NaN included; return an instant and the value there, None while there is none."""
        if math.isnan(value):
            return None
        self._seen.append((t, value))
        while t - self._seen[0][0] > self.width_s:
            self._seen.popleft()
        return (self._seen[0][0] + t) / 2, median(value for _, value in self._seen)

    def forget(self) -> None:
        """Begin anew."""
        self._seen.clear()
