"""How one drifts over a stretch: the slope is right, honest about its doubt, and silent where it knows too little."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.drift import FEWEST, Drift, drift, middle_of, theil_sen

FIVE_MIN = 300.0
changes = st.floats(-0.4, 0.2)
slopes = st.floats(-0.2, 0.2)


def readings(count: int, per_hour: float, start: float = 0.0) -> tuple[list[float], list[float]]:
    """Return readings every five minutes on a straight line."""
    at_s = [number * FIVE_MIN for number in range(count)]
    return at_s, [start + per_hour * at / 3600 for at in at_s]


@given(count=st.integers(FEWEST, 40), per_hour=slopes, start=changes)
def test_a_straight_line_is_found_exactly(count: int, per_hour: float, start: float) -> None:
    """Without noise, slope and interval are the line's own, and first and later lie on it."""
    found = drift(*readings(count, per_hour, start))
    assert found.why is None
    for value in (found.per_hour, found.low, found.high):
        assert value == pytest.approx(per_hour, abs=1e-9)
    assert found.first is not None
    assert found.later is not None
    assert math.copysign(1, found.later - found.first) == math.copysign(1, per_hour) or abs(per_hour) < 1e-9


@given(
    values=st.lists(changes, min_size=FEWEST, max_size=30),
    shift=st.floats(-1, 1),
    later_s=st.floats(0, 1e6),
)
def test_shifting_all_readings_leaves_the_drift_alone(
    values: list[float], shift: float, later_s: float
) -> None:
    """Another upright or another time of day moves the middle and nothing else."""
    at_s = [number * FIVE_MIN for number in range(len(values))]
    before = drift(at_s, values)
    after = drift([at + later_s for at in at_s], [value + shift for value in values])
    assert after.per_hour == pytest.approx(before.per_hour, abs=1e-6)
    assert after.middle == pytest.approx((before.middle or 0.0) + shift, abs=1e-9)
    assert (after.low or 0.0) <= (after.per_hour or 0.0) + 1e-9
    assert (after.per_hour or 0.0) <= (after.high or 0.0) + 1e-9


@given(values=st.lists(changes, min_size=1, max_size=30), seed=st.integers(0, 9999))
def test_the_order_of_readings_does_not_matter(values: list[float], seed: int) -> None:
    """Late evidence gives the same drift."""
    at_s = [number * FIVE_MIN for number in range(len(values))]
    mixed = np.random.default_rng(seed).permutation(len(values))
    assert drift([at_s[n] for n in mixed], [values[n] for n in mixed]) == drift(at_s, values)


def test_a_few_odd_looks_do_not_move_the_slope() -> None:
    """Two of twenty readings off by far leave a sinking of 4 % an hour where it is."""
    at_s, change = readings(20, -0.04)
    change[5], change[13] = 0.3, -0.5
    found = drift(at_s, change)
    assert found.per_hour == pytest.approx(-0.04, abs=0.005)
    assert found.clear


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Of 400 made-up stretches with noise of 2 %, about 19 of 20 intervals hold the slope."""
    chance, held = np.random.default_rng(11), 0
    for _ in range(400):
        at_s, change = readings(14, -0.03)
        found = drift(at_s, np.asarray(change) + chance.normal(0, 0.02, 14))
        assert found.low is not None
        assert found.high is not None
        held += found.low <= -0.03 <= found.high
    assert 0.92 <= held / 400 <= 0.995


@pytest.mark.parametrize(
    ("count", "every_s", "why"),
    [
        (0, 300.0, "too-few"),
        (1, 300.0, "too-few"),
        (FEWEST - 1, 900.0, "too-few"),
        (FEWEST, 60.0, "too-short"),
    ],
)
def test_too_little_says_so(count: int, every_s: float, why: str) -> None:
    """Few readings, or many within some minutes, give a middle and no slope."""
    found = drift([number * every_s for number in range(count)], [-0.05] * count)
    assert (found.why, found.per_hour, found.first, found.low) == (why, None, None, None)
    assert found.middle == (None if count == 0 else -0.05)
    assert not found.clear


def test_missing_is_not_zero() -> None:
    """A reading that is not a number does not count as upright."""
    at_s, change = readings(8, 0.0, start=-0.1)
    change[2] = math.nan
    found = drift(at_s, change)
    assert (found.looks, found.middle) == (7, -0.1)


def test_readings_at_one_instant_have_no_slope() -> None:
    """All at once is no stretch."""
    assert all(math.isnan(value) for value in theil_sen([1.0, 1.0, 1.0], [0.0, 0.1, 0.2]))
    assert drift([5.0] * 9, [0.1] * 9) == Drift(looks=9, span_s=0.0, middle=0.1, why="too-short")


@given(values=st.lists(slopes, min_size=1, max_size=60))
def test_the_bounds_of_a_median_are_those_of_the_sign_test(values: list[float]) -> None:
    """They leave out as many slopes on each side as chance does in 95 of 100, and five slopes have none."""
    found, count = middle_of(values), len(values)
    assert found.middle == pytest.approx(float(np.median(values)))
    if found.low is None or found.high is None:
        assert count < 6
        assert not found.clear
        return
    below, above = sum(value < found.low for value in values), sum(value > found.high for value in values)
    assert max(below, above) < count / 2
    assert sum(math.comb(count, n) for n in range(below + 1)) / 2**count <= 0.025
    assert found.low <= found.middle <= found.high
    assert found.clear == (found.low > 0 or found.high < 0)
