"""What midback said on a day, what the person answered, and what held it back. Next: the day shows them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from midback.store import said as kept
from midback.store.engine import reading
from midback.store.said import KeptHold, KeptSaid

from .clock import today_of
from .exposures import day_bounds
from .house import House

__all__ = ["DaySaid", "KeptHold", "KeptSaid", "said_in", "show_said"]

ASKED = ("notice", "prompt")


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySaid:
    """One local day: ``prompts`` (notices among them), ``answers`` and ``held``, each in order of time."""

    day: date
    prompts: tuple[KeptSaid, ...] = ()
    answers: tuple[KeptSaid, ...] = ()
    held: tuple[KeptHold, ...] = ()


def show_said(house: House, person: str, day: date | None = None) -> DaySaid:
    """Return what was said, answered and held on a day (today when none is named)."""
    with reading(house.engine).connect() as conn:
        return said_in(conn, house, person, day or today_of(house.clock))


def said_in(conn: Connection, house: House, person: str, day: date) -> DaySaid:
    """Like ``show_said``, inside an open transaction."""
    start, end = day_bounds(house, day)
    rows = kept.said_between(conn, person, start, end)
    return DaySaid(
        day=day,
        prompts=tuple(row for row in rows if row.kind in ASKED),
        answers=tuple(row for row in rows if row.kind not in ASKED),
        held=kept.held_between(conn, person, start, end),
    )
