"""Where the arms are, standing or sitting. In: a frame. Next: ``signals``.

Each is the mean of the arms that can be seen: both, or the nearer one from the side.
"""

from collections.abc import Callable
from statistics import fmean
from typing import Final

from midback.movement.landmarks import Frame
from midback.plan.performance import Side

from .bearing import length, middle, sides_seen, spot, torso_normal


def forearms_up(frame: Frame, side: Side = "both") -> float:
    """Return how well elbows are at shoulder height with the forearms upright: 1 is exactly so, 0 is not at all.

    Of every arm seen, the least of the forearm's cosine to straight up and of 1 less the elbow's distance from
    shoulder height in upper arm lengths.
    """
    worst = 1.0
    for arm in sides_seen(frame):
        shoulder, elbow, wrist = (spot(frame, f"{arm}_{joint}") for joint in ("shoulder", "elbow", "wrist"))
        upright = (elbow - wrist)[1] / length(elbow - wrist)
        level = 1.0 - abs((elbow - shoulder)[1]) / length(elbow - shoulder)
        worst = min(worst, float(upright), float(level))
    return worst


def elbows_back(frame: Frame, side: Side = "both") -> float:
    """Return how far the elbows are behind the shoulders, in upper arm lengths: - in front, + drawn back."""
    front = torso_normal(frame)
    found = []
    for arm in sides_seen(frame):
        upper = spot(frame, f"{arm}_elbow") - spot(frame, f"{arm}_shoulder")
        found.append(float(-(upper @ front)) / length(upper))
    return fmean(found)


def hands_up(frame: Frame, side: Side = "both") -> float:
    """Return how far the wrists are above the shoulders, in trunk lengths: - below, + above."""
    trunk = length(middle(frame, "shoulder") - middle(frame, "hip"))
    found = [
        float((spot(frame, f"{arm}_shoulder") - spot(frame, f"{arm}_wrist"))[1]) / trunk
        for arm in sides_seen(frame)
    ]
    return fmean(found)


SIGNALS: Final[dict[str, Callable[[Frame, Side], float]]] = {
    "forearms-up": forearms_up,
    "elbows-back": elbows_back,
    "hands-up": hands_up,
}
