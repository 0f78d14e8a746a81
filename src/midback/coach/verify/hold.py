"""Timing a pose that is kept still. In: the signal of one side and how fast the body moves. Next: ``engine``."""

from midback.catalogue.check import Check
from midback.plan.performance import Side

from .notes import Held, Note, Phase


class Hold:
    """One side of one exercise: in the pose above ``high``, out of it below ``low``, held while still."""

    def __init__(self, check: Check, side: Side) -> None:
        self.check, self.side = check, side
        self.count = 0
        self._done_s = 0.0
        self.begin()

    def begin(self) -> None:
        """Wait for the pose."""
        self.within = False
        self._since: float | None = None
        self._last = 0.0
        self._moved: float | None = None

    @property
    def name(self) -> str | None:
        """Return the pose by its name while it is held."""
        return (self.check.phases or ("held",))[0] if self._since is not None else None

    @property
    def held_s(self) -> float:
        """Return the time held so far in s, this hold included once it is long enough."""
        now = 0.0 if self._since is None else self._last - self._since
        return self._done_s + (now if now >= self.check.min_phase_s else 0.0)

    def step(self, t: float, value: float, speed: float) -> list[Note]:
        """Take the signal's value and the body's speed at t."""
        self.within = value > (self.check.low if self.within else self.check.high)
        if self.within and speed <= self.check.still:
            self._moved = None
            if self._since is None:
                self._since = self._last = t
                return [Phase(t=t, phase=(self.check.phases or ("held",))[0], side=self.side)]
            self._last = t
            return []
        if self._since is None:
            return []
        self._moved = t if self._moved is None else self._moved
        return self.end() if not self.within or t - self._moved > self.check.gap_s else []

    def end(self) -> list[Note]:
        """End the hold at the last still instant."""
        since, self._since, self._moved = self._since, None, None
        if since is None or self._last - since < self.check.min_phase_s:
            return []
        self.count += 1
        self._done_s += self._last - since
        return [Held(t=self._last, began_t=since, seconds=self._last - since, side=self.side)]
