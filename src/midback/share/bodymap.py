"""Draws a body, back and front, with its areas.

In: region names, the marked ones. Out: SVG. Next: doors, report.

Where it hurts is shown by a fill and a small cross, so that colour never speaks alone. The list of areas
beside it
carries the same answer for keyboard and screen reader.
"""

from collections.abc import Collection, Mapping
from html import escape

PLAIN, MARKED, LINE, MUTED = "#e3e5e2", "#bf4932", "#fffdf9", "#66727a"

# (path, where the cross stands); the back is seen from behind, so left is on the left.
BACK: dict[str, tuple[str, tuple[float, float]]] = {
    "head-back": ("M80 8c13 0 20 9 20 21c0 8-3 15-8 19h-24c-5-4-8-11-8-19c0-12 7-21 20-21z", (80, 29)),
    "neck": ("M69 50h22l2 13c2 3 6 5 10 6h-46c4-1 8-3 10-6z", (80, 60)),
    "shoulder-left": ("M55 71l-14 4c-9 3-14 9-15 18l-1 9l17 4l5-17z", (38, 88)),
    "shoulder-right": ("M105 71l14 4c9 3 14 9 15 18l1 9l-17 4l-5-17z", (122, 88)),
    "upper-back": ("M57 71h46l6 16h-58z", (80, 79)),
    "shoulder-blade-left": ("M50 89h19v33l-14 2c-4-9-7-19-8-29z", (58, 105)),
    "shoulder-blade-right": ("M110 89h-19v33l14 2c4-9 7-19 8-29z", (102, 105)),
    "mid-back": ("M71 89h18v34h-18z", (80, 106)),
    "lower-ribs": ("M56 126l14-2h20l14 2l-3 24h-42z", (80, 137)),
    "lower-back": ("M59 152h42l2 22h-46z", (80, 163)),
    "hips": ("M57 176h46l7 24c1 8 1 15 0 22h-26l-4-12l-4 12h-26c-1-7-1-14 0-22z", (80, 196)),
    "arm-left": ("M24 105l17 4l-4 32l-7 34c-2 10-4 18-7 24c-6 2-11 0-12-6l3-22l5-34z", (27, 150)),
    "arm-right": ("M136 105l-17 4l4 32l7 34c2 10 4 18 7 24c6 2 11 0 12-6l-3-22l-5-34z", (133, 150)),
}
BACK_REST = ("M50 225h26l-1 50h-20c-4-16-6-33-5-50zM110 225h-26l1 50h20c4-16 6-33 5-50z",)
FRONT: dict[str, tuple[str, tuple[float, float]]] = {
    "chest": ("M57 71h46l8 18l-3 34h-56l-3-34z", (80, 99)),
    "ribs-side": ("M52 126h10v26h-6zM108 126h-10v26h6z", (57, 140)),
    "belly": ("M64 126h32l1 26l4 22h-42l4-22z", (80, 150)),
}
FRONT_REST = (
    "M80 8c13 0 20 9 20 21c0 8-3 15-8 19h-24c-5-4-8-11-8-19c0-12 7-21 20-21z",
    "M69 50h22l2 13c2 3 6 5 10 6h-46c4-1 8-3 10-6z",
    "M55 71l-14 4c-9 3-14 9-15 18l-1 9l17 4l5-17zM105 71l14 4c9 3 14 9 15 18l1 9l-17 4l-5-17z",
    "M24 105l17 4l-4 32l-7 34c-2 10-4 18-7 24c-6 2-11 0-12-6l3-22l5-34z",
    "M136 105l-17 4l4 32l7 34c2 10 4 18 7 24c6 2 11 0 12-6l-3-22l-5-34z",
    "M57 176h46l7 24c1 8 1 15 0 22h-26l-4-12l-4 12h-26c-1-7-1-14 0-22z",
    *BACK_REST,
)


def draw_body(names: Mapping[str, str], marked: Collection[str], *, title: str, front: str, back: str) -> str:
    """Draw the body twice, back and front.

    names : region id -> its word; a region without a word is drawn but cannot be chosen
    """
    out = [
        '<svg class="mb-body" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 330 296" role="img" '
        f'font-family="sans-serif"><title>{escape(title)}</title>'
    ]
    for shift, word, parts, rest in ((0, back, BACK, BACK_REST), (168, front, FRONT, FRONT_REST)):
        out.append(f'<g transform="translate({shift} 0)">')
        out += [f'<path class="part" d="{path}" fill="{PLAIN}" stroke="{LINE}"/>' for path in rest]
        for region, (path, cross) in parts.items():
            out.append(_part(region, path, cross, names.get(region, ""), region in marked))
        out.append(
            '<text x="80" y="292" text-anchor="middle" font-size="13" '
            f'fill="{MUTED}">{escape(word)}</text></g>'
        )
    return "".join(out) + "</svg>"


def _part(region: str, path: str, cross: tuple[float, float], name: str, on: bool) -> str:
    state = " on" if on else ""
    x, y = cross
    shown = "" if on else ' visibility="hidden"'
    return (
        f'<path class="part{state}" data-region="{escape(region)}" d="{path}" '
        f'fill="{MARKED if on else PLAIN}" '
        f'stroke="{LINE}"><title>{escape(name)}</title></path>'
        f'<path class="mark{state}" data-region="{escape(region)}"{shown} stroke="{LINE}" stroke-width="2.5" '
        f'stroke-linecap="round" d="M{x - 3:g} {y - 3:g}l6 6m0-6l-6 6"/>'
    )
