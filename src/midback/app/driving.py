"""Driving, by the person's own word in one tap; what fits after a drive; the stops of a long one.

In: "I am driving now", "I arrived". Out: a driving bout, a movement. Nothing is done or worn while driving.
Next: today, the session, the background process through its orders.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from midback.body.exposure import LONGEST_DRIVE, Bout, overlay
from midback.catalogue.exercise import Place
from midback.errors import Conflict, InputError, NotFound, SafetyStop
from midback.plan.answers import Intake
from midback.plan.breaks import default_rule
from midback.plan.decide import AFTER_DRIVE
from midback.plan.stops import Region, Stops, plan_stops
from midback.store import bouts, intakes, preferences
from midback.store import evidence as kept_evidence
from midback.store.engine import reading

from .clearance import clearance_in
from .clock import local, minute_of
from .house import House
from .planning import decisions_in

KEY = "driving"
SHORTEST = timedelta(minutes=1)
# A key pressed this long after setting off was pressed at a desk, or by a passenger: it is asked about.
AT_A_DESK = timedelta(minutes=5)
OUTSIDE: Final[tuple[Place, ...]] = ("outdoors", "cab")
#: Where Regulation (EC) No 561/2006 holds: the Union and the rest of the European Economic Area.
EU: Final = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS"}
    | {"IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Driving:
    """A drive that goes on by the person's word.

    forgotten : it lasts longer than anyone drives, or somebody was at the desk since: ask when it ended
    seen_at : the first time since that somebody was at the desk
    """

    since: datetime
    forgotten: bool = False
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """The drive as kept (None when it was shorter than a minute), and a movement for after it, if one is open."""

    bout: Bout | None
    movement: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrivePlan:
    """The stops of a drive and, stop by stop, a movement (exercise id, variant id) that fits a lay-by.

    leave : local minute of the day; ``region`` : whose law is told beside it
    """

    minutes: int
    leave: int
    region: Region
    stops: Stops
    movements: tuple[tuple[str, str] | None, ...] = ()
    after: tuple[str, str] | None = field(default=None)


def drive_now(house: House, person: str) -> datetime:
    """Say that a drive begins now; return since when it lasts. Asked again while driving, nothing changes.

    A session that is open is left where it stands, and goes on after arriving; what is worn is asked to come off.

    Raises SafetyStop while a band or disc is on.
    """
    now = house.clock.now()
    with house.engine.begin() as conn:
        if (going := driving_in(conn, house, person)) is not None and not going.forgotten:
            return going.since
        if going is not None:
            raise _say_when(house, going)
        if preferences.read(conn, person, "wear") is not None:
            raise SafetyStop(
                "A band or disc is being timed.",
                "Nothing is worn while driving.",
                "Take it off and stop its timer, then set off.",
            )
        preferences.write(conn, person, KEY, {"since": now.isoformat()})
    house.changed(person)
    return now


def arrived(house: House, person: str, at: datetime | None = None) -> Arrived:
    """Say that the drive is over, now or ``at`` an earlier time; keep it and offer a movement for after it.

    Raises
    ------
    NotFound : no drive goes on
    InputError : the arrival lies before the start, in the future or more than 16 h on; or it is not clear when
        it was, and no time was given
    """
    now = house.clock.now()
    with house.engine.begin() as conn:
        going = driving_in(conn, house, person)
        if going is None:
            raise NotFound(
                "No drive goes on.", "", "Say when you set off first, or add the drive to the day."
            )
        if at is None and going.forgotten:
            raise _say_when(house, going)
        end = at or now
        if end.tzinfo is None or not going.since <= end <= now + timedelta(minutes=1):
            raise InputError(
                "That time does not fit the drive.",
                "It lies after {since} and not in the future.",
                "Correct the time.",
                values={"since": local(house.clock, going.since).strftime("%H:%M")},
            )
        if end - going.since > LONGEST_DRIVE:
            raise InputError(
                "That would be more than 16 hours at the wheel.",
                "A drive is kept up to 16 hours.",
                "Say when you arrived.",
            )
        preferences.write(conn, person, KEY, {"arrived": end.isoformat()})
        bout = None
        if end - going.since >= SHORTEST:
            bout = Bout(start=going.since, end=end, activity="driving")
            around = bouts.between(conn, person, bout.start, bout.end)
            bouts.replace(conn, person, bout.start, bout.end, overlay(around, bout), now)
        movement = next(iter(movements_in(conn, house, person, OUTSIDE)), None) if bout else None
    house.changed(person)
    return Arrived(bout=bout, movement=movement)


def not_driving(house: House, person: str) -> None:
    """Take "I am driving now" back; nothing is kept."""
    with house.engine.begin() as conn:
        if driving_in(conn, house, person) is None:
            raise NotFound("No drive goes on.", "", "")
        preferences.remove(conn, person, KEY)
    house.changed(person)


def driving_since(house: House, person: str) -> Driving | None:
    """Return the drive that goes on, or None."""
    with reading(house.engine).connect() as conn:
        return driving_in(conn, house, person)


def driving_in(conn: Connection, house: House, person: str) -> Driving | None:
    """Like ``driving_since``, inside an open transaction."""
    kept = preferences.read(conn, person, KEY)
    if not isinstance(kept, Mapping) or "since" not in kept:
        return None
    since, now = datetime.fromisoformat(str(kept["since"])), house.clock.now()
    seen = _at_the_desk(conn, person, since + AT_A_DESK, now)
    return Driving(since=since, forgotten=seen is not None or now - since > LONGEST_DRIVE, seen_at=seen)


def refuse_while_driving(conn: Connection, house: House, person: str) -> None:
    """Raise SafetyStop while a drive goes on by the person's word."""
    if driving_in(conn, house, person) is not None:
        raise SafetyStop(
            "You are driving.", "Nothing is worn or done while driving.", "Start it after you arrive."
        )


