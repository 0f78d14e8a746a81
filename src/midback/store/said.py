"""What was said to the person, what they answered, and what kept midback from speaking.

In: lines of the background process, answers of a page. Out: rows in order of time. Next: the day shows them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, delete, insert, select, update

from midback.errors import InputError
from midback.plan.interruptions import Answer, Hold
from midback.reasons import Reason

from .codec import dump, load
from .rules import require_id, require_order
from .tables import said as table

SaidKind = Literal["notice", "prompt"] | Answer
KINDS: Final[tuple[str, ...]] = ("notice", "prompt", *get_args(Answer))
HELD: Final = "held"
LONGEST_HOLD = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSaid:
    """One notice, prompt or answer; ``movement`` is an exercise id, "" for none."""

    at: datetime
    kind: SaidKind
    movement: str = ""
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHold:
    """A stretch in which a prompt was owed and held back, and what held it."""

    start: datetime
    end: datetime
    held: tuple[Hold, ...]


def keep(connection: Connection, person_id: str, given: Iterable[KeptSaid | KeptHold]) -> int:
    """Keep rows, each once; return how many were not there. A hold told again with a later end grows."""
    fresh = 0
    for one in given:
        row = _row(person_id, one)
        mine = _key(person_id, row["at"], row["kind"])
        known = connection.execute(select(table.c.until).where(mine)).first()
        if known is None:
            connection.execute(insert(table).values(row))
            fresh += 1
        elif row["until"] is not None and (known.until is None or row["until"] > known.until):
            connection.execute(update(table).where(mine).values(until=row["until"], held=row["held"]))
    return fresh


def said_between(
    connection: Connection, person_id: str, start: datetime, end: datetime
) -> tuple[KeptSaid, ...]:
    """Return what was said and answered from ``start`` on and before ``end``."""
    mine = (table.c.person_id == person_id) & (table.c.kind != HELD)
    query = select(table).where(mine & (table.c.at >= start) & (table.c.at < end))
    return tuple(_said(row) for row in connection.execute(query.order_by(table.c.at, table.c.kind)))


def held_between(
    connection: Connection, person_id: str, start: datetime, end: datetime
) -> tuple[KeptHold, ...]:
    """Return the holds that touch ``start`` to ``end``, whole."""
    mine = (table.c.person_id == person_id) & (table.c.kind == HELD)
    query = select(table).where(mine & (table.c.until > start) & (table.c.at < end))
    return tuple(_hold(row) for row in connection.execute(query.order_by(table.c.at)))


def listed(connection: Connection, person_id: str) -> tuple[KeptSaid, ...]:
    """Return everything said and answered, oldest first."""
    query = select(table).where((table.c.person_id == person_id) & (table.c.kind != HELD))
    return tuple(_said(row) for row in connection.execute(query.order_by(table.c.at, table.c.kind)))


def holds(connection: Connection, person_id: str) -> tuple[KeptHold, ...]:
    """Return every hold, oldest first."""
    query = select(table).where((table.c.person_id == person_id) & (table.c.kind == HELD))
    return tuple(_hold(row) for row in connection.execute(query.order_by(table.c.at)))


def remove(connection: Connection, person_id: str, at: datetime, kind: str) -> bool:
    """Remove a row; return whether it was there."""
    return connection.execute(delete(table).where(_key(person_id, at, kind))).rowcount > 0


def _key(person_id: str, at: datetime, kind: str) -> Any:
    return (table.c.person_id == person_id) & (table.c.at == at) & (table.c.kind == kind)


def _row(person_id: str, one: KeptSaid | KeptHold) -> dict[str, Any]:
    if isinstance(one, KeptHold):
        require_order(one.start, one.end, "The stretch")
        if not one.held or one.end - one.start > LONGEST_HOLD:
            raise InputError(
                "A stretch held nothing, or longer than a week.", "It says what held, for at most a week."
            )
    elif one.movement:
        require_id("movement", one.movement)
    row: dict[str, Any] = {"person_id": person_id, "until": None, "movement": "", "because": [], "held": []}
    if isinstance(one, KeptHold):
        return row | {"at": one.start, "kind": HELD, "until": one.end, "held": dump(one.held)}
    return row | {"at": one.at, "kind": one.kind, "movement": one.movement, "because": dump(one.because)}


def _said(row: Any) -> KeptSaid:
    because = load(tuple[Reason, ...], row.because)
    return KeptSaid(at=row.at, kind=row.kind, movement=row.movement, because=because)


def _hold(row: Any) -> KeptHold:
    return KeptHold(start=row.at, end=row.until, held=load(tuple[Hold, ...], row.held))
