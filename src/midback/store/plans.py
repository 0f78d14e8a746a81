"""Plans as made, with the decisions they rest on. A new plan is a new row, and takes over the days it covers.

Of a plan that was taken over only the days remain on which it held: a week made anew each day would
otherwise keep every day seven times.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from midback.errors import InputError
from midback.plan.changes import Change
from midback.plan.prescription import Plan
from midback.plan.progression import Decision

from .codec import dump, load
from .ids import new_id
from .order import next_seq
from .rules import require_id
from .tables import plans


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePlan:
    """One plan and when it was made.

    decisions : exercise id -> what the progression decided
    changes : what it does otherwise than the plan before, and why
    """

    at: datetime
    plan: Plan
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    id: str = ""


def save(
    connection: Connection,
    person_id: str,
    plan: Plan,
    decisions: Mapping[str, Decision],
    changes: Iterable[Change],
    at: datetime,
    plan_id: str = "",
) -> str:
    """Keep a plan as the newest, which takes over from the one before; return its id."""
    before = latest(connection, person_id)
    if before is not None:
        _take_over(connection, person_id, before, plan.start)
    return keep(connection, person_id, plan, decisions, changes, at, plan_id)


def keep(
    connection: Connection,
    person_id: str,
    plan: Plan,
    decisions: Mapping[str, Decision],
    changes: Iterable[Change],
    at: datetime,
    plan_id: str = "",
) -> str:
    """Keep a plan as it is and leave the others alone; return its id."""
    require_id("id", plan_id or None)
    if plan.days < 1:
        raise InputError("The plan has {n} days.", "A plan has at least one.", values={"n": plan.days})
    key = plan_id or new_id()
    connection.execute(
        insert(plans).values(
            person_id=person_id,
            id=key,
            seq=next_seq(connection, plans, person_id),
            made_at=at,
            first_day=plan.start,
            last_day=_last_day(plan),
            plan=dump(plan),
            decisions=dump(decisions),
            changes=dump(tuple(changes)),
        )
    )
    return key


def withdraw(connection: Connection, person_id: str, day: date) -> None:
    """Take out the plans made for a day, when what they rested on is gone and no other plan fits."""
    connection.execute(delete(plans).where(plans.c.person_id == person_id, plans.c.first_day == day))


def latest(connection: Connection, person_id: str, day: date | None = None) -> MadePlan | None:
    """Return the newest plan (that covers the day), or None."""
    query = select(plans).where(plans.c.person_id == person_id)
    if day is not None:
        query = query.where(plans.c.last_day >= day, plans.c.first_day <= day)
    row = connection.execute(query.order_by(plans.c.seq.desc()).limit(1)).first()
    return None if row is None else _made(row)


def history(connection: Connection, person_id: str) -> Iterable[MadePlan]:
    """Yield the plans, oldest first."""
    query = select(plans).where(plans.c.person_id == person_id)
    for row in connection.execute(query.order_by(plans.c.seq)):
        yield _made(row)


def _take_over(connection: Connection, person_id: str, before: MadePlan, first_day: date) -> None:
    """Take out of a plan the days from ``first_day`` on; the day it was made for stays in any case."""
    held = max(1, (first_day - before.plan.start).days)
    if held >= before.plan.days:
        return
    end = before.plan.start + timedelta(days=held)
    items = tuple(item for item in before.plan.items if item.day < end)
    shorter = replace(before.plan, days=held, items=items)
    mine = (plans.c.person_id == person_id) & (plans.c.id == before.id)
    changed = {"plan": dump(shorter), "last_day": _last_day(shorter)}
    connection.execute(update(plans).where(mine).values(changed))


def _last_day(plan: Plan) -> date:
    try:
        return plan.start + timedelta(days=plan.days - 1)
    except OverflowError as exc:
        raise InputError("The plan's {n} days reach outside the calendar.", values={"n": plan.days}) from exc


def _made(row: Row[Any]) -> MadePlan:
    return MadePlan(
        id=row.id,
        at=row.made_at,
        plan=load(Plan, row.plan),
        decisions=load(dict[str, Decision], row.decisions),
        changes=load(tuple[Change, ...], row.changes),
    )
