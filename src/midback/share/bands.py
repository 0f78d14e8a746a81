"""The mannequin with its muscles as rubber bands. In: a working posture and its ``Bands``. Out: inline SVG. Next: web.

Side and back view of the figure that the exercises move, seated or standing, on a stool's height; behind it, pale, the
same person upright. Nothing moves here: it is a still picture, redrawn as sliders move.
"""

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Final, Literal

import numpy as np

from midback.body.bands import Bands, places_of
from midback.body.bands_paths import BACK, BANDS, FRONT, paths
from midback.body.pose_of import joint_angles, root_of
from midback.body.working_posture import UPRIGHT, WorkingPosture
from midback.catalogue.keyframe import Movement
from midback.movement.bake import Baked
from midback.movement.forward import Body, place
from midback.movement.posture import drawn
from midback.movement.skeleton import SIDES
from midback.share.bands_ribbon import pin, ribbon, way_of
from midback.share.figure import path_of
from midback.share.figure_body import Group, draw_body
from midback.share.figure_head import draw_head
from midback.share.figure_look import Look
from midback.share.figure_outline import Array, Camera, camera

View = Literal["side", "back"]
UNITS: Final = 1000.0
# Where the viewer stands, and what the picture shows at least: left, right, bottom, top in fractions of stature.
VIEWS: Final[dict[str, tuple[Camera, tuple[float, float, float, float]]]] = {
    "side": (camera(-102.0, 4.0), (-0.44, 0.30, 0.17, 0.83)),
    "back": (camera(180.0, 4.0), (-0.30, 0.30, 0.17, 0.83)),
}
# How wide each band's strands are drawn upright, in units.
WIDTHS: Final = dict(zip(BANDS, (17.0, 15.0, 14.0, 15.0, 13.0, 19.0, 13.0, 18.0), strict=True))
MARGIN: Final = 0.03
EDGE: Final = (5.0, 0.32)


def draw_bands(
    posture: WorkingPosture,
    bands: Bands,
    view: View,
    look: Look | None = None,
    title: str = "",
    desc: str = "",
    labels: Mapping[str, str] | None = None,
    seated: bool = True,
) -> str:
    """Draw one posture with its bands.

    posture : of one moment, scalars ; bands : of the same, from ``bands_of``
    labels : words beside a band by its id; without them the change of length in percent
    """
    look = look or Look()
    eye, frame = VIEWS[view]
    angles = joint_angles(posture, seated)[None]
    body = place(angles, root_of(angles, seated))
    groups = _figure(body, eye, look)
    return _assemble(view, look, groups, body, angles, bands, title, desc, labels, seated)


def _assemble(
    view: View,
    look: Look,
    groups: list[Group],
    body: Body,
    angles: Array,
    bands: Bands,
    title: str,
    desc: str,
    labels: Mapping[str, str] | None,
    seated: bool,
) -> str:
    eye, frame = VIEWS[view]
    left, top, width, height = _box(groups, frame)
    corner, turn = np.array([left, top]), np.array([UNITS, -UNITS])
    parts = [_ghost(view, look, seated, left, top)]
    for group in sorted(groups, key=lambda one: float(one.depth[0])):
        parts.append(_group(group, corner, turn, look))
    strains = np.asarray(bands.strain, dtype=float).reshape(-1, len(BANDS))
    courses = _courses(body, angles, eye, corner, turn)
    for side in ("left", "right") if view == "back" else ("left",):
        for name in BACK if view == "back" else BANDS:
            strain = float(strains[0, BANDS.index(name)])
            parts.append(f'<g data-band="{name}">')
            for course in courses[side][name]:
                parts.append(ribbon(course, strain, WIDTHS[name]))
            parts.append("</g>")
        for name in BACK if view == "back" else BANDS:
            for course in courses[side][name]:
                parts += [pin(course[0], 4.0), pin(course[-1], 4.0)]
    box = f"0 0 {width * UNITS:.0f} {height * UNITS:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="mb-bands {look.classes()}" role="img" viewBox="{box}" '
        f'preserveAspectRatio="xMidYMid meet"><title>{escape(title)}</title><desc>{escape(desc)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _figure(body: Body, eye: Camera, look: Look) -> list[Group]:
    """Draw the mannequin without a movement."""
    still = Baked(
        movement=Movement(cycle_s=1.0, lit=()),
        side="both",
        t=np.zeros(1),
        posture=drawn(np.zeros((1, 1))),
        body=body,
        contacts={},
        pressing={},
        props=(),
        breath=np.zeros(1),
        key_poses=(),
    )
    return [*draw_body(still, eye, look), draw_head(still, eye, look)]


def _box(groups: list[Group], frame: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the picture: the usual frame, or more where the figure leaves it."""
    every = np.concatenate([shape.points[0] for group in groups for shape in group.shapes])
    low, high = every.min(0) - MARGIN, every.max(0) + MARGIN
    left, right = min(frame[0], low[0]), max(frame[1], high[0])
    top = max(frame[3], high[1])
    return float(left), float(top), float(right - left), float(top - frame[2])


def _group(group: Group, corner: Array, turn: Array, look: Look) -> str:
    colours = look.colours()
    out = [f'<g data-part="{group.id}">']
    shapes = {shape.id: path_of(shape.kind, (shape.points[0] - corner) * turn) for shape in group.shapes}
    if group.edge:
        data = "".join(shapes[name] for name in group.edge)
        out.append(
            f'<path class="mb-edge" fill="none" stroke="{colours["edge"]}" stroke-width="{EDGE[0]}" '
            f'stroke-linejoin="round" opacity="{EDGE[1]}" d="{data}"/>'
        )
    for shape in group.shapes:
        paint = f' opacity="{shape.opacity:g}"' if shape.opacity < 1 else ""
        out.append(
            f'<path class="mb-{shape.colour}" fill="{colours[shape.colour]}"{paint} d="{shapes[shape.id]}"/>'
        )
    return "".join(out) + "</g>"


@lru_cache(maxsize=64)
def _upright(view: View, look: Look, seated: bool) -> tuple[tuple[str, Array], ...]:
    angles = joint_angles(UPRIGHT, seated)[None]
    groups = _figure(place(angles, root_of(angles, seated)), VIEWS[view][0], look)
    return tuple(
        (shape.kind, shape.points[0])
        for group in groups
        for shape in group.shapes
        if shape.id in group.edge or not group.edge
    )


@lru_cache(maxsize=64)
def _ghost(view: View, look: Look, seated: bool, left: float, top: float) -> str:
    corner, turn = np.array([left, top]), np.array([UNITS, -UNITS])
    data = "".join(path_of(kind, (points - corner) * turn) for kind, points in _upright(view, look, seated))
    return f'<path class="mb-floor" fill="#e6e0d3" data-part="upright" d="{data}"/>'


def _courses(
    body: Body, angles: Array, eye: Camera, corner: Array, turn: Array
) -> dict[str, dict[str, list[Array]]]:
    """Return the course of every strand on the screen, by side and band."""
    routes = paths()
    out: dict[str, dict[str, list[Array]]] = {}
    for side in SIDES:
        spots = (eye.flat(places_of(body, angles, side, routes)[0]) - corner) * turn
        out[side] = {
            name: [spots[list(strand)] for strand in strands]
            for name, strands in zip(BANDS, routes.strands, strict=True)
        }
    return out
