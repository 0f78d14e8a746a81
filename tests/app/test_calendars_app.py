"""Calendars that were named: their busy times, and what a refresh does when it cannot read them."""

from datetime import timedelta
from pathlib import Path

import pytest

from midback.app.busy import busy_in
from midback.app.calendars import (
    add_calendar,
    list_calendars,
    refresh_calendars,
    remove_calendar,
    shown_source,
)
from midback.app.clock import SetClock
from midback.app.house import House
from midback.errors import Conflict, InputError, NotFound, Unavailable
from midback.store import calendars
from midback.store.people import DEFAULT_PERSON as ME


@pytest.fixture
def database_url(either: str | None) -> str | None:
    """Every test here holds on SQLite and on PostgreSQL."""
    return either


def ics(*events: tuple[str, str, str]) -> str:
    """Return a calendar of events: start, end, title."""
    parts = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTAMP:20260301T000000Z\r\nDTSTART:{start}\r\nDTEND:{end}\r\n"
        f"SUMMARY:{title}\r\nEND:VEVENT\r\n"
        for n, (start, end, title) in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{parts}END:VCALENDAR\r\n"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a calendar with one meeting today, at 10:00 in UTC."""
    file = tmp_path / "work.ics"
    file.write_text(ics(("20260302T100000Z", "20260302T110000Z", "Review")))
    return file


def test_a_calendar_says_when_the_person_is_busy(house: House, clock: SetClock, work: Path) -> None:
    """Its times are kept with their titles here, and come out without them; it is there once."""
    added = add_calendar(house, ME, str(work))
    assert (added.busy, added.fault) == (1, ())
    assert added.next_busy is not None
    assert added.next_busy.title == "Review"
    with house.engine.connect() as connection:
        times = busy_in(connection, ME, clock.at, clock.at + timedelta(days=14))
    assert [(a.hour, b.hour) for a, b in times] == [(10, 11)]
    with pytest.raises(Conflict):
        add_calendar(house, ME, str(work))
    remove_calendar(house, ME, added.id)
    assert list_calendars(house, ME) == ()
    with pytest.raises(NotFound):
        remove_calendar(house, ME, added.id)


def test_a_refresh_that_fails_keeps_the_times_and_says_how_old(
    house: House, clock: SetClock, work: Path
) -> None:
    """A file that is gone leaves what was read, when that was, and why not again; it mends by itself."""
    add_calendar(house, ME, str(work), "Work")
    first = clock.at
    text = work.read_text()
    work.unlink()
    clock.advance(hours=1)
    found = refresh_calendars(house, ME)[0]
    assert (found.name, found.busy, found.refreshed_at) == ("Work", 1, first)
    assert found.fault[0].said()
    work.write_text(text)
    clock.advance(minutes=5)
    found = refresh_calendars(house, ME)[0]
    assert (found.refreshed_at, found.fault) == (clock.at, ())


def test_what_cannot_be_read_at_all_is_not_kept(house: House, tmp_path: Path) -> None:
    """No source, no file, no calendar and nobody at the address are each refused, and nothing is kept."""
    (tmp_path / "not.ics").write_text("hello")
    for source, error in (
        (" ", InputError),
        (str(tmp_path / "gone.ics"), NotFound),
        (str(tmp_path / "not.ics"), InputError),
        ("http://127.0.0.1:9/calendar.ics", Unavailable),
    ):
        with pytest.raises(error):
            add_calendar(house, ME, source)
    assert list_calendars(house, ME) == ()


@pytest.mark.parametrize("source", ["\0", "work.ics\0", "~nobody-of-that-name/work.ics", "/" + "a" * 5000])
def test_a_name_that_no_file_has_is_an_error_and_no_fault(house: House, source: str) -> None:
    """Whatever stands there as a path, the person hears that there is no such file."""
    with pytest.raises(NotFound):
        add_calendar(house, ME, source)


def test_an_address_is_a_key_and_is_not_shown(house: House, clock: SetClock) -> None:
    """Of an address only the host is shown; after an import it is asked for again."""
    assert shown_source("https://me:pw@example.org/private-abc/basic.ics") == "https://example.org/..."
    with house.engine.begin() as connection:
        calendars.put(connection, ME, calendars.KeptCalendar(name="Work", source="", added_at=clock.at))
    assert "not in the archive" in refresh_calendars(house, ME)[0].fault[0].said()
