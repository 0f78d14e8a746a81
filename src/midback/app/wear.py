"""Wearing the posture band or sitting on the wobble disc: timed, and reminded to take it off (S13, S14).

In: start and stop. Out: a performance of the minutes really worn. Never while driving: the plan offers it
at a desk or at home only, and starting it while driving is refused.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from midback.errors import Conflict, InputError, NotFound, SafetyStop
from midback.plan.performance import Performance, SideDone
from midback.plan.prescription import Prescription
from midback.store import plans, preferences

from .by_hand import keep_performance
from .clock import today_of
from .driving import at_the_wheel, refuse_while_driving
from .house import House
from .planning import current_in

KEY = "wear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """What is worn now, since when, and when to take it off."""

    exercise_id: str
    prescription_id: str
    started_at: datetime
    until: datetime


def worn_in(conn: Connection, person: str) -> Wear | None:
    """Return what is worn now, inside an open transaction."""
    kept = preferences.read(conn, person, KEY)
    if not isinstance(kept, dict):
        return None
    return Wear(
        exercise_id=str(kept["exercise_id"]),
        prescription_id=str(kept["prescription_id"]),
        started_at=datetime.fromisoformat(str(kept["started_at"])),
        until=datetime.fromisoformat(str(kept["until"])),
    )


def start_wear(house: House, person: str, prescription_id: str) -> Wear:
    """Start the timer of a planned band or disc item.

    Raises
    ------
    SafetyStop : the screen does not allow it, or the day says the person is driving.
    NotFound, InputError : no such item today, or it is nothing to wear.
    Conflict : something is worn already.
    """
    now = house.clock.now()
    with house.engine.begin() as conn:
        if worn := worn_in(conn, person):
            raise Conflict(
                "{exercise} is being timed already.",
                "One at a time.",
                "Stop that one first.",
                values={"exercise": worn.exercise_id},
            )
        item = _item(current_in(conn, house, person).plan.on(today_of(house.clock)), prescription_id)
        if house.catalogue.exercise(item.exercise_id).family != "worn":
            raise InputError(
                "{exercise} is not worn.",
                "Only band and disc are timed so.",
                "Start a session.",
                values={"exercise": item.exercise_id},
            )
        refuse_while_driving(conn, house, person)
        if at_the_wheel(conn, house, person):
            raise SafetyStop(
                "You are driving.", "Nothing is worn or done while driving.", "Start it after you arrive."
            )
        wear = Wear(
            exercise_id=item.exercise_id,
            prescription_id=item.id,
            started_at=now,
            until=now + timedelta(seconds=item.dose.seconds),
        )
        preferences.write(
            conn,
            person,
            KEY,
            {
                "exercise_id": wear.exercise_id,
                "prescription_id": wear.prescription_id,
                "started_at": wear.started_at.isoformat(),
                "until": wear.until.isoformat(),
            },
        )
    house.changed(person)
    return wear


def stop_wear(house: House, person: str) -> Performance:
    """Stop the timer and keep the minutes worn, at most those planned."""
    now = house.clock.now()
    with house.engine.begin() as conn:
        worn = worn_in(conn, person)
        if worn is None:
            raise NotFound("Nothing is being timed.", "", "Start the band or the disc from Today.")
        preferences.remove(conn, person, KEY)
        planned = (worn.until - worn.started_at).total_seconds()
        # A clock that jumped back counts nothing; one that jumped on counts no more than was planned.
        done = min(max((now - worn.started_at).total_seconds(), 0.0), planned)
        # Taking it off is always possible, whatever the screen says meanwhile.
        kept = plans.latest(conn, person)
        item = next((i for i in kept.plan.items if i.id == worn.prescription_id), None) if kept else None
        exercise = house.catalogue.exercise(worn.exercise_id)
        performance = Performance(
            exercise_id=worn.exercise_id,
            variant_id=item.variant_id if item else exercise.variants[0].id,
            level=item.level if item else 0,
            range_scale=1.0,
            dose=item.dose if item else exercise.levels[0].dose(),
            at=now,
            sides=(SideDone(side="both", planned_s=planned, done_s=done),),
            prescription_id=worn.prescription_id,
        )
        kept_performance = keep_performance(conn, person, performance)
    house.changed(person)
    return kept_performance


def _item(items: tuple[Prescription, ...], prescription_id: str) -> Prescription:
    for item in items:
        if item.id == prescription_id:
            return item
    raise NotFound("That item is not in today's plan any more.", "", "Load Today again.")
