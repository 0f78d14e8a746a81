"""Evidence in, sensed bouts out. In: Evidence from anywhere, in any order. Out: the day's cache made anew.

The sensed bouts of a UTC day are always the fold of all evidence within reach of it, whatever came in first, so no
order or number of imports makes a difference. Next: ``exposures`` lays the person's own word over them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection

from midback.body.evidence import Evidence
from midback.body.fold import REACH, fold, touched
from midback.store import evidence as kept
from midback.store import preferences, sensed

from .house import House

DAY = timedelta(days=1)
MOST_DAYS = 7
# Raised when the fold reads evidence otherwise: what is kept of old days is then worked out again.
FOLD_VERSION = 1
FOLDED_BY = "folded-by"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """How much of what was given was new, and the first and last instant of it."""

    new: int = 0
    start: datetime | None = None
    end: datetime | None = None


def take_in(house: House, person: str, evidence: Iterable[Evidence]) -> TakenIn:
    """Keep evidence and fold the days it can change, in one transaction; what is known already counts once."""
    with house.engine.begin() as conn:
        taken = take_in_within(conn, person, evidence)
    if taken.new:
        house.changed(person)
    return taken


def take_in_within(conn: Connection, person: str, evidence: Iterable[Evidence]) -> TakenIn:
    """Like ``take_in``, inside an open transaction."""
    fresh = kept.keep(conn, person, evidence)
    return _refold(conn, person, fresh)


def take_out_within(conn: Connection, person: str, lines: Iterable[str]) -> TakenIn:
    """Forget lines of evidence and fold the days they changed, inside an open transaction."""
    return _refold(conn, person, kept.take_out(conn, person, lines))


def refold_where_old(house: House, person: str) -> bool:
    """Work the sensed bouts out again where an earlier fold did; return whether it was so."""
    with house.engine.begin() as conn:
        # The first version did not write down that it was it.
        if preferences.read(conn, person, FOLDED_BY, 1) == FOLD_VERSION:
            return False
        refold_all_within(conn, person)
    return True


def refold_all_within(conn: Connection, person: str) -> None:
    """Work the sensed bouts out from all evidence, inside an open transaction."""
    preferences.write(conn, person, FOLDED_BY, FOLD_VERSION)
    sensed.clear(conn, person)
    days: set[datetime] = set()
    for group in kept.hours(conn, person):
        if window := touched(group):
            days.update(days_between(*window))
    fold_days(conn, person, days)


def days_between(start: datetime, end: datetime) -> list[datetime]:
    """Return the UTC days, by their beginnings, that touch ``start`` to ``end``."""
    day = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    while day <= end:
        found.append(day)
        day += DAY
    return found


def fold_days(conn: Connection, person: str, days: Iterable[datetime]) -> None:
    """Fold whole UTC days, those that follow each other together, a week at most at a time."""
    run: list[datetime] = []
    for day in sorted(days):
        if run and (day - run[-1] > DAY or len(run) >= MOST_DAYS):
            _fold_run(conn, person, run)
            run = []
        run.append(day)
    if run:
        _fold_run(conn, person, run)


def _fold_run(conn: Connection, person: str, days: list[datetime]) -> None:
    around = list(kept.between(conn, person, days[0] - REACH, days[-1] + DAY + REACH))
    for day in days:
        first, last = day - REACH, day + DAY + REACH
        # Always the same evidence for the same day, so that confidence and names come out the same too.
        within = [one for one in around if one.at < last and (one.until or one.at) >= first]
        sensed.replace(conn, person, day, day + DAY, fold(within, day, day + DAY))


def _refold(conn: Connection, person: str, changed: tuple[Evidence, ...]) -> TakenIn:
    if not changed:
        return TakenIn()
    days: set[datetime] = set()
    for _, group in groupby(sorted(changed, key=lambda one: one.at), key=lambda one: one.at.date()):
        # Day by day, for a handful of late pieces from far apart must not fold all that lies between.
        if window := touched(group):
            days.update(days_between(*window))
    fold_days(conn, person, days)
    return TakenIn(
        new=len(changed),
        start=min(one.at for one in changed),
        end=max(one.until or one.at for one in changed),
    )
