"""Synthetic landmarks look like those of a camera."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from midback.catalogue import load_catalogue
from midback.catalogue.keyframe import Movement
from midback.coach.verify.bearing import torso_normal, turned
from midback.errors import InputError
from midback.movement.acting import Act, Pace, Part, act, plateau
from midback.movement.dorsal import sagitta
from midback.movement.landmarks import POINT, Landmarks
from midback.movement.lens import Lens
from midback.movement.synthetic import NONE, STILL, film, synthesise
from midback.share.landmark_file import read_landmarks

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "landmarks"
THERE = Pace(enter_s=0.0, leave_s=0.0)


def movement(exercise: str, variant: str) -> Movement:
    """Return one movement of the catalogue."""
    found = load_catalogue().exercises[exercise].movement_of(variant)
    assert found is not None
    return found


def one_cycle(exercise: str, variant: str) -> Act:
    """Act one cycle, in place from the start."""
    return act(movement(exercise, variant), [Part(cycles=1)], fps=10, pace=THERE)


def sagittas(seen: Landmarks) -> np.ndarray:
    """Return the bow of the back in every frame."""
    return np.array([np.nan if f.profile is None else sagitta(f.profile) for f in seen.frames])


@pytest.mark.parametrize(
    ("exercise", "variant", "azimuth", "low", "high"),
    [
        ("towel-extension", "lengthwise", 90.0, -1.0, -0.87),
        ("towel-extension", "crosswise", -90.0, -1.0, -0.87),
        ("wedge", "floor", 90.0, -1.0, -0.87),
        ("cat-cow", "floor", 90.0, 0.85, 1.0),
        ("wall-opener", "wall", 180.0, -0.3, 0.3),
        ("ball-roll", "wall", 90.0, -0.3, 0.3),
        ("seated-rotation", "chair", 0.0, -0.3, 0.3),
    ],
)
def test_the_trunk_faces_as_on_real_stills(
    exercise: str, variant: str, azimuth: float, low: float, high: float
) -> None:
    """Supine, all fours and upright bodies have the torso normal that recordings of people have."""
    seen = film(one_cycle(exercise, variant), Lens(azimuth_deg=azimuth), seed=1)
    facing = [torso_normal(frame)[1] for frame in seen.frames]
    assert low <= min(facing)
    assert max(facing) <= high


def test_a_side_view_of_cat_cow_is_like_a_recorded_one() -> None:
    """Torso normal, the body's widths in space and the range of the sagitta are of the recording's order."""
    real = read_landmarks(FIXTURES / "cat-cow-left.json.gz")
    drawn = synthesise(movement("cat-cow", "floor"), [Part(cycles=2)], Lens(azimuth_deg=-90.0), pace=THERE)
    spans = [np.subtract(*np.nanpercentile(sagittas(seen), [98, 2])) for seen in (real, drawn)]
    assert 0.5 < spans[1] / spans[0] < 2.0
    for one, other in (
        ("left_shoulder", "right_shoulder"),
        ("left_shoulder", "left_hip"),
        ("left_hip", "left_knee"),
    ):
        real_m, drawn_m = (
            float(np.median(np.linalg.norm(seen.world[:, POINT[one]] - seen.world[:, POINT[other]], axis=-1)))
            for seen in (real, drawn)
        )
        assert 0.6 < drawn_m / real_m < 1.6
    for seen in (real, drawn):
        assert np.median([torso_normal(frame)[1] for frame in seen.frames]) > 0.9


def test_the_noise_of_a_back_kept_still_is_that_of_people() -> None:
    """The sagitta of a body at rest trembles by .002 to .003 of the trunk, as measured."""
    still = act(movement("cat-cow", "floor"), [Part(cycles=1)], pace=Pace(enter_s=0, leave_s=0, still_s=20))
    bow = sagittas(film(still, Lens(), seed=2))[still.t < 20]
    assert 0.0015 < np.std(bow) < 0.0035


def test_cat_is_up_and_cow_is_down() -> None:
    """The synthetic profile bows out where the keyframes round the back and in where they arch it."""
    cat_cow = movement("cat-cow", "floor")
    seen = synthesise(cat_cow, [Part(cycles=1)], Lens(), fps=10, pace=THERE, noise=NONE)
    settle, cat, cow = (sagittas(seen)[round(10 * (2.0 + at))] for at in (0.0, 3.0, 6.4))
    assert cat > settle + 0.03 > settle - 0.02 > cow


@pytest.mark.parametrize("azimuth", [0.0, 30.0, 180.0])
def test_a_back_seen_from_the_front_has_no_profile(azimuth: float) -> None:
    """Where the trunk is not seen from its side there is no edge of the back to measure."""
    seen = film(one_cycle("cat-cow", "floor"), Lens(azimuth_deg=azimuth))
    assert np.isnan(sagittas(seen)).all()


def test_left_and_right_are_the_persons_own() -> None:
    """Seen from the front the left hand is on the picture's right; from behind it is on its left."""
    upright = one_cycle("stand-reach", "standing")
    for azimuth, way in ((0.0, 1), (180.0, -1)):
        seen = film(upright, Lens(azimuth_deg=azimuth), noise=NONE)
        apart = seen.image[:, POINT["left_shoulder"], 0] - seen.image[:, POINT["right_shoulder"], 0]
        assert (apart * way > 10).all()


