"""A calendar's busy times are right: repeated, moved, cancelled, in other zones, on days when the clocks change."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.errors import InputError, NotFound
from midback.sense.calendars import Busy, busy_between, merge, read_calendar, read_calendar_file
from midback.sense.calendars_expand import expand

FIXTURES = Path(__file__).parent / "fixtures"
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
SPRING = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC))


def event(*lines: str, uid: str = "1", title: str = "Team") -> str:
    """Return one event."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT", ""])


def calendar(*parts: str, head: str = "") -> bytes:
    """Return a calendar."""
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//invented//EN\r\n{head}"
    return f"{head}{''.join(parts)}END:VCALENDAR\r\n".encode()


def busy(*parts: str, head: str = "", zone: ZoneInfo | None = BERLIN, **how: bool) -> list[tuple[str, str]]:
    """Return busy times of spring 2026 as UTC texts: month-day hour:minute."""
    found = busy_between(read_calendar(calendar(*parts, head=head)), *SPRING, zone, **how)
    return [(f"{one.start:%m-%d %H:%M}", f"{one.end:%m-%d %H:%M}") for one in found]


def at(wall: str, zone: str = "Europe/Berlin", hours: int = 1) -> tuple[str, str]:
    """Return the start and end lines of an event."""
    end = datetime.strptime(wall, "%Y%m%dT%H%M%S") + timedelta(hours=hours)  # noqa: DTZ007 - a wall time
    return f"DTSTART;TZID={zone}:{wall}", f"DTEND;TZID={zone}:{end:%Y%m%dT%H%M%S}"


WEEKLY = event(*at("20260316T090000"), "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4")


def test_a_weekly_meeting_keeps_its_wall_time_over_the_clock_change() -> None:
    """Nine in Berlin is eight UTC before 29 March 2026 and seven after it."""
    assert busy(WEEKLY) == [
        ("03-16 08:00", "03-16 09:00"),
        ("03-23 08:00", "03-23 09:00"),
        ("03-30 07:00", "03-30 08:00"),
        ("04-06 07:00", "04-06 08:00"),
    ]


def test_a_meeting_called_in_new_york_moves_for_berlin_between_the_two_clock_changes() -> None:
    """Clocks change on 8 March there and on 29 March here."""
    found = busy(event(*at("20260302T090000", "America/New_York"), "RRULE:FREQ=WEEKLY;COUNT=3"))
    assert [start for start, _ in found] == ["03-02 14:00", "03-09 13:00", "03-16 13:00"]


def test_an_exception_a_move_and_a_cancelled_day() -> None:
    """A day taken out, a day moved and a day cancelled are each as the calendar shows them."""
    lines = (
        *at("20260316T090000"),
        "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4",
        "EXDATE;TZID=Europe/Berlin:20260323T090000",
    )
    moved = event("RECURRENCE-ID;TZID=Europe/Berlin:20260330T090000", *at("20260331T150000"))
    cancelled = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260406T090000", *at("20260406T090000"), "STATUS:CANCELLED"
    )
    assert busy(event(*lines), moved, cancelled) == [
        ("03-16 08:00", "03-16 09:00"),
        ("03-31 13:00", "03-31 14:00"),
    ]


def test_a_day_moved_into_the_window_from_far_away_is_seen() -> None:
    """What replaces an occurrence is looked at wherever the replaced one lay."""
    series = event(*at("20200106T090000"), "RRULE:FREQ=YEARLY;UNTIL=20270101T000000Z")
    moved = event("RECURRENCE-ID;TZID=Europe/Berlin:20260106T090000", *at("20260407T090000"))
    assert busy(series, moved) == [("04-07 07:00", "04-07 08:00")]


