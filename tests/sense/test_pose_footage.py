"""The whole way from real pictures to frames: followed, lost, found again, turned, mirrored, and never mistaken."""

import os
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from films import Rgb, film

from footage import Footage, footage
from midback.errors import InputError, Unavailable
from midback.movement.dorsal import sagitta
from midback.movement.landmarks import LANDMARKS, Frame
from midback.movement.rotation import Array
from midback.sense.pictures.port import open_pictures
from midback.sense.pose.estimator import PoseEstimator
from midback.sense.pose.networks import open_networks

__all__ = ["footage"]

CLIP = "allfours/catcow_A_side_wanshape.mp4"
OTHER_SIDE = [
    LANDMARKS.index(name.replace("left", "~").replace("right", "left").replace("~", "right"))
    for name in LANDMARKS
]


@pytest.fixture(scope="module")
def clip(footage: Footage) -> list[Rgb]:
    """Return the first two seconds of a cat-cow seen from the side: an arched back at first, then a round one."""
    with open_pictures(footage(CLIP)) as pictures:
        return [picture.rgb for picture in islice(pictures, 60)]


@pytest.fixture(scope="module")
def estimator() -> Iterator[PoseEstimator]:
    """Return one estimator for all; each test begins with ``reset``."""
    estimator = PoseEstimator("full")
    yield estimator
    estimator.close()


def looked(estimator: PoseEstimator, pictures: list[Rgb], *, profile: bool = False) -> list[Frame]:
    """Follow the body through pictures taken 30 times a second."""
    estimator.reset()
    return [estimator.look(rgb, n / 30, profile=profile) for n, rgb in enumerate(pictures)]


def apart(one: Array, other: Array) -> float:
    """Return the mean distance of points of two frames in lengths of the trunk of the first."""
    trunk = np.hypot(*((one[11] + one[12] - one[23] - one[24])[:2] / 2))
    return float(np.hypot(*(one - other)[:, :2].T).mean() / trunk)


def test_a_body_is_followed_with_the_outline_of_its_back(estimator: PoseEstimator, clip: list[Rgb]) -> None:
    """In every picture one body is found, looking left, its back arched at first and round at two seconds."""
    frames = looked(estimator, clip, profile=True)
    assert all(frame.seen and frame.score > 0.9 and frame.size == (854, 480) for frame in frames)
    assert frames[0].people == 1
    assert all(0.2 < frame.light < 0.8 for frame in frames if frame.light is not None)
    assert all(frame.point("nose")[0] < frame.middle("hip")[0] for frame in frames)
    bows = [sagitta(frame.profile) for frame in frames if frame.profile is not None]
    assert len(bows) == 60
    assert max(bows[:10]) < -0.02
    assert min(bows[48:]) > 0.04
    height = np.ptp(frames[0].world[:, 0])
    assert 0.8 < height < 1.6  # m from fingertips to feet on all fours


def test_what_was_not_asked_for_is_not_there(clip: list[Rgb]) -> None:
    """Without asking there is no outline; a mask is kept of the last look alone, and not after a reset."""
    estimator = PoseEstimator("lite", mask=True)
    assert estimator.mask_of_last() is None
    assert estimator.look(clip[0], 0.0).profile is None
    kept = estimator.mask_of_last()
    assert kept is not None
    mask, region = kept
    assert mask.shape == (256, 256)
    assert 0.05 < (mask > 0.5).mean() < 0.5
    hip = region.within(estimator.look(clip[0], 0.03).middle("hip")) * 256
    assert mask[round(hip[1]), round(hip[0])] > 0.9
    estimator.reset()
    assert estimator.mask_of_last() is None
    estimator.close()


def test_in_the_dark_and_in_noise_there_is_nobody(estimator: PoseEstimator) -> None:
    """Black, white and noise hold no body: points are unknown, never zero, and the light is told."""
    estimator.reset()
    noise = np.random.default_rng(5).integers(0, 256, (240, 320, 3)).astype(np.uint8)
    for rgb, light in ((np.zeros_like(noise), 0.0), (np.full_like(noise, 255), 1.0), (noise, 0.5)):
        frame = estimator.look(rgb, 0.0, profile=True)
        assert not frame.seen
        assert (frame.score, frame.people, frame.profile) == (0, 0, None)
        assert np.isnan(frame.image).all()
        assert np.isnan(frame.world).all()
        assert frame.light == pytest.approx(light, abs=0.02)


