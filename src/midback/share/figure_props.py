"""What stands or lies around the person. In: props of a ``Baked``. Out: groups of shapes. Next: ``figure``.

Sizes by kind, fractions of stature: mat (length, -, half width); wall (height, -, half width), at its foot;
chair (seat height, back height, half width), at the middle of the seat on the floor; ball (radius);
roller and towel (radius, half length; turn 0 lies crosswise, 90 lengthwise); wedge (length, height, half
width); disc (radius, height); pillow and bed (length, height, half width); door-frame (height, -, half
opening).
"""

from collections.abc import Callable

import numpy as np

from midback.catalogue.keyframe import Prop
from midback.movement.bake import Baked
from midback.movement.rotation import apply
from midback.movement.skeleton import POINT, THORAX
from midback.share.figure_body import Group, Shape
from midback.share.figure_outline import Array, Camera, hull

BEHIND = -9.0

Draw = Callable[[str, Prop, Array, Baked, Camera], list[Group]]


def draw_props(baked: Baked, view: Camera) -> list[Group]:
    """Draw every prop of the movement, and the shadow on the floor."""
    groups = [Group("shadow", (_shadow(baked, view),), np.full(len(baked.t), BEHIND + 1))]
    for index, (prop, at) in enumerate(baked.props):
        name = f"{prop.kind}-{index}"
        if prop.follows:
            at = at + baked.body.point(prop.follows)
        groups += _DRAW[prop.kind](name, prop, at, baked, view)
    return groups


def _still(shape: Array, frames: int) -> Array:
    return np.repeat(shape[None], frames, 0)


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


def _box(
    name: str, colours: tuple[str, str], low: Array, high: Array, view: Camera, frames: int
) -> list[Shape]:
    """Draw the faces of an upright box that face the viewer; the top is the lighter."""
    x0, y0, z0 = low
    x1, y1, z1 = high
    shapes = []
    x = x1 if view.toward[0] > 0 else x0
    z = z1 if view.toward[2] > 0 else z0
    faces = (
        ("end", colours[1], [(x, y0, z0), (x, y1, z0), (x, y1, z1), (x, y0, z1)]),
        ("side", colours[1], [(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)]),
        ("top", colours[0], [(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)]),
    )
    for part, colour, corners in faces:
        shapes.append(
            Shape(f"{name}-{part}", "polygon", colour, _still(view.flat(np.array(corners)), frames))
        )
    return shapes


def _mat(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    length, _, half = prop.size
    x, z = length / 2, half
    low, high = at[0] + [-x, -0.008, -z], at[0] + [x, 0.0, z]
    return [
        Group(name, tuple(_box(name, ("mat", "mat"), low, high, view, len(at))), np.full(len(at), BEHIND))
    ]


def _wall(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    height, _, half = prop.size
    x, _, z = at[0]
    face = [(x, 0.0, z - half), (x, height, z - half), (x, height, z + half), (x, 0.0, z + half)]
    foot = [(x, 0.0, z - half), (x, 0.0, z + half)]
    thick = 0.04 if x > 0 else -0.04
    shapes = _box(
        name,
        ("wall", "wall"),
        np.array([min(x, x + thick), 0, z - half]),
        np.array([max(x, x + thick), height, z + half]),
        view,
        len(at),
    )
    shapes.append(Shape(f"{name}-face", "polygon", "wall", _still(view.flat(np.array(face)), len(at))))
    shapes.append(
        Shape(f"{name}-foot", "line", "wall-edge", _still(view.flat(np.array(foot)), len(at)), width=0.006)
    )
    rim = [(x, 0.0, z + half * s) for s in (1,)] + [(x, height, z + half * s) for s in (1,)]
    if view.toward[2] < 0:
        rim = [(a, b, z - half) for a, b, _ in rim]
    shapes.append(
        Shape(f"{name}-rim", "line", "wall-edge", _still(view.flat(np.array(rim)), len(at)), width=0.006)
    )
    return [Group(name, tuple(shapes), np.full(len(at), BEHIND))]


def _door(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    height, _, half = prop.size
    x, _, z = at[0]
    groups = []
    for side, sign in (("far", -1.0), ("near", 1.0)):
        inner = z + sign * half
        low = np.array([x, 0.0, min(inner, inner + sign * 0.05)])
        high = np.array([x + 0.05, height, max(inner, inner + sign * 0.05)])
        groups.append(
            Group(
                f"{name}-{side}",
                tuple(_box(f"{name}-{side}", ("wood", "wood-dark"), low, high, view, len(at))),
                np.full(len(at), BEHIND),
            )
        )
    return groups


def _chair(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    seat, back, half = prop.size
    x, _, z = at[0]
    frames = len(at)
    deep = 0.125
    legs: list[Shape] = []
    for i, (lx, lz) in enumerate(((-1, -1), (-1, 1), (1, -1), (1, 1))):
        foot = np.array([x + lx * (deep - 0.012), 0.0, z + lz * (half - 0.012)])
        leg = np.stack([foot, foot + np.array([0.0, seat - 0.02, 0.0])])
        legs.append(
            Shape(f"{name}-leg-{i}", "line", "wood-line", _still(view.flat(leg), frames), width=0.017)
        )
    pan = _box(
        f"{name}-pan",
        ("wood", "wood-dark"),
        np.array([x - deep, seat - 0.026, z - half]),
        np.array([x + deep, seat, z + half]),
        view,
        frames,
    )
    groups = [Group(f"{name}-seat", (*legs, *pan), np.full(frames, BEHIND + 2))]
    if back > 0:
        rest = _box(
            f"{name}-rest",
            ("wood", "wood-dark"),
            np.array([x - deep - 0.016, seat + 0.10, z - half]),
            np.array([x - deep, seat + back, z + half]),
            view,
            frames,
        )
        posts = [
            Shape(
                f"{name}-post-{i}",
                "line",
                "wood-line",
                _still(
                    view.flat(
                        np.array(
                            [
                                [x - deep - 0.008, seat - 0.02, z + s * (half - 0.02)],
                                [x - deep - 0.008, seat + 0.12, z + s * (half - 0.02)],
                            ]
                        )
                    ),
                    frames,
                ),
                width=0.015,
            )
            for i, s in enumerate((-1, 1))
        ]
        place = BEHIND + 3 if view.toward[0] > -0.35 else 9.0
        groups.append(Group(f"{name}-back", (*posts, *rest), np.full(frames, place)))
    return groups


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


def _block(colours: tuple[str, str], order: float) -> Draw:
    def draw(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
        length, height, half = prop.size
        low, high = at[0] - [length / 2, height, half], at[0] + [length / 2, 0.0, half]
        return [
            Group(
                name, tuple(_box(name, colours, low, high, view, len(at))), np.full(len(at), BEHIND + order)
            )
        ]

    return draw


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
    "mat": _mat,
    "wall": _wall,
    "chair": _chair,
    "ball": _ball,
    "roller": _roller,
    "towel": _towel,
    "wedge": _wedge,
    "band": _band,
    "disc": _disc,
    "door-frame": _door,
    "pillow": _block(("linen", "linen-dark"), 2.5),
    "bed": _block(("linen", "linen-dark"), 0.5),
}
