"""Fits AR(1) regressions with statsmodels for tests/trial/test_ar1_oracle.py. In: JSON by standard input. Out: JSON.

Runs in an environment of its own (tests/oracle/statsmodels.txt). SARIMAX with one autoregressive term and a Kalman
filter is exact where days are missing, which are null here.
"""

import json
import sys
import warnings

import numpy as np
from statsmodels.tsa.statespace.sarimax import SARIMAX


def fit(scores: list[float | None], columns: list[list[float]]) -> dict[str, object]:
    """Return phi, the coefficients, sigma (of a day around its mean) and the log-likelihood at its maximum."""
    rating = np.array([np.nan if score is None else score for score in scores])
    model = SARIMAX(rating, exog=np.array(columns), order=(1, 0, 0), trend="n")
    found = model.fit(disp=False, maxiter=500)
    by_name = dict(zip(model.param_names, found.params, strict=True))
    phi, fresh = float(by_name["ar.L1"]), float(by_name["sigma2"])
    coefficients = [float(value) for name, value in by_name.items() if name not in ("ar.L1", "sigma2")]
    sigma = float(np.sqrt(fresh / (1 - phi**2)))
    return {"phi": phi, "coefficients": coefficients, "sigma": sigma, "log_likelihood": float(found.llf)}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    asked = json.load(sys.stdin)
    json.dump([fit(one["scores"], one["columns"]) for one in asked], sys.stdout)
