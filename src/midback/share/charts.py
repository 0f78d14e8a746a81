"""Draws series as SVG, each with the table behind it. In: numbers and words. Out: Chart. Next: doors, report.

A missing value is a gap, never a zero. Lines differ by dash and mark as well as by colour; the caller brings
all words, and the page's style sheet lays its theme over the classes.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Literal

INK, MUTED, LINE = "#1f2a2e", "#5d6970", "#e7e1d6"
COLOURS = {"move": "#1f7a6c", "load": "#bf4932", "attend": "#b9770e", "rest": "#8a8f8c", "ink": "#1f2a2e"}
DASHES = ("", "5 4", "1.5 4")
Tone = Literal["move", "load", "attend", "rest", "ink"]

# Drawn for a phone's width, so that the words stay readable there; wide pages put two side by side.
WIDTH, HEIGHT = 440.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 12.0, 38.0, 30.0
WORD_SIZE, MARK_Y, WORD_Y = 13, 12.0, 16.5
MARKED_UP_TO = 60
LEGEND_LINE = 20.0
LETTER = 7.4  # about how wide a letter of WORD_SIZE is


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, one value a day (None where there is none), its tone."""

    name: str
    values: Sequence[float | None]
    tone: Tone = "move"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and the same numbers as a table: column names, and rows of words."""

    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def opened(kind: str, width: float, height: float, title: str, desc: str) -> str:
    """Return the start of a drawing, with its name and description for those who do not see it."""
    return (
        f'<svg class="mb-chart mb-chart-{kind}" xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" font-family="sans-serif">'
        f"<title>{escape(title)}</title><desc>{escape(desc)}</desc>"
    )


def word(
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    size: float = WORD_SIZE,
    css: str = "mb-label",
    colour: str = MUTED,
) -> str:
    """Return one text of a drawing."""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    weight = ' font-weight="600"' if "mb-name" in css else ""
    return (
        f'<text class="{css}" x="{x:.1f}" y="{y:.1f}"{place} font-size="{size:g}"{weight} fill="{colour}">'
        f"{escape(text)}</text>"
    )


def nice_top(largest: float) -> float:
    """Return a round number at or above ``largest`` (at least 1) that divides well by four."""
    if largest <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= largest)


def line_chart(
    series: Sequence[Series],
    labels: Sequence[str],
    *,
    title: str,
    desc: str,
    first_column: str,
    top: float | None = None,
    area: bool = False,
    bridge: bool = False,
    number: Callable[[float], str] = "{:g}".format,
    missing: str = "",
    unit: str = "",
) -> Chart:
    """Draw one value a day as lines with gaps; the names of the lines stand above.

    top : end of the scale; from the data when None
    area : fill under the first line
    bridge : draw on over gaps, for what is asked only now and then
    missing : word for a gap
    unit : what the scale counts; stands above a single line
    """
    end = top or nice_top(max((v for s in series for v in s.values if v is not None), default=0.0))
    legend, lower = _legend(series) if len(series) > 1 else ("", 0.0)
    out = [opened("line", WIDTH, HEIGHT + lower, title, desc), legend, _unit(unit)]
    # Names that need more than one line push the drawing down; none of them is cut.
    out.append(f'<g transform="translate(0 {lower:g})">' if lower else "<g>")
    out += _axes(end, 5 if end == 10 else 4, labels, number)
    for shape, one in enumerate(series):
        runs = _runs(one.values)
        if bridge and runs:
            runs = [[point for run in runs for point in run]]
        lines, marks = [], []
        for run in runs:
            points = [(_x(place, len(labels)), _y(value, end)) for place, value in run]
            if len(points) > 1:
                lines += _run(points, one.tone, DASHES[shape % 3], filled=area and shape == 0)
            if bridge or len(labels) <= MARKED_UP_TO or len(points) == 1:
                marks += [_mark(shape, x, y, COLOURS[one.tone]) for x, y in points]
        out += [*lines, f'<g class="mb-marks mb-fill-{one.tone}">{"".join(marks)}</g>']
    rows = tuple(
        (label, *(missing if (v := one.values[n]) is None else number(v) for one in series))
        for n, label in enumerate(labels)
    )
    return Chart("".join(out) + "</g></svg>", (first_column, *(one.name for one in series)), rows)


def bar_chart(
    values: Sequence[float | None],
    labels: Sequence[str],
    *,
    title: str,
    desc: str,
    first_column: str,
    second_column: str,
    target: float | None = None,
    target_says: str = "",
    tone: Tone = "move",
    number: Callable[[float], str] = "{:g}".format,
    missing: str = "",
    unit: str = "",
) -> Chart:
    """Draw one bar a day; a day without a value stays empty; a target is a line across with its name."""
    end = nice_top(max([v for v in values if v is not None] + [target or 0.0], default=0.0))
    out = [opened("bar", WIDTH, HEIGHT, title, desc), *_axes(end, 4, labels, number), _unit(unit)]
    thick = max(1.0, min(26.0, (WIDTH - LEFT - RIGHT) / max(1, len(values)) * 0.68))
    for place, value in enumerate(values):
        if value is None or value <= 0:
            continue
        y = _y(value, end)
        height = HEIGHT - BOTTOM - y
        out.append(
            f'<rect class="mb-bar mb-fill-{tone}" x="{_x(place, len(values)) - thick / 2:.1f}" y="{y:.1f}" '
            f'width="{thick:.1f}" height="{height:.1f}" rx="{min(3.0, thick / 3, height / 2):.1f}" '
            f'fill="{COLOURS[tone]}"><title>{escape(labels[place])}: {escape(number(value))}</title></rect>'
        )
    if target:
        line = f'x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{_y(target, end):.1f}" y2="{_y(target, end):.1f}"'
        style = f'stroke="{INK}" stroke-width="1.4" stroke-dasharray="2 4"'
        name = word(target_says, WIDTH - RIGHT, WORD_Y, anchor="end", css="mb-name mb-text-ink", colour=INK)
        out.append(f'<line class="mb-target" {line} {style}/>{name}')
    rows = tuple(
        (label, missing if value is None else number(value))
        for label, value in zip(labels, values, strict=True)
    )
    return Chart("".join(out) + "</svg>", (first_column, second_column), rows)


def scale(
    value: float,
    *,
    low: float = 0.0,
    high: float = 1.0,
    title: str,
    desc: str,
    low_says: str = "",
    high_says: str = "",
) -> str:
    """Draw one value on a line between two ends: position says it, with a word at each end."""
    along = 0.0 if high <= low else min(1.0, max(0.0, (value - low) / (high - low)))
    x, move = 10 + 300 * along, COLOURS["move"]
    bar = 'y1="14" y2="14" stroke-width="8" stroke-linecap="round"'
    return (
        opened("scale", 320, 46, title, desc)
        + f'<line class="mb-track" x1="10" x2="310" {bar} stroke="{LINE}"/>'
        + f'<line class="mb-stroke-move" x1="10" x2="{x:.1f}" {bar} stroke="{move}"/>'
        + f'<circle class="mb-knob" cx="{x:.1f}" cy="14" r="8" fill="#fffdf9" stroke="{move}" '
        'stroke-width="3"/>' + word(low_says, 6, 42) + word(high_says, 314, 42, anchor="end") + "</svg>"
    )


def _x(place: float, count: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / max(1, count)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(1.0, max(0.0, value / top))


def _axes(top: float, steps: int, labels: Sequence[str], number: Callable[[float], str]) -> list[str]:
    """Draw the grid with its numbers, and some of the labels below."""
    out = []
    for step in range(steps + 1):
        y = _y(top * step / steps, top)
        out += [
            f'<line class="mb-grid" x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{y:.1f}" '
            f'y2="{y:.1f}" stroke="{LINE}"/>',
            word(number(top * step / steps), LEFT - 7, y + 4.5, anchor="end"),
        ]
    every = max(1, math.ceil(len(labels) / 4))
    for place, label in enumerate(labels):
        # Counted from the end, so that the newest day always has its name.
        if (len(labels) - 1 - place) % every == 0:
            last = place == len(labels) - 1
            x = WIDTH - RIGHT if last else _x(place, len(labels))
            out.append(word(label, x, HEIGHT - 8, anchor="end" if last else "middle"))
    return out


def _run(points: Sequence[tuple[float, float]], tone: Tone, dash: str, *, filled: bool) -> list[str]:
    """Draw one unbroken stretch of a line, with the area under it where wanted."""
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    out = []
    if filled:
        foot = HEIGHT - BOTTOM
        out.append(
            f'<path class="mb-area mb-fill-{tone}" fill="{COLOURS[tone]}" fill-opacity="0.14" '
            f'd="M{points[0][0]:.1f} {foot:g}L{path}L{points[-1][0]:.1f} {foot:g}Z"/>'
        )
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    out.append(
        f'<path class="mb-line mb-stroke-{tone}" d="M{path}" fill="none" stroke="{COLOURS[tone]}" '
        f'stroke-width="2" stroke-linejoin="round"{dashed}/>'
    )
    return out


def _mark(shape: int, x: float, y: float, colour: str) -> str:
    """Draw a circle, a square or a triangle."""
    if shape % 3 == 1:
        return f'<rect x="{x - 2.7:.1f}" y="{y - 2.7:.1f}" width="5.4" height="5.4" fill="{colour}"/>'
    if shape % 3 == 2:
        return f'<path d="M{x:.1f} {y - 3.6:.1f}l3.4 6h-6.8z" fill="{colour}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.9" fill="{colour}"/>'


def _unit(unit: str) -> str:
    return word(unit, 2, WORD_Y) if unit else ""


def _legend(series: Sequence[Series]) -> tuple[str, float]:
    """Name the lines above the drawing, each with its mark and dash; also how far that pushes it down."""
    out, x, y = [], LEFT, 0.0
    room = int((WIDTH - LEFT - RIGHT - 30) / LETTER)
    for shape, one in enumerate(series):
        lines = wrap(one.name, room) or [""]
        if x > LEFT and x + 30 + LETTER * len(lines[0]) > WIDTH - RIGHT:
            x, y = LEFT, y + LEGEND_LINE
        colour, dash = COLOURS[one.tone], DASHES[shape % 3]
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        out.append(
            f'<path class="mb-stroke-{one.tone}" d="M{x:.1f} {MARK_Y + y:g}h20" stroke="{colour}" '
            f'stroke-width="2"{dashed}/>'
            f'<g class="mb-marks mb-fill-{one.tone}">{_mark(shape, x + 10, MARK_Y + y, colour)}</g>'
        )
        for number, line in enumerate(lines):
            y += LEGEND_LINE if number else 0.0
            out.append(word(line, x + 26, WORD_Y + y, css=f"mb-name mb-text-{one.tone}", colour=colour))
        x += 44 + LETTER * len(lines[0])
        if len(lines) > 1:
            x = WIDTH
    return "".join(out), y


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Split a series at its gaps."""
    runs: list[list[tuple[int, float]]] = []
    unbroken = False
    for place, value in enumerate(values):
        if value is None or math.isnan(value):
            unbroken = False
            continue
        if not unbroken:
            runs.append([])
        unbroken = True
        runs[-1].append((place, value))
    return runs
