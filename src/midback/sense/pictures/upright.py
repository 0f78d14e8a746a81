"""Which way is up in a film that was held askew. In: a frame's display matrix. Out: the picture upright. Next: video.

A phone films as its chip lies and writes down how the picture is to be turned; the front camera's may be mirrored.
"""

import numpy as np
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from numpy.typing import NDArray

Turn = tuple[bool, bool, bool]
AS_IT_IS: Turn = (False, False, False)


def turn_of(frame: VideoFrame) -> Turn:
    """Return what makes a frame upright: swap its axes, then mirror it left to right, then top to bottom."""
    said = frame.side_data.get("DISPLAYMATRIX")
    if not isinstance(said, SideData):
        return AS_IT_IS
    numbers = np.frombuffer(bytes(said), np.int32)
    if numbers.size < 9:
        return AS_IT_IS
    return turn_from(*(int(numbers[place]) for place in (0, 1, 3, 4)))


def turn_from(x_by_x: int, y_by_x: int, x_by_y: int, y_by_y: int) -> Turn:
    """Return the turn nearest to a display matrix: how far one step right, and one down, goes right and down."""
    if abs(x_by_x) + abs(y_by_y) >= abs(y_by_x) + abs(x_by_y):
        return False, x_by_x < 0, y_by_y < 0
    return True, x_by_y < 0, y_by_x < 0


def turned(picture: NDArray[np.uint8], turn: Turn) -> NDArray[np.uint8]:
    """Return a picture (H, W, C) upright, in memory of its own unless it was."""
    swap, mirror, flip = turn
    if turn == AS_IT_IS:
        return picture
    result = picture.swapaxes(0, 1) if swap else picture
    result = result[:, ::-1] if mirror else result
    return np.ascontiguousarray(result[::-1] if flip else result)
