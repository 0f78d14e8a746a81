"""The body as drawn parts. In: ``movement.Baked`` and a camera. Out: groups of shapes, far to near. Next:
``figure``.

Radii are fractions of stature. A limb is a row of ellipses along its bone; the trunk follows the spine.
"""

from functools import lru_cache

import numpy as np

from midback.movement.bake import Baked
from midback.movement.forward import Body
from midback.movement.rotation import apply
from midback.movement.skeleton import SIDES
from midback.movement.trunk import HIPS, TRUNK, Rows, trunk_ellipses
from midback.share.figure_look import LONG_SLEEVES, SHORTS, Look
from midback.share.figure_outline import Array, Camera, Stations, Tube, hull, shade, tube, tubes
from midback.share.figure_shape import Group, Shape

# fraction of the bone, radius front to back, radius side to side, centre forward of the bone
UPPER_ARM = (
    (0.0, 0.034, 0.031, 0.0),
    (0.3, 0.032, 0.028, 0.001),
    (0.68, 0.026, 0.023, 0.001),
    (1.0, 0.022, 0.021, 0.0),
)
FOREARM = (
    (0.0, 0.022, 0.021, 0.0),
    (0.28, 0.0245, 0.0225, 0.0),
    (0.68, 0.0185, 0.0175, 0.0),
    (1.0, 0.0135, 0.0145, 0.0),
)
THIGH = (
    (0.0, 0.056, 0.047, 0.002),
    (0.3, 0.052, 0.047, 0.004),
    (0.68, 0.041, 0.039, 0.003),
    (1.0, 0.034, 0.033, 0.0),
)
SHANK = (
    (0.0, 0.034, 0.032, 0.0),
    (0.27, 0.034, 0.032, -0.007),
    (0.65, 0.0245, 0.023, -0.004),
    (1.0, 0.0185, 0.0175, 0.0),
)
HAND = (
    (0.02, 0.0115, 0.0145, 0.0),
    (0.4, 0.0115, 0.0225, 0.0),
    (0.72, 0.0105, 0.0205, 0.002),
    (0.97, 0.0075, 0.0135, 0.004),
)
# place in the foot's frame (x, y), half height, half width
FOOT = (
    (-0.018, -0.018, 0.021, 0.019),
    (0.028, -0.013, 0.024, 0.022),
    (0.078, -0.024, 0.0145, 0.027),
    (0.108, -0.0285, 0.01, 0.021),
)
REGION_BACK = {"thoracic": (2, 6, np.pi, 0.85), "blades": (3, 6, np.pi, 0.85), "chest": (4, 6, 0.0, 0.8)}


def draw_body(baked: Baked, view: Camera, look: Look) -> list[Group]:
    """Draw legs, arms, trunk and neck; the head is ``figure_head``'s."""
    return [*draw_upper(baked, view, look), *draw_legs(baked.body, view, look)]


def draw_upper(baked: Baked, view: Camera, look: Look) -> list[Group]:
    """Draw trunk, arms and neck."""
    return [_trunk(baked, view), *_arms(baked.body, view, look), _neck(baked.body, view)]


def draw_legs(body: Body, view: Camera, look: Look) -> list[Group]:
    """Draw both legs."""
    return [_leg(body, side, view, look, _is_far(side, view)) for side in SIDES]


def _is_far(side: str, view: Camera) -> bool:
    lean = float(view.toward[2]) * (1 if side == "right" else -1)
    return lean < -0.3


def _tone(colour: str, far: bool) -> str:
    return f"{colour}-far" if far else colour


def _bone(
    start: Array,
    end: Array,
    frame: Array,
    rows: tuple[tuple[float, float, float, float], ...],
    first: float = 0.0,
    last: float = 1.0,
    grow: float = 1.0,
    caps: tuple[float, float] | None = None,
) -> Stations:
    """Set ellipses along a bone between fractions ``first`` and ``last``."""
    at, deep, wide, ahead = _radii(rows, first, last)
    x, z = frame[:, None, :, 0], frame[:, None, :, 2]
    centre = start[:, None] + at[:, None] * (end - start)[:, None] + ahead[:, None] * x
    ends = caps or (float(deep[0]), float(deep[-1]))
    return Stations(centre, grow * wide[:, None] * z, grow * deep[:, None] * x, ends)


