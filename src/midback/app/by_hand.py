"""What was done without the player, by the person's own word. Next: today and progression read it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import Connection

from midback.errors import InputError, NotFound
from midback.plan.performance import Performance, Side, SideDone
from midback.plan.prescription import Prescription
from midback.store import performances, sessions

from .clearance import require_clearance_in
from .clock import today_of
from .house import House
from .library import variant_of
from .planning import current_in


def keep_performance(conn: Connection, person: str, performance: Performance) -> Performance:
    """Keep one performance as a session of its own, inside an open transaction."""
    session_id = uuid4().hex
    kept = replace(performance, session_id=session_id)
    sessions.create(conn, person, session_id, {"by_hand": True}, performance.at)
    sessions.finish(conn, person, session_id, performance.at, (kept,))
    return kept


def mark_done(house: House, person: str, prescription_id: str, minutes: float | None = None) -> Performance:
    """Say that a planned item was done, as planned or for so many minutes."""
    with house.engine.begin() as conn:
        items = current_in(conn, house, person).plan.on(today_of(house.clock))
        item = next((i for i in items if i.id == prescription_id), None)
        if item is None:
            raise NotFound("That item is not in today's plan any more.", "", "Load Today again.")
        kept = keep_performance(conn, person, _as_done(house, item, minutes))
    house.changed(person)
    return kept


def log_exercise(
    house: House, person: str, exercise_id: str, minutes: float, variant_id: str | None = None
) -> Performance:
    """Say that an exercise was done, planned or not.

    Raises SafetyStop when the screen does not allow it, InputError for minutes outside 0..600.
    """
    exercise = house.catalogue.exercise(exercise_id)
    variant = variant_of(exercise, variant_id)
    seconds = _seconds(minutes)
    with house.engine.begin() as conn:
        require_clearance_in(conn, house, person)
        dose = replace(exercise.levels[0].dose(), seconds=seconds, repetitions=None, sets=1)
        performance = Performance(
            exercise_id=exercise.id,
            variant_id=variant.id,
            level=0,
            range_scale=1.0,
            dose=dose,
            at=house.clock.now(),
            sides=_sides(("left", "right") if exercise.sides else ("both",), seconds, seconds),
        )
        kept = keep_performance(conn, person, performance)
    house.changed(person)
    return kept


def undo(house: House, person: str, session_id: str) -> None:
    """Take back what was marked or logged within the last day."""
    with house.engine.begin() as conn:
        since = house.clock.now() - timedelta(days=1)
        mine = [p for p in performances.performances(conn, person, since) if p.session_id == session_id]
        by_hand = bool(mine) and sessions.get(conn, person, session_id).script == {"by_hand": True}
        if not by_hand or not sessions.remove(conn, person, session_id):
            raise NotFound(
                "That entry is not there any more.", "Only entries of the last day are taken back.", ""
            )
    house.changed(person)


def _seconds(minutes: float) -> int:
    if not 0 < minutes <= 600:
        raise InputError(
            "{minutes:g} minutes were given.",
            "It should be more than 0 and at most 600.",
            "Correct it.",
            values={"minutes": minutes},
        )
    return round(minutes * 60)


def _sides(sides: tuple[Side, ...], planned: float, done: float) -> tuple[SideDone, ...]:
    share = len(sides)
    return tuple(SideDone(side=side, planned_s=planned / share, done_s=done / share) for side in sides)


def _as_done(house: House, item: Prescription, minutes: float | None) -> Performance:
    planned = float(item.dose.seconds * item.dose.sets * len(item.sides))
    done = planned if minutes is None else float(_seconds(minutes))
    return Performance(
        exercise_id=item.exercise_id,
        variant_id=item.variant_id,
        level=item.level,
        range_scale=item.range_scale,
        dose=item.dose,
        at=house.clock.now(),
        sides=_sides(item.sides, planned, done),
        prescription_id=item.id,
    )
