"""How much a diary tells under AR(1): the published table, a long matrix sum, and a simulated diary agree."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.errors import InputError
from midback.trial.diary_error import (
    difference_of_means,
    effective_days,
    mean_variance,
    missing_days_error,
    week_pairs,
)

PHI = st.floats(0.0, 0.99)
DAYS = st.integers(1, 40)


def by_matrix(weights: np.ndarray, sd: float, phi: float) -> float:
    """Return the standard error of a weighted sum of days by the whole matrix of covariances."""
    days = np.arange(len(weights))
    covariance = sd**2 * phi ** np.abs(days[:, None] - days)
    return math.sqrt(weights @ covariance @ weights)


@given(DAYS, PHI)
def test_the_mean_is_as_sure_as_the_matrix_says(days: int, phi: float) -> None:
    """The short sum over lags is the sum over all pairs of days."""
    assert math.sqrt(mean_variance(days, 1.5, phi)) == pytest.approx(
        by_matrix(np.full(days, 1 / days), 1.5, phi)
    )


@given(st.integers(1, 20), st.integers(0, 20), PHI)
def test_two_stretches_with_a_gap(days: int, gap: int, phi: float) -> None:
    """A difference with a gap between is the matrix's, and less sure the further the stretches lie apart."""
    weights = np.concatenate([np.full(days, -1 / days), np.zeros(gap), np.full(days, 1 / days)])
    error = difference_of_means(days, 1.5, phi, gap).se
    assert error == pytest.approx(by_matrix(weights, 1.5, phi), abs=1e-7)
    assert error <= difference_of_means(days, 1.5, phi, gap + 1).se + 1e-9
    assert error <= difference_of_means(days, 1.5, phi).se + 1e-9


@pytest.mark.parametrize("pairs", [1, 2, 4])
def test_week_pairs_average_over_every_order(pairs: int) -> None:
    """The error of randomised pairs is the root mean square over all orders that could have been drawn."""
    squares = []
    for order in range(2**pairs):
        signs = [1 if order >> pair & 1 else -1 for pair in range(pairs)]
        weights = np.concatenate(
            [half * sign * np.r_[0, 0, np.ones(5)] / (5 * pairs) for sign in signs for half in (1, -1)]
        )
        squares.append(by_matrix(weights, 1.5, 0.5) ** 2)
    assert week_pairs(pairs, 1.5, 0.5).se == pytest.approx(math.sqrt(np.mean(squares)))


@given(DAYS, PHI)
def test_days_in_a_row_tell_less_than_independent_ones(days: int, phi: float) -> None:
    """The effective number lies between one and the number of days, and without correlation it is that number."""
    assert 1 - 1e-9 <= effective_days(days, phi) <= days + 1e-9
    assert effective_days(days, 0.0) == days


def test_a_simulated_diary_agrees() -> None:
    """Differences of weeks in invented diaries spread as the formula says."""
    rng = np.random.default_rng(5)
    ratings = np.empty((20_000, 14))
    ratings[:, 0] = rng.normal(size=20_000)
    for day in range(1, 14):
        ratings[:, day] = 0.5 * ratings[:, day - 1] + math.sqrt(0.75) * rng.normal(size=20_000)
    differences = 1.5 * (ratings[:, 7:].mean(axis=1) - ratings[:, :7].mean(axis=1))
    assert differences.std() == pytest.approx(difference_of_means(7, 1.5, 0.5, gap=0).se, rel=0.02)


def test_keeping_some_days_is_the_mean_over_all_choices() -> None:
    """The error of a week with gaps is that over every choice of days, by the whole matrix."""
    squares = [
        by_matrix(np.isin(np.arange(7), chosen) / 4 - 1 / 7, 1.5, 0.5) ** 2
        for chosen in combinations(range(7), 4)
    ]
    assert missing_days_error(4, 7, 1.5, 0.5) == pytest.approx(math.sqrt(np.mean(squares)))
    assert missing_days_error(7, 7, 1.5, 0.5) == 0 == missing_days_error(1, 1, 1.5, 0.5)


@pytest.mark.parametrize("phi", [-0.1, 1.0, math.nan, math.inf])
def test_a_correlation_has_its_range(phi: float) -> None:
    """A correlation outside 0 to below 1 is refused by name."""
    with pytest.raises(InputError, match="correlation of neighbouring days"):
        mean_variance(7, 1.5, phi)


@pytest.mark.parametrize("sd", [-1.0, math.nan, math.inf])
def test_a_spread_has_its_range(sd: float) -> None:
    """A negative or endless spread is refused by name."""
    with pytest.raises(InputError, match="spread"):
        difference_of_means(7, sd, 0.5)


@pytest.mark.parametrize("days", [0, -1, 4000, 7.0, True])
def test_days_are_counted(days: int) -> None:
    """Only whole days from one to ten years are taken."""
    with pytest.raises(InputError, match="whole number"):
        effective_days(days, 0.5)


def test_what_cannot_be_kept_is_refused() -> None:
    """A week cannot lose all its days, nor keep more than it has."""
    with pytest.raises(InputError, match="days kept"):
        week_pairs(2, 1.5, 0.5, dropped=7)
    with pytest.raises(InputError, match="Not more"):
        missing_days_error(8, 7, 1.5, 0.5)
