"""Landmarks agree with MediaPipe 0.10.21 on real footage, with the same networks.

Both see the same pixels. MediaPipe's own smoothing of landmarks is off: what is compared is how a picture becomes
points, frame by frame, each following its own region from the one before.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from footage import FOLDER, Footage, footage
from mediapipe_oracle import CLIPS, VARIABLE, Clip, kept, oracle_python, pictures, read, said
from midback.movement.landmarks import POINT, Frame
from midback.movement.rotation import Array
from midback.sense.pose.estimator import PoseEstimator
from midback.vendored import MODELS

__all__ = ["footage"]

# Mean distance of landmarks in lengths of the trunk. Two versions of MediaPipe differ by .004-.007.
CLOSE = 0.015


@dataclass(frozen=True, slots=True)
class Difference:
    """How far two answers about a clip are apart. image : trunk lengths ; world : m ; one : frames only one saw."""

    image: float
    world: float
    frames: int
    one: int


def compare(clip: Clip, model: str, ours: dict[int, Frame]) -> Difference:
    """Compare our frames with MediaPipe's kept numbers."""
    theirs = read(model, clip)
    assert ours.keys() == theirs.keys()
    trunks, image, world, one = [], [], [], 0
    for number, frame in ours.items():
        other = theirs[number]
        if other is None or not frame.seen:
            one += (other is not None) != frame.seen
            continue
        trunks.append(trunk(other[0]))
        image.append(np.linalg.norm(frame.image[:, :2] - other[0], axis=1).mean())
        world.append(np.linalg.norm(frame.world - other[1], axis=1).mean())
    relative = np.array(image) / np.array(trunks)
    return Difference(float(relative.mean()), float(np.mean(world)), len(image), one)


def trunk(points: Array) -> float:
    """Return the distance from the middle of the shoulders to that of the hips."""
    shoulder, hip = (
        (points[POINT[f"left_{part}"]] + points[POINT[f"right_{part}"]]) / 2 for part in ("shoulder", "hip")
    )
    return float(np.linalg.norm(shoulder - hip))


def looked(clip: Clip, model: str) -> dict[int, Frame]:
    """Look at a clip with our own pipeline; return the frames that are kept."""
    estimator = PoseEstimator(model)
    frames = (estimator.look(rgb, t, still=clip.stills) for t, rgb in pictures(clip, FOLDER))
    found = {number: frame for number, frame in enumerate(frames) if kept(clip, number)}
    estimator.close()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
@pytest.mark.parametrize("model", MODELS)
def test_landmarks_are_where_mediapipe_sees_them(clip: Clip, model: str, footage: Footage) -> None:
    """Mean over points and frames: at most 1.5 % of the trunk; hardly a frame in which only one sees a body."""
    footage(clip.place)
    found = compare(clip, model, looked(clip, model))
    print(f"{clip.name} {model}: {found}")
    assert found.image <= CLOSE
    assert found.one <= 0.02 * found.frames


@pytest.mark.oracle
@pytest.mark.parametrize("model", MODELS)
def test_kept_numbers_are_mediapipes_own(model: str, footage: Footage) -> None:
    """Asked again, MediaPipe says of the cat-cow clip what is kept, to the rounding."""
    python = oracle_python()
    if python is None:
        pytest.skip(f"{VARIABLE} names no Python with tests/oracle/mediapipe.txt")
    clip = CLIPS[0]
    footage(clip.place)
    theirs = read(model, clip)
    again = said(python, model, clip, FOLDER)
    assert again.keys() == theirs.keys()
    for number, answer in again.items():
        other = theirs[number]
        assert (answer is None) == (other is None)
        if other is not None:
            np.testing.assert_allclose(np.array(answer["image"])[:, :2], other[0], atol=0.5)
            np.testing.assert_allclose(np.array(answer["world"]), other[1], atol=0.003)
