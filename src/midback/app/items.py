"""What became of the planned items of a day, and the minutes that count. Next: today, progress, sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from midback.plan.performance import Performance
from midback.plan.prescription import Prescription
from midback.store.performances import Done

from .clock import local
from .house import House

Status = Literal["done", "partly", "skipped", "now", "later"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayItem:
    """One planned item and what became of it."""

    item: Prescription
    status: Status
    done_s: float = 0.0


def match(
    items: tuple[Prescription, ...], performed: list[Performance], minute: int, passed: tuple[str, ...] = ()
) -> tuple[TodayItem, ...]:
    """Say for each planned item whether it was done; each performance is used once, in order of time.

    The next one is the first open item that is not long past; items passed over today come last.
    """
    left = list(performed)
    result: list[TodayItem] = []
    for item in items:
        mine = next((p for p in left if p.prescription_id == item.id), None) or next(
            (p for p in left if not p.prescription_id and p.exercise_id == item.exercise_id), None
        )
        if mine is not None:
            left.remove(mine)
            status: Status = (
                "skipped" if mine.skipped and mine.done_s == 0 else "done" if mine.complete else "partly"
            )
            result.append(TodayItem(item=item, status=status, done_s=mine.done_s))
        else:
            result.append(TodayItem(item=item, status="later"))
    open_at = [n for n, shown in enumerate(result) if shown.status == "later"]
    if open_at:

        def rank(n: int) -> tuple[bool, bool, bool, int]:
            item = result[n].item
            turn = passed.index(item.id) if item.id in passed else -1
            return turn >= 0, item.optional, item.minute < minute - 120, turn if turn >= 0 else n

        soon = min(open_at, key=rank)
        result[soon] = TodayItem(item=result[soon].item, status="now")
    return tuple(result)


def minutes_done(house: House, performed: list[Performance]) -> float:
    """Minutes that count towards the daily minutes: wearing a band or sitting on a disc does not (row S6)."""
    exercises = house.catalogue.exercises
    return sum(p.done_s for p in performed if (e := exercises.get(p.exercise_id)) and e.counts) / 60


def days_of(house: House, done: Iterable[Done]) -> frozenset[date]:
    """Return the local days on which something was done."""
    return frozenset(local(house.clock, one.at).date() for one in done if one.done_s > 0)
