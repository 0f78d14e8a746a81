"""Where bodies are. In: a picture. Out: a region about the best body, and how many there are. Next: estimator."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from midback.movement.rotation import Array
from midback.sense.pose.networks import Network
from midback.sense.pose.warp import Cutter, Region, Rgb

SIDE: Final = 224
# Each layer of the network: its cells' width in px of the square. Two anchors a cell and layer.
STRIDES: Final = (8, 16, 32, 32, 32)
LEAST: Final = 0.5
SAME: Final = 0.3


def anchors() -> Array:
    """Return the middles of the cells the network answers for, (2254, 2) as 0..1 of the square."""
    rows = []
    for stride in dict.fromkeys(STRIDES):
        cells = SIDE // stride
        middles = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(middles, middles, indexing="ij")
        each = np.stack([x.ravel(), y.ravel()], axis=1)
        rows.append(np.repeat(each, 2 * STRIDES.count(stride), axis=0))
    return np.concatenate(rows)


@dataclass(frozen=True, slots=True)
class Found:
    """What the detector saw: the region of the best body, how sure, and how many bodies."""

    region: Region | None
    score: float
    people: int


class Detector:
    """The detector network with its anchors."""

    def __init__(self, network: Network) -> None:
        """Take the loaded network."""
        self._network, self._cutter = network, Cutter(SIDE, 2 / 255, -1.0)
        self._anchors = anchors()

    def find(self, rgb: Rgb) -> Found:
        """Look at a whole picture (H, W, 3)."""
        high, wide = rgb.shape[:2]
        square = Region.whole((wide, high))
        self._network.run(self._cutter.cut(rgb, square))
        boxes, logits = self._network.output("Identity"), self._network.output("Identity_1")[:, 0]
        return decoded(boxes.astype(float), logits.astype(float), self._anchors, square)


def decoded(boxes: Array, logits: Array, anchors: Array, square: Region) -> Found:
    """Turn the network's numbers into what was found: boxes that overlap the best are one body, averaged.

    boxes : (N, 12), middle, width and height and four points, in px of the square from the anchor
    logits : (N,) ; anchors : (N, 2)
    """
    score = 1 / (1 + np.exp(-np.clip(logits, -100, 100)))
    good = np.flatnonzero(score >= LEAST)
    good = good[np.argsort(-score[good], kind="stable")]
    region, people = None, 0
    best = float(score[good[0]]) if len(good) else 0.0
    middle = boxes[good, :2] / SIDE + anchors[good]
    size = np.maximum(boxes[good, 2:4] / SIDE, 0)
    low, high = middle - size / 2, middle + size / 2
    left = np.ones(len(good), bool)
    while left.any():
        first = int(np.argmax(left))
        over = np.maximum(np.minimum(high, high[first]) - np.maximum(low, low[first]), 0).prod(axis=1)
        both = size.prod(axis=1) + size[first].prod() - over
        same = left & (over > SAME * both)
        same[first] = True
        people += 1
        if region is None:
            weight = score[good[same]]
            points = boxes[good[same], 4:8].reshape(-1, 2, 2) / SIDE + anchors[good[same], None]
            points = np.tensordot(weight, points, 1) / weight.sum()
            region = Region.around(*square.outside(points))
        left &= ~same
    return Found(region, best, people)
