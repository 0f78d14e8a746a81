"""Statics by hand: single numbers that can be worked out on paper, and what the model says of known situations."""

from dataclasses import replace
from importlib import import_module
from types import ModuleType

import numpy as np
import pytest
from validation_mechanics import compression_rows, head_forward_rows, mass_above_rows, neck_strength_rows
from validation_rows import Row

import midback.body
from midback.body.parameters import Params, parameters
from midback.body.statics import LEVELS, load_of, relative_load, within_limits
from midback.body.statics_chain import upright_tilt
from midback.body.subject import make_subject
from midback.body.working_posture import UPRIGHT, in_degrees

MAN = make_subject(mass_kg=77, stature_m=1.75, sex="m")
WOMAN = make_subject(mass_kg=63, stature_m=1.75, sex="f")


def _without_arms() -> Params:
    """Return the usual parameters with arms of no mass."""
    usual = parameters()
    return replace(usual, segments=replace(usual.segments, arm_mass_male=np.zeros(3)))


def missed(rows: list[Row]) -> list[str]:
    """Name the rows outside their tolerance."""
    return [row.what for row in rows if not row.inside]


def test_the_head_alone_at_c7() -> None:
    """Weight times arm: 0.081 of 77 kg, 20 mm in front of C7 upright, and 0.15 m above at 45 degrees."""
    weight = 0.081 * 77 * 9.81
    assert load_of(MAN, UPRIGHT).moment[0] == pytest.approx(weight * 0.020)
    bent = weight * (0.15 + 0.02) * np.sqrt(0.5)
    load = load_of(MAN, in_degrees(head_flexion=45))
    assert load.moment[0] == pytest.approx(bent)
    assert load.extensor_force[0] == pytest.approx(bent / 0.0385)
    assert load.compression[0] == pytest.approx(weight * np.sqrt(0.5) + bent / 0.0385)
    assert float(load.neck_fraction) == pytest.approx(bent / 52)


def test_a_woman_s_neck_works_harder_than_a_man_s() -> None:
    """At 45 degrees about 14 and 27 % of strength: sex differs more than mass."""
    bent = in_degrees(head_flexion=45)
    man, woman = (100 * float(load_of(one, bent).neck_fraction) for one in (MAN, WOMAN))
    assert 12 < man < 16
    assert 24 < woman < 30


def test_strength_divides() -> None:
    """Stronger people use a smaller part of their strength for the same head."""
    bent = in_degrees(head_flexion=30)
    low, high = (
        float(load_of(make_subject(70, 1.75, "f", strength), bent).neck_fraction)
        for strength in ("low", "high")
    )
    assert low > 1.5 * high


def test_the_chain_stands_as_the_curve_says() -> None:
    """Upright, T1 and T12 differ by 50 degrees, and C7-T1 stands a little in front of T12-L1."""
    tilt = np.degrees(upright_tilt(parameters()))
    assert tilt[0] - tilt[-1] == pytest.approx(50)
    height = parameters().spine.height
    forward, up = (height * np.sin(np.radians(tilt))).sum(), (height * np.cos(np.radians(tilt))).sum()
    assert np.degrees(np.arctan2(forward, up)) == pytest.approx(3.3)


def test_leaning_the_trunk_leaves_the_head_where_it_is() -> None:
    """The head's inclination is told from vertical, so the neck's moment does not hear of the trunk."""
    leaning = load_of(MAN, in_degrees(head_flexion=30, trunk_flexion=25, thoracic_flexion=10))
    assert leaning.moment[0] == pytest.approx(load_of(MAN, in_degrees(head_flexion=30)).moment[0])


def test_both_arms_forward_add_their_lever() -> None:
    """Arms held out level add their weight times reach at every level that carries them whole."""
    straight, hanging = load_of(MAN, in_degrees(arms_forward=90)), load_of(MAN, UPRIGHT)
    upper, fore, hand = 0.436 * 0.186, 0.186 + 0.430 * 0.146, 0.186 + 0.146 + 0.506 * 0.108
    reach = 1.75 * np.array([upper, fore, hand])
    added = 2 * 77 * 9.81 * float((np.array([0.0271, 0.0162, 0.0061]) * reach).sum())
    np.testing.assert_allclose((straight.moment - hanging.moment)[4:], added)
    assert float(straight.shoulder_moment) == pytest.approx(added / 2)
    assert straight.moment[:2] == pytest.approx(hanging.moment[:2])


def test_a_back_rest_helps_whoever_leans_on_it() -> None:
    """Leaning back it takes what tips backwards below its edge; upright and forward it takes nothing."""
    for free, held in (
        (in_degrees(trunk_flexion=-30), in_degrees(trunk_flexion=-30, back_rest=1)),
        (in_degrees(trunk_flexion=10), in_degrees(trunk_flexion=10, back_rest=1)),
    ):
        alone, leant = load_of(MAN, free), load_of(MAN, held)
        tips_back = (alone.moment < 0) & (np.arange(13) >= 7)
        assert np.all(leant.moment[tips_back] == 0)
        np.testing.assert_array_equal(leant.moment[~tips_back], alone.moment[~tips_back])
    assert np.any(load_of(MAN, in_degrees(trunk_flexion=-30)).moment < 0)


