"""Draws a day as a spine. In: hours, bouts and movements in local minutes. Out: SVG. Next: doors, report.

An hour is a step of a curve like the real thing's, tinted from teal to amber by how long it was still.
Bouts lie along it as bars whose shape says the activity, so colour never speaks alone. The caller brings
all words.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

# Light colours stand in the drawing for print and PDF; the page's style sheet lays its theme over the
# classes.
TINTS = ("#5fa395", "#9cc7bd", "#cfd9c6", "#e6cd97", "#cf9c45", "#b9770e")
# Minutes without a break from which an hour takes the next tint; active breaks are asked for every 20 to 30.
TINT_FROM_MIN = (15, 30, 50, 75, 105)
UNKNOWN = "#e3e5e2"
WIDE = 216.0
INK, MUTED, MOVE, PAPER = "#1f2a2e", "#66727a", "#1f7a6c", "#fffdf9"

BarShape = Literal["full", "split", "hollow", "thin"]
BAR_SHAPES: dict[str, BarShape] = {
    "sitting": "full",
    "standing": "split",
    "driving": "hollow",
    "moving": "thin",
}


@dataclass(frozen=True, slots=True)
class HourStep:
    """One hour of a day.

    still_min : how long stillness had lasted in it; None: not known
    says : in words
    known : the parts of the hour (0..1) about which something is known; only these are tinted
    """

    hour: int
    still_min: float | None
    says: str
    known: tuple[tuple[float, float], ...] = ((0.0, 1.0),)


@dataclass(frozen=True, slots=True)
class BoutBar:
    """One bout in local minutes after midnight."""

    start: float
    end: float
    activity: str
    says: str


@dataclass(frozen=True, slots=True)
class Joint:
    """One movement on the day: done (filled) or still to come (hollow)."""

    minute: float
    name: str
    done: bool
    says: str


@dataclass(frozen=True, slots=True)
class DaySpine:
    """Everything that is drawn of one day; ``now`` in minutes, or None on another day."""

    hours: tuple[HourStep, ...]
    bars: tuple[BoutBar, ...] = ()
    joints: tuple[Joint, ...] = ()
    now: float | None = None
    now_says: str = ""


def tint(still_min: float | None) -> int | None:
    """Return which of the six tints an hour gets, or None for an hour that is not known."""
    if still_min is None:
        return None
    return sum(still_min >= step for step in TINT_FROM_MIN)


def still_runs(
    bars: Sequence[tuple[float, float, str]],
    hours: Sequence[int],
    still: Collection[str],
    known: Collection[str],
) -> tuple[float | None, ...]:
    """Return for each hour how long stillness without a break had lasted at its longest, in minutes.

    A run goes on from one still activity to the next and over the turn of the hour. None where nothing is
    known of an hour.

    bars : (start, end, activity) in local minutes; still, known : names of the activities that count as such
    """
    runs: list[list[float]] = []
    for start, end, activity in sorted(bars):
        if activity not in still:
            continue
        if runs and start - runs[-1][1] < 1:
            runs[-1][1] = max(runs[-1][1], end)
        else:
            runs.append([start, end])
    lasting: list[float | None] = []
    for hour in hours:
        begin, stop = hour * 60, hour * 60 + 60
        seen = any(min(e, stop) > max(s, begin) for s, e, a in bars if a in known)
        longest = max((min(e, stop) - s for s, e in runs if s < stop and e > begin), default=0.0)
        lasting.append(longest if seen else None)
    return tuple(lasting)


def known_parts(
    bars: Sequence[tuple[float, float, str]], hours: Sequence[int], known: Collection[str]
) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return for each hour the parts of it (0..1) about which something is known, in order and apart.

    bars : (start, end, activity) in local minutes; known : names of the activities that count as known
    """
    found = []
    for hour in hours:
        parts: list[tuple[float, float]] = []
        for start, end, activity in sorted(bars):
            low, high = max(0.0, start / 60 - hour), min(1.0, end / 60 - hour)
            if activity not in known or high <= low:
                continue
            # A minute between two stretches is a matter of bookkeeping.
            if parts and low - parts[-1][1] < 1 / 60:
                parts[-1] = (parts[-1][0], max(parts[-1][1], high))
            else:
                parts.append((low, high))
        found.append(tuple(parts))
    return tuple(found)


