"""The shape of the back from the side. In: a frame with its dorsal profile. Next: ``signals``."""

from collections.abc import Callable
from typing import Final

from midback.movement.dorsal import sagitta
from midback.movement.landmarks import Frame
from midback.plan.performance import Side


def back_sagitta(frame: Frame, side: Side = "both") -> float:
    """Return how far the back bows out of its straight line, in trunk lengths; + rounded, - arched."""
    return float("nan") if frame.profile is None else sagitta(frame.profile)


SIGNALS: Final[dict[str, Callable[[Frame, Side], float]]] = {"back-sagitta": back_sagitta}
