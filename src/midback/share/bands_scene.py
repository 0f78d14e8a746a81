"""The person under the bands and what stands around: legs, stool, rests, the same person upright. In: a body, views.
Out: SVG. Next: ``bands``.

Seated legs do not move with a working posture, so they are drawn once and kept, as is the pale person behind. Who is
seen from two sides is drawn once too, as two people of whom one has turned round: both eyes look from one height.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from midback.body.pose_of import placed
from midback.body.working_posture import UPRIGHT, WorkingPosture
from midback.catalogue.keyframe import Movement
from midback.movement.bake import Baked
from midback.movement.forward import Body
from midback.movement.posture import drawn
from midback.share.figure import path_of
from midback.share.figure_body import draw_legs, draw_upper
from midback.share.figure_head import draw_head
from midback.share.figure_look import Look
from midback.share.figure_outline import Array, Camera, camera
from midback.share.figure_shape import Group
from midback.share.outline_paths import ring_paths

View = Literal["side", "back"]
UNITS: Final = 1000.0
FLIP: Final = np.array([UNITS, -UNITS])
EYES: Final[dict[View, Camera]] = {"side": camera(-84.0, 3.0), "back": camera(180.0, 3.0)}
# Drawn as from behind, where both arms are as near; from the side one lies behind the body and is darker.
DRAWN_FROM: Final[View] = "back"
FAR: Final[dict[View, str]] = {"side": "right-arm", "back": ""}


@dataclass(frozen=True, slots=True)
class Person:
    """A person in one view: groups far to near, and in units, y down, (P, 2), the ring of each shape by its id.

    whole : all points of all rings
    """

    view: View
    groups: tuple[Group, ...]
    rings: dict[str, Array]
    whole: Array


def draw_person(body: Body, views: Sequence[View], look: Look) -> list[Person]:
    """Draw trunk, arms, neck and head of a body of one moment as each view shows them."""
    eye, turned = EYES[DRAWN_FROM], _turned(body, views)
    count = len(views)
    still = Baked(
        movement=Movement(cycle_s=1.0, lit=()),
        side="both",
        t=np.zeros(1),
        posture=drawn(np.zeros((1, 1))),
        body=turned,
        contacts={},
        pressing={},
        props=(),
        breath=np.zeros(count),
        key_poses=(),
    )
    groups = [*draw_upper(still, eye, look), draw_head(still, eye, look)]
    shapes = [shape for group in groups for shape in group.shapes]
    whole = np.concatenate([shape.points for shape in shapes], 1) * FLIP
    ends = np.cumsum([shape.points.shape[1] for shape in shapes]).tolist()
    people = []
    for at, view in enumerate(views):
        seen = whole[at]
        rings = {
            shape.id: seen[start:end] for shape, start, end in zip(shapes, [0, *ends[:-1]], ends, strict=True)
        }
        ordered = sorted(groups, key=lambda group: float(group.depth[at]))
        people.append(Person(view, tuple(ordered), rings, seen))
    return people


def write_people(people: Sequence[Person], look: Look) -> list[str]:
    """Write each person, group by group."""
    texts = iter(ring_paths([ring for person in people for ring in person.rings.values()]))
    found = []
    for person in people:
        data = {name: next(texts) for name in person.rings}
        found.append(
            "".join(_written(group, data, look, group.id == FAR[person.view]) for group in person.groups)
        )
    return found


def _turned(body: Body, views: Sequence[View]) -> Body:
    """Return a body of one moment (1, ...) once for each view, so turned that the eye that draws sees that view."""
    screens = [
        np.stack([eye.right, eye.up, eye.toward]) for eye in (EYES[DRAWN_FROM], *(EYES[v] for v in views))
    ]
    turns = np.stack([screens[0].T @ screen for screen in screens[1:]])
    return Body(body.points @ turns.transpose(0, 2, 1), turns[:, None] @ body.frames)


def _written(group: Group, data: Mapping[str, str], look: Look, far: bool = False) -> str:
    """Write a group with the soft edge of the exercises' figure; data : the path of each shape by its id."""
    colours = look.colours()
    out = [f'<g data-part="{group.id}">']
    if group.edge:
        out.append(
            f'<path class="mb-edge" fill="none" stroke="{colours["edge"]}" stroke-width="6" '
            f'stroke-linejoin="round" opacity=".32" d="{"".join(data[name] for name in group.edge)}"/>'
        )
    for shape in group.shapes:
        colour = f"{shape.colour}-far" if far and shape.colour != "shade" else shape.colour
        paint = f' opacity="{shape.opacity:g}"' if shape.opacity < 1 else ""
        out.append(f'<path class="mb-{colour}" fill="{colours[colour]}"{paint} d="{data[shape.id]}"/>')
    return "".join(out) + "</g>"


