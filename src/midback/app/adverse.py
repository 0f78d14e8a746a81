"""Something got worse: kept in the open, and it brings the screen back.

Until it is over, an exercise it came with rests or is easier (``plan.setback``). Next: planning, hand-over.
"""

from dataclasses import replace
from datetime import date

from midback.errors import InputError, NotFound
from midback.plan.answers import CheckIn
from midback.store import adverse as kept
from midback.store import checkins
from midback.store.adverse import AdverseEvent as AdverseEvent
from midback.store.engine import reading

from .clearance import ask_again_in
from .clock import today_of
from .house import House
from .planning import replan_where_possible_in


def report(house: House, person: str, event: AdverseEvent) -> AdverseEvent:
    """Keep what got worse, and let the warning-sign screen be due because of it.

    Raises InputError when it says nothing or lies ahead, NotFound when it names an unknown exercise.
    """
    if event.at > house.clock.now():
        raise InputError("That time lies ahead.", "What got worse has been.", "Correct the day or the time.")
    what = event.what.strip()
    if not what or len(what) > 2000:
        raise InputError(
            "It does not say what got worse.", "A few words will do, at most 2,000 characters.", ""
        )
    if event.exercise_id and event.exercise_id not in house.catalogue.exercises:
        raise NotFound(
            "There is no exercise called {exercise!r}.",
            "",
            "Choose one from the library.",
            values={"exercise": event.exercise_id},
        )
    with house.engine.begin() as conn:
        checkins.add(conn, person, CheckIn(at=event.at, worse=True))
        ask_again_in(conn, person, "triage.due-worse")
        added = kept.add(conn, person, replace(event, what=what))
    house.changed(person)
    return added


def resolve(house: House, person: str, event_id: str, on: date | None = None) -> None:
    """Say that it is over."""
    with house.engine.begin() as conn:
        if not kept.resolve(conn, person, event_id, on or today_of(house.clock)):
            raise NotFound("That entry is not there any more.", "", "Load the page again.")
        replan_where_possible_in(conn, house, person)
    house.changed(person)


def list_events(house: House, person: str) -> tuple[AdverseEvent, ...]:
    """Return all entries, newest first."""
    with reading(house.engine).connect() as conn:
        return tuple(sorted(kept.listed(conn, person), key=lambda e: e.at, reverse=True))
