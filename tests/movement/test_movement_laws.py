"""Every exercise and variant obeys the laws of its body and its room."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from midback.catalogue import load_catalogue
from midback.catalogue.keyframe import Movement
from midback.movement.bake import Baked, bake, pressed_at
from midback.movement.forward import place
from midback.movement.posture import mirror_angles
from midback.movement.skeleton import (
    ANGLES,
    FOREARM,
    HAND,
    POINT,
    POINTS,
    SHANK,
    THIGH,
    UPPER_ARM,
    limits,
    mirror_name,
)

MOVEMENTS: dict[str, Movement] = {
    f"{exercise.id}/{variant.id}": movement
    for exercise in load_catalogue().exercises.values()
    for variant in exercise.variants
    if (movement := exercise.movement_of(variant.id)) is not None
}
BAKED: dict[str, Baked] = {}
every = pytest.mark.parametrize("name", MOVEMENTS)

# 1 % of stature is 1.7 cm: less than a thumb's width, the project's promise for what presses.
CONTACT_TOLERANCE = 0.01
# Flesh gives way: 1.5 % of stature, 2.6 cm, of a rounded limb may sink into what it lies on.
SOFT = 0.015
# joint, radius of the flesh around it, fraction of stature
FLESH = {
    "elbow": 0.020,
    "wrist": 0.012,
    "palm": 0.011,
    "fingertip": 0.006,
    "knee": 0.030,
    "ankle": 0.018,
    "heel": 0.009,
    "toe": 0.009,
    "shoulder": 0.030,
    "hip": 0.045,
}


def baked(name: str) -> Baked:
    """Bake once for all laws."""
    if name not in BAKED:
        BAKED[name] = bake(MOVEMENTS[name])
    return BAKED[name]


def flesh(one: Baked) -> list[tuple[str, np.ndarray, float]]:
    """List the places of the body that could pass through something, with their radius."""
    limbs = [(f"{side}_{joint}", radius) for side in ("left", "right") for joint, radius in FLESH.items()]
    rows = [*limbs, ("head", 0.046), *((point, 0.0) for point in POINTS if point.startswith("skin_"))]
    return [(point, one.body.point(point), radius) for point, radius in rows]


def test_the_whole_catalogue_moves():
    """Every exercise but the two care visits has a movement for every variant."""
    still = {
        exercise.id
        for exercise in load_catalogue().exercises.values()
        for variant in exercise.variants
        if exercise.movement_of(variant.id) is None
    }
    assert still == {"massage", "professional"}


@every
def test_what_presses_stays(name):
    """While a contact is active its skin stays within 1 % of stature of its place."""
    one = baked(name)
    for point, contact in one.contacts.items():
        held = one.pressing[point]
        assert held.any(), f"{point} never presses"
        slip = np.linalg.norm(pressed_at(one.body, contact) - np.array(contact.at), axis=-1)[held]
        assert slip.max() < CONTACT_TOLERANCE, (point, slip.max())


@every
def test_joints_stay_within_limits(name):
    """No joint angle, solved or written, leaves the published range."""
    low, high = limits()
    angles = baked(name).posture.angles
    margin = np.radians(0.5)
    over = [
        (joint, *np.degrees([angles[:, j].min(), angles[:, j].max()]).round(1))
        for j, joint in enumerate(ANGLES)
        if angles[:, j].min() < low[j] - margin or angles[:, j].max() > high[j] + margin
    ]
    assert not over


@every
def test_nothing_passes_through_the_floor(name):
    """No part sinks into floor or mattress by more than flesh gives way."""
    one = baked(name)
    deep = {point: float((radius - spot[:, 1]).max()) for point, spot, radius in flesh(one)}
    assert max(deep.values()) < SOFT, {point: d for point, d in deep.items() if d >= SOFT}


@every
def test_nothing_passes_through_the_wall(name):
    """No part is behind the face of a wall."""
    one = baked(name)
    for prop, at in one.props:
        if prop.kind != "wall":
            continue
        side = np.sign(prop.at[0])
        for point, spot, radius in flesh(one):
            beyond = side * (spot[:, 0] - at[:, 0]) + radius
            assert beyond.max() < SOFT, (point, beyond.max())


@every
def test_nothing_passes_through_the_chair(name):
    """No part is inside the seat, nor through the back rest."""
    one = baked(name)
    for prop, at in one.props:
        if prop.kind != "chair":
            continue
        seat, back, half = prop.size
        for point, spot, radius in flesh(one):
            inside = (np.abs(spot[:, 0] - at[:, 0]) < 0.125) & (np.abs(spot[:, 2] - at[:, 2]) < half)
            sunk = seat - (spot[:, 1] - radius)
            through = inside & (sunk > SOFT) & (spot[:, 1] + radius > seat - 0.026 + SOFT)
            assert not through.any(), (point, "seat", sunk[through].max())
            level = (spot[:, 1] > seat + 0.10) & (spot[:, 1] < seat + back) & (np.abs(spot[:, 2]) < half)
            behind = at[:, 0] - 0.125 - (spot[:, 0] - radius)
            assert not (level & (behind > SOFT)).any(), (point, "back rest", behind[level].max())


@every
def test_round_things_touch_and_do_not_enter(name):
    """A ball or a roller at work touches the back all the time and never enters it."""
    one = baked(name)
    for prop, at in one.props:
        if prop.kind == "ball" or (prop.kind == "roller" and prop.id):
            gaps = [
                np.linalg.norm((one.body.point(f"skin_{p}") - at)[:, :2], axis=-1) - prop.size[0]
                for p in ("waist", "back", "upper_back")
            ]
            nearest = np.min(gaps, axis=0)
            assert nearest.min() > -SOFT
            assert nearest.max() < 0.04


@pytest.mark.parametrize("name", [n for n in MOVEMENTS if n.startswith(("wedge/", "towel-extension/"))])
def test_who_lies_on_something_rests_on_it(name):
    """On wedge or towel the back lies on its top and the head is held, neither sinking in nor floating."""
    one = baked(name)
    kinds = {prop.kind: prop for prop, _ in one.props}
    prop = kinds.get("wedge") or kinds["towel"]
    back = one.body.point("skin_back")
    if prop.kind == "wedge":
        length, height, _ = prop.size
        top = np.clip(height * (prop.at[0] + length / 2 - back[:, 0]) / length, 0, height)
    else:
        top = np.full(len(back), prop.at[1] + prop.size[0])
    assert np.abs(back[:, 1] - top).max() < 0.02
    head = one.body.point("skin_head")[:, 1]
    pillow = kinds["pillow"].at[1] if "pillow" in kinds else top
    assert (head - pillow).min() > -SOFT
    assert (head - pillow).max() < 0.03


@every
def test_a_cycle_closes(name):
    """The last moment of a cycle is its first."""
    one = baked(name)
    np.testing.assert_allclose(one.body.points[0], one.body.points[-1], atol=1e-9)
    np.testing.assert_allclose(one.posture.angles[0], one.posture.angles[-1], atol=1e-9)


@every
def test_nothing_jumps(name):
    """No joint is faster than two statures a second."""
    one = baked(name)
    speed = np.linalg.norm(np.diff(one.body.points, axis=0), axis=-1) / np.diff(one.t)[:, None]
    assert speed.max() < 2.0, POINTS[int(np.argmax(speed.max(0)))]


@every
def test_the_mirror_is_exact(name):
    """The left side is the right side with z turned round, in angles and in places."""
    right, left = bake(MOVEMENTS[name], "right"), bake(MOVEMENTS[name], "left")
    for point in POINTS:
        swapped = right.body.point(mirror_name(point)) * [1, 1, -1]
        np.testing.assert_array_equal(left.body.point(point), swapped)
    again = place(left.posture.angles, left.body.point("pelvis"))
    np.testing.assert_allclose(again.points, left.body.points, atol=1e-12)
    np.testing.assert_array_equal(mirror_angles(mirror_angles(right.posture.angles)), right.posture.angles)


@every
def test_bones_keep_their_length(name):
    """Limb segments have Winter's lengths at every moment."""
    one = baked(name)
    for side in ("left", "right"):
        for a, b, length in (
            ("shoulder", "elbow", UPPER_ARM),
            ("elbow", "wrist", FOREARM),
            ("wrist", "fingertip", HAND),
            ("hip", "knee", THIGH),
            ("knee", "ankle", SHANK),
        ):
            gap = one.body.point(f"{side}_{a}") - one.body.point(f"{side}_{b}")
            np.testing.assert_allclose(np.linalg.norm(gap, axis=-1), length, atol=1e-9)


