"""Draws how one sat through a day, under its spine. In: readings in local minutes. Out: SVG. Next: doors.

Zero is the person's own upright; the line goes down as the ears come nearer to the shoulders. A look without a
reading is a gap and a small mark, never a zero. No colour says good or bad: there is no right number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from .charts import LINE
from .spine_day import MOVE, MUTED, DaySpine
from .spine_parts import opened

TALL, ZERO, FOOT, LEFT = 76.0, 22.0, 66.0, 10.0
# Shares of one's own upright at the foot of the drawing and above its line; what lies beyond stands at the edge.
LOWEST, HIGHEST = -0.24, 0.06
# Looks further apart than this are not joined: nobody knows of the time between.
JOINED_MIN = 20.0


@dataclass(frozen=True, slots=True)
class LookPoint:
    """One look. ``change`` : against one's own upright, None where there is no reading; ``run`` : which stretch."""

    minute: float
    change: float | None
    run: int
    says: str


def draw_looks(
    day: DaySpine,
    looks: Sequence[LookPoint],
    *,
    title: str,
    desc: str,
    upright: str,
    lower: str,
    width: float = 360.0,
) -> str:
    """Draw the looks of a day below the hours of ``draw_across`` of the same width.

    upright, lower : words at the line of one's own upright and below it
    """
    count = max(1, len(day.hours))
    first = day.hours[0].hour if day.hours else 0
    pitch = (width - 2 * LEFT) / count
    out = [opened(width, TALL, title, desc, "looks")]

    def x_of(minute: float) -> float:
        return LEFT + (minute / 60 - first) * pitch

    def y_of(change: float) -> float:
        return ZERO + (FOOT - ZERO) * min(HIGHEST, max(LOWEST, change)) / LOWEST

    out.append(
        f'<line class="mb-grid" x1="{LEFT:g}" x2="{width - LEFT:g}" y1="{ZERO:g}" y2="{ZERO:g}" '
        f'stroke="{LINE}"/>'
        f'<text class="mb-label" x="{LEFT:g}" y="10" font-size="11" fill="{MUTED}">{escape(upright)}</text>'
        f'<text class="mb-label" x="{LEFT:g}" y="{TALL - 2:g}" font-size="11" fill="{MUTED}">'
        f"{escape(lower)}</text>"
    )
    shown = [look for look in looks if first * 60 <= look.minute <= (first + count) * 60]
    for run in runs(shown):
        if len(run) > 1:
            path = "L".join(f"{x_of(minute):.1f} {y_of(change):.1f}" for minute, change in run)
            out.append(
                f'<path class="mb-line mb-stroke-move" d="M{path}" fill="none" stroke="{MOVE}" '
                'stroke-width="1.4" stroke-linejoin="round" stroke-opacity="0.55"/>'
            )
    for look in shown:
        x, says = x_of(look.minute), f"<title>{escape(look.says)}</title>"
        if look.change is None:
            out.append(
                f'<line class="mb-grid" x1="{x:.1f}" x2="{x:.1f}" y1="{FOOT - 3:g}" y2="{FOOT:g}" '
                f'stroke="{MUTED}" stroke-width="1.2">{says}</line>'
            )
        else:
            out.append(
                f'<circle class="mb-fill-move" cx="{x:.1f}" cy="{y_of(look.change):.1f}" r="2.2" '
                f'fill="{MOVE}">{says}</circle>'
            )
    return "".join(out) + "</svg>"


def runs(looks: Sequence[LookPoint]) -> list[list[tuple[float, float]]]:
    """Return the readings that are joined by a line: of one stretch, near each other, without a gap between."""
    found: list[list[tuple[float, float]]] = []
    before: LookPoint | None = None
    for look in looks:
        if look.change is not None:
            joined = (
                before is not None
                and before.change is not None
                and before.run == look.run
                and look.minute - before.minute <= JOINED_MIN
            )
            if not joined:
                found.append([])
            found[-1].append((look.minute, look.change))
        before = look
    return found
