"""The outline of the back, measured on drawn masks whose outline is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from midback.movement.dorsal import dorsal_profile, sagitta, trunk_in_view
from midback.movement.landmarks import LANDMARKS, POINT, STATIONS
from midback.movement.rotation import Array

SIDE = 256


def bow(depth: float, rest: float = 0.25) -> Array:
    """Return a back that bows out by ``depth`` at its middle, in lengths of the trunk."""
    return rest + depth * (1 - (2 * STATIONS - 1) ** 2)


def drawn(
    hip: Array, along: Array, outline: Array, *, belly: float = 0.2, flip: bool = False
) -> tuple[NDArray[np.float32], Array]:
    """Draw a body about the line from hip to hip + along; return the mask and a point in front of it.

    outline : the back's distance at the stations ; belly : how far the front reaches, both in lengths of the line
    """
    length = math.hypot(*along)
    back = np.array([along[1], -along[0]]) / length * (-1 if flip else 1)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(float)
    from_hip = np.stack([x - hip[0], y - hip[1]], axis=-1)
    t = from_hip @ along / length**2
    out = from_hip @ back
    edge = np.interp(t, STATIONS, outline, left=outline[0], right=outline[-1]) * length
    soft = np.minimum(edge - out, out + belly * length)
    soft = np.minimum(soft, length * np.minimum(t + 0.3, 1.3 - t))
    mask = np.clip(0.5 + soft / 4, 0, 1).astype(np.float32)
    return mask, hip + along / 2 - back * length


turns = st.floats(0, 2 * math.pi)
lengths = st.floats(45, 90)
depths = st.floats(-0.12, 0.14)


@given(turns, lengths, depths, st.booleans())
def test_the_outline_is_measured_whichever_way_the_body_lies(
    turn: float, length: float, depth: float, flip: bool
) -> None:
    """Turned, scaled and mirrored, a drawn back is measured to a hundredth of the trunk's length."""
    along = length * np.array([math.cos(turn), math.sin(turn)])
    hip = np.array([SIDE / 2, SIDE / 2]) - along / 2
    mask, front = drawn(hip, along, bow(depth), flip=flip)
    profile = dorsal_profile(mask, hip, hip + along, front)
    assert np.abs(profile - bow(depth)).max() < 0.01
    assert sagitta(profile) == pytest.approx(sagitta(bow(depth)), abs=0.004)


def test_a_rounded_back_is_positive_and_an_arched_one_negative() -> None:
    """A bow of a tenth of the trunk has a sagitta of several hundredths, a straight back none."""
    assert sagitta(bow(0.1)) > 0.03
    assert sagitta(bow(-0.1)) < -0.03
    assert sagitta(bow(0.0)) == pytest.approx(0, abs=1e-12)


@given(depths, st.floats(-0.3, 0.3), st.floats(0.05, 0.4))
def test_a_slope_along_the_trunk_is_no_bow(depth: float, slope: float, rest: float) -> None:
    """A back that is thicker at one end, or a line marked askew, leaves the sagitta alone."""
    assert sagitta(bow(depth) + slope * STATIONS + rest) == pytest.approx(sagitta(bow(depth)), abs=1e-9)


def test_the_side_is_the_one_away_from_the_limbs() -> None:
    """With the third point behind the body, the front is measured instead of the back."""
    hip, along = np.array([90.0, 130.0]), np.array([75.0, 0.0])
    mask, front = drawn(hip, along, bow(0.1), belly=0.2)
    behind = 2 * (hip + along / 2) - front
    assert dorsal_profile(mask, hip, hip + along, behind) == pytest.approx(np.full(25, 0.2), abs=0.01)


def test_where_there_is_no_body_there_is_no_number() -> None:
    """Stations off the mask are NaN; with a third of them missing, or an end, there is no sagitta."""
    hip, along = np.array([90.0, 130.0]), np.array([75.0, 0.0])
    mask, front = drawn(hip, along, bow(0.1))
    cut = mask.copy()
    cut[:, :112] = 0  # up to t = .29
    profile = dorsal_profile(cut, hip, hip + along, front)
    assert np.isnan(profile[STATIONS < 0.28]).all()
    assert np.isfinite(profile[STATIONS > 0.31]).all()
    assert math.isnan(sagitta(profile))
    assert np.isnan(dorsal_profile(np.zeros_like(mask), hip, hip + along, front)).all()


def test_a_body_without_an_end_has_no_edge() -> None:
    """A mask that is full, as of a wall taken for a body, gives no number."""
    full = np.ones((SIDE, SIDE), np.float32)
    middle = np.array([128.0, 128.0])
    assert np.isnan(
        dorsal_profile(full, middle, middle + np.array([70.0, 0.0]), middle + np.array([0.0, 40.0]))
    ).all()


@pytest.mark.parametrize("along", [(0.0, 0.0), (0.5, 0.0), (math.nan, 3.0)])
def test_a_trunk_without_length_gives_nothing(along: tuple[float, float]) -> None:
    """Hip and shoulder on one spot, or unknown, are no trunk."""
    mask = np.ones((SIDE, SIDE), np.float32)
    hip = np.array([100.0, 100.0])
    assert np.isnan(dorsal_profile(mask, hip, hip + np.array(along), hip)).all()


def test_the_trunk_is_the_one_on_the_side_seen_better() -> None:
    """Hip and shoulder are those of the near side, and the back turns away from its knee and wrist."""
    image = np.zeros((len(LANDMARKS), 3))
    for number, name in enumerate(LANDMARKS):
        image[number] = (number, 100 if name.startswith("left") else 200, 0)
    visibility = np.array([0.9 if name.startswith("left") else 0.4 for name in LANDMARKS])
    hip, shoulder, front = trunk_in_view(image, visibility)
    assert hip == pytest.approx([POINT["left_hip"], 100])
    assert shoulder == pytest.approx([POINT["left_shoulder"], 100])
    assert front == pytest.approx([(POINT["left_knee"] + POINT["left_wrist"]) / 2, 100])
