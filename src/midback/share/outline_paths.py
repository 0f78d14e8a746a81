"""Many outlines written as paths at once. In: smooth rings on the screen. Out: the text of each. Next: ``bands``.

A figure is some fifty rings of a few points, and a call of NumPy costs more than the points of a ring: so all rings
are worked through as one row of points, each point knowing its neighbours in its own ring.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from midback.share.figure_outline import Array

Places = np.ndarray


def ring_paths(rings: Sequence[Array]) -> list[str]:
    """Write what ``figure.path_of`` writes for each smooth closed ring (P, 2), in whole units."""
    if not rings:
        return []
    sizes = tuple(len(ring) for ring in rings)
    before, after = _neighbours(sizes)
    p = np.rint(np.concatenate(rings))
    tangent = p[after] - p[before]
    length = np.hypot(tangent[:, 0], tangent[:, 1])
    tangent /= np.where(length > 0, length, 1.0)[:, None]
    step = p[after] - p
    reach = np.hypot(step[:, 0], step[:, 1])[:, None] / 3
    curves = np.rint(np.concatenate([tangent * reach, step - tangent[after] * reach, step], 1))
    numbers = curves.astype(int).ravel().tolist()
    starts = p.astype(int).tolist()
    found, at = [], 0
    for size in sizes:
        x, y = starts[at]
        pieces = ("c%d %d %d %d %d %d" * size) % tuple(numbers[6 * at : 6 * (at + size)])
        found.append(f"M{x} {y}{pieces}z")
        at += size
    return found


@lru_cache(maxsize=16)
def _neighbours(sizes: tuple[int, ...]) -> tuple[Places, Places]:
    """Return the places of the points before and after each, in rows of rings of these sizes."""
    starts = np.repeat(np.cumsum((0, *sizes[:-1])), sizes)
    own, long = np.arange(sum(sizes)) - starts, np.repeat(sizes, sizes)
    return starts + (own - 1) % long, starts + (own + 1) % long
