"""What the engine needs to know of one frame: a handful of numbers. In: Frame. Next: ``engine``, ``recording``.

A reading is all that is kept of an hour's recording, so its memory does not grow with the landmarks.
"""

import math
from dataclasses import dataclass
from typing import Final

from midback.catalogue.check import Check
from midback.movement.landmarks import Frame
from midback.plan.performance import Side
from midback.reasons import Reason

from .gates import GATES, Gate
from .motion import Motion
from .signals import SIGNALS

# The detector counts people every second or two and is wrong now and then: who comes later has to stay so long.
COMPANY_S: Final = 2.5
COMPANY: Final = "camera.more-people"


@dataclass(frozen=True, slots=True)
class Reading:
    """One frame, read.

    refusal : why this frame counts nothing, or None
    speed : of the body, in body sizes a second; infinite while it is not known
    values : the signal of each side asked for, in their order; NaN where it cannot be said
    """

    t: float
    refusal: Reason | None
    speed: float
    values: tuple[float, ...]


class Reader:
    """Reads frames as one check wants them."""

    def __init__(self, check: Check, sides: tuple[Side, ...]) -> None:
        self._gates = [GATES[name] for name in check.gate]
        self._signal = SIGNALS[check.signal]
        self._motion = Motion()
        self._alone_t: float | None = None
        self.sides = sides

    def read(self, frame: Frame) -> Reading:
        """Read a frame."""
        refusal = next((why for gate in self._gates if (why := self._asked(gate, frame)) is not None), None)
        if refusal is None and not frame.seen:
            refusal = Reason("camera.no-body")
        if not frame.seen:
            return Reading(frame.t, refusal, math.inf, (math.nan,) * len(self.sides))
        speed = self._motion.step(frame)
        if refusal is not None:
            return Reading(frame.t, refusal, speed, (math.nan,) * len(self.sides))
        values = tuple(self._signal(frame, side) for side in self.sides)
        unclear = all(math.isnan(value) for value in values)
        return Reading(frame.t, Reason("camera.unclear") if unclear else None, speed, values)

    def _asked(self, gate: Gate, frame: Frame) -> Reason | None:
        """Ask a gate; company that has only just come is let pass until it has stayed."""
        why = gate(frame)
        if why is None or why.message_id != COMPANY:
            if frame.people == 1:
                self._alone_t = frame.t
            return why
        return None if self._alone_t is not None and frame.t - self._alone_t <= COMPANY_S else why


def sides_of(check: Check, side: Side) -> tuple[Side, ...]:
    """Return which sides are counted: each apart where the check knows sides and both are asked for."""
    if not check.sided:
        return ("both",)
    return ("left", "right") if side == "both" else (side,)