def test_what_was_moved_long_ago_costs_nothing() -> None:
    """Six thousand days moved in 2015 are no reason to refuse a calendar; one moved from now on counts."""
    old = event("RECURRENCE-ID:20150302T080000Z", "DTSTART:20150303T080000Z", "DURATION:PT1H")
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260330T090000", *at("20260330T110000")
    )
    assert [start for start, _ in busy(old * 6000, WEEKLY, later)][-2:] == ["03-30 09:00", "04-06 09:00"]


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=DAILY;UNTIL=20260320T235959Z", 5),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=6", 6),
        ("FREQ=MONTHLY;BYDAY=3MO;COUNT=2", 2),
        ("FREQ=MONTHLY;BYMONTHDAY=16;COUNT=2", 2),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=3MO", 1),
    ],
)
def test_usual_rules_repeat_as_often_as_they_say(rule: str, count: int) -> None:
    """Daily, weekly, monthly and yearly rules of ordinary calendars."""
    assert len(busy(event(*at("20260316T090000"), f"RRULE:{rule}"))) == count


def test_extra_dates_and_durations() -> None:
    """RDATE adds a day; DURATION stands for an end."""
    found = busy(
        event("DTSTART:20260316T080000Z", "DURATION:PT30M", "RDATE:20260318T100000Z,20260319T100000Z"),
    )
    assert found == [
        ("03-16 08:00", "03-16 08:30"),
        ("03-18 10:00", "03-18 10:30"),
        ("03-19 10:00", "03-19 10:30"),
    ]


def test_floating_times_are_on_the_persons_wall() -> None:
    """A time without a zone is nine o'clock wherever the person is."""
    floating = event("DTSTART:20260316T090000", "DTEND:20260316T100000", "RRULE:FREQ=WEEKLY;COUNT=3")
    assert [start for start, _ in busy(floating)] == ["03-16 08:00", "03-23 08:00", "03-30 07:00"]
    assert [start for start, _ in busy(floating, zone=NEW_YORK)] == [
        "03-16 13:00",
        "03-23 13:00",
        "03-30 13:00",
    ]


def test_the_calendars_own_zone_is_that_of_its_floating_times() -> None:
    """X-WR-TIMEZONE says which; one that nobody knows is left out."""
    floating = event("DTSTART:20260316T090000", "DTEND:20260316T100000")
    assert busy(floating, head="X-WR-TIMEZONE:America/New_York\r\n") == [("03-16 13:00", "03-16 14:00")]
    assert busy(floating, head="X-WR-TIMEZONE:Mars/Olympus\r\n") == [("03-16 08:00", "03-16 09:00")]


def test_zones_by_other_names() -> None:
    """A zone that Windows names, and one that the calendar describes itself, are understood."""
    assert busy(event(*at("20260316T090000", "W. Europe Standard Time"))) == [("03-16 08:00", "03-16 09:00")]
    own = (
        "BEGIN:VTIMEZONE\r\nTZID:Ship\r\nBEGIN:STANDARD\r\nDTSTART:20200101T000000\r\nTZOFFSETFROM:-0330\r\n"
        "TZOFFSETTO:-0330\r\nTZNAME:SHIP\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    assert busy(own, event(*at("20260316T090000", "Ship"))) == [("03-16 12:30", "03-16 13:30")]


def test_a_night_meeting_crosses_midnight_and_the_clock_change() -> None:
    """From 23:00 to 04:00 on the night of the change in Berlin is four hours."""
    assert busy(event(*at("20260328T230000", hours=5))) == [("03-28 22:00", "03-29 02:00")]
    # And three in the morning of the autumn night comes twice; the second hour counts too.
    october = read_calendar(calendar(event(*at("20261024T230000", hours=5))))
    found = busy_between(
        october, datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC), BERLIN
    )
    assert [(one.end - one.start) for one in found] == [timedelta(hours=6)]


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "DTEND;TZID=Europe/Berlin:20260316T090000",
    ],
)
def test_what_keeps_nobody_busy_is_left_out(line: str) -> None:
    """Free, cancelled, and events without a length."""
    start, end = at("20260316T090000")
    lines = (start, line) if line.startswith("DTEND") else (start, end, line)
    assert busy(event(*lines)) == []
    assert busy(event(start, end)) == [("03-16 08:00", "03-16 09:00")]


