"""Calendars the person named: when they are busy, so that no prompt falls into a meeting.

In: a path or an address of an .ics calendar. Out: busy times of the next weeks, kept here. A refresh that fails
leaves the times of before and says how old they are. Next: ``busy`` puts the times, not the titles, into orders.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from midback.errors import Conflict, InputError, MidbackError, NotFound, Phrase
from midback.sense.calendars import busy_between, fetch_calendar, read_calendar, read_calendar_file
from midback.store import calendars as kept
from midback.store.calendars import BusyTime, CalendarFault, KeptCalendar
from midback.store.engine import reading

from .house import House

__all__ = [
    "BusyTime",
    "KeptCalendar",
    "ShownCalendar",
    "add_calendar",
    "list_calendars",
    "refresh_calendars",
    "remove_calendar",
]

# Some weeks more than the orders need, for a calendar that cannot be reached for a while.
BEHIND, AHEAD = timedelta(days=1), timedelta(days=28)
MOST_CALENDARS = 20
ADDRESSES = ("http://", "https://", "webcal://")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCalendar:
    """A calendar as it is shown: of an address only the host, because the rest is a key to it.

    fault : why it could not be read last time (seen, rule, next step); empty when all is well
    """

    id: str
    name: str
    source: str
    refreshed_at: datetime | None
    busy: int
    next_busy: BusyTime | None = None
    fault: tuple[Phrase, ...] = ()


def add_calendar(house: House, person: str, source: str, name: str = "") -> ShownCalendar:
    """Read a calendar for the first time and keep its busy times.

    Raises
    ------
    InputError : the file or answer is no calendar, too large, or repeats beyond measure
    NotFound, Unavailable : there is no such file; nobody answers at the address
    Conflict : it is there already
    """
    source = source.strip()
    if not source:
        raise InputError("No calendar was named.", "A path or an address of an .ics file.", "Name one.")
    if not is_address(source):
        with suppress(RuntimeError):  # "~" and the name of nobody here is a name like any other
            source = str(Path(source).expanduser())
        source = str(Path(source).absolute())
    with reading(house.engine).connect() as conn:
        there = kept.listed(conn, person)
    if any(calendar.source == source for calendar in there):
        raise Conflict("That calendar is there already.", "", "`midback calendar refresh` reads it again.")
    if len(there) >= MOST_CALENDARS:
        raise Conflict("There are {n} calendars already.", "", "Remove one first.", values={"n": len(there)})
    own_name, busy = _read(house, source)
    calendar = KeptCalendar(
        name=(name.strip() or own_name or shown_source(source))[:200],
        source=source,
        added_at=house.clock.now(),
        refreshed_at=house.clock.now(),
        busy=busy,
    )
    with house.engine.begin() as conn:
        calendar = kept.put(conn, person, calendar)
    house.changed(person)
    return _shown(house, calendar)


def list_calendars(house: House, person: str) -> tuple[ShownCalendar, ...]:
    """Return the calendars in the order they were added."""
    with reading(house.engine).connect() as conn:
        return tuple(_shown(house, calendar) for calendar in kept.listed(conn, person))


def remove_calendar(house: House, person: str, calendar_id: str) -> None:
    """Forget a calendar and its busy times; raise NotFound without one."""
    with house.engine.begin() as conn:
        if not kept.remove(conn, person, calendar_id):
            raise NotFound("That calendar is not there any more.", "", "Load the list again.")
    house.changed(person)


def refresh_calendars(house: House, person: str) -> tuple[ShownCalendar, ...]:
    """Read every calendar again; one that cannot be read keeps its times and says why."""
    with reading(house.engine).connect() as conn:
        calendars = kept.listed(conn, person)
    for calendar in calendars:
        try:
            # Outside any transaction: a slow server holds nobody up.
            _, busy = _read(house, calendar.source)
            fresh = replace(calendar, busy=busy, refreshed_at=house.clock.now(), fault=None)
        except MidbackError as exc:
            fresh = replace(calendar, fault=_fault(exc))
        with house.engine.begin() as conn:
            if any(one.id == calendar.id for one in kept.listed(conn, person)):  # not removed meanwhile
                kept.put(conn, person, fresh)
    if calendars:
        house.changed(person)
    return list_calendars(house, person)


def is_address(source: str) -> bool:
    """Say whether a source is an address and no path."""
    return source.lower().startswith(ADDRESSES)


def shown_source(source: str) -> str:
    """Return a source as it may be shown: of an address only the host."""
    for scheme in ADDRESSES:
        if source.lower().startswith(scheme):
            host = source[len(scheme) :].partition("/")[0].rpartition("@")[2]
            return f"{scheme}{host}/..."
    return source


def _read(house: House, source: str) -> tuple[str, tuple[BusyTime, ...]]:
    now = house.clock.now()
    if not source:
        raise InputError(
            "The address of this calendar was not in the archive.",
            "An address is a key to the calendar, so it is not exported.",
            "Remove the calendar and add it again.",
        )
    address = is_address(source)
    calendar = read_calendar(fetch_calendar(source)) if address else read_calendar_file(Path(source))
    times = busy_between(calendar, now - BEHIND, now + AHEAD, house.clock.zone)
    return calendar.name, tuple(BusyTime(start=t.start, end=t.end, title=t.title[:200]) for t in times)


def _fault(error: MidbackError) -> CalendarFault:
    seen, rule, step = error.phrases
    values = {**(seen.values or {}), **(rule.values or {}), **(step.values or {})}
    plain = {name: value if isinstance(value, int | float) else str(value) for name, value in values.items()}
    return CalendarFault(seen=seen.template, rule=rule.template, next_step=step.template, values=plain)


def _shown(house: House, calendar: KeptCalendar) -> ShownCalendar:
    now, fault = house.clock.now(), calendar.fault
    ahead = [time for time in calendar.busy if time.end > now]
    return ShownCalendar(
        id=calendar.id,
        name=calendar.name,
        source=shown_source(calendar.source),
        refreshed_at=calendar.refreshed_at,
        busy=len(ahead),
        next_busy=min(ahead, key=lambda time: time.start, default=None),
        fault=tuple(Phrase(text, fault.values) for text in (fault.seen, fault.rule, fault.next_step))
        if fault
        else (),
    )
