"""The AR(1) regression, held to the same thing written out with whole matrices."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.trial.ar1 import PRIOR_DF, PRIOR_SD, fit, whiten

PHIS = np.array([-0.3, 0.0, 0.4, 0.8])


def gappy(seed: int, days: int = 30) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return days with gaps, scores and three columns."""
    rng = np.random.default_rng(seed)
    day = np.flatnonzero(rng.random(days) < 0.7)
    columns = np.stack([np.ones(len(day)), day >= days // 2, day % 7 < 2], axis=1).astype(float)
    return day, rng.integers(0, 11, len(day)).astype(float), columns


@given(seed=st.integers(0, 10_000), phi=st.sampled_from(PHIS.tolist()))
def test_gaps_are_exact(seed: int, phi: float) -> None:
    """Day by day over the gaps gives the sums and determinant of the whole covariance matrix."""
    day, score, columns = gappy(seed)
    white = whiten(day, score, columns, np.array([phi]))
    apart = np.abs(np.subtract.outer(day, day))
    covariance = np.where(apart == 0, 1.0, phi**apart)
    both = np.concatenate([columns, score[:, None]], axis=1)
    assert white.products[0] == pytest.approx(both.T @ np.linalg.solve(covariance, both), rel=1e-8, abs=1e-8)
    assert white.log_det[0] == pytest.approx(np.linalg.slogdet(covariance)[1], abs=1e-8)


def test_a_spread_that_differs_by_day_is_that_of_the_whole_matrix() -> None:
    """Days that spread less weigh more, exactly as in the whole covariance matrix."""
    day, score, columns = gappy(3)
    spread = np.where(day < 15, 1.0, 0.6)
    white = whiten(day, score, columns, np.array([0.5]), spread)
    covariance = np.outer(spread, spread) * 0.5 ** np.abs(np.subtract.outer(day, day))
    both = np.concatenate([columns, score[:, None]], axis=1)
    assert white.products[0] == pytest.approx(both.T @ np.linalg.solve(covariance, both), rel=1e-8)
    assert white.log_det[0] == pytest.approx(np.linalg.slogdet(covariance)[1])


def test_without_correlation_it_is_ordinary_least_squares() -> None:
    """At phi 0 and without priors on coefficients the estimate is that of least squares."""
    day, score, columns = gappy(8)
    white = whiten(day, score, columns, np.array([0.0]))
    found = fit(white, [0, 1, 2], [np.inf] * 3, 1)
    expected, residual, *_ = np.linalg.lstsq(columns, score)
    assert found.coefficient[0] == pytest.approx(expected[1])
    df = len(day) - 3 + PRIOR_DF
    assert found.df == df
    assert found.sigma[0] == pytest.approx(math.sqrt((residual[0] + PRIOR_DF * PRIOR_SD**2) / df))


def test_the_weight_is_the_marginal_likelihood() -> None:
    """Ratios of weights are those of the integral over coefficients and sigma, done on a grid by brute force."""
    day = np.array([0, 1, 3, 4, 6])
    score = np.array([4.0, 5.0, 3.0, 6.0, 5.0])
    columns = np.ones((5, 1))
    phis = np.array([0.0, 0.6])
    found = fit(whiten(day, score, columns, phis), [0], [np.inf], 0)
    level = np.linspace(-40, 50, 1801)
    sigma = np.exp(np.linspace(math.log(0.05), math.log(60), 900))
    total = []
    for phi in phis:
        apart = np.abs(np.subtract.outer(day, day))
        inverse = np.linalg.inv(np.where(apart == 0, 1.0, phi**apart))
        rest = score - level[:, None]
        square = np.einsum("li,ij,lj->l", rest, inverse, rest) + PRIOR_DF * PRIOR_SD**2
        # Density in sigma on a log scale: n days and the prior's degrees of freedom.
        power = sigma[:, None] ** -(5.0 + PRIOR_DF)
        density = power * np.exp(-square / (2 * sigma[:, None] ** 2))
        total.append(math.sqrt(np.linalg.det(inverse)) * density.sum())
    assert math.exp(found.log_weight[1] - found.log_weight[0]) == pytest.approx(total[1] / total[0], rel=0.01)