@lru_cache(maxsize=32)
def _radii(
    rows: tuple[tuple[float, float, float, float], ...], first: float, last: float
) -> tuple[Array, Array, Array, Array]:
    """Return places along a bone between two fractions of it, with radii and how far ahead the centres lie."""
    table = np.array(rows)
    at = np.linspace(first, last, len(rows)) if (first, last) != (0.0, 1.0) else table[:, 0]
    deep, wide, ahead = (np.interp(at, table[:, 0], table[:, c]) for c in (1, 2, 3))
    return at, deep, wide, ahead


def _both(name: str, part: Tube, colour: str, strength: float = 0.8) -> list[Shape]:
    """Return a straight part with its shade: the strip lies on whichever side faces away from the light."""
    side = np.where((part.normal[:, 0] @ np.array([-0.42, 0.91])) > 0, -1.0, 1.0)[:, None, None]
    strip = np.where(side > 0, shade(part, 1.0, strength), shade(part, -1.0, strength))
    return [
        Shape(name, "closed", colour, part.outline),
        Shape(f"{name}-shade", "closed", "shade", strip, opacity=0.13),
    ]


def _arms(body: Body, view: Camera, look: Look) -> list[Group]:
    """Draw both arms: their parts are as many ellipses each, and are projected together."""
    parts = [_arm_parts(body, side, look) for side in SIDES]
    drawn = iter(tubes([part for arm in parts for part in arm], view))
    return [
        _arm(body, side, view, look, [next(drawn) for _ in arm])
        for side, arm in zip(SIDES, parts, strict=True)
    ]


def _arm_parts(body: Body, side: str, look: Look) -> list[Stations]:
    """Return hand, forearm, upper arm and, where it ends above the elbow, the sleeve."""
    shoulder, elbow, wrist = (body.point(f"{side}_{p}") for p in ("shoulder", "elbow", "wrist"))
    upper, fore, hand = (body.frame(f"{side}_{s}") for s in ("upper_arm", "forearm", "hand"))
    parts = [
        _bone(wrist, wrist - 0.098 * hand[..., :, 1], hand, HAND, caps=(0.012, 0.012)),
        _bone(elbow, wrist, fore, FOREARM),
        _bone(shoulder, elbow, upper, UPPER_ARM),
    ]
    if look.clothes not in LONG_SLEEVES:
        parts.append(_bone(shoulder, elbow, upper, UPPER_ARM, 0.0, 0.56, 1.1, (0.036, 0.004)))
    return parts


def _arm(body: Body, side: str, view: Camera, look: Look, parts: list[Tube]) -> Group:
    shoulder, elbow, wrist = (body.point(f"{side}_{p}") for p in ("shoulder", "elbow", "wrist"))
    hand, far = body.frame(f"{side}_hand"), _is_far(side, view)
    skin, cloth = _tone("skin", far), _tone("top", far)
    shapes: list[Shape] = []
    shapes.append(Shape(f"{side}-hand", "closed", skin, parts[0].outline))
    thumb = wrist - 0.03 * hand[..., :, 1] + (0.006 * hand[..., :, 0])
    way = hand[..., :, 2] * (1 if side == "right" else -1)
    root, end = thumb + 0.014 * way, thumb + 0.029 * way - 0.026 * hand[..., :, 1] + 0.008 * hand[..., :, 0]
    balls = np.stack([root, end], 1)
    axes = [tuple(r * hand[..., :, i] for i in range(3)) for r in (0.0105, 0.007)]
    shapes.append(Shape(f"{side}-thumb", "closed", skin, hull(balls, axes, view, 8)))
    sleeve = look.clothes in LONG_SLEEVES
    shapes += _both(f"{side}-forearm", parts[1], cloth if sleeve else skin)
    shapes += _both(f"{side}-upper-arm", parts[2], cloth if sleeve else skin)
    if not sleeve:
        shapes += _both(f"{side}-sleeve", parts[3], cloth)
    depth = view.depth(0.3 * shoulder + 0.4 * elbow + 0.3 * wrist)
    edge = tuple(s.id for s in shapes if not s.id.endswith("shade"))
    return Group(f"{side}-arm", tuple(shapes), depth, edge)


