"""The moving figure. In: an exercise's movement. Out: inline SVG for one moment, or numbers for ``figure.js``.

Python does all kinematics, projection and shading. The browser gets shapes whose structure never changes and a list
of numbers per frame, and only interpolates. Equal frames are stored once, so there and back costs half.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Literal

import numpy as np

from midback.catalogue.exercise import Exercise
from midback.catalogue.keyframe import Movement
from midback.errors import NotFound
from midback.movement.bake import Baked, bake
from midback.share.figure_body import Group, Shape, draw_body
from midback.share.figure_head import draw_head
from midback.share.figure_look import Look
from midback.share.figure_outline import Array, camera
from midback.share.figure_props import draw_props

WIDTH = 900.0
MARGIN = 0.035
FRAMES_PER_S = 8.0
FEWEST_FRAMES, MOST_FRAMES = 6, 24
TOLERANCE = 4.0
MOST_KEPT = 16
STROKES = frozenset({"edge", "lit-edge", "band", "wall-edge", "wood-line"})
EDGE_WIDTH = 0.0065

__all__ = ["Look", "animate", "animate_movement", "still", "still_movement"]


@dataclass(frozen=True, slots=True)
class _Scene:
    """All groups over time, in units of the view box, y down."""

    times: Array
    groups: tuple[Group, ...]
    width: float
    height: float
    scale: float
    baked: Baked


def still(
    exercise: Exercise,
    variant_id: str,
    *,
    side: str = "both",
    look: Look | None = None,
    at: float | None = None,
    range_scale: float = 1.0,
    size: Literal["full", "thumb"] = "full",
    title: str = "",
) -> str:
    """Draw one moment of an exercise as inline SVG.

    at : s from the start of the cycle; without it, the most telling key pose
    Raises ``NotFound`` when the variant does not move.
    """
    return still_movement(
        _movement(exercise, variant_id),
        side=side,
        look=look,
        at=at,
        range_scale=range_scale,
        size=size,
        title=title,
    )


def animate(
    exercise: Exercise,
    variant_id: str,
    *,
    side: str = "both",
    look: Look | None = None,
    range_scale: float = 1.0,
) -> dict[str, Any]:
    """Return one cycle of an exercise as JSON for ``figure.js``; see ``animate_movement``."""
    return animate_movement(_movement(exercise, variant_id), side=side, look=look, range_scale=range_scale)


def still_movement(
    movement: Movement,
    *,
    side: str = "both",
    look: Look | None = None,
    at: float | None = None,
    range_scale: float = 1.0,
    size: Literal["full", "thumb"] = "full",
    title: str = "",
) -> str:
    """Draw one moment of a movement as inline SVG."""
    look = look or Look()
    moment = _telling_moment(movement) if at is None else at
    # the frame around the whole cycle stays the same for every moment of it
    scene = _scene(_Key(movement), side, look, range_scale)
    index = int(np.argmin(np.abs(scene.times - moment)))
    if abs(scene.times[index] - moment) > 1e-3:
        scene = _draw(movement, side, look, range_scale, np.array([moment]), scene)
        index = 0
    colours = look.colours()
    parts = []
    for group in _in_order(scene.groups, index):
        if size == "thumb" and group.id == "shadow":
            continue
        parts.append(f'<g data-part="{group.id}">')
        if group.edge:
            data = "".join(path_of(s.kind, s.points[index]) for s in group.shapes if s.id in group.edge)
            width = EDGE_WIDTH * scene.scale * (1.8 if size == "thumb" else 1.0)
            parts.append(_path("edge", data, colours, width, 0.32))
        for shape in group.shapes:
            if size == "thumb" and shape.id.endswith("shade"):
                continue
            data = path_of(shape.kind, shape.points[index])
            parts.append(_path(shape.colour, data, colours, shape.width * scene.scale, shape.opacity))
        parts.append("</g>")
    words = f"<title>{escape(title)}</title>" if title else "<title></title>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{look.classes()}" role="img" '
        f'viewBox="0 0 {scene.width:.0f} {scene.height:.0f}" preserveAspectRatio="xMidYMid meet">'
        f"{words}{''.join(parts)}</svg>"
    )


def animate_movement(
    movement: Movement, *, side: str = "both", look: Look | None = None, range_scale: float = 1.0
) -> dict[str, Any]:
    """Return one cycle as numbers.

    ``groups`` hold ``shapes`` in drawing order; each shape has ``frames``: whole numbers x, y, x, y ... of the first
    frame, then what each frame adds to the one before; a shape that never moves has one frame, a ring is drawn round
    the shape it is ``of``. ``times`` and ``index`` say which frame is shown when. ``order`` lists the
    groups from far to near whenever that changes. ``keyposes`` are the stepped poses with their cues.
    """
    look = look or Look()
    scene = _scene(_Key(movement), side, look, range_scale)
    colours = look.colours()
    every = [shape.points.reshape(len(scene.times), -1) for g in scene.groups for shape in g.shapes]
    poses = np.array([*(frame.at_s for frame in movement.keyframes), movement.cycle_s])
    must = np.isclose(scene.times[:, None], poses, atol=1e-6).any(1)
    kept = _thin(scene.times, must, np.concatenate(every, 1))
    times = scene.times[kept]
    rows = [np.rint(row[kept]).astype(int) for row in every]
    whole = np.concatenate(rows, 1)
    _, first, index = np.unique(whole, axis=0, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    index, first = rank[np.ravel(index)], np.sort(first)
    groups, n = [], 0
    for group in scene.groups:
        shapes = []
        for shape in group.shapes:
            frames = rows[n][first]
            n += 1
            moving = bool((frames != frames[0]).any())
            entry: dict[str, Any] = {"id": shape.id, "kind": shape.kind, "class": f"mb-{shape.colour}"}
            way = "stroke" if shape.colour in STROKES or shape.kind in {"line", "ring", "thread"} else "fill"
            entry["template"] = {way: colours[_base(shape.colour)]}
            if shape.opacity < 1:
                entry["template"]["opacity"] = shape.opacity
            if shape.width:
                entry["template"]["stroke-width"] = round(shape.width * scene.scale, 1)
            if shape.kind != "ring":
                steps = np.concatenate([frames[:1], np.diff(frames, axis=0)]) if moving else frames[:1]
                entry["frames"] = steps.tolist()
            else:
                entry["of"] = shape.id.removesuffix("-edge")
            shapes.append(entry)
        groups.append({"id": group.id, "edge": list(group.edge), "shapes": shapes})
    return {
        "viewBox": [0, 0, round(scene.width), round(scene.height)],
        "class": look.classes(),
        "duration_s": movement.cycle_s,
        "edge": {
            "stroke": colours["edge"],
            "stroke-width": round(EDGE_WIDTH * scene.scale, 1),
            "opacity": 0.32,
        },
        "groups": groups,
        "times": [round(float(t), 3) for t in times],
        "index": [int(i) for i in index],
        "order": _orders(scene),
        "keyposes": [{"at": pose.at_s, "cue": pose.cue} for pose in scene.baked.key_poses],
    }


def path_of(kind: str, points: Array) -> str:
    """Write a path through points: smooth and closed, or a polygon, or an open smooth line. ``figure.js`` does the same."""
    p = np.rint(points).astype(int)
    if kind in {"polygon", "thread"}:
        return "M" + "L".join(f"{x} {y}" for x, y in p) + ("Z" if kind == "polygon" else "")
    closed = kind != "line"
    count = len(p)
    if count == 2:
        return f"M{p[0][0]} {p[0][1]}L{p[1][0]} {p[1][1]}"
    before = np.roll(p, 1, axis=0).astype(float)
    after = np.roll(p, -1, axis=0).astype(float)
    if not closed:
        before[0], after[-1] = p[0], p[-1]
    tangent = after - before
    length = np.hypot(tangent[:, 0], tangent[:, 1])
    tangent = tangent / np.where(length > 0, length, 1.0)[:, None]
    out = [f"M{p[0][0]} {p[0][1]}"]
    for i in range(count if closed else count - 1):
        j = (i + 1) % count
        reach = float(np.hypot(*(p[j] - p[i]))) / 3
        a, b = p[i] + tangent[i] * reach, p[j] - tangent[j] * reach
        out.append(f"C{a[0]:.1f} {a[1]:.1f} {b[0]:.1f} {b[1]:.1f} {p[j][0]} {p[j][1]}")
    return "".join(out) + ("Z" if closed else "")


def _movement(exercise: Exercise, variant_id: str) -> Movement:
    movement = exercise.movement_of(variant_id)
    if movement is None or not movement.keyframes:
        raise NotFound(f"'{exercise.id}' has no moving figure for '{variant_id}'.")
    return movement


def _base(colour: str) -> str:
    return "wood-dark" if colour == "wood-line" else colour


def _path(colour: str, data: str, colours: Mapping[str, str], width: float, opacity: float) -> str:
    stroke = colour in STROKES
    paint = f'fill="none" stroke="{colours[_base(colour)]}"' if stroke else f'fill="{colours[colour]}"'
    if stroke:
        paint += f' stroke-width="{width:.1f}" stroke-linecap="round" stroke-linejoin="round"'
    if opacity < 1:
        paint += f' opacity="{opacity:g}"'
    return f'<path class="mb-{colour}" {paint} d="{data}"/>'


def _telling_moment(movement: Movement) -> float:
    """Return the key pose that is farthest into the movement: the first one that carries a cue after the start."""
    cued = [frame.at_s for frame in movement.keyframes if frame.key and frame.cue and frame.at_s > 0]
    return cued[0] if cued else 0.0


class _Key:
    """Makes a movement usable as a key of the cache: the catalogue keeps each one for good."""

    __slots__ = ("movement",)

    def __init__(self, movement: Movement) -> None:
        self.movement = movement

    def __hash__(self) -> int:
        return id(self.movement)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.movement is self.movement


@lru_cache(maxsize=256)
def _scene(key: _Key, side: str, look: Look, range_scale: float) -> _Scene:
    return _draw(key.movement, side, look, range_scale, _moments(key.movement), None)


def _moments(movement: Movement) -> Array:
    """Choose close times, keyframes among them; ``_thin`` drops those that are not needed."""
    edges = [*(frame.at_s for frame in movement.keyframes), movement.cycle_s]
    times: list[float] = []
    for a, b in zip(edges, edges[1:], strict=False):
        if b - a > 1e-6:
            steps = int(np.clip(round((b - a) * FRAMES_PER_S), FEWEST_FRAMES, MOST_FRAMES))
            times += [a + (b - a) * i / steps for i in range(steps)]
    return np.array([*times, movement.cycle_s])


def _thin(times: Array, keep: Array, numbers: Array) -> Array:
    """Return which frames to keep: as few as stay near the others, and never many more than ``MOST_KEPT``."""
    tolerance = TOLERANCE
    while True:
        chosen = _straighten(times, keep, numbers, tolerance)
        if chosen.sum() <= max(MOST_KEPT, keep.sum() + 2):
            return chosen
        tolerance *= 1.25


def _straighten(times: Array, keep: Array, numbers: Array, tolerance: float) -> Array:
    """Return which frames to keep so that straight lines between them stay within ``tolerance`` of all the others.

    times : (T,) s ; keep : (T,) whether a frame must stay ; numbers : (T, N)
    """
    chosen = keep.copy()
    stack = list(itertools.pairwise(np.flatnonzero(keep)))
    while stack:
        a, b = stack.pop()
        if b - a < 2:
            continue
        s = ((times[a + 1 : b] - times[a]) / (times[b] - times[a]))[:, None]
        miss = np.abs(numbers[a] + s * (numbers[b] - numbers[a]) - numbers[a + 1 : b])
        miss = np.quantile(miss, 0.95, axis=1)
        worst = int(np.argmax(miss))
        if miss[worst] > tolerance:
            chosen[a + 1 + worst] = True
            stack += [(a, a + 1 + worst), (a + 1 + worst, b)]
    return chosen


def _draw(
    movement: Movement, side: str, look: Look, range_scale: float, times: Array, like: _Scene | None
) -> _Scene:
    baked = bake(movement, side, range_scale, times=times)
    azimuth = movement.view.azimuth * (-1 if side == "left" else 1)
    view = camera(azimuth, movement.view.elevation)
    groups = [*draw_props(baked, view), *draw_body(baked, view, look), draw_head(baked, view, look)]
    if like is None:
        # the room around it is that of the whole range, so that a smaller range looks smaller
        wide = bake(movement, side, 1.0, times=times)
        around = [*draw_props(wide, view), *draw_body(wide, view, look), draw_head(wide, view, look)]
        every = np.concatenate([s.points.reshape(-1, 2) for g in around for s in g.shapes])
        low, high = np.nanmin(every, 0) - MARGIN, np.nanmax(every, 0) + MARGIN
        scale = WIDTH / float(max(high - low))
        width, height = (high - low) * scale
        origin = np.array([low[0], high[1]])
        _ORIGINS[(id(movement), side, look)] = origin
    else:
        scale, width, height = like.scale, like.width, like.height
        origin = _ORIGINS[(id(movement), side, look)]
    placed = tuple(
        Group(g.id, tuple(_placed(s, origin, scale) for s in g.shapes), g.depth, g.edge) for g in groups
    )
    return _Scene(times, placed, float(width), float(height), scale, baked)


_ORIGINS: dict[Any, Array] = {}


def _placed(shape: Shape, origin: Array, scale: float) -> Shape:
    points = (shape.points - origin) * np.array([scale, -scale])
    return Shape(shape.id, shape.kind, shape.colour, points, shape.opacity, shape.width)


def _in_order(groups: Sequence[Group], index: int) -> list[Group]:
    return sorted(groups, key=lambda group: float(group.depth[index]))


def _orders(scene: _Scene) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for i, t in enumerate(scene.times):
        ids = [group.id for group in _in_order(scene.groups, i)]
        if not out or out[-1]["ids"] != ids:
            out.append({"at": round(float(t), 3), "ids": ids})
    return out
