"""On real pictures the ratio against one's own upright tells sinking, and what moves the picture does not.

Two people: one before a webcam and seen in three quarters another, and a third from the side. Labels are those of the
folders and file names; the network is the one that watches.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from PIL import Image

from footage import Footage, footage
from midback.body.seated import Sample, readings, side_sample
from midback.body.seated_calibration import Calibration, numbers_of
from midback.body.seated_judge import Look, judge
from midback.movement.landmarks import Frame
from midback.sense.pictures.port import open_pictures
from midback.sense.pose.estimator import PoseEstimator

__all__ = ["footage"]

FRONT: Final = "seated_front/via_A"
# Of the upright stills: fifteen, of which so many are one calibration.
CALIBRATED_ON: Final = 8


@pytest.fixture(scope="module")
def estimator() -> Iterator[PoseEstimator]:
    """The network that watches."""
    found = PoseEstimator("lite")
    yield found
    found.close()


def looked(
    estimator: PoseEstimator, folder: Path, change: Callable[[Image.Image], Image.Image]
) -> tuple[Sample, ...]:
    """Return the samples of a folder's stills after a change of the picture."""
    frames = []
    for number, path in enumerate(sorted(folder.glob("*.jpg"))):
        with Image.open(path) as still:
            picture = change(still.convert("RGB"))
        frames.append(estimator.look(np.asarray(picture), float(number), still=True))
    return readings(frames)[0]


@pytest.fixture(scope="module")
def front(estimator: PoseEstimator, footage: Footage) -> tuple[tuple[Sample, ...], tuple[Sample, ...]]:
    """The upright and the slouched samples of one person before a webcam."""
    folder = footage(FRONT)
    upright = looked(estimator, folder / "notSlouching", lambda picture: picture)
    slumped = looked(estimator, folder / "isSlouching", lambda picture: picture)
    assert (len(upright), len(slumped)) == (15, 14)
    return upright, slumped


def splits(upright: Sequence[Sample], times: int = 60) -> Iterator[tuple[Calibration, list[Sample]]]:
    """Yield calibrations on some of the upright stills, and the others."""
    rng = np.random.default_rng(4)
    for _ in range(times):
        order = rng.permutation(len(upright))
        some, rest = order[:CALIBRATED_ON], order[CALIBRATED_ON:]
        yield Calibration(upright=numbers_of([upright[i] for i in some])), [upright[i] for i in rest]


def share(samples: Sequence[Sample], calibration: Calibration, drop: float) -> float:
    """Return how many of single samples lost more than ``drop`` of the ratio."""
    return float(np.mean([one.ratio < (1 - drop) * calibration.upright.ratio for one in samples]))


def test_single_frames_are_told_apart(front: tuple[tuple[Sample, ...], tuple[Sample, ...]]) -> None:
    """Every slouched still lies below every upright one, and no upright one errs at what is called slumped."""
    upright, slumped = front
    areas, found, at_six, wrong = [], [], [], []
    for calibration, rest in splits(upright):
        areas.append(np.mean([[a.ratio > b.ratio for b in slumped] for a in rest]))
        found.append(share(slumped, calibration, 0.08))
        wrong.append(share(rest, calibration, 0.08))
        at_six.append(share(slumped, calibration, 0.06))
    assert np.mean(areas) >= 0.98
    assert np.mean(wrong) <= 0.02
    # Lite misses one slouch in ten at 8 %, which a burst makes up for; at 6 %, the lowest threshold, none.
    assert np.mean(found) >= 0.85
    assert np.mean(at_six) >= 0.96


def test_the_full_network_tells_single_frames_apart_at_eight_percent(footage: Footage) -> None:
    """Followed for a few pictures, the full network finds every slouch at 8 % and errs at no upright still."""
    estimator = PoseEstimator("full")
    upright, slumped = (
        readings(
            _followed(estimator, path, 10.0 * at) for at, path in enumerate(sorted(folder.glob("*.jpg")))
        )[0]
        for folder in (footage(FRONT) / "notSlouching", footage(FRONT) / "isSlouching")
    )
    estimator.close()
    found, wrong = [], []
    for calibration, rest in splits(upright):
        found.append(share(slumped, calibration, 0.08))
        wrong.append(share(rest, calibration, 0.08))
    assert np.mean(found) >= 0.96
    assert np.mean(wrong) <= 0.02


