"""Evidence, what it comes to and what was said, as kept."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from midback.body.evidence import Evidence, read_line, write_line
from midback.errors import InputError
from midback.store import calendars, evidence, said, sensed, spool, trips
from midback.store.calendars import BusyTime, CalendarFault, KeptCalendar
from midback.store.said import KeptHold, KeptSaid
from midback.store.spool import LineFault, SpoolFile
from midback.store.trips import KeptTrip
from strategies import as_kept, evidence_of

Scratch = Callable[[], AbstractContextManager[Connection]]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAYS = timedelta(days=1)
whens = st.integers(0, 3 * 86_400).map(lambda s: START + timedelta(seconds=s))
some = st.lists(evidence_of(whens), max_size=12)


def typed(minute: int, idle_s: float = 0.0) -> Evidence:
    """Return a sample of idle time, minutes after the start."""
    return Evidence(at=START + timedelta(minutes=minute), source="input", idle_s=idle_s)


@given(some, st.data())
@settings(max_examples=40)
def test_evidence_is_a_set(scratch: Scratch, told: list[Evidence], data: st.DataObject) -> None:
    """However it is split, ordered and repeated, what is kept is each piece once, in one order."""
    with scratch() as connection:
        fresh: list[Evidence] = []
        for one in data.draw(st.permutations([*told, *told])):
            fresh += evidence.keep(connection, "me", [one])
        kept = tuple(map(read_line, evidence.lines(connection, "me")))
        assert kept == as_kept(told)
        assert sorted(map(write_line, fresh)) == sorted(map(write_line, kept))
        assert evidence.count(connection, "me") == len(kept)
        assert evidence.keep(connection, "me", told) == ()


@given(some, whens, st.integers(1, 100_000))
@settings(max_examples=40)
def test_a_window_holds_all_that_touches_it(
    scratch: Scratch, told: list[Evidence], start: datetime, length: int
) -> None:
    """What touches a window is given back, whole pieces of stretches that began before it too."""
    end = start + timedelta(seconds=length)
    with scratch() as connection:
        evidence.keep(connection, "me", told)
        found = tuple(evidence.between(connection, "me", start, end))
        assert found == tuple(e for e in as_kept(told) if e.at < end and (e.until or e.at) >= start)


@given(some, st.data())
@settings(max_examples=30)
def test_what_is_taken_out_is_gone_and_nothing_else(
    scratch: Scratch, told: list[Evidence], data: st.DataObject
) -> None:
    """Lines taken out are gone; the rest, and the windows it is found by, stay as they were."""
    kept = as_kept(told)
    gone = set(data.draw(st.lists(st.sampled_from(kept), unique=True))) if kept else set()
    with scratch() as connection:
        evidence.keep(connection, "me", told)
        taken = evidence.take_out(connection, "me", [write_line(one) for one in gone])
        assert set(taken) == gone
        left = tuple(one for one in kept if one not in gone)
        assert tuple(map(read_line, evidence.lines(connection, "me"))) == left
        span = evidence.span(connection, "me")
        assert (span is None) == (not left)
        assert span is None or span[1] == max(one.until or one.at for one in left)


def test_a_month_away_is_kept_in_days(connection: Connection) -> None:
    """A stretch of 31 days stands in pieces of a day, and the same stretch again is nothing new."""
    away = Evidence(at=START, until=START + 31 * DAYS, source="person", activity="away")
    assert len(evidence.keep(connection, "me", [away])) == 31
    assert evidence.keep(connection, "me", [away]) == ()
    middle = list(evidence.between(connection, "me", START + 15.5 * DAYS, START + 15.6 * DAYS))
    assert [(one.at, one.until) for one in middle] == [(START + 15 * DAYS, START + 16 * DAYS)]


def test_text_that_no_file_can_hold_is_kept_plainly(connection: Connection) -> None:
    """A lone surrogate or a null in a title is replaced, and is the same piece the next time."""
    line = (
        '{"at": "2026-03-02T09:00:00Z", "until": "2026-03-02T10:00:00Z", "source": "calendar", "busy": true'
    )
    odd = read_line(line + ', "title": "a\\ud800b\\u0000c"}')
    assert len(evidence.keep(connection, "me", [odd])) == 1
    assert evidence.keep(connection, "me", [odd]) == ()
    assert [one.title for one in evidence.between(connection, "me", START, START + DAYS)] == ["a?b c"]


def test_a_day_of_samples_is_small(connection: Connection) -> None:
    """A working day of samples every ten seconds takes less than 60 kB."""
    samples = [
        Evidence(at=START + timedelta(seconds=10 * n), source="input", idle_s=float(n % 17))
        for n in range(6 * 60 * 8)
    ]
    evidence.keep(connection, "me", samples)
    from midback.store.tables import evidence as table

    packed = sum(len(row.lines) for row in connection.execute(table.select()))
    assert packed < 60_000


def test_people_do_not_share_evidence(connection: Connection) -> None:
    """One person's evidence is not another's."""
    from midback.store.people import ensure_person

    ensure_person(connection, "you")
    evidence.keep(connection, "you", [typed(0)])
    assert list(evidence.between(connection, "me", START, START + DAYS)) == []
    evidence.clear(connection, "me")
    assert evidence.count(connection, "you") == 1


def test_sensed_bouts_of_a_window_are_replaced(connection: Connection) -> None:
    """The bouts of one day go, those of the next stay; what is unknown is not kept."""
    from midback.body.exposure import Bout

    day = START.replace(hour=0)

    def bout(start: datetime, activity: str) -> Bout:
        return Bout(start=start, end=start + DAYS / 24, activity=activity, evidence=("input",))  # type: ignore[arg-type]

    first, second = bout(day, "sitting"), bout(day + DAYS, "away")
    sensed.replace(connection, "me", day, day + DAYS, [first, bout(day + DAYS / 2, "unknown")])
    sensed.replace(connection, "me", day + DAYS, day + 2 * DAYS, [second])
    assert sensed.listed(connection, "me") == (first, second)
    sensed.replace(connection, "me", day, day + DAYS, [])
    assert sensed.between(connection, "me", day, day + 2 * DAYS) == (second,)


def test_what_was_said_counts_once_and_a_hold_grows(connection: Connection) -> None:
    """The same row again is nothing new; a hold told with a later end is the same hold, longer."""
    prompt = KeptSaid(at=START, kind="prompt", movement="stand-reach")
    hold = KeptHold(start=START, end=START + timedelta(minutes=2), held=("typing",))
    longer = replace(hold, end=START + timedelta(minutes=9), held=("typing", "call"))
    assert said.keep(connection, "me", [prompt, hold]) == 2
    assert said.keep(connection, "me", [longer, prompt, hold]) == 0
    assert said.said_between(connection, "me", START, START + DAYS) == (prompt,)
    assert said.held_between(connection, "me", START + timedelta(minutes=8), START + DAYS) == (longer,)
    assert said.remove(connection, "me", START, "prompt")
    assert said.listed(connection, "me") == ()


@pytest.mark.parametrize(
    "row",
    [
        KeptSaid(at=START, kind="prompt", movement="x" * 65),
        KeptHold(start=START, end=START - DAYS, held=("typing",)),
        KeptHold(start=START, end=START + 8 * DAYS, held=("typing",)),
        KeptHold(start=START, end=START, held=()),
    ],
    ids=["long name", "backwards", "long", "nothing"],
)
def test_rows_out_of_reason_are_refused(connection: Connection, row: KeptSaid | KeptHold) -> None:
    """A name too long, a hold that runs backwards, for weeks or for nothing is refused."""
    with pytest.raises(InputError):
        said.keep(connection, "me", [row])


def test_how_far_a_file_was_read(connection: Connection) -> None:
    """A file's place is kept with the last faults of it, and can be forgotten."""
    faults = tuple(LineFault(line=n, seen="{key} is missing.", values={"key": "at"}) for n in range(30))
    spool.put(connection, "me", SpoolFile(file="a", read=3_000_000_000, refused=30, faults=faults))
    kept = spool.get(connection, "me", "a")
    assert (kept.read, kept.refused, kept.faults) == (3_000_000_000, 30, faults[-20:])
    assert kept.faults[0].why[0].said() == "at is missing."
    spool.forget(connection, "me", "a")
    assert spool.get(connection, "me", "a") == SpoolFile(file="a")


