"""Draws a day as one low strip, to stand in a row beside others. In: DaySpine. Out: SVG. Next: doors, report.

All strips of a list share their hours, so what stands below each other happened at the same time of day.
"""

from collections.abc import Sequence
from html import escape

from .spine_day import MUTED, DaySpine
from .spine_parts import draw_held, draw_joint, draw_step, opened, sway

TALL, MIDDLE, LEFT = 30.0, 18.0, 4.0


def draw_strip(day: DaySpine, hours: Sequence[int], *, title: str, desc: str, width: float = 360.0) -> str:
    """Draw the hours from the first to the last of ``hours``; those the day does not hold stay empty."""
    first, count = (hours[0], len(hours)) if hours else (0, 1)
    pitch = (width - 2 * LEFT) / count
    out = [opened(width, TALL, title, desc, "strip")]

    def by_the_wall(minute: float) -> float:
        # A strip shares its hours with others: the hour that comes twice stands in one place.
        hour = int(minute // 60)
        return int(day.hour_name(hour)) * 60 + minute - hour * 60

    def x_of(minute: float) -> float:
        return LEFT + (by_the_wall(minute) / 60 - first) * pitch

    for hour in day.hours:
        place = int(day.hour_name(hour.hour)) - first
        if 0 <= place < count:
            aside, slope = sway((place + 0.5) / count)
            x = LEFT + (place + 0.5) * pitch
            out.append(draw_step(hour, x, MIDDLE - 3 * aside, -6 * slope, pitch * 0.86, 13, across=True))
    low, high = LEFT, width - LEFT
    for held in day.held:
        start, end = max(x_of(held.start), low), min(x_of(held.end), high)
        if end > start:
            out.append(draw_held(held, start, 1, max(5.0, end - start), 4.5))
    for joint in day.joints:
        if low <= x_of(joint.minute) <= high and (joint.done or joint.prompt):
            out.append(draw_joint(joint, x_of(joint.minute), 4, 2.8))
    return "".join(out) + "</svg>"


def draw_hours(hours: Sequence[int], *, width: float = 360.0) -> str:
    """Draw the names of the hours, to stand above the strips; it says nothing that the strips do not."""
    first, count = (hours[0], len(hours)) if hours else (0, 1)
    pitch = (width - 2 * LEFT) / count
    names = "".join(
        f'<text class="mb-label" x="{LEFT + place * pitch:.1f}" y="12" '
        f'text-anchor="{"start" if place == 0 else "middle"}" font-size="11" fill="{MUTED}">'
        f"{escape(f'{(first + place) % 24:02d}')}</text>"
        for place in range(0, count, 3)
    )
    return (
        f'<svg class="mb-spine mb-spine-strip" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} 16" '
        f'aria-hidden="true" font-family="sans-serif">{names}</svg>'
    )
