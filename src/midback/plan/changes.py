"""What changed between two plans for one day, with the reasons. In: two plans. Next: app, doors."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from midback.reasons import Reason

from .prescription import Plan, Prescription

Kind = Literal["added", "removed", "more", "less", "range", "variant", "moved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is different now, and why."""

    kind: Kind
    exercise_id: str
    reasons: tuple[Reason, ...] = ()


def compare(before: Plan, after: Plan, day: date) -> tuple[Change, ...]:
    """Say what the new plan does otherwise on ``day`` than the old one had foreseen for it.

    Where the old plan did not reach ``day``, its last day stands in, so that a plan made after
    some days away still says what is new.
    """
    last = max((item.day for item in before.items), default=day)
    old = _by_exercise(before.on(min(day, last)))
    new = _by_exercise(after.on(day))
    changes: list[Change] = []
    for exercise_id, item in new.items():
        was = old.get(exercise_id)
        if was is None:
            changes.append(Change(kind="added", exercise_id=exercise_id, reasons=item.reasons))
        elif kind := _difference(was, item):
            changes.append(Change(kind=kind, exercise_id=exercise_id, reasons=item.reasons))
    changes += [
        Change(kind="removed", exercise_id=gone, reasons=after.reasons) for gone in old if gone not in new
    ]
    return tuple(changes)


def _by_exercise(items: tuple[Prescription, ...]) -> dict[str, Prescription]:
    first: dict[str, Prescription] = {}
    for item in items:
        first.setdefault(item.exercise_id, item)
    return first


def _difference(was: Prescription, now: Prescription) -> Kind | None:
    if now.level != was.level:
        return "more" if now.level > was.level else "less"
    if now.range_scale != was.range_scale:
        return "range"
    if now.variant_id != was.variant_id:
        return "variant"
    if now.slot != was.slot:
        return "moved"
    return None
