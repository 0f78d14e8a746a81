"""A trial, written down before it starts. In: what the person wants to know. Out: a Trial. Next: seal, store, analysis.

Nobody sore is made to wait: by default a trial starts today from how the last week is remembered and three days of
diary, which is the weaker start. A measured baseline of 7 or 14 days makes smaller changes visible. Weeks on and off in
an order drawn by chance are for those who want to know why it changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from midback.errors import InputError

from .seal import Sealed
from .verdict import CHANGE_THAT_MATTERS, FULL_TRIAL

BaselineKind = Literal["recall", "7-days", "14-days"]
Comfort = Literal["pain-average", "psfs"]
Posture = Literal["slump-drift", "longest-bout", "variety"]
PauseKind = Literal["illness", "travel", "flare"]

# Days of diary before the programme; the weaker start has three, and the week before is remembered.
BASELINE_DAYS: Final[dict[BaselineKind, int]] = {"recall": 3, "7-days": 7, "14-days": 14}
LOOK_AFTER: Final = 21
MATTERS_AT_LEAST, MATTERS_AT_MOST = 0.5, 5.0


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, both included, and why."""

    first: date
    last: date
    kind: PauseKind


@dataclass(frozen=True, slots=True)
class Trial:
    """What was written down before the first day.

    start : the first day of the diary; comfort, posture : outcomes; matters : the change that matters, in points
    sealed : weeks on and off as drawn, for those who want to know why; else None
    """

    start: date
    baseline: BaselineKind = "recall"
    comfort: Comfort = "pain-average"
    posture: Posture | None = None
    matters: float = CHANGE_THAT_MATTERS
    sealed: Sealed | None = None
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        if not MATTERS_AT_LEAST <= self.matters <= MATTERS_AT_MOST:
            raise InputError(
                "The change that matters is {matters} points.",
                "From {least} to {most} points of 0 to 10.",
                "1 point is a little better, 2 is much better, for most people.",
                values={"matters": self.matters, "least": MATTERS_AT_LEAST, "most": MATTERS_AT_MOST},
            )

    @property
    def programme_from(self) -> date:
        """The first day of the programme."""
        return self.start + timedelta(days=BASELINE_DAYS[self.baseline])

    @property
    def programme_days(self) -> int:
        """How long the programme is: 28 days, or the weeks that were drawn."""
        return FULL_TRIAL if self.sealed is None else 7 * len(self.sealed.weeks)

    @property
    def last_day(self) -> date:
        """The day after which the verdict is due; days paused come on top."""
        return self.programme_from + timedelta(days=self.programme_days + self.paused_days - 1)

    @property
    def look_on(self) -> date:
        """The day of the interim look, which asks for more before it says anything."""
        return self.programme_from + timedelta(days=LOOK_AFTER - 1)

    @property
    def paused_days(self) -> int:
        """How many days of the programme were paused."""
        return len(paused(self.pauses))

    def on(self, day: date) -> bool | None:
        """Say whether the programme is on; None before it begins, and on a day that is paused."""
        since = (day - self.programme_from).days
        if since < 0 or day in paused(self.pauses):
            return None
        if self.sealed is None:
            return True
        since -= sum(1 for away in paused(self.pauses) if self.programme_from <= away < day)
        week = since // 7
        return self.sealed.weeks[week] if week < len(self.sealed.weeks) else None


def paused(pauses: Sequence[Pause]) -> frozenset[date]:
    """Return the days that are paused."""
    return frozenset(
        pause.first + timedelta(days=n)
        for pause in pauses
        for n in range((pause.last - pause.first).days + 1)
    )