def test_a_declined_meeting_is_left_out() -> None:
    """The person's own no counts, by address or by the calendar's name; somebody else's no does not."""
    me = "ATTENDEE;CN=Me;PARTSTAT=DECLINED:mailto:Me@example.org"
    other = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:other@example.org"
    data = calendar(event(*at("20260316T090000"), me, other))
    assert len(busy_between(read_calendar(data), *SPRING)) == 1
    assert busy_between(read_calendar(data, mine=["me@example.org"]), *SPRING) == ()
    assert busy(event(*at("20260316T090000"), me, other), head="X-WR-CALNAME:me@example.org\r\n") == []
    assert len(busy(event(*at("20260316T090000"), me, other), head="X-WR-CALNAME:other@example.org\r\n")) == 1
    assert busy(event(*at("20260316T090000"), me)) == []


def test_whole_days_keep_nobody_busy_unless_asked_for() -> None:
    """A birthday is no meeting; with ``all_day`` a day is the person's day, of 23 hours at the clock change."""
    day = event("DTSTART;VALUE=DATE:20260329", "DTEND;VALUE=DATE:20260330")
    assert busy(day) == []
    assert busy(day, all_day=True) == [("03-28 23:00", "03-29 22:00")]


def test_overlapping_events_are_one_busy_time() -> None:
    """Two meetings at once are one time with both titles."""
    data = calendar(
        event(*at("20260316T090000"), title="One"), event(*at("20260316T093000"), uid="2", title="Two")
    )
    assert busy_between(read_calendar(data), *SPRING) == (
        Busy(datetime(2026, 3, 16, 8, tzinfo=UTC), datetime(2026, 3, 16, 9, 30, tzinfo=UTC), "One, Two"),
    )


def test_busy_times_are_cut_to_the_window() -> None:
    """A meeting that began before the window counts from its start on."""
    data = read_calendar(calendar(event(*at("20260316T090000", hours=4))))
    ten = datetime(2026, 3, 16, 10, tzinfo=timezone(timedelta(hours=1)))
    found = busy_between(data, ten, ten + timedelta(hours=1))
    assert [(one.start, one.end) for one in found] == [(ten, ten + timedelta(hours=1))]


def test_titles_are_read_as_they_were_meant_and_nothing_else_is_kept() -> None:
    """Folded and escaped titles come out whole; descriptions, places and guests are dropped at reading."""
    long = "Planning\\, part two of the l\r\n ong one\\nwith a second line"
    body = event(
        *at("20260316T090000"), "DESCRIPTION:secret", "LOCATION:secret", "ATTENDEE:mailto:a@b", title=long
    )
    read = read_calendar(calendar(body))
    (found,) = busy_between(read, *SPRING)
    assert found.title == "Planning, part two of the long one with a second line"
    assert "secret" not in repr(read)
    assert "a@b" not in repr(read)


def test_alarms_and_tasks_are_no_events() -> None:
    """An alarm inside an event and a task beside it add nothing."""
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDURATION:PT1H\r\nSUMMARY:x\r\nEND:VALARM"
    task = "BEGIN:VTODO\r\nUID:t\r\nDTSTART:20260317T080000Z\r\nDUE:20260317T090000Z\r\nEND:VTODO\r\n"
    assert busy(event(*at("20260316T090000"), alarm), task) == [("03-16 08:00", "03-16 09:00")]


def test_line_ends_of_other_systems_and_a_byte_order_mark() -> None:
    """Files with plain line feeds and a mark in front are read the same."""
    data = b"\xef\xbb\xbf" + calendar(WEEKLY).replace(b"\r\n", b"\n")
    assert len(busy_between(read_calendar(data), *SPRING)) == 4