def test_a_back_rest_does_nothing_above_its_edge() -> None:
    """Leaning far back T6 tips backwards too, and a rest that ends at T7 takes nothing there."""
    alone = load_of(MAN, in_degrees(trunk_flexion=-45))
    leant = load_of(MAN, in_degrees(trunk_flexion=-45, back_rest=1))
    above, edge = LEVELS.index("T6"), LEVELS.index("T7")
    assert alone.moment[above] < 0
    np.testing.assert_array_equal(leant.moment[: above + 1], alone.moment[: above + 1])
    np.testing.assert_array_equal(leant.compression[: above + 1], alone.compression[: above + 1])
    assert np.all(leant.compression[edge:] < alone.compression[edge:])


def test_arms_that_rest_wholly_weigh_nothing() -> None:
    """Support takes the arms' moment and weight in proportion, and at the shoulder all of it."""
    free, half, held = (
        load_of(MAN, in_degrees(arms_forward=45, elbow=60, arm_support=share)) for share in (0, 0.5, 1)
    )
    armless = load_of(MAN, in_degrees(arms_forward=45, elbow=60), _without_arms())
    np.testing.assert_allclose(held.moment, armless.moment)
    np.testing.assert_allclose(held.weight_above, armless.weight_above)
    np.testing.assert_allclose(half.moment, (free.moment + held.moment) / 2)
    assert np.all(held.moment[2:] < 0.75 * free.moment[2:])
    assert float(held.shoulder_moment) == 0


def test_a_head_that_leans_back_is_held_in_front() -> None:
    """Behind the joint the weight asks for the front of the neck, and the effort stays positive."""
    load = load_of(MAN, in_degrees(head_flexion=-30))
    assert load.moment[0] < 0
    assert load.extensor_force[0] == 0
    assert load.front_force[0] > 0
    assert 0 < float(load.neck_fraction) < 1


def test_upright_is_what_others_are_compared_with() -> None:
    """The same person upright has a relative load of 1 everywhere, and a bent head more than 1."""
    upright = load_of(MAN, UPRIGHT)
    np.testing.assert_array_equal(relative_load(upright, upright), 1)
    assert np.all(relative_load(load_of(MAN, in_degrees(head_flexion=45)), upright) > 1.2)


def test_limits_are_where_the_constants_say() -> None:
    """Within: head to 60, trunk and thoracic flexion together to 40, upper arms to 65 degrees."""
    assert within_limits(in_degrees(head_flexion=59, trunk_flexion=20, thoracic_flexion=19, arms_forward=64))
    for beyond in ({"head_flexion": 61}, {"trunk_flexion": 30, "thoracic_flexion": 11}, {"arms_forward": 66}):
        assert not within_limits(in_degrees(**beyond))


def test_the_room_gives_its_names_and_no_others() -> None:
    """What the room lists can be had from it, and a name that is not listed cannot."""
    for name in midback.body.__all__:
        given = getattr(midback.body, name)
        assert not isinstance(given, ModuleType), name
        assert given is getattr(import_module(f"midback.body.{midback.body._HOMES[name]}"), name)
    with pytest.raises(AttributeError, match="nothing_such"):
        midback.body.nothing_such  # noqa: B018 - asking for it is the test


def test_the_head_forward_table_is_one_lever() -> None:
    """V6: every row inside 12 %."""
    assert missed(head_forward_rows()) == []


def test_strength_agrees_with_the_neck_model() -> None:
    """V7, tabulated: both directions inside 15 %."""
    assert missed(neck_strength_rows()) == []


def test_mass_above_each_level_is_the_table_s_or_told_as_missed() -> None:
    """V9: a woman's levels from T6 down lie inside 10 %; ours are heavier on top, by head and arms alone."""
    rows = mass_above_rows()
    assert len(rows) == 14
    assert missed(rows) == [
        f"mass above {level} and with it, part of body mass, {who}"
        for who, levels in (("man", ("T1", "T4", "T6", "T7", "T8", "T10", "T12")), ("woman", ("T1", "T4")))
        for level in levels
    ]
    assert all(row.note for row in rows if not row.inside)
    # What each slice adds is the table's own, whatever lies on top.
    man = [float(row.ours) for row in rows[:7]]
    assert man[3] - man[0] == pytest.approx(0.226 - 0.159, abs=0.0015)
    assert man[6] - man[0] == pytest.approx(0.302 - 0.159, abs=0.0015)


def test_compression_has_the_published_size_in_the_middle() -> None:
    """V10: T3-4 to T10-11 inside 25 %, 2.2 to 3 times the weight above at T6 to T8; ends and shape are missed."""
    rows = compression_rows()
    assert missed(rows) == [
        "compression at T1-T2",
        "compression at T2-T3",
        "compression at T11-T12",
        "compression at T12-L1",
        "rank correlation with the published levels, T1-2 to T11-12",
        "steps of the 10 from T1-2 down to T11-12 at which compression rises",
    ]


def test_levels_run_from_the_neck_down() -> None:
    """Thirteen levels, and weight above grows with each."""
    assert LEVELS[0] == "C7"
    assert LEVELS[-1] == "T12"
    assert np.all(np.diff(load_of(MAN, UPRIGHT).weight_above) > 0)
