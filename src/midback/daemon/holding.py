"""From when to when a prompt waited, and for what. In: Say. Out: lines of holds. Next: spool."""

from dataclasses import dataclass
from datetime import datetime

from midback.plan.decide import Say
from midback.plan.interruptions import Hold

from .clock import Now
from .spool import Spool


@dataclass(slots=True)
class _Held:
    """A stretch in which a prompt was held by the same things."""

    start: datetime
    last: datetime
    holds: tuple[Hold, ...]


class Holding:
    """The stretch that goes on, if one does."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._held: _Held | None = None

    def note(self, say: Say, now: Now) -> None:
        """Take in what was decided; a stretch ends, and is written, where something else holds or nothing."""
        held = self._held
        if held is not None and (say.kind != "hold" or say.holds != held.holds):
            if say.kind != "quiet":
                held.last = max(held.last, now.wall)
            self.end()
        if say.kind == "hold":
            if self._held is None:
                self._held = _Held(now.wall, now.wall, say.holds)
            self._held.last = max(self._held.last, now.wall)

    def end(self) -> None:
        """Write the stretch that goes on, if it has any length."""
        if self._held is not None and self._held.last > self._held.start:
            self._spool.add_held(self._held.start, self._held.last, self._held.holds)
        self._held = None
