"""One picture, and how large one may be. Born in video, images, camera. Next: sense.pose."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Longer sides are made this long while decoding: a body fills the networks' 256 px in far smaller pictures.
LONGEST: Final = 960
# A picture beyond this many pixels is refused unseen: 8K is 33 million.
MOST_PIXELS: Final = 40_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. t : s from the start of the source, always growing ; rgb : (H, W, 3) uint8, upright.

    name : of a still, its file's
    """

    t: float
    rgb: NDArray[np.uint8]
    name: str = ""


def fitted(width: int, height: int, longest: int = LONGEST) -> tuple[int, int]:
    """Return the size with the longer side at most ``longest``, in the same proportion, sides even."""
    scale = min(1.0, longest / max(width, height))
    if scale == 1.0:
        return width, height
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)
