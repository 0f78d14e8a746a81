"""Draws series as SVG, each with the table behind it. In: numbers and words. Out: Chart. Next: doors, report.

A missing value is a gap, never a zero. Lines differ by dash and mark as well as by colour; the caller brings
all words, and the page's style sheet lays its theme over the classes.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Literal

INK, MUTED, LINE = "#1f2a2e", "#66727a", "#e7e1d6"
COLOURS = {"move": "#1f7a6c", "load": "#bf4932", "attend": "#b9770e", "rest": "#8b979c", "ink": "#1f2a2e"}
DASHES = ("", "5 4", "1.5 4")
Tone = Literal["move", "load", "attend", "rest", "ink"]
Mark = Literal["done", "partly", "paused", "none", "future"]

WIDTH, HEIGHT = 640.0, 240.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 92.0, 14.0, 30.0


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


def _plain(value: float) -> str:
    return f"{value:g}"


def _opened(kind: str, width: float, height: float, title: str, desc: str) -> str:
    return (
        f'<svg class="mb-chart mb-chart-{kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'role="img" font-family="sans-serif"><title>{escape(title)}</title><desc>{escape(desc)}</desc>'
    )


def nice_top(largest: float) -> float:
    """Return a round number at or above ``largest`` (at least 1) that divides well by four."""
    if largest <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= largest)


def _axes(top: float, steps: int, labels: Sequence[str], number: Callable[[float], str]) -> list[str]:
    """Draw the grid, its numbers, and some of the labels below."""
    out = []
    for step in range(steps + 1):
        value = top * step / steps
        y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * step / steps
        out.append(
            f'<line class="mb-grid" x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}"/>'
            f'<text class="mb-label" x="{LEFT - 8:g}" y="{y + 4:.1f}" text-anchor="end" font-size="12" fill="{MUTED}">'
            f"{escape(number(value))}</text>"
        )
    every = max(1, math.ceil(len(labels) / 5))
    for place, label in enumerate(labels):
        # Counted from the end, so that the newest day always has its name.
        if (len(labels) - 1 - place) % every == 0:
            out.append(
                f'<text class="mb-label" x="{_x(place, len(labels)):.1f}" y="{HEIGHT - 8:g}" text-anchor="middle" '
                f'font-size="12" fill="{MUTED}">{escape(label)}</text>'
            )
    return out


def _x(place: float, count: int) -> float:
    span = WIDTH - LEFT - RIGHT
    return LEFT + span * (place + 0.5) / max(1, count)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(1.0, max(0.0, value / top))


def _mark(shape: int, x: float, y: float, colour: str) -> str:
    if shape == 1:
        return f'<rect x="{x - 2.7:.1f}" y="{y - 2.7:.1f}" width="5.4" height="5.4" fill="{colour}"/>'
    if shape == 2:
        return f'<path d="M{x:.1f} {y - 3.6:.1f}l3.4 6h-6.8z" fill="{colour}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.9" fill="{colour}"/>'


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Split a series at its gaps."""
    runs: list[list[tuple[int, float]]] = []
    open_run = False
    for place, value in enumerate(values):
        if value is None or math.isnan(value):
            open_run = False
            continue
        if not open_run:
            runs.append([])
            open_run = True
        runs[-1].append((place, value))
    return runs


def _spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Move labels apart so that none lies on another, keeping their order."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    placed = [0.0] * len(wanted)
    below = -1e9
    for number in order:
        below = max(wanted[number], below + gap)
        placed[number] = below
    return placed


def line_chart(
    series: Sequence[Series],
    labels: Sequence[str],
    *,
    title: str,
    desc: str,
    first_column: str,
    top: float | None = None,
    area: bool = False,
    number: Callable[[float], str] = _plain,
    missing: str = "",
) -> Chart:
    """Draw one value a day as lines with gaps; the name of each line stands at its end.

    top : end of the scale; from the data when None. area : fill under the first line. missing : word for a gap
    """
    largest = max((v for s in series for v in s.values if v is not None and not math.isnan(v)), default=0.0)
    end = top or nice_top(largest)
    out = [_opened("line", WIDTH, HEIGHT, title, desc), *_axes(end, 5 if end == 10 else 4, labels, number)]
    named: list[tuple[float, float, str, Tone]] = []
    for place, one in enumerate(series):
        colour = COLOURS[one.tone]
        runs = _runs(one.values)
        lines, dots = [], []
        for run in runs:
            points = [(_x(n, len(labels)), _y(v, end)) for n, v in run]
            path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
            if area and place == 0 and len(points) > 1:
                foot = HEIGHT - BOTTOM
                lines.append(
                    f'<path class="mb-area mb-fill-{one.tone}" d="M{points[0][0]:.1f} {foot:g}L{path}'
                    f'L{points[-1][0]:.1f} {foot:g}Z" fill="{colour}" fill-opacity="0.14"/>'
                )
            if len(points) > 1:
                dash = f' stroke-dasharray="{DASHES[place % 3]}"' if DASHES[place % 3] else ""
                lines.append(
                    f'<path class="mb-line mb-stroke-{one.tone}" d="M{path}" fill="none" stroke="{colour}" '
                    f'stroke-width="2" stroke-linejoin="round"{dash}/>'
                )
            if len(labels) <= 60 or len(points) == 1:
                dots.extend(_mark(place % 3, x, y, colour) for x, y in points)
        out += lines
        out.append(f'<g class="mb-marks mb-fill-{one.tone}">{"".join(dots)}</g>')
        if runs:
            at, value = runs[-1][-1]
            named.append((_x(at, len(labels)), _y(value, end), one.name, one.tone))
    for (_px, _py, name, tone), y in zip(named, _spread([n[1] for n in named], 15), strict=True):
        out.append(
            f'<text class="mb-name mb-text-{tone}" x="{WIDTH - RIGHT + 6:g}" y="{y + 4:.1f}" font-size="12" '
            f'font-weight="600" fill="{COLOURS[tone]}">{escape(name)}</text>'
        )
    rows = tuple(
        (label, *(missing if (v := s.values[n]) is None else number(v) for s in series))
        for n, label in enumerate(labels)
    )
    return Chart("".join(out) + "</svg>", (first_column, *(s.name for s in series)), rows)


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
    number: Callable[[float], str] = _plain,
    missing: str = "",
) -> Chart:
    """Draw one bar a day; a day without a value stays empty; a target is a line across with its name."""
    largest = max([v for v in values if v is not None] + [target or 0.0], default=0.0)
    end = nice_top(largest)
    out = [_opened("bar", WIDTH, HEIGHT, title, desc), *_axes(end, 4, labels, number)]
    wide = (WIDTH - LEFT - RIGHT) / max(1, len(values))
    thick = max(1.0, min(26.0, wide * 0.68))
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
        y = _y(target, end)
        out.append(
            f'<line class="mb-target" x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{y:.1f}" y2="{y:.1f}" stroke="{INK}" '
            f'stroke-width="1.2" stroke-dasharray="2 4"/><text class="mb-name" x="{WIDTH - RIGHT + 6:g}" '
            f'y="{y + 4:.1f}" font-size="12" fill="{INK}">{escape(target_says)}</text>'
        )
    rows = tuple(
        (label, missing if v is None else number(v)) for label, v in zip(labels, values, strict=True)
    )
    return Chart("".join(out) + "</svg>", (first_column, second_column), rows)


