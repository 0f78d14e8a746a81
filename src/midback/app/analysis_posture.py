"""Orientation, angles and zones over a stream. In: Frames. Out: stretches, spreads, times in zones. Next: analysing.

Angles are of the picture and of the line between points, never of the spine. One camera gives a joint's angle to 5 to
10 degrees, so each is told with 10 to either side, and with 15 where nobody showed their upright. They are taken only
from the side, trunk and head in view.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from midback.body.iso11226 import HEAD, TRUNK, ZoneTime
from midback.body.orientation import Orientation, orientation
from midback.body.seated import Miss, Side, seen_from_side, side_sample
from midback.movement.landmarks import Frame

UNSURE: Final = math.radians(10)
UNSURE_BARE: Final = math.radians(15)
# The line from ear to eye climbs about so much in somebody who looks straight ahead: 12 to 18 in the stills at hand.
EYE_LINE: Final = math.radians(15)
# A longer gap between two frames was not seen.
LONGEST_GAP_S: Final = 1.0
# A change of orientation shorter than this is the networks' doubt.
SETTLED_S: Final = 0.5
ANGLES: Final = ("trunk", "ear_shoulder", "head")


@dataclass(frozen=True, slots=True, kw_only=True)
class SideOn:
    """One frame from the side. trunk, ear_shoulder : rad as ``Side`` ; eye_line : rad, + looking up"""

    trunk: float
    ear_shoulder: float
    eye_line: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Upright:
    """The person's own upright from the side, medians in rad."""

    trunk: float
    eye_line: float


@dataclass(slots=True)
class Stretch:
    """An orientation from one instant to another; None where no body was seen."""

    start: float
    end: float
    orientation: Orientation | None


@dataclass(slots=True)
class Spread:
    """How often an angle was seen, in whole degrees: its median in memory that does not grow."""

    counts: list[int] = field(default_factory=lambda: [0] * 361)

    def add(self, angle: float) -> None:
        """Take an angle in rad."""
        self.counts[round(math.degrees(angle)) + 180] += 1

    def share(self, part: float) -> float | None:
        """Return the angle in degrees below which this part of them lies."""
        total = sum(self.counts)
        if not total:
            return None
        return float(np.searchsorted(np.cumsum(self.counts), part * total) - 180)


def side_on(frame: Frame) -> SideOn | Miss:
    """Return the angles of one frame seen from the side, or why there are none."""
    if not seen_from_side(frame):
        found = side_sample(frame)
        return "back-turned" if isinstance(found, Side) else found
    found = side_sample(frame)
    if not isinstance(found, Side):
        return found
    eyes, ears = frame.middle("eye"), frame.middle("ear")
    ahead = float(eyes[0] - ears[0]) * (1.0 if found.faces == "right" else -1.0)
    return SideOn(
        trunk=found.trunk, ear_shoulder=found.neck, eye_line=math.atan2(float(ears[1] - eyes[1]), ahead)
    )


class Posture:
    """What the body's posture was, over time."""

    def __init__(self, upright: Upright | None = None) -> None:
        self.upright = upright
        self.unsure = UNSURE_BARE if upright is None else UNSURE
        self.stretches: list[Stretch] = []
        self.spreads = {name: Spread() for name in ANGLES}
        self.trunk, self.head = ZoneTime(TRUNK, self.unsure), ZoneTime(HEAD, self.unsure)
        self.side_frames = 0
        self._t: float | None = None
        self._waiting: deque[tuple[float, Orientation | None]] = deque()
        self.now: Orientation | None = None

    def add(self, frame: Frame) -> SideOn | None:
        """Take the next frame; return its angles where it has them."""
        seconds = 0.0 if self._t is None else frame.t - self._t
        self._t = frame.t
        self.now = orientation(frame)
        self._stretch(frame.t, self.now)
        found = side_on(frame) if self.now == "upright" else None
        if not isinstance(found, SideOn):
            self.trunk.pause(seconds)
            self.head.pause(seconds)
            return None
        self.side_frames += 1
        for name, angle in zip(ANGLES, (found.trunk, found.ear_shoulder, self.head_of(found)), strict=True):
            self.spreads[name].add(angle)
        if 0 < seconds <= LONGEST_GAP_S:
            self.trunk.add(self.trunk_of(found), seconds)
            self.head.add(self.head_of(found), seconds)
        return found

    def trunk_of(self, found: SideOn) -> float:
        """Return the trunk's inclination in rad from upright: the person's own, or the vertical."""
        return found.trunk - (0.0 if self.upright is None else self.upright.trunk)

    def head_of(self, found: SideOn) -> float:
        """Return the head's inclination in rad from upright: the person's own, or what is usual."""
        return (EYE_LINE if self.upright is None else self.upright.eye_line) - found.eye_line

    def _stretch(self, t: float, now: Orientation | None) -> None:
        stretches = self.stretches
        if not stretches:
            stretches.append(Stretch(t, t, now))
            return
        last = stretches[-1]
        if now == last.orientation:
            self._waiting.clear()
            last.end = t
            return
        self._waiting.append((t, now))
        while self._waiting[0][1] != now:
            self._waiting.popleft()
        since = self._waiting[0][0]
        if t - since >= SETTLED_S or last.end == last.start:
            last.end = since
            stretches.append(Stretch(since, t, now))
            self._waiting.clear()
