"""How far a pain diary can be trusted. In: days, day-to-day spread, correlation. Out: standard errors. Next: a trial.

A rating today resembles yesterday's: the days are taken as AR(1), where two days k apart correlate by ``phi ** k``.
Seven such days tell less than seven independent ones, and so do two weeks that are compared. The 95 % smallest
detectable change is 1.96 standard errors of the difference.
"""

import math
from dataclasses import dataclass
from typing import Final

from midback.errors import InputError

Z95: Final = 1.96
LONGEST: Final = 3650  # days; ten years of diary are enough for any question asked here


@dataclass(frozen=True, slots=True)
class Difference:
    """How well a difference of two means is known. se : its standard error; in points of the rating"""

    se: float

    @property
    def mdc95(self) -> float:
        """The smallest difference that chance alone makes in less than 5 of 100 cases."""
        return Z95 * self.se


def mean_variance(days: int, sd: float, phi: float) -> float:
    """Return the variance of the mean of ``days`` days in a row.

    sd : spread of one day's rating, in points; phi : correlation of a day with the next, 0 up to but not 1
    """
    _checked(days, sd, phi)
    return sd**2 * _correlations(days, phi) / days**2


def effective_days(days: int, phi: float) -> float:
    """Return how many independent days would tell as much as ``days`` days in a row."""
    _checked(days, 1.0, phi)
    return days**2 / _correlations(days, phi)


def difference_of_means(days: int, sd: float, phi: float, gap: int | None = None) -> Difference:
    """Return the error of a difference between two stretches of ``days`` days each.

    gap : whole days between the stretches; None: so far apart that they no longer resemble each other
    """
    shared = 0.0 if gap is None else _covariance(days, sd, phi, days + _counted("gap", gap, 0))
    return Difference(math.sqrt(2 * (mean_variance(days, sd, phi) - shared)))


def week_pairs(pairs: int, sd: float, phi: float, dropped: int = 2, days: int = 7) -> Difference:
    """Return the error of "with" less "without" over pairs of weeks, one of each in an order drawn by chance.

    dropped : first days of each week that are left out, because the week before still shows
    days : length of a "week"

    Neighbours within a pair resemble each other, which helps: what they share cancels. Between pairs the orders
    are drawn apart, so that what one pair shares with the next cancels on average.
    """
    _counted("pairs", pairs, 1)
    kept = _counted("days", days, 1) - _counted("dropped", dropped, 0)
    _counted("days kept", kept, 1)
    one = 2 * (mean_variance(kept, sd, phi) - _covariance(kept, sd, phi, days))
    return Difference(math.sqrt(one / pairs))


def missing_days_error(kept: int, days: int, sd: float, phi: float) -> float:
    """Return how far the mean of ``kept`` days drawn from ``days`` lies from the mean of all (root mean square)."""
    _checked(days, sd, phi)
    if _counted("days kept", kept, 1) > days:
        raise InputError(
            "{kept} days are kept of {days}.",
            "Not more can be kept than there are.",
            values={"kept": kept, "days": days},
        )
    if days == 1:
        return 0.0
    within = (sd**2 - mean_variance(days, sd, phi)) * days / (days - 1)
    return math.sqrt(within * (1 / kept - 1 / days))


def _correlations(days: int, phi: float) -> float:
    """Return the sum of the correlations of every day with every day."""
    return days + 2 * math.fsum((days - lag) * phi**lag for lag in range(1, days))


def _covariance(days: int, sd: float, phi: float, shift: int) -> float:
    """Return the covariance of two means of ``days`` days, the second beginning ``shift`` days after the first."""
    total = math.fsum((days - abs(lag)) * phi ** (shift + lag) for lag in range(1 - days, days))
    return sd**2 * total / days**2


def _checked(days: int, sd: float, phi: float) -> None:
    _counted("days", days, 1)
    if not (math.isfinite(sd) and sd >= 0):
        raise InputError("The spread is {sd}.", "It is 0 points or more.", values={"sd": sd})
    if not 0 <= phi < 1:
        raise InputError(
            "The correlation of neighbouring days is {phi}.",
            "It is 0 or more and less than 1.",
            values={"phi": phi},
        )


def _counted(name: str, value: int, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= LONGEST:
        raise InputError(
            "{name}: {value}.",
            "A whole number from {least} to {most}.",
            values={"name": name, "value": value, "least": least, "most": LONGEST},
        )
    return value
