"""Which moments of a cycle to keep. In: a movement and its numbers. Out: times and a mask. Next: ``figure``.

The browser draws straight lines between frames, so close moments that lie on such a line need not be sent.
"""

import itertools

import numpy as np

from midback.catalogue.keyframe import Movement
from midback.share.figure_outline import Array

FRAMES_PER_S = 8.0
FEWEST, MOST = 6, 24
TOLERANCE = 4.0
MOST_KEPT = 16


def close_moments(movement: Movement) -> Array:
    """Choose close times over one cycle, the keyframes among them, s."""
    edges = [*(frame.at_s for frame in movement.keyframes), movement.cycle_s]
    times: list[float] = []
    for a, b in itertools.pairwise(edges):
        if b - a > 1e-6:
            steps = int(np.clip(round((b - a) * FRAMES_PER_S), FEWEST, MOST))
            times += [a + (b - a) * i / steps for i in range(steps)]
    return np.array([*times, movement.cycle_s])


def at_keyframes(movement: Movement, times: Array) -> Array:
    """Return which of the times are keyframes or the end of the cycle, (T,) bool."""
    poses = np.array([*(frame.at_s for frame in movement.keyframes), movement.cycle_s])
    return np.asarray(np.isclose(times[:, None], poses, atol=1e-6).any(1))


def thin(times: Array, keep: Array, numbers: Array) -> Array:
    """Return which frames to keep: as few as stay near the others, and hardly ever more than ``MOST_KEPT``.

    times : (T,) s ; keep : (T,) whether a frame must stay ; numbers : (T, N)
    """
    tolerance = TOLERANCE
    while True:
        chosen = _straighten(times, keep, numbers, tolerance)
        if chosen.sum() <= max(MOST_KEPT, keep.sum() + 2):
            return chosen
        tolerance *= 1.25


def _straighten(times: Array, keep: Array, numbers: Array, tolerance: float) -> Array:
    """Keep frames so that straight lines between them pass within ``tolerance`` of the others
    (Douglas-Peucker)."""
    chosen = keep.copy()
    stack = list(itertools.pairwise(np.flatnonzero(keep)))
    while stack:
        a, b = stack.pop()
        if b - a < 2:
            continue
        s = ((times[a + 1 : b] - times[a]) / (times[b] - times[a]))[:, None]
        miss = np.abs(numbers[a] + s * (numbers[b] - numbers[a]) - numbers[a + 1 : b])
        # a few numbers jump when a surface turns out of sight; they do not count
        typical = np.quantile(miss, 0.95, axis=1)
        worst = int(np.argmax(typical))
        if typical[worst] > tolerance:
            middle = a + 1 + worst
            chosen[middle] = True
            stack += [(a, middle), (middle, b)]
    return chosen
