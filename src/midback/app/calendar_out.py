"""The plan and the appointments as an iCalendar text, for a file or for a program on this computer.

In: a house, how many weeks, a language. Out: text in which every time keeps its id over re-plans, and says by its
sequence that it changed. Next: `midback calendar`, the Settings page, the secret address.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from midback import __version__, locale
from midback.catalogue import Catalogue
from midback.errors import InputError
from midback.share.calendar_words import NAME, TAKE_OFF, description_of, title_of
from midback.share.ics import Alarm, Entry, write_calendar
from midback.share.words import Local
from midback.store import care, preferences, snapshot

from .agenda import Time, times_of
from .calendar_told import Told, digest_of, moment_text, read_moment, read_told, revise, write_told
from .calendar_wishes import CalendarWishes, keep_wishes_in, wishes_in
from .clock import today_of
from .house import House
from .own_zone import zone_of
from .planning_ahead import items_ahead_in

TOLD = "calendar-told"
DEFAULT_WEEKS, MOST_WEEKS = 4, 26
# Of an appointment without a time of day one is reminded at six in the evening before.
EVENING_BEFORE_MIN = 360
PART = {"towel": "session", "proposed": "care", "massage": "care", "professional": "care"}


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Names what is done in a time, in one language."""

    catalogue: Catalogue
    language: str
    translate: Callable[[str], str]

    def named(self, time: Time) -> list[str]:
        """Name the movements of a time, or the kind of professional of a visit."""
        if time.visit is not None:
            kind = self.catalogue.professionals.get(time.visit.profession)
            return [kind.name.get(self.language) or kind.name["en"]] if kind else []
        return list(dict.fromkeys(self._title(item.exercise_id) for item in time.items))

    def lines(self, time: Time) -> list[str]:
        """Say of each movement how long it takes."""
        local = Local(self.translate)
        return [f"{self._title(i.exercise_id)}: {local.seconds(60 * i.minutes)}" for i in time.items]

    def _title(self, exercise_id: str) -> str:
        texts = self.catalogue.exercises[exercise_id].text
        return (texts.get(self.language) or texts["en"]).title


def calendar_text(
    house: House, person: str, *, language: str, weeks: int = DEFAULT_WEEKS, full: bool | None = None
) -> str:
    """Return the calendar of so many weeks from today.

    full : titles that say what it is; None is as the person wished
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise InputError(
            "{weeks} weeks cannot be written.",
            "It should be 1 to {most} weeks.",
            "Give a number of weeks.",
            values={"weeks": weeks, "most": MOST_WEEKS},
        )
    now, today = house.clock.now(), today_of(house.clock)
    last = today + timedelta(days=7 * weeks - 1)
    with house.engine.begin() as conn:
        wishes = wishes_in(conn, person)
        if not wishes.calendar_id:
            wishes = replace(wishes, calendar_id=str(uuid.uuid4()))
            keep_wishes_in(conn, person, wishes)
        items = items_ahead_in(conn, house, person, 7 * weeks)
        visits = tuple(v for v in care.booked(conn, person, today) if v.day <= last)
        times = times_of(items, visits, house.catalogue.exercises, house.clock)
        wanted = {t.key: t for t in times if PART.get(t.kind, t.kind) in wishes.parts}
        if full is not None:
            wishes = replace(wishes, full=full)
        before = read_told(preferences.read(conn, person, TOLD))
        fresh = ((key, _told(time, wishes, now)) for key, time in wanted.items())
        told = revise(before, now, fresh, today, last)
        if dict(told.kept) != before:
            preferences.write(conn, person, TOLD, write_told(told.kept))
    speaker = _Speaker(house.catalogue, language, locale.translations(language).gettext)
    entries = [_entry(wanted[key], kept, wishes, speaker) for key, kept in told.here.items()]
    entries += [_gone(key, kept, wishes, speaker) for key, kept in told.gone.items()]
    zone, zone_name = zone_of(house.clock)
    name = speaker.translate(NAME) if not wishes.full else "midback"
    return write_calendar(entries, name=name, zone=zone, zone_name=zone_name, program=__version__)


def write_calendar_file(
    house: House,
    person: str,
    target: Path,
    *,
    language: str,
    weeks: int = DEFAULT_WEEKS,
    full: bool | None = None,
) -> Path:
    """Write the calendar to a file, in the place of one of that name; the file is whole or as it was."""
    target = target.expanduser()
    snapshot.write(target, [calendar_text(house, person, language=language, weeks=weeks, full=full)])
    return target


def _told(time: Time, wishes: CalendarWishes, now: datetime) -> Told:
    """Return what is told of a time, in no language: its digest is of what anybody who reads it sees."""
    done = [(i.exercise_id, i.minutes) for i in time.items]
    visit = time.visit
    seen = (done, visit and (visit.profession, visit.place)) if wishes.full else ()
    reminders = [(alarm.minutes_before, alarm.at_end) for alarm in _alarms(time, wishes, "", "")]
    start, end = moment_text(time.start), moment_text(time.end)
    return Told(
        kind=time.kind,
        day=time.day,
        start=start,
        end=end,
        digest=digest_of((time.kind, start, end, wishes.full, seen, reminders)),
        sequence=0,
        changed_at=now,
    )


def _entry(time: Time, told: Told, wishes: CalendarWishes, speaker: _Speaker) -> Entry:
    title = title_of(time.kind, speaker.named(time), speaker.translate, full=wishes.full)
    return Entry(
        uid=_uid(wishes, time.key),
        start=time.start,
        end=time.end,
        title=title,
        description=description_of(time.kind, speaker.lines(time), speaker.translate, full=wishes.full),
        place=time.visit.place if time.visit and wishes.full else "",
        sequence=told.sequence,
        changed_at=told.changed_at,
        free=time.free,
        tentative=time.kind == "proposed",
        alarms=_alarms(time, wishes, title, speaker.translate(TAKE_OFF) if wishes.full else title),
    )


def _gone(key: str, told: Told, wishes: CalendarWishes, speaker: _Speaker) -> Entry:
    """Return a time that was told of and is not any more, so that a file that is read again takes it away."""
    return Entry(
        uid=_uid(wishes, key),
        start=read_moment(told.start),
        end=read_moment(told.end),
        title=title_of(told.kind, (), speaker.translate, full=False),
        sequence=told.sequence,
        changed_at=told.changed_at,
        cancelled=True,
    )


def _alarms(time: Time, wishes: CalendarWishes, title: str, take_off: str) -> tuple[Alarm, ...]:
    """Return the reminders of a time: of a band also when to take it off, of a break none, for midback speaks then."""
    if time.visit is not None:
        before = wishes.visit_before if isinstance(time.start, datetime) else EVENING_BEFORE_MIN
        return () if wishes.visit_before is None or before is None else (Alarm(before, title),)
    if wishes.session_before is None or time.kind in ("break", "proposed") or time.follows:
        return ()
    first = Alarm(wishes.session_before, title)
    return (first, Alarm(0, take_off, at_end=True)) if time.kind == "worn" else (first,)


def _uid(wishes: CalendarWishes, key: str) -> str:
    """Return an entry's id: the same for the same thing, and nothing in it tells what that is."""
    return str(uuid.uuid5(uuid.UUID(wishes.calendar_id), key))
