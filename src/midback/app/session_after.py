"""What a session leads to. In: one that is over. Out: what progression says, what is next. Next: doors."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from midback.catalogue.exercise import Exercise
from midback.coach.done import performances
from midback.errors import Infeasible, SafetyStop
from midback.plan.prescription import Prescription
from midback.reasons import Reason
from midback.store import sessions

from .clock import at_minute, local, minute_of, today_of
from .house import House
from .items import match
from .planning import current_in, decisions_in
from .session import SessionView


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What comes next: for each exercise done, why its next time is as it is; and the next planned item."""

    next_steps: tuple[tuple[Exercise, tuple[Reason, ...]], ...] = ()
    next_item: Prescription | None = None


def outcome(house: House, person: str, view: SessionView) -> Outcome:
    """Return what comes after a session that is over."""
    if view.finished_at is None:
        return Outcome()
    with house.engine.begin() as conn:
        decisions = decisions_in(conn, house, person)
        ids = dict.fromkeys(done.exercise_id for done in performances(view.script, view.state))
        steps = tuple(
            (house.catalogue.exercise(exercise_id), decisions[exercise_id].reasons)
            for exercise_id in ids
            if exercise_id in decisions
        )
        return Outcome(next_steps=steps, next_item=_next_item(conn, house, person))


def _next_item(conn: Connection, house: House, person: str) -> Prescription | None:
    """The next planned item: today's open one, else tomorrow's first."""
    today = today_of(house.clock)
    try:
        plan = current_in(conn, house, person).plan
    except (SafetyStop, Infeasible):
        return None
    done = sessions.performances(conn, person, at_minute(house.clock, today, 0))
    shown = match(plan.on(today), done, minute_of(local(house.clock)))
    now = [entry.item for entry in shown if entry.status == "now"]
    return next(iter((*now, *plan.on(today + timedelta(days=1)))), None)
