"""Forward and inverse kinematics, whatever the pose."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from midback.catalogue.keyframe import Keyframe, Movement
from midback.errors import InputError
from midback.movement.bake import bake
from midback.movement.forward import place, sign, stand
from midback.movement.posture import mirror_angles
from midback.movement.reach import bend_joint, read_arm, read_foot, read_hand, read_leg
from midback.movement.rotation import about_x, about_y, about_z, read_yxz, read_zxy
from midback.movement.skeleton import ANGLES, INDEX, POINTS, THORAX, limits, mirror_name
from midback.movement.timeline import minimum_jerk

LOW, HIGH = limits()
fractions = arrays(np.float64, len(ANGLES), elements=st.floats(0.02, 0.98))


def pose(fraction: np.ndarray) -> np.ndarray:
    """Return joint angles that far between their limits."""
    return LOW + fraction * (HIGH - LOW)


def test_a_standing_person_is_one_stature_tall():
    """Standing upright, the crown is at 1 and the soles are at 0."""
    body = place(*stand())
    assert body.point("vertex")[1] == pytest.approx(1.0, abs=1e-9)
    assert body.point("left_ankle")[1] == pytest.approx(0.039, abs=1e-9)
    assert body.point("right_shoulder")[2] > 0 > body.point("left_shoulder")[2]


@pytest.mark.parametrize(
    ("angle", "degrees", "point", "way"),
    [
        ("pelvis_tilt", 30, "head", (1, 0, 0)),
        ("thoracic_flexion", 30, "head", (1, 0, 0)),
        ("thoracic_bend", 20, "head", (0, 0, 1)),
        ("right_hip_flexion", 40, "right_knee", (1, 0, 0)),
        ("right_hip_abduction", 30, "right_knee", (0, 0, 1)),
        ("left_hip_abduction", 30, "left_knee", (0, 0, -1)),
        ("right_knee_flexion", 60, "right_ankle", (-1, 0, 0)),
        ("left_elbow_flexion", 60, "left_wrist", (1, 0, 0)),
        ("right_shoulder_elevation", 60, "right_elbow", (0, 0, 1)),
        ("left_shoulder_elevation", 60, "left_elbow", (0, 0, -1)),
        ("right_scapula_protraction", 20, "right_shoulder", (1, 0, 0)),
        ("left_scapula_elevation", 20, "left_shoulder", (0, 1, 0)),
        ("right_ankle_flexion", 20, "right_toe", (0, 1, 0)),
    ],
)
def test_positive_angles_go_the_anatomical_way(angle, degrees, point, way):
    """Flexion goes forward (the knee's backward), abduction outward, a bend to the right, on either side."""
    angles, root = stand()
    before = place(angles, root).point(point)
    angles[INDEX[angle]] = np.radians(degrees)
    after = place(angles, root).point(point)
    assert (after - before) @ np.array(way) > 0.01


def test_a_rotation_to_the_left_turns_left():
    """With thoracic rotation the right shoulder comes forward."""
    angles, root = stand()
    angles[INDEX["thoracic_rotation"]] = np.radians(30)
    assert place(angles, root).point("right_shoulder")[0] > 0.03


@given(fractions)
@settings(max_examples=40, deadline=None)
def test_mirrored_angles_give_the_mirrored_body(fraction):
    """Swapping the sides' angles is the same as looking in a mirror."""
    root = np.array([0.1, 0.5, 0.0])
    body, mirrored = place(pose(fraction), root), place(mirror_angles(pose(fraction)), root)
    for point in POINTS:
        np.testing.assert_allclose(
            mirrored.point(point), body.point(mirror_name(point)) * [1, 1, -1], atol=1e-12
        )


@given(st.lists(fractions, min_size=2, max_size=4))
@settings(max_examples=20, deadline=None)
def test_a_batch_equals_its_singles(rows):
    """n bodies in one call are the n bodies one by one, with any leading axes."""
    angles = np.stack([pose(row) for row in rows])
    root = np.linspace(0, 1, 3 * len(rows)).reshape(len(rows), 3)
    batch = place(angles[:, None], root[:, None])
    for k in range(len(rows)):
        np.testing.assert_allclose(batch.points[k, 0], place(angles[k], root[k]).points, atol=1e-12)


@given(fractions, st.sampled_from(["left", "right"]))
@settings(max_examples=60, deadline=None)
def test_reading_an_arm_gives_back_the_same_arm(fraction, side):
    """Angles read off shoulder, elbow and wrist put elbow, wrist and fingers where they were."""
    angles = pose(fraction)
    angles[INDEX[f"{side}_elbow_flexion"]] = abs(angles[INDEX[f"{side}_elbow_flexion"]]) + 0.1
    root = np.zeros(3)
    body = place(angles, root)
    shoulder, elbow, wrist = (body.point(f"{side}_{p}") for p in ("shoulder", "elbow", "wrist"))
    found, arm = read_arm(body.frame(THORAX), shoulder, elbow, wrist, np.array([-1.0, 0, 0]), sign(side))
    found |= read_hand(arm, found["elbow_flexion"], body.frame(f"{side}_hand"), sign(side))
    for name, value in found.items():
        angles[INDEX[f"{side}_{name}"]] = value
    again = place(angles, root)
    for part in ("elbow", "wrist", "fingertip"):
        np.testing.assert_allclose(again.point(f"{side}_{part}"), body.point(f"{side}_{part}"), atol=1e-7)


@given(fractions, st.sampled_from(["left", "right"]))
@settings(max_examples=60, deadline=None)
def test_reading_a_leg_gives_back_the_same_leg(fraction, side):
    """Angles read off hip, knee and ankle put knee, ankle and toe where they were."""
    angles = pose(fraction)
    angles[INDEX[f"{side}_knee_flexion"]] = abs(angles[INDEX[f"{side}_knee_flexion"]]) + 0.1
    body = place(angles, np.zeros(3))
    hip, knee, ankle = (body.point(f"{side}_{p}") for p in ("hip", "knee", "ankle"))
    found, shank = read_leg(body.frame("pelvis"), hip, knee, ankle, np.array([1.0, 0, 0]), sign(side))
    found |= read_foot(shank, body.frame(f"{side}_foot"), sign(side))
    for name, value in found.items():
        angles[INDEX[f"{side}_{name}"]] = value
    again = place(angles, np.zeros(3))
    for part in ("knee", "ankle", "toe"):
        np.testing.assert_allclose(again.point(f"{side}_{part}"), body.point(f"{side}_{part}"), atol=1e-7)


@given(
    arrays(np.float64, 3, elements=st.floats(-0.15, 0.15)), arrays(np.float64, 3, elements=st.floats(-1, 1))
)
@settings(max_examples=60, deadline=None)
def test_a_bent_joint_keeps_both_bones(end, pole):
    """Between any two places in reach the middle joint is one bone away from each."""
    end = end + np.array([0.0, -0.2, 0.0])
    middle = bend_joint(np.zeros(3), end, pole + np.array([1.1, 0, 0]), 0.2, 0.18)
    distance = np.linalg.norm(end)
    assert np.linalg.norm(middle) == pytest.approx(0.2, abs=1e-9)
    if 0.03 < distance < 0.379:
        assert np.linalg.norm(middle - end) == pytest.approx(0.18, abs=1e-9)


@given(st.tuples(*[st.floats(-1.4, 1.4)] * 3))
def test_euler_angles_read_back(turns):
    """Reading the angles of a rotation made from angles gives them back."""
    a, b, c = (np.array(turn) for turn in turns)
    np.testing.assert_allclose(read_zxy(about_z(a) @ about_x(b) @ about_y(c)), turns, atol=1e-9)
    np.testing.assert_allclose(read_yxz(about_y(a) @ about_x(b) @ about_z(c)), turns, atol=1e-9)


def test_easing_rests_at_both_ends():
    """A movement between keyframes starts and stops without a jerk."""
    s = np.array([0.0, 1e-4, 0.5, 1 - 1e-4, 1.0])
    eased = minimum_jerk(s)
    assert eased[0] == 0
    assert eased[-1] == pytest.approx(1)
    assert eased[2] == pytest.approx(0.5)
    assert eased[1] < 1e-9
    assert 1 - eased[3] < 1e-9


@pytest.mark.parametrize(
    ("frame", "word"),
    [
        ({"pose": {"wing_flexion": 3.0}}, "wing_flexion"),
        ({"contacts": ("tail",)}, None),
    ],
)
def test_an_unknown_angle_is_named(frame, word):
    """A keyframe with an angle the body lacks is refused with its name; an unused contact name harms
    nothing."""
    movement = Movement(cycle_s=1.0, keyframes=(Keyframe(at_s=0.0, **frame),))
    if word is None:
        assert bake(movement).t[-1] == 1.0
    else:
        with pytest.raises(InputError, match=word):
            bake(movement)


def test_keyframes_follow_in_time():
    """Keyframes out of order, late, or not starting at 0 are refused."""
    for times in ((0.5,), (0.0, 1.0, 1.0), (0.0, 9.0)):
        with pytest.raises(ValueError, match="keyframe"):
            Movement(cycle_s=2.0, keyframes=tuple(Keyframe(at_s=t) for t in times))
