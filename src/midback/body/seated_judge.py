"""How somebody sits, against their own upright. In: Samples, Calibration. Out: Look. Next: prompts, drift, pages.

Nothing is said without a calibration of the same person before the same camera. "Slumped" is the last word, not the
first: it is said only where everything else still fits the calibration. Where it does not, the answer is to calibrate
again, or that there is no reading; the person is never blamed for a camera that moved.

The thresholds are starting points: 1,653 labelled frames of five people set the 8 %, one of them stands in the tests;
the others were chosen so that neither those pictures nor a body turned and tilted in space cross them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, Literal

from midback.reasons import Reason

from .seated import Miss, Sample
from .seated_calibration import Calibration, Numbers, median_of, middle_and_spread

Kind = Literal["upright", "slumped", "nearer", "no-reading", "calibrate-again"]

# A burst is judged by its median, so one strange frame says nothing.
ENOUGH: Final = 12
# A shown slump nearer to upright than this cannot be told from it.
NARROWEST_SLUMP: Final = 0.07
# More than one's own upright: calibrated while slumped, or the camera stands lower now.
RISE: Final = 0.15
NEARER: Final = 1.2
# The whole person this much smaller or larger is another chair or another lens, no posture.
SMALLEST, LARGEST = 0.55, 1.8
UNSTEADY: Final = 0.08
# Turning narrows shoulders and ears together, but not alike.
TURNED: Final = math.radians(25)
MOST_TURNED: Final = math.radians(68)
TILTED_HEAD: Final = math.radians(20)
TILTED_PICTURE: Final = math.radians(15)
# Whoever leans on an elbow keeps the head level, so it turns against the shoulders; in a tilted picture it does not.
LEVEL_HEAD: Final = math.radians(7)
# How the shoulders may move in the picture, in their upright widths: a slump sinks and slides, it does not jump.
ASIDE, UP, DOWN = 0.8, 0.3, 0.8
EARS_UP: Final = 0.15
# Nose against ears moves this much for each unit of ratio lost where the head nods or the camera stands higher or
# lower; sinking with the eyes on the screen moves it by half of that at most (0.3 to 0.6 on real pictures).
NODDED: Final = 0.9
# How far the proportions of a face wander with one person's posture, as shares: twice that, all taken together, is
# another person. Most adults differ less from one another, so this names a child or a bad fit, and nobody.
PROPORTIONS: Final[dict[str, float]] = {"ear_width": 0.15, "eyes": 0.10, "mouth": 0.15, "brow": 0.25}
STRANGE: Final = 2.0
LEVEL: Final = 1.96
# Pictures of one posture give ratios this far apart whatever is averaged (clothes, light, the networks).
ALWAYS_UNSURE: Final = 0.015
# Neighbouring frames are nearly the same picture: so many stand for one that is new.
ALIKE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a burst of samples comes to.

    ratio : its median; None where there is none
    change : of the ratio against upright, as a share, - is lower; low, high : its interval at 95 %
    size : of the shoulders in the picture, by their upright width; above ``NEARER`` is nearer to the screen
    samples : how many were good ; reasons : why this kind, and what else was noticed
    """

    kind: Kind
    ratio: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    size: float | None = None
    samples: int = 0
    reasons: tuple[Reason, ...] = ()


