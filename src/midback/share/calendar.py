"""Draws days as a calendar, a week a row.

In: days with a mark and a word. Out: Chart. Next: doors, report.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Literal

from .charts import COLOURS, LINE, MUTED, Chart, opened, word

Mark = Literal["done", "partly", "paused", "none"]
CELL, TOP, LEFT = 34.0, 24.0, 6.0


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day, what became of it, and the same in words."""

    day: date
    mark: Mark
    says: str


def draw_calendar(
    marks: Sequence[DayMark],
    *,
    title: str,
    desc: str,
    weekdays: Sequence[str],
    first_column: str,
    second_column: str,
    day_words: Callable[[date], str],
) -> Chart:
    """Draw days, oldest first: filled is done, half is partly, a bar is a pause, a ring is nothing.

    weekdays : seven short names, Monday first
    """
    out = [
        word(name, LEFT + (n + 0.5) * CELL, 14, anchor="middle", size=12) for n, name in enumerate(weekdays)
    ]
    rows_used = 1
    for entry in marks:
        monday = marks[0].day - timedelta(days=marks[0].day.weekday())
        row, column = divmod((entry.day - monday).days, 7)
        rows_used = max(rows_used, row + 1)
        x, y = LEFT + (column + 0.5) * CELL, TOP + (row + 0.5) * CELL
        said = f"<title>{escape(day_words(entry.day))}: {escape(entry.says)}</title>"
        out.append(f'<g class="mb-day mb-day-{entry.mark}">{said}{_shape(entry, x, y)}</g>')
    head = opened("calendar", LEFT * 2 + 7 * CELL, TOP + rows_used * CELL + 4, title, desc)
    rows = tuple((day_words(entry.day), entry.says) for entry in marks)
    return Chart(head + "".join(out) + "</svg>", (first_column, second_column), rows)


def _shape(entry: DayMark, x: float, y: float) -> str:
    move = COLOURS["move"]
    if entry.mark == "done":
        number = word(
            str(entry.day.day), x, y + 4, anchor="middle", size=11, css="mb-on-done", colour="#fffdf9"
        )
        return f'<circle class="mb-fill-move" cx="{x:g}" cy="{y:g}" r="12.5" fill="{move}"/>{number}'
    if entry.mark == "partly":
        return (
            f'<circle class="mb-stroke-move" cx="{x:g}" cy="{y:g}" r="11.5" fill="none" stroke="{move}" '
            f'stroke-width="2"/><path class="mb-fill-move" fill="{move}" '
            f'd="M{x - 11.5:g} {y:g}a11.5 11.5 0 0 0 23 0z"/>'
        )
    if entry.mark == "paused":
        return (
            f'<rect class="mb-fill-rest" x="{x - 11:g}" y="{y - 3.5:g}" width="22" height="7" rx="3.5" '
            f'fill="{COLOURS["rest"]}"/>'
        )
    number = word(str(entry.day.day), x, y + 4, anchor="middle", size=11, css="mb-on-none", colour=MUTED)
    ring = (
        f'<circle class="mb-ring" cx="{x:g}" cy="{y:g}" r="11.5" fill="none" stroke="{LINE}" '
        'stroke-width="2"/>'
    )
    return ring + number
