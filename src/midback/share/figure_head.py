"""The head: no face, but ears and hair, so that one sees which way it looks. Next: ``figure``.

Hair is a cap on the skull's ellipsoid with a hairline of its own; what of it can be seen is found on the
sphere and then projected, so it is right from any side.
"""

import numpy as np

from midback.movement.bake import Baked
from midback.movement.rotation import apply
from midback.share.figure_body import head_depth
from midback.share.figure_look import Look
from midback.share.figure_outline import Array, Camera, even, hull
from midback.share.figure_shape import Group, Shape

SKULL = (0.056, 0.060, 0.046)
JAW_AT, JAW = np.array([0.020, -0.036, 0.0]), (0.034, 0.034, 0.033)
HAIR_GROWTH = 1.055
MERIDIANS = 120
HAIR_POINTS = 28
# how far down the hair comes, degrees from its pole, at the brow, the temple, behind the ear and at the nape
HAIRLINE = {
    "short": (78.0, 88.0, 88.0, 100.0),
    "grey": (72.0, 84.0, 88.0, 98.0),
    "bun": (76.0, 88.0, 94.0, 98.0),
    "long": (76.0, 94.0, 108.0, 116.0),
    "covered": (84.0, 112.0, 140.0, 150.0),
}
POLE_TILT = np.radians(24.0)


def draw_head(baked: Baked, view: Camera, look: Look) -> Group:
    """Draw skull, jaw, ears and hair."""
    body = baked.body
    frame, centre = body.frame("head_base"), body.point("head")
    axes = [tuple(r * frame[..., :, i] for i, r in enumerate(radii)) for radii in (SKULL, JAW)]
    centres = np.stack([centre, centre + apply(frame, JAW_AT)], 1)
    shapes = []
    if look.hair == "long":
        shapes.append(_long_hair(baked, view))
    if look.hair == "covered":
        shapes.append(_drape(baked, view))
    shapes.append(Shape("skull", "closed", "skin", hull(centres, axes, view, 18)))
    if look.hair == "bun":
        shapes.insert(0, _bun(frame, centre, view))
    edge = [shape.id for shape in shapes]
    if look.hair in HAIRLINE:
        shapes.append(Shape("hair", "closed", "hair", _hair(frame, centre, view, look.hair)))
        edge.append("hair")
        if look.hair == "bun":
            shapes.append(_bun(frame, centre, view, over=True))
    if look.hair == "long":
        shapes.append(_seen_behind(_long_hair(baked, view), frame, view))
    if look.hair == "covered":
        shapes.append(_seen_behind(_drape(baked, view), frame, view))
    else:
        shapes += [_ear(frame, centre, view, side) for side in (-1.0, 1.0)]
    return Group("head", tuple(shapes), head_depth(body, view), tuple(edge))


def _hair(frame: Array, centre: Array, view: Camera, style: str) -> Array:
    """Outline the part of the hair cap that faces the viewer, (T, HAIR_POINTS, 2)."""
    # pole of the cap: up and a little back; x ahead, y up, z right
    pole = np.array([-np.sin(POLE_TILT), np.cos(POLE_TILT), 0.0])
    ahead = np.array([np.cos(POLE_TILT), np.sin(POLE_TILT), 0.0])
    right = np.array([0.0, 0.0, 1.0])
    radii = np.array(SKULL) * HAIR_GROWTH
    out = []
    for f, c in zip(frame, centre, strict=True):
        eye = (f.T @ view.toward) / radii
        eye = eye / np.linalg.norm(eye)
        around = _meridians(float(ahead @ eye), float(right @ eye))
        reach = _hairline(style, around)
        level = np.cos(around)[:, None] * ahead + np.sin(around)[:, None] * right
        up, flat = float(pole @ eye), level @ eye
        # along a meridian cos(b) pole + sin(b) level faces the viewer while up cos(b) + flat sin(b) > 0
        if up > 0:
            turn = np.arctan2(up, -flat)
            far = np.minimum(reach, np.where(turn > 0, turn, np.pi))
            ring = np.cos(far)[:, None] * pole + np.sin(far)[:, None] * level
        else:
            start = np.arctan2(-up, flat)
            seen = (flat > 0) & (start < reach)
            if not seen.any():
                point = view.flat(c + f @ (radii * pole))
                out.append(np.repeat(point[None], HAIR_POINTS, 0))
                continue
            first = int(np.argmax(seen & ~np.roll(seen, 1))) if not seen.all() else 0
            order = np.roll(np.arange(len(around)), -first)
            order = order[seen[order]]
            outer = np.cos(reach[order])[:, None] * pole + np.sin(reach[order])[:, None] * level[order]
            inner = np.cos(start[order])[:, None] * pole + np.sin(start[order])[:, None] * level[order]
            ring = np.concatenate([outer, inner[::-1]])
        out.append(even(view.flat(c + (ring * radii) @ f.T), HAIR_POINTS))
    return np.stack(out)


