"""An edge of the day that was dragged. In: what was seen and where it went. Out: corrections. Next: app.exposures.

Where two stretches touch, the edge between them is one edge: the one grows as the other shrinks. Of a neighbour
that was sensed only the part it is given becomes the person's word; the rest stays as sensed. A time that was
typed changes its stretch alone, and nobody knows what was in the time it leaves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from midback.app.exposures import DayExposure, add_bout, move_bout
from midback.app.house import House
from midback.body.exposure import Bout, from_person
from midback.errors import NotFound

TOUCHING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a stretch shall be. ``dragged``: its edges were moved on the line, so neighbours move along."""

    start: datetime
    end: datetime
    activity: str
    dragged: bool = False


def find_bout(day: DayExposure, bout_id: str) -> Bout:
    """Return the stretch a form speaks of; raise NotFound when the day has changed meanwhile."""
    for bout in day.bouts:
        if bout_id and bout.id == bout_id:
            return bout
    raise NotFound("That stretch of the day is not there any more.", "", "Load the day again.")


def correct(house: House, person: str, day: DayExposure, bout: Bout, change: Change) -> None:
    """Let a stretch be what the person says of it."""
    place = day.bouts.index(bout)
    before = day.bouts[place - 1] if place else None
    after = day.bouts[place + 1] if place + 1 < len(day.bouts) else None
    # First the stretch itself: by its id it is known only until something is laid over it.
    move_bout(house, person, bout.id, change.start, change.end, change.activity)
    if not change.dragged:
        return
    if before is not None and bout.start - before.end < TOUCHING and change.start > bout.start:
        own = from_person(before)
        add_bout(house, person, before.activity, before.start if own else bout.start, change.start)
    if after is not None and after.start - bout.end < TOUCHING and change.end < bout.end:
        own = from_person(after)
        add_bout(house, person, after.activity, change.end, after.end if own else bout.end)
