"""What stands or lies around the person. In: props of a ``Baked``. Out: groups of shapes. Next: ``figure``.

Sizes by kind, fractions of stature: mat (length, -, half width); wall (height, -, half width), at its foot;
chair (seat height, back height, half width), at the middle of the seat on the floor; ball (radius);
roller and towel (radius, half length; turn 0 lies crosswise, 90 lengthwise); wedge (length, height, half
width); disc (radius, height); pillow and bed (length, height, half width); door-frame (height, -, half
opening).
"""

import numpy as np

from midback.catalogue.keyframe import Prop
from midback.movement.bake import Baked
from midback.movement.rotation import apply
from midback.movement.skeleton import POINT, THORAX
from midback.share.figure_furniture import (
    BEHIND,
    Draw,
    draw_block,
    draw_chair,
    draw_door,
    draw_mat,
    draw_wall,
)
from midback.share.figure_outline import Array, Camera, hull
from midback.share.figure_shape import Group, Shape


def draw_props(baked: Baked, view: Camera) -> list[Group]:
    """Draw every prop of the movement, and the shadow on the floor."""
    groups = [Group("shadow", (_shadow(baked, view),), np.full(len(baked.t), BEHIND + 1))]
    for index, (prop, at) in enumerate(baked.props):
        name = f"{prop.kind}-{index}"
        if prop.follows:
            at = at + baked.body.point(prop.follows)
        groups += _DRAW[prop.kind](name, prop, at, baked, view)
    return groups


def _shadow(baked: Baked, view: Camera) -> Shape:
    ground = baked.body.points * np.array([1.0, 0.0, 1.0])
    near = np.clip(1.0 - baked.body.points[..., 1:2] / 0.9, 0.25, 1.0)
    middle = np.nanmean(ground, axis=1, keepdims=True)
    ground = middle + (ground - middle) * near
    axes = [
        (_row(0.035, 0, len(ground)), _row(0.035, 2, len(ground)), _row(0.0, 1, len(ground)))
    ] * ground.shape[1]
    return Shape("shadow", "closed", "shadow", hull(ground, axes, view, 12), opacity=0.1)


def _row(length: float, axis: int, frames: int) -> Array:
    vector = np.zeros((frames, 3))
    vector[:, axis] = length
    return vector


def _quad(corners: list[tuple[float, float, float]], at: Array, view: Camera) -> Array:
    return view.flat(at[:, None] + np.array(corners))


