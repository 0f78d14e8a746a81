"""What a day of somebody is worked out from. In: house, person, day. Out: Basis. Next: why_day; a page keeps one.

Reading takes the time, working out does not: a door that moves sliders reads once and asks ``why_effect`` often.
The state at midnight comes from the two days before. Two are enough: the slowest part of the state comes back with a
time of about three hours, so that of what was there two nights ago less than a hundredth is left.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import Connection

from midback.body.exposure import Bout, usual_bouts
from midback.body.subject import Subject
from midback.body.tissue import TissueState, rested
from midback.catalogue.constants import load_constants
from midback.errors import Infeasible, SafetyStop
from midback.plan.answers import Intake
from midback.plan.break_rule import BreakRule
from midback.store import intakes, pauses, plans, setup_looks
from midback.store.engine import reading

from .break_times import break_rule_in, pause_of
from .clearance import clearance_in, due_in
from .clock import FIRST_YEAR, check_day, today_of
from .drift import DayDrift, drift_in
from .exposures import DayExposure, day_in
from .house import House
from .planning import PlanView
from .spool import catch_up
from .why_hours import Piece, pieces_of, usual_hours
from .why_lived import Lived, finely, live
from .why_postures import Setup, setup_of, subject_of
from .why_told import Person

DAYS_BEFORE = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Basis:
    """One day, ready to be worked out. pieces : until now, or all of a usual day

    before : the state at midnight ; stands_in : why a usual day stands in, a message id, or ""
    """

    day: date
    start: datetime
    end: datetime
    so_far: bool
    stands_in: str
    person: Person
    subject: Subject
    setup: Setup
    seen: bool
    pieces: tuple[Piece, ...]
    before: TissueState
    night_s: float
    rule: BreakRule | None

    @cached_property
    def lived(self) -> Lived:
        """Return the day as it was, worked out once."""
        return live(self.subject, self.pieces, self.before)

    @cached_property
    def followed(self) -> Lived:
        """Return the day as it was, looked at as often as a slider's effect is, to be told beside it."""
        return live(self.subject, finely(self.pieces), self.before)


def basis_of(house: House, person: str, day: date | None = None, who: Person | None = None) -> Basis:
    """Return what a day (today when none is named) is worked out from; ``who`` in the place of what was told.

    Raises InputError for a day outside all reason, or a person that cannot be.
    """
    catch_up(house, person)
    today = today_of(house.clock)
    day = day or today
    check_day(day)
    with reading(house.engine).connect() as conn:
        told = intakes.latest(conn, person)
        intake = told or Intake()
        who = who or person_of(told)
        subject = subject_of(who)
        setup = setup_of(setup_looks.listed(conn, person))
        state = rested()
        night: tuple[Piece, ...] = ()
        for number in range(DAYS_BEFORE, 0, -1):
            earlier = day - timedelta(days=number)
            if earlier.year < FIRST_YEAR:
                continue
            laid = _laid(conn, house, person, earlier, told, intake, setup)
            if laid.pieces:
                state = live(subject, laid.pieces, state).last
                night = laid.pieces
        laid = _laid(conn, house, person, day, told, intake, setup)
        rule = _rule_in(conn, house, person, told, today) if day == today else None
    return Basis(
        day=day,
        start=laid.exposure.start,
        end=laid.exposure.end,
        so_far=day == today and not laid.stands_in,
        stands_in=laid.stands_in,
        person=who,
        subject=subject,
        setup=setup,
        seen=any(piece.looks for piece in laid.pieces),
        pieces=laid.pieces,
        before=state,
        night_s=_night(night, laid.pieces),
        rule=rule,
    )


def person_of(intake: Intake | None) -> Person:
    """Return what an intake tells of the body; nothing told is adults in general."""
    if intake is None:
        return Person()
    return Person(
        mass_kg=intake.mass_kg, stature_m=intake.stature_m, sex=intake.sex, strength=intake.strength
    )


@dataclass(frozen=True, slots=True)
class _Laid:
    """A day and its pieces."""

    exposure: DayExposure
    pieces: tuple[Piece, ...]
    stands_in: str


def _laid(
    conn: Connection, house: House, person: str, day: date, told: Intake | None, intake: Intake, setup: Setup
) -> _Laid:
    shown = day_in(conn, house, person, day, told)
    bouts, stands_in = _bouts(house, shown, told, intake)
    now = house.clock.now()
    until = shown.end if stands_in else min(shown.end, max(shown.start, now))
    seen = drift_in(conn, person, shown) if not stands_in else DayDrift(day=day)
    constants = load_constants()
    pieces = pieces_of(bouts, shown.start, until, intake, house.clock.zone, constants, seen.readings, setup)
    return _Laid(shown, pieces, stands_in)


def _bouts(
    house: House, shown: DayExposure, told: Intake | None, intake: Intake
) -> tuple[tuple[Bout, ...], str]:
    """Return the bouts of a day, and why others stand in for them."""
    if shown.bouts and not shown.usual:
        return shown.bouts, ""
    if told is not None and not shown.usual:
        return (), ""  # something was told of the day, but no activity: nothing stands in
    zone = house.clock.zone
    lines = usual_bouts(intake, shown.day, zone)
    if lines:
        return lines, "why.day-usual"
    if intake.work and shown.day.weekday() not in intake.work:
        return (), "why.day-free"
    return usual_hours(intake, shown.day, zone), "why.day-nobody" if told is None else "why.day-hours"


def _night(before: tuple[Piece, ...], pieces: tuple[Piece, ...]) -> float:
    """Return how long the night before the day was, s: the last of the day before and the first of this one."""
    length = 0.0
    for piece in reversed(before):
        if piece.doing != "night":
            break
        length += piece.seconds
    for piece in pieces:
        if piece.doing != "night":
            break
        length += piece.seconds
    return length


def _rule_in(
    conn: Connection, house: House, person: str, intake: Intake | None, today: date
) -> BreakRule | None:
    """Return the break rule of today's plan; none is made for it where there is no plan yet.

    None too where nothing is open: after a stop, while the warning-sign questions wait, or where no movement fits.
    """
    kept, clearance = plans.latest(conn, person), clearance_in(conn, person)
    if kept is None or kept.plan.start != today or clearance is None or clearance.closed:
        return None
    if due_in(conn, house, person).due:
        return None
    view = PlanView(plan=kept.plan, decisions=kept.decisions, made_at=kept.at, changes=kept.changes)
    pause = pause_of(tuple(pauses.listed(conn, person)), today)
    try:
        rule = break_rule_in(conn, house, person, intake, clearance, view, pause, today)
    except (SafetyStop, Infeasible):
        return None
    return rule if rule is not None and rule.movements else None
