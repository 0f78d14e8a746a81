"""On hands and knees, seen from the side, whole. In: a frame with a body. Out: why not, or None. Next: ``gates``.

Angles are taken between parts of the body, so that a camera that is not level does not matter: an arm or a thigh
across the trunk, a knee that is bent. Only which way is down comes from the picture, with much room. Numbers on
recordings, first to last hundredth, people on all fours / child's pose / push-ups: arm to trunk 72-91 / 170 / 14-172
degrees, thigh to trunk 82-108 / 43 / 171, knee 60-78 / 46 / 168, width over length .07-.20 / .11 / .22 and more.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from midback.movement.dorsal import trunk_in_view as seen_side
from midback.movement.landmarks import STATIONS, Frame
from midback.movement.rotation import Array
from midback.reasons import Reason

from .bearing import torso_normal

CHEST_DOWN: Final = 0.5
# Degrees between the arm, the thigh and the trunk, and at the knee: what hands and knees under the body leave.
ARM: Final = (45.0, 125.0)
THIGH: Final = (55.0, 140.0)
KNEE: Final = 130.0
# How far below shoulders and hips hands and knees are at least, in trunk lengths.
BELOW: Final = 0.35
# Mean of the widths of shoulders and hips in the picture over the trunk's length: about 35 degrees off a side view.
WIDE: Final = 0.45
# A trunk shorter than this, in px or as a part of the longer side, has an outline too coarse to read.
SHORT_PX: Final = 36.0
SHORT: Final = 0.06
# An outline of the back nearer than this to the edge of the picture is that edge; so much of it may be.
CUT: Final = 0.02
CUT_OFF: Final = 0.8
# Trunk lengths inside the picture (-: outside) that a part has to be; of hands and knees the far one may do.
MARGINS: Final = (("shoulder", 0.05), ("hip", 0.05), ("knee", -0.15), ("wrist", -0.15))


def trunk_in_view(frame: Frame) -> Reason | None:
    """Refuse a body of which shoulders, hips, knees or hands lie outside the picture; the nearer edge decides."""
    length = _length(_trunk(frame))
    for part, margin in MARGINS:
        if max(_inside(frame, f"{side}_{part}") for side in ("left", "right")) < margin * length:
            return Reason(f"camera.out-of-view-{part}")
    return None


def back_in_view(frame: Frame) -> Reason | None:
    """Refuse a back whose outline is the edge of the picture."""
    if frame.profile is None:
        return None
    hip, shoulder, away = seen_side(frame.image, frame.visibility)
    along = shoulder - hip
    across = np.array([-along[1], along[0]])
    if across @ (away - hip) > 0:
        across = -across
    known = np.isfinite(frame.profile)
    edge = hip + STATIONS[known, None] * along + frame.profile[known, None] * across
    inside = np.minimum(edge, np.array(frame.size) - edge).min(axis=1)
    cut_off = (inside < CUT * _length(along)).sum()
    return Reason("camera.out-of-view-back") if cut_off > CUT_OFF * len(STATIONS) else None


def near_enough(frame: Frame) -> Reason | None:
    """Refuse a body so small that the outline of its back cannot be read."""
    length = _length(_trunk(frame))
    return None if length >= max(SHORT_PX, SHORT * max(frame.size)) else Reason("camera.too-far")


def all_fours(frame: Frame) -> Reason | None:
    """Refuse what is not on hands and knees: chest to the floor, hands and knees below, knees bent.

    From the side left and right are mixed up now and then, and with them the sign of the normal; hands and knees
    below the trunk tell the chest from the back.
    """
    if abs(torso_normal(frame)[1]) < CHEST_DOWN:
        return Reason("camera.not-all-fours")
    trunk = _trunk(frame)
    hip, shoulder, knee = frame.middle("hip"), frame.middle("shoulder"), frame.middle("knee")
    arm, thigh, shank = frame.middle("wrist") - shoulder, knee - hip, frame.middle("ankle") - knee
    below = min(float(arm[1]), float(thigh[1])) >= BELOW * _length(trunk)
    across = ARM[0] <= _degrees(arm, -trunk) <= ARM[1] and THIGH[0] <= _degrees(thigh, trunk) <= THIGH[1]
    bent = _degrees(shank, -thigh) <= KNEE
    return None if below and across and bent else Reason("camera.not-all-fours")


def side_on(frame: Frame) -> Reason | None:
    """Refuse a camera that looks too much from the front or the back."""
    shoulders = frame.point("left_shoulder") - frame.point("right_shoulder")
    hips = frame.point("left_hip") - frame.point("right_hip")
    wide = (_length(shoulders) + _length(hips)) / 2
    return None if wide <= WIDE * _length(_trunk(frame)) else Reason("camera.look-from-the-side")


def _trunk(frame: Frame) -> Array:
    return frame.middle("shoulder") - frame.middle("hip")


def _length(vector: Array) -> float:
    return float(np.hypot(vector[0], vector[1]))


def _degrees(one: Array, other: Array) -> float:
    size = max(_length(one) * _length(other), 1e-9)
    return float(np.degrees(np.arccos(np.clip(one @ other / size, -1.0, 1.0))))


def _inside(frame: Frame, name: str) -> float:
    """Return how far a point is from the nearest edge of the picture in px; negative outside."""
    (x, y), (wide, high) = frame.point(name), frame.size
    return float(min(x, wide - x, y, high - y))


GATES: Final[dict[str, Callable[[Frame], Reason | None]]] = {
    "trunk-in-view": trunk_in_view,
    "back-in-view": back_in_view,
    "near-enough": near_enough,
    "all-fours": all_fours,
    "side-on": side_on,
}
