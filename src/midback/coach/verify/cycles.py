"""Counting from one phase to the other and back. In: the steady signal of one side. Next: ``engine``.

A cycle is whole when the person is back where they began: cow to cow, cat to cat, or, for one who began in the
middle, through both and back to the middle. A phase is found by hysteresis about the neutral and dated by the way
the back went: at 60 % of the way from the neutral to its furthest, which is where an eye says that it is there.
"""

from collections import deque
from itertools import pairwise
from statistics import median
from typing import Final

from midback.catalogue.check import Check
from midback.plan.performance import Side

from .notes import Counted, Note, Phase
from .turns import KEPT, Turns

# Of the way from the neutral to the furthest: there a phase begins; somebody of small range is met half-way.
THERE: Final = 0.6
# What was held at the start is the middle of so many seconds.
START_S: Final = 0.3
# Kept within this part of the swing for that long, it was held; otherwise the person came by.
HELD: Final = 0.3
# Back again by this part of the way, the furthest is behind.
BACK: Final = 0.1
# The signal that is kept, for dating and until the neutral is known: so long, and a value so often.
KEPT_S: Final = 4.0
EVERY_S: Final = 0.03
WAITING: Final = 1000


class Cycles:
    """One side of one exercise: alternating phases about a neutral.

    neutral : where the session's is known already; the person's own turns take over once there are some
    fixed : keep to that neutral and to these ends, as found afterwards in a recording
    """

    def __init__(
        self,
        check: Check,
        side: Side,
        neutral: float | None = None,
        *,
        fixed: tuple[float, float] | None = None,
        kept: int | None = KEPT,
    ) -> None:
        self.check, self.side = check, side
        self._prior = 0.0 if check.neutral == "none" else neutral
        self._fixed = fixed
        self.turns = Turns(check.high - check.low, kept)
        self.count = 0
        self.begin()

    def begin(self) -> None:
        """Wait for a start phase: what was half done is dropped; counts and turns stay."""
        self.turns.forget()
        self.phase = 0
        self._known = self.neutral is not None
        self._origin: int | None = None
        self._visited: set[int] = set()
        self._towards: tuple[int, float] | None = None
        self._start: list[tuple[float, float]] = []
        self._near: deque[tuple[float, float]] = deque()
        self._waiting: deque[tuple[float, float]] = deque(maxlen=WAITING)
        self._began = self._since = 0.0
        self._top, self._bottom = -float("inf"), float("inf")

    @property
    def name(self) -> str | None:
        """Return the phase at hand by its name."""
        return None if self.phase == 0 else self.check.phases[0 if self.phase > 0 else 1]

    @property
    def neutral(self) -> float | None:
        """Return the neutral in use, None while it is not known."""
        if self._fixed is not None:
            return sum(self._fixed) / 2
        ends = None if self.check.neutral == "none" else self.turns.ends
        return self._prior if ends is None else sum(ends) / 2

    def step(self, t: float, value: float) -> list[Note]:
        """Take the signal's value at t."""
        self.turns.step(value)
        if self.neutral is None:
            if not self._waiting or t - self._waiting[-1][0] >= EVERY_S:
                self._waiting.append((t, value))
            return []
        notes: list[Note] = []
        while self._waiting:
            notes += self._read(*self._waiting.popleft())
        return notes + self._read(t, value)

    def _edge(self, sign: int) -> float:
        """Return how far from the neutral a phase begins; never further than a small range reaches."""
        edge = self.check.high if sign > 0 else -self.check.low
        ends = self._fixed or self.turns.ends
        if self.check.neutral == "none" or ends is None:
            return edge
        return min(edge, THERE * (ends[0] - ends[1]) / 2)

    def _read(self, t: float, value: float) -> list[Note]:
        neutral = self.neutral or 0.0
        level = value - neutral
        self._keep(t, value)
        self._top, self._bottom = max(self._top, value), min(self._bottom, value)
        if self.phase and t - self._since > self.check.max_phase_s:
            self.begin()
            return []
        notes: list[Note] = []
        going = 1 if level > self._edge(1) else -1 if -level > self._edge(-1) else 0
        if self._towards is None and going not in (0, self.phase):
            self._towards = (going, t)
        if self._towards is not None:
            sign, since = self._towards
            if level * sign < self._edge(sign) / 2:
                self._towards = None
            elif t - since >= self.check.min_phase_s and self._arrived(sign, since, level * sign, neutral):
                self._towards = None
                notes += self._enter(sign, since, neutral)
        if self._origin == 0 and self._visited == {1, -1} and level * self.phase < self._edge(self.phase) / 2:
            notes.append(self._counted(t))
            self._visited = set()
        return notes

    def _keep(self, t: float, value: float) -> None:
        if not self._start or t - self._start[0][0] <= START_S:
            self._start.append((t, value))
        if not self._near or t - self._near[-1][0] >= EVERY_S:
            self._near.append((t, value))
        while t - self._near[0][0] > KEPT_S:
            self._near.popleft()

    def _enter(self, sign: int, since: float, neutral: float) -> list[Note]:
        notes: list[Note] = []
        t, at, first = self._dated(sign, since, neutral), self._start[0][0], self.phase == 0
        # With the neutral known the first phase tells where the person began; else only the second does.
        if self._origin is None and (self._known or not first):
            self._origin, self._began = self._begun(neutral, sign if first else self.phase), at
            if self._origin == sign and first and self._within(sign, neutral):
                t = at
            elif self._origin == sign and not first:
                notes.append(self._phase(at, sign))
        self.phase, self._since = sign, t
        notes.append(self._phase(t, sign))
        if self._origin == sign and -sign in self._visited:
            notes.append(self._counted(t))
            self._visited = set()
        self._visited.add(sign)
        return notes

    def _begun(self, neutral: float, first: int) -> int:
        """Return where the person began: in a phase, or 0 in the middle if that was held; else the first phase."""
        values = [value for _, value in self._start]
        within = next((sign for sign in (1, -1) if self._within(sign, neutral)), 0)
        held = max(values) - min(values) <= HELD * self.turns.swing
        return within or (0 if held else first)

    def _within(self, sign: int, neutral: float) -> bool:
        """Say whether the start was in a phase."""
        return (median(value for _, value in self._start) - neutral) * sign >= self._edge(sign)

    def _arrived(self, sign: int, since: float, level: float, neutral: float) -> bool:
        """Say whether a phase can be dated; a recording waits for that, a person does not."""
        if self._fixed is None:
            return True
        half = (self._fixed[0] - self._fixed[1]) / 2
        furthest = max((value - neutral) * sign for t, value in self._near if t >= since - EVERY_S)
        return level >= THERE * half or level <= furthest - BACK * half

    def _dated(self, sign: int, since: float, neutral: float) -> float:
        """Return when the signal was far enough for an eye, from where it left the middle on."""
        way = [(t, (value - neutral) * sign) for t, value in self._near if t >= since - 2 * EVERY_S]
        furthest = max((level for _, level in way), default=0.0)
        ends = self._fixed or self.turns.ends
        half = furthest if ends is None else (ends[0] - ends[1]) / 2
        there = max(THERE * min(furthest, half), self._edge(sign))
        if furthest >= THERE * half:
            there = max(THERE * half, self._edge(sign))
        for (t0, a), (t1, b) in pairwise(way):
            if a < there <= b:
                return t0 + (t1 - t0) * (there - a) / (b - a)
        return since

    def _phase(self, t: float, sign: int) -> Phase:
        return Phase(t=t, phase=self.check.phases[0 if sign > 0 else 1], side=self.side)

    def _counted(self, t: float) -> Counted:
        self.count += 1
        done = Counted(
            t=t,
            number=self.count,
            side=self.side,
            range=self._top - self._bottom,
            seconds=t - self._began,
        )
        self._began, self._top, self._bottom = t, -float("inf"), float("inf")
        return done
