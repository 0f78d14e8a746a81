"""A trial as written down before it starts: dates, sealed weeks, pauses, the stop rule."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.errors import InputError
from midback.trial.design import Pause, Trial
from midback.trial.diary import diary_of
from midback.trial.seal import Sealed, draw_weeks, seal_of
from midback.trial.stop_rule import StopRule

FIRST = date(2026, 1, 5)


@given(seed=st.integers(0, 10_000), pairs=st.integers(2, 8))
def test_each_pair_has_one_week_on_and_one_off(seed: int, pairs: int) -> None:
    """Whatever is drawn, every pair is balanced and the seal holds."""
    sealed = draw_weeks(np.random.default_rng(seed), pairs)
    assert len(sealed.weeks) == 2 * pairs
    assert all(sealed.weeks[i] != sealed.weeks[i + 1] for i in range(0, 2 * pairs, 2))
    assert sealed.holds


def test_every_order_is_drawn_about_as_often() -> None:
    """Of 4,000 draws of two pairs each of the four orders comes in a quarter, give or take four standard errors."""
    rng = np.random.default_rng(1)
    drawn = [draw_weeks(rng, 2).weeks for _ in range(4000)]
    counts = [drawn.count(order) for order in set(drawn)]
    assert len(counts) == 4
    assert max(abs(count - 1000) for count in counts) < 4 * 27.4


def test_a_changed_week_or_salt_breaks_the_seal() -> None:
    """The seal is that of these weeks and this salt alone."""
    sealed = draw_weeks(np.random.default_rng(3), 2)
    turned = tuple(not week for week in sealed.weeks)
    assert not Sealed(turned, sealed.salt, sealed.seal).holds
    assert not Sealed(sealed.weeks, "00" + sealed.salt[2:], sealed.seal).holds
    assert seal_of(sealed.weeks, sealed.salt) == sealed.seal


def test_too_few_pairs_are_refused() -> None:
    """One pair cannot be told from a trend."""
    with pytest.raises(InputError, match="1 pairs"):
        draw_weeks(np.random.default_rng(1), 1)


def test_nobody_waits_unless_they_choose_to() -> None:
    """The weaker start has three days of diary, measured ones seven or fourteen; 28 days follow, a look on day 21."""
    days = [
        (Trial(FIRST, baseline=kind).programme_from - FIRST).days for kind in ("recall", "7-days", "14-days")
    ]
    assert days == [3, 7, 14]
    trial = Trial(FIRST)
    assert (trial.last_day - trial.programme_from).days == 27
    assert (trial.look_on - trial.programme_from).days == 20


def test_a_pause_moves_the_weeks_and_the_end() -> None:
    """Three days ill in the first week: the week goes on after them, and the trial ends three days later."""
    sealed = draw_weeks(np.random.default_rng(3), 2)
    whole = Trial(FIRST, baseline="7-days", sealed=sealed)
    start = whole.programme_from
    ill = Trial(
        FIRST,
        baseline="7-days",
        sealed=sealed,
        pauses=(Pause(start + timedelta(2), start + timedelta(4), "illness"),),
    )
    assert ill.last_day - whole.last_day == timedelta(3)
    assert ill.on(start + timedelta(3)) is None
    assert ill.on(FIRST) is None
    for day in range(28):
        moved = day if day < 2 else day + 3
        assert ill.on(start + timedelta(moved)) == whole.on(start + timedelta(day)) == sealed.weeks[day // 7]


def test_a_change_that_matters_to_nobody_is_refused() -> None:
    """Half a point to five points."""
    with pytest.raises(InputError, match="0 points"):
        Trial(FIRST, matters=0)


@pytest.mark.parametrize(
    ("week", "stops"),
    [
        ([7] * 7, True),
        ([7] * 6 + [6], False),
        ([np.nan, 8, np.nan, 7, 9, np.nan, 7], True),
        ([9, 9, 9] + [np.nan] * 4, False),
    ],
)
def test_a_week_up_by_two_stops_a_trial(week: list[float], stops: bool) -> None:
    """Every answered day of the last week up by two or more, four at least."""
    diary = diary_of("x", FIRST, [5] * 7, [5, 5, *week])
    found = StopRule().asks_to_stop(diary)
    assert (found is not None) == stops
    sign = StopRule().asks_to_stop(diary, warning_sign=True)
    assert sign is not None
    assert sign.message_id == "trial.stop-sign"
