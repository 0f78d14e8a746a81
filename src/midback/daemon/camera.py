"""When the camera looks, and what came of it. In: orders, what goes on. Out: Evidence. Next: watch, spool.

It looks for some seconds every few minutes while somebody may be sitting there, in a process that is gone between
looks. It never looks without permission and a calibration, nor on a locked screen, on battery, at nobody, while
another program has the camera, or while somebody drives; a look that goes on ends at once when the screen locks,
another program wants the camera, a drive begins or the permission goes.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from midback.body.evidence import Evidence, read_object, write_instant
from midback.body.exposure import Activity
from midback.body.situation import Situation
from midback.errors import InputError, MidbackError
from midback.sense.signs.power import OnBattery, open_power

from .clock import Now
from .look_process import Look, LookProcess, StartLook
from .orders import CameraOrders

# Nobody touched anything for this long, and no film or call speaks for them.
AWAY_S: Final = 15 * 60.0
# What speaks against a look is asked again this much later.
ASK_EVERY_S: Final = 55.0
# A look takes some seven seconds; one that takes this long hangs.
LONGEST_S: Final = 20.0
# Looks that gave no reading come less and less often.
LEAST_OFTEN_S: Final = 1800.0
# What the body may be doing when a look can tell something.
WORTH_A_LOOK: Final[frozenset[Activity | None]] = frozenset({None, "unknown", "sitting", "standing"})
# A machine that slept in the middle of a look: what it saw is of no certain time.
STRADDLES: Final = timedelta(seconds=2 * LONGEST_S)


class Camera:
    """The looks of one loop.

    looking : since when a look goes on, None while the camera is closed
    off : why it does not look, "" while it may; ids that the pages have words for
    last : the newest look
    """

    def __init__(self, start: StartLook | None = None, on_battery: OnBattery | None = None) -> None:
        self.looking: datetime | None = None
        self.off = "not-allowed"
        self.last: Evidence | None = None
        self._start: StartLook = start or LookProcess
        self._on_battery = on_battery
        self._child: Look | None = None
        self._stopped = False
        self._began = 0.0
        self._due = float("-inf")
        self._wait_s = 0.0
        self._orders: CameraOrders | None = None
        self._since_last_s: float | None = None

    def may_look(self, orders: CameraOrders | None, monotonic: float) -> bool:
        """Say whether a look is due by the orders and the clock alone, which costs nothing to ask."""
        if orders != self._orders:
            self._orders, self._wait_s = orders, 0.0
            every_s = orders.every_s if orders is not None else 0.0
            if self._since_last_s is not None:
                self._due, self._since_last_s = monotonic + every_s - self._since_last_s, None
            self._due = min(self._due, monotonic + every_s)
        if orders is None:
            self.off = "not-allowed"
        elif not orders.calibration:
            self.off = "no-calibration"
        else:
            return self._child is None and monotonic >= self._due
        return False

    def recall(self, last: Evidence, now: Now) -> None:
        """Take up the newest look of an earlier run of the loop: starting again is no reason to look again."""
        if self.last is None or last.at >= self.last.at:
            self.last = last
            self._since_last_s = max(0.0, (now.wall - last.at).total_seconds())

    def begin(
        self, now: Now, *, situation: Situation, locked: bool, doing: Callable[[], Activity | None]
    ) -> bool:
        """Begin a look unless something speaks against it; say whether one began.

        doing : what the body does, worked out only where nothing simpler speaks against a look
        """
        orders = self._orders
        if orders is None or self._child is not None:
            return False
        self.off = self._against(now, situation, locked) or self._on_mains()
        if not self.off:
            activity = doing()
            self.off = (
                "driving" if activity == "driving" else "" if activity in WORTH_A_LOOK else "not-sitting"
            )
        if self.off:
            self._due = now.monotonic + ASK_EVERY_S
            return False
        self._due = now.monotonic + max(orders.every_s, self._wait_s)
        try:
            self._child = self._start(orders)
        except OSError:
            self.off = "failed"
            return False
        self.looking, self._began, self._stopped = now.wall, now.monotonic, False
        return True

    def end(self, now: Now, *, situation: Situation, locked: bool) -> list[Evidence]:
        """Take the end of a look: its line, or that it hung; one that may not go on is ended."""
        child, since = self._child, self.looking
        if child is None or since is None:
            return []
        if child.poll() is None:
            hangs = now.monotonic - self._began > LONGEST_S
            unwanted = locked or situation.driving or situation.camera_in_use or self._orders is None
            if (hangs or unwanted) and not self._stopped:
                child.kill()
                self._stopped = True
            # Until it is gone it may have the camera: the mark stays.
            if child.poll() is None:
                return []
            return self._ended(now, "hung" if hangs else "stopped", "")
        return self._ended(now, "stopped" if self._stopped else "failed", child.line())

    def close(self) -> None:
        """End a look that goes on."""
        child, self._child, self.looking = self._child, None, None
        if child is not None:
            if child.poll() is None:
                child.kill()
            with suppress(Exception):  # a process that the system does not let go of keeps nobody else
                child.wait(2.0)

    def as_data(self, *, other_picture: bool) -> dict[str, Any]:
        """Return what state.json says of the camera."""
        return {
            "off": self.off,
            "looking": None if self.looking is None else write_instant(self.looking),
            "last": None if self.last is None else write_instant(self.last.at),
            "seen": None if self.last is None else self.last.seen,
            "look": None if self.last is None else self.last.look,
            "reason": "" if self.last is None else self.last.reason,
            "calibrate_again": other_picture,
        }

    def _against(self, now: Now, situation: Situation, locked: bool) -> str:
        if locked:
            return "locked"
        if situation.driving:
            return "driving"
        if situation.camera_in_use:
            return "in-use"
        idle_s = situation.idle_s
        if idle_s is None:
            return "idle-unknown"
        if idle_s > AWAY_S and not (situation.film or situation.call):
            return "away"
        last = self.last
        if last is not None and last.seen == "absent" and now.wall - timedelta(seconds=idle_s) <= last.at:
            return "away"
        return ""

    def _on_mains(self) -> str:
        """Return "" on mains and "battery" otherwise; where nobody tells, mains is taken for it."""
        self._on_battery = self._on_battery or open_power()
        try:
            return "battery" if self._on_battery() else ""
        except MidbackError:
            return ""

    def _ended(self, now: Now, otherwise: str, line: str) -> list[Evidence]:
        self._child, began, self.looking = None, self.looking, None
        if otherwise == "stopped" or began is None or now.wall - began > STRADDLES:
            return []
        found = _read(line, now.wall) or Evidence(
            at=now.wall, source="camera", seen="unclear", look="no-reading", reason=otherwise
        )
        every_s = self._orders.every_s if self._orders is not None else 0.0
        told = found.ratio is not None or found.seen == "absent"
        self._wait_s = 0.0 if told else min(2 * max(self._wait_s, every_s), LEAST_OFTEN_S)
        self._due = max(self._due, self._began + self._wait_s)
        self.last = found
        return [found]


def _read(line: str, at: datetime) -> Evidence | None:
    """Return the evidence of a child's line, at this loop's time; None where it is none."""
    try:
        said = json.loads(line)
        found = read_object({**said, "at": write_instant(at), "source": "camera"})
    except (ValueError, TypeError, RecursionError, InputError):
        return None
    return replace(found, host="")
