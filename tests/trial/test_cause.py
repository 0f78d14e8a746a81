"""Was it the programme: said only where weeks were drawn by chance, and only as surely as the draw allows."""

from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.trial.cause import OTHER_CAUSES, find_cause, onset, randomisation_test
from midback.trial.diary import Diary, diary_of

FIRST = date(2026, 1, 5)


def weeks(order: str) -> list[float]:
    return [float(one) for one in order for _ in range(7)]


def diary(order: str, effect: float, seed: int = 1, baseline: int = 14) -> Diary:
    noise = np.random.default_rng(seed).integers(-1, 2, baseline + 7 * len(order))
    on = np.array(weeks(order))
    path = np.concatenate([np.full(baseline, 6.0), 6 - effect * on])
    scores = np.clip(np.rint(path + noise), 0, 10)
    return diary_of("x", FIRST, scores[:baseline], scores[baseline:], on)


def test_without_weeks_drawn_by_chance_nothing_is_tested() -> None:
    """However large the change, its cause is not tested, and the three other causes are named."""
    cause = find_cause(diary_of("x", FIRST, [8] * 14, [1] * 28))
    assert cause.shown == "not tested"
    assert cause.reasons == OTHER_CAUSES
    assert cause.estimate is None


@pytest.mark.parametrize("order", ["1111", "0000", "0011", "10"])
def test_weeks_that_cannot_be_held_against_each_other_test_nothing(order: str) -> None:
    """All on, all off, and one change from off to on, which is like a trend, are not tested, and why is said."""
    cause = find_cause(diary(order, 3))
    assert cause.shown == "not tested"
    assert cause.reasons[0].message_id == "trial.few-weeks"


def test_a_large_effect_over_two_pairs_is_shown_by_the_model_alone() -> None:
    """Two pairs have four orders, too few for a test by the draw, and that is said."""
    cause = find_cause(diary("1001", 4))
    assert cause.shown == "shown"
    assert cause.exact is not None
    assert cause.exact.least == 0.25
    assert "trial.few-allocations" in [reason.message_id for reason in cause.reasons]
    assert cause.estimate == pytest.approx(-4, abs=1)


def test_worse_while_on_is_not_shown_to_help() -> None:
    """Only less pain while the programme is on counts as shown."""
    cause = find_cause(diary("1001", -3))
    assert cause.shown == "not shown"
    assert cause.low is not None
    assert cause.low > 0


def test_where_there_are_orders_enough_the_draw_has_to_agree() -> None:
    """Six pairs have 64 orders: with an effect the exact test agrees, with none it does not."""
    helped, idle = find_cause(diary("100110100110", 3)), find_cause(diary("100110100110", 0))
    assert helped.shown == "shown"
    assert helped.exact is not None
    assert helped.exact.p == pytest.approx(1 / 64)
    assert idle.shown == "not shown"


@given(seed=st.integers(0, 1000))
def test_the_exact_test_is_exact(seed: int) -> None:
    """Over all orders that might have been drawn, no share of them gets a smaller p than that share."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 11, 42).astype(float)
    found = []
    for firsts in product("10", repeat=3):
        order = "".join(first + ("0" if first == "1" else "1") for first in firsts)
        exact = randomisation_test(diary_of("x", FIRST, [], scores, weeks(order)))
        assert exact is not None
        found.append(exact.p)
    for level in sorted(set(found)):
        assert np.mean([p <= level for p in found]) <= level + 1e-9


def test_weeks_that_are_no_pairs_have_no_exact_test() -> None:
    """Two weeks on in one pair, or a change within a week, leave the model alone."""
    assert randomisation_test(diary("1101", 2)) is None
    odd = np.array(weeks("1001"))
    odd[3] = 0
    assert randomisation_test(diary_of("x", FIRST, [], [5] * 28, odd)) is None


@given(
    on=st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=60), half=st.sampled_from([0.0, 1.0, 4.0])
)
def test_onset_stays_between_off_and_on(on: list[float], half: float) -> None:
    """What is reached lies between off and on, and after ten half-lives it is all there."""
    reached = onset(np.array(on), half)
    assert ((reached >= 0) & (reached <= 1)).all()
    assert onset(np.ones(60), half)[59] > 0.999
