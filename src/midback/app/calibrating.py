"""One's own upright, measured in 20 seconds. In: frames of a page, a camera or a file. Out: a calibration kept.

Only its medians are kept: some twenty numbers a posture. It refuses with what to change, for a calibration of
few or bad samples would blame or miss for weeks. Next: ``camera_places`` hands it to the background process.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from midback.body.seated import Miss, Sample, readings
from midback.body.seated_calibration import FEWEST_TO_CALIBRATE, Calibration, Numbers, numbers_of
from midback.body.seated_judge import NARROWEST_SLUMP, UNSTEADY, Look, judge
from midback.errors import InputError, Phrase
from midback.movement.landmarks import Frame
from midback.share.wording import MESSAGES
from midback.store import calibrations
from midback.store.calibrations import KeptCalibration
from midback.store.engine import reading

from .camera_places import place_named
from .house import House

__all__ = [
    "SECONDS",
    "KeptCalibration",
    "Taken",
    "calibrate",
    "calibrate_slumped",
    "current_calibration",
    "forget",
    "history",
    "look_at",
    "take",
    "taken_from",
]

SECONDS: Final = 20.0
# Samples a second that are worth taking, and how many of all frames must be good.
RATE_HZ: Final = 8.0
GOOD: Final = 0.6
FEWEST: Final = 40
MODEL: Final = "lite"
# What to do about a frame that gave no sample.
ADVICE: Final[dict[Miss, Phrase]] = {
    "dark": Phrase("Turn up the light and try again."),
    "nobody": Phrase("Sit before the camera and try again."),
    "two-people": Phrase("Let the camera see you alone and try again."),
    "head-out": Phrase("Move back or turn the camera until your whole head is in view, and try again."),
    "shoulder-out": Phrase("Move back or turn the camera until both shoulders are in view, and try again."),
    "from-the-side": Phrase("Turn the camera so that it sees your face, and try again."),
    "back-turned": Phrase("Face the camera and try again."),
}
Progress = Callable[[float, Frame], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was seen of somebody for some seconds. ``device`` in words; ``stills`` : pictures without times."""

    samples: tuple[Sample, ...]
    misses: tuple[Miss, ...] = ()
    device: str = ""
    stills: bool = False


def take(source: str | Path, seconds: float = SECONDS, progress: Progress | None = None) -> Taken:
    """Look at a camera ("camera", "camera:1"), a video or a folder of stills for so many seconds.

    progress : told the seconds so far and each frame

    Raises InputError or Unavailable as ``open_pictures`` does.
    """
    from midback.sense.pictures.port import open_pictures
    from midback.sense.pose.estimator import PoseEstimator

    frames: list[Frame] = []
    with open_pictures(source, fps=RATE_HZ) as pictures:
        # Stills have no rate and no length: each is looked at by itself, and all of them.
        stills = pictures.fps is None and pictures.duration_s is None and pictures.count is not None
        estimator = PoseEstimator(model=MODEL, threads=1)
        began, due = None, 0.0
        for picture in pictures:
            began = picture.t if began is None else began
            passed = picture.t - began
            if not stills and passed > seconds:
                break
            if not stills and passed < due:
                continue
            due = max(due + 1 / RATE_HZ, passed)
            frame = estimator.look(picture.rgb, passed, still=stills, people_every_s=2.0)
            frames.append(frame)
            if progress is not None:
                progress(passed, frame)
        device = pictures.name
    samples, misses = readings(frames)
    return Taken(samples=samples, misses=misses, device=device[:200], stills=stills)


def taken_from(frames: Iterable[Frame], device: str = "") -> Taken:
    """Return what frames of a page come to."""
    samples, misses = readings(frames)
    return Taken(samples=samples, misses=misses, device=device[:200])


def calibrate(house: House, person: str, place: str, taken: Taken) -> KeptCalibration:
    """Keep what was seen as the person's upright at a place; the calibration before stays in the history.

    Raises InputError naming what to change where the samples are too few, too unsteady or not of one picture.
    """
    place = place_named(place)
    upright = _numbers(taken)
    kept = KeptCalibration(
        place=place,
        made_at=house.clock.now(),
        calibration=Calibration(upright=upright, model=MODEL),
        device=taken.device,
    )
    with house.engine.begin() as conn:
        kept = calibrations.add(conn, person, kept)
    house.changed(person)
    return kept