def test_trips_and_calendars_come_back_as_they_were(connection: Connection) -> None:
    """A trip with its lines and a calendar with its times and its fault are given back whole."""
    trip = KeptTrip(
        id="t", name="home", start=START, end=START + DAYS, added_at=START, km=3.5, lines=("a", "b")
    )
    assert trips.add(connection, "me", trip)
    assert not trips.add(connection, "me", trip)
    assert trips.listed(connection, "me") == (trip,)
    calendar = KeptCalendar(
        id="c",
        name="work",
        source="/a.ics",
        added_at=START,
        refreshed_at=START,
        fault=CalendarFault(seen="{file} is gone.", values={"file": "a"}),
        busy=(BusyTime(start=START, end=START + DAYS, title="stand-up"),),
    )
    assert calendars.put(connection, "me", calendar) == calendar
    assert calendars.listed(connection, "me") == (calendar,)
    assert calendars.remove(connection, "me", "c")
    assert not calendars.remove(connection, "me", "c")


def test_what_is_kept_read_is_what_is_kept(scratch: Scratch) -> None:
    """An hour that was read, then added to, then emptied, is read as it stands each time, full hours too."""
    hour = (START, START + timedelta(hours=1))
    for each in (60, 5):  # seconds between samples: a usual hour, and one too full to be held in memory
        told = [
            Evidence(at=START + timedelta(seconds=s), source="input", idle_s=1.0)
            for s in range(0, 3600, each)
        ]
        with scratch() as connection:
            for part in (told[:10], told):
                evidence.keep(connection, "me", part)
                assert list(evidence.between(connection, "me", *hour)) == part
            evidence.take_out(connection, "me", map(write_line, told[5:]))
            assert list(evidence.between(connection, "me", *hour)) == told[:5]
            evidence.clear(connection, "me")
            assert list(evidence.between(connection, "me", *hour)) == []
