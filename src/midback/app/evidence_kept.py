"""How much evidence is kept, and all of it deleted. In: the person's wish. Out: an empty log. Next: the doors."""

from dataclasses import dataclass
from datetime import datetime

from midback.store import evidence as kept
from midback.store import sensed, trips
from midback.store.engine import reading

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
    """Delete all evidence, the trips among it, and what it came to; return how many lines went.

    The person's own stretches stay. Lines that the background process wrote within the last two days lie in its
    files until it goes on to the next ones; they are not read again.
    """
    with house.engine.begin() as conn:
        lines = kept.clear(conn, person)
        sensed.clear(conn, person)
        trips.clear(conn, person)
    house.changed(person)
    return lines
