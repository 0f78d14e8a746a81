"""Counting from one phase to the other and back. In: the smoothed signal of one side. Next: ``engine``.

A cycle is whole when the person is back where they began: cow to cow, cat to cat, or, for one who began in the
middle, through both and back to the middle.
"""

from collections import deque
from typing import Final

from midback.catalogue.check import Check
from midback.plan.performance import Side

from .notes import Counted, Note, Phase
from .turns import Turns

# How many values wait for the neutral to be known, and how far apart in s: enough for the longest start.
WAITING: Final = 600
SPACING_S: Final = 0.05


class Cycles:
    """One side of one exercise: alternating phases about a neutral."""

    def __init__(self, check: Check, side: Side, neutral: float | None = None) -> None:
        self.check, self.side = check, side
        self.given = 0.0 if check.neutral == "none" else neutral
        self.turns = Turns(check.high - check.low)
        self.count = 0
        self.begin()

    def begin(self) -> None:
        """Wait for a start phase: what was half done is dropped, counts stay."""
        self.phase: int | None = None
        self._origin: int | None = None
        self._visited: set[int] = set()
        self._towards: tuple[int, float] | None = None
        self._began = 0.0
        self._first: float | None = None
        self._top = self._bottom = float("nan")
        self._waiting: deque[tuple[float, float]] = deque(maxlen=WAITING)
        self.turns.forget()

    @property
    def name(self) -> str | None:
        """Return the phase at hand by its name."""
        return {1: self.check.phases[0], -1: self.check.phases[1]}.get(self.phase or 0)

    @property
    def neutral(self) -> float | None:
        """Return the neutral in use."""
        return self.turns.neutral if self.given is None else self.given

    def step(self, t: float, value: float) -> list[Note]:
        """Take the signal's value at t."""
        self.turns.step(value)
        neutral = self.neutral
        if neutral is None:
            if not self._waiting or t - self._waiting[-1][0] >= SPACING_S:
                self._waiting.append((t, value))
            return []
        notes: list[Note] = []
        while self._waiting:
            early, kept = self._waiting.popleft()
            notes += self._read(early, kept - neutral)
        return notes + self._read(t, value - neutral)

    def _read(self, t: float, level: float) -> list[Note]:
        check, notes = self.check, list[Note]()
        if self._first is None:
            self._first = self._began = t
        self._top = max(level, self._top) if self._top == self._top else level
        self._bottom = min(level, self._bottom) if self._bottom == self._bottom else level
        going = 1 if level > check.high else -1 if level < check.low else 0
        if self._towards is None and going not in (0, self.phase):
            self._towards = (going, t)
        if self._towards is not None:
            sign, since = self._towards
            if level * sign < (check.high if sign > 0 else -check.low) / 2:
                self._towards = None
            elif t - since >= check.min_phase_s:
                self._towards = None
                notes += self._enter(sign, since)
        if self._origin is None and self.phase is None and t - self._first >= check.min_phase_s and not going:
            self._origin = 0
        if self._origin == 0 and self._visited == {1, -1} and self.phase is not None:
            edge = check.high if self.phase > 0 else -check.low
            if level * self.phase < edge / 2:
                notes.append(self._counted(t))
                self._visited = set()
        return notes

    def _enter(self, sign: int, t: float) -> list[Note]:
        notes: list[Note] = [
            Phase(t=t, phase=self.check.phases[0 if sign > 0 else 1], side=self.side),
        ]
        self.phase = sign
        if self._origin is None:
            self._origin = sign
        elif self._origin == sign and self._visited:
            notes.append(self._counted(t))
            self._visited = set()
        if self._origin != sign:
            self._visited.add(sign)
        return notes

    def _counted(self, t: float) -> Counted:
        self.count += 1
        done = Counted(
            t=t,
            number=self.count,
            side=self.side,
            range=self._top - self._bottom,
            seconds=t - self._began,
        )
        self._began, self._top, self._bottom = t, float("nan"), float("nan")
        return done
