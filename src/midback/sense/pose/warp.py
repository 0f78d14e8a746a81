"""A square region of a picture, turned and scaled to what a network takes. In: RGB. Out: a small RGB square.
Next: detector, landmarker."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from midback.movement.rotation import Array

Rgb = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Region:
    """A square of the picture: middle and side in px, turned by ``turn`` rad (its x axis towards the picture's y)."""

    x: float
    y: float
    side: float
    turn: float = 0.0

    @classmethod
    def around(cls, middle: Array, rim: Array, margin: float = 1.25) -> "Region":
        """Return the square about a body: its middle, and a point on the circle around it, straight above.

        middle, rim : (2,) px
        """
        across, down = float(rim[0] - middle[0]), float(rim[1] - middle[1])
        turn = math.pi / 2 - math.atan2(-down, across)
        turn -= 2 * math.pi * math.floor((turn + math.pi) / (2 * math.pi))
        return cls(float(middle[0]), float(middle[1]), 2 * margin * math.hypot(across, down), turn)

    @classmethod
    def whole(cls, size: tuple[int, int]) -> "Region":
        """Return the square around a whole picture of (width, height)."""
        return cls(size[0] / 2, size[1] / 2, max(size))

    def matrix(self) -> Array:
        """Return the (2, 3) map from the square as 0..1 to px of the picture."""
        c, s = math.cos(self.turn) * self.side, math.sin(self.turn) * self.side
        return np.array([[c, -s, self.x - (c - s) / 2], [s, c, self.y - (s + c) / 2]])

    def outside(self, points: Array) -> Array:
        """Return points (..., 2) of the square, 0..1, as px of the picture."""
        matrix = self.matrix()
        return np.asarray(points @ matrix[:, :2].T + matrix[:, 2])

    def within(self, points: Array) -> Array:
        """Return points (..., 2) px of the picture as places in the square, 0..1 where they are inside."""
        matrix = self.matrix()
        return np.asarray((points - matrix[:, 2]) @ matrix[:, :2] / self.side**2)


def cut(rgb: Rgb, region: Region, side: int) -> Rgb:
    """Return the region as (side, side, 3), bilinear; black where it lies outside the picture."""
    matrix = region.matrix() / np.array([side, side, 1.0])
    # Pillow asks for the middles of its cells, half a cell further on either side; the networks count from corners.
    matrix[:, 2] += 0.5 - matrix[:, :2].sum(axis=1) / 2
    turned = Image.fromarray(rgb).transform(
        (side, side), Image.Transform.AFFINE, tuple(matrix.ravel()), Image.Resampling.BILINEAR
    )
    return np.asarray(turned)
