"""What is built of boxes: mat, wall, door frame, chair, bed, pillow. In: props of a ``Baked``. Out: groups of shapes.
Next: ``figure_props``."""

from collections.abc import Callable

import numpy as np

from midback.catalogue.keyframe import Prop
from midback.movement.bake import Baked
from midback.share.figure_outline import Array, Camera
from midback.share.figure_shape import Group, Shape

BEHIND = -9.0

Draw = Callable[[str, Prop, Array, Baked, Camera], list[Group]]


def _still(shape: Array, frames: int) -> Array:
    return np.repeat(shape[None], frames, 0)


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


def draw_mat(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    """Draw a mat on the floor."""
    length, _, half = prop.size
    x, z = length / 2, half
    low, high = at[0] + [-x, -0.008, -z], at[0] + [x, 0.0, z]
    return [
        Group(name, tuple(_box(name, ("mat", "mat"), low, high, view, len(at))), np.full(len(at), BEHIND))
    ]


def draw_wall(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    """Draw a wall with its foot and its rim."""
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


def draw_door(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    """Draw the two posts of an open door."""
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


def draw_chair(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
    """Draw a chair; its back hides the person where it stands between."""
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


def draw_block(colours: tuple[str, str], order: float) -> Draw:
    """Return what draws a block of two colours, so far before the background."""

    def draw(name: str, prop: Prop, at: Array, baked: Baked, view: Camera) -> list[Group]:
        length, height, half = prop.size
        low, high = at[0] - [length / 2, height, half], at[0] + [length / 2, 0.0, half]
        return [
            Group(
                name, tuple(_box(name, colours, low, high, view, len(at))), np.full(len(at), BEHIND + order)
            )
        ]

    return draw
