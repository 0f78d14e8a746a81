"""How head and trunk drift over a stretch of sitting. In: readings against one's own upright. Out: Drift. Next: app.

A reading is the change of the ratio against the person's own upright: -0.08 means that the ears stand eight per cent
less far above the shoulders, as seen from the front. It goes down when the head sinks or comes forward and the back
rounds, and does not say which; it is no angle, and says nothing of one person against another.

The slope is Theil and Sen's: the median of the slopes between all pairs of readings, which a few odd ones do not move.
Its interval is Kendall's at 95 %, and few readings give none. It takes the readings for independent; neighbours in
time are alike, so it is rather too narrow, and one stretch by itself proves nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

# A slope over less says more of the look than of the drift: readings every five minutes make half an hour.
FEWEST: Final = 6
SHORTEST_S: Final = 25 * 60.0
LEVEL: Final = 1.96
CONFIDENCE: Final = 0.95
HOUR_S: Final = 3600.0
Why = Literal["too-few", "too-short"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What the readings of one stretch come to; numbers are shares of one's own upright, - is lower.

    looks : how many readings ; span_s : from the first to the last
    middle : their median ; None without any
    first, later : medians of the first third and of the last third
    per_hour : slope ; low, high : its interval at 95 % ; all None where ``why`` says why not
    """

    looks: int
    span_s: float
    middle: float | None = None
    first: float | None = None
    later: float | None = None
    per_hour: float | None = None
    low: float | None = None
    high: float | None = None
    why: Why | None = None

    @property
    def clear(self) -> bool:
        """Say whether the interval leaves out zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of several slopes, shares an hour, and its interval at 95 %; few slopes give none."""

    middle: float
    low: float | None = None
    high: float | None = None

    @property
    def clear(self) -> bool:
        """Say whether the interval leaves out zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def middle_of(slopes: Sequence[float]) -> Middle:
    """Return the median of at least one slope; its bounds, from six on, are those of the sign test."""
    found = sorted(slopes)
    count, tail, out = len(found), 0.0, 0
    while out < count:
        tail += math.comb(count, out) / 2**count
        if tail > (1 - CONFIDENCE) / 2:
            break
        out += 1
    middle = float(np.median(found))
    return Middle(middle, found[out - 1], found[count - out]) if out else Middle(middle)


def drift(at_s: Sequence[float], change: Sequence[float]) -> Drift:
    """Return the drift of readings at growing instants (s); those that are not finite do not count."""
    t, y = np.asarray(at_s, dtype=float), np.asarray(change, dtype=float)
    known = np.isfinite(t) & np.isfinite(y)
    order = np.argsort(t[known], kind="stable")
    t, y = t[known][order], y[known][order]
    if not len(t):
        return Drift(looks=0, span_s=0.0, why="too-few")
    looks, span_s, middle = len(t), float(t[-1] - t[0]), float(np.median(y))
    if looks < FEWEST or span_s < SHORTEST_S:
        why: Why = "too-few" if looks < FEWEST else "too-short"
        return Drift(looks=looks, span_s=span_s, middle=middle, why=why)
    third = max(2, looks // 3)
    slope, low, high = theil_sen(t / HOUR_S, y)
    return Drift(
        looks=looks,
        span_s=span_s,
        middle=middle,
        first=float(np.median(y[:third])),
        later=float(np.median(y[-third:])),
        per_hour=slope,
        low=low,
        high=high,
    )


def theil_sen(x: Sequence[float], y: Sequence[float]) -> tuple[float, float, float]:
    """Return the median slope and its 95 % interval by the number of pairs that Kendall's test leaves out.

    Source: P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63 (1968) 1379-1389.
    """
    a, b = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    i, j = np.triu_indices(len(a), k=1)
    apart = a[j] - a[i]
    slopes = np.sort((b[j] - b[i])[apart > 0] / apart[apart > 0])
    if not len(slopes):
        return math.nan, math.nan, math.nan
    count = len(a)
    out = LEVEL * math.sqrt(count * (count - 1) * (2 * count + 5) / 18)
    low = max(0, math.floor((len(slopes) - out) / 2) - 1)
    high = min(len(slopes) - 1, math.ceil((len(slopes) + out) / 2))
    return float(np.median(slopes)), float(slopes[low]), float(slopes[high])
