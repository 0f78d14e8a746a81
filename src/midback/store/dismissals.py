"""Questions the person waved away, by day: one dismissed is not asked again that day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select

from .rules import require_id
from .tables import dismissals


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """One question on one local day."""

    question: str
    day: date


def add(connection: Connection, person_id: str, question: str, day: date) -> None:
    """Keep that the question was dismissed; doing it twice is the same as once."""
    require_id("question", question, 80)
    if question not in on(connection, person_id, day):
        connection.execute(insert(dismissals).values(person_id=person_id, question=question, day=day))


def on(connection: Connection, person_id: str, day: date) -> frozenset[str]:
    """Return the questions dismissed on the day."""
    query = select(dismissals.c.question).where(dismissals.c.person_id == person_id, dismissals.c.day == day)
    return frozenset(connection.execute(query).scalars())


def history(connection: Connection, person_id: str) -> tuple[Dismissal, ...]:
    """Return all dismissals, oldest first."""
    query = select(dismissals.c.question, dismissals.c.day).where(dismissals.c.person_id == person_id)
    rows = connection.execute(query.order_by(dismissals.c.day, dismissals.c.question))
    return tuple(Dismissal(question=row.question, day=row.day) for row in rows)
