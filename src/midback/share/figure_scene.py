"""Body, head and props together, in the units of a view box. In: ``Movement``. Out: ``Scene``. Next:
``figure``.

The box is that of the whole cycle at its full range, so that every moment, and a smaller range, is drawn to
one scale.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from midback.catalogue.keyframe import Movement
from midback.movement.bake import Baked, bake
from midback.share.figure_body import draw_body
from midback.share.figure_head import draw_head
from midback.share.figure_look import Look
from midback.share.figure_outline import Array, Camera, camera
from midback.share.figure_props import draw_props
from midback.share.figure_shape import Group, Shape

WIDTH = 900.0
MARGIN = 0.035


@dataclass(frozen=True, slots=True)
class Box:
    """The view box: where its upper left corner is, units per stature, and its size in units."""

    left: float
    top: float
    scale: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Scene:
    """All groups at ``times`` (T,) s, in units of the box, y down."""

    times: Array
    groups: tuple[Group, ...]
    box: Box
    baked: Baked

    def in_order(self, index: int) -> list[Group]:
        """Return the groups from far to near at one of the times."""
        return sorted(self.groups, key=lambda group: float(group.depth[index]))


class Kept:
    """Makes a movement usable as a key of a cache; the catalogue keeps each one for good."""

    __slots__ = ("movement",)

    def __init__(self, movement: Movement) -> None:
        self.movement = movement

    def __hash__(self) -> int:
        return id(self.movement)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and other.movement is self.movement


def draw_scene(movement: Movement, side: str, look: Look, range_scale: float, times: Array) -> Scene:
    """Draw a movement at the given times."""
    box = _box(Kept(movement), side, look)
    baked = bake(movement, side, range_scale, times=times)
    corner, turn = np.array([box.left, box.top]), np.array([box.scale, -box.scale])
    groups = tuple(
        Group(
            group.id,
            tuple(_placed(shape, (shape.points - corner) * turn) for shape in group.shapes),
            group.depth,
            group.edge,
        )
        for group in _draw(baked, _view(movement, side), look)
    )
    return Scene(times, groups, box, baked)


def _view(movement: Movement, side: str) -> Camera:
    # the other side is seen from the other side: the same picture, mirrored
    return camera(movement.view.azimuth * (-1 if side == "left" else 1), movement.view.elevation)


def _draw(baked: Baked, view: Camera, look: Look) -> list[Group]:
    return [*draw_props(baked, view), *draw_body(baked, view, look), draw_head(baked, view, look)]


@lru_cache(maxsize=512)
def _box(key: Kept, side: str, look: Look) -> Box:
    """Find the box around keyframes and the moments half-way between them."""
    movement = key.movement
    edges = np.array([*(frame.at_s for frame in movement.keyframes), movement.cycle_s])
    times = np.sort(np.concatenate([edges, (edges[:-1] + edges[1:]) / 2]))
    groups = _draw(bake(movement, side, 1.0, times=times), _view(movement, side), look)
    every = np.concatenate([shape.points.reshape(-1, 2) for group in groups for shape in group.shapes])
    low, high = np.nanmin(every, 0) - MARGIN, np.nanmax(every, 0) + MARGIN
    scale = WIDTH / float(max(high - low))
    width, height = (high - low) * scale
    return Box(float(low[0]), float(high[1]), scale, float(width), float(height))


def _placed(shape: Shape, points: Array) -> Shape:
    return Shape(shape.id, shape.kind, shape.colour, points, shape.opacity, shape.width)
