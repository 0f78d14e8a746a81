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


def expand(text: str, start: datetime, end: datetime) -> list[Told]:
    """Return start, end, whether it is whole days, and title of all that keeps somebody busy about [start, end).

    Times with a zone come back in UTC; floating ones without an offset, from a day before to a day after.
    """
    import recurring_ical_events  # type: ignore[import-untyped]
    from icalendar import Calendar

    calendar = Calendar.from_ical(text)
    zone = calendar.get("X-WR-TIMEZONE")
    if zone is not None:
        try:
            ZoneInfo(str(zone))
        except (ValueError, OSError, KeyError):  # unknown here: its floating times stay floating
            del calendar["X-WR-TIMEZONE"]
    day = timedelta(days=1)
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    return [told for event in query.between(start - day, end + day) for told in _told(event)]


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
    told = expand(asked["text"], datetime.fromisoformat(asked["start"]), datetime.fromisoformat(asked["end"]))
    if len(told) > MOST_OCCURRENCES:
        return 1
    json.dump(told, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
