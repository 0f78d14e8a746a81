"""Regression with day-to-day correlation. In: days, ratings, columns. Out: sums for every phi. Next: effect, cause.

Errors are AR(1): two days ``g`` apart correlate by ``phi ** g``. Missing days need no filling in: given the answered
day before, an answered day has mean ``phi ** g`` times that day's error and variance ``1 - phi ** (2 g)`` (times the
error's variance), so the likelihood is exact whatever the gaps (Jones 1980, Technometrics 22:389).

    y = X b + e, e ~ N(0, sigma**2 R(phi)), b_k ~ flat or N(0, (spread_k sigma)**2),
    sigma**2 ~ scaled InvChi2(PRIOR_DF, PRIOR_SD**2)

Coefficients and sigma are integrated in closed form; what remains is a weight for each phi of a grid.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# The spread of a day around its mean, before anything is seen: as much as two days of diary say, around 1.2 points.
PRIOR_DF: Final = 2
PRIOR_SD: Final = 1.2


@dataclass(frozen=True, slots=True)
class Whitened:
    """Cross products of columns and ratings after the correlation is taken out.

    products : (P, C + 1, C + 1), the ratings last; log_det : (P,) of R(phi); answers : how many ratings
    """

    products: Array
    log_det: Array
    answers: int


@dataclass(frozen=True, slots=True)
class Fit:
    """One regression for every phi.

    log_weight : (P,) marginal likelihood; coefficient, scale : (P,) of the one asked for; df : of its Student's t
    sigma : (P,) spread of a day around its mean
    """

    log_weight: Array
    coefficient: Array
    scale: Array
    df: int
    sigma: Array


def whiten(
    day: NDArray[np.int64], rating: Array, columns: Array, phis: Array, spread: Array | None = None
) -> Whitened:
    """Take the correlation out of ratings and columns, for every phi.

    day : (T,) increasing; rating : (T,); columns : (T, C); phis : (P,), above -1 and below 1
    spread : (T,) of each day, as multiples of sigma; 1 where left out
    """
    gaps = np.diff(day)
    both = np.concatenate([columns, rating[:, None]], axis=1)
    scaled = 0.0
    if spread is not None:
        both = both / spread[:, None]
        scaled = 2 * float(np.log(spread).sum())
    # A negative phi has a sign that changes with the gap.
    carried = np.sign(phis)[:, None] ** gaps * np.abs(phis)[:, None] ** gaps
    left = np.sqrt(1 - carried**2)
    white = np.empty((len(phis), *both.shape))
    white[:, 0] = both[0]
    white[:, 1:] = (both[1:] - carried[..., None] * both[:-1]) / left[..., None]
    products = np.swapaxes(white, -1, -2) @ white
    return Whitened(products, 2 * np.log(left).sum(axis=-1) + scaled, len(rating))


def with_apart(white: Whitened, row: Array, rating: float, spread: float) -> Whitened:
    """Add one rating that stands apart from the days: row (C,) of its columns, spread in sigmas."""
    both = np.append(row, rating) / spread
    return replace(white, products=white.products + np.outer(both, both), answers=white.answers + 1)


def fit(white: Whitened, use: Sequence[int], spread: Sequence[float], wanted: int) -> Fit:
    """Fit the columns ``use`` and return the coefficient of the column ``wanted``.

    spread : of each used column's coefficient in sigmas; infinite where nothing is assumed
    """
    picked = list(use)
    sums = white.products[:, picked][:, :, picked]
    with_rating = white.products[:, picked, -1]
    own = white.products[:, -1, -1]
    precision = np.array([0.0 if np.isinf(s) else 1 / s**2 for s in spread])
    sums = sums + np.diag(precision)
    cover = np.linalg.inv(sums)
    coefficients = np.einsum("pij,pj->pi", cover, with_rating)
    df = white.answers - int((precision == 0).sum()) + PRIOR_DF
    rest = own - np.einsum("pi,pi->p", with_rating, coefficients) + PRIOR_DF * PRIOR_SD**2
    log_weight = (
        -0.5 * white.log_det
        - 0.5 * np.linalg.slogdet(sums)[1]
        + 0.5 * float(np.log(precision[precision > 0]).sum())
        - 0.5 * df * np.log(rest)
    )
    at = picked.index(wanted)
    sigma2 = rest / df
    return Fit(log_weight, coefficients[:, at], np.sqrt(sigma2 * cover[:, at, at]), df, np.sqrt(sigma2))
