"""How long a posture may be held by ISO 11226. In: inclination of trunk, head, upper arm. Out: zones, times. Next: app.

The standard speaks of static working postures of healthy adults. Its limits are a convention on comfort and fatigue,
no line between safe and unsafe, and a camera cannot see whether a backrest carries the trunk.

References
----------
ISO 11226:2000, Ergonomics - Evaluation of static working postures: trunk inclination up to 20 degrees acceptable, 20
to 60 for a time that falls from 4 to 1 min, above not recommended; head inclination up to 25 degrees acceptable, 25
to 85 for 8 to 1 min, above not recommended; backward only with full support. An upper arm up to 20 degrees from
hanging acceptable, 20 to 60 for 3 to 1 min, above not recommended; all without a support. A posture is static beyond
4 s. Read in a program that uses its limits, not in the standard itself.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal, get_args

Zone = Literal["backward", "acceptable", "conditional", "not-recommended"]
ZONES: Final[tuple[Zone, ...]] = get_args(Zone)
STATIC_S: Final = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """One part of the body. low, high : rad, where acceptable ends and not recommended begins; longest, shortest : s"""

    low: float
    high: float
    longest_s: float
    shortest_s: float


TRUNK: Final = Limits(low=math.radians(20), high=math.radians(60), longest_s=240.0, shortest_s=60.0)
HEAD: Final = Limits(low=math.radians(25), high=math.radians(85), longest_s=480.0, shortest_s=60.0)
ARM: Final = Limits(low=math.radians(20), high=math.radians(60), longest_s=180.0, shortest_s=60.0)


def zone(inclination: float, limits: Limits, unsure: float = 0.0) -> Zone:
    """Return the zone of an inclination in rad, + forward, from the person's upright.

    unsure : rad; only what lies further back than this is called backward
    """
    if inclination < -unsure:
        return "backward"
    if inclination <= limits.low:
        return "acceptable"
    return "conditional" if inclination <= limits.high else "not-recommended"


def holding_time_s(inclination: float, limits: Limits) -> float:
    """Return how long an inclination in rad may be held: infinite below the lower limit, 0 above the upper."""
    if inclination < limits.low:
        return math.inf
    if inclination > limits.high:
        return 0.0
    part = (inclination - limits.low) / (limits.high - limits.low)
    return limits.longest_s + part * (limits.shortest_s - limits.longest_s)


class ZoneTime:
    """Sums up the time in each zone, frame by frame, in memory that does not grow.

    seconds : by zone ; unsure_s : of these, as much as lies within ``unsure`` rad of a limit
    longest_s : the longest stretch in the conditional zone ; beyond_s : time past the holding time of a stretch
    """

    def __init__(self, limits: Limits, unsure: float) -> None:
        self.limits, self.unsure = limits, unsure
        self.seconds: dict[Zone, float] = dict.fromkeys(ZONES, 0.0)
        self.unsure_s = self.longest_s = self.beyond_s = 0.0
        self._held_s = self._within_s = self._turned = self._out_s = 0.0

    @property
    def judged_s(self) -> float:
        """Return the time that was looked at."""
        return sum(self.seconds.values())

    def add(self, inclination: float, seconds: float) -> None:
        """Take an inclination in rad that lasted ``seconds``."""
        here = zone(inclination, self.limits, self.unsure)
        self.seconds[here] += seconds
        near = min(abs(inclination - limit) for limit in (self.limits.low, self.limits.high))
        self.unsure_s += seconds if near < self.unsure else 0.0
        if here == "conditional":
            self._held_s += seconds + self._out_s
            self._within_s += seconds
            self._turned += inclination * seconds
            self._out_s = 0.0
            self.longest_s = max(self.longest_s, self._held_s)
            mean = self._turned / max(self._within_s, 1e-9)
            if self._held_s > holding_time_s(max(mean, self.limits.low), self.limits):
                self.beyond_s += seconds
        elif self._held_s:
            self.pause(seconds)

    def pause(self, seconds: float) -> None:
        """Take time out of the zone, or unseen: after more than 4 s the next stretch is a new one."""
        self._out_s += seconds
        if self._out_s > STATIC_S:
            self._held_s = self._within_s = self._turned = self._out_s = 0.0
