"""Who is there in one look of the camera. In: its frames. Out: Seen, as the evidence log has it. Next: sense.look.

A camera at a desk mostly sees a head and shoulders. Standing is said only where the legs themselves are in the
picture and say so in space too; a person whose legs are hidden counts as seated, as a person who types does, for a
desk to stand at gives the very same picture. Whatever is in doubt is ``unclear`` and says nothing.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from midback.movement.landmarks import POINT, Frame
from midback.movement.rotation import Array

from .evidence import Seen
from .seated import stance

# Of the pictures of a look so many must agree.
AGREE: Final = 0.7
# Facing the camera, the thighs of a seat are foreshortened and seem to hang: in space they are this far off.
STANDING_THIGH: Final = float(np.radians(35.0))


def seen_in(frames: Sequence[Frame]) -> Seen:
    """Return what most pictures of a look show; ``absent`` only where every one of them shows nobody."""
    each = Counter(map(seen_once, frames))
    if not frames or each["absent"] == len(frames):
        return "absent" if frames else "unclear"
    what, count = each.most_common(1)[0]
    return what if what != "absent" and count >= AGREE * len(frames) else "unclear"


def seen_once(frame: Frame) -> Seen:
    """Return what one picture shows."""
    seen = stance(frame)
    if seen == "absent" and frame.people != 0:
        return "unclear"  # there is somebody, or nobody has looked for bodies
    if seen in ("seated", "standing") and _lies(frame):
        return "unclear"  # on the floor nobody sits at a desk
    if seen == "standing" and max(_off_vertical(frame, side) for side in ("left", "right")) > STANDING_THIGH:
        return "unclear"
    return seen


def _lies(frame: Frame) -> bool:
    """Say whether the hips are in the picture and the trunk is nearer to level than to upright."""
    hips = frame.image[[POINT["left_hip"], POINT["right_hip"]], :2]
    if not np.all((hips > 0) & (hips < frame.size)):
        return False
    trunk = frame.middle("hip") - frame.middle("shoulder")
    return bool(trunk[1] < abs(trunk[0]))


def _off_vertical(frame: Frame, side: str) -> float:
    """Return how far a thigh is off the vertical in space, rad; pi where it is not known."""
    thigh: Array = frame.world[POINT[f"{side}_knee"]] - frame.world[POINT[f"{side}_hip"]]
    length = float(np.linalg.norm(thigh))
    if not length > 0:
        return float(np.pi)
    return float(np.arccos(np.clip(thigh[1] / length, -1.0, 1.0)))
