"""What postures and exercises do to the bands, and the mannequin that is put into a posture."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.bands import BACK, BANDS, COORDINATES, FRONT, bands_at, bands_of, lengths_of
from midback.body.blade import PIVOT, coupling, girdle_of
from midback.body.pose_of import joint_angles, neck_flexion, root_of, working_posture
from midback.body.subject import make_subject
from midback.body.working_posture import UPRIGHT, WorkingPosture, in_degrees
from midback.catalogue.constants import load_constants
from midback.catalogue.load import load_catalogue
from midback.movement.bake import bake
from midback.movement.forward import place
from midback.movement.posture import drawn
from midback.movement.skeleton import ANGLES, INDEX, LIMITS_DEG
from midback.movement.trunk import trunk_ellipses

SUBJECT = make_subject(mass_kg=70, stature_m=1.75, sex="f")


def strains(**posture: float) -> dict[str, float]:
    """Return the strain of each band in a posture told in degrees."""
    found = bands_of(SUBJECT, in_degrees(**posture))
    return dict(zip(BANDS, found.strain.tolist(), strict=True))


@pytest.mark.parametrize(
    "posture",
    [
        {"head_flexion": 30, "thoracic_flexion": 10, "arms_forward": 30, "elbow": 70},
        {"head_flexion": 45, "thoracic_flexion": 15, "arms_forward": 45, "elbow": 40},
        {"head_flexion": 45, "trunk_flexion": 10, "thoracic_flexion": 15, "arms_forward": 30, "elbow": 80},
    ],
)
def test_a_day_bent_forward_lengthens_the_back_and_shortens_the_front(posture: dict[str, float]) -> None:
    """Head, arms and a rounded back forward: what the articles say of their bands, by geometry."""
    found = strains(**posture)
    assert all(found[name] > 0.01 for name in BACK), found
    assert all(found[name] < -0.01 for name in FRONT), found


def test_the_head_alone_pulls_at_the_neck_and_leaves_the_chest_alone() -> None:
    """A head that hangs lengthens levator and erector; pectorals and deltoid do not know of it."""
    found = strains(head_flexion=45)
    assert found["levator"] > 0.03
    assert found["erector-thoracic"] > 0.01
    assert all(abs(found[name]) < 1e-12 for name in FRONT)


def test_opening_the_chest_does_the_opposite() -> None:
    """Back arched a little and arms behind: pectorals and deltoid lengthen, what holds the blades back shortens."""
    found = strains(thoracic_flexion=-15, arms_forward=-25)
    assert all(found[name] > 0.03 for name in FRONT), found
    assert all(found[name] < -0.01 for name in BACK if name != "levator"), found


@pytest.mark.parametrize(
    ("exercise", "variant"),
    [
        ("wall-opener", "wall"),
        ("wall-opener", "doorway"),
        ("blade-squeeze", "seated"),
        ("towel-extension", "crosswise"),
        ("wedge", "floor"),
    ],
)
def test_openers_do_the_opposite_of_the_desk(exercise: str, variant: str) -> None:
    """The exercises' own keyframes: at their farthest the blades are nearer, the back less bent, the chest open.

    Compared with a desk, where the articles say the harm to comfort is done.
    """
    desk = strains(head_flexion=30, thoracic_flexion=10, arms_forward=30, elbow=70)
    movement = load_catalogue().exercises[exercise].movement_of(variant)
    assert movement is not None
    frames = bake(movement, times=np.array([frame.at_s for frame in movement.keyframes])).posture.angles
    # The keyframe with the straightest upper back is what such a movement is about.
    farthest = int(
        np.argmin(frames[:, INDEX["thoracic_flexion"]] + frames[:, INDEX["right_scapula_protraction"]])
    )
    found = dict(zip(BANDS, bands_at(frames[farthest]).strain.mean(0).tolist(), strict=True))
    for name in ("rhomboids", "trapezius-middle", "trapezius-lower", "erector-thoracic"):
        assert found[name] < 0 < desk[name], (name, found[name])
    for name in ("pectoralis-major", "pectoralis-minor"):
        assert found[name] > 0 > desk[name], (name, found[name])


def test_the_blade_squeeze_shortens_what_lies_between_the_blades_from_its_first_keyframe_on() -> None:
    """From beginning to hold the rhomboids and the middle trapezius only get shorter."""
    movement = load_catalogue().exercises["blade-squeeze"].movement_of("seated")
    assert movement is not None
    first, hold = bake(movement, times=np.array([0.0, movement.keyframes[1].at_s])).posture.angles
    change = (bands_at(hold).length - bands_at(first).length).mean(0)
    assert change[BANDS.index("rhomboids")] < 0
    assert change[BANDS.index("trapezius-middle")] < 0


def test_each_muscle_pulls_its_way_upright() -> None:
    """Signs of levers: extensors extend, protractors protract, and the rhomboids draw the blade back."""
    arms = bands_of(SUBJECT, UPRIGHT).moment_arm

    def lever(band: str, coordinate: str) -> float:
        return float(arms[BANDS.index(band), COORDINATES.index(coordinate)])

    assert lever("erector-thoracic", "thoracic_flexion") < -0.02
    assert lever("levator", "neck_flexion") < -0.005
    assert lever("levator", "scapula_elevation") > 0.05
    assert lever("trapezius-lower", "scapula_elevation") < -0.05
    assert lever("rhomboids", "scapula_protraction") < -0.05
    assert lever("trapezius-middle", "scapula_protraction") < -0.05
    assert lever("pectoralis-minor", "scapula_protraction") > 0.05
    assert lever("pectoralis-major", "shoulder_elevation") > -0.06
    forward = bands_of(SUBJECT, in_degrees(arms_forward=20)).moment_arm
    assert forward[BANDS.index("deltoid-anterior"), COORDINATES.index("shoulder_elevation")] > 0.02


def test_one_side_of_a_working_posture_is_as_the_other() -> None:
    """Both arms do the same, so one side is told."""
    posture = in_degrees(head_flexion=20, thoracic_flexion=10, arms_forward=40)
    both = bands_at(joint_angles(posture), 1.75)
    one = bands_of(SUBJECT, posture)
    np.testing.assert_allclose(both.length, np.stack([one.length, one.length]), atol=1e-12)


def test_subjects_and_postures_go_together_as_arrays_do() -> None:
    """Three people in two postures are six sets of bands."""
    tall = replace(SUBJECT, stature=np.array([[1.55], [1.75], [1.95]]))
    two = WorkingPosture(
        **{
            name: np.array([0.0, 0.2])
            for name in WorkingPosture.__dataclass_fields__
            if name != "arm_support"
        },
        arm_support=np.zeros(2),
    )
    found = bands_of(tall, two)
    assert found.length.shape == found.strain.shape == (3, 2, len(BANDS))
    assert found.moment_arm.shape == (3, 2, len(BANDS), len(COORDINATES))


@given(st.floats(-40, 80), st.floats(-30, 45), st.floats(-15, 40), st.floats(-30, 120), st.floats(0, 140))
def test_lengths_alone_are_those_told_with_moment_arms(
    head: float, trunk: float, upper: float, arms: float, elbow: float
) -> None:
    """What a slider asks for is what the whole answer holds."""
    posture = in_degrees(
        head_flexion=head, trunk_flexion=trunk, thoracic_flexion=upper, arms_forward=arms, elbow=elbow
    )
    whole = bands_of(SUBJECT, posture)
    length, strain = lengths_of(SUBJECT, posture)
    np.testing.assert_allclose(length, whole.length, rtol=1e-12)
    np.testing.assert_allclose(strain, whole.strain, atol=1e-12)


# -- the mannequin in a posture

angle = st.floats(-0.4, 0.9)


@given(
    angle,
    st.floats(-0.5, 1.0),
    st.floats(-0.4, 0.6),
    st.floats(-0.5, 2.0),
    st.floats(0.0, 2.4),
    st.booleans(),
)
def test_the_mannequin_holds_exactly_the_posture_asked_for(
    head: float, trunk: float, thoracic: float, arm: float, elbow: float, seated: bool
) -> None:
    """Read back off the placed mannequin, every angle is the one that was asked for, seated or standing."""
    asked = WorkingPosture(
        head_flexion=np.array(head),
        trunk_flexion=np.array(trunk),
        thoracic_flexion=np.array(thoracic),
        shoulder_flexion=np.array(arm),
        elbow_flexion=np.array(elbow),
        arm_support=np.array(0.3),
        back_rest=np.array(0.5),
    )
    posture = drawn(joint_angles(asked, seated)[None])
    found = working_posture(posture, arm_support=0.3, back_rest=0.5)
    for name in WorkingPosture.__dataclass_fields__:
        np.testing.assert_allclose(getattr(found, name), getattr(asked, name), atol=1e-9, err_msg=name)


@given(st.floats(-1.6, 1.6))
def test_the_neck_bends_as_far_as_the_head_is_to_lean(line: float) -> None:
    """The line from C7 to the head's centre lies as asked, over more than any neck can do."""
    angles = np.zeros((1, len(ANGLES)))
    bend = neck_flexion(np.array(line))
    angles[0, INDEX["neck_flexion"]] = bend
    angles[0, INDEX["head_flexion"]] = 0.25 * bend
    body, upright = place(angles, root_of(angles)), place(np.zeros((1, len(ANGLES))), root_of(angles))
    x, y, _ = (body.point("head") - body.point("neck_1"))[0]
    x0, y0, _ = (upright.point("head") - upright.point("neck_1"))[0]
    assert np.arctan2(x, y) - np.arctan2(x0, y0) == pytest.approx(line, abs=1e-9)


