"""The moving figure. In: an exercise's movement. Out: inline SVG for one moment, or numbers for
``figure.js``.

Python does all kinematics, projection and shading. The browser gets shapes whose structure never changes and
a list of numbers per frame, and only interpolates. Equal frames are stored once, so there and back costs
half.
"""

from collections.abc import Mapping
from html import escape
from typing import Any, Literal

import numpy as np

from midback.catalogue.exercise import Exercise
from midback.catalogue.keyframe import Movement
from midback.errors import NotFound
from midback.share.figure_frames import at_keyframes, close_moments, thin
from midback.share.figure_look import Look
from midback.share.figure_outline import Array
from midback.share.figure_scene import Scene, draw_scene
from midback.share.figure_shape import Group, Shape

STROKES = frozenset({"edge", "lit-edge", "band", "wall-edge", "wood-line"})
OPEN = frozenset({"line", "ring", "thread"})
EDGE_WIDTH, EDGE_OPACITY = 0.0065, 0.32

__all__ = ["Look", "animate", "animate_movement", "path_of", "still", "still_movement"]


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
    movement = _movement(exercise, variant_id)
    return still_movement(
        movement, side=side, look=look, at=at, range_scale=range_scale, size=size, title=title
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
    """Draw one moment of a movement as inline SVG; a ``thumb`` has bolder edges and no shades."""
    look = look or Look()
    moment = _telling_moment(movement) if at is None else at
    scene = draw_scene(movement, side, look, range_scale, np.array([moment]))
    colours, scale, small = look.colours(), scene.box.scale, size == "thumb"
    parts = []
    for group in scene.in_order(0):
        if small and group.id == "shadow":
            continue
        parts.append(f'<g data-part="{group.id}">')
        if group.edge:
            data = "".join(path_of(s.kind, s.points[0]) for s in group.shapes if s.id in group.edge)
            width = EDGE_WIDTH * scale * (1.8 if small else 1.0)
            parts.append(_path("edge", data, colours, width, EDGE_OPACITY))
        for shape in group.shapes:
            flat = bool(np.ptp(shape.points[0], axis=0).max() < 1.0)
            if flat or (small and "shade" in shape.id):
                continue
            data = path_of(shape.kind, shape.points[0])
            parts.append(_path(shape.colour, data, colours, shape.width * scale, shape.opacity))
        parts.append("</g>")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{look.classes()}" role="img" '
        f'viewBox="0 0 {scene.box.width:.0f} {scene.box.height:.0f}" preserveAspectRatio="xMidYMid meet">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def animate_movement(
    movement: Movement, *, side: str = "both", look: Look | None = None, range_scale: float = 1.0
) -> dict[str, Any]:
    """Return one cycle as numbers.

    ``groups`` hold ``shapes`` in drawing order; each shape has ``frames``: whole numbers x, y, x, y ... of
    the first frame, then what each frame adds to the one before; a shape that never moves has one frame, a
    ring is drawn round the shape it is ``of``. ``times`` and ``index`` say which frame is shown when.
    ``order`` lists the groups from far to near whenever that changes. ``keyposes`` are the stepped poses
    with their cues.
    """
    look = look or Look()
    scene = draw_scene(movement, side, look, range_scale, close_moments(movement))
    every = [shape.points.reshape(len(scene.times), -1) for group in scene.groups for shape in group.shapes]
    kept = thin(scene.times, at_keyframes(movement, scene.times), np.concatenate(every, 1))
    rows = iter([np.rint(row[kept]).astype(int) for row in every])
    frames = [[next(rows) for _ in group.shapes] for group in scene.groups]
    whole = np.concatenate([row for group in frames for row in group], 1)
    _, first, index = np.unique(whole, axis=0, return_index=True, return_inverse=True)
    rank, first = np.argsort(np.argsort(first)), np.sort(first)
    colours, scale = look.colours(), scene.box.scale
    return {
        "viewBox": [0, 0, round(scene.box.width), round(scene.box.height)],
        "class": look.classes(),
        "duration_s": movement.cycle_s,
        "edge": {
            "stroke": colours["edge"],
            "stroke-width": round(EDGE_WIDTH * scale, 1),
            "opacity": EDGE_OPACITY,
        },
        "groups": [
            _pack(group, [row[first] for row in rows_of], colours, scale)
            for group, rows_of in zip(scene.groups, frames, strict=True)
        ],
        "times": [round(float(t), 3) for t in scene.times[kept]],
        "index": [int(i) for i in rank[np.ravel(index)]],
        "order": _orders(scene),
        "keyposes": [{"at": pose.at_s, "cue": pose.cue} for pose in scene.baked.key_poses],
    }


