"""The outline of the back: how far the body reaches beyond the line from hip to shoulder.

In: a body mask (H, W) 0..1 and three points of it. Out: 25 distances in lengths of that line, and their bow as one
number. Next: coach.verify. web/static/camera/profile.js measures the same way, and tests hold the two together.

A point (x, y) lies at ``mask[y, x]``: whole numbers are the middles of the mask's cells.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from midback.movement.landmarks import POINT, STATIONS
from midback.movement.rotation import Array

# How far out the edge is looked for, in lengths of the line: a back is nearer than that.
REACH: Final = 0.9
# A station's point may miss the body by this much, as where the shoulder's mark lies on the skin.
SLACK: Final = 0.075
# Steps a length: about the cells of a mask along a trunk that is 75 of 256 of them long, twice.
STEPS: Final = 150
INSIDE: Final = 0.5
# What the sagitta leaves out near hip and shoulder, and the two ends of its straight line.
_INNER: Final = (STATIONS >= 0.15) & (STATIONS <= 0.85)
_LOW: Final = np.abs(STATIONS - 0.1) <= 0.051
_HIGH: Final = np.abs(STATIONS - 0.9) <= 0.051
# Of the 17 stations between, so many have to be known.
_ENOUGH: Final = 12


def dorsal_profile(mask: NDArray[np.float32], hip: Array, shoulder: Array, away_from: Array) -> Array:
    """Return the distance from the hip-shoulder line to the edge of the body at each of ``STATIONS``.

    mask : (H, W) 0..1, the body where it is over one half
    hip, shoulder, away_from : (2,) in cells of the mask; the back is the side away from the third
    returns : (25,) in lengths of the line; NaN where the mask has no body or no edge there
    """
    nothing = np.full(len(STATIONS), np.nan)
    along = np.asarray(shoulder, float) - hip
    length = float(np.hypot(along[0], along[1]))
    if not length > 1.0:
        return nothing
    normal = np.array([-along[1], along[0]]) / length
    if float(normal @ (np.asarray(away_from, float) - (hip + along / 2))) > 0:
        normal = -normal
    out = np.arange(int(REACH * STEPS) + 1) / STEPS
    feet = hip + STATIONS[:, None] * along
    x = feet[:, :1] + normal[0] * length * out
    y = feet[:, 1:] + normal[1] * length * out
    body = _sampled(mask, x, y)
    inside = body > INSIDE
    start = np.argmax(inside, axis=1)
    rows = np.arange(len(STATIONS))
    found = inside[rows, start] & (out[start] <= SLACK)
    left = ~inside & (np.arange(len(out)) > start[:, None])
    edge = np.argmax(left, axis=1)
    found &= left[rows, edge]
    last, first = body[rows, edge - 1], body[rows, edge]
    part = (last - INSIDE) / np.where(found, last - first, 1.0)
    return np.where(found, (edge - 1 + part) / STEPS, nothing)


def sagitta(profile: Array) -> float:
    """Return how far the back bows out of a straight line, in lengths of the trunk: + rounded, - arched.

    profile : (25,) of ``dorsal_profile``
    returns : mean over the inner stations less the line through the ends' means; NaN where too little is known
    """
    known = np.isfinite(profile)
    if not (known & _LOW).any() or not (known & _HIGH).any() or (known & _INNER).sum() < _ENOUGH:
        return float("nan")
    low, high = profile[known & _LOW].mean(), profile[known & _HIGH].mean()
    line = low + (high - low) * (STATIONS - 0.1) / 0.8
    return float((profile - line)[known & _INNER].mean())


def trunk_in_view(image: Array, visibility: Array) -> tuple[Array, Array, Array]:
    """Return hip, shoulder and the point the back turns away from, of the side that is seen better.

    image : (33, 2 or 3) ; visibility : (33,) ; each result is (2,)
    """
    left = sum(visibility[POINT[f"left_{part}"]] for part in ("ear", "shoulder", "hip", "knee"))
    right = sum(visibility[POINT[f"right_{part}"]] for part in ("ear", "shoulder", "hip", "knee"))
    side = "left" if left > right else "right"
    hip, shoulder, knee, wrist = (
        np.asarray(image[POINT[f"{side}_{part}"], :2]) for part in ("hip", "shoulder", "knee", "wrist")
    )
    return hip, shoulder, (knee + wrist) / 2


def _sampled(mask: NDArray[np.float32], x: Array, y: Array) -> Array:
    """Return the mask between its cells by bilinear interpolation; outside it there is no body."""
    high, wide = mask.shape
    left, top = np.floor(x), np.floor(y)
    right, bottom = x - left, y - top
    column, row = left.astype(np.intp), top.astype(np.intp)
    result = np.zeros(x.shape)
    for down, below in ((0, 1 - bottom), (1, bottom)):
        for across, beside in ((0, 1 - right), (1, right)):
            r, c = row + down, column + across
            within = (r >= 0) & (r < high) & (c >= 0) & (c < wide)
            cells = mask[np.clip(r, 0, high - 1), np.clip(c, 0, wide - 1)]
            result += np.where(within, cells, 0.0) * below * beside
    return result
