"""Which parts have to be inside the picture. In: a frame with a body. Out: why not, or None. Next: ``gates``.

What the network guesses outside the picture, or says of its own certainty, is not looked at: the edge decides.
"""

from collections.abc import Callable
from typing import Final

from midback.movement.landmarks import POINT, Frame
from midback.reasons import Reason

from .bearing import sides_seen

# Part of the picture's width and height that a point may lie outside: it wanders by about as much.
EDGE: Final = 0.01


def arms_in_view(frame: Frame) -> Reason | None:
    """Refuse arms that leave the picture; the arm hidden behind the trunk may be anywhere."""
    for arm in sides_seen(frame):
        for joint in ("shoulder", "elbow", "wrist"):
            if not _inside(frame, f"{arm}_{joint}"):
                return Reason(f"camera.out-of-view-{'shoulder' if joint == 'shoulder' else 'wrist'}")
    return None


def feet_in_view(frame: Frame) -> Reason | None:
    """Refuse a body that is not seen from its shoulders to its feet; the nearer side does."""
    for part, word in (("shoulder", "shoulder"), ("hip", "hip"), ("knee", "knee"), ("ankle", "foot")):
        if not any(_inside(frame, f"{side}_{part}") for side in ("left", "right")):
            return Reason(f"camera.out-of-view-{word}")
    return None


def _inside(frame: Frame, name: str) -> bool:
    x, y = frame.image[POINT[name], :2].tolist()
    wide, high = frame.size
    return bool(-EDGE * wide <= x <= (1 + EDGE) * wide and -EDGE * high <= y <= (1 + EDGE) * high)


GATES: Final[dict[str, Callable[[Frame], Reason | None]]] = {
    "arms-in-view": arms_in_view,
    "feet-in-view": feet_in_view,
}