def _leg(body: Body, side: str, view: Camera, look: Look, far: bool) -> Group:
    hip, knee, ankle = (body.point(f"{side}_{p}") for p in ("hip", "knee", "ankle"))
    thigh, shank, foot = (body.frame(f"{side}_{s}") for s in ("thigh", "shank", "foot"))
    skin, cloth = _tone("skin", far), _tone("legs", far)
    short = look.clothes in SHORTS
    out = 0.013 * (1 if side == "right" else -1)
    top = hip + out * thigh[..., :, 2]
    shapes = [Shape(f"{side}-foot", "closed", skin, tube(_foot(ankle, foot), view).outline)]
    shapes += _both(f"{side}-shank", tube(_bone(knee, ankle, shank, SHANK), view), skin if short else cloth)
    shapes += _both(f"{side}-thigh", tube(_bone(top, knee, thigh, THIGH), view), skin if short else cloth)
    if short:
        cut = tube(_bone(top, knee, thigh, THIGH, 0.0, 0.66, 1.06, (0.056, 0.004)), view)
        shapes += _both(f"{side}-shorts", cut, cloth)
    depth = view.depth(0.25 * hip + 0.45 * knee + 0.3 * ankle)
    edge = tuple(s.id for s in shapes if not s.id.endswith("shade"))
    return Group(f"{side}-leg", tuple(shapes), depth, edge)


def _foot(ankle: Array, foot: Array) -> Stations:
    rows = np.array(FOOT)
    x, y, z = (foot[:, None, :, i] for i in range(3))
    centre = ankle[:, None] + rows[:, 0, None] * x + rows[:, 1, None] * y
    return Stations(centre, rows[:, 3, None] * z, rows[:, 2, None] * y, (0.018, 0.012))


def spine_stations(
    body: Body, rows: Rows, caps: tuple[float, float], breath: Array | None = None
) -> Stations:
    """Set the trunk's ellipses: each moves with its vertebra; the breath lifts the front of chest and
    belly."""
    return Stations(*trunk_ellipses(body, rows, breath), caps)


def _trunk(baked: Baked, view: Camera) -> Group:
    body = baked.body
    hips = tube(spine_stations(body, HIPS, (0.03, 0.004)), view, bends=True)
    stations = spine_stations(body, TRUNK, (0.012, 0.012), baked.breath)
    chest = tube(stations, view, bends=True)
    shapes = [Shape("hips", "closed", "legs", hips.outline)]
    for side in SIDES:
        shapes.append(Shape(f"{side}-yoke", "closed", "top", _yoke(body, side, view)))
    shapes.append(Shape("chest", "closed", "top", chest.outline))
    for name, sign in (("left", 1.0), ("right", -1.0)):
        shapes.append(Shape(f"chest-shade-{name}", "closed", "shade", shade(chest, sign, 0.62), opacity=0.13))
    for region in baked.movement.lit:
        if region in REGION_BACK:
            shapes += _lit(region, stations, view)
    depth = view.depth(0.5 * body.point("thoracic_3") + 0.5 * body.point("pelvis"))
    return Group("trunk", tuple(shapes), depth, ("left-yoke", "right-yoke", "chest"))


