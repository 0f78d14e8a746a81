"""A day as the spine needs it, with what its stillness comes to. In: bouts. Next: ``spine`` draws it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

# Light colours stand in the drawing for print and PDF; the page's style sheet lays its theme over the
# classes.
TINTS = ("#5fa395", "#9cc7bd", "#cfd9c6", "#e6cd97", "#cf9c45", "#b9770e")
# Minutes without a break from which an hour takes the next tint; active breaks are asked for every 20 to 30.
TINT_FROM_MIN = (15, 30, 50, 75, 105)
UNKNOWN = "#e3e5e2"
WIDE = 216.0
INK, MUTED, MOVE, PAPER, ATTEND = "#1f2a2e", "#66727a", "#1f7a6c", "#fffdf9", "#b9770e"

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
    """One point of the day: a movement done (filled) or still to come (hollow), or a prompt (a diamond)."""

    minute: float
    name: str
    done: bool
    says: str
    prompt: bool = False


@dataclass(frozen=True, slots=True)
class HeldBar:
    """A stretch in which a prompt was owed and held back, in local minutes after midnight."""

    start: float
    end: float
    says: str


@dataclass(frozen=True, slots=True)
class DaySpine:
    """Everything that is drawn of one day; ``now`` in minutes, or None on another day.

    Minutes and hours count what has passed since midnight, so a day on which the clocks change has 23 or 25.
    names : how the hour that begins there is called, where that is not its number
    """

    hours: tuple[HourStep, ...]
    bars: tuple[BoutBar, ...] = ()
    joints: tuple[Joint, ...] = ()
    now: float | None = None
    now_says: str = ""
    held: tuple[HeldBar, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)

    def hour_name(self, hour: int) -> str:
        """Return the two digits of an hour; midnight at the end is 24."""
        return self.names.get(hour) or f"{hour if hour == 24 else hour % 24:02d}"


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
