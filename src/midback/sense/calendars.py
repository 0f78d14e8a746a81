"""A calendar's busy times. In: an .ics file or address that the person names. Out: Busy. Next: app.

``read_calendar`` looks at the file and keeps only what busy times need: no descriptions, places or guests.
``busy_between`` works out repeated events, in a process of its own that is ended when it takes too long: a short
file can ask for more repetitions than any computer can count.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from midback.errors import Phrase


@dataclass(frozen=True, slots=True)
class Busy:
    """A time in which the person has something else to do; UTC."""

    start: datetime
    end: datetime
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar that was looked at. name: its own, or empty; events: how many; notes: what was left out."""

    name: str
    events: int
    notes: tuple[Phrase, ...]
    text: str


def read_calendar(data: bytes, mine: Collection[str] = ()) -> Calendar:
    """Read a calendar; ``mine`` are the person's own mail addresses, for events they declined.

    Raises
    ------
    InputError : no calendar, too large, or too many events
    """
    raise NotImplementedError


def busy_between(
    calendar: Calendar, start: datetime, end: datetime, zone: tzinfo | None = None, *, all_day: bool = False
) -> tuple[Busy, ...]:
    """Return the busy times that touch [start, end), clipped to it, in order, overlapping ones merged.

    zone : of times that name none (floating); None is the machine's
    all_day : whether events of whole days count too

    Raises
    ------
    InputError : the window is longer than a year, or the calendar repeats more than can be worked out
    """
    raise NotImplementedError


def read_calendar_file(path: Path, mine: Collection[str] = ()) -> Calendar:
    """Read a calendar from a file, looking at its size first; raise NotFound, or InputError as ``read_calendar``."""
    raise NotImplementedError


def fetch_calendar(url: str) -> bytes:
    """Fetch a calendar from the address that the person named (http, https, webcal).

    Raises
    ------
    InputError : not such an address, or an answer that is too large
    Unavailable : nobody answers, or not in time; the message names the host alone, as addresses hold secrets
    """
    raise NotImplementedError
