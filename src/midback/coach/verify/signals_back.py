"""The shape of the back from the side. In: a frame with its dorsal profile. Next: ``signals``."""

from collections.abc import Callable
from typing import Final

import numpy as np

from midback.movement.landmarks import STATIONS, Frame
from midback.plan.performance import Side

INNER: Final = (STATIONS >= 0.15) & (STATIONS <= 0.85)
AT_HIP: Final = (STATIONS >= 0.05) & (STATIONS <= 0.15)
AT_SHOULDER: Final = (STATIONS >= 0.85) & (STATIONS <= 0.95)


def back_sagitta(frame: Frame, side: Side = "both") -> float:
    """Return how far the back bulges out of its straight line, in trunk lengths; + rounded, - arched."""
    profile = frame.profile
    if profile is None or np.isfinite(profile[INNER]).sum() < 12:
        return float("nan")
    if not (np.isfinite(profile[AT_HIP]).any() and np.isfinite(profile[AT_SHOULDER]).any()):
        return float("nan")
    hip, shoulder = np.nanmean(profile[AT_HIP]), np.nanmean(profile[AT_SHOULDER])
    line = hip + (shoulder - hip) * (STATIONS - 0.1) / 0.8
    return float(np.nanmean((profile - line)[INNER]))


SIGNALS: Final[dict[str, Callable[[Frame, Side], float]]] = {"back-sagitta": back_sagitta}
