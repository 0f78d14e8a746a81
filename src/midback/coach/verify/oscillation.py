"""Counting to and fro, and timing how long it goes on. In: the smoothed signal of one side. Next: ``engine``."""

from midback.catalogue.check import Check
from midback.plan.performance import Side

from .notes import Counted, Held, Note
from .turns import Turns


class Oscillation:
    """One side of one exercise: every second turn is a repetition; a pause ends the stretch of time."""

    def __init__(self, check: Check, side: Side) -> None:
        self.check, self.side = check, side
        self.turns = Turns(check.high - check.low)
        self.count = 0
        self._done_s = 0.0
        self.begin()

    def begin(self) -> None:
        """Wait for the first turn."""
        self._turns: list[float] = []
        self._began: float | None = None
        self._last = 0.0
        self.turns.forget()

    @property
    def name(self) -> str | None:
        """Return no name: to and fro have none."""
        return None

    @property
    def held_s(self) -> float:
        """Return how long it has gone on so far in s."""
        return self._done_s + (0.0 if self._began is None else self._last - self._began)

    def step(self, t: float, value: float) -> list[Note]:
        """Take the signal's value at t."""
        if not self.turns.step(value):
            return self.end() if self._began is not None and t - self._last > self.check.max_phase_s else []
        notes = list[Note]()
        if self._began is not None and t - self._last > self.check.max_phase_s:
            notes = self.end()
        if self._began is None:
            self._began, self._last, self._turns = t, t, [t]
            return notes
        self._last = t
        self._turns.append(t)
        if len(self._turns) == 3:
            self.count += 1
            notes.append(
                Counted(
                    t=t,
                    number=self.count,
                    side=self.side,
                    range=self.turns.span,
                    seconds=t - self._turns[0],
                )
            )
            self._turns = [t]
        return notes

    def end(self) -> list[Note]:
        """End the stretch at its last turn."""
        began, self._began = self._began, None
        if began is None or self._last <= began:
            return []
        self._done_s += self._last - began
        return [Held(t=self._last, began_t=began, seconds=self._last - began, side=self.side)]
