"""Intervals: they hold the middle, narrow with what is told, and a relation is narrower than what it relates."""

from dataclasses import replace

import numpy as np
import pytest

from midback.body import uncertainty
from midback.body.parameters import middle, params_from
from midback.body.statics import load_of
from midback.body.subject import make_subject
from midback.body.uncertainty import Interval, sampled, spread_of
from midback.body.working_posture import WorkingPosture, in_degrees
from midback.catalogue.constants import load_constants

BENT = in_degrees(head_flexion=45, trunk_flexion=10, thoracic_flexion=10, arms_forward=30, elbow=60)
SIZED = {"mass_kg": 63, "stature_m": 1.65}


def width(interval: Interval) -> np.ndarray:
    """Return how wide an interval is, in its middle."""
    return np.asarray((interval.high - interval.low) / interval.middle)


def test_intervals_hold_the_middle_and_are_finite() -> None:
    """Every field of the load and the relation to upright, low below middle below high."""
    found = spread_of(make_subject(), BENT)
    assert set(found) == {
        "moment", "extensor_force", "front_force", "compression", "weight_above", "neck_fraction",
        "shoulder_moment", "relative_load",
    }  # fmt: skip
    load = load_of(make_subject(), BENT)
    for name, one in found.items():
        assert np.all(np.isfinite(one.low)), name
        assert np.all(np.isfinite(one.high)), name
        assert np.all((one.low <= one.middle) & (one.middle <= one.high)), name
    np.testing.assert_array_equal(found["moment"].middle, load.moment)
    assert 0 < float(found["neck_fraction"].low) < float(found["neck_fraction"].high) < 3


def test_upright_against_upright_is_one_without_doubt() -> None:
    """The same draws stand on both sides of the relation, so upright is exactly 1."""
    relation = spread_of(make_subject(), in_degrees())["relative_load"]
    np.testing.assert_array_equal(relation.low, 1)
    np.testing.assert_array_equal(relation.high, 1)


def test_a_relation_is_surer_than_its_parts() -> None:
    """From T4 down the relation to upright has a narrower interval than the force itself."""
    found = spread_of(make_subject(**SIZED, sex="f"), BENT)
    assert np.all(width(found["relative_load"])[4:] < width(found["compression"])[4:])


def test_what_is_told_narrows() -> None:
    """Mass and stature, sex, and strength each make the neck's interval narrower."""
    told = [{}, SIZED, SIZED | {"sex": "m"}, SIZED | {"sex": "m", "strength": "average"}]
    widths = [float(width(spread_of(make_subject(**one), BENT)["neck_fraction"])) for one in told]
    assert widths[1] > widths[2] > widths[3]
    assert (
        width(spread_of(make_subject(), BENT)["moment"])[0]
        > width(spread_of(make_subject(**SIZED), BENT)["moment"])[0]
    )


@pytest.mark.parametrize("told", [{"mass_kg": 70.0}, {}])
def test_an_interval_holds_nine_in_ten(told: dict[str, float]) -> None:
    """The head's weight is mass times share: its ends are those of that lognormal, mass known or spread."""
    person = make_subject(**told, sex="m")
    found = spread_of(person, in_degrees())["weight_above"]
    share, mass = 0.008 / 0.081, float(person.mass_spread) / float(person.mass)
    sigma = float(np.sqrt(np.log1p(share**2) + np.log1p(mass**2)))
    middle_weight = 9.81 * 0.081 * float(person.mass)
    for end, score in ((found.low, -1.645), (found.high, 1.645)):
        expected = middle_weight * float(np.exp(score * sigma - sigma**2 / 2))
        # Of 2000 draws an end is off by a few hundredths of a standard deviation.
        assert float(end[0]) == pytest.approx(expected, rel=0.15 * sigma)


def test_a_stature_that_is_not_told_widens_moments() -> None:
    """Levers grow with stature, so moments are less sure where it is not told, and weights are not."""
    told, untold = (
        spread_of(make_subject(mass_kg=70, stature_m=stature, sex="m"), BENT) for stature in (1.76, None)
    )
    assert np.all((width(untold["moment"]) > 1.03 * width(told["moment"]))[5:])
    np.testing.assert_allclose(untold["weight_above"].high, told["weight_above"].high)


