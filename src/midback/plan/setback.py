"""Something got worse with an exercise: until it is over the exercise rests or is easier, never more.

In: what progression decided, what the person wrote down as worse. Out: Decision. Next: planner. The rules of
``progression`` read numbers of pain; this one reads the person's own word, which counts even when no session was
under way. It can only lower a dose: level and range are never above what was decided without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from midback.catalogue.exercise import Exercise
from midback.reasons import Reason

from .course import SMALLEST_RANGE
from .performance import Performance
from .progression import RANGE_STEP, REST, Decision

RULE_VERSION = 1
Severity = Literal["mild", "moderate", "severe"]
SEVERITIES: tuple[Severity, ...] = ("mild", "moderate", "severe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setback:
    """One time an exercise made something worse; ``resolved_on`` None: it is not over."""

    exercise_id: str
    at: datetime
    severity: Severity
    resolved_on: date | None = None


def ease(
    decided: Decision,
    exercise: Exercise,
    performances: Sequence[Performance],
    setbacks: Sequence[Setback],
    today: date,
) -> Decision:
    """Return what comes next in the light of what got worse with this exercise.

    severe, not over : it rests
    moderate, not over : one level below the one it was done at, or a smaller range where there is none lower
    mild, not over : not above the level it was done at
    moderate or severe, over, and not done since : the first time is one level lower
    """
    mine = [s for s in setbacks if s.exercise_id == exercise.id]
    done = [p for p in performances if p.exercise_id == exercise.id and p.done_s > 0]
    for setback in sorted(mine, key=lambda s: (SEVERITIES.index(s.severity), s.at)):
        if setback.resolved_on is None:
            decided = _while_it_lasts(decided, setback, done, today)
        elif setback.severity != "mild" and not any(p.at.date() >= setback.resolved_on for p in done):
            decided = _lower(decided, setback, done, "plan.worse-over")
    return decided


def _while_it_lasts(
    decided: Decision, setback: Setback, done: Sequence[Performance], today: date
) -> Decision:
    if setback.severity == "mild":
        level = min(decided.level, _level_at(setback, done, decided.level))
        if level == decided.level and decided.status != "go":
            return decided
        return replace(decided, level=level, reasons=_with(decided, setback, "plan.worse-hold"))
    if setback.severity == "moderate":
        return _lower(decided, setback, done, "plan.worse-easier")
    lower = _lower(decided, setback, done, "plan.worse-rest")
    until = max(today + REST, decided.rest_until or today)
    return replace(lower, status="rest", rest_until=until)


def _lower(decided: Decision, setback: Setback, done: Sequence[Performance], message: str) -> Decision:
    """Go one level below the one it was done at when it got worse; once, however often it is done meanwhile."""
    was = _level_at(setback, done, decided.level)
    level = min(decided.level, max(0, was - 1))
    scale = decided.range_scale
    if was == 0:
        scale = round(max(SMALLEST_RANGE, min(scale, 1 - RANGE_STEP)), 2)
    return replace(
        decided,
        level=level,
        range_scale=min(decided.range_scale, scale),
        status="easier" if decided.status == "go" else decided.status,
        reasons=_with(decided, setback, message),
    )


def _level_at(setback: Setback, done: Sequence[Performance], otherwise: int) -> int:
    """Return the level of the last time before it got worse."""
    before = [p for p in done if p.at <= setback.at]
    return before[-1].level if before else otherwise


def _with(decided: Decision, setback: Setback, message: str) -> tuple[Reason, ...]:
    """Put what got worse before the other reasons; what says that it goes up is not said."""
    values = {"exercise": setback.exercise_id, "since_date": setback.at.date().isoformat()}
    first = Reason(message, values, RULE_VERSION)
    raising = ("plan.step-up", "plan.range-back")
    return (first, *(r for r in decided.reasons if r.message_id not in raising and r != first))
