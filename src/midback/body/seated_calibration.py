"""What a calibration keeps of one's own upright. In: Samples. Out: Calibration. Next: seated_judge, store.

Every look is divided by these numbers, and they come back from files that people may have edited: what nothing can be
compared with is refused where it is made.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from midback.errors import InputError

from .seated import Facing, Sample

FEWEST_TO_CALIBRATE: Final = 6
# Loss of the ratio that is called slumped. One's own slump may bring it down, never below what upright wanders.
DROP, LEAST_DROP = 0.08, 0.06
NORMAL_MAD: Final = 1.4826
# What a number must lie between to be one; wider than any person, chair or camera.
BOUNDS: Final[dict[str, tuple[float, float]]] = {
    "ratio": (0.01, 10.0),
    "spread": (0.0, 10.0),
    "samples": (1, 1e6),
    "shoulder_width": (0.001, 10.0),
    "aspect": (0.01, 100.0),
}
LARGEST: Final = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers(Facing):
    """What a calibration keeps of one posture: medians of its samples.

    spread : of the ratio, one standard deviation ; samples : how many
    Raises InputError where a number lies outside its bounds.
    """

    spread: float
    samples: int

    def __post_init__(self) -> None:
        """Raise InputError for a number that nothing can be compared with."""
        for one in fields(self):
            low, high = BOUNDS.get(one.name, (-LARGEST, LARGEST))
            value = getattr(self, one.name)
            for number in value if isinstance(value, tuple) else () if value is None else (value,):
                # Written so that NaN, which is on no side of anything, does not pass.
                if not low <= number <= high:
                    raise InputError(
                        "{name} of a calibration is {value}.",
                        "It lies between {low} and {high}.",
                        values={"name": one.name, "value": number, "low": f"{low:g}", "high": f"{high:g}"},
                    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """One person's upright before one camera, and their slump where they showed it.

    model : the network the numbers come from, ``lite`` or ``full``; they differ by a tenth and are never mixed
    """

    upright: Numbers
    slumped: Numbers | None = None
    model: str = "lite"

    @property
    def threshold(self) -> float:
        """Return the share of the ratio whose loss is called slumped."""
        if self.slumped is None:
            return DROP
        own = 1 - self.slumped.ratio / self.upright.ratio
        return min(DROP, max(LEAST_DROP, own / 2))


def numbers_of(samples: Sequence[Sample]) -> Numbers:
    """Return the medians of samples of one posture; raise InputError for fewer than six."""
    if len(samples) < FEWEST_TO_CALIBRATE:
        raise InputError(
            "Only {n} pictures show you well enough.",
            "A calibration needs {least} at least.",
            "Sit so that face and both shoulders are in view, and try again.",
            values={"n": len(samples), "least": FEWEST_TO_CALIBRATE},
        )
    ratio, spread = middle_and_spread([one.ratio for one in samples])
    if ratio < BOUNDS["ratio"][0]:
        raise InputError(
            "Your ears are not above your shoulders in the picture.",
            "Upright is measured with the camera level.",
            "Turn the camera the right way up and try again.",
        )
    lights = [one.light for one in samples if one.light is not None]
    return Numbers(
        ratio=ratio,
        spread=spread,
        samples=len(samples),
        middle=(median_of(samples, lambda one: one.middle[0]), median_of(samples, lambda one: one.middle[1])),
        ears=(median_of(samples, lambda one: one.ears[0]), median_of(samples, lambda one: one.ears[1])),
        shoulder_width=median_of(samples, lambda one: one.shoulder_width),
        roll=median_of(samples, lambda one: one.roll),
        head_roll=median_of(samples, lambda one: one.head_roll),
        yaw=median_of(samples, lambda one: one.yaw),
        nod=median_of(samples, lambda one: one.nod),
        ear_width=median_of(samples, lambda one: one.ear_width),
        eyes=median_of(samples, lambda one: one.eyes),
        mouth=median_of(samples, lambda one: one.mouth),
        brow=median_of(samples, lambda one: one.brow),
        aspect=median_of(samples, lambda one: one.aspect),
        light=float(np.median(lights)) if lights else None,
    )


def middle_and_spread(values: Sequence[float]) -> tuple[float, float]:
    """Return the median and one standard deviation, as the median of the distances from it has it."""
    middle = float(np.median(values))
    return middle, NORMAL_MAD * float(np.median(np.abs(np.asarray(values) - middle)))


def median_of(samples: Sequence[Sample], number: Callable[[Sample], float]) -> float:
    """Return the median of one number of samples."""
    return float(np.median([number(one) for one in samples]))
