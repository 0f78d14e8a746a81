"""Weeks and months of exposure. In: one Exposure a day. Out: Totals. Next: app's progress, share's charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .exposure import ACTIVITIES, STILL, Activity, Exposure, join


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Several days together.

    seconds : by activity, over all days
    days_known : days with at least one bout that says something; means are over these, not over the calendar
    longest_still_s, longest_on : the longest unbroken still bout of all, and the day it was on
    changes_per_h : changes from one position to another per known hour, or None when nothing is known
    """

    seconds: Mapping[Activity, float]
    days_known: int
    longest_still_s: float
    longest_on: date | None
    changes_per_h: float | None

    @property
    def still_s_a_day(self) -> float | None:
        """Mean seconds of sitting, standing and driving on a known day, or None when none is known."""
        still = sum(self.seconds[kind] for kind in STILL)
        return still / self.days_known if self.days_known else None


def total(days: Mapping[date, Exposure]) -> Totals:
    """Add up days; a day of which nothing is known adds nothing but its unknown seconds."""
    seconds = {kind: sum(day.seconds.get(kind, 0.0) for day in days.values()) for kind in ACTIVITIES}
    known = [day for day, exposure in days.items() if is_known(exposure)]
    longest_on = max(known, key=lambda day: days[day].longest_still_s, default=None)
    hours = sum(seconds[kind] for kind in (*STILL, "moving")) / 3600
    changes = sum(changes_of_position(exposure) for exposure in days.values())
    return Totals(
        seconds=seconds,
        days_known=len(known),
        longest_still_s=days[longest_on].longest_still_s if longest_on else 0.0,
        longest_on=longest_on,
        changes_per_h=changes / hours if hours else None,
    )


def is_known(exposure: Exposure) -> bool:
    """Say whether anything but absence is known of the day."""
    return any(exposure.seconds.get(kind, 0.0) for kind in (*STILL, "moving"))


def changes_of_position(exposure: Exposure) -> int:
    """Count the changes from one known position straight to another; an unknown time between says nothing."""
    positions = join(exposure.bouts)
    known: tuple[Activity, ...] = (*STILL, "moving")
    return sum(
        before.activity in known and after.activity in known and before.end == after.start
        for before, after in pairwise(positions)
    )
