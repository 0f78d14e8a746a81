"""Idle time from the freedesktop screen saver. In: D-Bus. Out: seconds. Next: choose.

The call's unit differs: some desktops answer in seconds, some in milliseconds, and some always with 0. So the
answer is watched for a moment at opening: what grows a thousand a second is in milliseconds, and what is only ever
0 is not taken for a person at work.
"""

import time
from typing import Final, Protocol

from midback.errors import Unavailable

from .bus import Bus
from .port import IdleBackend

NAME: Final = "screensaver"
SERVICE: Final = "org.freedesktop.ScreenSaver"
PATHS: Final = ("/org/freedesktop/ScreenSaver", "/ScreenSaver")
# Watching at opening: this many answers, this far apart.
LOOKS: Final = 5
APART_S: Final = 0.3
# A millisecond counter grows by 300 between two looks, a second counter by 1 at most.
SLOWEST_MS: Final = 0.25


def unit_s(before: int, after: int, elapsed_s: float) -> float | None:
    """Return the seconds that one count stands for, from two answers; None when they do not tell.

    A counter that fell was set back by input between the two.
    """
    grown = after - before
    if elapsed_s <= 0 or grown < 0:
        return None
    if grown >= SLOWEST_MS * 1000.0 * elapsed_s and grown > 50:
        return 0.001
    # A second counter may stand still between two looks, but only one that already counts.
    if before > 0 and grown <= 2.0 * elapsed_s + 1.0:
        return 1.0
    return None


class _Counter(Protocol):
    def __call__(self) -> int: ...


class ScreenSaverIdle:
    """Idle time as the session's screen saver counts it."""

    name = NAME

    def __init__(self) -> None:
        """Connect and watch for the unit, at most 1.2 s; raise Unavailable where that cannot be told."""
        self._bus = Bus("session")
        try:
            self._path = self._find()
            self._unit_s = find_unit(self._count)
        except Unavailable:
            self.close()
            raise

    def _find(self) -> str:
        for path in PATHS[:-1]:
            try:
                self._bus.call(SERVICE, path, SERVICE, "GetSessionIdleTime")
            except Unavailable:  # the last path's refusal is the one that is told
                continue
            return path
        return PATHS[-1]

    def _count(self) -> int:
        answer = self._bus.call(SERVICE, self._path, SERVICE, "GetSessionIdleTime")
        if len(answer) != 1 or not isinstance(answer[0], int):
            raise Unavailable("{name} answers in another shape.", values={"name": SERVICE})
        return answer[0]

    def idle_s(self) -> float:
        """Return the seconds since the last input; raise Unavailable when the service does not answer."""
        return self._count() * self._unit_s

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        self._bus.close()


def find_unit(count: _Counter, apart_s: float = APART_S) -> float:
    """Watch a counter until it tells its unit; return the seconds of one count.

    Raises
    ------
    Unavailable : it only ever said 0, or it was set back by input each time; both are worth another try later
    """
    before, then = count(), time.monotonic()
    only_zero = before == 0
    for _ in range(LOOKS - 1):
        time.sleep(apart_s)
        after, now = count(), time.monotonic()
        only_zero = only_zero and after == 0
        if (unit := unit_s(before, after, now - then)) is not None:
            return unit
        before, then = after, now
    if only_zero:
        raise Unavailable(
            "{name} only ever answers 0.",
            "That is no measure of a person at work, so it is not used.",
            values={"name": SERVICE},
        )
    raise Unavailable("{name} does not tell whether it counts seconds.", values={"name": SERVICE})


def open_backend() -> IdleBackend:
    """Open it; raise Unavailable with why not."""
    return ScreenSaverIdle()
