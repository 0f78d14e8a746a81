"""Counting to and fro, and timing how long it goes on. In: the steady signal of one side. Next: ``engine``.

A repetition is there and back: it counts once the way back is mostly done, so the last one before a rest counts
like the others, and a person may begin at either end. Where a slow start begins cannot be told from trembling, so
the time is that of a usual repetition, from leaving to leaving, as often as there were repetitions.
"""

from collections import deque
from statistics import median
from typing import Final

from midback.catalogue.check import Check
from midback.plan.performance import Side

from .notes import Counted, Held, Note

# Back again: this much of the way from the far end to where the repetition began, and one swing at least.
BACK: Final = 0.6
# So many repetitions say how long one usually takes.
KEPT: Final = 9


class Oscillation:
    """One side of one exercise: there and back is a repetition; a pause ends the stretch of time."""

    def __init__(self, check: Check, side: Side) -> None:
        self.check, self.side = check, side
        self.swing = check.high - check.low
        self.count = 0
        self._done_s = 0.0
        self.begin()

    def begin(self) -> None:
        """Wait for the first swing; what was half done is dropped."""
        # The way home lies: +1 high, -1 low, 0 not known yet. Values are seen along it, so home is always high.
        self._way = 0
        self._high, self._low = -float("inf"), float("inf")
        self._away = False
        self._lasted: deque[float] = deque(maxlen=KEPT)
        self._whole = 0
        self._left = self._heard = 0.0

    @property
    def name(self) -> str | None:
        """Return no name: to and fro have none."""
        return None

    @property
    def held_s(self) -> float:
        """Return how long it has gone on so far in s."""
        return self._done_s + self._stretch_s

    @property
    def _stretch_s(self) -> float:
        """Return how long this stretch has lasted: its whole repetitions, each as long as they usually are."""
        usual = median(self._lasted) if self._lasted else self._heard - self._left
        return self._whole * usual

    def step(self, t: float, value: float) -> list[Note]:
        """Take the signal's value at t."""
        if not self._way:
            self._high, self._low = max(self._high, value), min(self._low, value)
            falling = self._high - value >= self.swing
            if falling or value - self._low >= self.swing:
                self._way = 1 if falling else -1
                self._high = self._high if falling else -self._low
                self._leave(t, value * self._way)
            return []
        level = value * self._way
        if self._away:
            self._low = min(self._low, level)
            if level - self._low >= max(self.swing, BACK * (self._high - self._low)):
                return self._back(t, level)
        else:
            self._high = max(self._high, level)
            if self._high - level >= self.swing:
                self._leave(t, level)
        return self.end() if t - self._heard > self.check.max_phase_s else []

    def end(self) -> list[Note]:
        """End the stretch with the last whole repetition."""
        seconds, last = self._stretch_s, self._heard
        self.begin()
        if not seconds:
            return []
        self._done_s += seconds
        return [Held(t=last, began_t=last - seconds, seconds=seconds, side=self.side)]

    def _leave(self, t: float, level: float) -> None:
        """Begin a repetition."""
        if self._whole:
            self._lasted.append(t - self._left)
        self._away, self._low = True, level
        self._left = self._heard = t

    def _back(self, t: float, level: float) -> list[Note]:
        """End a repetition; one that was over in no time is none."""
        span, seconds = self._high - self._low, t - self._left
        self._away, self._high, self._heard = False, level, t
        if seconds < self.check.min_phase_s:
            return []
        self.count += 1
        self._whole += 1
        return [Counted(t=t, number=self.count, side=self.side, range=span, seconds=seconds)]
