"""The intake as the person gave it, with its dates; the newest one counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from midback.plan.answers import Intake
from midback.plan.body_size import check_mass, check_stature

from .codec import dump, load
from .ids import new_id
from .order import next_seq
from .rules import require_amount, require_id, require_text
from .tables import intakes


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedIntake:
    """One intake and when it was given."""

    at: datetime
    intake: Intake
    id: str = ""


def save(connection: Connection, person_id: str, intake: Intake, at: datetime, intake_id: str = "") -> str:
    """Keep the intake as the newest; return its id."""
    require_id("id", intake_id or None)
    require_amount(sitting_h=intake.sitting_h, driving_h=intake.driving_h, standing_h=intake.standing_h)
    require_amount(monthly_budget=intake.massage.monthly_budget)
    check_mass(intake.mass_kg)
    check_stature(intake.stature_m)
    for name, texts in _texts(intake).items():
        for text in texts:
            require_text(**{name: text})
    key = intake_id or new_id()
    row = {"person_id": person_id, "id": key, "at": at, "intake": dump(intake)}
    row["seq"] = next_seq(connection, intakes, person_id)
    connection.execute(insert(intakes).values(row))
    return key


def _texts(intake: Intake) -> dict[str, Iterable[str]]:
    """Return every text of an intake that somebody may have typed, by the field that holds it."""
    return {
        "country": (intake.country,),
        "conditions": intake.conditions,
        "symptoms": intake.symptoms,
        "tried": intake.tried,
        "gear": intake.gear,
        "wanted": intake.wanted,
        "regions": intake.complaint_regions,
        "activities": intake.activities,
        "habits": [text for habit in intake.habits for text in (habit.id, habit.label)],
        "currency": (intake.massage.currency,),
    }


def latest(connection: Connection, person_id: str) -> Intake | None:
    """Return the newest intake, or None before the first."""
    found = history(connection, person_id, limit=1)
    return found[-1].intake if found else None


def history(connection: Connection, person_id: str, limit: int | None = None) -> tuple[DatedIntake, ...]:
    """Return the intakes, oldest first; ``limit`` keeps the newest so many."""
    query = (
        select(intakes.c.id, intakes.c.at, intakes.c.intake)
        .where(intakes.c.person_id == person_id)
        .order_by(intakes.c.seq.desc())
        .limit(limit)
    )
    return tuple(
        DatedIntake(id=row.id, at=row.at, intake=load(Intake, row.intake))
        for row in reversed(connection.execute(query).all())
    )
