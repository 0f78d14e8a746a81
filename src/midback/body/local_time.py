"""Local minutes of a day as instants, on days when the clocks change too. Next: exposure."""

from datetime import UTC, date, datetime, timedelta, tzinfo


def instant(day: date, minute: int, zone: tzinfo | None) -> datetime:
    """Return the UTC instant of a local time of day given as minutes after midnight (may pass 1440).

    A time the clocks jump over is the instant of the jump; a time that comes twice is the first. ``zone``
    None is the machine's zone. Equal minutes always give equal instants: what tiles on the wall tiles in UTC.
    """
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - a wall time
    first, second = _utc(wall, 0, zone), _utc(wall, 1, zone)
    if _wall(first, zone) == wall:
        return first
    # Jumped over: with the offset before the jump the instant lies after it, with the one after it before it.
    low, high = min(first, second), max(first, second)
    offset = _wall(low, zone) - low.replace(tzinfo=None)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle in (low, high):
            break
        if _wall(middle, zone) - middle.replace(tzinfo=None) == offset:
            low = middle
        else:
            high = middle
    return high


def _utc(wall: datetime, fold: int, zone: tzinfo | None) -> datetime:
    aware = wall.replace(fold=fold)
    return (aware.replace(tzinfo=zone) if zone is not None else aware.astimezone()).astimezone(UTC)


def _wall(at: datetime, zone: tzinfo | None) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)
