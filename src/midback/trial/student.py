"""Student's t, alone and mixed. In: centres, scales, weights, degrees of freedom. Out: probabilities. Next: effect.

The distribution function of whole degrees of freedom is a finite sum (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4), so
no numerical library is needed.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# From here on the finite sum is long and t is normal after Wallace's correction, to better than 1e-6.
MANY: Final = 400
STEPS: Final = 60
CLOSE: Final = 1e-9
# Parts of a mixture that weigh less than this change nothing that is shown.
LEAST_WEIGHT: Final = 1e-7


def student_cdf(x: Any, df: int) -> Array:
    """Return the probability that Student's t is at most ``x``; ``df`` is a whole number of 1 or more."""
    t = np.asarray(x, dtype=np.float64)
    if df > MANY:
        z = t * (1 - 1 / (4 * df)) / np.sqrt(1 + t * t / (2 * df))
        return 0.5 * (1 + _erf(z / math.sqrt(2)))
    cosine2 = 1 / (1 + t * t / df)
    sine = t / np.sqrt(df + t * t)
    if df == 1:
        return 0.5 + np.arctan(t) / math.pi
    term = np.ones_like(t)
    total = np.ones_like(t)
    for k in range(2 + df % 2, df - 1, 2):
        term = term * cosine2 * ((k - 1) / k)
        total = total + term
    if df % 2:
        inside = np.arctan(t / math.sqrt(df)) + sine * np.sqrt(cosine2) * total
        return np.asarray(0.5 + inside / math.pi)
    return np.asarray(0.5 + 0.5 * sine * total)


def student_log_density(x: Any, df: int) -> Array:
    """Return the logarithm of the density of Student's t at ``x``."""
    t = np.asarray(x, dtype=np.float64)
    constant = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(math.pi * df)
    return constant - (df + 1) / 2 * np.log1p(t * t / df)


@dataclass(frozen=True, slots=True)
class Mixture:
    """A mixture of Student's t. weight, centre, scale : (M,), the weights sum to 1; df : of every part"""

    weight: Array
    centre: Array
    scale: Array
    df: int

    @property
    def mean(self) -> float:
        """The mixture's mean."""
        return float(self.weight @ self.centre)

    def below(self, x: Any) -> Array:
        """Return the probability of at most ``x``, for each ``x`` (K,) -> (K,)."""
        at = np.atleast_1d(np.asarray(x, dtype=np.float64))
        kept = self.weight > LEAST_WEIGHT
        t = (at[:, None] - self.centre[kept]) / self.scale[kept]
        return np.asarray(student_cdf(t, self.df) @ self.weight[kept] / self.weight[kept].sum())

    def density(self, x: Any) -> Array:
        """Return the density at each ``x`` (K,) -> (K,)."""
        at = np.atleast_1d(np.asarray(x, dtype=np.float64))
        t = (at[:, None] - self.centre) / self.scale
        return np.asarray(np.exp(student_log_density(t, self.df)) @ (self.weight / self.scale))

    def quantiles(self, probabilities: Any) -> Array:
        """Return where each probability (K,) is reached: Newton's steps, halving where they leave the bracket."""
        wanted = np.atleast_1d(np.asarray(probabilities, dtype=np.float64))
        reach = 1e4 * float(self.scale.max())
        low = np.full(wanted.shape, float(self.centre.min()) - reach)
        high = np.full(wanted.shape, float(self.centre.max()) + reach)
        at = np.full(wanted.shape, self.mean)
        for _ in range(STEPS):
            off = self.below(at) - wanted
            low, high = np.where(off < 0, at, low), np.where(off < 0, high, at)
            if np.abs(off).max() < CLOSE:
                break
            with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
                step = at - off / self.density(at)
            inside = (step > low) & (step < high)
            at = np.where(inside, step, (low + high) / 2)
        return at


def _erf(x: Array) -> Array:
    return np.asarray(np.vectorize(math.erf, otypes=[np.float64])(x))
