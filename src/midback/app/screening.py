"""The warning-sign screen as use cases. In: answers from a door. Out: Clearance. Next: planning, session.

Answers are kept with their dates and with what followed from them; the newest clearance holds. When the
intake changes, the last answers are looked at again in its light, without moving the day the screen is due.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from midback.catalogue.triage import TriageQuestion
from midback.errors import InputError, SafetyStop
from midback.plan.answers import Intake, ScreenAnswers
from midback.plan.clearance import Clearance
from midback.plan.triage import EXPLAIN_WITHIN, explanation_needed, screen
from midback.plan.triage import screen_due as reasons_due
from midback.reasons import Reason
from midback.store import checkins, intakes, performances, screenings

from .house import House

LOOK_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ScreenDue:
    """Whether the screen has to be answered now, and why."""

    due: bool
    reasons: tuple[Reason, ...] = ()


def questions(house: House) -> tuple[TriageQuestion, ...]:
    """Return the warning-sign questions in the order to ask them."""
    return house.catalogue.triage


def clearance_in(conn: Connection, person: str) -> Clearance | None:
    """Return what holds now, inside an open transaction."""
    last = screenings.latest(conn, person)
    return last.clearance if last else None


def current_clearance(house: House, person: str) -> Clearance | None:
    """Return what the last screen allows, or None before the first."""
    with house.engine.connect() as conn:
        return clearance_in(conn, person)


def due_in(conn: Connection, house: House, person: str) -> ScreenDue:
    """Say inside an open transaction whether the screen is due."""
    clearance, now = clearance_in(conn, person), house.clock.now()
    since = clearance.at if clearance else now
    moved = performances.done(conn, person, now - LOOK_BACK)
    reasons = reasons_due(
        clearance, now, checkins.since(conn, person, since), moved[-1].at if moved else None
    )
    return ScreenDue(bool(reasons), reasons)


def screen_due(house: House, person: str) -> ScreenDue:
    """Say whether the warning-sign screen has to be answered now, and why."""
    with house.engine.connect() as conn:
        return due_in(conn, house, person)


def needs_explanation(house: House, person: str, yes: frozenset[str]) -> bool:
    """Say whether these answers take back a warning sign reported within the last day."""
    with house.engine.connect() as conn:
        return _takes_back(conn, house, person, ScreenAnswers(at=house.clock.now(), yes=yes))


def answer_screen(
    house: House,
    person: str,
    yes: frozenset[str],
    *,
    seen_by: str | None = None,
    seen_on: date | None = None,
    may_exercise: bool = False,
    changed_because: str | None = None,
) -> Clearance:
    """Keep the answers with their date and return what they allow.

    Raises
    ------
    InputError : an unknown question; a warning sign taken back within a day without saying why;
        a date of being seen that lies in the future
    """
    known = {question.id for question in house.catalogue.triage}
    if unknown := sorted(yes - known):
        raise InputError(
            "There is no warning-sign question called {unknown!r}.",
            "Known ones: {known}.",
            "Load the questions again.",
            values={"unknown": unknown[0][:60], "known": ", ".join(sorted(known))},
        )
    now = house.clock.now()
    if seen_on and seen_on > now.astimezone(house.clock.zone).date():
        raise InputError(
            "{day} is in the future.",
            "This asks when you were seen.",
            "Give a past day.",
            values={"day": seen_on.isoformat()},
        )
    answers = ScreenAnswers(
        at=now,
        yes=yes,
        seen_by=(seen_by or "").strip()[:200] or None,
        seen_on=seen_on,
        may_exercise=may_exercise,
        changed_because=(changed_because or "").strip()[:1000] or None,
    )
    with house.engine.begin() as conn:
        if not answers.changed_because and _takes_back(conn, house, person, answers):
            raise InputError(
                "Less than a day ago you reported a warning sign that these answers take back.",
                "Both answers are kept, so it has to be clear which one holds.",
                "Say in a few words why the answer changed.",
            )
        clearance = _screen(conn, house, person, answers)
        screenings.add(conn, person, answers, clearance)
    return clearance


def look_again_in(conn: Connection, house: House, person: str) -> None:
    """Look at the last answers again after the intake changed, inside an open transaction."""
    last = screenings.latest(conn, person)
    if last is None:
        return
    answers = ScreenAnswers(at=house.clock.now(), yes=last.answers.yes)
    clearance = replace(_screen(conn, house, person, answers), due_at=last.clearance.due_at)
    was = last.clearance
    if (clearance.level, clearance.gates, clearance.reasons, clearance.advice) != (
        was.level,
        was.gates,
        was.reasons,
        was.advice,
    ):
        screenings.add(conn, person, answers, clearance)


def require_clearance(house: House, person: str) -> Clearance:
    """Return the clearance, or refuse when nothing was screened, the screen is due, or it closed everything.

    ``ask-first`` is returned where easy movement stays open: the caller offers only that then.
    """
    with house.engine.connect() as conn:
        return require_clearance_in(conn, house, person)


def require_clearance_in(conn: Connection, house: House, person: str) -> Clearance:
    """Like ``require_clearance``, inside an open transaction."""
    clearance = clearance_in(conn, person)
    if clearance is None or due_in(conn, house, person).due:
        raise SafetyStop(
            "The warning-sign questions have not been answered for now.",
            "They come before any exercise and again every week.",
            "Answer them first: it takes a minute.",
        )
    if clearance.closed:
        raise SafetyStop(
            "Your last answers include a warning sign.",
            "No exercise until somebody qualified has seen you.",
            "See the screening page for whom to call and for the way back.",
        )
    return clearance


def _takes_back(conn: Connection, house: House, person: str, answers: ScreenAnswers) -> bool:
    last = screenings.latest(conn, person)
    if last is None:
        return False
    if explanation_needed(house.catalogue.triage, last.answers, answers):
        return True
    # A sign that still holds may stem from the intake: taking it back there is explained here.
    known = {question.id for question in house.catalogue.triage}
    held_since = last.clearance.since or last.clearance.at
    held = (last.clearance.holding & known) - answers.yes
    return bool(held) and answers.at - held_since < EXPLAIN_WITHIN


def _screen(conn: Connection, house: House, person: str, answers: ScreenAnswers) -> Clearance:
    intake = intakes.latest(conn, person) or Intake()
    previous = clearance_in(conn, person)
    # Today's local date decides ages and "seen on"; the rules read it from the instant they are given.
    now = answers.at.astimezone(house.clock.zone)
    return screen(house.catalogue.triage, answers, intake, house.catalogue.exercises, now, previous)
