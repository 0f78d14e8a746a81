"""The mannequin with its muscles as rubber bands. In: a working posture and its ``Bands``. Out: inline SVG. Next: web.

Side and back view of the figure that the exercises move, on a stool or standing; behind it, pale, the same person
upright. Nothing moves here: it is a still picture, redrawn as sliders move.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Final, Literal

import numpy as np

from midback.body.bands import Bands, places_of
from midback.body.bands_paths import BANDS, Paths, paths
from midback.body.pose_of import joint_angles, root_of
from midback.body.working_posture import UPRIGHT, WorkingPosture
from midback.catalogue.keyframe import Movement
from midback.movement.bake import Baked
from midback.movement.forward import Body, place
from midback.movement.posture import drawn
from midback.share.bands_ribbon import pins, ribbons
from midback.share.figure import path_of
from midback.share.figure_body import Group, draw_body
from midback.share.figure_head import draw_head
from midback.share.figure_look import Look
from midback.share.figure_outline import Array, Camera, camera

View = Literal["side", "back"]
UNITS: Final = 1000.0
EYES: Final[dict[str, Camera]] = {"side": camera(-84.0, 3.0), "back": camera(180.0, 3.0)}
# What the picture shows at least: left, right, bottom, top in fractions of stature, seated; standing adds the height
# of the hips over the seat.
FRAMES: Final = {"side": (-0.43, 0.25, -0.015, 0.80), "back": (-0.235, 0.235, 0.195, 0.80)}
STANDS_HIGHER: Final = 0.245
MARGIN: Final = 0.03
# Which bands each view shows, the deepest first, and on which sides of the body.
SHOWN: Final = {
    "side": (
        ("left",),
        ("erector-thoracic", "levator", "trapezius-lower", "pectoralis-minor", "pectoralis-major"),
        ("deltoid-anterior",),
    ),
    "back": (
        ("left", "right"),
        ("erector-thoracic", "rhomboids", "levator", "trapezius-lower", "trapezius-middle"),
        (),
    ),
}
# How wide each band's strands are drawn upright, in units.
WIDTHS: Final = dict(zip(BANDS, (13.0, 12.0, 11.0, 13.0, 12.0, 15.0, 12.0, 17.0), strict=True))
PIN: Final = 3.2
BLADE: Final = ("blade-upper-angle", "blade-root", "blade-border-middle", "blade-border-lower")


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
    look, eye, routes = look or Look(), EYES[view], paths()
    angles = joint_angles(posture, seated, routes.rule)[None]
    body = place(angles, root_of(angles, seated))
    groups = _figure(body, eye, look)
    left, top, width, height = _box(view, groups, seated)
    corner, turn = np.array([left, top]), np.array([UNITS, -UNITS])
    sides, deep, over = SHOWN[view]
    courses = {side: _courses(body, angles, side, eye, corner, turn, routes) for side in sides}
    strain = dict(zip(BANDS, np.ravel(bands.strain).tolist(), strict=True))

    def banded(names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            strands = [course for side in sides for course in courses[side][name]]
            yield f'<g data-band="{name}">{ribbons(strands, strain[name], WIDTHS[name])}</g>'
        ends = [
            course[at] for side in sides for name in names for course in courses[side][name] for at in (0, -1)
        ]
        if ends:
            yield pins(np.array(ends), PIN)

    near = f"{sides[0]}-arm" if over else ""
    order = sorted(groups, key=lambda one: float(one.depth[0]))
    parts = [_behind(view, look, seated, left, top)]
    parts += [_group(group, corner, turn, look) for group in order if group.id != near]
    parts += banded(deep)
    parts += [_group(group, corner, turn, look, ' opacity=".62"') for group in order if group.id == near]
    parts += banded(over)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="mb-bands {look.classes()}" role="img" '
        f'viewBox="0 0 {width * UNITS:.0f} {height * UNITS:.0f}" preserveAspectRatio="xMidYMid meet">'
        f"<title>{escape(title)}</title><desc>{escape(desc)}</desc>{''.join(parts)}</svg>"
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


def _box(view: View, groups: list[Group], seated: bool) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the picture: the usual frame, or more where the figure leaves it."""
    left, right, bottom, top = FRAMES[view]
    if not seated:
        top += STANDS_HIGHER
        bottom += STANDS_HIGHER if view == "back" else 0.0
    every = np.concatenate([shape.points[0] for group in groups for shape in group.shapes])
    low, high = every.min(0) - MARGIN, every.max(0) + MARGIN
    left, right, top = min(left, low[0]), max(right, high[0]), max(top, high[1])
    return float(left), float(top), float(right - left), float(top - bottom)


