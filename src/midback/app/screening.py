"""The warning-sign screen as use cases. In: answers from a door. Out: Clearance. Next: planning, session.

Answers are kept with their dates and with what followed from them; the newest clearance holds. When the
intake changes, the last answers are looked at again in its light, without moving the day the screen is due.
"""

from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import Connection

from midback.catalogue.triage import TriageQuestion
from midback.errors import InputError
from midback.plan.answers import Intake, ScreenAnswers
from midback.plan.clearance import Clearance
from midback.plan.triage import EXPLAIN_WITHIN, explanation_needed, screen, was_seen
from midback.store import adverse, intakes, screenings
from midback.store.engine import reading

from .clearance import ScreenDue, asked_again_in, clearance_in, due_in, was_asked_in
from .house import House
from .planning import replan_where_possible_in

# What asks about the same as each sign that ends a session.
SIGN_ASKED = {
    "numbness": frozenset({"numbness-new", "saddle-numbness", "both-legs"}),
    "weakness": frozenset({"getting-weaker", "both-legs", "clumsy-limbs"}),
    "chest-pain": frozenset({"chest-pain", "tearing-pain"}),
    "breathless": frozenset({"breathless"}),
    "dizzy": frozenset({"fainting"}),
}


def questions(house: House) -> tuple[TriageQuestion, ...]:
    """Return the warning-sign questions in the order to ask them."""
    return house.catalogue.triage


def current_clearance(house: House, person: str) -> Clearance | None:
    """Return what the last screen allows, or None before the first."""
    with reading(house.engine).connect() as conn:
        return clearance_in(conn, person)


def screen_due(house: House, person: str) -> ScreenDue:
    """Say whether the warning-sign screen has to be answered now, and why."""
    with reading(house.engine).connect() as conn:
        return due_in(conn, house, person)


class WayBack(TypedDict, total=False):
    """Who saw the person, when, and whether they may exercise."""

    seen_by: str | None
    seen_on: date | None
    may_exercise: bool


def needs_explanation(house: House, person: str, yes: frozenset[str], **way_back: Unpack[WayBack]) -> bool:
    """Say whether these answers take back a warning sign of the last day that nobody has seen."""
    answers = ScreenAnswers(at=house.clock.now(), yes=yes, **way_back)
    with reading(house.engine).connect() as conn:
        return _takes_back(conn, house, person, answers)


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
        got_worse = any(r.message_id == "triage.due-worse" for r in due_in(conn, house, person).reasons)
        clearance = _screen(conn, house, person, answers, seen_anew=got_worse)
        screenings.add(conn, person, answers, clearance)
        was_asked_in(conn, person)
        # What the plan of this morning offered may not be open any more, or be open again.
        replan_where_possible_in(conn, house, person)
    house.changed(person)
    return clearance


def look_again_in(conn: Connection, house: House, person: str) -> None:
    """Look at the last answers again after the intake changed, inside an open transaction."""
    last = screenings.latest(conn, person)
    if last is None:
        return
    answers = ScreenAnswers(at=house.clock.now(), yes=last.answers.yes)
    was = last.clearance
    # Nobody was asked: the questions are as old as they were.
    clearance = replace(_screen(conn, house, person, answers), at=was.at, due_at=was.due_at)
    if (clearance.level, clearance.gates, clearance.reasons, clearance.advice) != (
        was.level,
        was.gates,
        was.reasons,
        was.advice,
    ):
        screenings.add(conn, person, answers, clearance)


def _takes_back(conn: Connection, house: House, person: str, answers: ScreenAnswers) -> bool:
    last = screenings.latest(conn, person)
    if last is None or was_seen(answers, last.clearance):
        return False  # who saw the person, when, and that they may exercise explains it
    if explanation_needed(house.catalogue.triage, last.answers, answers):
        return True
    if "triage.due-worse" in asked_again_in(conn, person) and _denies_sign(conn, person, answers):
        return True
    # A sign that still holds may stem from the intake: taking it back there is explained here.
    known = {question.id for question in house.catalogue.triage}
    held_since = last.clearance.since or last.clearance.at
    held = (last.clearance.holding & known) - answers.yes
    return bool(held) and answers.at - held_since < EXPLAIN_WITHIN


def _denies_sign(conn: Connection, person: str, answers: ScreenAnswers) -> bool:
    """Say whether a sign that ended a session within the last day is answered no."""
    signs = {
        event.what.removeprefix("plan.sign-")
        for event in adverse.listed(conn, person)
        if event.session_id and answers.at - event.at < EXPLAIN_WITHIN
    }
    return any(not SIGN_ASKED[sign] & answers.yes for sign in signs & set(SIGN_ASKED))


def _screen(
    conn: Connection, house: House, person: str, answers: ScreenAnswers, *, seen_anew: bool = False
) -> Clearance:
    """Work out what answers leave open. ``seen_anew``: what a professional allowed before does not hold now."""
    intake = intakes.latest(conn, person) or Intake()
    previous = clearance_in(conn, person)
    if previous is not None and seen_anew:
        previous = replace(previous, cleared=frozenset())
    # Today's local date decides ages and "seen on"; the rules read it from the instant they are given.
    now = answers.at.astimezone(house.clock.zone)
    return screen(house.catalogue.triage, answers, intake, house.catalogue.exercises, now, previous)
