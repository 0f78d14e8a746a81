"""How much evidence is kept, and all of it deleted. In: the person's wish. Out: an empty log. Next: the doors."""

from dataclasses import dataclass
from datetime import datetime

from midback.store import evidence as kept
from midback.store import sensed
from midback.store.engine import reading

from .evidence import days_between, take_out_within
from .house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEvidence:
    """Lines that are kept, and from when to when."""

    lines: int
    start: datetime | None = None
    end: datetime | None = None


def what_is_kept(house: House, person: str) -> KeptEvidence:
    """Return how much was sensed and taken in, and over which time."""
    with reading(house.engine).connect() as conn:
        span = kept.span(conn, person)
        lines = kept.count(conn, person)
    return KeptEvidence(lines=lines, start=span[0] if span else None, end=span[1] if span else None)


def forget_evidence(house: House, person: str) -> int:
    """Delete all evidence and what it came to; the person's own stretches stay. Return how many lines went."""
    with house.engine.begin() as conn:
        lines, span = tuple(kept.lines(conn, person)), kept.span(conn, person)
        take_out_within(conn, person, lines)
        for day in days_between(*span) if span else ():
            sensed.replace(conn, person, day, day + (days_between(day, day)[-1] - day), ())
    house.changed(person)
    return len(lines)
