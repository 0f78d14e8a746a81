"""``Verifier``: frames in, notes out. In: a Check of the catalogue. Next: the player, ``recording``.

One step a frame: the gate first; then arming, once the gate has held and the body was slow for a moment; then
each side's signal, smoothed, through its own counter. No clock and no history: the frame's own time is all there
is, so ten frames a second count like sixty.
"""

import math
from typing import Final

from midback.catalogue.check import Check
from midback.catalogue.exercise import Dose
from midback.movement.landmarks import Frame
from midback.plan.performance import Side
from midback.reasons import Reason

from .cycles import Cycles
from .gates import GATES
from .hold import Hold
from .motion import Motion
from .notes import Armed, Note, Refused
from .oscillation import Oscillation
from .signals import SIGNALS

Counter = Cycles | Hold | Oscillation

UNSEEN: Final = Reason("camera.part-unclear")


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
        self._gates = [GATES[name] for name in check.gate]
        self._signal = SIGNALS[check.signal]
        sides: tuple[Side, ...] = ("left", "right") if check.sided and side == "both" else (side,)
        if not check.sided:
            sides = ("both",)
        self.counters: dict[Side, Counter] = {one: _counter(check, one, neutral) for one in sides}
        self._smooth: dict[Side, float] = {}
        self._motion = Motion()
        self.armed = False
        self.refusal: Reason | None = None
        self._t: float | None = None
        self._good_since: float | None = None
        self._bad_since: tuple[float, Reason] | None = None
        self._refused_t = 0.0

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
        gap = math.inf if self._t is None else frame.t - self._t
        dt, self._t = min(gap, 10.0), frame.t
        reason = next((why for gate in self._gates if (why := gate(frame)) is not None), None)
        if reason is None and not frame.seen:
            reason = Reason("camera.no-body")
        notes: list[Note] = []
        if gap > self.check.gap_s and self.armed:
            notes += self._disarm()
        if reason is not None:
            return (*notes, *self._bad(frame.t, reason))
        speed = self._motion.step(frame)
        self._bad_since = None
        notes += self._good(frame.t, speed)
        if not self.armed:
            return tuple(notes)
        for side, counter in self.counters.items():
            value = self._signal(frame, side)
            if math.isnan(value):
                continue
            before = self._smooth.get(side, value)
            self._smooth[side] = value = before + (value - before) * (1 - math.exp(-dt / self.check.smooth_s))
            notes += (
                counter.step(frame.t, value, speed)
                if isinstance(counter, Hold)
                else counter.step(frame.t, value)
            )
        return tuple(notes)

    def finish(self) -> tuple[Note, ...]:
        """End what is under way, at the end of the source."""
        notes = [note for c in self.counters.values() if not isinstance(c, Cycles) for note in c.end()]
        if self.refusal is not None and self._t is not None:
            notes.append(Refused(t=self._refused_t, until=self._t, reason=self.refusal))
            self.refusal = None
        return tuple(notes)

    def _good(self, t: float, speed: float) -> list[Note]:
        notes: list[Note] = []
        if self.refusal is not None:
            notes.append(Refused(t=self._refused_t, until=t, reason=self.refusal))
            self.refusal = None
        if self.armed:
            return notes
        if self._good_since is None or speed > self.check.arm_speed:
            self._good_since = t
        if t - self._good_since >= self.check.arm_s:
            self.armed = True
            notes.append(Armed(t=t))
        return notes

    def _bad(self, t: float, reason: Reason) -> list[Note]:
        if self._bad_since is None:
            self._bad_since = (t, reason)
        since = self._bad_since[0]
        if self.armed and t - since < self.check.gap_s:
            return []
        notes = self._disarm() if self.armed else []
        self._good_since = None
        self._motion.forget()
        if self.refusal != reason:
            if self.refusal is not None:
                notes.append(Refused(t=self._refused_t, until=t, reason=self.refusal))
            self.refusal, self._refused_t = reason, t
            notes.append(Refused(t=t, until=None, reason=reason))
        return notes

    def _disarm(self) -> list[Note]:
        self.armed, self._good_since = False, None
        self._smooth = {}
        notes = [note for c in self.counters.values() if not isinstance(c, Cycles) for note in c.end()]
        for counter in self.counters.values():
            counter.begin()
        return notes


def _counter(check: Check, side: Side, neutral: float | None) -> Counter:
    if check.kind == "cycles":
        return Cycles(check, side, neutral)
    return Hold(check, side) if check.kind == "hold" else Oscillation(check, side)
