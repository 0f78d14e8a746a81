"""A week of dated items. In: made by the planner. Next: app, coach and share."""

from dataclasses import dataclass
from datetime import date

from midback.catalogue.exercise import Dose, Place, Slot
from midback.reasons import Reason

from .performance import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """One dated item of a plan.

    id : stable across re-planning: ``2026-03-02/evening/cat-cow`` (with ``/2`` for a second of the same slot)
    minute : local minutes after midnight of ``day``
    gear : what to use, chosen from what the person owns
    anchor : id of the habit it hangs on, or None
    minutes : planned minutes, all sides and sets, without rests
    counts : whether they count towards the daily minutes
    priority : what a short session takes first, from 0
    """

    id: str
    day: date
    slot: Slot
    minute: int
    exercise_id: str
    variant_id: str
    level: int
    dose: Dose
    sides: tuple[Side, ...]
    range_scale: float
    place: Place
    gear: tuple[str, ...] = ()
    anchor: str | None = None
    minutes: float = 0.0
    counts: bool = True
    optional: bool = False
    priority: int = 0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A week of items, with the reasons that hold for the whole of it."""

    start: date
    days: int
    target_minutes: int
    items: tuple[Prescription, ...]
    reasons: tuple[Reason, ...] = ()
    rule_version: int = 1

    def on(self, day: date) -> tuple[Prescription, ...]:
        """Return the items of one day in order of time."""
        return tuple(sorted((i for i in self.items if i.day == day), key=lambda i: (i.minute, i.id)))
