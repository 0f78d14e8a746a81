"""Everything the Today page, command and API show, gathered in one transaction. Next: doors."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from midback.errors import Infeasible, SafetyStop
from midback.plan.answers import Intake, Pause
from midback.plan.break_rule import BreakRule
from midback.plan.changes import Change
from midback.plan.clearance import Clearance
from midback.plan.escalation import escalate
from midback.plan.habits import streak, strength
from midback.plan.prescription import Prescription
from midback.reasons import Reason
from midback.store import care, checkins, intakes, pauses, performances, screenings, sessions

from .break_times import break_rule_in, pause_of
from .checkins import QuestionDue, questions_in
from .clearance import clearance_in, due_in
from .clock import at_minute, local, minute_of, today_of
from .driving import Driving, driving_in
from .exposures import DayExposure, day_in
from .house import House
from .items import TodayItem, days_of, match, minutes_done
from .later import Later, later_in
from .planning import PlanView, current_in
from .session import finish_left_behind
from .spool import catch_up
from .still_now import StillNow, still_in
from .watching import WatchState, watch_state
from .wear import Wear, worn_in

Step = Literal["screen", "intake", "ready", "easy", "stopped", "infeasible"]
HABIT_WINDOW = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The day as the person sees it.

    step : what comes first: the screen, the intake, or the day itself; ``easy`` when only easy movement is
        open; ``stopped`` after a warning sign; ``infeasible`` when no plan fits (``reasons`` say why)
    watch : how the background process is doing, None when it never ran; ``driving`` : a drive that goes on
    still : the present stretch without moving, as far as evidence reaches; None where nothing is known of now
    """

    now: datetime
    day: date
    step: Step
    clearance: Clearance | None
    intake: Intake
    items: tuple[TodayItem, ...] = ()
    next_item: Prescription | None = None
    minutes_done: float = 0.0
    minutes_target: int = 20
    exposure: DayExposure
    break_rule: BreakRule | None = None
    questions: tuple[QuestionDue, ...] = ()
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()
    constraints: tuple[str, ...] = ()
    escalation: tuple[Reason, ...] = ()
    pause: Pause | None = None
    later: Later = field(default_factory=Later)
    wear: Wear | None = None
    watch: WatchState | None = None
    driving: Driving | None = None
    still: StillNow | None = None
    open_session_id: str | None = None
    streak: int = 0
    strength: float = 0.0


def show_today(house: House, person: str) -> Today:
    """Gather the day: what comes next and why, what was done, how the body spent its hours."""
    now, day = local(house.clock), today_of(house.clock)
    finish_left_behind(house, person)
    catch_up(house, person)
    state = watch_state(house, person)
    with house.engine.begin() as conn:
        intake = intakes.latest(conn, person)
        clearance = clearance_in(conn, person)
        screen = due_in(conn, house, person)
        shown = day_in(conn, house, person, day, intake)
        step, view, reasons, constraints = _plan(conn, house, person, clearance, screen.due, intake)
        performed = performances.performances(conn, person, at_minute(house.clock, day, 0))
        later = later_in(conn, house, person)
        items = match(view.plan.on(day), performed, minute_of(now), later.passed) if view else ()
        all_pauses = pauses.listed(conn, person)
        done_days = days_of(house, performances.done(conn, person, house.clock.now() - HABIT_WINDOW))
        pause = pause_of(tuple(all_pauses), day)
        visits_min = sum(v.minutes for v in care.on(conn, person, day) if v.done)
        return Today(
            now=now,
            day=day,
            step=step,
            clearance=clearance,
            intake=intake or Intake(),
            items=items,
            next_item=next((i.item for i in items if i.status == "now"), None),
            minutes_done=minutes_done(house, performed) + visits_min,
            minutes_target=(intake or Intake()).daily_minutes,
            exposure=shown,
            break_rule=break_rule_in(
                conn, house, person, intake, clearance, view, pause, day, shown.exposure
            ),
            questions=questions_in(conn, house, person) if step in ("ready", "easy") else (),
            reasons=screen.reasons if step == "screen" else reasons,
            changes=view.changes if view else (),
            constraints=constraints,
            escalation=_escalation(conn, house, person, view),
            pause=pause,
            later=later,
            wear=worn_in(conn, person),
            watch=state,
            driving=driving_in(conn, house, person),
            still=still_in(conn, house, person),
            open_session_id=sessions.open_session(conn, person),
            streak=streak(done_days, all_pauses, day),
            strength=strength(done_days, all_pauses, day),
        )


def _plan(
    conn: Connection, house: House, person: str, clearance: Clearance | None, due: bool, intake: Intake | None
) -> tuple[Step, PlanView | None, tuple[Reason, ...], tuple[str, ...]]:
    if clearance is None or due:
        return "screen", None, (), ()
    if clearance.level == "stop":
        return "stopped", None, clearance.reasons, ()
    if intake is None:
        return "intake", None, (), ()
    try:
        view = current_in(conn, house, person)
    except SafetyStop:
        return "stopped", None, clearance.reasons, ()
    except Infeasible as exc:
        return "infeasible", None, (), exc.constraints
    return ("easy" if clearance.level == "ask-first" else "ready"), view, view.plan.reasons, ()


def _escalation(conn: Connection, house: House, person: str, view: PlanView | None) -> tuple[Reason, ...]:
    """Say why it is time to be seen: worse for a week, or no change four weeks after the first screen."""
    began = screenings.first_at(conn, person)
    since = house.clock.now() - HABIT_WINDOW
    return escalate(
        checkins.since(conn, person, since),
        today_of(house.clock),
        local(house.clock, began).date() if began else None,
        view.decisions if view else None,
        house.clock.zone,
    )