def _yoke(body: Body, side: str, view: Camera) -> Array:
    """Draw the slope from neck to shoulder, which follows the shoulder girdle."""
    thorax = body.frame("thoracic_5")
    neck, shoulder = body.point("neck_1"), body.point(f"{side}_shoulder")
    armpit = body.point("thoracic_3") + apply(
        thorax, np.array([0.035, 0.0, 0.05 * (1 if side == "right" else -1)])
    )
    centres = np.stack([neck + apply(thorax, np.array([0.012, -0.016, 0.0])), shoulder, armpit], 1)
    axes = [tuple(r * thorax[..., :, i] for i in range(3)) for r in (0.034, 0.031, 0.04)]
    return hull(centres, axes, view, 12)


def _lit(region: str, stations: Stations, view: Camera) -> list[Shape]:
    """Light a patch of the trunk's surface: a pale field with an outline and short ticks, so it reads
    without colour."""
    first, last, middle, half = REGION_BACK[region]
    lower, upper, ribs, shares = [], [], [], []
    for s in range(first, last + 1):
        c, z, x = stations.centre[:, s], stations.lateral[:, s], stations.depth[:, s]
        fade = half * (1.0 if first < s < last else 0.72)
        # the angle of the surface that faces the viewer
        seen = np.arctan2(z @ view.toward, x @ view.toward)
        turn = (seen - middle + np.pi) % (2 * np.pi) - np.pi
        low = np.clip(-fade, turn - np.pi / 2, turn + np.pi / 2)
        high = np.clip(fade, turn - np.pi / 2, turn + np.pi / 2)

        def spot(angle: Array, c: Array = c, x: Array = x, z: Array = z) -> Array:
            a = (angle + middle)[:, None]
            return view.flat(c + 0.97 * (np.cos(a) * x + np.sin(a) * z))

        shares.append((high - low) / (2 * fade))
        lower.append(spot(low))
        upper.append(spot(high))
        ribs.append(np.stack([spot(low + 0.3 * (high - low)), spot(low + 0.7 * (high - low))], 1))
    field = np.stack(lower + upper[::-1], 1)
    # what is turned away shrinks to nothing instead of leaving a line along the edge
    seen_share = np.clip((np.mean(shares, axis=0) - 0.06) / 0.12, 0, 1)[:, None, None]
    middle_of_all = field.mean(1, keepdims=True)
    field = middle_of_all + seen_share * (field - middle_of_all)
    ribs = [middle_of_all + seen_share * (rib - middle_of_all) for rib in ribs]
    return [
        Shape(f"lit-{region}", "closed", "lit", field, opacity=0.78),
        Shape(f"lit-{region}-edge", "ring", "lit-edge", field, width=0.0032),
        *(
            Shape(f"lit-{region}-{i}", "line", "lit-edge", rib, width=0.0042)
            for i, rib in enumerate(ribs[1:-1])
        ),
    ]


def _neck(body: Body, view: Camera) -> Group:
    low, mid, top = (body.point(p) for p in ("neck_1", "neck_2", "head_base"))
    frames = [body.frame(s) for s in ("neck_1", "neck_2", "head_base")]
    centre = np.stack([low, mid, top], 1) + np.stack([f[..., :, 0] for f in frames], 1) * 0.012
    radius = np.array([0.036, 0.031, 0.031])[:, None]
    lateral = np.stack([f[..., :, 2] for f in frames], 1) * radius
    depth = np.stack([f[..., :, 0] for f in frames], 1) * radius
    part = tube(Stations(centre, lateral, depth, (0.02, 0.02)), view, bends=True)
    # the neck is always behind the collar, and behind the chin even when the head lies farther away
    # than the trunk
    trunk = view.depth(0.5 * body.point("thoracic_3") + 0.5 * body.point("pelvis"))
    place = np.minimum(trunk, head_depth(body, view)) - 1e-3
    return Group("neck", (Shape("neck", "closed", "skin", part.outline),), place, ("neck",))


def head_depth(body: Body, view: Camera) -> Array:
    """Return how near the head counts as being: a little nearer than it is, so that the chin covers the
    collar."""
    return np.asarray(view.depth(0.75 * body.point("head") + 0.25 * body.point("neck_1")) + 0.03)