def _ball(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    radius, frames = prop.size[0], len(at)
    sphere = [tuple(_row(radius, i, frames) for i in range(3))]
    shapes = [Shape(name, "closed", "ball", hull(at[:, None], sphere, view, 12))]
    rolled = (at[:, 1] - at[0, 1]) / radius
    marks = []
    for turn in (0.0, 2.1, 4.2):
        angle = rolled + turn
        marks.append(
            at
            + 0.55 * radius * np.stack([np.cos(angle), np.sin(angle), np.zeros(frames)], -1)
            + 0.6 * radius * view.toward
        )
    for i, mark in enumerate(marks):
        dot = [tuple(_row(radius * 0.16, k, frames) for k in range(3))]
        shapes.append(Shape(f"{name}-mark-{i}", "closed", "ball-mark", hull(mark[:, None], dot, view, 8)))
    return [Group(name, tuple(shapes), view.depth(at), (name,))]


def _cylinder(
    name: str, colours: tuple[str, str], prop: Prop, at: Array, baked: Baked, view: Camera
) -> list[Group]:
    radius, half, _ = prop.size
    frames = len(at)
    turn = np.radians(prop.turn)
    axis = np.array([np.sin(turn), 0.0, np.cos(turn)])
    across = np.array([np.cos(turn), 0.0, -np.sin(turn)])
    up = np.array([0.0, 1.0, 0.0])
    ends = np.stack([at - half * axis, at + half * axis], 1)
    row = tuple(
        np.repeat((v * r)[None], frames, 0) for v, r in ((across, radius), (up, radius), (axis, 0.004))
    )
    near = at + half * axis * (1 if axis @ view.toward > 0 else -1)
    shapes = [
        Shape(name, "closed", colours[0], hull(ends, [row, row], view, 16)),
        Shape(f"{name}-end", "closed", colours[1], hull(near[:, None], [row], view, 10)),
    ]
    small = tuple(v * 0.45 for v in row)
    shapes.append(Shape(f"{name}-core", "closed", colours[0], hull(near[:, None], [small], view, 8)))
    return [Group(name, tuple(shapes), _under(baked, at, view), (name,))]


def _under(baked: Baked, at: Array, view: Camera) -> Array:
    """Put what lies under the trunk behind it."""
    trunk = view.depth(0.5 * baked.body.point("thoracic_3") + 0.5 * baked.body.point("pelvis"))
    return np.minimum(view.depth(at), trunk - 0.01) - 0.05


def _roller(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    return _cylinder(name, ("foam", "foam-dark"), prop, at, baked, view)


def _towel(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    return _cylinder(name, ("towel", "towel-dark"), prop, at, baked, view)


def _wedge(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    """Draw a ramp: its thick end is towards the head (``turn`` 180 turns it round)."""
    length, height, half = prop.size
    frames = len(at)
    sign = -1.0 if abs(prop.turn) > 90 else 1.0
    thick, thin = sign * -length / 2, sign * length / 2
    side = half if view.toward[2] > 0 else -half
    face = [(thick, 0.0, side), (thick, height, side), (thin, 0.006, side), (thin, 0.0, side)]
    top = [(thick, height, -half), (thick, height, half), (thin, 0.006, half), (thin, 0.006, -half)]
    end = [(thick, 0.0, -half), (thick, height, -half), (thick, height, half), (thick, 0.0, half)]
    shapes = [
        Shape(f"{name}-end", "polygon", "foam-dark", _quad(end, at, view)),
        Shape(f"{name}-top", "polygon", "foam", _quad(top, at, view)),
        Shape(f"{name}-side", "polygon", "foam-dark", _quad(face, at, view)),
    ]
    return [Group(name, tuple(shapes), np.full(frames, BEHIND + 2))]


def _disc(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    radius, height, _ = prop.size
    frames = len(at)
    axes = (_row(radius, 0, frames), _row(height / 2, 1, frames), _row(radius, 2, frames))
    middle = at + np.array([0.0, height / 2, 0.0])
    shape = Shape(name, "closed", "foam", hull(middle[:, None], [axes], view, 14))
    return [Group(name, (shape,), np.full(frames, BEHIND + 4))]


def _band(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    """Draw a band through body points (``left_palm``, ``left_shoulder_top``, ``blades`` ...) and fixed
    places."""
    spots = [band_point(baked, point) for point in prop.points]
    line = view.flat(np.stack(spots, 1))
    worn = all(isinstance(point, str) and "palm" not in point for point in prop.points)
    depth = np.full(len(at), 0.0) + (view.depth(baked.body.point("thoracic_3")) + 0.001 if worn else 5.0)
    return [Group(name, (Shape(name, "thread", "band", line, width=0.011 if worn else 0.009),), depth)]


def band_point(baked: Baked, point: str | tuple[float, float, float]) -> Array:
    """Return where a band runs through, (T, 3): a joint, a place on the trunk's skin, or a place in the
    room."""
    frames = len(baked.t)
    if not isinstance(point, str):
        return np.repeat(np.array(point)[None], frames, 0)
    if point in POINT:
        return baked.body.point(point)
    side, _, part = point.partition("_")
    sign = 1.0 if side == "right" else -1.0
    thorax = baked.body.frame(THORAX)
    if point == "blades":
        return np.asarray(baked.body.point("skin_back") + apply(thorax, np.array([-0.006, 0.012, 0.0])))
    offset = {
        "shoulder_top": np.array([-0.006, 0.036, sign * -0.034]),
        "armpit": np.array([-0.024, -0.062, sign * -0.008]),
        "shoulder_front": np.array([0.036, -0.004, sign * -0.02]),
        "armpit_front": np.array([0.02, -0.058, sign * -0.01]),
    }[part]
    return np.asarray(baked.body.point(f"{side}_shoulder") + apply(thorax, offset))


_DRAW: dict[str, Draw] = {
    "mat": draw_mat,
    "wall": draw_wall,
    "chair": draw_chair,
    "ball": _ball,
    "roller": _roller,
    "towel": _towel,
    "wedge": _wedge,
    "band": _band,
    "disc": _disc,
    "door-frame": draw_door,
    "pillow": draw_block(("linen", "linen-dark"), 2.5),
    "bed": draw_block(("linen", "linen-dark"), 0.5),
}
