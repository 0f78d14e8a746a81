"""When to move in between, today. In: intake, clearance, the days' hours. Out: BreakRule. Next: today, orders."""

from datetime import date, timedelta

from sqlalchemy import Connection

from midback.body.exposure import Exposure
from midback.catalogue.exercise import Place
from midback.plan.answers import Intake, Pause
from midback.plan.break_rule import BreakRule
from midback.plan.breaks import default_rule
from midback.plan.clearance import Clearance

from .exposures import exposure_in
from .house import House
from .planning import PlanView
from .state_times import state_rule_in


def break_rule_in(
    conn: Connection,
    house: House,
    person: str,
    intake: Intake | None,
    clearance: Clearance | None,
    view: PlanView | None,
    pause: Pause | None,
    day: date,
    today: Exposure | None = None,
) -> BreakRule | None:
    """Say when to move in between; nothing where nothing is planned, nor while ill or in a flare.

    today : what is known of the day so far, where it was read already
    """
    if intake is None or clearance is None or view is None:
        return None
    if pause is not None and pause.why != "travel":
        return None
    yesterday = exposure_in(conn, house, person, day - timedelta(days=1), intake)
    base = default_rule(
        intake, house.catalogue.exercises, clearance, yesterday, place_of(intake), view.decisions
    )
    so_far = today or exposure_in(conn, house, person, day, intake)
    return state_rule_in(conn, house, person, intake, clearance, base, yesterday, so_far, day)


def place_of(intake: Intake) -> Place:
    """Return where the person is between work, as far as they said: at a desk when they have one."""
    return "desk" if "desk" in intake.places else next(iter(sorted(intake.places)), "desk")


def pause_of(pauses: tuple[Pause, ...], day: date) -> Pause | None:
    """Return the pause that holds on a day, or None."""
    return next((p for p in pauses if p.start <= day and (p.end is None or day <= p.end)), None)
