"""The whole body going down and up on bending knees, seen from the side. In: a frame. Next: ``signals``."""

from collections.abc import Callable
from typing import Final

import numpy as np

from midback.movement.landmarks import POINT, Frame
from midback.plan.performance import Side

_CHAIN: Final = ("shoulder", "hip", "knee", "ankle")


def standing_height(frame: Frame, side: Side = "both") -> float:
    """Return how high shoulders and hips are over the lower foot, in lengths of the body's chain of segments.

    The chain, shoulder to hip to knee to ankle, is as long with bent knees as with straight ones; the lower foot
    is the one that stands.
    """
    middles = np.array([frame.middle(part) for part in _CHAIN])
    chain = float(np.hypot(*np.diff(middles, axis=0).T).sum())
    foot = max(frame.image[POINT["left_ankle"], 1], frame.image[POINT["right_ankle"], 1])
    return float(foot - (middles[0, 1] + middles[1, 1]) / 2) / max(chain, 1e-9)


SIGNALS: Final[dict[str, Callable[[Frame, Side], float]]] = {"standing-height": standing_height}
