"""Threading one arm under the body, on hands and knees, seen from the front. In: a frame. Next: ``signals``.

No degrees: a turn of 60 to 90 degrees is read as 20 to 28. What shows is that one wrist passes under the middle to
the other side while that shoulder comes down; the other way round nothing counts.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from midback.movement.landmarks import POINT, Frame
from midback.plan.performance import Side

from .bearing import length, middle, spot, unit


def threaded(frame: Frame, side: Side = "right") -> float:
    """Return how far the arm of ``side`` is threaded, in shoulder widths: 0 at the middle, over 1 at the far side.

    The lesser of how far the wrist is past the middle and how far that shoulder is below the other.
    """
    other = "left" if side == "right" else "right"
    own_shoulder, other_shoulder = spot(frame, f"{side}_shoulder"), spot(frame, f"{other}_shoulder")
    width = length(own_shoulder - other_shoulder)
    # Across the body as the hips lie, which stay where they are while the shoulders turn.
    away = spot(frame, f"{other}_hip") - spot(frame, f"{side}_hip")
    away = unit(away * [1.0, 0.0, 1.0])
    passed = float((spot(frame, f"{side}_wrist") - middle(frame, "hip")) @ away) / width
    return min(passed, _lowered(frame, side, other) / width)


def _lowered(frame: Frame, side: str, other: str) -> float:
    """Return how far one shoulder is below the other in m, by the picture, which shows it plainly."""
    flat, space = frame.image[:, :2], frame.world[:, :2]
    scale = float(np.std(flat, axis=0).sum() / max(float(np.std(space, axis=0).sum()), 1e-9))
    return float(flat[POINT[f"{side}_shoulder"], 1] - flat[POINT[f"{other}_shoulder"], 1]) / scale


SIGNALS: Final[dict[str, Callable[[Frame, Side], float]]] = {"threaded": threaded}