def test_who_sits_has_level_thighs_and_upright_shanks_however_they_lean() -> None:
    """The legs stay on the stool and the floor while the trunk leans."""
    for lean in (-20, 0, 30):
        angles = joint_angles(in_degrees(trunk_flexion=lean))[None]
        body = place(angles, root_of(angles))
        hip, knee, ankle = (body.point(f"right_{name}")[0] for name in ("hip", "knee", "ankle"))
        assert knee[1] == pytest.approx(hip[1])
        assert ankle[0] == pytest.approx(knee[0])


def test_a_slump_and_a_reach_bring_the_blade_along_within_its_limits() -> None:
    """The girdle comes forward with both, and never farther than it can."""
    protraction = INDEX["left_scapula_protraction"]
    upright, slump, reach, both = (
        float(joint_angles(in_degrees(thoracic_flexion=t, arms_forward=a))[protraction])
        for t, a in ((0, 0), (20, 0), (0, 60), (45, 180))
    )
    assert upright == 0 < min(slump, reach)
    assert both == pytest.approx(np.radians(LIMITS_DEG["scapula_protraction"][1]))


def test_the_blades_inner_border_stays_on_the_ribs_as_it_slides() -> None:
    """Over the girdle's whole range the border's distance from the trunk's axis changes by 6 % at most."""
    rule, reach = coupling(), []
    for degrees in np.linspace(*LIMITS_DEG["scapula_protraction"], 12):
        angles = np.zeros((1, len(ANGLES)))
        angles[0, INDEX["right_scapula_protraction"]] = np.radians(degrees)
        body = place(angles, root_of(angles))
        girdle = girdle_of(body, angles, "right", rule)
        border = np.array(load_constants()["band-point-blade-border-middle"].value)
        pivot = np.array(load_constants()[f"band-point-{PIVOT}"].value)
        spot = girdle.pivot[0] + girdle.blade[0] @ (border - pivot)
        centre, lateral, depth = trunk_ellipses(body, (("thoracic_4", (0.0, 0.778), 0.066, 0.094),))
        off = spot - centre[0, 0]
        reach.append(np.hypot(off @ lateral[0, 0] / 0.094**2, off @ depth[0, 0] / 0.066**2))
    assert np.ptp(reach) / np.mean(reach) < 0.061


