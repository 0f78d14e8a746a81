"""What the body has been doing. In: bouts, by hand or from sensors. Out: totals. Next: plan.

A bout is an interval in one activity with the evidence it rests on. ``unknown`` is not "away" and not "fine".
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Activity = Literal["sitting", "standing", "driving", "moving", "away", "unknown"]
ACTIVITIES: tuple[Activity, ...] = ("sitting", "standing", "driving", "moving", "away", "unknown")
STILL: tuple[Activity, ...] = ("sitting", "standing", "driving")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """One stretch of one activity; ``start`` and ``end`` are aware datetimes, ``confidence`` 0..1.

    evidence : where it comes from: ``person``, ``usual-day``, and later the names of sensors
    """

    start: datetime
    end: datetime
    activity: Activity
    evidence: tuple[str, ...] = ("person",)
    confidence: float = 1.0
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One day's totals. Seconds by activity; the longest unbroken still bout and what it was."""

    seconds: dict[Activity, float]
    longest_still_s: float
    longest_activity: Activity | None
    bouts: tuple[Bout, ...] = ()
    usual: bool = False