@every
def test_a_smaller_range_moves_less(name):
    """The way out from the first keyframe grows with range_scale, and is nothing at 0 but the breath."""
    movement = replace(MOVEMENTS[name], breath_s=0.0)
    times = np.array([frame.at_s for frame in movement.keyframes])
    ways = []
    for scale in (0.0, 0.25, 0.5, 0.75, 1.0):
        angles = bake(movement, range_scale=scale, times=times).posture.angles
        trunk = [j for j, joint in enumerate(ANGLES) if joint.startswith(("pelvis", "lumbar", "thoracic"))]
        ways.append(float(np.abs(angles - angles[0])[:, trunk].sum()))
    assert ways[0] < 1e-9
    assert all(b >= a - 1e-9 for a, b in itertools.pairwise(ways))


@every
def test_cues_have_words(name):
    """Each cue of a keyframe has a sentence in every language."""
    exercise_id, variant = name.split("/")
    for text in load_catalogue().exercises[exercise_id].text.values():
        for frame in MOVEMENTS[name].keyframes:
            assert frame.cue is None or frame.cue in text.variants[variant].cues


def test_the_posture_band_lies_on_the_shoulders():
    """The band's line runs from above one shoulder to below the other."""
    one = baked("posture-band/worn")
    assert one.body.points[:, POINT["left_shoulder"], 1].min() > 0.7