def test_every_number_of_the_bands_says_where_it_stands() -> None:
    """Each place is recalled anatomy laid on by eye, each coupling assumed or recalled, and the grades say so."""
    ours = [one for name, one in load_constants().items() if name.startswith(("band-point-", "bands-"))]
    assert len(ours) > 40
    for one in ours:
        assert one.sources
        assert one.status in ("C", "R")
        assert one.grade in ("C", "D")
        assert one.spread
        assert set(one.note) >= {"en", "de"}


def test_the_page_on_bands_tells_the_numbers_that_come_out() -> None:
    """The table of docs/bands.md is what the bands give today, in whole percent."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "bands.md").read_text("utf-8")
    rows = [
        line.strip("| ").split(" | ")
        for line in page.splitlines()
        if line.startswith(("| desk", "| phone", "| wall"))
    ]
    opener = load_catalogue().exercises["wall-opener"].movement_of("wall")
    assert opener is not None
    hold = bake(opener, times=np.array([opener.keyframes[2].at_s])).posture.angles
    wanted = [
        bands_of(SUBJECT, in_degrees(head_flexion=25, thoracic_flexion=10, arms_forward=30, elbow=70)).strain,
        bands_of(
            SUBJECT,
            in_degrees(head_flexion=45, trunk_flexion=10, thoracic_flexion=15, arms_forward=30, elbow=80),
        ).strain,
        bands_at(hold[0]).strain.mean(0),
    ]
    told = [[int(cell.replace("−", "-").removesuffix("%")) for cell in row[1:]] for row in rows]
    assert told == [[round(100 * one) for one in row.tolist()] for row in wanted]
