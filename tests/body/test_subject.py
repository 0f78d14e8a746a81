"""Subjects and postures: what is told, what is taken in its place, and what cannot be is refused by name."""

import math

import numpy as np
import pytest

from midback.body.parameters import parameters
from midback.body.statics import load_of
from midback.body.subject import Subject, make_subject, segments
from midback.body.working_posture import UPRIGHT, WorkingPosture, in_degrees
from midback.errors import InputError


def test_what_is_told_is_taken() -> None:
    """Mass and stature stay as told, with no spread; sex and strength become numbers."""
    told = make_subject(mass_kg=63, stature_m=1.65, sex="f", strength="average")
    assert (float(told.mass), float(told.stature), float(told.male), float(told.strength)) == (63, 1.65, 0, 1)
    assert float(told.mass_spread) == float(told.stature_spread) == 0


def test_what_is_not_told_spreads() -> None:
    """Untold mass and stature lie between those of the sexes and spread more than those of either."""
    nobody, woman, man = make_subject(), make_subject(sex="f"), make_subject(sex="m")
    assert float(woman.mass) < float(nobody.mass) < float(man.mass)
    assert float(nobody.stature_spread) > max(float(woman.stature_spread), float(man.stature_spread)) > 0
    assert float(nobody.strength_spread) == 1


def test_strength_is_a_third_of_people() -> None:
    """Weaker and stronger lie equally far from average, as factors, and leave less of the spread."""
    low, high = make_subject(sex="m", strength="low"), make_subject(sex="m", strength="high")
    assert float(low.strength) * float(high.strength) == pytest.approx(1)
    assert 0.7 < float(low.strength) < 0.9
    assert float(low.strength_spread) < 1


def test_segments_are_parts_of_one_body() -> None:
    """Masses scale with mass, lengths with stature, and together they stay below the whole."""
    params = parameters()
    one = segments(make_subject(mass_kg=60, stature_m=1.5, sex="m"), params)
    two = segments(make_subject(mass_kg=120, stature_m=1.8, sex="m"), params)
    assert float(two.head) == pytest.approx(2 * float(one.head))
    np.testing.assert_allclose(two.slices, 2 * one.slices)
    np.testing.assert_allclose(two.arm_length, 1.2 * one.arm_length)
    assert 0.3 * 60 < float(one.head + one.slices.sum() + one.arms.sum()) < 0.4 * 60


@pytest.mark.parametrize(
    ("told", "name", "hint"),
    [
        ({"mass_kg": -70}, "mass_kg", "25"),
        ({"mass_kg": 0}, "mass_kg", "25"),
        ({"mass_kg": math.nan}, "mass_kg", "300"),
        ({"mass_kg": math.inf}, "mass_kg", "300"),
        ({"mass_kg": "heavy"}, "mass_kg", "heavy"),
        ({"mass_kg": 70_000}, "mass_kg", "grams"),
        ({"stature_m": 175}, "stature_m", "centimetres"),
        ({"stature_m": 1750}, "stature_m", "millimetres"),
        ({"stature_m": 69}, "stature_m", "2.5"),
        ({"stature_m": math.nan}, "stature_m", "2.5"),
        ({"sex": "x"}, "sex", "f, m"),
        ({"strength": "huge"}, "strength", "low, average, high"),
    ],
)
def test_a_subject_that_cannot_be_is_refused(told: dict[str, object], name: str, hint: str) -> None:
    """The error names the value, the rule and the range, and a unit where one was mixed up."""
    with pytest.raises(InputError) as refused:
        make_subject(**told)  # type: ignore[arg-type]
    assert name in str(refused.value)
    assert hint in str(refused.value)


@pytest.mark.parametrize(
    ("told", "hint"),
    [
        ({"head_flexion": 120}, "90"),
        ({"head_flexion": math.nan}, "90"),
        ({"trunk_flexion": math.inf}, "90"),
        ({"trunk_flexion": -90}, "-45"),
        ({"thoracic_flexion": 60}, "45"),
        ({"arms_forward": 200}, "180"),
        ({"elbow": 170}, "160"),
        ({"arm_support": 1.2}, "1"),
        ({"arm_support": 50}, "percent"),
        ({"back_rest": -0.1}, "0"),
        ({"back_rest": math.nan}, "0"),
    ],
)
def test_a_posture_that_cannot_be_is_refused(told: dict[str, float], hint: str) -> None:
    """The error names the value and the range in degrees."""
    with pytest.raises(InputError) as refused:
        in_degrees(**told)
    assert next(iter(told)) in str(refused.value)
    assert hint in str(refused.value)


def test_degrees_are_said_in_the_reader_s_language() -> None:
    """The unit is a text of its own, so that nothing of it stays English in another language."""
    with pytest.raises(InputError) as refused:
        in_degrees(head_flexion=120.5)
    seen, rule, _ = refused.value.said(lambda text: text.replace("degrees", "Grad"))
    assert seen == "head_flexion is 120.5 Grad."
    assert rule == "It should lie between -60 and 90 Grad."


def posture(**changed: object) -> WorkingPosture:
    """Return upright with some fields changed, in rad."""
    values = {name: getattr(UPRIGHT, name) for name in WorkingPosture.__slots__} | changed
    return WorkingPosture(**{name: np.asarray(value, dtype=float) for name, value in values.items()})


def test_degrees_where_radians_are_due_are_noticed() -> None:
    """An angle of 45 given as rad is refused with a guess at what happened."""
    with pytest.raises(InputError, match="degrees"):
        load_of(make_subject(), posture(head_flexion=45.0))


def test_one_bad_value_among_many_is_found() -> None:
    """A batch is refused for its first value that cannot be."""
    with pytest.raises(InputError, match=r"trunk_flexion is 2 rad"):
        load_of(make_subject(), posture(trunk_flexion=[0.1, 2.0, 0.3]))
    with pytest.raises(InputError, match="head_flexion is inf"):
        load_of(make_subject(), posture(head_flexion=[0.1, math.inf]))


@pytest.mark.parametrize(
    ("field", "value"), [("mass", -1.0), ("stature", 0.0), ("strength", 0.0), ("male", 2.0)]
)
def test_a_subject_made_by_hand_is_checked_too(field: str, value: float) -> None:
    """Whoever fills in a Subject meets the same rules, zero mass excepted."""
    made = {name: np.asarray(getattr(make_subject(), name)) for name in Subject.__slots__}
    with pytest.raises(InputError, match=field):
        load_of(Subject(**{**made, field: np.asarray(value)}), UPRIGHT)


def test_what_is_not_known_stays_unknown() -> None:
    """NaN in a batch is NaN in its own row and nowhere else."""
    load = load_of(make_subject(), posture(head_flexion=[0.2, math.nan]))
    assert np.all(np.isfinite(load.moment[0]))
    assert np.isnan(load.moment[1, 0])
    assert np.isnan(load.neck_fraction[1])