def path_of(kind: str, points: Array) -> str:
    """Write a path through points, in whole units: a smooth ring or line, or straight pieces.

    ``figure.js`` draws the same curve: the tangent at a point lies along its neighbours, the handles are a
    third of the way to the next point.
    """
    p = np.rint(points).astype(int)
    if kind in {"polygon", "thread"} or len(p) == 2:
        steps = "".join(f"l{x} {y}" for x, y in np.diff(p, axis=0))
        return f"M{p[0][0]} {p[0][1]}{steps}" + ("z" if kind == "polygon" else "")
    closed = kind != "line"
    before, after = np.roll(p, 1, axis=0).astype(float), np.roll(p, -1, axis=0).astype(float)
    if not closed:
        before[0], after[-1] = p[0], p[-1]
    tangent = after - before
    length = np.hypot(tangent[:, 0], tangent[:, 1])
    tangent = tangent / np.where(length > 0, length, 1.0)[:, None]
    step = np.roll(p, -1, axis=0) - p
    reach = np.hypot(step[:, 0], step[:, 1])[:, None] / 3
    leave, arrive = tangent * reach, step - np.roll(tangent, -1, axis=0) * reach
    curves = np.rint(np.concatenate([leave, arrive, step], 1)).astype(int)
    kept = curves[: len(p) if closed else len(p) - 1].tolist()  # plain numbers are written far quicker
    pieces = "".join([f"c{a} {b} {c} {d} {e} {f}" for a, b, c, d, e, f in kept])
    return f"M{p[0][0]} {p[0][1]}{pieces}" + ("z" if closed else "")


def _movement(exercise: Exercise, variant_id: str) -> Movement:
    movement = exercise.movement_of(variant_id)
    if movement is None or not movement.keyframes:
        raise NotFound(
            "'{exercise}' has no moving figure for '{variant}'.",
            values={"exercise": exercise.id, "variant": variant_id},
        )
    return movement


def _telling_moment(movement: Movement) -> float:
    """Return the first key pose after the start that has a cue: what the exercise is about."""
    cued = [frame.at_s for frame in movement.keyframes if frame.key and frame.cue and frame.at_s > 0]
    return cued[0] if cued else 0.0


def _base(colour: str) -> str:
    return "wood-dark" if colour == "wood-line" else colour


def _path(colour: str, data: str, colours: Mapping[str, str], width: float, opacity: float) -> str:
    paint = f'fill="{colours[_base(colour)]}"'
    if colour in STROKES:
        paint = f'fill="none" stroke="{colours[_base(colour)]}" stroke-width="{width:.1f}"'
        paint += ' stroke-linecap="round" stroke-linejoin="round"'
    if opacity < 1:
        paint += f' opacity="{opacity:g}"'
    return f'<path class="mb-{colour}" {paint} d="{data}"/>'


def _pack(group: Group, rows: list[Array], colours: Mapping[str, str], scale: float) -> dict[str, Any]:
    shapes = [_pack_shape(shape, row, colours, scale) for shape, row in zip(group.shapes, rows, strict=True)]
    return {"id": group.id, "edge": list(group.edge), "shapes": shapes}


def _pack_shape(shape: Shape, frames: Array, colours: Mapping[str, str], scale: float) -> dict[str, Any]:
    way = "stroke" if shape.colour in STROKES or shape.kind in OPEN else "fill"
    template: dict[str, Any] = {way: colours[_base(shape.colour)]}
    if shape.opacity < 1:
        template["opacity"] = shape.opacity
    if shape.width:
        template["stroke-width"] = round(shape.width * scale, 1)
    packed = {"id": shape.id, "kind": shape.kind, "class": f"mb-{shape.colour}", "template": template}
    if shape.kind == "ring":
        return {**packed, "of": shape.id.removesuffix("-edge")}
    moving = bool((frames != frames[0]).any())
    steps = np.concatenate([frames[:1], np.diff(frames, axis=0)]) if moving else frames[:1]
    return {**packed, "frames": steps.tolist()}


def _orders(scene: Scene) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for i, t in enumerate(scene.times):
        ids = [group.id for group in scene.in_order(i)]
        if not out or out[-1]["ids"] != ids:
            out.append({"at": round(float(t), 3), "ids": ids})
    return out
