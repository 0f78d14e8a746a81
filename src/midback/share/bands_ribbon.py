"""Rubber bands as drawn ribbons. In: the courses of strands on the screen, how much longer they are. Out: SVG. Next:
``bands``.

Tint, width and shape say the same thing, so that none has to be told by colour: a longer band is amber, thin and drawn
tight; a shorter one is teal, wide and slack, lying in a soft wave. Never red: a band says nothing of harm.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from midback.share.figure_outline import Array
from midback.share.spine_day import TINTS

# The strain at which a band is half-way from its upright look to all tight or all slack: small ones must be seen too.
HALF: Final = 0.06
# How far on that way the next tint begins.
TINT_FROM: Final = (-0.5, -0.15, 0.12, 0.3, 0.55)
POINTS: Final = 22
# A slack band lies in waves so many of its widths long, and so many widths to either side.
WAVE_LONG, WAVE_HIGH = 3.4, 0.34
THIN, WAIST = 0.4, 0.3
_T: Final = np.linspace(0.0, 1.0, POINTS)
_BELLY: Final = np.sin(np.pi * _T)


def way_of(strain: float) -> float:
    """Return how far a band is on its way to all tight (1) or all slack (-1); 0 is its length upright."""
    return float(strain / (abs(strain) + HALF))


def tint_of(strain: float) -> int:
    """Return the number of a band's tint, 0 teal to 5 amber."""
    return int(np.searchsorted(TINT_FROM, way_of(strain), side="right"))


def width_of(strain: float, upright: float) -> float:
    """Return how wide a band is drawn that is ``upright`` wide when its person is: rubber keeps its volume."""
    return upright * (1.0 - THIN * way_of(strain))


def ribbons(courses: Sequence[Array], strain: float, upright: float) -> str:
    """Draw one band: its strands, edges first, so that they lie side by side as one.

    courses : for each strand (N, 2) on the screen, y down ; upright : its width, in the same units
    """
    way, wide, tint = way_of(strain), width_of(strain, upright), tint_of(strain)
    middle = np.stack([_smooth(course) for course in courses])
    along = middle[:, 1:] - middle[:, :-1]
    length = np.maximum(np.hypot(along[..., 0], along[..., 1]), 1e-9)
    along = along / length[..., None]
    along = np.concatenate([along[:, :1], along[:, 1:] + along[:, :-1], along[:, -1:]], 1)
    across = np.stack([-along[..., 1], along[..., 0]], -1)
    across /= np.maximum(np.hypot(along[..., 0], along[..., 1]), 1e-9)[..., None]
    if way < 0:
        waves = np.maximum(1.0, np.rint(length.sum(1) / (WAVE_LONG * wide)))[:, None]
        swing = -way * WAVE_HIGH * wide * _BELLY * np.sin(2 * np.pi * waves * _T)
        middle = middle + swing[..., None] * across
    # Tight rubber is thinnest in its middle.
    half = (wide / 2 * (1.0 - max(way, 0.0) * WAIST * _BELLY))[:, None] * across
    bodies = "".join(
        _written(ring) + "Z" for ring in np.concatenate([middle + half, (middle - half)[:, ::-1]], 1)
    )
    light = np.where(across[..., :1] * -0.5 + across[..., 1:] * -0.87 >= 0, 0.4, -0.4)
    gloss = "".join(_written(line) for line in (middle + light * half)[:, 1:-1])
    return (
        f'<path class="mb-edge" fill="none" stroke="#1f2a2e" stroke-width="4" stroke-linejoin="round" '
        f'opacity=".6" d="{bodies}"/><path class="mb-still-{tint}" fill="{TINTS[tint]}" d="{bodies}"/>'
        f'<path fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="{0.15 * wide:.1f}" '
        f'stroke-linecap="round" d="{gloss}"/>'
    )


def pins(spots: Array, radius: float) -> str:
    """Draw where bands hold on, (N, 2), each place once."""
    at = dict.fromkeys((round(x), round(y)) for x, y in spots.tolist())
    ring = f"m{-radius:g} 0a{radius:g} {radius:g} 0 1 0 {2 * radius:g} 0a{radius:g} {radius:g} 0 1 0 {-2 * radius:g} 0z"
    data = "".join(f"M{x} {y}{ring}" for x, y in at)
    return f'<path class="mb-edge" fill="#fffdf9" stroke="#1f2a2e" stroke-width="{0.5 * radius:.1f}" d="{data}"/>'


def _smooth(course: Array) -> Array:
    """Lay a smooth line through the places of a course, (``POINTS``, 2)."""
    start, end = course[:-1], course[1:]
    if len(start) == 1:
        return np.asarray(start + _T[:, None] * (end - start))
    step = np.hypot(*(end - start).T)
    at = np.concatenate([[0.0], np.cumsum(np.maximum(step, 1e-6))])
    slope = (end - start) / np.diff(at)[:, None]
    slope = np.concatenate([slope[:1], (slope[1:] + slope[:-1]) / 2, slope[-1:]])
    fine = at[-1] * _T
    row = np.minimum(np.searchsorted(at, fine, side="right") - 1, len(start) - 1)
    span = (at[row + 1] - at[row])[:, None]
    s = (fine - at[row])[:, None] / span
    r = 1 - s
    here, there = course[row], course[row + 1]
    hold = span * s * r
    return np.asarray(
        r * r * (1 + 2 * s) * here
        + s * s * (3 - 2 * s) * there
        + hold * (r * slope[row] - s * slope[row + 1])
    )


def _written(points: Array) -> str:
    """Write straight pieces through points, in half units."""
    return "M" + " ".join([f"{n:g}" for n in (np.rint(points * 2) / 2).ravel().tolist()])
