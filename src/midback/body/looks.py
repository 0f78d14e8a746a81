"""Whether somebody sank in this bout, by the camera's last looks. In: Evidence. Out: Sunk or None. Next: daemon.judge.

One look may fall on a reach for the cup: it takes two in a row. Nothing but the standard library is used here.
"""

from bisect import bisect_left, insort
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from .evidence import Evidence

READINGS: Final = frozenset({"upright", "slumped", "nearer"})
# So many readings in a row make it more than a moment, and what was seen this long ago is not now.
IN_A_ROW: Final = 2
LATELY: Final = timedelta(minutes=20)
# The picture is another one than the calibration's: so many looks in a row, and midback says so once.
OTHER_PICTURE: Final = 2
# A head held down or aside in one look is a head; in this many looks in a row the camera stands elsewhere.
DOUBTS: Final = frozenset({"head-down", "head-up", "head-tilted", "turned"})
DOUBTED: Final = 3

_Look = tuple[datetime, str, float, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sunk:
    """Since which look, how many looks in a row, and the lowest change against the person's own upright."""

    since: datetime
    looks: int
    change: float


class Looks:
    """The looks of the last day."""

    def __init__(self) -> None:
        self._looks: list[_Look] = []

    def add(self, evidence: Evidence) -> None:
        """Take one look in; older ones find their place, and one told again counts once."""
        if evidence.source != "camera" or evidence.look is None:
            return
        look = (evidence.at, str(evidence.look), evidence.change or 0.0, evidence.reason)
        place = bisect_left(self._looks, look)
        if place == len(self._looks) or self._looks[place] != look:
            insort(self._looks, look)

    def sunk(self, since: datetime | None, now: datetime) -> Sunk | None:
        """Return the run of slumped looks that goes on, of those from ``since`` on; None where none does."""
        if since is None:
            return None
        run: list[_Look] = []
        for look in reversed(self._looks):
            if look[0] > now or look[1] not in READINGS:
                continue
            if look[0] < since or look[1] != "slumped":
                break
            run.append(look)
        if len(run) < IN_A_ROW or now - run[0][0] > LATELY:
            return None
        return Sunk(since=run[-1][0], looks=len(run), change=min(look[2] for look in run))

    @property
    def other_picture(self) -> bool:
        """Say whether the last looks agree that the calibration does not fit the picture any more."""
        doubts = {look[3] for look in self._looks[-DOUBTED:] if look[1] == "no-reading"}
        if len(self._looks) >= DOUBTED and len(doubts) == 1 and doubts <= DOUBTS:
            return all(look[1] == "no-reading" for look in self._looks[-DOUBTED:])
        told = [look[1] for look in self._looks if look[1] != "no-reading"][-OTHER_PICTURE:]
        return len(told) == OTHER_PICTURE and set(told) == {"calibrate-again"}

    def forget(self, before: datetime) -> None:
        """Drop what is older."""
        del self._looks[: bisect_left(self._looks, (before,))]