def _followed(estimator: PoseEstimator, path: Path, t: float) -> Frame:
    with Image.open(path) as still:
        rgb = np.asarray(still.convert("RGB"))
    estimator.look(rgb, t, still=True)
    for number in (1, 2):
        estimator.look(rgb, t + 0.1 * number)
    return estimator.look(rgb, t + 0.3)


def test_bursts_of_twelve_are_right(front: tuple[tuple[Sample, ...], tuple[Sample, ...]]) -> None:
    """What is claimed is the median of twelve: of both labels nearly every burst is called what it is, none wrongly."""
    upright, slumped = front
    rng = np.random.default_rng(5)
    sunk, straight = [], []
    for calibration, rest in splits(upright, 40):
        sunk.append(judge([slumped[i] for i in rng.integers(0, len(slumped), 12)], calibration).kind)
        straight.append(judge([rest[i] for i in rng.integers(0, len(rest), 12)], calibration).kind)
    assert set(straight) == {"upright"}
    # Stills of several postures, mixed, may jump about too much to be one look.
    assert set(sunk) <= {"slumped", "no-reading"}
    assert sunk.count("slumped") >= 38


CHANGES: Final[dict[str, Callable[[Image.Image], Image.Image]]] = {
    "shifted to the left": lambda picture: _affine(picture, shift=(-0.06, 0.0)),
    "shifted to the right": lambda picture: _affine(picture, shift=(0.06, 0.0)),
    "shifted down": lambda picture: _affine(picture, shift=(0.0, 0.06)),
    "shifted up": lambda picture: _affine(picture, shift=(0.0, -0.06)),
    "smaller": lambda picture: _affine(picture, scale=0.9),
    "larger": lambda picture: _affine(picture, scale=1.1),
    "rolled left": lambda picture: _affine(picture, roll=10),
    "rolled right": lambda picture: _affine(picture, roll=-10),
    "darker": lambda picture: picture.point([int(value * 0.45) for value in range(256)] * 3),
    "brighter": lambda picture: picture.point([min(255, int(value * 1.5)) for value in range(256)] * 3),
}


def _affine(
    picture: Image.Image, *, shift: tuple[float, float] = (0.0, 0.0), scale: float = 1.0, roll: float = 0.0
) -> Image.Image:
    """Return a picture shifted (of its sides), scaled and rolled (degrees) about its middle; nothing is grey."""
    width, height = picture.size
    angle = np.radians(roll)
    c, s = np.cos(angle) / scale, np.sin(angle) / scale
    x, y = width / 2 + shift[0] * width, height / 2 + shift[1] * height
    back = (c, s, width / 2 - c * x - s * y, -s, c, height / 2 + s * x - c * y)
    return picture.transform(
        picture.size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR, fillcolor="grey"
    )


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_picture_never_turns_upright_into_slumped(
    name: str,
    front: tuple[tuple[Sample, ...], tuple[Sample, ...]],
    estimator: PoseEstimator,
    footage: Footage,
) -> None:
    """The whole set, changed: not slumped, whatever else; and its ratio stays within 7 % where it can be read."""
    calibration = Calibration(upright=numbers_of(front[0]))
    samples = looked(estimator, footage(FRONT) / "notSlouching", CHANGES[name])
    found = judge(samples, calibration, ["shoulder-out"] * (15 - len(samples)))
    assert found.kind in ("upright", "no-reading"), found
    if found.change is not None:
        assert abs(found.change) < 0.07


@pytest.mark.parametrize("name", ["shifted to the left", "shifted down", "larger", "darker"])
def test_a_changed_picture_still_shows_the_slump(
    name: str,
    front: tuple[tuple[Sample, ...], tuple[Sample, ...]],
    estimator: PoseEstimator,
    footage: Footage,
) -> None:
    """The slouched set, changed, is slumped still, or refused with why; it is not upright."""
    calibration = Calibration(upright=numbers_of(front[0]))
    samples = looked(estimator, footage(FRONT) / "isSlouching", CHANGES[name])
    found = judge(samples, calibration)
    assert found.kind == "slumped" or found.reasons[0].message_id == "seated.leaning", found


def test_coming_nearer_is_told_apart(
    front: tuple[tuple[Sample, ...], tuple[Sample, ...]], estimator: PoseEstimator, footage: Footage
) -> None:
    """The upright pictures, made smaller for the calibration, are 30 % nearer, and not slumped."""
    far = looked(estimator, footage(FRONT) / "notSlouching", lambda picture: _affine(picture, scale=1 / 1.3))
    found = judge(front[0], Calibration(upright=numbers_of(far)))
    assert found.kind == "nearer", found
    assert found.size is not None
    assert 1.2 < found.size < 1.7


