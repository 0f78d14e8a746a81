"""A first look at a calendar. In: bytes from anywhere. Out: the lines busy times need, event by event. Next: calendars.

Nothing is worked out here: lines are unfolded, counted and sorted into events. What nobody needs for busy times,
descriptions, places, guests, alarms, is dropped at once. Rules that would repeat many times a day are not kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from midback.errors import InputError

LARGEST_BYTES = 16 * 1024 * 1024
MOST_EVENTS = 50_000
MOST_LINES = 2_000_000
LONGEST_LINE = 65_536
LONGEST_TITLE = 300
MOST_ZONES_BYTES = 500_000
DEEPEST = 8
MOST_A_DAY = 24

_TIMES: Final = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
_WANTED: Final = _TIMES | {"UID", "SEQUENCE", "SUMMARY", "TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS"}
# What an event has once at most: a second one is not looked at.
_ONCE: Final = _WANTED - {"RRULE", "RDATE", "EXDATE"}
_ZONE_PARTS: Final = frozenset({"VTIMEZONE", "STANDARD", "DAYLIGHT"})
_DAY: Final = re.compile(r":\s*(\d{8})(?:T\d{4,6}Z?)?\s*$")
_UNTIL: Final = re.compile(r"UNTIL=(\d{8})")
_OFTEN: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")


@dataclass(frozen=True, slots=True)
class Kept:
    """One event as text, and what says whether it may matter; days are texts, year month day.

    first : the day it starts; until : the last day of its rule, '' without end
    replaces : the day it stands in for, '' for none, '*' for any
    """

    text: str
    first: str
    repeats: bool
    until: str
    replaces: str

    def may_touch(self, first: str, last: str) -> bool:
        """Say whether it may happen, or stand in for what would have happened, between two days."""
        if self.replaces == "*" or first <= self.replaces <= last:
            return True
        if self.repeats:
            return self.first <= last and (not self.until or self.until >= first)
        return first <= self.first <= last


@dataclass(slots=True)
class Seen:
    """What a calendar holds. too_often, unreadable: events that were left out."""

    name: str = ""
    zones: str = ""
    kept: list[Kept] = field(default_factory=list)
    too_often: int = 0
    unreadable: int = 0


def scan(data: bytes, mine: frozenset[str]) -> Seen:
    """Sort a calendar's lines; ``mine`` are the person's addresses in lower case.

    Raises
    ------
    InputError : no calendar, cut off, too large, or too many events
    """
    if len(data) > LARGEST_BYTES:
        raise InputError(
            "The calendar is larger than {most} MB.",
            "A calendar is one file of at most that size.",
            "Export the last year alone, if your calendar can do that.",
            values={"most": LARGEST_BYTES // 2**20},
        )
    if data.count(b"\n") > MOST_LINES:
        raise InputError("The calendar has more than {most} lines.", values={"most": MOST_LINES})
    text = data.decode("utf-8-sig", "replace").replace("\0", "")
    if not text.lstrip()[:20].upper().startswith("BEGIN:VCALENDAR"):
        raise InputError(
            "That is not a calendar.",
            "A calendar is an .ics file; its first line is BEGIN:VCALENDAR.",
            "Take the address or the file that your calendar calls iCal or ICS.",
        )
    seen = Seen()
    zones: list[str] = []
    zone_bytes = 0
    head: list[str] = []
    stack: list[str] = []
    event: _Event | None = None
    for name, line in _lines(text):
        if name == "BEGIN":
            stack.append(line[6:].strip().upper())
            if len(stack) > DEEPEST:
                raise _malformed()
            if stack[-1] == "VEVENT":
                event = _Event(mine)
        if stack and (stack[-1] in _ZONE_PARTS):
            zone_bytes += len(line)
            if zone_bytes > MOST_ZONES_BYTES:
                raise InputError("The calendar's time zones are larger than all there are.")
            zones.append(line)
        if name == "END":
            if not stack or stack.pop() != line[4:].strip().upper():
                raise _malformed()
            if event is not None and "VEVENT" not in stack:
                event.keep(seen)
                event = None
                if len(seen.kept) > MOST_EVENTS:
                    raise InputError(
                        "The calendar has more than {most} events.",
                        "",
                        "Export the last year alone, if your calendar can do that.",
                        values={"most": MOST_EVENTS},
                    )
        elif event is not None and stack[-1] == "VEVENT":
            event.take(name, line)
        elif stack == ["VCALENDAR"] and not head and name == "X-WR-TIMEZONE":
            head.append(line)
        elif stack == ["VCALENDAR"] and not seen.name and name == "X-WR-CALNAME":
            seen.name = line.partition(":")[2].strip()[:100]
            if "@" in seen.name:  # some calendars are called by their owner's address
                mine = mine | {seen.name.lower()}
    if stack:
        raise InputError("The calendar is cut off in the middle.", "", "Export or fetch it again.")
    seen.zones = "".join(f"{line}\r\n" for line in (*head, *zones))
    return seen


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield name and line, unfolded; a line too long to be of use is cut, and never gathered whole."""
    name, size = "", 0
    pieces: list[str] = []
    for line in text.split("\n"):
        line = line.rstrip("\r")
        if line[:1] in (" ", "\t"):
            if pieces and size <= LONGEST_LINE:
                pieces.append(line[1 : LONGEST_LINE + 2])
                size += len(line) - 1
            continue
        if pieces:
            yield name, "".join(pieces)
        if not line.strip():
            name, pieces, size = "", [], 0
            continue
        line = line[: LONGEST_LINE + 1]
        name = re.split(r"[:;]", line[:60], maxsplit=1)[0].strip().upper()
        pieces, size = [line], len(line)
    if pieces:
        yield name, "".join(pieces)


