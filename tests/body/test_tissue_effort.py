"""How hard the groups work in a posture: what each share is made of, by hand."""

import numpy as np
import pytest

from midback.body.statics import LEVELS, load_of
from midback.body.subject import make_subject
from midback.body.tissue import GROUPS, effort_of
from midback.body.tissue.effort import shoulder_strength
from midback.body.working_posture import UPRIGHT, in_degrees

NECK, MID, SHOULDERS = (GROUPS.index(name) for name in ("neck", "mid-back", "shoulders"))
WOMAN = make_subject(mass_kg=63, stature_m=1.65, sex="f")
DESK = in_degrees(head_flexion=20, trunk_flexion=5, thoracic_flexion=12, arms_forward=25, elbow=80)


def test_the_mid_back_is_four_percent_by_the_pull_at_t4_to_t8() -> None:
    """The mean pull of the extensors at these five levels, over that of the same person upright, times 0.04."""
    load, upright = load_of(WOMAN, DESK), load_of(WOMAN, UPRIGHT)
    levels = [LEVELS.index(f"T{number}") for number in range(4, 9)]
    times = load.extensor_force[levels].mean() / upright.extensor_force[levels].mean()
    found = effort_of(load, upright, DESK, subject=WOMAN)
    assert found.fraction[MID] == pytest.approx(0.04 * times)
    assert effort_of(upright, upright, UPRIGHT, subject=WOMAN).fraction[MID] == pytest.approx(0.04)


def test_the_neck_is_what_statics_says() -> None:
    """The neck's share of its strength is taken as it is."""
    load = load_of(WOMAN, DESK)
    assert effort_of(load, load_of(WOMAN, UPRIGHT), DESK).fraction[NECK] == float(load.neck_fraction)


def test_a_shoulder_is_its_moment_by_its_strength() -> None:
    """89.9 N m hanging, 68.6 at 45 degrees, on the line between and beyond; half of it in women; support counts."""
    for degrees, strength in ((0, 89.9), (45, 68.6), (22.5, 79.25), (90, 47.3), (-20, 89.9), (150, 33.1)):
        held = in_degrees(arms_forward=degrees)
        man, woman = make_subject(70, 1.7, "m"), make_subject(70, 1.7, "f")
        assert float(shoulder_strength(held, subject=man)) == pytest.approx(strength)
        assert float(shoulder_strength(held, subject=woman)) == pytest.approx(strength / 2)
        assert float(shoulder_strength(held)) == pytest.approx(0.75 * strength)
    load = load_of(WOMAN, DESK)
    found = effort_of(load, load_of(WOMAN, UPRIGHT), DESK, subject=WOMAN).fraction[SHOULDERS]
    assert found == pytest.approx(float(load.shoulder_moment) / float(shoulder_strength(DESK, subject=WOMAN)))


def test_a_bend_is_a_share_of_thirty_degrees() -> None:
    """Rounding of the upper back counts from one's own upright to the full bend, and hollowing as none."""
    bends = [in_degrees(thoracic_flexion=degrees) for degrees in (-10, 0, 12, 30, 40)]
    upright = load_of(WOMAN, UPRIGHT)
    found = [float(effort_of(load_of(WOMAN, bend), upright, bend).flexion) for bend in bends]
    np.testing.assert_allclose(found, [0, 0, 0.4, 1, 1], atol=1e-4)
