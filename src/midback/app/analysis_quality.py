"""How well a stream could be seen. In: Frames. Out: counts, light, frame rate. Next: analysing."""

import math
from collections import Counter
from typing import Final

from midback.body.seated import DARK
from midback.movement.landmarks import Frame

# Gaps between frames are sorted to the millisecond; longer ones are one kind.
_LONGEST_MS: Final = 10_000


class Quality:
    """Sums up a stream in memory that does not grow. ``lost``: pictures of the source that could not be read."""

    def __init__(self) -> None:
        self.frames = self.seen = self.dark = self.company = self.lost = 0
        self.first = self.last = math.nan
        self.darkest = math.inf
        self._light = 0.0
        self._lit = 0
        self._gaps: Counter[int] = Counter()

    def add(self, frame: Frame) -> None:
        """Take the next frame."""
        if self.frames:
            self._gaps[min(_LONGEST_MS, round((frame.t - self.last) * 1000))] += 1
        else:
            self.first = frame.t
        self.last = frame.t
        self.frames += 1
        self.seen += frame.seen
        self.company += (frame.people or 0) > 1
        if frame.light is not None:
            self._light += frame.light
            self._lit += 1
            self.darkest = min(self.darkest, frame.light)
            self.dark += frame.light < DARK

    @property
    def light(self) -> float | None:
        """Return the mean brightness, 0..1; None where it is not known."""
        return self._light / self._lit if self._lit else None

    @property
    def seconds(self) -> float:
        """Return the time from the first frame to the last."""
        return self.last - self.first if self.frames else 0.0

    @property
    def fps(self) -> float | None:
        """Return the frames a second that were looked at; None for fewer than two."""
        return (self.frames - 1) / self.seconds if self.frames > 1 and self.seconds > 0 else None

    @property
    def usual_gap_s(self) -> float | None:
        """Return the most frequent time between two frames."""
        return self._gaps.most_common(1)[0][0] / 1000 if self._gaps else None

    @property
    def gaps(self) -> int:
        """Return how often more than twice the usual time lay between two frames."""
        usual = self.usual_gap_s
        return 0 if not usual else sum(n for gap, n in self._gaps.items() if gap > 2000 * usual + 5)