def _malformed() -> InputError:
    return InputError(
        "The calendar's parts do not end where they should.", "Every BEGIN has its END.", "Export it again."
    )


class _Event:
    """The lines of one event as they come."""

    def __init__(self, mine: frozenset[str]) -> None:
        self._mine = mine
        self._lines: list[str] = []
        self._had: set[str] = set()
        self._first = ""
        self._rules: list[str] = []
        self._more = False
        self._replaces = ""
        self._unreadable = False
        self._answers: list[bool] = []
        self._declined = False

    def take(self, name: str, line: str) -> None:
        if name == "ATTENDEE":
            no = "PARTSTAT=DECLINED" in line.upper()
            self._answers.append(no)
            who = line.lower().rpartition("mailto:")[2].strip()
            self._declined = self._declined or (no and who in self._mine)
        if name not in _WANTED or name in self._had:
            return
        if name in _ONCE:
            self._had.add(name)
        if name == "SEQUENCE" and not re.fullmatch(r"[0-9]{1,9}", line.partition(":")[2].strip()):
            return
        line = line.rstrip()
        if name == "SUMMARY":
            line = line[:LONGEST_TITLE]
        if len(line) > LONGEST_LINE:
            self._unreadable = True
            return
        if name == "DTSTART":
            found = _DAY.search(line)
            self._first = found[1] if found else ""
        elif name == "RRULE":
            self._rules.append(line.partition(":")[2].strip().upper())
        elif name == "RDATE":
            self._more = True
        elif name == "RECURRENCE-ID":
            found = _DAY.search(line)
            self._replaces = found[1] if found and "RANGE=" not in line.upper() else "*"
        self._lines.append(line)

    def keep(self, seen: Seen) -> None:
        """Add the event to those kept, or count why not."""
        if self._unreadable or not "1970" <= self._first[:4] <= "2200":
            seen.unreadable += 1
            return
        if not all(_is_rule(rule) for rule in self._rules) or len(self._rules) > 4:
            seen.too_often += 1
            return
        if self._declined or (self._answers and all(self._answers)):
            self._lines.append("X-MIDBACK-DECLINED:TRUE")
        ends = [_UNTIL.search(rule) for rule in self._rules]
        until = max((end[1] for end in ends if end), default="") if all(ends) and not self._more else ""
        body = "".join(f"{line}\r\n" for line in self._lines)
        seen.kept.append(
            Kept(
                text=f"BEGIN:VEVENT\r\n{body}END:VEVENT\r\n",
                first=self._first,
                repeats=bool(self._rules) or self._more,
                until=until,
                replaces=self._replaces,
            )
        )


def _is_rule(rule: str) -> bool:
    """Say whether a rule can be worked out: it repeats by the day or less often, and every number makes sense."""
    parts = dict(part.partition("=")[::2] for part in rule.rstrip(";").split(";"))
    if parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        return False
    a_day = 1
    for key in _OFTEN:
        a_day *= parts.get(key, "").count(",") + 1
    whole = all(
        re.fullmatch(r"[1-9][0-9]{0,5}", parts.get(key, "1")) is not None for key in ("INTERVAL", "COUNT")
    )
    return whole and _is_until(parts.get("UNTIL")) and a_day <= MOST_A_DAY and len(rule) <= 2_000


def _is_until(until: str | None) -> bool:
    if until is None:
        return True
    try:
        datetime.strptime(until[:8], "%Y%m%d")  # noqa: DTZ007 - a day alone
    except ValueError:
        return False
    return re.fullmatch(r"[0-9]{8}(T[0-9]{6}Z?)?", until) is not None
