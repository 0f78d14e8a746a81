"""Warning-sign screens as answered, with what followed. Never changed: a new answer is a new row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from midback.plan.answers import ScreenAnswers
from midback.plan.clearance import Clearance

from .codec import dump, load
from .ids import new_id
from .order import next_seq
from .rules import require_id, require_text
from .tables import screenings


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """One screen: what was answered and what it came to."""

    answers: ScreenAnswers
    clearance: Clearance
    id: str = ""


def add(
    connection: Connection,
    person_id: str,
    answers: ScreenAnswers,
    clearance: Clearance,
    screening_id: str = "",
) -> str:
    """Keep a screen; return its id."""
    require_id("id", screening_id or None)
    require_text(seen_by=answers.seen_by, changed_because=answers.changed_because)
    row: dict[str, Any] = {
        "person_id": person_id,
        "id": screening_id or new_id(),
        "seq": next_seq(connection, screenings, person_id),
        "at": answers.at,
        "level": clearance.level,
        "answers": dump(answers),
        "clearance": dump(clearance),
    }
    connection.execute(insert(screenings).values(row))
    return str(row["id"])


def latest(connection: Connection, person_id: str) -> Screening | None:
    """Return the newest screen, or None before the first."""
    found = history(connection, person_id, limit=1)
    return found[0] if found else None


def history(connection: Connection, person_id: str, limit: int | None = None) -> tuple[Screening, ...]:
    """Return the screens, newest first; ``limit`` keeps the newest so many."""
    query = (
        select(screenings.c.id, screenings.c.answers, screenings.c.clearance)
        .where(screenings.c.person_id == person_id)
        .order_by(screenings.c.seq.desc())
        .limit(limit)
    )
    return tuple(_screening(row) for row in connection.execute(query))


def first_at(connection: Connection, person_id: str) -> datetime | None:
    """Return when the person was first screened."""
    query = (
        select(screenings.c.at).where(screenings.c.person_id == person_id).order_by(screenings.c.at).limit(1)
    )
    return connection.execute(query).scalar()


def _screening(row: Any) -> Screening:
    return Screening(
        id=row.id, answers=load(ScreenAnswers, row.answers), clearance=load(Clearance, row.clearance)
    )