def calibrate_slumped(house: House, person: str, place: str, taken: Taken) -> KeptCalibration:
    """Add the person's slump to the calibration of a place.

    Raises InputError where there is no upright yet, where the picture is another one, or where the slump is
    too near to it to be told apart.
    """
    place = place_named(place)
    with house.engine.begin() as conn:
        kept = calibrations.current(conn, person, place)
        if kept is None:
            raise InputError(
                "Your upright is not known here yet.",
                "Upright comes first, then the slump.",
                "Calibrate upright.",
            )
        slumped = _numbers(taken)
        upright = kept.calibration.upright
        found = judge(taken.samples, replace(kept.calibration, slumped=None), enough=FEWEST_TO_CALIBRATE)
        if found.kind == "calibrate-again":
            raise InputError(
                Phrase(MESSAGES[found.reasons[0].message_id]),
                "Both postures are measured with the camera in the same place.",
                "Calibrate upright first, then slump without moving the camera.",
            )
        if slumped.ratio > (1 - NARROWEST_SLUMP) * upright.ratio:
            raise InputError(
                "The camera cannot tell this slump from your upright.",
                "The ratio changed by {percent} %; at least {least} % are needed.",
                "Let yourself sink further, or go without: upright alone is enough.",
                values={
                    "percent": round(100 * (slumped.ratio / upright.ratio - 1)),
                    "least": round(100 * NARROWEST_SLUMP),
                },
            )
        kept = replace(kept, calibration=replace(kept.calibration, slumped=slumped))
        calibrations.change(conn, person, kept.id, kept.calibration)
    house.changed(person)
    return kept


def current_calibration(house: House, person: str, place: str) -> KeptCalibration | None:
    """Return the calibration that counts at a place, or None."""
    with reading(house.engine).connect() as conn:
        return calibrations.current(conn, person, place_named(place))


def history(house: House, person: str, place: str | None = None) -> tuple[KeptCalibration, ...]:
    """Return the calibrations of a place, of all places without one, oldest first."""
    with reading(house.engine).connect() as conn:
        return calibrations.listed(conn, person, None if place is None else place_named(place))


def forget(house: House, person: str, place: str | None = None) -> int:
    """Forget the calibrations of a place, of all places without one; return how many there were."""
    with house.engine.begin() as conn:
        gone = calibrations.clear(conn, person, None if place is None else place_named(place))
    house.changed(person)
    return gone


def look_at(house: House, person: str, place: str, taken: Taken) -> Look:
    """Return what was seen against the calibration of a place."""
    kept = current_calibration(house, person, place)
    enough = 1 if taken.stills else 12
    return judge(taken.samples, kept.calibration if kept else None, taken.misses, model=MODEL, enough=enough)


def _numbers(taken: Taken) -> Numbers:
    good, bad = len(taken.samples), len(taken.misses)
    fewest = FEWEST_TO_CALIBRATE if taken.stills else FEWEST
    if good < fewest or good < GOOD * (good + bad):
        raise _too_few(good, taken.misses, fewest)
    numbers = numbers_of(taken.samples)
    if not taken.stills and numbers.spread > UNSTEADY * numbers.ratio:
        raise InputError(
            "You moved too much to measure one posture.",
            "For {seconds} s you sit as you want to sit.",
            "Sit still and try again.",
            values={"seconds": round(SECONDS)},
        )
    if taken.stills:
        return numbers
    return _of_one_picture(taken.samples, numbers)


def _of_one_picture(samples: Sequence[Sample], numbers: Numbers) -> Numbers:
    """Return the numbers where both halves agree; raise InputError where the picture changed meanwhile."""
    half = len(samples) // 2
    both = [numbers_of(samples[:half]), numbers_of(samples[half:])]
    if abs(both[0].ratio - both[1].ratio) > UNSTEADY * numbers.ratio or both[0].aspect != both[1].aspect:
        raise InputError(
            "You, or the camera, moved while it measured.",
            "All of it is one posture before one camera.",
            "Sit still and try again.",
        )
    return numbers


def _too_few(good: int, misses: Sequence[Miss], fewest: int) -> InputError:
    most = Counter(misses).most_common(1)
    if not most:
        return InputError(
            "Only {n} pictures came in.",
            "A calibration needs {least} that show you well.",
            "Is the camera used by another program? Try again.",
            values={"n": good, "least": fewest},
        )
    why = most[0][0]
    return InputError(
        Phrase(MESSAGES[f"seated.{why}"]),
        Phrase("{n} of {all} pictures were good enough.", {"n": good, "all": good + len(misses)}),
        ADVICE[why],
    )