def test_a_calendar_in_a_file(tmp_path: Path) -> None:
    """A file's calendar has a name and its events; a file that is not there is said so."""
    read = read_calendar_file(FIXTURES / "work.ics")
    assert (read.name, read.events, read.notes) == ("Invented work", 3, ())
    found = busy_between(read, datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC), BERLIN)
    assert [one.title for one in found] == ["Stand-up", "Stand-up", "Review", "Stand-up"]
    with pytest.raises(NotFound, match=r"gone\.ics"):
        read_calendar_file(tmp_path / "gone.ics")


def test_a_calendar_written_by_icalendar_is_read() -> None:
    """What an independent writer writes comes back."""
    written = icalendar.Calendar()
    one = icalendar.Event()
    one.add("summary", "Grüße; Termin, lang " + "x" * 100)
    one.add("dtstart", datetime(2026, 3, 16, 9, tzinfo=BERLIN))
    one.add("dtend", datetime(2026, 3, 16, 10, tzinfo=BERLIN))
    written.add_component(one)
    (found,) = busy_between(read_calendar(written.to_ical()), *SPRING)
    assert found.title == "Grüße; Termin, lang " + "x" * 100


@pytest.mark.parametrize("days", [0, -1, 401])
def test_the_window_is_bounded(days: int) -> None:
    """Nothing, backwards and more than 400 days are refused."""
    with pytest.raises(InputError, match="at most 400 days"):
        busy_between(read_calendar(calendar(WEEKLY)), SPRING[0], SPRING[0] + timedelta(days=days))


def test_an_event_that_cannot_be_worked_out_leaves_the_others() -> None:
    """One event with a broken rule or start costs itself alone, and is counted."""
    broken = event("DTSTART:yesterday", uid="2") + event(*at("20260316T110000"), "RRULE:FREQ=OFTEN", uid="3")
    read = read_calendar(calendar(broken, WEEKLY))
    assert len(busy_between(read, *SPRING)) == 4
    assert [note.said() for note in read.notes] == [
        "Events left out because they repeat many times a day, or by a rule that cannot be: 1.",
        "Events left out because their start cannot be read: 1.",
    ]


minutes = st.integers(0, 3000).map(lambda minute: SPRING[0] + timedelta(minutes=minute))
times = st.tuples(minutes, st.integers(1, 300), st.sampled_from(["", "a", "b"])).map(
    lambda said: Busy(said[0], said[0] + timedelta(minutes=said[1]), said[2])
)


@given(st.lists(times, max_size=12))
def test_merging_loses_and_adds_no_minute(told: list[Busy]) -> None:
    """Merged times are apart, in order, and cover exactly the minutes that were told."""
    merged = merge(told)
    assert all(one.end < two.start for one, two in pairwise(merged))

    def covered(some: list[Busy] | tuple[Busy, ...]) -> set[int]:
        return {
            minute
            for one in some
            for minute in range(
                round((one.start - SPRING[0]).total_seconds() / 60),
                round((one.end - SPRING[0]).total_seconds() / 60),
            )
        }

    assert covered(merged) == covered(told)
    assert merge(merged) == merged


@given(
    st.sampled_from(["DAILY", "WEEKLY"]),
    st.integers(1, 4),
    st.integers(1, 10),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
)
def test_repeated_events_keep_their_wall_time_in_every_zone(
    freq: str, every: int, count: int, zone: str
) -> None:
    """Worked out by days on the wall: the n-th is n steps later at the same local time."""
    lines = (*at("20260320T090000", zone), f"RRULE:FREQ={freq};INTERVAL={every};COUNT={count}")
    text = calendar(event(*lines)).decode()
    step = timedelta(days=every * (7 if freq == "WEEKLY" else 1))
    first = datetime(2026, 3, 20, 9, tzinfo=ZoneInfo(zone))
    wanted = [(first + step * n).astimezone(UTC).isoformat() for n in range(count)]
    found, failed = expand(text, datetime(2026, 3, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC))
    assert sorted(told[0] for told in found) == wanted
    assert failed == 0
