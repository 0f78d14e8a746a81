"""Words beside the bands, each with a line to its band. In: words and where they point. Out: SVG. Next: ``bands``."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from midback.share.spine_day import INK

# Widths of letters and the room between lines, in heights of the letters.
LETTER: Final = 0.56
LEADING: Final = 1.45
GAP: Final = 0.45


@dataclass(frozen=True, slots=True)
class Label:
    """Words at one edge of the picture, and the place (x, y) they point at.

    number : stands before the words where a list beside the picture names the bands; 0 where none does
    """

    words: str
    x: float
    y: float
    number: int = 0

    @property
    def whole(self) -> str:
        """Return all that is written."""
        return f"{self.number} {self.words}" if self.number else self.words


def room_for(words: Sequence[str], size: float) -> float:
    """Return how wide a column the words need."""
    return max((len(word) for word in words), default=0) * LETTER * size + 2 * GAP * size


def draw_column(
    labels: Sequence[Label], edge: float, at_left: bool, low: float, high: float, size: float
) -> str:
    """Draw labels one above the other, in the order of what they point at, each as near to it as may be.

    edge : x of the picture's edge ; low, high : how far down and up the column may go, y down
    """
    if not labels:
        return ""
    ordered = sorted(labels, key=lambda label: label.y)
    step = LEADING * size
    places: list[float] = []
    for label in ordered:
        places.append(max(label.y, places[-1] + step if places else high + size))
    for index in range(len(places) - 1, -1, -1):
        below = places[index + 1] - step if index + 1 < len(places) else low
        places[index] = min(places[index], below)
    # Where there is too little room the words stay in the picture and may lie over a hand.
    down = max(0.0, high + size - places[0])
    places = [y + down for y in places]
    wide = room_for([label.whole for label in ordered], size)
    text_at = edge + GAP * size if at_left else edge - GAP * size
    line_at = edge + wide if at_left else edge - wide
    anchor = "start" if at_left else "end"
    out = []
    for label, y in zip(ordered, places, strict=True):
        start = text_at + len(label.whole) * LETTER * size * (1 if at_left else -1)
        out.append(
            f'<path class="mb-stroke-rest" fill="none" stroke="#8a8f8c" stroke-width="1.6" '
            f'd="M{start:.0f} {y - 0.33 * size:.0f}L{line_at:.0f} {y - 0.33 * size:.0f}L{label.x:.0f} {label.y:.0f}"/>'
            f'<text class="mb-text-ink" fill="{INK}" x="{text_at:.0f}" y="{y:.0f}" font-size="{size:g}" '
            f'text-anchor="{anchor}">{_written(label)}</text>'
        )
    return "".join(out)


def _written(label: Label) -> str:
    """Write the words; where a picture is small, a page may leave out all but the number."""
    if not label.number:
        return escape(label.words)
    return (
        f'<tspan class="mb-number" font-weight="600">{label.number}</tspan>'
        f'<tspan class="mb-more"> {escape(label.words)}</tspan>'
    )
