"""Where a signal turns, and the middle between its turns. In: values. Out: both ends. Next: ``cycles``.

A turn is found when the signal has come back by ``swing``, so trembling below that is none. The middle of the
turns does not care how long the person stays on either side, as a mean or a median over time would.
"""

import math
from collections import deque
from statistics import median
from typing import Final

KEPT: Final = 5


class Turns:
    """The last turns of a signal. O(1) a value.

    swing : how far the signal comes back before it has turned
    kept : how many highs and lows are remembered; None for all, at the end of a recording
    """

    def __init__(self, swing: float, kept: int | None = KEPT) -> None:
        self.swing = swing
        self.highs: deque[float] = deque(maxlen=kept)
        self.lows: deque[float] = deque(maxlen=kept)
        # Where the person began may be anywhere: it stands for an end only until a turn on that side is seen.
        self._begun_at: deque[float] | None = None
        self.forget()

    def forget(self) -> None:
        """Begin anew with the next value; the turns of before stay."""
        self._rising: bool | None = None
        self._high, self._low = -math.inf, math.inf

    def step(self, value: float) -> bool:
        """Take a value; say whether the signal is found to have turned."""
        self._high, self._low = max(self._high, value), min(self._low, value)
        if self._rising is not False and value <= self._high - self.swing:
            self._turned(self.highs, self._high)
            self._rising, self._low = False, value
            return True
        if self._rising is not True and value >= self._low + self.swing:
            self._turned(self.lows, self._low)
            self._rising, self._high = True, value
            return True
        return False

    @property
    def ends(self) -> tuple[float, float] | None:
        """Return the usual high and the usual low, the one under way included; None before the first swing."""
        highs, lows = list(self.highs), list(self.lows)
        if self._rising is True:
            if self._begun_at is self.highs:
                highs = [max(highs[0], self._high)]
            elif not highs or self._high > min(highs):
                highs.append(self._high)
        if self._rising is False:
            if self._begun_at is self.lows:
                lows = [min(lows[0], self._low)]
            elif not lows or self._low < max(lows):
                lows.append(self._low)
        return (median(highs), median(lows)) if highs and lows else None

    def _turned(self, side: deque[float], end: float) -> None:
        if self._rising is None:
            if not side:
                side.append(end)
                self._begun_at = side
            return
        if self._begun_at is side:
            side.clear()
            self._begun_at = None
        side.append(end)
