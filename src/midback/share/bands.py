"""The mannequin with its muscles as rubber bands. In: a working posture and its ``Bands``. Out: inline SVG. Next: web.

Side and back view of the figure that the exercises move, on a stool or standing; behind it, pale, the same person
upright. Nothing moves here: it is a still picture, redrawn as sliders move.
"""

from collections.abc import Mapping
from html import escape
from typing import Final

import numpy as np

from midback.body.bands import Bands, places_of
from midback.body.bands_paths import BANDS, Paths, paths
from midback.body.pose_of import placed
from midback.body.working_posture import WorkingPosture
from midback.share.bands_labels import Label, draw_column, room_for
from midback.share.bands_ribbon import Ribbon, pins, ribbons
from midback.share.bands_scene import (
    EYES,
    FLIP,
    UNITS,
    Person,
    View,
    behind,
    below,
    draw_person,
    draw_rests,
    write_people,
)
from midback.share.figure_look import Look
from midback.share.figure_outline import Array

__all__ = ["NUMBERS", "View", "draw_bands", "draw_views", "percent"]

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
# The number of each band where a list beside the picture says its name.
NUMBERS: Final = {name: place for place, name in enumerate(BANDS, 1)}
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
    titles = {view: title}
    return draw_views(posture, bands, titles, look, desc, labels, seated)[view]


def draw_views(
    posture: WorkingPosture,
    bands: Bands,
    titles: Mapping[View, str],
    look: Look | None = None,
    desc: str = "",
    labels: Mapping[str, str] | None = None,
    seated: bool = True,
    numbered: bool = False,
) -> dict[View, str]:
    """Draw one posture with its bands from several sides in one go.

    titles : of each view that is wanted ; numbered : put each band's place in ``NUMBERS`` before its words
    """
    look, routes, views = look or Look(), paths(), tuple(titles)
    angles, body = placed(posture, seated)
    people = draw_person(body, views, look)
    strain = dict(zip(BANDS, np.ravel(bands.strain).tolist(), strict=True))
    words = {name: (labels or {}).get(name) or percent(strain[name]) for name in BANDS}
    places = {
        side: places_of(body, angles, side, routes)[0]
        for side in dict.fromkeys(side for view in views for side in SIDES_SHOWN[view])
    }
    spots = {
        view: {side: EYES[view].flat(places[side]) * FLIP for side in SIDES_SHOWN[view]} for view in views
    }
    drawn = _bands(spots, strain, routes)
    found = {}
    for person, figure in zip(people, write_people(people, look), strict=True):
        view = person.view
        legs, seat = below(view, seated, look)
        rests = draw_rests(posture, body, view) if seated else ""
        blades = _blades(spots[view], routes) if view == "back" else ""
        (left, top, width, height), written = _labelled(
            person, seated, words, spots[view], routes, numbered=numbered
        )
        found[view] = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="mb-bands {look.classes()}" role="img" '
            f'viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" preserveAspectRatio="xMidYMid meet">'
            f"<title>{escape(titles[view])}</title><desc>{escape(desc)}</desc>"
            f"{behind(view, seated, look)}{legs}{rests}{figure}{seat}{blades}{drawn[view]}{written}</svg>"
        )
    return found


def percent(strain: float) -> str:
    """Write a change of length: "+12 %", "−4 %", "0 %"."""
    whole = round(100 * strain)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole)} %"


def _bands(
    spots: Mapping[View, Mapping[str, Array]], strain: Mapping[str, float], routes: Paths
) -> dict[View, str]:
    """Draw the bands of each view, layer by layer, with the places they hold on to."""
    wanted = [(view, layer, name) for view in spots for layer in SHOWN[view] for name in layer]
    strands = [
        [at[list(strand)] for at in spots[view].values() for strand in routes.strands[BANDS.index(name)]]
        for view, _, name in wanted
    ]
    texts = ribbons(
        [Ribbon(one, strain[name], WIDTHS[name]) for one, (_, _, name) in zip(strands, wanted, strict=True)]
    )
    found: dict[View, str] = dict.fromkeys(spots, "")
    ends: list[Array] = []
    for (view, layer, name), one, text in zip(wanted, strands, texts, strict=True):
        found[view] += f'<g data-band="{name}">{text}</g>'
        ends += [strand[end] for strand in one for end in (0, -1)]
        if name == layer[-1]:
            found[view] += pins(np.array(ends), PIN)
            ends = []
    return found


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


def _frame(person: Person, seated: bool) -> tuple[float, float, float, float]:
    """Return left, right, bottom and top in units, y down: the usual frame, or more where the figure leaves it."""
    left, right, bottom, top = FRAMES[person.view]
    if not seated:
        top += STANDS_HIGHER
        bottom += STANDS_HIGHER if person.view == "back" else 0.0
    low, high = person.whole.min(0) / FLIP, person.whole.max(0) / FLIP
    left, right = min(left, float(low[0]) - MARGIN), max(right, float(high[0]) + MARGIN)
    # The lowest y on the screen is the highest point.
    top = max(top, float(low[1]) + MARGIN)
    return left * UNITS, right * UNITS, -bottom * UNITS, -top * UNITS


def _labelled(
    person: Person,
    seated: bool,
    words: Mapping[str, str],
    spots: Mapping[str, Array],
    routes: Paths,
    *,
    numbered: bool,
) -> tuple[tuple[float, float, float, float], str]:
    """Return the picture's box with room for words, and the words, of the front to the left."""
    view = person.view
    left, right, bottom, top = _frame(person, seated)
    size, side = LETTERS[view], SIDES_SHOWN[view][-1]
    names, front = (sum(SHOWN[view], ()), ()) if view == "back" else SHOWN[view]

    def column(of: tuple[str, ...]) -> list[Label]:
        numbers = NUMBERS if numbered else {}
        return [Label(words[name], *_pointed(name, spots[side], routes), numbers.get(name, 0)) for name in of]

    labels, others = column(names), column(front)
    right += room_for([label.whole for label in labels], size)
    out = draw_column(labels, right, False, bottom - size, top, size)
    if others:
        room = room_for([label.whole for label in others], size)
        left -= max(0.0, room - ROOM)
        edge = left + room
        out += draw_column(others, left, True, _hands_top(person, edge) - size, top, size)
    return (left, top, right - left, bottom - top), out


def _hands_top(person: Person, edge: float) -> float:
    """Return how high hands and forearms come left of an edge, y down; the knees' height where none is there."""
    arms = [
        person.rings[shape.id]
        for group in person.groups
        if group.id.endswith("arm")
        for shape in group.shapes
    ]
    every = np.concatenate(arms)
    there = every[every[:, 0] < edge + 20.0]
    return float(there[:, 1].min()) if len(there) else -360.0


def _pointed(name: str, spots: Array, routes: Paths) -> tuple[float, float]:
    """Return a place on a band that its words can point at: the middle of its last strand."""
    strand = spots[list(routes.strands[BANDS.index(name)][-1])]
    at = (strand[(len(strand) - 1) // 2] + strand[len(strand) // 2]) / 2
    return float(at[0]), float(at[1])
