"""The ends of the scale. In: mean scores of stretches of days. Out: how much days spread there. Next: effect, cause.

Nobody can write less than 0 or more than 10, so days spread less the nearer their mean is to an end: at a mean of 1
about half as much as in the middle. If that were not counted, a change towards 0 would look surer than it is, since
the calm days after it would vouch for the few days before. The spread follows from a normal pain of one sd that is
rounded and held between 0 and 10; only the ratio between stretches is used.
"""

import math
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .diary import WORST

Array = NDArray[np.float64]
SDS: Final = tuple(0.5 + 0.25 * i for i in range(15))  # 0.5 to 4 points
# Nearer to an end than this, a mean of some days says no more about the spread.
NEAREST: Final = 0.15


@cache
def _tables() -> tuple[Array, Array]:
    """Return mean and spread of written scores, (S, M) over the spreads and the means of what is felt."""
    felt = np.arange(-8, 18.01, 0.1)
    edges = np.arange(WORST) + 0.5
    score = np.arange(WORST + 1)
    erf = np.vectorize(math.erf, otypes=[np.float64])
    means, spreads = [], []
    for sd in SDS:
        below = 0.5 * (1 + erf((edges - felt[:, None]) / (sd * math.sqrt(2))))
        share = np.diff(below, axis=1, prepend=0, append=1)
        mean = share @ score
        means.append(mean)
        spreads.append(np.sqrt(np.maximum(share @ score**2 - mean**2, 1e-12)))
    return np.array(means), np.array(spreads)


def relative_spreads(mean: Array, within: float, answers: NDArray[np.int64]) -> Array:
    """Return how much days spread in each stretch, 1 where no end is near.

    mean : (K,) of each stretch's scores; within : mean square of the scores around them; answers : (K,) days
    """
    means, spreads = _tables()
    held = np.clip(mean, NEAREST, WORST - NEAREST)
    written = np.array([np.interp(held, m, s) for m, s in zip(means, spreads, strict=True)])  # (S, K)
    square = written**2 @ answers / answers.sum()
    sd = float(np.interp(within, square, SDS))
    at = np.array([np.interp(sd, SDS, written[:, k]) for k in range(len(held))])
    middle = float(np.interp(sd, SDS, spreads[:, spreads.shape[1] // 2]))
    return np.asarray(at / middle)
