"""Where the arms lie on the floor of one who is on their back. In: a frame. Next: ``signals``.

Whether a towel, a wedge or nothing is under the back cannot be seen: the contour is hidden.
"""

from collections.abc import Callable
from statistics import fmean
from typing import Final

from midback.movement.landmarks import Frame
from midback.plan.performance import Side

from .bearing import length, middle, sides_seen, spot


def arms_out(frame: Frame, side: Side = "both") -> float:
    """Return how level with the shoulders the wrists lie: 1 straight out to the sides, 0 by the hips.

    1 less the distance along the trunk, in trunk lengths, of the wrists from the shoulders; no more than their
    distance from the ears, so that hands behind the head are not hands out.
    """
    up = middle(frame, "shoulder") - middle(frame, "hip")
    trunk = length(up)
    found = []
    for arm in sides_seen(frame):
        wrist = spot(frame, f"{arm}_wrist")
        level = 1.0 - abs(float((wrist - spot(frame, f"{arm}_shoulder")) @ up)) / trunk**2
        found.append(min(level, length(wrist - spot(frame, f"{arm}_ear")) / trunk))
    return fmean(found)


SIGNALS: Final[dict[str, Callable[[Frame, Side], float]]] = {"arms-out": arms_out}
