"""The landmarks of the body in a region. In: a picture and a region. Out: points, world, the next region, a mask.
Next: estimator."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from midback.movement.landmarks import LANDMARKS
from midback.movement.rotation import Array
from midback.sense.pose.networks import Network
from midback.sense.pose.warp import Cutter, Region, Rgb

SIDE: Final = 256
BODY: Final = len(LANDMARKS)
# Beyond the body's 33 points the network marks the middle of its circle and a point on the rim, and four unused.
POINTS: Final = 39
MIDDLE, RIM = 33, 34
HEAT: Final = 64
# MediaPipe 0.10.21 declares 7 and computes 9: with 9 its points are met within .01 of a cell.
WINDOW: Final = 9
SURE: Final = 0.5
_AROUND: Final = np.arange(WINDOW) - WINDOW // 2


@dataclass(frozen=True, slots=True)
class Pose:
    """A body in a region. image, world : (33, 3) ; visibility : (33,) ; circle : (2, 2) its middle and rim, px."""

    image: Array
    world: Array
    visibility: Array
    score: float
    circle: Array


class Landmarker:
    """The landmark network."""

    def __init__(self, network: Network) -> None:
        """Take the loaded network."""
        self._network, self._cutter = network, Cutter(SIDE, 1 / 255)

    def look(self, rgb: Rgb, region: Region) -> tuple[float, Pose | None]:
        """Return how sure it is that a body is in the region, and the body when it is at least half sure."""
        self._network.run(self._cutter.cut(rgb, region, stretch=True))
        score = float(self._network.output("Identity_1")[0])
        if not score >= SURE:
            return score, None
        raw = self._network.output("Identity").reshape(POINTS, 5).astype(float)
        refined_at = refined(raw[:, :2] / SIDE, self._network.output("Identity_3"))
        image = np.empty((BODY, 3))
        points = region.outside(refined_at)
        image[:, :2] = points[:BODY]
        image[:, 2] = raw[:BODY, 2] / SIDE * region.side
        world = self._network.output("Identity_4").reshape(POINTS, 3)[:BODY].astype(float)
        c, s = np.cos(region.turn), np.sin(region.turn)
        turned = world @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
        return score, Pose(image, turned, sigmoid(raw[:BODY, 3]), score, points[[MIDDLE, RIM]])

    def mask(self) -> NDArray[np.float32]:
        """Return the body in the region last looked at, (256, 256) 0..1."""
        logits = self._network.output("Identity_2")[:, :, 0]
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -50, 50))), np.float32)


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + exp(-x)) without overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -100, 100))))


def refined(points: Array, heat: NDArray[np.float32]) -> Array:
    """Move each point to the middle of the heat in a window of 9 x 9 cells about it, where there is any.

    points : (N, 2) as 0..1 of the square ; heat : (64, 64, N) logits
    """
    cell = np.trunc(points * HEAT).astype(int)
    column, row = cell[:, :1] + _AROUND, cell[:, 1:] + _AROUND
    known = (row >= 0) & (row < HEAT)
    known_across = (column >= 0) & (column < HEAT)
    inside = known[:, :, None] & known_across[:, None, :]
    which = np.arange(len(points))[:, None, None]
    taken = heat[row.clip(0, HEAT - 1)[:, :, None], column.clip(0, HEAT - 1)[:, None, :], which]
    warmth = np.where(inside, sigmoid(taken.astype(float)), 0.0)
    whole = warmth.sum(axis=(1, 2))
    at_home = ((cell >= 0) & (cell < HEAT)).all(axis=1)
    move = at_home & (warmth.max(axis=(1, 2)) >= SURE)
    share = np.where(move, whole, 1.0)
    x = (warmth.sum(axis=1) * column).sum(axis=1) / share / HEAT
    y = (warmth.sum(axis=2) * row).sum(axis=1) / share / HEAT
    return np.where(move[:, None], np.stack([x, y], axis=1), points)
