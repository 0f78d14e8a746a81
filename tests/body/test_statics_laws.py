"""Laws of the statics: nothing weighs nothing, more lean is never less, a rest never adds, many equal one by one."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from midback.body.parameters import parameters
from midback.body.statics import CHUNK, Load, load_of
from midback.body.statics_moments import Points, lever, net_moment
from midback.body.subject import Subject, make_subject
from midback.body.working_posture import RANGES_DEG, UPRIGHT, WorkingPosture, in_degrees

ROUNDING = 1e-9
SHARES = st.floats(0, 1)
SUBJECTS = st.builds(
    make_subject, st.floats(25, 300), st.floats(1.0, 2.5), st.sampled_from((None, "f", "m")),
    st.sampled_from((None, "low", "average", "high")),
)  # fmt: skip
ANGLES = {
    name: st.floats(*bounds)
    for name, bounds in zip(
        ("head_flexion", "trunk_flexion", "thoracic_flexion", "arms_forward", "elbow"),
        RANGES_DEG.values(),
        strict=True,
    )
}
POSTURES = st.builds(in_degrees, **ANGLES, arm_support=SHARES, back_rest=SHARES)


def of(posture: WorkingPosture, field: str, value: float) -> WorkingPosture:
    """Return a posture with one field set, in rad or as a share."""
    return replace(posture, **{field: np.asarray(value)})


@given(SUBJECTS, POSTURES)
def test_no_mass_no_load(subject: Subject, posture: WorkingPosture) -> None:
    """A body without mass asks for nothing anywhere."""
    load = load_of(replace(subject, mass=np.asarray(0.0)), posture)
    for field in fields(Load):
        assert not np.any(getattr(load, field.name)), field.name


@given(SUBJECTS, POSTURES, st.floats(0.2, 3))
def test_mass_scales_everything(subject: Subject, posture: WorkingPosture, factor: float) -> None:
    """Twice the mass is twice every moment, force and effort."""
    one = load_of(subject, posture)
    other = load_of(replace(subject, mass=subject.mass * factor), posture)
    for field in fields(Load):
        np.testing.assert_allclose(getattr(other, field.name), factor * getattr(one, field.name), atol=1e-7)


@given(SUBJECTS, POSTURES)
def test_every_number_is_finite_and_no_force_pushes(subject: Subject, posture: WorkingPosture) -> None:
    """Whatever a person can do gives finite numbers, and muscles only pull."""
    load = load_of(subject, posture)
    for field in fields(Load):
        assert np.all(np.isfinite(getattr(load, field.name))), field.name
    for name in ("extensor_force", "front_force", "compression", "weight_above", "neck_fraction"):
        assert np.all(getattr(load, name) >= 0), name


@pytest.mark.parametrize("field", ["head_flexion", "trunk_flexion", "thoracic_flexion", "shoulder_flexion"])
@given(st.data())
def test_more_lean_never_asks_for_less(field: str, data: st.DataObject) -> None:
    """Up to the limits, leaning head, trunk, upper back or arms further lowers no level's moment, rested or not."""
    subject, posture = data.draw(SUBJECTS), data.draw(POSTURES)
    low, high = np.radians(RANGES_DEG[field])
    limits = parameters().posture
    trunk = float(limits.trunk) - max(0.0, float(posture.thoracic_flexion))
    highest = {
        "head_flexion": float(limits.head),
        "trunk_flexion": trunk,
        "thoracic_flexion": float(limits.trunk - posture.trunk_flexion),
        "shoulder_flexion": float(limits.arms),
    }
    assume(field != "thoracic_flexion" or highest[field] >= 0)
    high = min(high, highest[field])
    assume(high > low)
    start = data.draw(st.floats(low, high))
    less, more = of(posture, field, start), of(posture, field, data.draw(st.floats(start, high)))
    gained = load_of(subject, more).moment - load_of(subject, less).moment
    assert np.all(gained >= -ROUNDING)


@pytest.mark.parametrize("field", ["arm_support", "back_rest"])
@given(st.data())
def test_a_rest_never_adds(field: str, data: st.DataObject) -> None:
    """More support raises no moment, force, compression or effort at any level, in any posture."""
    subject, posture = data.draw(SUBJECTS), data.draw(POSTURES)
    some = data.draw(SHARES)
    more = data.draw(st.floats(some, 1))
    less, held = load_of(subject, of(posture, field, some)), load_of(subject, of(posture, field, more))
    for one in fields(Load):
        before, after = np.abs(getattr(less, one.name)), np.abs(getattr(held, one.name))
        assert np.all(after <= before + ROUNDING * (1 + before)), one.name


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 40), st.integers(0, 2**32 - 1))
def test_a_batch_is_its_members(size: int, seed: int) -> None:
    """Many postures of many people at once give what each gives alone."""
    rng = np.random.default_rng(seed)
    subjects, postures = _many(rng, size)
    whole = load_of(subjects, postures)
    for index in range(size):
        alone = load_of(_one(subjects, index), _one(postures, index))
        for field in fields(Load):
            np.testing.assert_allclose(
                getattr(whole, field.name)[index], getattr(alone, field.name), rtol=1e-9, atol=1e-9
            )


