"""The instants of a round. In: the system's clocks. Out: Now. Next: senses, watch.

The wall clock names instants and may jump; the monotonic one measures how long something took and never does.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


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


def read_clock() -> Now:
    """Read the system's clocks."""
    wall = datetime.now(UTC).replace(microsecond=0)
    monotonic = time.monotonic()
    if sys.platform == "linux":
        return Now(wall, monotonic, time.clock_gettime(time.CLOCK_BOOTTIME) - monotonic)
    return Now(wall, monotonic)
