"""The instants of a round. In: the system's clocks. Out: Now. Next: senses, watch.

The wall clock names instants and may jump; the monotonic one measures how long something took and never does.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from midback.sense.signs.suspend import system_distance


@dataclass(frozen=True, slots=True)
class Now:
    """One reading of the clocks.

    wall : aware UTC, whole seconds
    monotonic : seconds of being awake, from no particular beginning
    asleep_s : seconds the machine slept since it was started, where the system tells; else None
    """

    wall: datetime
    monotonic: float
    asleep_s: float | None = None


Clock = Callable[[], Now]


def system_clock() -> Clock:
    """Return a function that reads the system's clocks."""
    distance_s = system_distance()

    def read() -> Now:
        asleep_s = None if distance_s is None else distance_s()
        return Now(datetime.now(UTC).replace(microsecond=0), time.monotonic(), asleep_s)

    return read