@settings(max_examples=30)
@given(
    st.integers(2, 12), st.integers(0, 2**32 - 1), st.sampled_from([f.name for f in fields(WorkingPosture)])
)
def test_what_is_unknown_of_some_is_unknown_of_those(size: int, seed: int, field: str) -> None:
    """NaN in any part of some postures leaves every number of the others as it was, and is no zero in its own."""
    rng = np.random.default_rng(seed)
    subjects, postures = _many(rng, size)
    dark = rng.random(size) < 0.5
    torn = replace(postures, **{field: np.where(dark, np.nan, getattr(postures, field))})
    whole, found = load_of(subjects, postures), load_of(subjects, torn)
    for one in fields(Load):
        np.testing.assert_array_equal(getattr(found, one.name)[~dark], getattr(whole, one.name)[~dark])
    lowest = found.moment[dark, -1]
    assert np.all(np.isnan(lowest) | (lowest == whole.moment[dark, -1]))
    if field != "back_rest":
        assert np.isnan(lowest).all()


def test_pieces_change_nothing() -> None:
    """More postures than one piece holds, in two axes, give the same numbers as fewer."""
    size = CHUNK + 1000
    subject, postures = make_subject(sex="f"), _many(np.random.default_rng(5), size)[1]
    whole = load_of(subject, postures)
    halves = [load_of(subject, _one(postures, part)) for part in (slice(0, 2000), slice(2000, size))]
    np.testing.assert_allclose(
        whole.moment, np.concatenate([half.moment for half in halves]), rtol=1e-9, atol=1e-9
    )
    square = replace(
        postures, **{f.name: getattr(postures, f.name)[:3000].reshape(30, 100) for f in fields(postures)}
    )
    folded = load_of(subject, square)
    assert folded.moment.shape == (30, 100, 13)
    assert folded.neck_fraction.shape == (30, 100)
    np.testing.assert_allclose(folded.moment.reshape(-1, 13), whole.moment[:3000], rtol=1e-9, atol=1e-9)


@given(
    st.floats(-3, 3), st.floats(-5, 5), st.floats(-5, 5), st.integers(1, 6), st.integers(1, 5),
    st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_turning_and_shifting_everything_changes_nothing(
    angle: float, x: float, y: float, masses: int, joints: int, seed: int
) -> None:
    """Points, joints and gravity turned and shifted together: the moments stay as they are."""
    rng = np.random.default_rng(seed)
    kilograms, bearing = rng.uniform(0, 10, masses), rng.uniform(0, 1, (joints, masses))
    points, places = Points(*rng.normal(0, 1, (2, masses))), Points(*rng.normal(0, 1, (2, joints)))
    gravity = Points(np.zeros(1), np.full(1, -9.81))

    def moved(one: Points) -> Points:
        turned = one.turned(np.asarray(angle))
        return Points(turned.x + x, turned.y + y)

    before = net_moment(kilograms, points, places, bearing, gravity)
    after = net_moment(kilograms, moved(points), moved(places), bearing, gravity.turned(np.asarray(angle)))
    np.testing.assert_allclose(after, before, rtol=1e-9, atol=1e-8)


@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_seen_from_the_other_side_moments_change_sign(masses: int, joints: int, seed: int) -> None:
    """Mirrored front to back, what tipped forwards tips backwards by as much."""
    rng = np.random.default_rng(seed)
    kilograms, bearing = rng.uniform(0, 10, masses), rng.uniform(0, 1, (joints, masses))
    points, places = Points(*rng.normal(0, 1, (2, masses))), Points(*rng.normal(0, 1, (2, joints)))
    gravity = Points(np.zeros(1), np.full(1, -9.81))
    before = net_moment(kilograms, points, places, bearing, gravity)
    after = net_moment(kilograms, Points(-points.x, points.y), Points(-places.x, places.y), bearing, gravity)
    np.testing.assert_allclose(after, -before, rtol=1e-9, atol=1e-9)


@given(SUBJECTS, st.floats(-60, 90))
def test_the_neck_is_the_lever(subject: Subject, degrees: float) -> None:
    """At C7 the whole chain says what one lever with the same weight, height and arm says."""
    load = load_of(subject, in_degrees(head_flexion=degrees))
    scale = float(subject.stature) / 1.75
    expected = lever(
        load.weight_above[0], np.asarray(0.15 * scale), np.asarray(0.0385 * scale), np.radians(degrees),
        0.02 * scale,
    )  # fmt: skip
    np.testing.assert_allclose(load.compression[0] - load.front_force[0], expected, rtol=1e-9)


@given(SUBJECTS)
def test_stature_lengthens_levers_alone(subject: Subject) -> None:
    """Levers and muscles' arms grow together, so that upright forces do not depend on stature."""
    taller = replace(subject, stature=subject.stature * 1.1)
    one, other = load_of(subject, UPRIGHT), load_of(taller, UPRIGHT)
    np.testing.assert_allclose(other.moment, 1.1 * one.moment)
    np.testing.assert_allclose(other.compression, one.compression)


def _many(rng: np.random.Generator, size: int) -> tuple[Subject, WorkingPosture]:
    """Draw bodies and postures over all that is allowed."""
    bounds = dict(RANGES_DEG) | dict.fromkeys(("arm_support", "back_rest"), (0, np.degrees(1)))
    postures = WorkingPosture(
        **{name: np.radians(rng.uniform(low, high, size)) for name, (low, high) in bounds.items()}
    )
    subjects = Subject(
        mass=rng.uniform(30, 150, size), stature=rng.uniform(1.3, 2.1, size), male=rng.uniform(0, 1, size),
        strength=rng.uniform(0.5, 2, size), mass_spread=np.zeros(size), stature_spread=np.zeros(size),
        strength_spread=np.ones(size),
    )  # fmt: skip
    return subjects, postures


def _one(value: Any, part: int | slice) -> Any:
    return replace(value, **{field.name: getattr(value, field.name)[part] for field in fields(value)})