def calendar(
    marks: Sequence[tuple[date, Mark, str]],
    *,
    title: str,
    desc: str,
    weekdays: Sequence[str],
    first_column: str,
    second_column: str,
    day_words: Callable[[date], str],
) -> Chart:
    """Draw days as a calendar, a week a row: filled is done, half is partly, a bar is a pause, a ring is nothing.

    marks : day, mark and its word, in order of time; weekdays : seven short names, Monday first
    """
    cell, top, left = 34.0, 24.0, 6.0
    out: list[str] = []
    monday = marks[0][0] - timedelta(days=marks[0][0].weekday()) if marks else date.min
    rows_used = ((marks[-1][0] - monday).days // 7 + 1) if marks else 1
    for column, name in enumerate(weekdays):
        out.append(
            f'<text class="mb-label" x="{left + (column + 0.5) * cell:g}" y="14" text-anchor="middle" font-size="12" '
            f'fill="{MUTED}">{escape(name)}</text>'
        )
    for day, mark, word in marks:
        row, column = divmod((day - monday).days, 7)
        x, y = left + (column + 0.5) * cell, top + (row + 0.5) * cell
        said = f"<title>{escape(day_words(day))}: {escape(word)}</title>"
        move = COLOURS["move"]
        inner = {
            "done": f'<circle class="mb-fill-move" cx="{x:g}" cy="{y:g}" r="12.5" fill="{move}"/>',
            "partly": f'<circle class="mb-stroke-move" cx="{x:g}" cy="{y:g}" r="11.5" fill="none" stroke="{move}" '
            f'stroke-width="2"/><path class="mb-fill-move" d="M{x - 11.5:g} {y:g}a11.5 11.5 0 0 0 23 0z" fill="{move}"/>',
            "paused": f'<rect class="mb-fill-rest" x="{x - 11:g}" y="{y - 3.5:g}" width="22" height="7" rx="3.5" '
            f'fill="{COLOURS["rest"]}"/>',
            "none": f'<circle class="mb-ring" cx="{x:g}" cy="{y:g}" r="11.5" fill="none" stroke="{LINE}" '
            f'stroke-width="2"/>',
            "future": f'<circle class="mb-ring" cx="{x:g}" cy="{y:g}" r="2" fill="{LINE}"/>',
        }[mark]
        number = (
            f'<text class="mb-on-{mark}" x="{x:g}" y="{y + 4:g}" text-anchor="middle" font-size="11" '
            f'fill="{"#fffdf9" if mark == "done" else MUTED}">{day.day}</text>'
            if mark in ("done", "none")
            else ""
        )
        out.append(f'<g class="mb-day mb-day-{mark}">{said}{inner}{number}</g>')
    svg = (
        _opened("calendar", left * 2 + 7 * cell, top + rows_used * cell + 4, title, desc)
        + "".join(out)
        + "</svg>"
    )
    rows = tuple((day_words(day), word) for day, _mark, word in marks)
    return Chart(svg, (first_column, second_column), rows)


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
    x = 8 + 304 * along
    return (
        _opened("scale", 320, 44, title, desc)
        + f'<line class="mb-track" x1="8" x2="312" y1="14" y2="14" stroke="{LINE}" stroke-width="8" stroke-linecap="round"/>'
        + f'<line class="mb-stroke-move" x1="8" x2="{x:.1f}" y1="14" y2="14" stroke="{COLOURS["move"]}" stroke-width="8" '
        f'stroke-linecap="round"/><circle class="mb-knob" cx="{x:.1f}" cy="14" r="8" fill="#fffdf9" '
        f'stroke="{COLOURS["move"]}" stroke-width="3"/>'
        + f'<text class="mb-label" x="4" y="40" font-size="12" fill="{MUTED}">{escape(low_says)}</text>'
        + f'<text class="mb-label" x="316" y="40" text-anchor="end" font-size="12" fill="{MUTED}">{escape(high_says)}</text>'
        + "</svg>"
    )
