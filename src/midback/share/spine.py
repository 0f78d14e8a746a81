"""Draws a day as a spine. In: hours, bouts and movements in local minutes. Out: SVG. Next: doors, report.

An hour is a step of a curve like the real thing's, tinted from teal to amber by how long it was still.
Bouts lie along it as bars whose shape says the activity, so colour never speaks alone. The caller brings
all words.
"""

import math
from collections.abc import Sequence
from html import escape

from .spine_day import BAR_SHAPES, INK, MUTED, WIDE, DaySpine
from .spine_parts import draw_bar, draw_held, draw_joint, draw_step, opened, shortened, step_width, sway


def draw_down(day: DaySpine, *, title: str, desc: str) -> str:
    """Draw the day from top to bottom, for wide pages.

    Hour names, spine, bouts, movements with their names.
    """
    pitch, top = 34.0, 18.0
    count = max(1, len(day.hours))
    first = day.hours[0].hour if day.hours else 0
    height = top + pitch * count
    out = [opened(WIDE, height, title, desc, "down")]

    def y_of(minute: float) -> float:
        return top - 11 + (minute / 60 - first) * pitch

    def centre(minute: float) -> float:
        return 80 + 13 * sway((minute / 60 - first) / count)[0]

    for number, hour in enumerate(day.hours):
        along = (number + 0.5) / count
        aside, slope = sway(along)
        y = top + number * pitch + pitch / 2 - 11
        out.append(draw_step(hour, 80 + 13 * aside, y, -9 * slope, step_width(along), pitch - 11))
    # A name stands where its hour begins; the last one where the day ends.
    for number in range(count + 1 if day.hours else 0):
        out.append(
            f'<text class="mb-label" x="20" y="{y_of((first + number) * 60) + 4:.1f}" text-anchor="middle" '
            f'font-size="12" fill="{MUTED}">{day.hour_name(first + number)}</text>'
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
            pieces.append(draw_bar(shape, x, y_of(cut), 5, max(1.0, y_of(stop) - y_of(cut) - gap)))
            cut = stop
        out.append(
            f'<g class="mb-bout mb-bout-{escape(bar.activity)}" fill="{MUTED}" stroke="{MUTED}" '
            'stroke-width="0">'
            f"<title>{escape(bar.says)}</title>{''.join(pieces)}</g>"
        )
    for held in day.held:
        start, end = max(held.start, first * 60), min(held.end, (first + count) * 60)
        if end > start:
            tall = max(7.0, y_of(end) - y_of(start))
            out.append(draw_held(held, centre((start + end) / 2) + 37, y_of(start), 7, tall))
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
        out.append(draw_joint(joint, x, y, 5.5))
        gap = 1e9 if now is None else y - y_of(now)
        hidden = -20 < gap <= 4 if above else -4 < gap < 20
        if joint.name and y - last_label >= 13 and not hidden:
            out.append(
                f'<text class="mb-label" x="{x + 10:.1f}" y="{y + 4:.1f}" font-size="11" fill="{MUTED}">'
                f"{escape(shortened(joint.name))}</text>"
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
    out = [opened(width, 100, title, desc, "across")]

    def x_of(minute: float) -> float:
        return left + (minute / 60 - first) * pitch

    def centre(minute: float) -> float:
        return middle - 6 * sway((minute / 60 - first) / count)[0]

    for number, hour in enumerate(day.hours):
        along = (number + 0.5) / count
        aside, slope = sway(along)
        x = left + (number + 0.5) * pitch
        broad = pitch - min(4.0, pitch * 0.2)
        tall = step_width(along) * 0.78
        out.append(draw_step(hour, x, middle - 6 * aside, -9 * slope, broad, tall, across=True))
    for number in range(0, count + 1 if day.hours else 0, 3 if pitch < 30 else 1):
        out.append(
            f'<text class="mb-label" x="{left + number * pitch:.1f}" y="95" text-anchor="middle" '
            f'font-size="11" fill="{MUTED}">{day.hour_name(first + number)}</text>'
        )
    for bar in day.bars:
        start, end = max(bar.start, first * 60), min(bar.end, (first + count) * 60)
        shape = BAR_SHAPES.get(bar.activity)
        if end <= start or shape is None:
            continue
        x = x_of(start)
        # The same shapes, lying: drawn upright and turned.
        inner = draw_bar(shape, 0, 0, 5, max(1.0, x_of(end) - x))
        out.append(
            f'<g class="mb-bout mb-bout-{escape(bar.activity)}" fill="{MUTED}" stroke="{MUTED}" '
            'stroke-width="0" '
            f'transform="translate({x:.1f} 78) rotate(-90)"><title>{escape(bar.says)}</title>{inner}</g>'
        )
    for held in day.held:
        start, end = max(held.start, first * 60), min(held.end, (first + count) * 60)
        if end > start:
            broad = max(6.0, x_of(end) - x_of(start))
            out.append(draw_held(held, x_of(start), centre((start + end) / 2) - 28, broad, 6))
    for joint in day.joints:
        if first * 60 <= joint.minute <= (first + count) * 60:
            out.append(draw_joint(joint, x_of(joint.minute), centre(joint.minute) - 25, 4.5))
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
    out = [opened(max(1, len(days)) * column, height, title, desc, "week")]
    for place, (name, day) in enumerate(days):
        middle = place * column + column / 2 - 3
        count = max(1, len(day.hours))
        first = day.hours[0].hour if day.hours else 0
        for number, hour in enumerate(day.hours):
            along = (number + 0.5) / count
            aside, slope = sway(along)
            out.append(
                draw_step(
                    hour,
                    middle + 4 * aside,
                    top + (number + 0.5) * pitch,
                    -7 * slope,
                    step_width(along) * 0.46,
                    pitch - 2,
                )
            )
        for joint in day.joints:
            y = top + (joint.minute / 60 - first) * pitch
            if joint.done and top <= y <= top + rows * pitch:
                out.append(draw_joint(joint, middle + 19, y, 2.6))
        out.append(
            f'<text class="mb-label" x="{middle:.1f}" y="{height - 5:.1f}" text-anchor="middle" '
            'font-size="12" '
            f'fill="{MUTED}">{escape(name)}</text>'
        )
    return "".join(out) + "</svg>"
