"""Rubber bands as drawn ribbons. In: the courses of strands on the screen, how much longer they are. Out: SVG. Next:
``bands``.

Tint, width and shape say the same thing, so that none has to be told by colour: a longer band is amber, thin and drawn
tight; a shorter one is teal, wide and slack, lying in a soft wave. Never red: a band says nothing of harm.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

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
_RING: Final = "M" + " ".join(["%g"] * (4 * POINTS)) + "Z"
_GLOSS: Final = "M" + " ".join(["%g"] * (2 * (POINTS - 2)))


class Ribbon(NamedTuple):
    """One band to draw: for each strand its course (N, 2) on the screen, y down ; upright : its width, same unit."""

    courses: Sequence[Array]
    strain: float
    upright: float


def way_of(strain: float) -> float:
    """Return how far a band is on its way to all tight (1) or all slack (-1); 0 is its length upright."""
    return float(strain / (abs(strain) + HALF))


def tint_of(strain: float) -> int:
    """Return the number of a band's tint, 0 teal to 5 amber."""
    return sum(way_of(strain) >= step for step in TINT_FROM)


def width_of(strain: float, upright: float) -> float:
    """Return how wide a band is drawn that is ``upright`` wide when its person is: rubber keeps its volume."""
    return upright * (1.0 - THIN * way_of(strain))


def ribbons(bands: Sequence[Ribbon]) -> list[str]:
    """Draw bands, all in one pass: of each its strands, edges first, so that they lie side by side as one."""
    strands = [len(band.courses) for band in bands]
    middle = _smooth([course for band in bands for course in band.courses])
    way = np.repeat([way_of(band.strain) for band in bands], strands)[:, None]
    wide = np.repeat([width_of(band.strain, band.upright) for band in bands], strands)[:, None]
    along = middle[:, 1:] - middle[:, :-1]
    length = np.maximum(np.hypot(along[..., 0], along[..., 1]), 1e-9)
    along = along / length[..., None]
    along = np.concatenate([along[:, :1], along[:, 1:] + along[:, :-1], along[:, -1:]], 1)
    across = np.stack([-along[..., 1], along[..., 0]], -1)
    across /= np.maximum(np.hypot(along[..., 0], along[..., 1]), 1e-9)[..., None]
    waves = np.maximum(1.0, np.rint(length.sum(1)[:, None] / (WAVE_LONG * wide)))
    slack, tight = np.minimum(way, 0.0), np.maximum(way, 0.0)
    swing = -slack * WAVE_HIGH * wide * _BELLY * np.sin(2 * np.pi * waves * _T)
    middle = middle + swing[..., None] * across
    # Tight rubber is thinnest in its middle.
    half = (wide / 2 * (1.0 - tight * WAIST * _BELLY))[..., None] * across
    light = np.where(across[..., :1] * -0.5 + across[..., 1:] * -0.87 >= 0, 0.4, -0.4)
    bodies = _written(_RING, np.concatenate([middle + half, (middle - half)[:, ::-1]], 1))
    glosses = _written(_GLOSS, (middle + light * half)[:, 1:-1])
    return [
        _painted(
            band, "".join(next(bodies) for _ in band.courses), "".join(next(glosses) for _ in band.courses)
        )
        for band in bands
    ]


def pins(spots: Array, radius: float) -> str:
    """Draw where bands hold on, (N, 2), each place once."""
    at = dict.fromkeys((round(x), round(y)) for x, y in spots.tolist())
    ring = f"m{-radius:g} 0a{radius:g} {radius:g} 0 1 0 {2 * radius:g} 0a{radius:g} {radius:g} 0 1 0 {-2 * radius:g} 0z"
    data = "".join(f"M{x} {y}{ring}" for x, y in at)
    return f'<path class="mb-edge" fill="#fffdf9" stroke="#1f2a2e" stroke-width="{0.5 * radius:.1f}" d="{data}"/>'


def _painted(band: Ribbon, body: str, gloss: str) -> str:
    tint = tint_of(band.strain)
    # The edge of all strands lies under the fill of all: one path, a third less to send and to read at each step.
    return (
        f'<path class="mb-edge mb-still-{tint}" fill="{TINTS[tint]}" stroke="#1f2a2e" stroke-width="4" '
        f'stroke-opacity=".6" stroke-linejoin="round" paint-order="stroke" d="{body}"/>'
        f'<path fill="none" stroke="#fff" stroke-opacity=".5" '
        f'stroke-width="{0.15 * width_of(band.strain, band.upright):.1f}" stroke-linecap="round" d="{gloss}"/>'
    )


def _smooth(courses: Sequence[Array]) -> Array:
    """Lay a smooth line through the places of each course, (courses, ``POINTS``, 2)."""
    found = np.empty((len(courses), POINTS, 2))
    for size in {len(course) for course in courses}:
        which = [place for place, course in enumerate(courses) if len(course) == size]
        found[which] = _curves(np.stack([courses[place] for place in which]))
    return found


def _curves(course: Array) -> Array:
    """Lay a smooth line through courses of as many places each, (N, K, 2) to (N, ``POINTS``, 2)."""
    start, end = course[:, :-1], course[:, 1:]
    if course.shape[1] == 2:
        return np.asarray(start + _T[:, None] * (end - start))
    span = np.hypot(end[..., 0] - start[..., 0], end[..., 1] - start[..., 1])
    at = np.concatenate([np.zeros((len(course), 1)), np.cumsum(np.maximum(span, 1e-6), 1)], 1)
    slope = (end - start) / np.diff(at)[..., None]
    slope = np.concatenate([slope[:, :1], (slope[:, 1:] + slope[:, :-1]) / 2, slope[:, -1:]], 1)
    fine = at[:, -1:] * _T
    row = np.minimum((fine[:, :, None] >= at[:, None]).sum(-1) - 1, start.shape[1] - 1)
    who = np.arange(len(course))[:, None]
    long = (at[who, row + 1] - at[who, row])[..., None]
    s = (fine - at[who, row])[..., None] / long
    r = 1 - s
    hold = long * s * r
    return np.asarray(
        r * r * (1 + 2 * s) * course[who, row]
        + s * s * (3 - 2 * s) * course[who, row + 1]
        + hold * (r * slope[who, row] - s * slope[who, row + 1])
    )


def _written(form: str, lines: Array) -> Iterator[str]:
    """Write straight pieces through the points of each line (lines, N, 2), in half units."""
    # Adding 0 makes a written "-0" a "0".
    halves: Iterable[list[float]] = (np.rint(lines.reshape(len(lines), -1) * 2) / 2 + 0.0).tolist()
    return (form % tuple(line) for line in halves)
