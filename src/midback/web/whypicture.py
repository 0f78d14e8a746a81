"""A day's load drawn over its hours, and the same day under other breaks.

In: hours with a share of 0..1 for each part of the body, in words. Out: SVG. Next: the page "Why".

Height and tint say the same, and every hour carries its sentence. Teal is little, amber much; nothing here is
ever red, for load tints hours and says nothing of harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from midback.share.spine_day import INK, MOVE, MUTED, TINTS, UNKNOWN

LINE = "#e7e1d6"
LEFT, HEAD, FOOT = 8.0, 28.0, 20.0
# The shares of the scale from which an hour takes the next tint.
TINT_FROM = (0.1, 0.2, 0.35, 0.5, 0.7)
NARROW, WIDE = 360.0, 820.0
WIDEST = 46.0


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One part of the body over a day: its name, how tall it is drawn, and for each hour a share and words.

    shares : 0..1, None where nothing is known of the hour
    """

    name: str
    tall: float
    shares: tuple[float | None, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """The hours of a day as they passed: how many minutes after midnight the first begins, and their names.

    now : minutes after midnight, None on another day
    """

    start: float
    names: tuple[str, ...]
    now: float | None = None
    now_says: str = ""

    @property
    def minutes(self) -> float:
        """Return the minutes the axis is long."""
        return 60.0 * max(1, len(self.names))


def draw_load(axis: Axis, rows: Sequence[LoadRow], *, title: str, desc: str, width: float = NARROW) -> str:
    """Draw the hours of a day, one row a part of the body."""
    pitch = (width - 2 * LEFT) / max(1, len(axis.names))
    height = sum(row.tall + HEAD for row in rows) + FOOT
    out = [_opened("load", width, height, title, desc)]
    top = 0.0
    for row in rows:
        foot = top + HEAD + row.tall
        out.append(_word(row.name, LEFT, top + 18, css="mb-name mb-text-ink", colour=INK))
        out.append(_rule(width, foot))
        for place, (share, says) in enumerate(zip(row.shares, row.says, strict=True)):
            out.append(_hour(share, says, LEFT + place * pitch, foot, pitch, row.tall, _passed(axis, place)))
        top = foot
    out.append(_now(axis, width, HEAD, top))
    out += _names(axis, width, height)
    return "".join(out) + "</svg>"


def draw_breaks(
    axis: Axis,
    was: Sequence[tuple[float, float | None]],
    tried: Sequence[tuple[float, float | None]],
    *,
    names: tuple[str, str],
    title: str,
    desc: str,
    width: float = NARROW,
    tall: float = 110.0,
) -> str:
    """Draw the day as it was as an area, and as it would be as a line over it.

    was, tried : (minutes after midnight, share 0..1 or None where nothing is known); names : of the two
    """
    height, foot = HEAD + tall + FOOT, HEAD + tall
    out = [_opened("breaks", width, height, title, desc), _rule(width, foot)]

    long = (width - 2 * LEFT) / axis.minutes

    def path(run: Sequence[tuple[float, float]]) -> str:
        spots: list[float] = []
        for minute, share in run:
            spots += (LEFT + long * (minute - axis.start), foot - tall * min(1.0, max(0.0, share)))
        return "L".join(["%.1f %.1f"] * len(run)) % tuple(spots)

    for run in _runs(was):
        first, last = (LEFT + long * (run[at][0] - axis.start) for at in (0, -1))
        out.append(
            f'<path class="mb-still-3" fill="{TINTS[3]}" fill-opacity="0.55" '
            f'd="M{first:.1f} {foot:g}L{path(run)}L{last:.1f} {foot:g}Z"/>'
        )
    for run in _runs(tried):
        out.append(
            f'<path class="mb-line mb-stroke-move" d="M{path(run)}" fill="none" stroke="{MOVE}" '
            'stroke-width="2.2" stroke-linejoin="round"/>'
        )
    out.append(
        f'<rect class="mb-still-3" fill="{TINTS[3]}" fill-opacity="0.55" x="{LEFT:g}" y="4" width="14" '
        f'height="10" rx="3"/>' + _word(names[0], LEFT + 20, 14)
    )
    second = LEFT + 34 + 6.6 * len(names[0])
    out.append(
        f'<path class="mb-stroke-move" stroke="{MOVE}" stroke-width="2.2" d="M{second:.1f} 9h16"/>'
        + _word(names[1], second + 22, 14)
    )
    out.append(_now(axis, width, HEAD, foot))
    out += _names(axis, width, height)
    return "".join(out) + "</svg>"


def tint_of(share: float | None) -> str:
    """Return the name of an hour's tint."""
    return "unknown" if share is None else str(sum(share >= step for step in TINT_FROM))


def _passed(axis: Axis, place: int) -> float:
    """Return how much of an hour has passed, 0..1: the one that is not over ends before the line of now."""
    if axis.now is None:
        return 1.0
    return min(1.0, max(0.0, (axis.now - axis.start) / 60 - place))


def _hour(
    share: float | None, says: str, x: float, foot: float, pitch: float, tall: float, passed: float = 1.0
) -> str:
    tint = tint_of(share)
    fill = UNKNOWN if share is None else TINTS[int(tint)]
    high = 4.0 if share is None else max(4.0, tall * min(1.0, share))
    room = pitch * (passed or 1.0)
    wide = max(min(room * 0.8, WIDEST), min(2.0, room))
    begins = x + (room - wide) / 2
    return (
        f'<rect class="mb-still-{tint}" fill="{fill}" x="{begins:.1f}" y="{foot - high:.1f}" '
        f'width="{wide:.1f}" height="{high:.1f}" rx="{min(9.0, wide / 3, high / 2):.1f}">'
        f"<title>{escape(says)}</title></rect>"
    )


def _now(axis: Axis, width: float, top: float, foot: float) -> str:
    if axis.now is None or not 0 <= axis.now - axis.start <= axis.minutes:
        return ""
    x = LEFT + (width - 2 * LEFT) * (axis.now - axis.start) / axis.minutes
    anchor = "end" if x > width * 0.75 else "start"
    words = _word(axis.now_says, x + (-5 if anchor == "end" else 5), top - 6, anchor=anchor, colour=INK)
    return (
        f'<g class="mb-now"><line x1="{x:.1f}" x2="{x:.1f}" y1="{top - 14:g}" y2="{foot:g}" '
        f'stroke="{INK}" stroke-width="1.2"/>{words}</g>'
    )


def _names(axis: Axis, width: float, height: float) -> list[str]:
    pitch = (width - 2 * LEFT) / max(1, len(axis.names))
    every = next(n for n in (1, 2, 3, 4, 6, 24) if n * pitch >= 30 or n == 24)
    return [
        _word(name, LEFT + place * pitch, height - 4, anchor="start" if place == 0 else "middle")
        for place, name in enumerate(axis.names)
        if place % every == 0
    ]


def _rule(width: float, y: float) -> str:
    return (
        f'<line class="mb-grid" x1="{LEFT:g}" x2="{width - LEFT:g}" y1="{y:.1f}" y2="{y:.1f}" '
        f'stroke="{LINE}"/>'
    )


def _runs(points: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """Return the stretches of a curve that have a value; a gap parts them, and a single point is none."""
    runs: list[list[tuple[float, float]]] = [[]]
    for minute, share in points:
        if share is None:
            runs.append([])
        else:
            runs[-1].append((minute, share))
    return [run for run in runs if len(run) > 1]


def _word(
    text: str, x: float, y: float, *, anchor: str = "start", css: str = "mb-label", colour: str = MUTED
) -> str:
    weight = ' font-weight="600"' if "mb-name" in css else ""
    return (
        f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12"{weight} '
        f'fill="{colour}">{escape(text)}</text>'
    )


def _opened(kind: str, width: float, height: float, title: str, desc: str) -> str:
    return (
        f'<svg class="mb-chart mb-chart-{kind}" xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" font-family="sans-serif">'
        f"<title>{escape(title)}</title><desc>{escape(desc)}</desc>"
    )
