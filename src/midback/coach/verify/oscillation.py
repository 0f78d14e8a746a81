"""Counting to and fro, and timing how long it goes on. In: the smoothed signal of one side. Next: ``engine``.

A repetition is there and back: it counts once the way back is mostly done, so the last one before a rest counts
like the others, and a person may begin at either end.
"""

from typing import Final

from midback.catalogue.check import Check
from midback.plan.performance import Side

from .notes import Counted, Held, Note

# Back again: this much of the way from the far end to where the repetition began, and one swing at least.
BACK: Final = 0.6
# At an end still: within this part of the swing of its furthest value.
AT_END: Final = 0.25


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
        self._ends = (End(1, AT_END * self.swing), End(-1, AT_END * self.swing))
        self._home: End | None = None
        self._away = False
        self._began: float | None = None
        self._last = 0.0

    @property
    def name(self) -> str | None:
        """Return no name: to and fro have none."""
        return None

    @property
    def held_s(self) -> float:
        """Return how long it has gone on so far in s."""
        return self._done_s + (0.0 if self._began is None else self._last - self._began)

    def step(self, t: float, value: float) -> list[Note]:
        """Take the signal's value at t."""
        high, low = self._ends
        high.step(t, value)
        low.step(t, value)
        home = self._home
        if home is None:
            falling = high.value - value >= self.swing
            if falling or value - low.value >= self.swing:
                home, far = (high, low) if falling else (low, high)
                self._home, self._began, self._last = home, home.t, home.t
                self._leave(home, far)
            return []
        far = low if home is high else high
        if self._away:
            span, back = abs(home.value - far.value), abs(value - far.value)
            if back < max(self.swing, BACK * span):
                return self._pause(t, far.t)
            self._away = False
            self.count += 1
            left = self._left
            self._last = t
            home.forget(t, value)
            return [Counted(t=t, number=self.count, side=self.side, range=span, seconds=t - left)]
        self._last = max(self._last, home.reached)
        if abs(home.value - value) >= self.swing:
            self._leave(home, far)
            return []
        return self._pause(t, self._last)

    def end(self) -> list[Note]:
        """End the stretch where the last repetition ended."""
        began, last = self._began, self._last
        self.begin()
        if began is None or last <= began:
            return []
        self._done_s += last - began
        return [Held(t=last, began_t=began, seconds=last - began, side=self.side)]

    def _leave(self, home: "End", far: "End") -> None:
        """Begin a repetition: it began when the body was last at home."""
        self._away, self._left = True, home.t
        far.forget()

    def _pause(self, t: float, since: float) -> list[Note]:
        return self.end() if t - since > self.check.max_phase_s else []


class End:
    """The furthest value one way: when it was reached, and when the signal was last near it."""

    def __init__(self, sign: int, near: float) -> None:
        self.sign, self.near = sign, near
        self.forget()

    def forget(self, t: float = float("nan"), value: float = float("nan")) -> None:
        """Begin anew, with this value or with the next."""
        self.value, self.t = value, t
        self.reached, self._reached = t, value

    def step(self, t: float, value: float) -> None:
        """Take a value."""
        if not value * self.sign <= self.value * self.sign:
            self.value = value
        # Trembling goes a little further again and again: that is not still going there.
        if not value * self.sign <= self._reached * self.sign + self.near:
            self.reached, self._reached = t, value
        if (self.value - value) * self.sign <= self.near:
            self.t = t
