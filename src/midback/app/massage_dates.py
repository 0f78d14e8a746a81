"""How often a massage is wanted, what else it is compared with, and the days it is due.

In: the person's wishes, visits done and booked. Out: days. Next: planning puts them in, ``care`` proposes the next.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from midback.errors import InputError
from midback.plan.massage import every_weeks_dates
from midback.store import care, preferences
from midback.store.codec import dump, load

KEY = "care"
MOST_WEEKS, MOST_ALTERNATIVES = 26, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Something else the money could go to, and what it costs a month, as the person says."""

    name: str
    monthly: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CareWishes:
    """Every how many weeks a massage is wanted (None: as often as the budget says), and the alternatives."""

    every_weeks: int | None = None
    alternatives: tuple[Alternative, ...] = ()


def wishes_in(conn: Connection, person: str) -> CareWishes:
    """Return the wishes inside an open transaction; what cannot be read is as it was at first."""
    kept = preferences.read(conn, person, KEY)
    try:
        return load(CareWishes, kept) if kept is not None else CareWishes()
    except InputError:
        return CareWishes()


def keep_wishes_in(conn: Connection, person: str, wishes: CareWishes) -> None:
    """Keep wishes inside an open transaction."""
    preferences.write(conn, person, KEY, dump(wishes))


def due_in(conn: Connection, person: str, start: date, end: date) -> tuple[tuple[date, ...], int | None]:
    """Return the days of massage from ``start`` up to ``end``, and the cadence; no days of ours without one.

    Booked days count, and those after the last one done or booked at the person's cadence.
    """
    weeks = wishes_in(conn, person).every_weeks
    if weeks is None:
        return (), None
    visits = [v for v in care.listed(conn, person) if v.kind == "massage" and (v.done or v.day >= start)]
    last = max((v.day for v in visits), default=None)
    booked = tuple(v.day for v in visits if not v.done and start <= v.day < end)
    return (*booked, *every_weeks_dates(last, weeks, start, end)), weeks
