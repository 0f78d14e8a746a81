"""The warning-sign screen as use cases. In: answers from a door. Out: Clearance. Next: planning, session.

The clearance is always worked out anew from the last answers, the intake and today's rules; what was
concluded at the time stays in the log beside the answers.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from midback.catalogue.triage import TriageQuestion
from midback.errors import InputError, SafetyStop
from midback.plan.answers import Intake, ScreenAnswers
from midback.plan.clearance import Clearance
from midback.plan.clearance import explanation_needed, screen
from midback.reasons import Reason
from midback.store import checkins, intakes, screenings, sessions

from .house import House

LONG_GAP = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ScreenDue:
    """Whether the screen has to be answered now, and why."""

    due: bool
    reasons: tuple[Reason, ...] = ()


def questions(house: House) -> tuple[TriageQuestion, ...]:
    """Return the warning-sign questions in the order to ask them."""
    return house.catalogue.triage


def clearance_in(conn: Connection, house: House, person: str) -> Clearance | None:
    """Work out the clearance inside a transaction that is already open."""
    log = screenings.history(conn, person, limit=2)
    if not log:
        return None
    previous = log[1].clearance if len(log) > 1 else None
    intake = intakes.latest(conn, person) or Intake()
    answers = log[0].answers
    return screen(house.catalogue.triage, answers, intake, house.catalogue.exercises, answers.at, previous)


def current_clearance(house: House, person: str) -> Clearance | None:
    """Return what the last screen allows, or None before the first."""
    with house.engine.connect() as conn:
        return clearance_in(conn, house, person)


def due_in(conn: Connection, house: House, person: str) -> ScreenDue:
    """Say inside an open transaction whether the screen is due."""
    log = screenings.history(conn, person, limit=1)
    if not log:
        return ScreenDue(True, (Reason("app.screen-first"),))
    now, last = house.clock.now(), log[0]
    reasons: list[Reason] = []
    if last.clearance.due_at <= now:
        reasons.append(Reason("app.screen-weekly", {"asked_date": last.answers.at.date().isoformat()}))
    if any(checkin.worse for checkin in checkins.since(conn, person, last.answers.at)):
        reasons.append(Reason("app.screen-worse"))
    moved = sessions.last_performed(conn, person)
    if moved is not None and now - moved >= LONG_GAP and last.answers.at < now - timedelta(days=1):
        reasons.append(Reason("app.screen-gap", {"days": (now - moved).days}))
    return ScreenDue(bool(reasons), tuple(reasons))


def screen_due(house: House, person: str) -> ScreenDue:
    """Say whether the warning-sign screen has to be answered now, and why."""
    with house.engine.connect() as conn:
        return due_in(conn, house, person)


def needs_explanation(house: House, person: str, yes: frozenset[str]) -> bool:
    """Say whether these answers take back a warning sign reported within the last day."""
    with house.engine.connect() as conn:
        log = screenings.history(conn, person, limit=1)
    if not log:
        return False
    return explanation_needed(house.catalogue.triage, log[0].answers, _answers(house, yes))


def _answers(house: House, yes: frozenset[str]) -> ScreenAnswers:
    known = {question.id for question in house.catalogue.triage}
    if unknown := sorted(yes - known):
        raise InputError(
            f"There is no warning-sign question called {unknown[0]!r}.", "", f"Known ones: {', '.join(sorted(known))}."
        )
    return ScreenAnswers(at=house.clock.now(), yes=yes)


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
        a date of being seen that lies in the future.
    """
    answers = replace(
        _answers(house, yes),
        seen_by=(seen_by or "").strip()[:200] or None,
        seen_on=seen_on,
        may_exercise=may_exercise,
        changed_because=(changed_because or "").strip()[:1000] or None,
    )
    if seen_on and seen_on > answers.at.astimezone(house.clock.zone).date():
        raise InputError(f"{seen_on.isoformat()} is in the future.", "This asks when you were seen.", "Give a past day.")
    with house.engine.begin() as conn:
        log = screenings.history(conn, person, limit=1)
        if log and not answers.changed_because and explanation_needed(house.catalogue.triage, log[0].answers, answers):
            raise InputError(
                "Less than a day ago you reported a warning sign that these answers take back.",
                "Both answers are kept, so it has to be clear which one holds.",
                "Say in a few words why the answer changed.",
            )
        intake = intakes.latest(conn, person) or Intake()
        previous = log[0].clearance if log else None
        clearance = screen(house.catalogue.triage, answers, intake, house.catalogue.exercises, answers.at, previous)
        screenings.add(conn, person, answers, clearance)
    return clearance


def require_clearance(house: House, person: str) -> Clearance:
    """Return the clearance, or refuse when nothing was screened, the screen is due, or it said stop.

    ``ask-first`` is returned: the caller offers only easy movement then.
    """
    with house.engine.connect() as conn:
        return require_clearance_in(conn, house, person)


def require_clearance_in(conn: Connection, house: House, person: str) -> Clearance:
    """Like ``require_clearance``, inside an open transaction."""
    clearance = clearance_in(conn, house, person)
    if clearance is None or due_in(conn, house, person).due:
        raise SafetyStop(
            "The warning-sign questions have not been answered for now.",
            "They come before any exercise and again every week.",
            "Answer them first: it takes a minute.",
        )
    if clearance.level == "stop" or (clearance.level == "ask-first" and not clearance.easy_allowed):
        raise SafetyStop(
            "Your last answers include a warning sign.",
            "No exercise until somebody qualified has seen you.",
            "See the screening page for whom to call and for the way back.",
        )
    return clearance
