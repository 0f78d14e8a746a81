"""Landmarks agree with MediaPipe 0.10.21 on real footage, with the same networks and the same pixels.

Looked at anew, a picture gives the same points to a thousandth or so of the trunk. Followed from frame to frame the
two part slowly, as MediaPipe parts from itself when every byte of its pictures may change by one: the next region
comes from the last points, and where a body moves fast or lies, the network answers a region turned by a third of a
degree with points moved by a hundredth of the trunk. So a clip's limit is the larger of 1.5 % and twice that.
"""

import numpy as np
import pytest

from footage import FOLDER, Footage, footage
from mediapipe_oracle import (
    CLIPS,
    VARIABLE,
    Body,
    Clip,
    difference,
    kept,
    oracle_python,
    pictures,
    read,
    said,
)
from midback.movement.landmarks import Frame
from midback.sense.pose.estimator import PoseEstimator
from midback.vendored import MODELS

__all__ = ["footage"]

# Lengths of the trunk. One byte in a hundred of a region differs by one from what MediaPipe cuts.
ALONE = 0.005
FOLLOWED = 0.015
# Of its difference from itself: two means over few frames that hang together may be a factor of two apart.
MARGIN = 2.0
VIDEOS = [clip for clip in CLIPS if not clip.stills]


def body_of(frame: Frame) -> Body | None:
    """Return the points of a frame as the oracle gives them."""
    return (frame.image[:, :2], frame.world) if frame.seen else None


def looked(clip: Clip, model: str, *, still: bool) -> dict[int, Body | None]:
    """Look at a clip with our own pipeline; return what is to be compared."""
    estimator = PoseEstimator(model)
    found = {}
    for number, (t, rgb) in enumerate(pictures(clip, FOLDER)):
        if kept(clip, number) or not still:
            frame = estimator.look(rgb, t, still=still)
            if kept(clip, number):
                found[number] = body_of(frame)
    estimator.close()
    return found


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
@pytest.mark.parametrize("model", MODELS)
def test_a_picture_alone_gives_mediapipes_points(clip: Clip, model: str, footage: Footage) -> None:
    """Mean over points and frames at most 0.5 % of the trunk, and a body where MediaPipe sees one."""
    footage(clip.place)
    theirs = read(model, clip).alone
    found = difference(theirs, looked(clip, model, still=True))
    print(f"{clip.name} {model} alone: {found}")
    assert found.image <= ALONE
    assert found.one == 0


@pytest.mark.slow
@pytest.mark.parametrize("clip", VIDEOS, ids=lambda clip: clip.name)
@pytest.mark.parametrize("model", MODELS)
def test_a_body_is_followed_as_mediapipe_follows_it(clip: Clip, model: str, footage: Footage) -> None:
    """At most 1.5 % of the trunk, or what MediaPipe itself is unsure by; hardly a frame only one sees a body in."""
    footage(clip.place)
    theirs = read(model, clip)
    found = difference(theirs.followed, looked(clip, model, still=False))
    print(f"{clip.name} {model} followed: {found}, MediaPipe from itself {theirs.unsure:.4f}")
    assert found.image <= max(FOLLOWED, MARGIN * theirs.unsure)
    assert found.one <= 0.05 * found.frames


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_kept_numbers_are_mediapipes_own(model: str, footage: Footage) -> None:
    """Asked again, MediaPipe says of the cat-cow clip what is kept, to the rounding."""
    python = oracle_python()
    if python is None:
        pytest.skip(f"{VARIABLE} names no Python with tests/oracle/mediapipe.txt")
    clip = CLIPS[0]
    footage(clip.place)
    theirs, again = read(model, clip), said(python, model, clip, FOLDER)
    for one, other in ((theirs.alone, again.alone), (theirs.followed, again.followed)):
        found = difference(one, other)
        assert found.image < 0.001
        assert found.one == 0
    np.testing.assert_allclose(again.unsure, theirs.unsure, rtol=0.01)