def at_the_wheel(conn: Connection, house: House, person: str) -> bool:
    """Say whether the day tells of driving until a minute ago, and not of having arrived since."""
    now, kept = house.clock.now(), preferences.read(conn, person, KEY)
    over = kept.get("arrived") if isinstance(kept, Mapping) else None
    since = max(
        now - timedelta(minutes=1), datetime.fromisoformat(str(over)) if over else now - LONGEST_DRIVE
    )
    return any(bout.activity == "driving" for bout in bouts.between(conn, person, since, now))


def plan_drive(
    house: House, person: str, minutes: int, leave: int | None = None, region: Region | None = None
) -> DrivePlan:
    """Plan the stops of a drive of ``minutes`` that begins at a local minute of the day (now without one).

    Raises InputError for a drive that is not between a minute and a day long.
    """
    leave = minute_of(local(house.clock)) if leave is None else leave
    with reading(house.engine).connect() as conn:
        intake = intakes.latest(conn, person) or Intake()
        region = region or region_of(intake.country)
        stops = plan_stops(minutes, leave, region)
        fitting = movements_in(conn, house, person, OUTSIDE)
    turns = tuple(fitting[n % len(fitting)] if fitting else None for n in range(len(stops.stops)))
    return DrivePlan(
        minutes=minutes,
        leave=leave,
        region=region,
        stops=stops,
        movements=turns,
        after=next(iter(fitting), None),
    )


def region_of(country: str) -> Region:
    """Return whose law for professional drivers is told beside a drive."""
    code = country.upper()
    return "eu" if code in EU else "us" if code == "US" else "other"


def movements_in(
    conn: Connection, house: House, person: str, places: tuple[Place, ...]
) -> tuple[tuple[str, str], ...]:
    """Return what is open for the person in these places, what suits after a drive first."""
    intake, clearance = intakes.latest(conn, person), clearance_in(conn, person)
    if intake is None or clearance is None:
        return ()
    decisions = decisions_in(conn, house, person)
    found: dict[str, str] = {}
    for place in places:
        rule = default_rule(intake, house.catalogue.exercises, clearance, None, place, decisions)
        for exercise, variant in rule.movements:
            found.setdefault(exercise, variant)
    first = [name for name in AFTER_DRIVE if name in found]
    return tuple((name, found[name]) for name in (*first, *(n for n in found if n not in first)))


def _at_the_desk(conn: Connection, person: str, since: datetime, now: datetime) -> datetime | None:
    """Return when somebody used keyboard or mouse first, from an instant on."""
    if since >= now:
        return None
    found: datetime | None = None
    for one in kept_evidence.between(conn, person, since, now):
        if one.source == "input" and one.idle_s is not None:
            used = one.at - timedelta(seconds=one.idle_s)
            if used >= since and (found is None or used < found):
                found = used
    return found


def _say_when(house: House, going: Driving) -> InputError | Conflict:
    since = local(house.clock, going.since).strftime("%H:%M")
    if going.seen_at is None:
        return InputError(
            "You set off at {since} and did not say when you arrived.",
            "A drive of more than 16 hours is not taken for granted.",
            "Say when you arrived.",
            values={"since": since},
        )
    return InputError(
        "You set off at {since}, and somebody used this computer at {seen}.",
        "Whether that was you, only you know.",
        "Say when you arrived.",
        values={"since": since, "seen": local(house.clock, going.seen_at).strftime("%H:%M")},
    )