def test_in_the_dark_nothing_is_claimed(estimator: PoseEstimator, footage: Footage) -> None:
    """Near darkness is no reading, whoever sits there."""
    dark = CHANGES["darker"]
    assert looked(estimator, footage(FRONT) / "isSlouching", lambda picture: dark(dark(dark(picture)))) == ()


@pytest.fixture(scope="module")
def side(estimator: PoseEstimator, footage: Footage) -> dict[str, tuple[float, float]]:
    """Trunk and neck in degrees by the name of the still."""
    found = {}
    for path in sorted(footage("seated_side").glob("*.jpg")):
        with Image.open(path) as still:
            frame = estimator.look(np.asarray(still.convert("RGB")), 0.0, still=True)
        seen = side_sample(frame)
        assert not isinstance(seen, str), path.name
        assert seen.faces == ("right" if "flip" in path.stem else "left")
        found[path.stem] = (float(np.degrees(seen.trunk)), float(np.degrees(seen.neck)))
    assert len(found) == 13
    return found


def test_the_side_tells_straight_hunched_and_reclined(side: dict[str, tuple[float, float]]) -> None:
    """Trunk and neck lie in three bands with room between them, whichever way one faces."""

    def band(word: str, number: int) -> list[float]:
        return [angles[number] for name, angles in side.items() if name.startswith(word)]

    assert all(-18 <= lean <= -5 for lean in band("straight", 0) + band("kneeling", 0))
    assert all(19 <= lean <= 46 for lean in band("hunchback", 0))
    assert all(-38 <= lean <= -26 for lean in band("recline", 0))
    assert all(8 <= neck <= 24 for neck in band("straight", 1) + band("kneeling", 1))
    assert all(30 <= neck <= 48 for neck in band("hunchback", 1))
    assert all(neck <= 4 for neck in band("recline", 1))


@pytest.fixture(scope="module")
def seconds(estimator: PoseEstimator, footage: Footage) -> tuple[list[Look], float]:
    """A look at each second of the three-quarter view, calibrated on its first second and a half."""
    frames: list[Frame] = []
    estimator.reset()
    with open_pictures(footage("seated_34/howard_seated_34view.m4v")) as pictures:
        for number, picture in enumerate(pictures):
            if number % 5 == 0:
                frames.append(estimator.look(picture.rgb, picture.t))
    estimator.reset()
    calibration = Calibration(upright=numbers_of(readings(f for f in frames if f.t < 1.6)[0]))
    looks = []
    for start in range(49):
        samples, misses = readings(f for f in frames if start <= f.t < start + 1)
        looks.append(judge(samples, calibration, misses, enough=4))
    return looks, calibration.upright.yaw


def test_three_quarters_from_the_front(seconds: tuple[list[Look], float]) -> None:
    """Hunched at 2 to 4 s and bent at 41 s is slumped, bent at 28 s leaning; upright seconds are never slumped."""
    looks, yaw = seconds
    assert abs(np.degrees(yaw)) > 30
    assert {looks[at].kind for at in (2, 3, 41)} == {"slumped"}
    assert all(looks[at].kind != "upright" for at in (14, 15, 16, 27, 28, 41))
    assert all((looks[at].change or 0.0) < -0.15 for at in (2, 3, 27, 28, 41))
    upright = [0, *range(5, 13), *range(17, 26), 30, 31, 32, *range(37, 39), *range(43, 49)]
    assert all(looks[at].kind not in ("slumped", "calibrate-again") for at in upright)
    assert sum(looks[at].kind == "upright" for at in upright) >= len(upright) - 2


def test_a_second_person_is_no_slump(
    front: tuple[tuple[Sample, ...], tuple[Sample, ...]], footage: Footage
) -> None:
    """With two in the picture nothing is said of either."""
    estimator = PoseEstimator("lite")
    folder = footage(FRONT) / "isSlouching"
    stills = sorted(folder.glob("*.jpg"))
    frames: list[Any] = []
    for path in stills:
        with Image.open(path) as still:
            one = still.convert("RGB")
        both = Image.new("RGB", (2 * one.width, one.height))
        both.paste(one, (0, 0))
        both.paste(one, (one.width, 0))
        frames.append(estimator.look(np.asarray(both), 0.0, still=True))
    estimator.close()
    samples, misses = readings(replace(frame, t=float(number)) for number, frame in enumerate(frames))
    found = judge(samples, Calibration(upright=numbers_of(front[0])), misses)
    assert found.kind in ("no-reading", "calibrate-again"), found
