"""Laws of the bands: what they turn is how their length changes, and what does not change them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.body.bands import BANDS, COORDINATES, bands_at, places_of
from midback.movement.forward import place
from midback.movement.posture import mirror_angles
from midback.movement.rotation import Array, about_x, about_y, about_z, apply
from midback.movement.skeleton import ANGLES, INDEX, SIDES, limits

LOW, HIGH = limits()
STEP = 1e-5


@st.composite
def postures(draw: st.DrawFn) -> Array:
    """Any joint angles within a person's limits, (J,)."""
    shares = draw(st.lists(st.floats(0.0, 1.0), min_size=len(ANGLES), max_size=len(ANGLES)))
    return np.asarray(LOW + (HIGH - LOW) * np.array(shares))


def names_of(coordinate: str, side: str) -> str:
    """Return the name a coordinate has among the mannequin's angles."""
    return coordinate if coordinate in INDEX else f"{side}_{coordinate}"


@settings(max_examples=50)
@given(postures())
def test_a_moment_arm_is_how_a_band_shortens_with_the_angle(angles: Array) -> None:
    """The lever found by geometry equals the negative derivative of length, for every band, coordinate and side."""
    bands = bands_at(angles)
    ways = [(side, coordinate) for side in SIDES for coordinate in COORDINATES]
    moved = np.tile(angles, (len(ways), 2, 1))
    for row, (side, coordinate) in enumerate(ways):
        moved[row, :, INDEX[names_of(coordinate, side)]] += [STEP, -STEP]
    length = bands_at(moved).length
    for row, (side, coordinate) in enumerate(ways):
        at = SIDES.index(side)
        derivative = (length[row, 0, at] - length[row, 1, at]) / (2 * STEP)
        # Lengths are right to 1e-16, their difference over the step to 1e-11; its curvature adds about 1e-9.
        found = bands.moment_arm[at, :, COORDINATES.index(coordinate)]
        np.testing.assert_allclose(found, -derivative, atol=2e-8, err_msg=f"{side} {coordinate}")


@settings(max_examples=40)
@given(postures())
def test_no_other_angle_of_the_body_changes_a_band(angles: Array) -> None:
    """Elbows, hands, legs and the way the pelvis lies leave every length alone."""
    named = {names_of(coordinate, side) for coordinate in COORDINATES for side in SIDES}
    other = np.array([name not in named for name in ANGLES])
    changed = np.where(other, LOW + HIGH - angles, angles)
    np.testing.assert_allclose(bands_at(changed).length, bands_at(angles).length, atol=1e-12)


@settings(max_examples=40)
@given(postures())
def test_the_other_side_is_the_mirror_image(angles: Array) -> None:
    """Swapping left and right of the posture swaps left and right of the bands."""
    here, there = bands_at(angles), bands_at(mirror_angles(angles))
    np.testing.assert_allclose(there.length[::-1], here.length, atol=1e-12)
    handed = np.array([-1.0 if name.endswith(("_bend", "_rotation")) else 1.0 for name in COORDINATES])
    handed[COORDINATES.index("shoulder_rotation")] = 1.0
    np.testing.assert_allclose(there.moment_arm[::-1] * handed, here.moment_arm, atol=1e-12)


@settings(max_examples=40)
@given(postures(), st.tuples(*[st.floats(-3.0, 3.0)] * 3), st.tuples(*[st.floats(-2.0, 2.0)] * 3))
def test_turning_and_shifting_the_whole_body_leaves_the_bands_alone(
    angles: Array, turn: tuple[float, float, float], shift: tuple[float, float, float]
) -> None:
    """A body lying in another place, turned any way, has its bands as long as before, and they turn with it."""
    pelvis = [INDEX[name] for name in ("pelvis_tilt", "pelvis_list", "pelvis_rotation")]
    moved = angles.copy()
    moved[pelvis] = turn
    np.testing.assert_allclose(bands_at(moved).length, bands_at(angles).length, atol=1e-12)

    def lay(tilt: float, side: float, way: float) -> Array:
        a, b, c = (np.asarray(angle) for angle in (way, tilt, side))
        return about_y(a) @ about_z(-b) @ about_x(c)

    before, after = place(angles, np.zeros(3)), place(moved, np.array(shift))
    spots = places_of(before, angles, "right")
    # Out of the frame of the pelvis as it was, into the one it has.
    turned = lay(*turn) @ lay(*angles[pelvis].tolist()).T
    np.testing.assert_allclose(places_of(after, moved, "right"), apply(turned, spots) + shift, atol=1e-12)


@settings(max_examples=40)
@given(st.lists(postures(), min_size=2, max_size=4), st.floats(0.5, 2.5))
def test_many_postures_at_once_are_the_same_as_one_by_one(many: list[Array], stature: float) -> None:
    """A batch of n gives what n single calls give."""
    together = bands_at(np.stack(many), stature)
    for row, angles in enumerate(many):
        alone = bands_at(angles, stature)
        for field in ("length", "strain", "moment_arm"):
            np.testing.assert_allclose(getattr(together, field)[row], getattr(alone, field), atol=1e-12)


@settings(max_examples=40)
@given(postures(), st.floats(0.5, 2.5))
def test_a_taller_person_has_longer_bands_and_the_same_strain(angles: Array, stature: float) -> None:
    """Lengths and levers grow with stature, strain does not."""
    one, tall = bands_at(angles, 1.0), bands_at(angles, stature)
    np.testing.assert_allclose(tall.length, stature * one.length)
    np.testing.assert_allclose(tall.moment_arm, stature * one.moment_arm, atol=1e-14)
    np.testing.assert_allclose(tall.strain, one.strain, atol=1e-14)


def test_upright_nothing_is_strained() -> None:
    """Standing upright with arms hanging is what strain is measured against."""
    assert np.abs(bands_at(np.zeros(len(ANGLES))).strain).max() < 1e-12


@pytest.mark.parametrize("missing", ["neck_flexion", "thoracic_flexion"])
def test_what_is_not_known_stays_unknown(missing: str) -> None:
    """A missing angle makes the bands it moves missing, never zero."""
    angles = np.zeros(len(ANGLES))
    angles[INDEX[missing]] = np.nan
    length = bands_at(angles).length
    assert np.isnan(length[:, BANDS.index("levator")]).all()
