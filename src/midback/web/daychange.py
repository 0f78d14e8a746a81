"""Corrects one stretch of a day, whoever said it. In: what was seen and what it shall be. Next: app.exposures.

What a sensor says cannot be unsaid, so a correction is always the person's word laid over it. Where an edge
between two touching stretches was dragged, the one grows as the other shrinks; a time that was typed changes
this stretch alone, and nobody knows what was in the time it leaves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from midback.app.exposures import DayExposure, add_bout, move_bout, remove_bout
from midback.app.house import House
from midback.body.exposure import Bout
from midback.errors import NotFound

TOUCHING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a stretch shall be. ``dragged``: its edges were moved on the line, neighbours move along."""

    start: datetime
    end: datetime
    activity: str
    dragged: bool = False


def find_bout(day: DayExposure, bout_id: str, start: datetime | None) -> Bout:
    """Return the stretch a form speaks of; sensed ones are known by their start.

    Raises NotFound when the day has changed meanwhile.
    """
    for bout in day.bouts:
        if (bout_id and bout.id == bout_id) or (not bout_id and bout.start == start):
            return bout
    raise NotFound("That stretch of the day is not there any more.", "", "Load the day again.")


def correct(house: House, person: str, day: DayExposure, bout: Bout, change: Change) -> None:
    """Let a stretch be what the person says of it."""
    place = day.bouts.index(bout)
    before = day.bouts[place - 1] if place else None
    after = day.bouts[place + 1] if place + 1 < len(day.bouts) else None
    if change.start > bout.start:
        _left(house, person, bout, before, bout.start, change.start, change.dragged)
    if change.end < bout.end:
        _left(house, person, bout, after, change.end, bout.end, change.dragged)
    if bout.id and any(b.id == bout.id for b in day.bouts):
        move_bout(house, person, bout.id, change.start, change.end, change.activity)
    else:
        add_bout(house, person, change.activity, change.start, change.end)


def take_away(house: House, person: str, bout: Bout) -> None:
    """Remove a stretch: the person's own word is gone, and of what was sensed they say that it is not known."""
    if bout.id:
        remove_bout(house, person, bout.id)
    else:
        add_bout(house, person, "unknown", bout.start, bout.end)


def _left(
    house: House, person: str, bout: Bout, beside: Bout | None, start: datetime, end: datetime, dragged: bool
) -> None:
    """Say what the time is that a shrinking stretch leaves."""
    touches = beside is not None and min(abs(beside.end - start), abs(beside.start - end)) < TOUCHING
    if dragged and beside is not None and touches:
        add_bout(house, person, beside.activity, min(start, beside.start), max(end, beside.end))
    elif not bout.id:
        add_bout(house, person, "unknown", start, end)
