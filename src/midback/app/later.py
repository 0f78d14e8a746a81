"""Not now: the next movement in so many minutes, or another one instead. For today only; nothing is lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from midback.errors import InputError
from midback.store import preferences

from .clock import today_of
from .house import House

KEY = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What was put off today: nothing before ``until``, and the items passed over."""

    until: datetime | None = None
    passed: tuple[str, ...] = ()


def later_in(conn: Connection, house: House, person: str) -> Later:
    """Return what was put off today, inside an open transaction."""
    kept = preferences.read(conn, person, KEY)
    if not isinstance(kept, dict) or kept.get("day") != today_of(house.clock).isoformat():
        return Later()
    until = kept.get("until")
    return Later(
        until=datetime.fromisoformat(str(until)) if until else None, passed=tuple(kept.get("passed") or ())
    )


def put_off(house: House, person: str, minutes: int) -> Later:
    """Ask again in so many minutes; 0 takes it back."""
    if not 0 <= minutes <= 480:
        raise InputError(
            "{minutes} minutes were given.",
            "It should be 0 to 480.",
            "Choose a number between.",
            values={"minutes": minutes},
        )
    until = house.clock.now() + timedelta(minutes=minutes) if minutes else None
    with house.engine.begin() as conn:
        was = later_in(conn, house, person)
        later = _write(conn, house, person, Later(until=until, passed=was.passed))
    house.changed(person)
    return later


def pass_over(house: House, person: str, prescription_id: str) -> Later:
    """Offer something else now; the item stays in today's list."""
    with house.engine.begin() as conn:
        was = later_in(conn, house, person)
        passed = (*(p for p in was.passed if p != prescription_id), prescription_id[:200])[-50:]
        return _write(conn, house, person, Later(passed=passed))


def _write(conn: Connection, house: House, person: str, later: Later) -> Later:
    preferences.write(
        conn,
        person,
        KEY,
        {
            "day": today_of(house.clock).isoformat(),
            "until": later.until.isoformat() if later.until else None,
            "passed": list(later.passed),
        },
    )
    return later
