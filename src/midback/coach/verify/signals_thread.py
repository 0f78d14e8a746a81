"""Threading one arm under the body, on hands and knees, seen from the front. In: a frame. Next: ``signals``.

No degrees: a turn of 60 to 90 degrees is read as 20 to 28. What shows is that one wrist passes under the middle to
the other side while that shoulder comes down; the other way round nothing counts.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from midback.movement.landmarks import POINT, Frame
from midback.plan.performance import Side

from .bearing import length, middle, spot


def threaded(frame: Frame, side: Side = "right") -> float:
    """Return how far the arm of ``side`` is threaded, in shoulder widths: 0 at the middle, over 1 at the far side.

    The lesser of how far the wrist is past the middle and how far that shoulder is below the other.
    """
    other = "left" if side == "right" else "right"
    width = length(spot(frame, f"{side}_shoulder") - spot(frame, f"{other}_shoulder"))
    hips = middle(frame, "hip")
    ahead = middle(frame, "shoulder") - hips
    # To the other side, level with the floor. The trunk shows which way it is: the hips are narrow, and hidden.
    sign = -1.0 if side == "right" else 1.0
    across = sign * np.array([ahead[2], 0.0, -ahead[0]])
    passed = float((spot(frame, f"{side}_wrist") - hips) @ across) / length(across)
    return min(passed, _lowered(frame, side, other)) / width


def _lowered(frame: Frame, side: str, other: str) -> float:
    """Return how far one shoulder is below the other in m, by the picture, which shows it plainly."""
    flat, space = frame.image[:, :2], frame.world[:, :2]
    scale = float(np.ptp(flat, axis=0).sum()) / max(float(np.ptp(space, axis=0).sum()), 1e-9)
    return float(flat[POINT[f"{side}_shoulder"], 1] - flat[POINT[f"{other}_shoulder"], 1]) / scale


SIGNALS: Final[dict[str, Callable[[Frame, Side], float]]] = {"threaded": threaded}
