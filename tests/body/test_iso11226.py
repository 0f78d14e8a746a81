"""ISO 11226: zones and holding times as the standard prints them, and time summed up frame by frame."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.iso11226 import HEAD, TRUNK, ZoneTime, holding_time_s, zone


@pytest.mark.parametrize(
    ("limits", "degrees", "seconds"),
    [
        *[(TRUNK, 20, 240), (TRUNK, 40, 150), (TRUNK, 60, 60)],
        *[(HEAD, 25, 480), (HEAD, 55, 270), (HEAD, 85, 60)],
    ],
)
def test_holding_times_are_the_standard_s(limits, degrees, seconds):
    """The ends and the middle of both lines are exact."""
    assert holding_time_s(math.radians(degrees), limits) == pytest.approx(seconds)


def test_below_is_unlimited_and_above_is_nothing():
    """Upright may be held for ever, far forward not at all."""
    assert holding_time_s(math.radians(19.9), TRUNK) == math.inf
    assert holding_time_s(math.radians(60.1), TRUNK) == 0
    assert holding_time_s(math.radians(86), HEAD) == 0


@pytest.mark.parametrize(
    ("degrees", "trunk", "head"),
    [
        (-12, "backward", "backward"),
        (-5, "acceptable", "acceptable"),
        (20, "acceptable", "acceptable"),
        (22, "conditional", "acceptable"),
        (61, "not-recommended", "conditional"),
        (86, "not-recommended", "not-recommended"),
    ],
)
def test_zones_end_where_the_standard_ends_them(degrees, trunk, head):
    """Each limit belongs to the zone below it; leaning back is told from upright beyond what is unsure."""
    unsure = math.radians(10)
    assert zone(math.radians(degrees), TRUNK, unsure) == trunk
    assert zone(math.radians(degrees), HEAD, unsure) == head


@given(st.floats(-3, 3), st.floats(0, 0.5))
def test_leaning_further_is_never_a_shorter_time_less(angle, more):
    """The further forward, the shorter the holding time."""
    assert holding_time_s(angle + more, TRUNK) <= holding_time_s(angle, TRUNK)


@given(st.lists(st.tuples(st.floats(-1.5, 1.5), st.floats(0.001, 1.0)), max_size=50))
def test_the_zones_add_up_to_the_time_that_was_looked_at(parts):
    """No time is lost or counted twice, and no more is unsure than was looked at."""
    times = ZoneTime(TRUNK, math.radians(10))
    for angle, seconds in parts:
        times.add(angle, seconds)
    whole = sum(seconds for _, seconds in parts)
    assert times.judged_s == pytest.approx(whole)
    assert times.unsure_s <= whole + 1e-9
    assert times.longest_s <= whole + 1e-9
    assert times.beyond_s <= times.seconds["conditional"] + 1e-9


def hold(times: ZoneTime, degrees: float, seconds: int) -> None:
    for _ in range(seconds * 2):
        times.add(math.radians(degrees), 0.5)


def test_what_is_held_longer_than_it_may_is_told():
    """40 degrees may be held for 150 s: of 200 s the last 50 are beyond it."""
    times = ZoneTime(TRUNK, 0.1)
    hold(times, 40, 200)
    assert times.longest_s == pytest.approx(200)
    assert times.beyond_s == pytest.approx(50, abs=1)


@pytest.mark.parametrize(("upright_s", "beyond"), [(3, 43), (6, 0)])
def test_more_than_four_seconds_out_of_it_begin_anew(upright_s, beyond):
    """A posture is static beyond 4 s, so a shorter way back does not end a stretch, and a longer one does."""
    times = ZoneTime(TRUNK, 0.1)
    hold(times, 40, 100)
    hold(times, 0, upright_s)
    hold(times, 40, 90)
    assert times.beyond_s == pytest.approx(beyond, abs=1.5)


def test_unseen_time_is_in_no_zone():
    """A pause counts for nothing, and ends a stretch when it is long."""
    times = ZoneTime(TRUNK, 0.1)
    hold(times, 40, 100)
    times.pause(60)
    hold(times, 40, 100)
    assert times.judged_s == pytest.approx(200)
    assert times.beyond_s == 0
