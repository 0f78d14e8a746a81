"""Where a signal turns, and the middle between its turns. In: values. Out: a neutral. Next: ``cycles``.

A turn is found when the signal has come back by ``swing``, so trembling below that is none. The middle of the
turns does not care how long the person stays on either side, as a mean or a median over time would.
"""

from collections import deque
from statistics import median
from typing import Final

KEPT: Final = 5


class Turns:
    """The last turns of a signal. O(1) a value."""

    def __init__(self, swing: float) -> None:
        self.swing = swing
        self.highs: deque[float] = deque(maxlen=KEPT)
        self.lows: deque[float] = deque(maxlen=KEPT)
        self.rising: bool | None = None
        self._high = self._low = float("nan")

    def step(self, value: float) -> bool:
        """Take a value; say whether the signal has just turned."""
        if self._high != self._high:
            self._high = self._low = value
            return False
        self._high, self._low = max(self._high, value), min(self._low, value)
        if self.rising is not False and value <= self._high - self.swing:
            self.highs.append(self._high)
            self.rising, self._low = False, value
            return True
        if self.rising is not True and value >= self._low + self.swing:
            self.lows.append(self._low)
            self.rising, self._high = True, value
            return True
        return False

    @property
    def neutral(self) -> float | None:
        """Return the middle between the turns, the one under way included; None before the first swing."""
        if self.rising is None:
            return None
        highs = [*self.highs, self._high] if self.rising else list(self.highs)
        lows = list(self.lows) if self.rising else [*self.lows, self._low]
        return (median(highs) + median(lows)) / 2

    @property
    def span(self) -> float:
        """Return how far apart the usual turns are; 0 before there are both."""
        return median(self.highs) - median(self.lows) if self.highs and self.lows else 0.0

    def forget(self) -> None:
        """Begin anew with the next value; the turns of before stay."""
        self.rising, self._high, self._low = None, float("nan"), float("nan")