def _sway(along: float) -> tuple[float, float]:
    """Return the sideways place (-1..1) and slope of the curve at ``along`` (0..1, top to bottom)."""
    turn = 2 * math.pi * (along - 0.19) / 0.95
    return math.cos(turn), -math.sin(turn)


def _width(along: float) -> float:
    return 31 + 9 * (1 - min(1.0, abs(along - 0.55) / 0.55))


def _short(name: str) -> str:
    return name if len(name) <= 12 else name[:11].rstrip() + "…"


def _bar(shape: BarShape, x: float, y: float, width: float, height: float) -> str:
    """Draw one bout as a bar ``width`` across and ``height`` along."""
    if shape == "hollow":
        return (
            f'<rect x="{x + 0.9:.1f}" y="{y + 0.9:.1f}" width="{max(0.5, width - 1.8):.1f}" '
            f'height="{max(0.5, height - 1.8):.1f}" rx="2" fill="none" stroke-width="1.8"/>'
        )
    if shape == "split":
        part = width * 0.34
        return (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{part:.1f}" height="{height:.1f}" rx="1"/>'
            f'<rect x="{x + width - part:.1f}" y="{y:.1f}" width="{part:.1f}" height="{height:.1f}" rx="1"/>'
        )
    if shape == "thin":
        return (
            f'<rect x="{x + width * 0.35:.1f}" y="{y:.1f}" width="{width * 0.3:.1f}" '
            f'height="{height:.1f}" rx="1"/>'
        )
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2"/>'


def _hour_name(hour: int) -> str:
    return f"{hour if hour == 24 else hour % 24:02d}"


def _opened(width: float, height: float, title: str, desc: str, kind: str) -> str:
    return (
        f'<svg class="mb-spine mb-spine-{kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 '
        f'{width:g} {height:g}" '
        f'role="img" font-family="sans-serif"><title>{escape(title)}</title><desc>{escape(desc)}</desc>'
    )


def _step(
    hour: HourStep, x: float, y: float, turn: float, width: float, height: float, *, across: bool = False
) -> str:
    """Draw one hour; what is not known of it stays as the unknown looks. ``across``: time runs to the right."""
    shade = tint(hour.still_min)
    whole = shade is None or hour.known == ((0.0, 1.0),)
    place = f'transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f})"'
    base, fill = ("unknown", UNKNOWN) if shade is None or not whole else (str(shade), TINTS[shade])
    radius = min(width, height) * 0.36
    step = (
        f'<rect class="mb-hour mb-still-{base}" x="{-width / 2:.1f}" y="{-height / 2:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}" rx="{radius:.1f}" fill="{fill}" {place}>'
        f"<title>{escape(hour.says)}</title></rect>"
    )
    if whole or shade is None:
        return step
    parts = "".join(
        f'<path d="{_part(low, high, width, height, radius, across)}"/>' for low, high in hour.known
    )
    return step + (
        f'<g class="mb-still-{shade}" fill="{TINTS[shade]}" pointer-events="none" {place}>{parts}</g>'
    )


def _part(low: float, high: float, width: float, height: float, radius: float, across: bool) -> str:
    """Return the outline of the part from ``low`` to ``high`` (0..1) of a rounded step around 0, 0."""
    length, thick = (width, height) if across else (height, width)
    turned = min(radius, length / 2, thick / 2)

    def half(along: float) -> float:
        """Return half the step's thickness at ``along`` from its beginning, in drawing units."""
        into = turned - min(along, length - along)
        return thick / 2 if into <= 0 else thick / 2 - turned + math.sqrt(max(0.0, turned**2 - into**2))

    start, end = low * length, high * length
    bends = [turned * n / 4 for n in range(5)] + [length - turned * n / 4 for n in range(5)]
    along = [start, *sorted(at for at in bends if start < at < end), end]
    edge = [(at - length / 2, half(at)) for at in along] + [
        (at - length / 2, -half(at)) for at in along[::-1]
    ]
    points = [(at, off) if across else (off, at) for at, off in edge]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _joint(joint: Joint, x: float, y: float, radius: float) -> str:
    style = f'fill="{MOVE}"' if joint.done else f'fill="{PAPER}" stroke="{MOVE}" stroke-width="1.6"'
    kind = "done" if joint.done else "held"
    return (
        f'<circle class="mb-joint mb-joint-{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {style}>'
        f"<title>{escape(joint.says)}</title></circle>"
    )


