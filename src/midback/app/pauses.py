"""Pausing for illness, a flare or travel: streaks wait and reminders are silent. Next: planning, progress."""

from datetime import date, timedelta
from typing import get_args

from midback.errors import InputError, NotFound
from midback.plan.answers import Pause, PauseWhy
from midback.store import pauses as kept
from midback.store.engine import reading

from .clock import check_day, today_of
from .house import House
from .planning import replan_where_possible_in


def start_pause(
    house: House, person: str, why: str, start: date | None = None, end: date | None = None
) -> Pause:
    """Start a pause today (or on ``start``) until further notice (or until ``end``)."""
    if why not in get_args(PauseWhy):
        raise InputError(
            "{why!r} is not a reason to pause.",
            "Known: {known}.",
            values={"why": why, "known": ", ".join(get_args(PauseWhy))},
        )
    today = today_of(house.clock)
    start = start or today
    check_day(start)
    check_day(end or start)
    if end is not None and end < start:
        raise InputError("The pause ends before it starts.", "", "Swap or correct the days.")
    if abs((start - today).days) > 366:
        raise InputError(
            "{day} is more than a year away.",
            "",
            "Choose a day nearer to today.",
            values={"day": start.isoformat()},
        )
    with house.engine.begin() as conn:
        pause = kept.add(conn, person, Pause(start=start, end=end, why=why))  # type: ignore[arg-type]  # checked above
        replan_where_possible_in(conn, house, person)
    house.changed(person)
    return pause


def end_pause(house: House, person: str, pause_id: str, last_day: date | None = None) -> None:
    """End a pause; its last day is yesterday unless named. A pause that began today is taken away."""
    last = last_day or today_of(house.clock) - timedelta(days=1)
    with house.engine.begin() as conn:
        pause = next((p for p in kept.listed(conn, person) if p.id == pause_id), None)
        if pause is None:
            raise NotFound("That pause is not there any more.", "", "Load the page again.")
        if last < pause.start:
            kept.remove(conn, person, pause_id)
        else:
            kept.end(conn, person, pause_id, last)
        replan_where_possible_in(conn, house, person)
    house.changed(person)


def list_pauses(house: House, person: str) -> tuple[Pause, ...]:
    """Return all pauses, oldest first."""
    with reading(house.engine).connect() as conn:
        return tuple(kept.listed(conn, person))
