"""The AR(1) regression is that of statsmodels, an independent implementation, gaps included.

statsmodels runs in an environment of its own (tests/oracle/statsmodels.txt), whose Python STATSMODELS_PYTHON names.
"""

import math
from typing import Any

import numpy as np
import pytest

from midback.trial.ar1 import whiten
from oracle_worker import ask

PHIS = np.round(np.arange(-0.6, 0.981, 0.001), 3)


def diary(seed: int, phi: float, days: int, missing: float) -> tuple[Any, Any]:
    """Return whole scores with NaN (T,) and columns (T, 2): a level, and a step after a third of the days."""
    rng = np.random.default_rng(seed)
    noise = np.empty(days)
    noise[0] = rng.normal()
    for day in range(1, days):
        noise[day] = phi * noise[day - 1] + math.sqrt(1 - phi**2) * rng.normal()
    columns = np.stack([np.ones(days), (np.arange(days) >= days // 3).astype(float)], axis=1)
    scores = np.clip(np.rint(6 - 2 * columns[:, 1] + 1.5 * noise), 0, 10)
    scores[1:-1][rng.random(days - 2) < missing] = np.nan
    return scores, columns


def most_likely(scores: Any, columns: Any) -> tuple[float, Any, float, float]:
    """Return phi, coefficients, sigma and log-likelihood where the likelihood of our sums is highest."""
    answered = np.flatnonzero(np.isfinite(scores))
    white = whiten(answered, scores[answered], columns[answered], PHIS)
    own = columns.shape[1]
    inner, across = white.products[:, :own, :own], white.products[:, :own, own]
    coefficients = np.linalg.solve(inner, across[..., None])[..., 0]
    rest = (white.products[:, own, own] - (across * coefficients).sum(-1)) / white.answers
    likelihood = -0.5 * (white.log_det + white.answers * (np.log(2 * math.pi * rest) + 1))
    best = int(np.argmax(likelihood))
    return float(PHIS[best]), coefficients[best], math.sqrt(rest[best]), float(likelihood[best])


@pytest.mark.oracle
def test_the_estimates_are_those_of_statsmodels() -> None:
    """Correlation, means, spread and likelihood agree within 2 % on diaries with and without gaps."""
    given = [
        diary(seed, phi, days, missing)
        for seed, (phi, days, missing) in enumerate(
            (phi, days, missing) for phi in (0.3, 0.5, 0.7) for days in (42, 120) for missing in (0.0, 0.2)
        )
    ]
    told = [
        {"scores": [None if np.isnan(s) else float(s) for s in scores], "columns": columns.tolist()}
        for scores, columns in given
    ]
    for (scores, columns), theirs in zip(given, ask("STATSMODELS_PYTHON", "statsmodels", told), strict=True):
        phi, coefficients, sigma, likelihood = most_likely(scores, columns)
        assert phi == pytest.approx(theirs["phi"], rel=0.02, abs=0.002)
        assert coefficients == pytest.approx(np.array(theirs["coefficients"]), rel=0.02)
        assert sigma == pytest.approx(theirs["sigma"], rel=0.02)
        assert likelihood == pytest.approx(theirs["log_likelihood"], abs=0.01)
