"""Repeated events worked out. In: JSON on standard input. Out: JSON on standard output. Next: calendars.

It runs as a process of its own, ``python -m midback.sense.calendars_expand``, because a rule can ask for more work
than there is time: whoever started it ends it. Memory is bounded here, where the system can do that.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MOST_OCCURRENCES = 20_000
MOST_MEMORY = 1024 * 1024 * 1024
FREE = ("FREE", "WORKINGELSEWHERE")

Told = tuple[str, str, bool, str]


def expand(text: str, start: datetime, end: datetime) -> tuple[list[Told], int]:
    """Return what keeps somebody busy about [start, end), and how many events cannot be worked out.

    Of each: start, end, whether it is whole days, and title. Times with a zone come back in UTC; floating ones without
    an offset, from a day before to a day after.
    """
    from icalendar import Calendar

    calendar = Calendar.from_ical(text)
    zone = calendar.get("X-WR-TIMEZONE")
    if zone is not None:
        try:
            ZoneInfo(str(zone))
        except (ValueError, OSError, KeyError):  # unknown here: its floating times stay floating
            del calendar["X-WR-TIMEZONE"]
    start, end = start - timedelta(days=1), end + timedelta(days=1)
    try:
        return _occurrences(calendar, start, end), 0
    except Exception:
        # One of them stands in the way of all. Whatever a library says about it: each for itself, then.
        return _one_by_one(calendar, start, end)


def _one_by_one(calendar: Any, start: datetime, end: datetime) -> tuple[list[Told], int]:
    others = [part for part in calendar.subcomponents if part.name != "VEVENT"]
    series: dict[str, list[Any]] = {}
    for event in calendar.walk("VEVENT"):
        series.setdefault(str(event.get("UID", id(event))), []).append(event)
    found: list[Told] = []
    failed = 0
    for events in series.values():
        calendar.subcomponents = [*others, *events]
        try:
            found += _occurrences(calendar, start, end)
        except Exception:  # counted, and the person is told how many
            failed += len(events)
    return found, failed


def _occurrences(calendar: Any, start: datetime, end: datetime) -> list[Told]:
    import recurring_ical_events  # type: ignore[import-untyped]

    query = recurring_ical_events.of(calendar)
    return [told for event in query.between(start, end) for told in _told(event)]


def _told(event: Any) -> Iterator[Told]:
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT" or "X-MIDBACK-DECLINED" in event:
        return
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    if str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() in FREE:
        return
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    whole_day = not isinstance(start, datetime)
    title = " ".join(str(event.get("SUMMARY", "")).split())[:200]
    yield _written(start), _written(end), whole_day, title


def _written(at: Any) -> str:
    """Return a time in UTC where it has a zone, a floating one as it is, a day as its midnight."""
    if not isinstance(at, datetime):
        return f"{at.isoformat()}T00:00:00"
    return (at.astimezone(UTC) if at.tzinfo is not None else at).isoformat()


def main() -> int:
    """Read what is asked, answer, and return 0; anything else than 0 means that it cannot be worked out."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    asked = json.load(sys.stdin)
    start, end = (datetime.fromisoformat(asked[key]) for key in ("start", "end"))
    told, failed = expand(asked["text"], start, end)
    if len(told) > MOST_OCCURRENCES:
        return 1
    json.dump({"told": told, "failed": failed}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