def judge(
    samples: Sequence[Sample],
    calibration: Calibration | None,
    misses: Iterable[Miss] = (),
    *,
    model: str | None = None,
    enough: int = ENOUGH,
) -> Look:
    """Return what samples of a few seconds come to against a calibration.

    misses : why frames of the same burst gave no sample; the most frequent is the reason where too few did
    model : the network the samples come from; another than the calibration's is not compared
    enough : fewest good samples, 12 for a claim; 1 asks what a single frame looks like
    """
    counted = Counter(misses)
    missing: Miss | None = counted.most_common(1)[0][0] if counted else None
    if counted["two-people"] > len(samples):
        missing = "two-people"
        samples = ()
    if len(samples) < max(1, enough):
        why = Reason("seated.too-few") if missing is None else Reason(f"seated.{missing}")
        return Look(kind="no-reading", samples=len(samples), reasons=(why,))
    ratio, spread = middle_and_spread([one.ratio for one in samples])
    if calibration is None:
        why = Reason("seated.not-calibrated")
        return Look(kind="calibrate-again", ratio=ratio, samples=len(samples), reasons=(why,))
    up, seen = calibration.upright, _Seen(samples)
    change = ratio / up.ratio - 1
    unsure = _uncertainty(ratio, spread, len(samples), up)
    size = seen.shoulder_width / up.shoulder_width

    def look(kind: Kind, *reasons: Reason) -> Look:
        return Look(
            kind=kind,
            ratio=ratio,
            change=change,
            low=change - unsure,
            high=change + unsure,
            size=size,
            samples=len(samples),
            reasons=reasons,
        )

    if model is not None and model != calibration.model:
        return look("calibrate-again", Reason("seated.other-model"))
    if len(samples) > 2 and spread > UNSTEADY * abs(ratio):
        return look("no-reading", Reason("seated.unsteady"))
    if abs(seen.yaw - up.yaw) > TURNED or abs(seen.yaw) > MOST_TURNED:
        return look("no-reading", Reason("seated.turned"))
    if abs(seen.head_roll - up.head_roll) > TILTED_HEAD * _loose(up):
        return look("no-reading", Reason("seated.head-tilted"))
    if (why_not := _another(seen, up, size)) is not None:
        return look("calibrate-again", Reason(why_not))
    if change > RISE:
        return look("calibrate-again", Reason("seated.higher"))
    if _leans(seen, up):
        return look("no-reading", Reason("seated.leaning"))
    near = (Reason("seated.nearer", {"percent": round(100 * (size - 1))}),) if size > NEARER else ()
    if change < -calibration.threshold:
        if _jumped(seen, up, size):
            return look("calibrate-again", Reason("seated.moved"))
        if abs(seen.nod - up.nod) > NODDED * (up.ratio - ratio):
            way = "seated.head-down" if seen.nod < up.nod else "seated.head-up"
            return look("no-reading", Reason(way))
        return look("slumped", Reason("seated.slumped", {"percent": round(-100 * change)}), *near)
    return look("nearer", *near) if near else look("upright")


class _Seen:
    """The medians of a burst."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self.shoulder_width = median_of(samples, lambda one: one.shoulder_width)
        self.middle = (
            median_of(samples, lambda one: one.middle[0]),
            median_of(samples, lambda one: one.middle[1]),
        )
        self.ears = (median_of(samples, lambda one: one.ears[0]), median_of(samples, lambda one: one.ears[1]))
        self.roll = median_of(samples, lambda one: one.roll)
        self.head_roll = median_of(samples, lambda one: one.head_roll)
        self.yaw = median_of(samples, lambda one: one.yaw)
        self.nod = median_of(samples, lambda one: one.nod)
        self.aspect = median_of(samples, lambda one: one.aspect)
        self.parts = {name: median_of(samples, attrgetter(name)) for name in PROPORTIONS}


def _another(seen: _Seen, up: Numbers, size: float) -> str | None:
    """Say what shows that it is another camera, chair or person; None where all fits."""
    if abs(seen.aspect / up.aspect - 1) > 0.02:
        return "seated.other-camera"
    if not SMALLEST <= size <= LARGEST:
        return "seated.other-size"
    if _leans(seen, up) and abs(seen.head_roll - up.head_roll) < LEVEL_HEAD and abs(up.yaw) < TURNED:
        return "seated.tilted"
    off = [
        (seen.parts[name] / getattr(up, name) - 1) / (share * _loose(up))
        for name, share in PROPORTIONS.items()
        if getattr(up, name) > 0
    ]
    if math.hypot(*off) > STRANGE:
        return "seated.other-person"
    return None


def _loose(up: Numbers) -> float:
    """Return how much wider the bounds of a face are for somebody who was calibrated turned to the side.

    There the far ear is the networks' guess, and a bent neck tilts the line of the ears.
    """
    return 1 + abs(up.yaw) / math.radians(45)


def _leans(seen: _Seen, up: Numbers) -> bool:
    return abs(seen.roll - up.roll) > TILTED_PICTURE


def _jumped(seen: _Seen, up: Numbers, size: float) -> bool:
    """Say whether the shoulders or ears lie where sinking does not bring them."""
    width = up.shoulder_width
    aside = abs(seen.middle[0] - up.middle[0]) / width
    sunk = (seen.middle[1] - up.middle[1]) / width
    ears = (seen.ears[1] - up.ears[1]) / width
    # Nearer to the camera everything spreads from the middle of the picture.
    room = max(0.0, size - 1)
    return aside > ASIDE + room or sunk < -UP - room or sunk > DOWN + room or ears < -EARS_UP - room


def _uncertainty(ratio: float, spread: float, count: int, up: Numbers) -> float:
    """Return half of the 95 % interval of the change, as a share of upright."""
    burst = (1.25 * spread) ** 2 / max(1, count / ALIKE)
    own = (1.25 * up.spread) ** 2 / max(1, up.samples / ALIKE)
    always = (ALWAYS_UNSURE * max(abs(ratio), up.ratio)) ** 2
    return LEVEL * math.sqrt(burst + own + always) / up.ratio
