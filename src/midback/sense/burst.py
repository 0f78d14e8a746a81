"""One look at the desk: some seconds of pictures become a few numbers. In: pictures. Out: a line's object. Next: look.

Pictures between two samples are dropped, and none is kept. The look ends as soon as it has what it needs: when
nobody is there or it is too dark, after a few pictures, so that the camera's light is not on for nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Protocol

import numpy as np

from midback.body.seated import Miss, Sample, seated_sample
from midback.body.seated_calibration import Calibration, Numbers
from midback.body.seated_judge import judge
from midback.body.seen import seen_in
from midback.movement.landmarks import Frame

from .pictures.port import Picture, Pictures

# The median of ten samples is where the figures of the ratio come from, and twelve make a claim; some may fail.
WANTED: Final = 14
EVERY_S: Final = 0.4
# A camera begins dark or bright and settles within a second; longer only while its brightness still moves.
SETTLE_S: Final = 1.0
SETTLE_MOST_S: Final = 3.0
COMPARED_S, STEADY = 0.2, 0.02
LONGEST_S: Final = 9.0
# Times of pictures are not exact.
CLOSE_S: Final = 0.01
# So many pictures in a row without anybody, or in the dark, are enough of it.
BLANK: Final = 5
PEOPLE_EVERY_S: Final = 1.5
MODEL: Final = "lite"
SPARSE: Final = 16


class Estimator(Protocol):
    """What turns a picture into landmarks."""

    def look(self, rgb: Any, t: float, *, people_every_s: float | None = ...) -> Frame: ...


@dataclass(slots=True)
class Burst:
    """What one look has seen so far.

    frames : all of them ; good : a sample of each that gave one ; misses : why the others did not
    """

    frames: list[Frame] = field(default_factory=list)
    good: list[Sample] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)

    def add(self, frame: Frame) -> None:
        """Take one frame in."""
        self.frames.append(frame)
        sample = seated_sample(frame)
        if isinstance(sample, Sample):
            self.good.append(sample)
        else:
            self.misses.append(sample)

    @property
    def over(self) -> bool:
        """Say whether nothing more is to be learnt."""
        blank = not self.good and set(self.misses) <= {"nobody", "dark"}
        return len(self.good) >= WANTED or (blank and len(self.misses) >= BLANK)

    def told(self, calibration: Calibration | None) -> dict[str, Any]:
        """Return the look as a line of the evidence log says it, but for when it was."""
        seen = seen_in(self.frames)
        found = judge(self.good, calibration, self.misses, model=MODEL)
        if calibration is not None and found.kind == "calibrate-again" and seen == "seated":
            seen = "unclear"  # the picture is another one: whoever stands before it looks much like this
        said: dict[str, Any] = {"source": "camera", "seen": seen, "samples": len(self.good)}
        if self.good:
            ratios = np.array([sample.ratio for sample in self.good])
            said["spread"] = round(float(np.median(np.abs(ratios - np.median(ratios)))), 4)
        said["look"] = found.kind if calibration is not None else None
        # Of a look without a reading the ratio would be that of a turned or lowered head.
        if found.kind != "no-reading":
            said |= {"ratio": found.ratio, "change": found.change, "near": found.size}
        if found.kind in ("no-reading", "calibrate-again") and found.reasons:
            said["reason"] = found.reasons[0].message_id.partition(".")[2]
        numbers = ("ratio", "change", "near")
        return {
            key: round(value, 4) if key in numbers else value
            for key, value in said.items()
            if value is not None
        }


def take(pictures: Pictures, estimator: Estimator, *, settle_s: float = SETTLE_S) -> Burst:
    """Look at pictures until there is enough, at most ``LONGEST_S`` by their own times."""
    burst, steady = Burst(), _Steady(settle_s)
    began: float | None = None
    due = 0.0
    for picture in pictures:
        began = picture.t if began is None else began
        t = picture.t - began
        if t < due - CLOSE_S or not steady.settled(picture, t):
            continue
        due = t + EVERY_S
        burst.add(estimator.look(picture.rgb, t, people_every_s=PEOPLE_EVERY_S))
        if burst.over or t > LONGEST_S:
            break
    return burst


def calibration_of(said: Mapping[str, Any]) -> Calibration | None:
    """Return the calibration of a JSON object, or None where it is not one."""
    try:
        upright, slumped, model = said["upright"], said.get("slumped"), said.get("model", MODEL)
        return Calibration(
            upright=_numbers(upright),
            slumped=None if slumped is None else _numbers(slumped),
            model=str(model),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _numbers(said: Mapping[str, Any]) -> Numbers:
    given: dict[str, Any] = {}
    for one in fields(Numbers):
        value: Any = said.get(one.name) if one.name == "light" else said[one.name]
        if one.name in ("middle", "ears"):
            x, y = value
            given[one.name] = (float(x), float(y))
        elif one.name == "samples":
            given[one.name] = int(value)
        else:
            given[one.name] = None if one.name == "light" and value is None else float(value)
    return Numbers(**given)


class _Steady:
    """Whether a camera's exposure has settled: some time has passed and the brightness stands still."""

    def __init__(self, settle_s: float) -> None:
        self._settle_s = settle_s
        self._before: tuple[float, float] | None = None
        self._done = settle_s <= 0

    def settled(self, picture: Picture, t: float) -> bool:
        """Say so; asked of each picture that would be a sample."""
        if self._done:
            return True
        if t < self._settle_s - COMPARED_S or (self._before and t - self._before[0] < COMPARED_S - CLOSE_S):
            return False
        light = float(picture.rgb[::SPARSE, ::SPARSE].mean()) / 255
        before, self._before = self._before, (t, light)
        still = before is not None and abs(light - before[1]) < STEADY
        self._done = still or t > SETTLE_MOST_S
        return self._done
