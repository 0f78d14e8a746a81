"""How somebody sat, over a stream, against their own upright. In: Frames. Out: looks over time. Next: analysing.

Without an own upright there is a ratio and no word on it: a threshold that was not calibrated is not used.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from midback.body.seated import Miss, Sample, seated_sample
from midback.body.seated_calibration import FEWEST_TO_CALIBRATE, Calibration, numbers_of
from midback.body.seated_judge import ENOUGH, Kind, Look, judge
from midback.errors import InputError, Phrase
from midback.movement.landmarks import Frame
from midback.reasons import Reason

from .analysis_posture import SideOn, Upright, side_on

# A look is the median of so long; the evidence is of samples a few seconds apart.
WINDOW_S: Final = 4.0
# Slow sources give fewer samples in that time, and then it takes longer.
LONGEST_WINDOW_S: Final = 30.0
# What a calibration keeps of a long film: its first samples, evenly taken.
MOST_SAMPLES: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One person's upright before one camera: as seen from the front, from the side, or both."""

    front: Calibration | None
    side: Upright | None


@dataclass(slots=True)
class Seat:
    """From one instant to another the looks were of one kind; ``change`` is their mean, of the ratio."""

    start: float
    end: float
    kind: Kind
    change: float | None
    looks: int = 1
    reasons: tuple[Reason, ...] = ()


def own_upright(frames: Iterable[Frame], model: str) -> Own:
    """Return somebody's upright from pictures of it; raise InputError where too few show them."""
    front: list[Sample] = []
    side: list[SideOn] = []
    misses: Counter[Miss] = Counter()
    for frame in frames:
        found = seated_sample(frame)
        if isinstance(found, Sample):
            front.append(found)
        else:
            misses[found] += 1
            angles = side_on(frame)
            if isinstance(angles, SideOn):
                side.append(angles)
        if len(front) + len(side) >= MOST_SAMPLES:
            break
    upright = None
    if len(side) >= FEWEST_TO_CALIBRATE:
        upright = Upright(
            trunk=float(np.median([one.trunk for one in side])),
            eye_line=float(np.median([one.eye_line for one in side])),
        )
    try:
        calibration = Calibration(upright=numbers_of(front), model=model)
    except InputError as exc:
        if upright is None:
            if len(side) > len(front):
                raise InputError(
                    "Your upright cannot be read from what you gave to calibrate: {why}",
                    "A calibration needs {least} at least.",
                    "Give more pictures from the side, hips, shoulders and head in view.",
                    values={
                        "why": Phrase("Only {n} pictures show you well enough.", {"n": len(side)}),
                        "least": FEWEST_TO_CALIBRATE,
                    },
                ) from exc
            raise InputError(
                "Your upright cannot be read from what you gave to calibrate: {why}",
                exc.phrases[1],
                exc.phrases[2],
                values={"why": exc.phrases[0]},
            ) from exc
        return Own(front=None, side=upright)
    return Own(front=calibration, side=upright)


class Sitting:
    """Looks of a few seconds, one after another, put together where they say the same."""

    def __init__(self, own: Calibration | None, model: str) -> None:
        self.own, self.model = own, model
        self.seats: list[Seat] = []
        self.ratios: Counter[int] = Counter()
        self.samples = self.frames = 0
        self.misses: Counter[Miss] = Counter()
        self._window: list[Sample] = []
        self._missed: list[Miss] = []
        self._began: float | None = None
        self._t = 0.0

    def add(self, frame: Frame) -> Sample | Miss:
        """Take the next frame; return what it shows."""
        found = seated_sample(frame)
        self.frames += 1
        if self._began is None:
            self._began = frame.t
        self._t = frame.t
        if isinstance(found, Sample):
            self.samples += 1
            self.ratios[round(found.ratio * 1000)] += 1
            self._window.append(found)
        else:
            self.misses[found] += 1
            self._missed.append(found)
        length = frame.t - self._began
        full = len(self._window) >= ENOUGH or len(self._missed) > len(self._window) + ENOUGH
        if (length >= WINDOW_S and full) or length >= LONGEST_WINDOW_S:
            self._look()
        return found

    def look_of(self, found: Sample | Miss) -> Look:
        """Return what one still comes to by itself."""
        samples, misses = ((found,), ()) if isinstance(found, Sample) else ((), (found,))
        return judge(samples, self.own, misses, model=self.model, enough=1)

    def finish(self) -> None:
        """End the look under way."""
        if len(self._window) + len(self._missed) >= ENOUGH:
            self._look()

    @property
    def ratio(self) -> tuple[float, float, float] | None:
        """Return the ratio's median and the bounds of its middle four fifths."""
        if not self.ratios:
            return None
        values = sorted(self.ratios)
        shares = np.cumsum([self.ratios[value] for value in values]) / self.samples
        low, middle, high = (values[int(np.searchsorted(shares, part))] / 1000 for part in (0.1, 0.5, 0.9))
        return middle, low, high

    def _look(self) -> None:
        began, self._began = self._began or 0.0, None
        window, missed = self._window, self._missed
        self._window, self._missed = [], []
        look = judge(window, self.own, missed, model=self.model)
        why = [reason.message_id for reason in look.reasons]
        last = self.seats[-1] if self.seats else None
        if last is not None and last.kind == look.kind and [r.message_id for r in last.reasons] == why:
            last.end = self._t
            if look.change is not None and last.change is not None:
                last.change = (last.change * last.looks + look.change) / (last.looks + 1)
            last.looks += 1
        else:
            self.seats.append(Seat(began, self._t, look.kind, look.change, reasons=look.reasons))
