"""Draws what costs against what it gives, and the front nothing lies beyond. In: points. Out: SVG. Next: docs.

The drawing stands by itself, as a picture of a page does: its own style sheet turns it dark where the reader's
page is. Kinds of point differ by shape as well as by colour, and every point carries its name.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

WIDTH: Final = 760.0
PANEL_H: Final = 380.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 24.0, 54.0, 46.0
Kind = Literal["ours", "peer", "fixed", "none"]
LETTER: Final = 6.3
LINE_H: Final = 13.0
STYLE: Final = (
    "text{font:12px system-ui,sans-serif;fill:#1f2a2e;stroke:#fff;stroke-width:3;paint-order:stroke}"
    ".muted{fill:#5d6970}.name{font-weight:600}"
    ".grid{stroke:#d9d3c8;stroke-width:1}.axis{stroke:#5d6970;stroke-width:1}"
    ".front{fill:none;stroke:#1f7a6c;stroke-width:1.5;stroke-dasharray:5 4}.leader{stroke:#8a8f8c;stroke-width:.7}"
    ".ours{fill:#1f7a6c}.peer{fill:#b9770e}.fixed{fill:none;stroke:#5d6970;stroke-width:1.6}.none{fill:#8a8f8c}"
    "@media(prefers-color-scheme:dark){text{fill:#e9ecea;stroke:#131416}.muted{fill:#a9b4b3}.grid{stroke:#3a4548}"
    ".axis{stroke:#a9b4b3}.front{stroke:#59b9a8}.ours{fill:#59b9a8}.peer{fill:#e0a54a}.fixed{stroke:#a9b4b3}}"
)


@dataclass(frozen=True, slots=True)
class Point:
    """One schedule: its name, what it costs and what is left; the lower both are, the better."""

    name: str
    cost: float
    left: float
    kind: Kind = "peer"


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing among several: its title, the words of its upright scale, and its points."""

    title: str
    unit: str
    points: Sequence[Point]


def front_of(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the points that no other equals or undercuts in both cost and rest, in order of cost."""
    found: list[Point] = []
    for point in sorted(points, key=lambda one: (one.cost, one.left)):
        if not found or point.left < found[-1].left:
            found.append(point)
    return tuple(found)


def draw_fronts(panels: Sequence[Panel], across: str, title: str, desc: str) -> str:
    """Return the panels one above the other as one SVG; ``across`` names what costs."""
    height = PANEL_H * len(panels)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" role="img">',
        f"<title>{escape(title)}</title><desc>{escape(desc)}</desc><style>{STYLE}</style>",
    ]
    for number, panel in enumerate(panels):
        out.append(f'<g transform="translate(0 {number * PANEL_H:g})">{_panel(panel, across)}</g>')
    return "".join([*out, "</svg>\n"])


def _panel(panel: Panel, across: str) -> str:
    top_x = _round_up(max(point.cost for point in panel.points) * 1.02)
    low_y, top_y = _ends([point.left for point in panel.points])
    wide, high = WIDTH - LEFT - RIGHT, PANEL_H - TOP - BOTTOM

    def place(point: Point) -> tuple[float, float]:
        return LEFT + wide * point.cost / top_x, TOP + high * (top_y - point.left) / (top_y - low_y)

    out = [
        f'<text class="name" x="{LEFT:g}" y="20">{escape(panel.title)}</text>',
        f'<text class="muted" x="{LEFT:g}" y="38">{escape(panel.unit)}</text>',
        f'<text class="muted" x="{WIDTH - RIGHT:g}" y="{PANEL_H - 10:g}" text-anchor="end">{escape(across)}</text>',
    ]
    for step in range(5):
        y, x = TOP + high * step / 4, LEFT + wide * step / 4
        out.append(f'<path class="grid" d="M{LEFT:g} {y:.1f}h{wide:g}"/>')
        up, along = f"{top_y - (top_y - low_y) * step / 4:.3g}", f"{top_x * step / 4:g}"
        out.append(f'<text class="muted" x="{LEFT - 8:g}" y="{y + 4:.1f}" text-anchor="end">{up}</text>')
        low = TOP + high + 16
        out.append(f'<text class="muted" x="{x:.1f}" y="{low:.1f}" text-anchor="middle">{along}</text>')
    out.append(f'<path class="axis" d="M{LEFT:g} {TOP + high:g}h{wide:g}"/>')
    corners = [place(point) for point in front_of(panel.points)]
    if len(corners) > 1:
        # A front is stairs: between two schedules there is no third for less.
        line = f"M{corners[0][0]:.1f} {corners[0][1]:.1f}"
        line += "".join(f"H{x:.1f}V{y:.1f}" for x, y in corners[1:])
        out.append(f'<path class="front" d="{line}"/>')
    out += [_mark(point.kind, *place(point)) for point in panel.points]
    out += _names(panel.points, [place(point) for point in panel.points])
    return "".join(out)


def _round_up(largest: float) -> float:
    """Return a number at or above ``largest`` (at least 1) that divides by four without odd ends."""
    power = 10.0 ** math.floor(math.log10(max(largest, 1.0)))
    return next(step * power for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if step * power >= largest)


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """Return where the upright scale begins and ends: round numbers around what is drawn, not zero."""
    step = 4 * 10.0 ** math.floor(math.log10(max(max(values) - min(values), 0.01))) / 10
    low = math.floor(min(values) / step)
    return low * step, max(math.ceil(max(values) / step), low + 1) * step


def _mark(kind: Kind, x: float, y: float) -> str:
    if kind == "ours":
        return f'<path class="ours" d="M{x:.1f} {y - 7:.1f}l7 7-7 7-7-7z"/>'
    if kind == "none":
        return f'<path class="none" d="M{x - 5:.1f} {y - 5:.1f}h10v10h-10z"/>'
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'


def _names(points: Sequence[Point], places: Sequence[tuple[float, float]]) -> list[str]:
    """Put each name beside its mark, or further off with a line to it where another name stands already."""
    taken = [(x - 7, y - 7, x + 7, y + 7) for x, y in places]
    out: list[str] = []
    for point, (x, y) in sorted(zip(points, places, strict=True), key=lambda pair: pair[1]):
        long = LETTER * len(point.name)
        near = [(0, aside) for aside in (10.0, -10.0 - long)]
        near += [(r, aside) for r in (-1, 1, -2, 2, -3, 3, -4, 4) for aside in (10.0, -10.0 - long)]
        far = [(r, aside) for r in range(-14, 15) for aside in (60.0, 110.0)]
        for rise, aside in (*near, *sorted(far, key=lambda spot: abs(spot[0]))):
            spots = [(x + aside, y + LINE_H * rise)]
            boxes = [(left, mid - 7, left + long, mid + 6) for left, mid in spots]
            free = [
                (spot, box)
                for spot, box in zip(spots, boxes, strict=True)
                if box[0] >= LEFT + 2
                and box[2] <= WIDTH - 4
                and box[1] >= TOP - 8
                and box[3] <= PANEL_H - BOTTOM
                and not any(_meet(box, other) for other in taken)
            ]
            if free:
                (left, mid), box = free[0]
                taken.append(box)
                if rise:
                    end = left if left > x else left + long
                    out.append(f'<path class="leader" d="M{x:.1f} {y:.1f}L{end:.1f} {mid:.1f}"/>')
                out.append(f'<text x="{left:.1f}" y="{mid + 4:.1f}">{escape(point.name)}</text>')
                break
        else:
            out.append(f'<text x="{x + 10:.1f}" y="{y + 4:.1f}">{escape(point.name)}</text>')
    return out


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
