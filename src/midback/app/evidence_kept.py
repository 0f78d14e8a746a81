"""How much evidence is kept, and all of it deleted. In: the person's wish. Out: an empty log. Next: the doors."""

from dataclasses import dataclass
from datetime import datetime

from midback.store import evidence as kept
from midback.store import sensed, trips
from midback.store.engine import reading

from .house import House
from .spool import catch_up


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
    """Delete all evidence, what it came to, and the trips it came from; return how many lines went.

    The person's own stretches stay. What the background process wrote within the last two days still lies in
    its files until these are tidied away, and is not read again.
    """
    catch_up(house, person)
    with house.engine.begin() as conn:
        gone = kept.count(conn, person)
        kept.clear(conn, person)
        sensed.clear(conn, person)
        for trip in trips.listed(conn, person):
            trips.remove(conn, person, trip.id)
    house.changed(person)
    return gone