@pytest.mark.parametrize(("azimuth", "near"), [(90.0, "right"), (-90.0, "left")])
def test_the_nearer_side_has_the_smaller_depth(azimuth: float, near: str) -> None:
    """Depth grows away from the camera, in the picture as in space."""
    seen = film(one_cycle("ball-roll", "wall"), Lens(azimuth_deg=azimuth), noise=NONE)
    far = "left" if near == "right" else "right"
    for points in (seen.image, seen.world):
        assert (points[:, POINT[f"{near}_shoulder"], 2] < points[:, POINT[f"{far}_shoulder"], 2]).all()
    assert all((turned(frame) > 0) == (near == "right") for frame in seen.frames)


def test_the_middle_of_the_hips_is_the_origin_of_space() -> None:
    """World landmarks are metres about the hips, y down, and as long as the person is."""
    seen = film(one_cycle("stand-reach", "standing"), Lens(), noise=NONE, stature_m=1.8)
    hips = (seen.world[:, POINT["left_hip"]] + seen.world[:, POINT["right_hip"]]) / 2
    np.testing.assert_allclose(hips, 0.0, atol=1e-12)
    thigh = np.linalg.norm(seen.world[:, POINT["left_hip"]] - seen.world[:, POINT["left_knee"]], axis=-1)
    np.testing.assert_allclose(thigh, 0.245 * 1.8, rtol=1e-6)
    assert (seen.world[:, POINT["nose"], 1] < 0).all()


def test_a_mirrored_body_from_the_other_side_is_the_mirrored_picture() -> None:
    """The left side seen from the left is the right side seen from the right, flipped."""
    needle = movement("thread-needle", "floor")
    right, left = (
        film(
            act(needle, [Part(side=side, hold_s=6)], fps=5, pace=THERE), Lens(azimuth_deg=azimuth), noise=NONE
        )
        for side, azimuth in (("right", 45.0), ("left", -45.0))
    )
    for joint in ("wrist", "shoulder", "knee", "ear"):
        there = right.image[:, POINT[f"right_{joint}"], :2]
        here = left.image[:, POINT[f"left_{joint}"], :2]
        np.testing.assert_allclose(here, [right.size[0], 0] + there * [-1, 1], atol=1e-6)


def test_rolling_the_camera_turns_the_picture_the_other_way() -> None:
    """A camera rolled to its right shows the same body turned to the left, about the middle of the picture."""
    still = one_cycle("ball-roll", "wall")
    level, rolled = (film(still, Lens(roll_deg=roll), noise=NONE) for roll in (0.0, 10.0))
    turn = np.radians(-10.0)
    about = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    centre = np.array(level.size) / 2
    np.testing.assert_allclose(
        rolled.image[..., :2] - centre, (level.image[..., :2] - centre) @ about, atol=1e-6
    )


def test_chance_is_only_in_the_seed() -> None:
    """The same seed gives the same film, another seed another."""
    body = one_cycle("cat-cow", "floor")
    one, same, other = (film(body, Lens(), seed=seed) for seed in (4, 4, 5))
    np.testing.assert_array_equal(one.image, same.image)
    assert not np.allclose(one.image, other.image)


def test_dropped_frames_are_gaps_and_lost_ones_are_empty() -> None:
    """A dropped frame never comes; a lost one comes without a pose."""
    body = act(movement("ball-roll", "wall"), [Part(cycles=3)], fps=20)
    seen = film(body, Lens(), noise=replace(STILL, dropped=0.3, lost=0.2))
    assert 0.6 < len(seen.frames) / len(body.t) < 0.8
    assert 0.1 < np.mean([not frame.seen for frame in seen.frames]) < 0.3
    assert (np.diff(seen.t) > 0).all()


@pytest.mark.parametrize("fps", [5.0, 24.0, 60.0])
def test_the_work_lasts_as_long_as_it_says(fps: float) -> None:
    """So many cycles, or seconds of hold, take exactly their time, at any frame rate."""
    rows = act(movement("band-row", "seated"), [Part(cycles=5, cycle_s=3.0)], fps=fps)
    held = act(movement("wedge", "floor"), [Part(hold_s=30, settled=True), Part(hold_s=12)], fps=fps)
    assert [end - start for start, end in rows.spans] == pytest.approx([15.0])
    assert [end - start for start, end in held.spans] == pytest.approx([30.0, 12.0])
    assert held.working.sum() == pytest.approx(42 * fps, abs=4)
    np.testing.assert_allclose(np.diff(rows.t), 1 / fps)


def test_only_what_is_held_has_a_plateau() -> None:
    """The hold lasts as long as its keyframes are the same; a movement without one says so."""
    assert plateau(movement("thread-needle", "floor")) == (4.0, 8.5)
    assert plateau(movement("wall-opener", "wall")) == (6.0, 8.0)
    with pytest.raises(InputError, match="nothing to hold"):
        plateau(movement("cat-cow", "floor"))


def test_nobody_jumps() -> None:
    """From one leg of an act to the next no joint moves faster than a hand can."""
    for exercise, variant, parts in (
        ("thread-needle", "floor", [Part(side="left", hold_s=8), Part(side="right", hold_s=8)]),
        ("wedge", "floor", [Part(hold_s=20, settled=True)]),
        ("stand-reach", "standing", [Part(cycles=2)]),
    ):
        done = act(movement(exercise, variant), parts, fps=50)
        speed = np.linalg.norm(np.diff(done.body.points, axis=0), axis=-1) * 50
        assert speed.max() < 2.5
