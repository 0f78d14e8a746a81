"""What a person wants in their calendar, and the key of its address. In: a house. Next: ``calendar_out``, doors.

The key is random, kept for one person, and never leaves in an archive. Whoever has it can read the calendar and
nothing else; a new key makes the old address answer no more.
"""

import hmac
import secrets
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection

from midback.errors import InputError
from midback.store import people, preferences
from midback.store.codec import dump, load
from midback.store.engine import reading

from .house import House

WISHES, KEY = "calendar", "calendar-key"
Part = str
PARTS: tuple[Part, ...] = ("session", "break", "worn", "care")
#: Minutes before that may be chosen; None is no reminder.
BEFORE = (None, 0, 5, 10, 15, 30, 60, 120, 1440)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWishes:
    """What goes into the calendar and how.

    full : titles that say what it is; otherwise they are such as anybody may read
    parts : session (with the towel), break, worn, care
    session_before, visit_before : minutes before which to remind, or None
    calendar_id : what the ids of entries are made from, made once
    """

    full: bool = False
    parts: frozenset[Part] = frozenset(PARTS)
    session_before: int | None = 5
    visit_before: int | None = 60
    calendar_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarKey:
    """The key of the calendar's address, and the language that was spoken when it was made."""

    token: str
    language: str


def wishes_in(conn: Connection, person: str) -> CalendarWishes:
    """Return the person's wishes inside an open transaction; what cannot be read is as it was at first."""
    kept = preferences.read(conn, person, WISHES)
    try:
        wishes = load(CalendarWishes, kept) if kept is not None else CalendarWishes()
        if wishes.calendar_id:
            UUID(wishes.calendar_id)
        return wishes
    except (InputError, ValueError):
        return CalendarWishes()


def keep_wishes_in(conn: Connection, person: str, wishes: CalendarWishes) -> None:
    """Keep wishes inside an open transaction."""
    preferences.write(conn, person, WISHES, dump(wishes))


def read_wishes(house: House, person: str) -> CalendarWishes:
    """Return what the person wants in their calendar."""
    with reading(house.engine).connect() as conn:
        return wishes_in(conn, person)


def save_wishes(house: House, person: str, wishes: CalendarWishes) -> CalendarWishes:
    """Keep what the person wants in their calendar; the calendar stays the same one."""
    for minutes in (wishes.session_before, wishes.visit_before):
        if minutes not in BEFORE:
            raise InputError(
                "A reminder {minutes} minutes before cannot be chosen.",
                "The choices are: {known}.",
                "Choose one of them.",
                values={"minutes": minutes or 0, "known": ", ".join(str(m) for m in BEFORE if m is not None)},
            )
    if unknown := wishes.parts - set(PARTS):
        raise InputError(
            "{part!r} is no part of the calendar.",
            "The parts are: {known}.",
            values={"part": min(unknown)[:60], "known": ", ".join(PARTS)},
        )
    with house.engine.begin() as conn:
        kept = replace(wishes, calendar_id=wishes_in(conn, person).calendar_id)
        keep_wishes_in(conn, person, kept)
    return kept


def read_key(house: House, person: str) -> CalendarKey | None:
    """Return the key of the calendar's address, or None where there is none."""
    with reading(house.engine).connect() as conn:
        return _key_in(conn, person)


def renew_key(house: House, person: str, language: str) -> CalendarKey:
    """Make a new key; the one before opens nothing from now on."""
    made = CalendarKey(token=secrets.token_urlsafe(32), language=language)
    with house.engine.begin() as conn:
        preferences.write(conn, person, KEY, dump(made))
    return made


def revoke_key(house: House, person: str) -> None:
    """Take the key away: the address answers no more."""
    with house.engine.begin() as conn:
        preferences.remove(conn, person, KEY)


def opened_by(house: House, given: str) -> tuple[str, CalendarKey] | None:
    """Return whose calendar a key opens, or None.

    Every key there is is compared, in a time that does not tell how much of it was right, or whether there is one.
    """
    asked = sha256(given.encode("utf-8", "surrogatepass")).digest()
    found: tuple[str, CalendarKey] | None = None
    with reading(house.engine).connect() as conn:
        for person in people.everyone(conn):
            key = _key_in(conn, person)
            token = key.token if key else secrets.token_urlsafe(32)
            if hmac.compare_digest(asked, sha256(token.encode()).digest()) and key is not None:
                found = (person, key)
    return found


def _key_in(conn: Connection, person: str) -> CalendarKey | None:
    kept = preferences.read(conn, person, KEY)
    try:
        return load(CalendarKey, kept) if kept is not None else None
    except InputError:
        return None