@lru_cache(maxsize=64)
def behind(view: View, seated: bool, look: Look) -> str:
    """Draw the same person upright, pale, as one shape."""
    (person,) = draw_person(placed(UPRIGHT, seated)[1], (view,), look)
    shapes = [shape for group in person.groups for shape in group.shapes if "shade" not in shape.id]
    data = "".join(_one_way(shape.kind, person.rings[shape.id]) for shape in shapes)
    return f'<path class="mb-floor" fill="#e6e0d3" data-part="upright" d="{data}"/>'


@lru_cache(maxsize=64)
def below(view: View, seated: bool, look: Look) -> tuple[str, str]:
    """Draw legs and stool, behind the person and before."""
    groups = draw_legs(placed(UPRIGHT, seated)[1], EYES[view], look)
    legs = "".join(
        _written(
            group, {shape.id: path_of(shape.kind, shape.points[0] * FLIP) for shape in group.shapes}, look
        )
        for group in sorted(groups, key=lambda group: float(group.depth[0]))
    )
    if not seated:
        return legs, ""
    if view == "back":
        seat = '<rect class="mb-wood" fill="#d9b98c" x="-108" y="-240" width="216" height="64" rx="24"/>'
        return legs, seat
    stool = (
        '<path class="mb-wood-dark" fill="#b89565" d="M-14-205h24l6 190h-36z"/>'
        '<rect class="mb-wood-dark" fill="#b89565" x="-87" y="-18" width="170" height="18" rx="9"/>'
        '<rect class="mb-wood" fill="#d9b98c" x="-122" y="-234" width="190" height="34" rx="17"/>'
    )
    return stool + legs, ""


def draw_rests(posture: WorkingPosture, body: Body, view: View) -> str:
    """Draw from the side what carries back and arms, if anything does: a rest behind the back, a table top."""
    if view == "back":
        return ""
    eye, out = EYES[view], ""
    if float(posture.back_rest) > 0:
        low, high = (
            eye.flat(body.point(joint)[0] - behind_by * body.frame(joint)[0, :, 0]) * FLIP
            for joint, behind_by in (("lumbar_1", 0.082), ("thoracic_3", 0.058))
        )
        out += _bar("wood-dark", np.array([40.0, -218.0]), low, 16.0) + _bar("wood", low, high, 26.0)
    if float(posture.arm_support) > 0:
        arm = (
            np.stack([eye.flat(body.point(f"left_{joint}")[0]) for joint in ("elbow", "wrist", "palm")])
            * FLIP
        )
        level = float(arm[:, 1].max()) + 34.0
        far = min(-450.0, float(arm[:, 0].min()) - 60.0)
        out += _bar("wood", np.array([far, level]), np.array([float(arm[0, 0]) + 10.0, level]), 20.0)
    return out


def _bar(colour: str, start: Array, end: Array, wide: float) -> str:
    """Draw a bar with round ends."""
    along = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    x, y = (wide / 2 * np.array([-along[1], along[0]])).tolist()
    corners = [(start[0] + x, start[1] + y), (end[0] + x, end[1] + y), (end[0] - x, end[1] - y)]
    arc = f"A{wide / 2:g} {wide / 2:g} 0 0 0"
    (ax, ay), (bx, by), (cx, cy) = corners
    paint = {"wood": "#d9b98c", "wood-dark": "#b89565"}[colour]
    return (
        f'<path class="mb-{colour}" fill="{paint}" d="M{ax:.0f} {ay:.0f}L{bx:.0f} {by:.0f}{arc} {cx:.0f} {cy:.0f}'
        f'L{start[0] - x:.0f} {start[1] - y:.0f}{arc} {ax:.0f} {ay:.0f}Z"/>'
    )


def _one_way(kind: str, points: Array) -> str:
    """Write a shape one way round, so that where two overlap there is no hole; a shape of no size not at all."""
    ahead = np.roll(points, -1, axis=0)
    area = float(np.sum(points[:, 0] * ahead[:, 1] - points[:, 1] * ahead[:, 0]))
    return path_of(kind, points if area > 0 else points[::-1]) if abs(area) > 1.0 else ""