def test_a_bent_neck_may_be_weaker() -> None:
    """The neck model's loss of strength in flexion stretches the interval up, not the middle."""
    man = make_subject(**SIZED, sex="m", strength="average")
    upright, bent = (
        spread_of(man, in_degrees(head_flexion=angle))["neck_fraction"] for angle in (-0.0, 30.0)
    )
    moments = [spread_of(man, in_degrees(head_flexion=angle))["moment"] for angle in (0.0, 30.0)]
    assert float(bent.middle) == pytest.approx(float(load_of(man, in_degrees(head_flexion=30)).neck_fraction))
    # Without the loss both would be as far above the middle as moment and strength alone put them.
    over = float(bent.high / bent.middle) / float(moments[1].high[0] / moments[1].middle[0])
    plain = float(np.exp(1.645 * 0.53 * np.sqrt(np.log1p((11 / 52) ** 2))))
    assert over > plain * 0.95
    assert float(upright.low) > 0


def test_the_same_question_has_the_same_answer() -> None:
    """Without a generator, and with generators of the same seed, intervals repeat."""
    one, two = (spread_of(make_subject(), BENT)["moment"] for _ in range(2))
    np.testing.assert_array_equal(one.low, two.low)
    three, four = (spread_of(make_subject(), BENT, rng=np.random.default_rng(3))["moment"] for _ in range(2))
    np.testing.assert_array_equal(three.high, four.high)
    assert np.any(three.high != one.high)


def test_a_batch_s_intervals_are_its_members(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many postures share their draws, however they fall into pieces."""
    monkeypatch.setattr(uncertainty, "CHUNK", 3 * 13 * 500)
    angles = np.radians([0.0, 20.0, 40.0, 55.0])
    many = replace(BENT, head_flexion=angles.reshape(2, 2))
    found = spread_of(make_subject(sex="f"), many, draws=500)
    assert found["moment"].low.shape == (2, 2, 13)
    alone = spread_of(make_subject(sex="f"), _with(BENT, angles[2]), draws=500)
    for name in ("moment", "neck_fraction", "relative_load"):
        np.testing.assert_allclose(found[name].high[1, 0], alone[name].high, rtol=1e-9)


def test_draws_that_are_kept_are_those_of_the_person_who_asks() -> None:
    """Two people in turn, each with another posture between: every time the answer of the first time."""
    people = [make_subject(**SIZED, sex="f"), make_subject(mass_kg=95, sex="m")]
    first = []
    for person in people:
        uncertainty._kept_people.cache_clear()
        first.append(spread_of(person, BENT, draws=200))
    assert first[0]["moment"].high[0] != first[1]["moment"].high[0]
    for person, before in [*zip(people, first, strict=True)] * 2:
        for posture in (in_degrees(), BENT):
            again = spread_of(person, posture, draws=200)
        for name, one in before.items():
            np.testing.assert_array_equal(again[name].high, one.high)


def test_draws_have_the_constants_mean_and_spread() -> None:
    """What is positive stays positive, even 21 +- 12, with the mean and spread of its constant."""
    constants = load_constants()
    pick = sampled(constants, np.random.default_rng(1), 40_000)
    strength = pick("neck-extension-female")
    assert strength.min() > 0
    assert strength.mean() == pytest.approx(21, rel=0.02)
    assert strength.std() == pytest.approx(12, rel=0.05)
    assert pick("neck-extension-female") is strength
    lean = np.degrees(pick("upright-lean"))
    assert lean.mean() == pytest.approx(3.3, abs=0.1)
    exact = pick("flexion-share")
    np.testing.assert_allclose(exact, np.broadcast_to(constants["flexion-share"].value, exact.shape))


def test_parameters_without_spread_are_the_middle() -> None:
    """The middle of every constant gives the parameters that load_of takes by itself."""
    params = params_from(middle(load_constants()))
    np.testing.assert_array_equal(
        load_of(make_subject(), BENT, params).compression, load_of(make_subject(), BENT).compression
    )


def _with(posture: WorkingPosture, head: float) -> WorkingPosture:
    return replace(posture, head_flexion=np.asarray(head))
