"""One exercise as it was done. In: folded from a session's events. Next: progression reads it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from midback.catalogue.exercise import Dose

from .answers import Effort

SkipReason = Literal["pain", "no-time", "no-gear", "too-hard", "too-easy", "dislike", "no-space"]
SKIP_REASONS: tuple[SkipReason, ...] = (
    "pain",
    "no-time",
    "no-gear",
    "too-hard",
    "too-easy",
    "dislike",
    "no-space",
)
Side = Literal["both", "left", "right"]

# "24 hours later" is asked from 18 h after a session on and taken as an answer up to 40 h after it.
NEXT_DAY_FROM, NEXT_DAY_UNTIL = timedelta(hours=18), timedelta(hours=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class SideDone:
    """What one side got: planned and really done, seconds and repetitions over all sets.

    seen_repetitions : those of ``done_repetitions`` that a camera counted; None where none looked
    seen_held_s : how long a camera saw the pose held; None where none looked
    """

    side: Side
    planned_s: float
    done_s: float
    planned_repetitions: int | None = None
    done_repetitions: int | None = None
    seen_repetitions: int | None = None
    seen_held_s: float | None = None

    @property
    def complete(self) -> bool:
        """At least 95 % of the planned time, or all repetitions; a camera may miss one in ten of them."""
        if self.planned_repetitions is not None and self.done_repetitions is not None:
            missed = self.planned_repetitions // 10 if self.seen_repetitions else 0
            return self.done_repetitions >= self.planned_repetitions - missed
        return self.done_s >= 0.95 * self.planned_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """One exercise as done. Pain None is "not answered", never zero; ``form`` 0..1 only from a camera."""

    exercise_id: str
    variant_id: str
    level: int
    range_scale: float
    dose: Dose
    at: datetime
    sides: tuple[SideDone, ...]
    session_id: str = ""
    prescription_id: str = ""
    pain_before: int | None = None
    pain_during: int | None = None
    pain_after: int | None = None
    pain_next_day: int | None = None
    effort: Effort | None = None
    form: float | None = None
    skipped: SkipReason | None = None
    stopped: bool = False

    @property
    def complete(self) -> bool:
        """Every side complete, neither skipped nor stopped."""
        return (
            self.skipped is None
            and not self.stopped
            and bool(self.sides)
            and all(s.complete for s in self.sides)
        )

    @property
    def done_s(self) -> float:
        """Seconds really done, all sides together."""
        return sum(side.done_s for side in self.sides)
