"""The whole body sinking and rising on both legs, seen from the side. In: a frame. Next: ``signals``.

Shoulders and hips go down together because both knees bend. Read off the legs this trembles half as much as read
off the height, needs no level camera, and neither a shrug, a bow nor a step looks like it.
"""

from collections.abc import Callable
from typing import Final

from midback.movement.landmarks import Frame
from midback.plan.performance import Side

from .bearing import flat_length


def legs_long(frame: Frame, side: Side = "both") -> float:
    """Return how long the straighter leg is from hip to ankle, in lengths of thigh and shank: 1 is straight."""
    longest = 0.0
    for leg in ("left", "right"):
        hip, knee, ankle = (frame.point(f"{leg}_{part}") for part in ("hip", "knee", "ankle"))
        bones = flat_length(knee - hip) + flat_length(ankle - knee)
        longest = max(longest, flat_length(ankle - hip) / bones)
    return longest


SIGNALS: Final[dict[str, Callable[[Frame, Side], float]]] = {"legs-long": legs_long}
