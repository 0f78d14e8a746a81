"""A calendar's busy times. In: an .ics file or address that the person names. Out: Busy. Next: app.

``read_calendar`` looks at the file and keeps only what busy times need: no descriptions, places or guests.
``busy_between`` has repeated events worked out in a process of its own that is ended when it takes too long: a
short file can ask for more repetitions than any computer can count.
"""

import json
import subprocess
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from midback.errors import InputError, NotFound, Phrase

from .calendars_scan import LARGEST_BYTES, Kept, scan
from .fetch import fetch, read_address

LONGEST_WINDOW = timedelta(days=400)
# Events that touch the window, or repeat: what is worked out at once.
MOST_AT_ONCE = 5_000
EXPAND_S = 20.0
FETCH_S = 30.0
# No single event that keeps somebody busy is longer.
LONGEST_EVENT = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Busy:
    """A time in which the person has something else to do; UTC."""

    start: datetime
    end: datetime
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar that was looked at.

    name : its own, or empty; events : how many are kept; notes : what was left out
    zones : its time zones, as text; kept : its events, as text
    """

    name: str
    events: int
    notes: tuple[Phrase, ...]
    zones: str
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Busy times in order, and notes on what could not be worked out."""

    busy: tuple[Busy, ...]
    notes: tuple[Phrase, ...]


def read_calendar(data: bytes, mine: Collection[str] = ()) -> Calendar:
    """Read a calendar; ``mine`` are the person's own mail addresses, for events they declined.

    Raises
    ------
    InputError : no calendar, cut off, too large, or too many events
    """
    seen = scan(data, frozenset(address.strip().lower() for address in mine))
    notes = []
    if seen.too_often:
        notes.append(
            Phrase(
                "Events left out because they repeat many times a day, or by a rule that cannot be: {count}.",
                {"count": seen.too_often},
            )
        )
    if seen.unreadable:
        notes.append(
            Phrase("Events left out because their start cannot be read: {count}.", {"count": seen.unreadable})
        )
    return Calendar(
        name=seen.name, events=len(seen.kept), notes=tuple(notes), zones=seen.zones, kept=tuple(seen.kept)
    )


def read_calendar_file(path: Path, mine: Collection[str] = ()) -> Calendar:
    """Read a calendar from a file, looking at its size first; raise NotFound, or InputError as ``read_calendar``."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as exc:  # the second of a name that no file can have
        raise NotFound(
            "The file {name} cannot be opened.", "", "Check its name and place.", values={"name": path.name}
        ) from exc
    return read_calendar(data, mine)


def fetch_calendar(url: str) -> bytes:
    """Fetch a calendar from the address that the person named (http, https, webcal).

    Raises
    ------
    InputError : not such an address, or an answer that is too large
    NotFound, Unavailable : nothing there; nobody answers, or not in time. The message names the host alone, as
        such addresses hold secrets.
    """
    address = read_address(url)
    return fetch(
        address, most_bytes=LARGEST_BYTES, seconds=FETCH_S, headers={"Accept": "text/calendar, */*;q=0.5"}
    )


def busy_between(
    calendar: Calendar, start: datetime, end: datetime, zone: tzinfo | None = None, *, all_day: bool = False
) -> tuple[Busy, ...]:
    """Return the busy times that touch [start, end), clipped to it, in order, overlapping ones merged.

    zone : of times that name none (floating) and of whole days; None is the machine's
    all_day : whether events of whole days count too

    Raises
    ------
    InputError : the window is longer than 400 days, or the calendar repeats more than can be worked out
    """
    return work_out(calendar, start, end, zone, all_day=all_day).busy


def work_out(
    calendar: Calendar, start: datetime, end: datetime, zone: tzinfo | None = None, *, all_day: bool = False
) -> WorkedOut:
    """Do as ``busy_between`` does, and say too what could not be worked out."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if not start < end <= start + LONGEST_WINDOW:
        raise InputError(
            "That is no time to look at in a calendar.",
            "A time of at most {most} days is.",
            values={"most": LONGEST_WINDOW.days},
        )
    first, last = (start - LONGEST_EVENT).strftime("%Y%m%d"), (end + timedelta(days=2)).strftime("%Y%m%d")
    touching = [kept for kept in calendar.kept if kept.may_touch(first, last)]
    if not touching:
        return WorkedOut((), ())
    if len(touching) > MOST_AT_ONCE:
        raise InputError(
            "{count} events repeat, or lie in the days asked for.",
            "At most {most} are worked out at once.",
            values={"count": len(touching), "most": MOST_AT_ONCE},
        )
    text = "".join([calendar.zones, *(kept.text for kept in touching)])
    told, failed = _expand(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{text}END:VCALENDAR\r\n", start, end)
    busy = []
    for one, two, whole_day, title in told:
        if whole_day and not all_day:
            continue
        begins, ends = max(start, _instant(one, zone)), min(end, _instant(two, zone))
        if begins < ends:
            busy.append(Busy(begins, ends, title))
    note = Phrase("Events left out because their times contradict each other: {count}.", {"count": failed})
    return WorkedOut(merge(busy), (note,) if failed else ())


def merge(busy: Iterable[Busy]) -> tuple[Busy, ...]:
    """Join busy times that overlap or touch; the titles stand side by side."""
    joined: list[Busy] = []
    for one in sorted(busy, key=lambda one: (one.start, one.end, one.title)):
        if joined and one.start <= joined[-1].end:
            before = joined[-1]
            titles = before.title.split(", ") if before.title else []
            if one.title and one.title not in titles:
                titles.append(one.title)
            joined[-1] = Busy(before.start, max(before.end, one.end), ", ".join(titles)[:200])
        else:
            joined.append(one)
    return tuple(joined)


def _expand(text: str, start: datetime, end: datetime) -> tuple[list[tuple[str, str, bool, str]], int]:
    """Have the events of a calendar worked out elsewhere, with an end to it."""
    asked = json.dumps({"text": text, "start": start.isoformat(), "end": end.isoformat()})
    command = [sys.executable, "-P", "-W", "ignore", "-m", "midback.sense.calendars_expand"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            input=asked.encode(),
            capture_output=True,
            timeout=EXPAND_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no black window on Windows
        )
    except subprocess.TimeoutExpired as exc:
        raise InputError(
            "The calendar's repeated events are still not worked out after {seconds} s.",
            "A calendar takes less than a second.",
            "Look for an event that repeats without end, or name another calendar.",
            values={"seconds": round(EXPAND_S)},
        ) from exc
    try:
        told = json.loads(done.stdout) if done.returncode == 0 else None
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise InputError(
            "The calendar cannot be worked out.",
            "Its events repeat too often, or by rules that contradict each other.",
            "Export it again, or name another calendar.",
        )
    rows = [(str(one), str(two), bool(whole_day), str(title)) for one, two, whole_day, title in told["told"]]
    return rows, int(told["failed"])


def _instant(said: str, zone: tzinfo | None) -> datetime:
    """Return the instant of a time; one without an offset is on the wall of ``zone``."""
    at = datetime.fromisoformat(said)
    if at.tzinfo is None and zone is not None:
        at = at.replace(tzinfo=zone)
    return at.astimezone(UTC)
