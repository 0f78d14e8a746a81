"""Plans as made, each with why and the decisions it rests on. Never changed: a new plan is a new row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from midback.errors import InputError
from midback.plan.prescription import Plan
from midback.reasons import Reason

from .codec import dump, load
from .ids import new_id
from .rules import require_id
from .tables import plans


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePlan:
    """One plan, when and why it was made.

    decisions : exercise id -> the progression's decision, as JSON (``codec.load`` gives it its type back)
    """

    at: datetime
    plan: Plan
    why: tuple[Reason, ...] = ()
    decisions: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    id: str = ""


def save(
    connection: Connection,
    person_id: str,
    plan: Plan,
    at: datetime,
    why: Iterable[Reason] = (),
    decisions: Mapping[str, object] | None = None,
    plan_id: str = "",
) -> str:
    """Keep a plan as the newest for its days; return its id."""
    require_id("id", plan_id or None)
    if plan.days < 1:
        raise InputError(f"The plan has {plan.days} days.", "A plan has at least one.")
    key = plan_id or new_id()
    connection.execute(
        insert(plans).values(
            person_id=person_id,
            id=key,
            made_at=at,
            first_day=plan.start,
            last_day=_last_day(plan),
            plan=dump(plan),
            why=dump(tuple(why)),
            decisions=dump(decisions or {}),
        )
    )
    return key


def latest(connection: Connection, person_id: str, day: date) -> MadePlan | None:
    """Return the newest plan that covers the day, or None."""
    query = (
        select(plans)
        .where(plans.c.person_id == person_id, plans.c.last_day >= day, plans.c.first_day <= day)
        .order_by(plans.c.made_at.desc(), plans.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else _made(row)


def history(connection: Connection, person_id: str, since: date | None = None) -> tuple[MadePlan, ...]:
    """Return the plans whose days reach ``since``, oldest first."""
    query = select(plans).where(plans.c.person_id == person_id)
    if since is not None:
        query = query.where(plans.c.last_day >= since)
    return tuple(_made(row) for row in connection.execute(query.order_by(plans.c.made_at, plans.c.id)))


def _last_day(plan: Plan) -> date:
    try:
        return plan.start + timedelta(days=plan.days - 1)
    except OverflowError as exc:
        raise InputError(f"The plan's {plan.days} days reach outside the calendar.") from exc


def _made(row: Row[Any]) -> MadePlan:
    return MadePlan(
        id=row.id,
        at=row.made_at,
        plan=load(Plan, row.plan),
        why=load(tuple[Reason, ...], row.why),
        decisions=row.decisions,
    )
