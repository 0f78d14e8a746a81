"""Outlines of round things seen from afar. In: 3-D stations of a limb. Out: 2-D points. Next:
``figure_body``.

A body part is a row of ellipses along its axis. Seen in orthographic projection its edge is, at each
station, the point of the ellipse that lies farthest to the side; the ends are closed by half ellipsoids.
This holds for any view.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LIGHT = np.array([-0.42, 0.91])
CAP_TURNS = np.radians([-45.0, 0.0, 45.0])


@dataclass(frozen=True, slots=True)
class Camera:
    """An orthographic view. ``right``, ``up`` and ``toward`` are unit vectors of the screen; ``screen`` (3, 2)."""

    right: Array
    up: Array
    toward: Array
    screen: Array = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "screen", np.stack([self.right, self.up], -1))

    def flat(self, points: Array) -> Array:
        """Project (..., 3) to the screen, (..., 2), y up."""
        return np.asarray(points @ self.screen)

    def depth(self, points: Array) -> Array:
        """Return how near to the viewer points are; greater is nearer."""
        return np.asarray(points @ self.toward)


def camera(azimuth_deg: float, elevation_deg: float) -> Camera:
    """Make a view: azimuth 0 faces the person, 90 stands at their right."""
    a, e = np.radians(azimuth_deg), np.radians(elevation_deg)
    toward = np.array([np.cos(a) * np.cos(e), np.sin(e), np.sin(a) * np.cos(e)])
    right = np.array([np.sin(a), 0.0, -np.cos(a)])
    return Camera(right, np.cross(toward, right), toward)


@dataclass(frozen=True, slots=True)
class Stations:
    """A row of S ellipses over T frames: centres, and half axes as vectors, all (T, S, 3).

    ``caps`` are the rounded lengths beyond the first and the last station, for all frames or (T, 1).
    """

    centre: Array
    lateral: Array
    depth: Array
    caps: tuple[float | Array, float | Array]


def _support(axes: tuple[Array, ...], way: Array) -> Array:
    """Return the point, relative to its centre, of a projected ellipsoid that lies farthest along ``way``."""
    dots = [(axis[..., :1] * way[..., :1] + axis[..., 1:] * way[..., 1:]) for axis in axes]
    far = np.sqrt(sum(dot**2 for dot in dots)) + 1e-9
    return np.asarray(sum(axis * dot for axis, dot in zip(axes, dots, strict=True)) / far)


def _unit(v: Array) -> Array:
    length = np.linalg.norm(v, axis=-1, keepdims=True)
    return np.asarray(v / np.where(length > 1e-9, length, 1.0))


def _turn(v: Array, angle: Array) -> Array:
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([c * v[..., 0] - s * v[..., 1], s * v[..., 0] + c * v[..., 1]], -1)


@dataclass(frozen=True, slots=True)
class Tube:
    """A projected part: its outline (T, P, 2) and its two sides (T, S, 2) with the middle between them."""

    outline: Array
    left: Array
    right: Array
    middle: Array
    normal: Array


def tube(stations: Stations, view: Camera, bends: bool = False) -> Tube:
    """Project a row of ellipses.

    bends : whether the axis is a curve (the trunk) or one straight bone
    """
    middle, u, v = view.flat(stations.centre), view.flat(stations.lateral), view.flat(stations.depth)
    if bends:
        along = np.empty_like(middle)
        along[:, 1:-1] = middle[:, 2:] - middle[:, :-2]
        along[:, 0], along[:, -1] = middle[:, 1] - middle[:, 0], middle[:, -1] - middle[:, -2]
        along = _unit(along)
    else:
        along = np.broadcast_to(_unit(middle[:, -1:] - middle[:, :1]), middle.shape)
    normal = np.stack([-along[..., 1], along[..., 0]], -1)
    side = _support((u, v), normal)
    left, right = middle + side, middle - side
    ends = []
    for at, sense, cap in ((0, -1.0, stations.caps[0]), (-1, 1.0, stations.caps[1])):
        near = 1 if at == 0 else -2
        bone = stations.centre[:, at] - stations.centre[:, near]
        w = view.flat(bone / (np.linalg.norm(bone, axis=-1, keepdims=True) + 1e-9) * cap)
        axes = (u[:, at, None], v[:, at, None], w[:, None])
        ways = _turn(sense * along[:, at, None], -CAP_TURNS)
        ends.append(middle[:, at, None] + _support(axes, ways))
    # start cap runs from the right side round to the left, end cap from the left round to the right
    outline = np.concatenate([ends[0], left, ends[1], right[:, ::-1]], 1)
    return Tube(outline, left, right, middle, normal)


def tubes(parts: Sequence[Stations], view: Camera) -> list[Tube]:
    """Project straight parts of as many ellipses each, (T, S, 3), in one go."""
    frames = len(parts[0].centre)
    caps = tuple(
        np.concatenate([np.broadcast_to(part.caps[end], (frames, 1)) for part in parts]) for end in (0, 1)
    )
    every = Stations(
        np.concatenate([part.centre for part in parts]),
        np.concatenate([part.lateral for part in parts]),
        np.concatenate([part.depth for part in parts]),
        (caps[0], caps[1]),
    )
    drawn = tube(every, view)
    own = [slice(at, at + frames) for at in range(0, len(drawn.outline), frames)]
    return [
        Tube(drawn.outline[at], drawn.left[at], drawn.right[at], drawn.middle[at], drawn.normal[at])
        for at in own
    ]


def shade(part: Tube, side: float, strength: float = 0.8) -> Array:
    """Return the darker strip (T, P, 2) along one side (+1 left, -1 right) of a part: widest away from the
    light."""
    edge = part.left if side > 0 else part.right
    away = np.maximum(0.0, -side * (part.normal @ LIGHT))[..., None]
    taper = np.sin(np.linspace(0.12, np.pi - 0.12, edge.shape[1]))[None, :, None]
    inner = edge + (part.middle - edge) * strength * away * taper
    return np.concatenate([edge, inner[:, ::-1]], 1)


def hull(centres: Array, axes: Sequence[tuple[Array, ...]], view: Camera, count: int = 18) -> Array:
    """Return the outline (T, count, 2) around several ellipsoids.

    centres : (T, E, 3); axes : for each ellipsoid three half axes (T, 3)
    """
    turns = np.linspace(0, 2 * np.pi, count, endpoint=False)
    ways = np.stack([np.cos(turns), np.sin(turns)], -1)
    flat = view.flat(centres)
    # half axes on the screen: frames t, ellipsoids e, axes a, screen j; directions k
    half = np.stack([view.flat(np.stack(row, 1)) for row in axes], 1)
    dots = np.einsum("teaj,kj->tkea", half, ways)
    far = np.sqrt(np.sum(dots**2, -1)) + 1e-9
    spots = flat[:, None] + np.einsum("teaj,tkea->tkej", half, dots) / far[..., None]
    reach = np.einsum("tkej,kj->tke", spots, ways)
    share = np.exp((reach - reach.max(2, keepdims=True)) / 0.0015)
    share = share / share.sum(2, keepdims=True)
    return np.asarray(np.sum(spots * share[..., None], 2))


def even(outline: Array, count: int) -> Array:
    """Respace a closed outline (P, 2) to ``count`` points at equal steps, from the topmost one."""
    start = int(np.argmax(outline[:, 1] + 1e-3 * outline[:, 0]))
    ring = np.roll(outline, -start, axis=0)
    if np.sum(ring[:, 0] * np.roll(ring[:, 1], -1) - np.roll(ring[:, 0], -1) * ring[:, 1]) < 0:
        ring = np.roll(ring[::-1], 1, axis=0)
    ring = np.concatenate([ring, ring[:1]])
    steps = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    if steps[-1] < 1e-6:
        return np.repeat(ring[:1], count, axis=0)
    at = np.linspace(0, steps[-1], count, endpoint=False)
    return np.stack([np.interp(at, steps, ring[:, 0]), np.interp(at, steps, ring[:, 1])], -1)
