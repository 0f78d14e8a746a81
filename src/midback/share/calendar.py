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
CELL, TOP, LEFT, RIGHT = 34.0, 24.0, 38.0, 6.0


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
    month_words: Callable[[int], str] = str,
) -> Chart:
    """Draw days, oldest first: filled is done, filled at the foot is partly, a bar is a pause, a ring nothing.

    weekdays : seven short names, Monday first
    month_words : short name of a month, which stands before the week in which it begins
    """
    out = [
        word(name, LEFT + (n + 0.5) * CELL, 14, anchor="middle", size=12) for n, name in enumerate(weekdays)
    ]
    rows_used = 1
    months: dict[int, str] = {}
    for entry in marks:
        monday = marks[0].day - timedelta(days=marks[0].day.weekday())
        row, column = divmod((entry.day - monday).days, 7)
        rows_used = max(rows_used, row + 1)
        x, y = LEFT + (column + 0.5) * CELL, TOP + (row + 0.5) * CELL
        if entry is marks[0] or entry.day.day == 1:
            months[row] = month_words(entry.day.month)
        said = f"<title>{escape(day_words(entry.day))}: {escape(entry.says)}</title>"
        out.append(f'<g class="mb-day mb-day-{entry.mark}">{said}{_shape(entry, x, y)}</g>')
    out += [word(name, 4, TOP + (row + 0.5) * CELL + 4, size=12) for row, name in months.items()]
    head = opened("calendar", LEFT + RIGHT + 7 * CELL, TOP + rows_used * CELL + 4, title, desc)
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
        # The lowest third is filled; the number stands above it.
        foot = f"M{x - 10.7:.1f} {y + 4.2:.1f}A11.5 11.5 0 0 0 {x + 10.7:.1f} {y + 4.2:.1f}z"
        number = word(
            str(entry.day.day), x, y + 2.2, anchor="middle", size=11, css="mb-on-none", colour=MUTED
        )
        return (
            f'<circle class="mb-stroke-move" cx="{x:g}" cy="{y:g}" r="11.5" fill="none" stroke="{move}" '
            f'stroke-width="2"/><path class="mb-fill-move" fill="{move}" d="{foot}"/>{number}'
        )
    if entry.mark == "paused":
        number = word(
            str(entry.day.day), x, y + 2.2, anchor="middle", size=11, css="mb-on-none", colour=MUTED
        )
        return (
            f'<rect class="mb-fill-rest" x="{x - 11:g}" y="{y + 6:g}" width="22" height="5" rx="2.5" '
            f'fill="{COLOURS["rest"]}"/>{number}'
        )
    number = word(str(entry.day.day), x, y + 4, anchor="middle", size=11, css="mb-on-none", colour=MUTED)
    ring = (
        f'<circle class="mb-ring" cx="{x:g}" cy="{y:g}" r="11.5" fill="none" stroke="{LINE}" '
        'stroke-width="2"/>'
    )
    return ring + number
