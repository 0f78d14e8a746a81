"""The only place that asks what time it is. Next: house hands it to every use case."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from midback.errors import InputError

FIRST_YEAR, LAST_YEAR = 1900, 2200


class Clock(Protocol):
    """What time it is, and where."""

    zone: tzinfo | None

    def now(self) -> datetime:
        """Return the present instant as aware UTC."""
        ...


class SystemClock:
    """The machine's clock. ``zone`` None means the machine's own time zone."""

    def __init__(self, timezone: str | None = None) -> None:
        self.zone: tzinfo | None = None
        if timezone:
            try:
                self.zone = ZoneInfo(timezone)
            except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
                raise InputError(
                    "The time zone {timezone!r} is not known.",
                    "Time zones look like Europe/Berlin.",
                    "Mend MIDBACK_TIMEZONE or settings.toml.",
                    values={"timezone": timezone},
                ) from exc

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it is put; for the demo's invented weeks and for tests."""

    def __init__(self, at: datetime, zone: tzinfo | None = UTC) -> None:
        self.at, self.zone = at, zone

    def now(self) -> datetime:
        return self.at

    def advance(self, **span: float) -> None:
        """Move on by a timedelta's arguments."""
        self.at += timedelta(**span)


def local(clock: Clock, at: datetime | None = None) -> datetime:
    """Return an instant (default: now) in the person's time zone."""
    return (at or clock.now()).astimezone(clock.zone)


def today_of(clock: Clock) -> date:
    """Return the person's local date."""
    return local(clock).date()


def minute_of(at: datetime) -> int:
    """Return local minutes after midnight of an aware local datetime."""
    return at.hour * 60 + at.minute


def check_day(day: date) -> None:
    """Raise InputError for a day so far away that it can only be a slip; archives keep the same years."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InputError(
            "The year is {year}.",
            "Years from {first} to {last} are kept.",
            "Correct the date.",
            values={"year": day.year, "first": FIRST_YEAR, "last": LAST_YEAR},
        )


def at_minute(clock: Clock, day: date, minute: int) -> datetime:
    """Return the instant of a local day and minute; a minute that daylight saving skips moves on."""
    days, rest = divmod(minute, 1440)
    wall = datetime.combine(day + timedelta(days=days), datetime.min.time()) + timedelta(minutes=rest)
    aware = wall.replace(tzinfo=clock.zone) if clock.zone else wall.astimezone()
    return aware.astimezone(UTC)
