"""The times of pictures, always growing. In: what a file says. Out: s from the start. Next: video."""

from typing import Final

# A step back of more than this (s) is a clock that began anew, a smaller one is a picture out of turn.
ANEW: Final = 1.0
USUAL: Final = 1 / 30


class Clock:
    """Turns told times, which may be missing, repeated or begin anew, into growing ones from 0."""

    def __init__(self, gap: float = USUAL) -> None:
        """Take the usual s between two pictures."""
        self._gap = gap if gap > 0 else USUAL
        self._shift = 0.0
        self._last: float | None = None

    def step(self, told: float | None) -> float | None:
        """Return the time of the next picture; None where it lies before the one just seen.

        told : s, None where the file says nothing
        """
        if self._last is None:
            self._shift = -told if told is not None else 0.0
            self._last = 0.0
            return self._last
        following = self._last + self._gap
        t = following if told is None else told + self._shift
        if t < self._last - ANEW:
            self._shift += following - t
            t = following
        if t <= self._last:
            return None
        self._last = t
        return t
