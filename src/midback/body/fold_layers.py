"""Stretches laid over each other, the last on top. In: stretches in order. Out: what shows. Next: fold_gaps.

However many lie over each other, this takes about as long as sorting them.
"""

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import TypeVar

What = TypeVar("What")


def showing(layers: Sequence[tuple[float, float, What]]) -> list[tuple[float, float, What]]:
    """Return the parts that show, in order of time and without overlap; an empty stretch covers nothing."""
    laid = sorted((a, place, b) for place, (a, b, _) in enumerate(layers) if b > a)
    shown: list[tuple[float, float, What]] = []
    # What lies at an instant, the top one first; (minus the place among the layers, its end).
    there: list[tuple[int, float]] = []
    following, top, since = 0, -1, 0.0
    for at in sorted({edge for a, _, b in laid for edge in (a, b)}):
        while following < len(laid) and laid[following][0] == at:
            heappush(there, (-laid[following][1], laid[following][2]))
            following += 1
        while there and there[0][1] <= at:
            heappop(there)
        above = -there[0][0] if there else -1
        if above != top:
            if top >= 0:
                shown.append((since, at, layers[top][2]))
            top, since = above, at
    return shown
