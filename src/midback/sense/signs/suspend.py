"""Was the machine asleep? In: two clocks. Out: from when until when it slept. Next: the daemon.

One clock of the system counts sleep and another does not, so their distance grows by just the time slept,
whatever happens to the wall clock. Where there are no such two, the wall clock is compared with the monotonic one,
and a wall clock that was set forward looks like sleep.
"""

import ctypes
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

NAME: Final = "suspend"
# Shorter gaps are the clocks' own.
SHORTEST_S: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slept:
    """One sleep of the machine, in aware UTC instants."""

    start: datetime
    end: datetime


def find_sleep(distance_before_s: float, distance_s: float, now: datetime) -> Slept | None:
    """Tell from the distance of the two clocks, then and now, whether the machine slept until about ``now``.

    The sleep is taken to have ended just now: what the machine was awake before the look cannot be seen, and is
    at most the time between two looks.
    """
    gap_s = distance_s - distance_before_s
    if gap_s < SHORTEST_S:
        return None
    return Slept(start=now - timedelta(seconds=gap_s), end=now)


class Suspend:
    """Watches the distance of the two clocks.

    certain : whether the system itself tells; else a wall clock set forward looks the same
    """

    name = NAME

    def __init__(self, distance_s: Callable[[], float] | None = None) -> None:
        """Start from now; ``distance_s`` replaces the system's own clocks."""
        found = distance_s or system_distance()
        self.certain = found is not None
        self._distance_s = found or (lambda: time.time() - time.monotonic())
        self._before_s = self._distance_s()

    def read(self) -> Slept | None:
        """Return the sleep since the last look, if there was one."""
        now_s, before_s = self._distance_s(), self._before_s
        self._before_s = now_s
        return find_sleep(before_s, now_s, datetime.now(UTC))

    def close(self) -> None:
        """Nothing is held."""


def system_distance() -> Callable[[], float] | None:
    """Return a function for how long the machine has slept since it started, in seconds; None where none tells."""
    if sys.platform == "win32":
        return _windows_distance()
    clocks = vars(time)
    counts = clocks.get("CLOCK_BOOTTIME", clocks.get("CLOCK_MONOTONIC"))
    stands = clocks.get("CLOCK_UPTIME_RAW" if sys.platform == "darwin" else "CLOCK_MONOTONIC")
    if counts is None or stands is None or counts == stands:
        return None
    return lambda: time.clock_gettime(counts) - time.clock_gettime(stands)


def _windows_distance() -> Callable[[], float]:
    kernel32: Any = vars(ctypes)["WinDLL"]("kernel32")
    kernel32.GetTickCount64.restype = ctypes.c_uint64
    awake = ctypes.c_uint64()

    def distance_s() -> float:
        kernel32.QueryUnbiasedInterruptTime(ctypes.byref(awake))
        return float(kernel32.GetTickCount64()) / 1e3 - awake.value / 1e7

    return distance_s


def open_sign() -> Suspend:
    """Open it; there is a way on every system."""
    return Suspend()