def draw_down(day: DaySpine, *, title: str, desc: str) -> str:
    """Draw the day from top to bottom, for wide pages.

    Hour names, spine, bouts, movements with their names.
    """
    pitch, top = 34.0, 18.0
    count = max(1, len(day.hours))
    first = day.hours[0].hour if day.hours else 0
    height = top + pitch * count
    out = [_opened(WIDE, height, title, desc, "down")]

    def y_of(minute: float) -> float:
        return top - 11 + (minute / 60 - first) * pitch

    def centre(minute: float) -> float:
        return 80 + 13 * _sway((minute / 60 - first) / count)[0]

    for number, hour in enumerate(day.hours):
        along = (number + 0.5) / count
        sway, slope = _sway(along)
        y = top + number * pitch + pitch / 2 - 11
        out.append(_step(hour, 80 + 13 * sway, y, -9 * slope, _width(along), pitch - 11))
    # A name stands where its hour begins; the last one where the day ends.
    for number in range(count + 1 if day.hours else 0):
        out.append(
            f'<text class="mb-label" x="20" y="{y_of((first + number) * 60) + 4:.1f}" text-anchor="middle" '
            f'font-size="12" fill="{MUTED}">{_hour_name(first + number)}</text>'
        )
    for bar in day.bars:
        start, end = max(bar.start, first * 60), min(bar.end, (first + count) * 60)
        if end <= start:
            continue
        # Cut at the hours, so that a long bout bends along the curve with them.
        shape = BAR_SHAPES.get(bar.activity)
        if shape is None:
            continue
        pieces = []
        cut = start
        while cut < end:
            stop = min(end, (math.floor(cut / 60) + 1) * 60)
            x = centre((cut + stop) / 2) + 27
            gap = 1.2 if stop < end else 0.0
            pieces.append(_bar(shape, x, y_of(cut), 5, max(1.0, y_of(stop) - y_of(cut) - gap)))
            cut = stop
        out.append(
            f'<g class="mb-bout mb-bout-{escape(bar.activity)}" fill="{MUTED}" stroke="{MUTED}" '
            'stroke-width="0">'
            f"<title>{escape(bar.says)}</title>{''.join(pieces)}</g>"
        )
    now = day.now if day.now is not None and first * 60 <= day.now <= (first + count) * 60 else None
    shown = sorted(j.minute for j in day.joints if first * 60 <= j.minute <= (first + count) * 60)
    # What is near now: its name gives way to the line, and the time of now to its name.
    near = [y_of(m) - y_of(now) for m in shown] if now is not None else []
    above = not any(-20 < gap <= 0 for gap in near) or any(0 < gap < 20 for gap in near)
    last_label = -1e9
    for joint in sorted(day.joints, key=lambda j: j.minute):
        if not first * 60 <= joint.minute <= (first + count) * 60:
            continue
        x, y = centre(joint.minute) + 43, y_of(joint.minute)
        out.append(_joint(joint, x, y, 5.5))
        gap = 1e9 if now is None else y - y_of(now)
        hidden = -20 < gap <= 4 if above else -4 < gap < 20
        if y - last_label >= 13 and not hidden:
            out.append(
                f'<text class="mb-label" x="{x + 10:.1f}" y="{y + 4:.1f}" font-size="11" fill="{MUTED}">'
                f"{escape(_short(joint.name))}</text>"
            )
            last_label = y
    if now is not None:
        y = y_of(now)
        # A name that the line would strike through ends it at the dots.
        struck = any(abs(gap) < 10 for gap in near)
        end = centre(now) + 34 if struck else WIDE - 2
        out.append(
            f'<g class="mb-now"><line x1="38" x2="{end:.1f}" y1="{y:.1f}" y2="{y:.1f}" '
            f'stroke="{INK}" stroke-width="1.5"/>'
            f'<text x="{WIDE - 2:g}" y="{y + (-5 if above else 13):.1f}" text-anchor="end" font-size="11" '
            f'fill="{INK}">{escape(day.now_says)}</text></g>'
        )
    return "".join(out) + "</svg>"


