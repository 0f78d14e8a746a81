"""Student's t and mixtures of it, held to closed forms, to numerical integration and to published quantiles."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.trial.student import Mixture, student_cdf, student_log_density

# Two-sided 5 % points, as printed in every table.
TABLE = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 10: 2.228, 30: 2.042, 120: 1.980}


@pytest.mark.parametrize(("df", "point"), TABLE.items())
def test_the_distribution_has_the_points_of_the_printed_tables(df: int, point: float) -> None:
    """97.5 % lie below the printed point."""
    assert float(student_cdf(point, df)) == pytest.approx(0.975, abs=2e-5)


@given(df=st.integers(1, 900), x=st.floats(-30, 30))
def test_the_distribution_is_symmetric(df: int, x: float) -> None:
    """What lies below x and below -x adds up to one."""
    assert float(student_cdf(x, df) + student_cdf(-x, df)) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("df", [1, 2, 3, 8, 37, 399, 400, 401, 2000])
def test_the_distribution_is_the_integral_of_the_density(df: int) -> None:
    """Simpson's rule over the density gives the same, also where the finite sum gives way to an approximation."""
    x = np.linspace(0, 3, 2001)
    density = np.exp(student_log_density(x, df))
    weights = np.ones(len(x))
    weights[1:-1:2], weights[2:-1:2] = 4, 2
    integral = float(weights @ density) * (x[1] - x[0]) / 3
    assert float(student_cdf(3.0, df)) - 0.5 == pytest.approx(integral, abs=1e-6)


def test_many_degrees_of_freedom_are_the_normal_distribution() -> None:
    """With a million degrees of freedom it is the normal distribution."""
    assert float(student_cdf(1.5, 10**6)) == pytest.approx(0.5 * (1 + math.erf(1.5 / math.sqrt(2))), abs=1e-6)


parts = st.lists(st.tuples(st.floats(0.01, 1), st.floats(-8, 8), st.floats(0.05, 5)), min_size=1, max_size=6)


@given(parts=parts, df=st.integers(2, 60), p=st.floats(0.001, 0.999))
def test_a_quantile_of_a_mixture_is_where_its_probability_is_reached(
    parts: list[tuple[float, float, float]], df: int, p: float
) -> None:
    """Quantile and probability undo each other, whatever is mixed."""
    weight, centre, scale = (np.array(column) for column in zip(*parts, strict=True))
    mixture = Mixture(weight / weight.sum(), centre, scale, df)
    assert float(mixture.below(mixture.quantiles(p))[0]) == pytest.approx(p, abs=1e-6)
