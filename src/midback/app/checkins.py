"""The check-in: at most one a day, at most 30 seconds, the rest optional. Next: progression, progress."""

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection

from midback.errors import InputError, NotFound, Phrase
from midback.plan.answers import CheckIn
from midback.plan.performance import NEXT_DAY_FROM, NEXT_DAY_UNTIL
from midback.store import checkins, dismissals, performances
from midback.store.engine import reading

from .clearance import ask_again_in
from .clock import at_minute, local, today_of
from .house import House
from .planning import replan_where_possible_in

QuestionId = Literal["next-day", "daily"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDue:
    """One question that may be asked today; ``session_id`` when it is about a session."""

    id: QuestionId
    session_id: str | None = None


def questions_in(conn: Connection, house: House, person: str) -> tuple[QuestionDue, ...]:
    """Return the one question due now, if any, inside an open transaction."""
    now = house.clock.now()
    today = today_of(house.clock)
    dismissed = dismissals.on(conn, person, today)
    recent = checkins.since(conn, person, now - NEXT_DAY_UNTIL)
    done = performances.performances(conn, person, now - NEXT_DAY_UNTIL, now - NEXT_DAY_FROM)
    waiting = [p.session_id for p in done if p.done_s > 0 and p.pain_next_day is None]
    if waiting and "next-day" not in dismissed:
        return (QuestionDue(id="next-day", session_id=waiting[-1]),)
    asked_today = any(local(house.clock, c.at).date() == today for c in recent)
    if not asked_today and "daily" not in dismissed:
        return (QuestionDue(id="daily"),)
    return ()


def add_checkin(house: House, person: str, checkin: CheckIn) -> CheckIn:
    """Keep one check-in and return it with its id.

    An answer about now also answers the 24-hour question that is waiting, so nobody is asked twice.
    Raises InputError for pain outside 0..10 or an unknown symptom or region.
    """
    checked = _checked(house, checkin)
    with house.engine.begin() as conn:
        if checked.kind == "daily" and checked.session_id is None and checked.pain_now is not None:
            for question in questions_in(conn, house, person):
                if question.id == "next-day":
                    checked = replace(checked, kind="next-day", session_id=question.session_id)
        if checked.worse:
            ask_again_in(conn, person, "triage.due-worse")
        kept = checkins.add(conn, person, checked)
        if kept.kind == "next-day":
            # The answer decides what comes next, so today's plan is made anew with it.
            replan_where_possible_in(conn, house, person)
    house.changed(person)
    return kept


def remove_checkin(house: House, person: str, checkin_id: str) -> None:
    """Undo a check-in; the warning-sign questions it may have brought stay due."""
    with house.engine.begin() as conn:
        if not checkins.remove(conn, person, checkin_id):
            raise NotFound("That check-in is not there any more.", "", "Load the page again.")


def dismiss(house: House, person: str, question: str) -> None:
    """Do not ask this question again today."""
    if question not in ("next-day", "daily", "setup"):
        raise InputError(
            "There is no question called {question!r}.",
            "Known: next-day, daily, setup.",
            values={"question": question},
        )
    with house.engine.begin() as conn:
        dismissals.add(conn, person, question, today_of(house.clock))


def checkins_of_today(house: House, person: str) -> tuple[CheckIn, ...]:
    """Return today's check-ins, oldest first."""
    with reading(house.engine).connect() as conn:
        return tuple(checkins.since(conn, person, at_minute(house.clock, today_of(house.clock), 0)))


def _checked(house: House, checkin: CheckIn) -> CheckIn:
    for name in ("pain_now", "pain_average", "pain_worst"):
        value = getattr(checkin, name)
        if value is not None and not 0 <= value <= 10:
            raise InputError(
                "{name} is {value}.",
                "Pain goes from 0, none, to 10.",
                "Give a number from 0 to 10.",
                values={"name": name, "value": value},
            )
    for activity, score in checkin.psfs.items():
        if not 0 <= score <= 10:
            raise InputError(
                "{activity!r} is rated {score}.",
                "Ratings go from 0 to 10.",
                "Give a number from 0 to 10.",
                values={"activity": activity, "score": score},
            )
    for what, given, known in (
        (Phrase("symptom"), checkin.symptoms, house.catalogue.symptoms),
        (Phrase("part of the body"), checkin.regions, house.catalogue.regions),
    ):
        if unknown := sorted(given - set(known)):
            raise InputError(
                "{unknown!r} is not a {what} known here.",
                "Known: {known}.",
                values={"unknown": unknown[0], "what": what, "known": ", ".join(sorted(known))},
            )
    if len(checkin.note) > 2000:
        raise InputError(
            "The note has {n} characters.",
            "It may have 2,000.",
            "Shorten it.",
            values={"n": len(checkin.note)},
        )
    return checkin if checkin.at.tzinfo else replace(checkin, at=house.clock.now())
