"""How long the person has been still, as of now. In: the last hours as shown. Out: StillNow. Next: today, events."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from midback.body.exposure import Activity
from midback.body.stillness import still
from midback.store.engine import reading

from .clock import local
from .exposures import exposure_in
from .house import House

# What was known this long ago says nothing of now.
STALE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class StillNow:
    """The present stretch without moving.

    since : when it began; ``here_since`` : the same without the drive before it
    still_s : seconds of it that are known; ``known_until`` : the newest that is known
    """

    activity: Activity
    since: datetime
    here_since: datetime
    still_s: float
    known_until: datetime


def still_now(house: House, person: str) -> StillNow | None:
    """Return the present stretch without moving, or None when the person moves or nothing is known of now."""
    with reading(house.engine).connect() as conn:
        return still_in(conn, house, person)


def still_in(conn: Connection, house: House, person: str) -> StillNow | None:
    """Like ``still_now``, inside an open transaction."""
    now = house.clock.now()
    today = local(house.clock, now).date()
    days = (today - timedelta(days=1), today)
    bouts = [b for day in days for b in exposure_in(conn, house, person, day, None).bouts]
    if not bouts or now - bouts[-1].end > STALE:
        return None
    known_until = bouts[-1].end
    found = still(bouts, known_until)
    if found.activity is None or found.since is None:
        return None
    return StillNow(
        activity=found.activity,
        since=found.since,
        here_since=found.here_since or found.since,
        still_s=found.still_s,
        known_until=known_until,
    )
