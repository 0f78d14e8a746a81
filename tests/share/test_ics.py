"""Calendar text is RFC 5545: other people's parsers read back what was written, in every zone and week."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from ics_lines import read_lines
from midback.share.ics import Alarm, Entry, changes, write_calendar

BERLIN = ZoneInfo("Europe/Berlin")
CHANGED = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
UNHEARD = count()
# Europe, America, the south, a half hour, an hour that was never given back, none at all.
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Europe/Dublin",
    "Africa/Casablanca",
    "Etc/UTC",
)

# Where the offset is zero in winter vobject takes a zone of a name it never heard of for UTC all the year.
LIKE_UTC = ("Europe/Dublin", "Africa/Casablanca", "Etc/UTC")


def entry(start: datetime | date, end: datetime | date, **more: object) -> Entry:
    """One entry with a title."""
    kept = {"uid": "u1", "title": "Time to move", "sequence": 0, "changed_at": CHANGED} | more
    return Entry(start=start, end=end, **kept)


def written(*entries: Entry, zone: str = "Europe/Berlin") -> str:
    """A calendar in a zone."""
    return write_calendar(entries, name="midback", zone=ZoneInfo(zone), zone_name=zone, program="1")


@settings(max_examples=40)
@given(
    at=st.datetimes(datetime(2025, 6, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - put into UTC below
    minutes=st.integers(1, 600),
    zone=st.sampled_from(ZONES),
)
def test_times_come_back_as_the_instants_they_were(at: datetime, minutes: int, zone: str) -> None:
    """Two parsers find the same instants in every zone, also where clocks change, in either direction."""
    start = at.replace(tzinfo=UTC, microsecond=0, second=0)
    text = written(entry(start, start + timedelta(minutes=minutes)), zone=zone)
    read_lines(text.encode())
    for found in (
        icalendar.Calendar.from_ical(text).walk("VEVENT")[0],
        *recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
            start - timedelta(days=1), start + timedelta(days=1)
        ),
    ):
        assert found["DTSTART"].dt == start
        assert found["DTEND"].dt == start + timedelta(minutes=minutes)
    if zone in LIKE_UTC:
        return
    # A new name each time: this parser keeps the zones it has met.
    event = vobject.readOne(text.replace(zone, f"Nobody/{next(UNHEARD)}")).vevent
    assert event.dtstart.value == start
    assert event.dtend.value == start + timedelta(minutes=minutes)


@settings(max_examples=40)
@given(
    at=st.datetimes(datetime(2025, 6, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - put into UTC below
    zone=st.sampled_from(ZONES),
)
def test_the_zone_stands_for_itself(at: datetime, zone: str) -> None:
    """A program that does not know the zone's name reads the same instants from the VTIMEZONE alone."""
    start = at.replace(tzinfo=UTC, microsecond=0, second=0)
    # A new name each time, as above.
    name = f"Nobody/{next(UNHEARD)}"
    text = written(entry(start, start + timedelta(hours=1)), zone=zone).replace(zone, name)
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    assert event["DTSTART"].dt == start
    assert event["DTEND"].dt == start + timedelta(hours=1)


def test_an_evening_keeps_its_wall_time_over_the_change_of_clocks() -> None:
    """20:15 is 20:15 in the week before and after clocks go forward and back."""
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)):
        start = datetime(day.year, day.month, day.day, 20, 15, tzinfo=BERLIN).astimezone(UTC)
        text = written(entry(start, start + timedelta(minutes=8)))
        assert f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T201500" in text


def test_the_second_of_two_like_wall_times_is_told_in_utc() -> None:
    """2:30 happens twice on 25 October 2026: the first stands on the wall, the second is named by its instant."""
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    text = written(entry(first, first + timedelta(hours=1)))
    assert "DTSTART;TZID=Europe/Berlin:20261025T023000" in text
    assert "DTEND:20261025T013000Z" in text


def test_changes_are_found_to_the_second() -> None:
    """The changes of a year are those of the zone's rules."""
    found = changes(BERLIN, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert [(c.onset, c.after, c.name) for c in found] == [
        (datetime(2026, 3, 29, 1, tzinfo=UTC), timedelta(hours=2), "CEST"),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), timedelta(hours=1), "CET"),
    ]


@given(words=st.text(max_size=200))
def test_any_words_come_back(words: str) -> None:
    """Commas, semicolons, backslashes, line ends and letters of any length survive folding and escaping."""
    start = datetime(2026, 3, 2, 8, tzinfo=UTC)
    text = written(entry(start, start + timedelta(hours=1), title=words, place=words, description=words))
    read_lines(text.encode())
    expected = words.replace("\r\n", "\n").replace("\r", "\n")
    expected = "".join(c for c in expected if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == expected
    assert str(event.get("LOCATION", "")) == expected


def test_two_parsers_agree_on_everything_an_entry_says() -> None:
    """Title, place, description, sequence, alarms and transparency are read alike."""
    start = datetime(2026, 3, 2, 19, 15, tzinfo=UTC)
    text = written(
        entry(
            start,
            start + timedelta(minutes=8),
            title="Movement: cat-cow, wall; opener",
            description="one\ntwo, three",
            place="Main Street 1\\2",
            sequence=3,
            free=True,
            alarms=(Alarm(5, "soon"), Alarm(0, "off", at_end=True), Alarm(1440, "tomorrow")),
        )
    )
    one, two = icalendar.Calendar.from_ical(text).walk("VEVENT")[0], vobject.readOne(text).vevent
    assert str(one["SUMMARY"]) == two.summary.value == "Movement: cat-cow, wall; opener"
    assert str(one["DESCRIPTION"]) == two.description.value == "one\ntwo, three"
    assert str(one["LOCATION"]) == two.location.value == "Main Street 1\\2"
    assert int(one["SEQUENCE"]) == int(two.sequence.value) == 3
    assert str(one["TRANSP"]) == two.transp.value == "TRANSPARENT"
    assert one["DTSTAMP"].dt == one["LAST-MODIFIED"].dt == CHANGED
    before = [alarm["TRIGGER"].dt for alarm in one.walk("VALARM")]
    assert before == [timedelta(minutes=-5), timedelta(0), timedelta(days=-1)]
    assert [alarm.trigger.value for alarm in two.valarm_list] == before
    assert one.walk("VALARM")[1]["TRIGGER"].params["RELATED"] == "END"


def test_a_whole_day_has_no_time() -> None:
    """A day is a date, its end not in it."""
    text = written(entry(date(2026, 3, 5), date(2026, 3, 6)))
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 3, 5), date(2026, 3, 6))


def test_the_machine_s_own_zone_needs_no_name() -> None:
    """Where the zone has no name that others know, its offsets stand in the calendar all the same."""
    start = datetime(2026, 7, 2, 8, tzinfo=UTC)
    text = write_calendar(
        (entry(start, start + timedelta(hours=1)),),
        name="m",
        zone=None,
        zone_name="midback-local",
        program="1",
    )
    read_lines(text.encode())
    assert icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["DTSTART"].dt == start


@pytest.mark.parametrize("entries", [(), (entry(CHANGED, CHANGED + timedelta(hours=1)),)])
def test_the_same_entries_give_the_same_text(entries: tuple[Entry, ...]) -> None:
    """Nothing of the text depends on when it was written."""
    assert written(*entries) == written(*entries)
    assert read_lines(written(*entries).encode()).name == "VCALENDAR"