def draw_across(day: DaySpine, *, title: str, desc: str, width: float = 360.0) -> str:
    """Draw the day from left to right: 360 wide for a phone, wider for a wide page."""
    count = max(1, len(day.hours))
    first = day.hours[0].hour if day.hours else 0
    middle, left = 40.0, 10.0
    pitch = (width - 2 * left) / count
    out = [_opened(width, 100, title, desc, "across")]

    def x_of(minute: float) -> float:
        return left + (minute / 60 - first) * pitch

    def centre(minute: float) -> float:
        return middle - 6 * _sway((minute / 60 - first) / count)[0]

    for number, hour in enumerate(day.hours):
        along = (number + 0.5) / count
        sway, slope = _sway(along)
        x = left + (number + 0.5) * pitch
        broad = pitch - min(4.0, pitch * 0.2)
        tall = _width(along) * 0.78
        out.append(_step(hour, x, middle - 6 * sway, -9 * slope, broad, tall, across=True))
    for number in range(0, count + 1 if day.hours else 0, 3 if pitch < 30 else 1):
        out.append(
            f'<text class="mb-label" x="{left + number * pitch:.1f}" y="95" text-anchor="middle" '
            f'font-size="11" fill="{MUTED}">{_hour_name(first + number)}</text>'
        )
    for bar in day.bars:
        start, end = max(bar.start, first * 60), min(bar.end, (first + count) * 60)
        shape = BAR_SHAPES.get(bar.activity)
        if end <= start or shape is None:
            continue
        x = x_of(start)
        # The same shapes, lying: drawn upright and turned.
        inner = _bar(shape, 0, 0, 5, max(1.0, x_of(end) - x))
        out.append(
            f'<g class="mb-bout mb-bout-{escape(bar.activity)}" fill="{MUTED}" stroke="{MUTED}" '
            'stroke-width="0" '
            f'transform="translate({x:.1f} 78) rotate(-90)"><title>{escape(bar.says)}</title>{inner}</g>'
        )
    for joint in day.joints:
        if first * 60 <= joint.minute <= (first + count) * 60:
            out.append(_joint(joint, x_of(joint.minute), centre(joint.minute) - 25, 4.5))
    if day.now is not None and first * 60 <= day.now <= (first + count) * 60:
        x = x_of(day.now)
        late = x > width - 70
        # Nothing lies to the right of now on the line of bouts, so its name stands there.
        where = f'x="{x + (-5 if late else 5):.1f}" y="{12 if late else 81}"'
        out.append(
            f'<g class="mb-now"><line x1="{x:.1f}" x2="{x:.1f}" y1="4" y2="85" stroke="{INK}" '
            'stroke-width="1.5"/>'
            f'<text {where} text-anchor="{"end" if late else "start"}" font-size="11" fill="{INK}">'
            f"{escape(day.now_says)}</text></g>"
        )
    return "".join(out) + "</svg>"


def draw_week(days: Sequence[tuple[str, DaySpine]], *, title: str, desc: str) -> str:
    """Draw several days as small spines side by side; each with its short name below."""
    column, pitch, top = 46.0, 9.0, 8.0
    rows = max((len(day.hours) for _name, day in days), default=1)
    height = top + rows * pitch + 22
    out = [_opened(max(1, len(days)) * column, height, title, desc, "week")]
    for place, (name, day) in enumerate(days):
        middle = place * column + column / 2 - 3
        count = max(1, len(day.hours))
        first = day.hours[0].hour if day.hours else 0
        for number, hour in enumerate(day.hours):
            along = (number + 0.5) / count
            sway, slope = _sway(along)
            out.append(
                _step(
                    hour,
                    middle + 4 * sway,
                    top + (number + 0.5) * pitch,
                    -7 * slope,
                    _width(along) * 0.46,
                    pitch - 2,
                )
            )
        for joint in day.joints:
            y = top + (joint.minute / 60 - first) * pitch
            if joint.done and top <= y <= top + rows * pitch:
                out.append(_joint(joint, middle + 19, y, 2.6))
        out.append(
            f'<text class="mb-label" x="{middle:.1f}" y="{height - 5:.1f}" text-anchor="middle" '
            'font-size="12" '
            f'fill="{MUTED}">{escape(name)}</text>'
        )
    return "".join(out) + "</svg>"
