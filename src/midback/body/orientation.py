"""Which way up a body is. In: a frame's landmarks. Out: an orientation, or None. Next: app.analysing.

The trunk's own axes in space decide: where its front looks, and which way the shoulders lie from the hips. Seen in
24 of 24 stills on the floor: the front's y was -.87 to -.99 supine, +.93 to +1 on hands and knees or prone, +.07 to
+.48 on the side. People who sat leaned up to 41 degrees and reclined up to 34, so 53 degrees still are upright.
"""

from typing import Final, Literal, get_args

import numpy as np

from midback.movement.landmarks import POINT, Frame

Orientation = Literal["upright", "all-fours", "prone", "supine", "side-lying"]
ORIENTATIONS: Final[tuple[Orientation, ...]] = get_args(Orientation)

UPRIGHT: Final = 0.6
DOWN, UP = 0.5, -0.4
# How far hands and knees lie below shoulders and hips on all fours, in lengths of the trunk.
ON_LIMBS: Final = 0.3
_SHOULDERS: Final = (POINT["left_shoulder"], POINT["right_shoulder"])
_HIPS: Final = (POINT["left_hip"], POINT["right_hip"])


def orientation(frame: Frame) -> Orientation | None:
    """Return which way up the body is; None where it is not seen or its points in space are not known."""
    if not frame.seen:
        return None
    world = frame.world
    left, right = world[_SHOULDERS[0]], world[_SHOULDERS[1]]
    trunk = (left + right) / 2 - (world[_HIPS[0]] + world[_HIPS[1]]) / 2
    front = np.cross(left - right, trunk)
    length, size = float(np.linalg.norm(trunk)), float(np.linalg.norm(front))
    if not (length > 0 and size > 0):
        return None
    if -trunk[1] / length > UPRIGHT:
        return "upright"
    down = front[1] / size
    if down > DOWN:
        return "all-fours" if _on_limbs(frame) else "prone"
    return "supine" if down < UP else "side-lying"


def _on_limbs(frame: Frame) -> bool:
    hips, shoulders = frame.middle("hip"), frame.middle("shoulder")
    trunk = float(np.hypot(*(shoulders - hips)))
    knees = frame.middle("knee")[1] - hips[1]
    hands = frame.middle("wrist")[1] - shoulders[1]
    return bool(min(knees, hands) > ON_LIMBS * trunk)
