"""A square region of a picture, turned and scaled to what a network takes. In: RGB. Out: a small RGB square.
Next: detector, landmarker."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from midback.movement.rotation import Array

Rgb = NDArray[np.uint8]
LANES: Final = np.uint32(0x00FF00FF)
# 256ths of a px: places are rounded to a 32nd, as MediaPipe's OpenCV does, so that the networks see the same.
STEP: Final = 8
# 256ths of a px: beyond any picture, and two of them still fit 32 bits.
FAR: Final = 2**30 - 1


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

    def sensible(self, size: tuple[int, int]) -> bool:
        """Say whether a body could be looked for here, in a picture of (width, height).

        Of somebody close to a webcam only head and shoulders are in view, and the whole body's square is five
        times as wide as the picture.
        """
        reach = 10.0 * max(size)
        return 4.0 <= self.side <= reach and abs(self.x) <= reach and abs(self.y) <= reach

    def outside(self, points: Array) -> Array:
        """Return points (..., 2) of the square, 0..1, as px of the picture."""
        matrix = self.matrix()
        return np.asarray(points @ matrix[:, :2].T + matrix[:, 2])

    def within(self, points: Array) -> Array:
        """Return points (..., 2) px of the picture as places in the square, 0..1 where they are inside."""
        matrix = self.matrix()
        return np.asarray((points - matrix[:, 2]) @ matrix[:, :2] / self.side**2)


class Cutter:
    """Cuts regions out of pictures into one float square, over and over in the same memory.

    Four pixels are mixed for each cell by integers: a pixel's red and blue, and its green, stand in lanes of 16 bits
    of a word, so that one product does two colours at once. Weights are 1/256.
    """

    def __init__(self, side: int, scale: float, offset: float = 0.0) -> None:
        """Take the side in cells, and what a byte is multiplied by and added to it for the network."""
        self._side, self._scale, self._offset = side, np.float32(scale), np.float32(offset)
        self._cells = np.arange(side)
        square = (side, side)
        self._x, self._y, self._spare = (np.empty(square, np.int32) for _ in range(3))
        self._right, self._below, self._both, self._weight = (np.empty(square, np.uint32) for _ in range(4))
        self._taken, self._lane, self._even, self._odd = (np.empty(square, np.uint32) for _ in range(4))
        self._at = np.empty(square, np.intp)
        self._result = np.empty((1, side, side, 3), np.float32)
        self._words = np.zeros((0, 0, 4), np.uint8)

    def cut(self, rgb: Rgb, region: Region, *, stretch: bool = False) -> NDArray[np.float32]:
        """Return the region as (1, side, side, 3), bilinear; the next cut overwrites it.

        stretch : where the region lies outside the picture, repeat the picture's rim in place of black
        """
        high, wide = rgb.shape[:2]
        matrix = region.matrix() * np.array([256 / self._side, 256 / self._side, 256])
        self._place(matrix[0], wide, self._x, self._right, stretch=stretch)
        self._place(matrix[1], high, self._y, self._below, stretch=stretch)
        words, line = self._as_words(rgb)
        np.multiply(self._y, line, out=self._spare)
        np.add(self._spare, self._x, out=self._at)
        self._mix(words, line, (wide, high), stretch=stretch)
        even, odd = (
            lanes.view(np.uint16).reshape(self._side, self._side, 2) for lanes in (self._even, self._odd)
        )
        for lanes in (even, odd):
            np.add(lanes, 128, out=lanes)
            np.right_shift(lanes, 8, out=lanes)
        square = self._result[0]
        # The runtime exists for little-endian machines alone, so red is a word's lowest byte.
        for colour, lane in enumerate((even[..., 0], odd[..., 0], even[..., 1])):
            np.multiply(lane, self._scale, out=square[..., colour], dtype=np.float32)
        if self._offset:
            square += self._offset
        return self._result

    def _place(
        self, row: Array, many: int, whole: NDArray[np.int32], part: NDArray[np.uint32], *, stretch: bool
    ) -> None:
        """Set each cell's pixel along one axis and the 256ths beyond it."""
        across = np.rint(row[0] * self._cells + row[2] + STEP / 2).clip(-FAR, FAR).astype(np.int32)
        down = np.rint(row[1] * self._cells).clip(-FAR, FAR).astype(np.int32)
        np.add(down[:, None], across[None, :], out=whole)
        # Black begins within a pixel of the rim, so there the pixel before the first one has a place too.
        first, last = (0, many - 1) if stretch else (-2, many)
        np.clip(whole, 256 * first, 256 * last, out=whole)
        np.bitwise_and(whole, 256 - STEP, out=self._spare)
        part[...] = self._spare
        np.right_shift(whole, 8, out=whole)

    def _mix(self, words: NDArray[np.uint32], line: int, size: tuple[int, int], *, stretch: bool) -> None:
        """Add up the four pixels about each cell, each by its share of 256."""
        weight = self._weight
        np.multiply(self._right, self._below, out=self._both)
        np.right_shift(self._both, 8, out=self._both)
        self._even[...] = self._odd[...] = 0
        for down, across in ((0, 0), (0, 1), (1, 0), (1, 1)):
            if (down, across) == (0, 0):
                np.subtract(np.uint32(256), self._right, out=weight)
                np.subtract(weight, self._below, out=weight)
                np.add(weight, self._both, out=weight)
            elif (down, across) == (1, 1):
                np.copyto(weight, self._both)
            else:
                np.subtract(self._right if across else self._below, self._both, out=weight)
            if not stretch:
                for whole, step, many in ((self._x, across, size[0]), (self._y, down, size[1])):
                    np.multiply(weight, (whole >= -step) & (whole < many - step), out=weight)
            self._at += (0, 1, line - 1, 1)[2 * down + across]
            self._add(words, weight)

    def _add(self, words: NDArray[np.uint32], weight: NDArray[np.uint32]) -> None:
        # At the last column and row the neighbour's weight is 0, so any pixel will do: a place too far is clipped.
        np.take(words, self._at, out=self._taken, mode="clip")
        for total in (self._even, self._odd):
            np.bitwise_and(self._taken, LANES, out=self._lane)
            np.multiply(self._lane, weight, out=self._lane)
            np.add(total, self._lane, out=total)
            np.right_shift(self._taken, 8, out=self._taken)

    def _as_words(self, rgb: Rgb) -> tuple[NDArray[np.uint32], int]:
        """Return the pixels as words of 4 bytes in one row, and how many words a line of the picture takes.

        They are read as they lie there where a source left room for a fourth byte, else they are copied.
        """
        high, wide = rgb.shape[:2]
        base = rgb.base
        if not (
            isinstance(base, np.ndarray)
            and base.shape == (high, wide, 4)
            and base.dtype == np.uint8
            and base.strides == rgb.strides
            and base.strides[1:] == (4, 1)
            and base.strides[0] >= 4 * wide
            and base.strides[0] % 4 == 0
            and base.ctypes.data == rgb.ctypes.data
        ):
            if self._words.shape[:2] != (high, wide):
                self._words = np.zeros((high, wide, 4), np.uint8)
            for colour in range(3):
                self._words[..., colour] = rgb[..., colour]
            base = self._words
        line = base.strides[0] // 4
        # From the first pixel to the last and no further: a decoder may pad its lines.
        words = as_strided(base.view(np.uint32), ((high - 1) * line + wide,), (4,), writeable=False)
        return words, line
