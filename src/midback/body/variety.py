"""How varied a day's positions were, apart from minutes (row S22). In: Exposure. Next: app's progress.

A day in one position scores 0, a day evenly spread over sitting, standing, driving and moving scores 1. It is
the evenness of shares (normalised Shannon entropy), a description and no goal: no study says how varied a day
should be.
"""

from itertools import pairwise
from math import log

from .exposure import Activity, Exposure, join

POSITIONS: tuple[Activity, ...] = ("sitting", "standing", "driving", "moving")


def variety(exposure: Exposure) -> float | None:
    """Return the evenness of the known positions, 0..1, or None when nothing is known.

    References
    ----------
    Shannon 1948, doi:10.1002/j.1538-7305.1948.tb01338.x
    """
    seconds = [exposure.seconds.get(position, 0.0) for position in POSITIONS]
    total = sum(seconds)
    if total <= 0:
        return None
    shares = [s / total for s in seconds if s > 0]
    return max(0.0, -sum(share * log(share) for share in shares) / log(len(POSITIONS)))


def changes_of_position(exposure: Exposure) -> int:
    """Return how often the position changed, counting only what is known."""
    known = [bout for bout in join(exposure.bouts) if bout.activity in POSITIONS]
    return sum(a.activity != b.activity for a, b in pairwise(known))