def test_a_body_that_was_lost_is_found_again(estimator: PoseEstimator, clip: list[Rgb]) -> None:
    """After a dark stretch the body is looked for anew, and found where it is."""
    dark = [np.zeros_like(clip[0])] * 3
    frames = looked(estimator, [*clip[:3], *dark, *clip[3:6]])
    assert [frame.seen for frame in frames] == [True] * 3 + [False] * 3 + [True] * 3
    assert apart(frames[2].image, frames[6].image) < 0.1


def test_a_still_knows_nothing_of_the_one_before(estimator: PoseEstimator, clip: list[Rgb]) -> None:
    """The same picture gives the same points, whatever was looked at before it."""
    estimator.reset()
    first = estimator.look(clip[0], 0.0, still=True)
    estimator.look(clip[50], 1.0, still=True)
    again = estimator.look(clip[0], 2.0, still=True)
    assert (first.image == again.image).all()
    assert again.t == 2.0


def test_in_a_mirror_left_is_right(estimator: PoseEstimator, clip: list[Rgb]) -> None:
    """Mirrored, the body's points change sides and stay in place to a few hundredths of the trunk."""
    straight = estimator.look(clip[0], 0.0, still=True)
    mirrored = estimator.look(np.ascontiguousarray(clip[0][:, ::-1]), 0.0, still=True)
    back = mirrored.image[OTHER_SIDE]
    back[:, 0] = 854 - back[:, 0]
    assert apart(straight.image, back) < 0.12


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_film_held_askew_has_the_same_landmarks(
    estimator: PoseEstimator, clip: list[Rgb], turn: int, tmp_path: Path
) -> None:
    """Filmed with the phone on its side, the body is upright and its points are where they were."""
    lying = [np.rot90(rgb, -turn // 90) for rgb in clip[:3]]
    straight = film(tmp_path / "straight.mp4", clip[:3])
    askew = film(tmp_path / "askew.mp4", lying, turn=turn)
    frames = []
    for path in (straight, askew):
        with open_pictures(path) as pictures:
            frames.append([estimator.look(rgb.rgb, rgb.t, still=True) for rgb in pictures])
    for one, other in zip(*frames, strict=True):
        assert other.size == (854, 480)
        assert apart(one.image, other.image) < 0.04


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((48, 64), np.uint8),
        np.zeros((48, 64, 4), np.uint8),
        np.zeros((48, 64, 3)),
        np.zeros((0, 9, 3), np.uint8),
    ],
)
def test_what_is_no_picture_is_refused(estimator: PoseEstimator, wrong: Array) -> None:
    """Grey, transparency, numbers that are no bytes, and nothing at all."""
    with pytest.raises(InputError):
        estimator.look(wrong, 0.0)


@pytest.mark.parametrize("size", [(1, 1), (2, 3000), (3000, 2)])
def test_pictures_of_any_shape_can_be_looked_at(estimator: PoseEstimator, size: tuple[int, int]) -> None:
    """A single pixel and a thin strip hold nobody and do no harm."""
    estimator.reset()
    assert not estimator.look(np.full((*size, 3), 120, np.uint8), 0.0, profile=True).seen


def test_a_damaged_bundle_is_said(tmp_path: Path) -> None:
    """Networks that are cut short or missing ask for a new installation."""
    cut = tmp_path / "pose_cut.task"
    cut.write_bytes(b"PK\x03\x04 and no more")
    empty = tmp_path / "pose_empty.task"
    with zipfile.ZipFile(empty, "w") as bundle:
        bundle.writestr("pose_detector.tflite", b"not a network")
        bundle.writestr("pose_landmarks_detector.tflite", b"not a network")
    for path in (cut, empty, tmp_path / "pose_none.task"):
        with pytest.raises(Unavailable, match=path.name):
            open_networks(path)


def test_a_face_close_to_a_webcam_is_seen(estimator: PoseEstimator, footage: Footage) -> None:
    """Head and shoulders that fill the picture are a body, though most of it is far below the picture."""
    estimator.reset()
    with open_pictures(footage("seated_front/via_A/notSlouching/sample-1542640808958-1.jpg")) as pictures:
        frame = estimator.look(next(iter(pictures)).rgb, 0.0, still=True)
    assert frame.seen
    assert frame.score > 0.9


def test_loading_the_networks_leaves_the_terminal_clean(capfd: pytest.CaptureFixture[str]) -> None:
    """What the runtime says of itself is not for people; what is said afterwards arrives as always."""
    PoseEstimator("lite").close()
    os.write(2, b"after")
    assert capfd.readouterr() == ("", "after")
