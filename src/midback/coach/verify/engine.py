"""``Verifier``: frames in, notes out. In: a Check of the catalogue. Next: the player, ``recording``.

One step a frame: the gate first; then arming, once the gate has held and the body was slow for a moment; then
each side's signal, steadied, through its own counter. What was held while arming is given to the counters too, so
the start phase begins where it began. No clock and no history: the frame's own time is all there is, so ten
frames a second count like sixty.
"""

from typing import Final

from midback.catalogue.check import Check
from midback.catalogue.exercise import Dose
from midback.movement.landmarks import Frame
from midback.plan.performance import Side
from midback.reasons import Reason

from .cycles import Cycles
from .hold import Hold
from .notes import Armed, Note, Refused
from .oscillation import Oscillation
from .reading import Reader, Reading, sides_of
from .steady import Steady

Counter = Cycles | Hold | Oscillation

# A refusal that lasts no longer than this is not worth a word once another was said.
BRIEF_S: Final = 0.3
# The gate holds, but the body has not been slow for so long: then it is asked to be.
RESTLESS_S: Final = 2.0
STILL_FIRST: Final = Reason("camera.still-first")


class Verifier:
    """Counts one exercise of one person, live.

    side : the side at hand; ``both`` counts each side apart where the check knows sides
    dose : what is to be done, for ``coverage``
    neutral : the session's neutral where it is known already
    """

    def __init__(
        self, check: Check, *, side: Side = "both", dose: Dose | None = None, neutral: float | None = None
    ) -> None:
        self.check, self.dose = check, dose
        sides = sides_of(check, side)
        self._reader = Reader(check, sides)
        self.counters: dict[Side, Counter] = {one: _counter(check, one, neutral) for one in sides}
        self._steady = {one: Steady(check.smooth_s) for one in sides}
        self.armed = False
        self.refusal: Reason | None = None
        self._refused_t = 0.0
        self._t: float | None = None
        self._calm: list[Reading] = []
        self._good_since: float | None = None
        self._bad: tuple[float, Reason] | None = None

    @property
    def count(self) -> int:
        """Return the repetitions, or holds, of all sides so far."""
        return sum(counter.count for counter in self.counters.values())

    @property
    def held_s(self) -> float:
        """Return the time held, or kept going, over all sides in s."""
        return sum(c.held_s for c in self.counters.values() if not isinstance(c, Cycles))

    @property
    def phase(self) -> str | None:
        """Return the phase at hand, or None."""
        return next((c.name for c in self.counters.values() if c.name is not None), None)

    @property
    def neutral(self) -> float | None:
        """Return the neutral in use, or None while it is not known."""
        return next((c.neutral for c in self.counters.values() if isinstance(c, Cycles)), None)

    @property
    def coverage(self) -> float | None:
        """Return which part of the dose of one set is done, 0..1; None without a dose."""
        if self.dose is None:
            return None
        if self.dose.repetitions and self.check.kind != "hold":
            return min(1.0, self.count / self.dose.repetitions)
        if self.check.kind == "cycles":
            return min(1.0, self.count * (self.dose.tempo_s or 0.0) / max(self.dose.seconds, 1))
        return min(1.0, self.held_s / max(self.dose.seconds, 1))

    def step(self, frame: Frame) -> tuple[Note, ...]:
        """Take the next frame; a frame that is not later than the last says nothing."""
        if self._t is not None and frame.t <= self._t:
            return ()
        return self.take(self._reader.read(frame))

    def read(self, frame: Frame) -> Reading:
        """Read a frame without counting it, for ``take``."""
        return self._reader.read(frame)

    def take(self, reading: Reading) -> tuple[Note, ...]:
        """Take the next reading; the frames' times have to grow."""
        notes: list[Note] = []
        if self._t is not None and reading.t - self._t > self.check.gap_s:
            notes += self._disarm()
            self._bad = None
        self._t = reading.t
        if reading.refusal is not None:
            return (*notes, *self._refuse(reading.t, reading.refusal))
        self._bad = None
        if not self.armed:
            return (*notes, *self._arm(reading))
        return (*notes, *self._count(reading))

    def finish(self) -> tuple[Note, ...]:
        """End what is under way, at the end of the source."""
        notes = self._end()
        if self._t is not None:
            notes += self._resume(self._t)
        return tuple(notes)

    def _count(self, reading: Reading) -> list[Note]:
        notes: list[Note] = []
        for value, (side, counter) in zip(reading.values, self.counters.items(), strict=True):
            steady = self._steady[side].step(reading.t, value)
            if steady is None:
                continue
            if isinstance(counter, Hold):
                notes += counter.step(*steady, reading.speed)
            else:
                notes += counter.step(*steady)
        return notes

    def _arm(self, reading: Reading) -> list[Note]:
        t = reading.t
        self._good_since = t if self._good_since is None else self._good_since
        if reading.speed > self.check.arm_speed:
            self._calm = []
        self._calm.append(reading)
        if t - self._calm[0].t >= self.check.arm_s:
            self.armed = True
            until = self._calm[0].t if self.refusal == STILL_FIRST else self._good_since
            notes: list[Note] = [*self._resume(until), Armed(t=t)]
            calm, self._calm = self._calm, []
            return notes + [note for early in calm for note in self._count(early)]
        if t - self._good_since >= RESTLESS_S:
            return self._say(t, STILL_FIRST)
        if t - self._good_since < BRIEF_S or self.refusal == STILL_FIRST:
            return []
        return self._resume(self._good_since)

    def _refuse(self, t: float, reason: Reason) -> list[Note]:
        if self._bad is None or (not self.armed and self._bad[1] != reason):
            self._bad = (t, reason)
        for_s = t - self._bad[0]
        if self.armed and for_s < self.check.gap_s:
            return []
        since = self._bad[0] if self.armed else t
        notes = self._disarm()
        self._good_since, self._calm = None, []
        if self.refusal is None or for_s >= BRIEF_S:
            notes += self._say(since, reason)
        return notes

    def _say(self, t: float, reason: Reason) -> list[Note]:
        if self.refusal == reason:
            return []
        notes = self._resume(t)
        self.refusal, self._refused_t = reason, t
        return [*notes, Refused(t=t, until=None, reason=reason)]

    def _resume(self, t: float) -> list[Note]:
        reason, self.refusal = self.refusal, None
        return [] if reason is None else [Refused(t=self._refused_t, until=t, reason=reason)]

    def _disarm(self) -> list[Note]:
        self._good_since, self._calm = None, []
        if not self.armed:
            return []
        self.armed = False
        notes = self._end()
        for side, counter in self.counters.items():
            self._steady[side].forget()
            counter.begin()
        return notes

    def _end(self) -> list[Note]:
        return [note for c in self.counters.values() if not isinstance(c, Cycles) for note in c.end()]


def _counter(check: Check, side: Side, neutral: float | None) -> Counter:
    if check.kind == "cycles":
        return Cycles(check, side, neutral)
    return Hold(check, side) if check.kind == "hold" else Oscillation(check, side)
