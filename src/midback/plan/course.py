"""How it went with one exercise so far. In: its performances. Out: what the rules ask of them. Next: progression."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from midback.catalogue.exercise import Exercise

from .pain import STEP_UP_AT_MOST, settled, worst_felt
from .performance import NEXT_DAY_FROM, Performance

FORM_BAR = 0.7
SMALLEST_RANGE = 0.5


@dataclass(frozen=True, slots=True)
class History:
    """What the rules look at: the exercise, all its performances, those with a body in them, and today."""

    exercise: Exercise
    all: tuple[Performance, ...]
    felt: tuple[Performance, ...]
    today: date
    now: datetime | None = None

    @property
    def top(self) -> int:
        return len(self.exercise.levels) - 1

    @property
    def level(self) -> int:
        """Level of the last time, within the ladder as it is today."""
        last = self.felt[-1] if self.felt else self.all[-1]
        return min(max(last.level, 0), self.top)

    @property
    def range_scale(self) -> float:
        last = self.felt[-1] if self.felt else self.all[-1]
        return min(max(last.range_scale, SMALLEST_RANGE), 1.0)

    @property
    def gap_days(self) -> int:
        """Days since it was last done, 0 when it never was."""
        done = [p for p in self.felt if p.done_s > 0]
        return (self.today - done[-1].at.date()).days if done else 0


def not_asked_yet(h: History) -> int:
    """Count the good times at the end that are too young for the 24-hour question."""
    count = 0
    for p in reversed(h.all):
        young = h.now is not None and h.now - p.at < NEXT_DAY_FROM and p.pain_next_day is None
        if not (young and _went_well_so_far(p)):
            break
        count += 1
    return count


def went_well(p: Performance) -> bool:
    """Say whether a time was whole, hurt no more than before, was not hard, and is known to have settled."""
    return _went_well_so_far(p) and settled(p)


def _went_well_so_far(p: Performance) -> bool:
    worst, before = worst_felt(p), p.pain_before
    return (
        p.complete
        and worst is not None
        and before is not None
        and worst <= min(before, STEP_UP_AT_MOST)
        and p.effort in ("easy", "ok")
        and (p.form is None or p.form >= FORM_BAR)
    )


def full_dose(exercise: Exercise, p: Performance) -> bool:
    """Say whether a time was planned with its level's whole dose: one cut to fit a short session was not."""
    if not 0 <= p.level < len(exercise.levels):
        return False
    level = exercise.levels[p.level]
    full = level.dose("time" if p.dose.repetitions is None else "repetitions")
    return p.dose.seconds >= full.seconds and p.dose.sets >= full.sets


def longest_gap(h: History, last: Sequence[Performance]) -> int:
    """Return the most days between two of these times, today included."""
    days = [p.at.date() for p in last] + [h.today]
    return max((later - earlier).days for earlier, later in pairwise(days))
