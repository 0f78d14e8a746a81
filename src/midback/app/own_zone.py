"""What the person's time zone is called. In: a clock. Out: a name as other programs know it. Next: the calendar."""

import os
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .clock import Clock

LOCALTIME = Path("/etc/localtime")
UNNAMED = "midback-local"


def zone_of(clock: Clock) -> tuple[tzinfo | None, str]:
    """Return the zone and its name; of the machine's own zone the name it is set by, where one is to be found.

    Without a name the zone stays the machine's own: a calendar then describes it in full under a name of ours.
    """
    if clock.zone is not None:
        named = getattr(clock.zone, "key", None)
        return clock.zone, named or ("Etc/UTC" if clock.zone is UTC else UNNAMED)
    for name in _candidates():
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
        if _agrees(zone, clock.now()):
            return zone, name
    return None, UNNAMED


def _candidates() -> list[str]:
    found = [os.environ.get("TZ", "").lstrip(":")]
    with suppress(OSError):
        found.append(str(LOCALTIME.resolve()).partition("zoneinfo/")[2])
    return [name for name in found if name]


def _agrees(zone: ZoneInfo, now: datetime) -> bool:
    """Say whether a zone shows what the machine's clock shows, in winter and in summer."""
    return all(
        (at := datetime(now.year, month, 1, 12, tzinfo=UTC)).astimezone(zone).utcoffset()
        == at.astimezone().utcoffset()
        for month in (1, 4, 7, 10)
    )
