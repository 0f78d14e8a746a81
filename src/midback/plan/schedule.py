"""A working day with interruptions in it. In: stretches, a schedule. Out: stretches and what it cost. Next: state_rule.

A day is a row of stretches; a schedule cuts breaks into it the way a reminder would, taking the time from what
was being done. Every prompt is taken here: whoever skips half of them has half of the effect, under any schedule.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from midback.body.stillness import AWAY_S, MOVED_S, UNSEEN_S

from .break_rule import BreakRule

BREAK: Final = "break"
Doing = Literal["sitting", "standing", "driving", "moving", "away", "unknown", "break"]
STILL: Final[frozenset[Doing]] = frozenset({"sitting", "standing", "driving"})
HOUR_S: Final = 3600.0
# What ``decide`` allows before the hour of a long break is over.
HOUR_SLACK_S: Final = 300.0
# What ends stillness where the body is sensed.
ENDS_S: Final[dict[Doing, float]] = {"moving": MOVED_S, "away": AWAY_S, "unknown": UNSEEN_S}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One stretch of a day.

    hands : somebody's hands are on the machine, which is all that a clock of keys and mouse can see
    welcome : a prompt would be; in a meeting or at the wheel it waits
    """

    doing: Doing
    seconds: float
    hands: bool = True
    welcome: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a reminder speaks.

    after_s : on its clock before a short break of ``length_s``
    long_after_s : on the long break's clock before a break is a long one of ``long_s``; inf where there is none
    rest_s : a pause of the hands this long sets the clock of the short break back; None where the body is
        sensed: the clock then runs in all stillness, and movement ends it
    long_clock : what the long break's clock counts: ``wall`` time, or ``use`` like the short one's
    """

    after_s: float
    length_s: float
    long_after_s: float = math.inf
    long_s: float = 0.0
    rest_s: float | None = None
    long_clock: Literal["wall", "use"] = "wall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted:
    """A day as it went. prompts : how often somebody was interrupted; break_s : how long they moved for it."""

    stretches: tuple[Stretch, ...]
    prompts: int
    break_s: float


def schedule_of(rule: BreakRule) -> Schedule:
    """Return what a rule comes to in a day, as ``decide`` reads it."""
    return Schedule(
        after_s=rule.after_s,
        length_s=rule.length_s,
        long_after_s=HOUR_S - HOUR_SLACK_S,
        long_s=rule.hourly_s,
    )


NEVER: Final = Schedule(after_s=math.inf, length_s=0.0)


def follow(day: Iterable[Stretch], schedule: Schedule) -> Interrupted:
    """Cut a schedule's breaks into a day; the day stays as long as it was."""
    out: list[Stretch] = []
    clock = long_clock = rested = break_s = 0.0
    prompts, senses = 0, schedule.rest_s is None
    for stretch in day:
        left = stretch.seconds
        if not (stretch.doing in STILL and (senses or stretch.hands)):
            out.append(stretch)
            rested += left
            if rested >= (ENDS_S.get(stretch.doing, 0.0) if schedule.rest_s is None else schedule.rest_s):
                clock = 0.0
            if rested >= schedule.long_s:
                long_clock = 0.0
            elif schedule.long_clock == "wall":
                long_clock += left
            continue
        rested = 0.0
        while left > 0:
            until = max(0.0, schedule.after_s - clock)
            if not stretch.welcome or until >= left:
                out.append(replace(stretch, seconds=left))
                clock, long_clock = clock + left, long_clock + left
                break
            if until > 0:
                out.append(replace(stretch, seconds=until))
            left, long_clock = left - until, long_clock + until
            long = long_clock >= schedule.long_after_s - 1e-6
            lasts = min(schedule.long_s if long else schedule.length_s, left)
            out.append(Stretch(doing=BREAK, seconds=lasts, hands=False))
            left, break_s, prompts, clock = left - lasts, break_s + lasts, prompts + 1, 0.0
            if long:
                long_clock = 0.0
            elif schedule.long_clock == "wall":
                long_clock += lasts
    return Interrupted(stretches=tuple(out), prompts=prompts, break_s=break_s)
