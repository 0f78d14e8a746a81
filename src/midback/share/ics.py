"""Writes appointments as iCalendar text (RFC 5545). In: entries with their words, a zone. Out: text.

Written by hand, with the standard library: a program on the same machine asks for it every hour, and a library
for it would stay in memory. The tests read the text back with two other people's parsers. Next: app.calendar_out.

Times stand on the wall of the person's zone, beside a VTIMEZONE that holds every change of offset near them. A
wall time that happens twice, when clocks go back, is written in UTC the second time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

FOLD_OCTETS = 75
# One change before and one after whatever is asked for, so that a zone's two halves of the year both stand there.
AROUND = timedelta(days=400)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reminder so many minutes before an entry begins, or before it ends."""

    minutes_before: int
    says: str
    at_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One appointment. ``start`` and ``end`` are aware instants, or dates for whole days (the end is not in it).

    free : other things may lie in this time; tentative : not fixed yet; cancelled : it was, and is not any more
    sequence : how often it changed since it was first told, the last time at ``changed_at``
    """

    uid: str
    start: datetime | date
    end: datetime | date
    title: str
    sequence: int
    changed_at: datetime
    description: str = ""
    place: str = ""
    free: bool = False
    tentative: bool = False
    cancelled: bool = False
    alarms: tuple[Alarm, ...] = ()


@dataclass(frozen=True, slots=True)
class Offset:
    """From ``onset`` on the wall shows UTC + ``after``; up to then it showed UTC + ``before``."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str


def write_calendar(
    entries: Sequence[Entry], *, name: str, zone: tzinfo | None, zone_name: str, program: str
) -> str:
    """Return a calendar; the same entries give the same text.

    zone : of the wall the times stand on, None for the machine's; zone_name : what it is called
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//midback//midback {_text(program)}//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        f"NAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    timed = [at for entry in entries for at in (entry.start, entry.end) if isinstance(at, datetime)]
    if timed:
        lines += _zone(zone, zone_name, min(timed), max(timed))
    for entry in entries:
        lines += _event(entry, zone, zone_name)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def changes(zone: tzinfo | None, first: datetime, last: datetime) -> tuple[Offset, ...]:
    """Return when a zone's offset changes between two instants, in order, to the second."""
    found: list[Offset] = []
    at, was = first.astimezone(UTC).replace(microsecond=0), _offset(first, zone)
    while at < last:
        later = at + DAY
        now = _offset(later, zone)
        if now != was:
            low, high = at, later
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                low, high = (middle, high) if _offset(middle, zone) == was else (low, middle)
            found.append(Offset(high, was, now, _name(high, zone)))
        at, was = later, now
    return tuple(found)


def _zone(zone: tzinfo | None, zone_name: str, first: datetime, last: datetime) -> Iterator[str]:
    """Yield the VTIMEZONE: every change within a year of the times, and what held before the first of them."""
    near = changes(zone, first - AROUND, last + AROUND)
    start = near[0].before if near else _offset(first, zone)
    held = Offset(datetime(1970, 1, 1, tzinfo=UTC) - start, start, start, _name(first - AROUND, zone))
    yield from ("BEGIN:VTIMEZONE", f"TZID:{_text(zone_name)}")
    summer = bool(near) and near[0].after < start
    for change in (held, *near):
        # Clocks that go forward go to daylight time: the only sign of it that every kind of zone gives.
        kind = "DAYLIGHT" if change.after > change.before or (change is held and summer) else "STANDARD"
        onset = (change.onset + change.before).replace(tzinfo=None)
        yield f"BEGIN:{kind}"
        yield f"DTSTART:{onset:%Y%m%dT%H%M%S}"
        yield f"TZOFFSETFROM:{_signed(change.before)}"
        yield f"TZOFFSETTO:{_signed(change.after)}"
        if change.name:
            yield f"TZNAME:{_text(change.name)}"
        yield f"END:{kind}"
    yield "END:VTIMEZONE"


def _event(entry: Entry, zone: tzinfo | None, zone_name: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    # Without a METHOD this is when the entry was last revised (RFC 5545, 3.8.7.2).
    yield f"DTSTAMP:{_utc(entry.changed_at)}"
    yield f"LAST-MODIFIED:{_utc(entry.changed_at)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield _moment("DTSTART", entry.start, zone, zone_name)
    yield _moment("DTEND", entry.end, zone, zone_name)
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.description:
        yield f"DESCRIPTION:{_text(entry.description)}"
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    yield f"TRANSP:{'TRANSPARENT' if entry.free or entry.cancelled else 'OPAQUE'}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'TENTATIVE' if entry.tentative else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    for alarm in () if entry.cancelled else entry.alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY")
        yield f"TRIGGER{';RELATED=END' if alarm.at_end else ''}:{_before(alarm.minutes_before)}"
        yield f"DESCRIPTION:{_text(alarm.says)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _moment(key: str, at: datetime | date, zone: tzinfo | None, zone_name: str) -> str:
    if not isinstance(at, datetime):
        return f"{key};VALUE=DATE:{at:%Y%m%d}"
    local = at.astimezone(zone)
    if _repeats(at, zone):
        return f"{key}:{_utc(at)}"
    return f"{key};TZID={_parameter(zone_name)}:{local:%Y%m%dT%H%M%S}"


def _repeats(at: datetime, zone: tzinfo | None) -> bool:
    """Say whether the wall showed this time once already, some minutes to hours ago."""
    wall, offset = at.astimezone(zone).replace(tzinfo=None), _offset(at, zone)
    back = _offset(at - timedelta(hours=3), zone) - offset
    if back <= timedelta(0):
        return False
    earlier = at - back
    return earlier.astimezone(zone).replace(tzinfo=None) == wall


def _offset(at: datetime, zone: tzinfo | None) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _name(at: datetime, zone: tzinfo | None) -> str:
    return at.astimezone(zone).tzname() or ""


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _signed(offset: timedelta) -> str:
    seconds = round(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    text = f"{'-' if seconds < 0 else '+'}{hours:02d}{rest // 60:02d}"
    return f"{text}{rest % 60:02d}" if rest % 60 else text


def _before(minutes: int) -> str:
    days, rest = divmod(minutes, 1440)
    if days and not rest:
        return f"-P{days}D"
    return f"-PT{minutes}M" if minutes else "PT0S"


def _text(words: str) -> str:
    """Escape a text; what no text may hold is left out, and every kind of line end is one."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(
        c for c in lines if c in "\n\t" or not (ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) < 0xE000)
    )
    for seen, said in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(seen, said)
    return plain


def _parameter(value: str) -> str:
    """Return a parameter's value, quoted where it holds what would end it."""
    plain = "".join(c for c in value if c != '"' and ord(c) >= 32)
    return f'"{plain}"' if any(c in plain for c in ":;,") else plain


def _folded(line: str) -> Iterable[str]:
    """Yield a line in pieces of at most 75 octets, no letter cut; those after the first begin with a space."""
    piece, room = "", FOLD_OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield piece
            piece, room = " ", FOLD_OCTETS - 1
        piece += letter
        room -= size
    yield piece
