"""One rubber band as a drawn ribbon. In: the course of a strand on the screen, how much longer it is. Out: SVG. Next:
``bands``.

Tint, width and shape say the same thing, so that none has to be told by colour: a longer band is amber, thin and drawn
tight; a shorter one is teal, wide and slack, lying in a soft wave. Never red: a band says nothing of harm.
"""

from typing import Final

import numpy as np

from midback.share.figure_outline import Array
from midback.share.spine_day import TINTS

# Strain at which tint and width have gone halfway and nearly all the way; small ones must be seen too.
HALF: Final = 0.06
# Shares of the way from shortest to longest at which the next tint begins.
TINT_FROM: Final = (-0.55, -0.2, 0.0, 0.2, 0.55)
STEPS: Final = 14
WAVES: Final = 2.5
SLACK: Final = 0.62


def way_of(strain: float) -> float:
    """Return how far a band is on its way to all tight (1) or all slack (-1); 0 is its length upright."""
    return float(strain / (abs(strain) + HALF))


def tint_of(strain: float) -> int:
    """Return the number of a band's tint, 0 teal to 5 amber."""
    return int(np.searchsorted(TINT_FROM, way_of(strain), side="right"))


def width_of(strain: float, upright: float) -> float:
    """Return how wide a band is drawn that is ``upright`` wide when its person is: rubber keeps its volume."""
    return upright * (1.0 - 0.42 * way_of(strain))


def ribbon(course: Array, strain: float, upright: float) -> str:
    """Draw a band along a course.

    course : (N, 2) on the screen, y down ; upright : its width, in the same units
    """
    middle = _smooth(course)
    along = np.gradient(middle, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    across = np.stack([-along[:, 1], along[:, 0]], -1)
    way = way_of(strain)
    t = np.linspace(0.0, 1.0, len(middle))
    wide = width_of(strain, upright)
    if way < 0:
        middle = (
            middle
            + (-way * SLACK * wide * np.sin(np.pi * t) * np.sin(2 * np.pi * WAVES * t))[:, None] * across
        )
    # Tight rubber is thinnest in its middle.
    half = wide / 2 * (1.0 - max(way, 0.0) * 0.35 * np.sin(np.pi * t))
    left, right = middle + half[:, None] * across, middle - half[:, None] * across
    tint = tint_of(strain)
    body = _closed(np.concatenate([left, right[::-1]]))
    gloss = _open(middle + 0.42 * half[:, None] * across * _lit(across))
    return (
        f'<path class="mb-edge" fill="none" stroke="#1f2a2e" stroke-width="{0.16 * upright + 2.4:.1f}" '
        f'stroke-linejoin="round" opacity=".55" d="{body}"/>'
        f'<path class="mb-still-{tint}" fill="{TINTS[tint]}" d="{body}"/>'
        f'<path fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="{0.16 * wide:.1f}" '
        f'stroke-linecap="round" d="{gloss}"/>'
    )


def pin(spot: Array, radius: float) -> str:
    """Draw where a band holds on."""
    return (
        f'<circle class="mb-edge" cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{radius:.1f}" fill="#fffdf9" '
        f'stroke="#1f2a2e" stroke-width="{0.5 * radius:.1f}"/>'
    )


def _lit(across: Array) -> Array:
    """Return on which side of the ribbon the light falls: the upper left."""
    return np.where(across @ np.array([-0.5, -0.87]) >= 0, 1.0, -1.0)[:, None]


def _smooth(course: Array) -> Array:
    """Lay a smooth line through the places of a course, (``STEPS`` a stretch)."""
    if len(course) == 2:
        return np.linspace(course[0], course[1], 2 * STEPS)
    steps = np.hypot(*np.diff(course, axis=0).T)
    at = np.concatenate([[0.0], np.cumsum(np.maximum(steps, 1e-6))])
    slope = np.gradient(course, at, axis=0)
    fine = np.linspace(0.0, at[-1], max(2 * STEPS, 5 * len(course)))
    row = np.clip(np.searchsorted(at, fine, side="right") - 1, 0, len(course) - 2)
    span = (at[row + 1] - at[row])[:, None]
    s = (fine - at[row])[:, None] / span
    return np.asarray(
        (1 + 2 * s) * (1 - s) ** 2 * course[row]
        + s * (1 - s) ** 2 * span * slope[row]
        + s**2 * (3 - 2 * s) * course[row + 1]
        - s**2 * (1 - s) * span * slope[row + 1]
    )


def _open(points: Array) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points.tolist())


def _closed(points: Array) -> str:
    return _open(points) + "Z"