def _hairline(style: str, around: Array) -> Array:
    """Return how far from the pole hair reaches, rad, by the angle around the head from the brow."""
    off = np.abs((around + np.pi) % (2 * np.pi) - np.pi)
    return np.radians(np.interp(off, np.radians([0, 62, 104, 180]), HAIRLINE[style]))


def _meridians(ahead: float, right: float) -> Array:
    """Return angles around the cap, close together where the edge of sight runs along a meridian."""
    edge = np.arctan2(-ahead, right)
    close = np.geomspace(1e-4, 0.05, 12)
    extra = [edge + half + sign * close for half in (0.0, np.pi) for sign in (-1, 1)]
    even_steps = np.linspace(0, 2 * np.pi, MERIDIANS, endpoint=False)
    return np.sort(np.concatenate([even_steps, *extra]) % (2 * np.pi))


def _ear(frame: Array, centre: Array, view: Camera, side: float) -> Shape:
    facing = side * (frame[..., :, 2] @ view.toward)
    shown = np.clip((facing - 0.1) / 0.25, 0, 1)[:, None]
    spot = (centre + apply(frame, np.array([-0.006, -0.012, side * 0.046])))[:, None]
    axes = [tuple(r * shown * frame[..., :, i] for i, r in enumerate((0.0085, 0.0145, 0.004)))]
    name = "right" if side > 0 else "left"
    return Shape(f"{name}-ear", "closed", "skin-far", hull(spot, axes, view, 8))


def _bun(frame: Array, centre: Array, view: Camera, over: bool = False) -> Shape:
    """Draw the bun behind the head, and once more over it when the back of the head is seen."""
    spot = (centre + apply(frame, np.array([-0.062, 0.022, 0.0])))[:, None]
    seen = (
        np.clip(-(frame[..., :, 0] @ view.toward) / 0.2, 0, 1)[:, None] if over else np.ones((len(frame), 1))
    )
    axes = [tuple(0.027 * seen * frame[..., :, i] for i in range(3))]
    return Shape("bun-over" if over else "bun", "closed", "hair", hull(spot, axes, view, 10))


def _seen_behind(shape: Shape, frame: Array, view: Camera) -> Shape:
    """Return the same shape to lie over the head, shrunk to nothing unless the back of the head is seen."""
    seen = np.clip(-(frame[..., :, 0] @ view.toward) / 0.15, 0, 1)[:, None, None]
    middle = shape.points.mean(1, keepdims=True)
    return Shape(f"{shape.id}-over", shape.kind, shape.colour, middle + seen * (shape.points - middle))


def _hang(baked: Baked, length: float, follow: float) -> Array:
    """Return the way hair or cloth falls: between the head's own down and the world's, never into the
    back."""
    frame = baked.body.frame("head_base")
    way = -frame[..., :, 1] * (1 - follow) + np.array([0.0, -1.0, 0.0]) * follow - 0.15 * frame[..., :, 0]
    way = way / np.linalg.norm(way, axis=-1, keepdims=True)
    return np.asarray(length * way)


def _long_hair(baked: Baked, view: Camera) -> Shape:
    frame, centre = baked.body.frame("head_base"), baked.body.point("head")
    top = centre + apply(frame, np.array([-0.022, 0.0, 0.0]))
    end = top + _hang(baked, 0.095, 0.55)
    end[:, 1] = np.maximum(end[:, 1], 0.02)
    spots = np.stack([top, end], 1)
    axes = [
        tuple(r * frame[..., :, i] for i, r in enumerate(radii))
        for radii in ((0.042, 0.05, 0.049), (0.018, 0.03, 0.036))
    ]
    return Shape("hair-fall", "closed", "hair", hull(spots, axes, view, 14))


def _drape(baked: Baked, view: Camera) -> Shape:
    body = baked.body
    frame, centre = body.frame("head_base"), body.point("head")
    low = body.frame("neck_1")
    spots = np.stack(
        [
            centre + apply(frame, np.array([-0.008, -0.015, 0.0])),
            body.point("neck_1") + 0.012 * low[..., :, 0],
        ],
        1,
    )
    axes = [
        tuple(r * frame[..., :, i] for i, r in enumerate((0.056, 0.054, 0.05))),
        tuple(r * low[..., :, i] for i, r in enumerate((0.048, 0.022, 0.056))),
    ]
    return Shape("drape", "closed", "hair", hull(spots, axes, view, 14))
