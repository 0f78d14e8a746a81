"""The mannequin with its muscles as rubber bands. In: a working posture and its ``Bands``. Out: inline SVG. Next: web.

Side and back view of the figure that the exercises move, on a stool or standing; behind it, pale, the same person
upright. Nothing moves here: it is a still picture, redrawn as sliders move.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Final

import numpy as np

from midback.body.bands import Bands, places_of
from midback.body.bands_paths import BANDS, Paths, paths
from midback.body.pose_of import joint_angles, root_of
from midback.body.working_posture import WorkingPosture
from midback.movement.forward import Body, place
from midback.share.bands_labels import Label, draw_column, room_for
from midback.share.bands_ribbon import pins, ribbons
from midback.share.bands_scene import (
    EYES,
    FLIP,
    UNITS,
    View,
    behind,
    below,
    draw_person,
    draw_rests,
    write_group,
)
from midback.share.figure_body import Group
from midback.share.figure_look import Look
from midback.share.figure_outline import Array

__all__ = ["View", "draw_bands"]

# What the picture shows at least: left, right, bottom, top in fractions of stature, seated; who stands is higher.
FRAMES: Final = {"side": (-0.42, 0.16, -0.012, 0.80), "back": (-0.185, 0.185, 0.195, 0.80)}
STANDS_HIGHER: Final = 0.245
MARGIN: Final = 0.02
# Letters so high that they can be read in a picture as wide as a phone.
LETTERS: Final = {"side": 25.0, "back": 19.0}
# Left of whoever sits upright there is so much room for words; longer ones widen the picture.
ROOM: Final = 110.0
# Which bands each view shows, on which sides of the body, in the order they are drawn.
SIDES_SHOWN: Final = {"side": ("left",), "back": ("left", "right")}
SHOWN: Final = {
    "side": (
        ("erector-thoracic", "levator"),
        ("pectoralis-minor", "pectoralis-major", "deltoid-anterior"),
    ),
    # The rhomboids lie under the trapezius; they are drawn over it, for the talk is of them.
    "back": (("erector-thoracic", "levator"), ("trapezius-lower", "trapezius-middle", "rhomboids")),
}
# How wide each band's strands are drawn upright, in units.
WIDTHS: Final = dict(zip(BANDS, (13.0, 12.0, 11.0, 13.0, 12.0, 14.0, 11.0, 17.0), strict=True))
PIN: Final = 3.4
BLADE: Final = ("blade-upper-angle", "blade-root", "blade-border-middle", "blade-border-lower", "acromion")


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
    body = _placed(angles.tobytes(), seated)
    groups = draw_person(body, eye, look)
    strain = dict(zip(BANDS, np.ravel(bands.strain).tolist(), strict=True))
    spots = {side: eye.flat(places_of(body, angles, side, routes)[0]) * FLIP for side in SIDES_SHOWN[view]}
    legs, seat = below(view, seated, look)
    rests = draw_rests(posture, body, view) if seated else ""
    parts = [behind(view, seated, look), legs, rests, *(write_group(group, look) for group in groups), seat]
    if view == "back":
        parts.append(_blades(spots, routes))
    for layer in SHOWN[view]:
        parts += _layer(layer, spots, strain, routes)

    words = {name: (labels or {}).get(name) or percent(strain[name]) for name in BANDS}
    box, written = _labelled(view, groups, seated, words, spots, routes)
    left, top, width, height = box
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="mb-bands {look.classes()}" role="img" '
        f'viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" preserveAspectRatio="xMidYMid meet">'
        f"<title>{escape(title)}</title><desc>{escape(desc)}</desc>{''.join(parts)}{written}</svg>"
    )


@lru_cache(maxsize=4)
def _placed(angles: bytes, seated: bool) -> Body:
    """Return where everything is; kept for the other view of the same moment."""
    row = np.frombuffer(angles)[None]
    return place(row, root_of(row, seated))


def percent(strain: float) -> str:
    """Write a change of length: "+12 %", "−4 %", "0 %"."""
    whole = round(100 * strain)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole)} %"


def _layer(
    names: tuple[str, ...], spots: Mapping[str, Array], strain: Mapping[str, float], routes: Paths
) -> Iterator[str]:
    ends = []
    for name in names:
        strands = [at[list(strand)] for at in spots.values() for strand in routes.strands[BANDS.index(name)]]
        ends += [strand[end] for strand in strands for end in (0, -1)]
        yield f'<g data-band="{name}">{ribbons(strands, strain[name], WIDTHS[name])}</g>'
    yield pins(np.array(ends), PIN)


def _blades(spots: Mapping[str, Array], routes: Paths) -> str:
    """Draw the shoulder blades, pale: what most bands of the back hold on to."""
    row = [routes.names.index(name) for name in BLADE]
    data = "".join(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in at[row].tolist()) + "Z" for at in spots.values()
    )
    return (
        f'<path class="mb-blades" fill="#fff" fill-opacity=".3" stroke="#fff" stroke-opacity=".3" '
        f'stroke-width="26" stroke-linejoin="round" d="{data}"/>'
    )


def _frame(view: View, groups: list[Group], seated: bool) -> tuple[float, float, float, float]:
    """Return left, right, bottom and top in units, y down: the usual frame, or more where the figure leaves it."""
    left, right, bottom, top = FRAMES[view]
    if not seated:
        top += STANDS_HIGHER
        bottom += STANDS_HIGHER if view == "back" else 0.0
    every = np.concatenate([shape.points[0] for group in groups for shape in group.shapes])
    low, high = every.min(0) - MARGIN, every.max(0) + MARGIN
    left, right, top = min(left, float(low[0])), max(right, float(high[0])), max(top, float(high[1]))
    return left * UNITS, right * UNITS, -bottom * UNITS, -top * UNITS


def _labelled(
    view: View,
    groups: list[Group],
    seated: bool,
    words: Mapping[str, str],
    spots: Mapping[str, Array],
    routes: Paths,
) -> tuple[tuple[float, float, float, float], str]:
    """Return the picture's box with room for words, and the words, of the front to the left."""
    left, right, bottom, top = _frame(view, groups, seated)
    size, side = LETTERS[view], SIDES_SHOWN[view][-1]
    names, front = (sum(SHOWN[view], ()), ()) if view == "back" else SHOWN[view]

    def column(of: tuple[str, ...]) -> list[Label]:
        return [Label(words[name], *_pointed(name, spots[side], routes)) for name in of]

    labels, others = column(names), column(front)
    right += room_for([label.words for label in labels], size)
    out = draw_column(labels, right, False, bottom - size, top, size)
    if others:
        room = room_for([label.words for label in others], size)
        left -= max(0.0, room - ROOM)
        edge = left + room
        out += draw_column(others, left, True, _hands_top(groups, edge) - size, top, size)
    return (left, top, right - left, bottom - top), out


def _hands_top(groups: list[Group], edge: float) -> float:
    """Return how high hands and forearms come left of an edge, y down; the knees' height where none is there."""
    arms = [shape.points[0] * FLIP for group in groups if group.id.endswith("arm") for shape in group.shapes]
    every = np.concatenate(arms)
    there = every[every[:, 0] < edge + 20.0]
    return float(there[:, 1].min()) if len(there) else -360.0


def _pointed(name: str, spots: Array, routes: Paths) -> tuple[float, float]:
    """Return a place on a band that its words can point at: the middle of its last strand."""
    strand = spots[list(routes.strands[BANDS.index(name)][-1])]
    at = (strand[(len(strand) - 1) // 2] + strand[len(strand) // 2]) / 2
    return float(at[0]), float(at[1])
