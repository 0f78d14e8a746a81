"""The bouts nobody told: sensed ones, and guided sessions. In: the store. Out: bouts. Next: exposures, orders."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from midback.body.evidence import write_instant
from midback.body.exposure import Bout
from midback.store import performances, sensed

from .house import House

# A sensed stretch has no row of its own that lasts; it is named by when it starts.
SENSED = "sensed:"


def moved_in(conn: Connection, house: House, person: str, start: datetime, end: datetime) -> tuple[Bout, ...]:
    """Return the guided sessions of a window as movement: a screen kept awake for one is no film."""
    worn = [key for key, exercise in house.catalogue.exercises.items() if exercise.family == "worn"]
    return tuple(
        Bout(start=first, end=last, activity="moving", evidence=("session",), confidence=1.0, id=SENSED)
        for first, last in performances.spans(conn, person, start, end, worn)
        if last > first
    )


def sensed_in(conn: Connection, person: str, start: datetime, end: datetime) -> tuple[Bout, ...]:
    """Return the sensed bouts of a window; those cut at midnight of UTC become one again."""
    joined: list[Bout] = []
    for bout in sensed.between(conn, person, start, end):
        last = joined[-1] if joined else None
        if last is not None and last.end == bout.start and last.activity == bout.activity:
            joined[-1] = replace(
                last,
                end=bout.end,
                evidence=tuple(dict.fromkeys((*last.evidence, *bout.evidence))),
                confidence=min(last.confidence, bout.confidence),
            )
        else:
            joined.append(replace(bout, id=SENSED))
    return tuple(joined)


def name_of(bout: Bout) -> Bout:
    """Name a sensed piece by its start; what lies in the person's own table keeps its id."""
    by_table = bout.id and not bout.id.startswith(SENSED)
    if by_table or "usual-day" in bout.evidence:
        return bout
    return replace(bout, id=f"{SENSED}{write_instant(bout.start)}")