def _group(group: Group, corner: Array, turn: Array, look: Look, clear: str = "") -> str:
    colours = look.colours()
    data = {shape.id: path_of(shape.kind, (shape.points[0] - corner) * turn) for shape in group.shapes}
    out = [f'<g data-part="{group.id}"{clear}>']
    if group.edge:
        out.append(
            f'<path class="mb-edge" fill="none" stroke="{colours["edge"]}" stroke-width="6" '
            f'stroke-linejoin="round" opacity=".32" d="{"".join(data[name] for name in group.edge)}"/>'
        )
    for shape in group.shapes:
        paint = f' opacity="{shape.opacity:g}"' if shape.opacity < 1 else ""
        out.append(
            f'<path class="mb-{shape.colour}" fill="{colours[shape.colour]}"{paint} d="{data[shape.id]}"/>'
        )
    return "".join(out) + "</g>"


def _courses(
    body: Body, angles: Array, side: str, eye: Camera, corner: Array, turn: Array, routes: Paths
) -> dict[str, list[Array]]:
    """Return the course of every strand of one side on the screen, by band."""
    spots = (eye.flat(places_of(body, angles, side, routes)[0]) - corner) * turn
    return {
        name: [spots[list(strand)] for strand in strands]
        for name, strands in zip(BANDS, routes.strands, strict=True)
    }


def _behind(view: View, look: Look, seated: bool, left: float, top: float) -> str:
    """Return the person upright and what they sit on, as they lie in a picture with this corner."""
    return (
        f'<g transform="translate({-left * UNITS:.1f} {top * UNITS:.1f})">{_upright(view, look, seated)}</g>'
    )


@lru_cache(maxsize=64)
def _upright(view: View, look: Look, seated: bool) -> str:
    angles = joint_angles(UPRIGHT, seated)[None]
    groups = _figure(place(angles, root_of(angles, seated)), EYES[view], look)
    data = []
    for group in groups:
        for shape in group.shapes:
            points = shape.points[0] * [UNITS, -UNITS]
            ahead = np.roll(points, -1, axis=0)
            # All one way round, so that where two overlap there is no hole.
            area = np.sum(points[:, 0] * ahead[:, 1] - points[:, 1] * ahead[:, 0])
            if "shade" not in shape.id and abs(area) > 1.0:
                data.append(path_of(shape.kind, points if area > 0 else points[::-1]))
    stool = _stool(view) if seated else ""
    return f'<path class="mb-floor" fill="#e6e0d3" data-part="upright" d="{"".join(data)}"/>{stool}'


def _stool(view: View) -> str:
    if view == "back":
        return '<rect class="mb-wood" fill="#d9b98c" x="-150" y="-236" width="300" height="60" rx="22"/>'
    return (
        '<path class="mb-wood-dark" fill="#b89565" d="M-12-205h24l6 190h-36z"/>'
        '<rect class="mb-wood-dark" fill="#b89565" x="-85" y="-18" width="170" height="18" rx="9"/>'
        '<rect class="mb-wood" fill="#d9b98c" x="-120" y="-232" width="215" height="34" rx="17"/>'
    )
