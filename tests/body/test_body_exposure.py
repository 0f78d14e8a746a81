"""Bouts tile the day: nothing is counted twice, nothing is lost, and the person's word wins."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_rig import NOW, bouts
from midback.body.exposure import (
    ACTIVITIES,
    STILL,
    Activity,
    Bout,
    from_person,
    overlay,
    summarise,
    usual_bouts,
)
from midback.body.local_time import instant
from midback.plan.answers import Intake, UsualBout

DAY = timedelta(days=1)
EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
]
# Around these dates the clocks change in one of the zones.
SHIFTS = [
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 4, 5),
    date(2026, 10, 4),
]
many = st.lists(bouts(), max_size=8)


def bout(start_h: float, end_h: float, activity: Activity = "sitting", *evidence: str, id_: str = "") -> Bout:
    return Bout(
        start=EIGHT + timedelta(hours=start_h - 8),
        end=EIGHT + timedelta(hours=end_h - 8),
        activity=activity,
        evidence=evidence or ("person",),
        id=id_,
    )


def tiles(laid: tuple[Bout, ...]) -> bool:
    return all(b.start < b.end for b in laid) and all(a.end <= b.start for a, b in pairwise(laid))


def activity_at(laid: tuple[Bout, ...], at: datetime) -> Bout | None:
    return next((b for b in laid if b.start <= at < b.end), None)


@given(many)
def test_the_seconds_of_a_day_are_the_day(drawn: list[Bout]) -> None:
    """Whatever overlaps, all activities together are exactly the length of the day."""
    exposure = summarise(drawn, NOW, NOW + DAY)
    assert sum(exposure.seconds.values()) == pytest.approx(86400)
    assert all(seconds >= 0 for seconds in exposure.seconds.values())
    assert tiles(exposure.bouts)
    assert exposure.longest_still_s <= sum(exposure.seconds[kind] for kind in STILL) + 30 * len(drawn)
    assert set(exposure.seconds) == set(ACTIVITIES)


@given(many, st.integers(1, 1439))
def test_two_halves_are_the_whole(drawn: list[Bout], minute: int) -> None:
    """Cutting a day in two and adding up gives the day."""
    cut = NOW + timedelta(minutes=minute)
    whole = summarise(drawn, NOW, NOW + DAY)
    first, second = summarise(drawn, NOW, cut), summarise(drawn, cut, NOW + DAY)
    for kind in ACTIVITIES:
        assert first.seconds[kind] + second.seconds[kind] == pytest.approx(whole.seconds[kind])
    assert max(first.longest_still_s, second.longest_still_s) <= whole.longest_still_s + 1e-6


def test_nothing_reported_is_unknown_and_not_fine() -> None:
    """A day without a word is unknown from end to end."""
    exposure = summarise([], NOW, NOW + DAY)
    assert exposure.seconds["unknown"] == 86400
    assert (exposure.longest_still_s, exposure.longest_activity) == (0.0, None)
    assert not exposure.usual


def test_the_longest_bout_joins_its_parts_and_names_what_it_was() -> None:
    """Two stretches of sitting end to end are one; standing up between makes two."""
    joined = summarise([bout(9, 10), bout(10, 11.5)], EIGHT, EIGHT + DAY)
    assert (joined.longest_still_s, joined.longest_activity) == (2.5 * 3600, "sitting")
    parted = summarise([bout(9, 10), bout(10, 10.1, "moving"), bout(10.1, 11.5)], EIGHT, EIGHT + DAY)
    assert parted.longest_still_s == pytest.approx(1.4 * 3600)
    stood = summarise([bout(9, 10), bout(10, 13, "standing")], EIGHT, EIGHT + DAY)
    assert (stood.longest_still_s, stood.longest_activity) == (3 * 3600, "standing")


@given(many, bouts())
def test_the_persons_newest_word_wins(existing: list[Bout], new: Bout) -> None:
    """Within a new word of the person, only that; outside of it everything as it was; no overlaps."""
    before, laid = overlay(existing, []), overlay(existing, new)
    assert tiles(laid)
    for minute in range(-120, 1500, 17):
        at = NOW + timedelta(minutes=minute)
        here, was = activity_at(laid, at), activity_at(before, at)
        inside = new.start <= at < new.end
        if inside and (from_person(new) or was is None or not from_person(was)):
            assert here is not None
            assert (here.activity, here.evidence) == (new.activity, new.evidence)
        else:
            assert (here and (here.activity, here.evidence)) == (was and (was.activity, was.evidence))


@given(many, bouts())
def test_saying_it_twice_changes_nothing(existing: list[Bout], new: Bout) -> None:
    """Laying the same bout twice is laying it once."""
    once = overlay(existing, new)
    assert overlay(once, new) == once


def test_correcting_cuts_what_lies_under_it() -> None:
    """A meeting in the middle of a morning at the desk leaves two parts; the id stays on the first."""
    laid = overlay([bout(9, 12, id_="a")], [bout(10, 11, "standing", id_="b")])
    assert [(b.activity, b.id) for b in laid] == [("sitting", "a"), ("standing", "b"), ("sitting", "")]


def test_a_sensor_fills_only_what_the_person_left_open() -> None:
    """What a sensor says does not overwrite the person, later or not."""
    laid = overlay([bout(9, 10)], [bout(8, 12, "away", "idle")])
    assert [(b.activity, b.start.hour) for b in laid] == [("away", 8), ("sitting", 9), ("away", 10)]


@given(
    st.sampled_from(SHIFTS), st.sampled_from(ZONES), st.sets(st.integers(0, 1440), min_size=2, max_size=10)
)
def test_the_usual_day_tiles_on_days_when_the_clocks_change(
    day: date, zone: ZoneInfo, cuts: set[int]
) -> None:
    """Lines end to end on the wall are end to end in UTC, and a whole day of them is 23, 24 or 25 hours."""
    edges = sorted({0, 1440} | cuts)
    lines = tuple(
        UsualBout(start=a, end=b, activity=ACTIVITIES[n % 4]) for n, (a, b) in enumerate(pairwise(edges))
    )
    laid = usual_bouts(Intake(usual_day=lines, work={}), day, zone)
    assert tiles(laid)
    assert all(a.end == b.start for a, b in pairwise(laid))
    start = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    tomorrow = day + DAY
    end = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone).astimezone(UTC)
    assert (laid[0].start, laid[-1].end) == (start, end)
    assert sum(summarise(laid, start, end).seconds.values()) == (end - start).total_seconds()
    assert summarise(laid, start, end).seconds["unknown"] == 0


@given(st.sampled_from(SHIFTS), st.sampled_from(ZONES), st.integers(0, 1439))
def test_local_minutes_never_run_backwards(day: date, zone: ZoneInfo, minute: int) -> None:
    """A later minute on the wall is never an earlier instant."""
    assert instant(day, minute, zone) <= instant(day, minute + 1, zone)


def test_a_jumped_over_time_is_the_instant_of_the_jump() -> None:
    """02:30 does not exist in Berlin on 29 March 2026: it is 03:00 summer time, 01:00 UTC."""
    berlin = ZoneInfo("Europe/Berlin")
    assert instant(date(2026, 3, 29), 150, berlin) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert instant(date(2026, 10, 25), 150, berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_usual_day_holds_on_working_days_only() -> None:
    """On a free day the usual working day says nothing; somebody without work has it every day."""
    lines = (UsualBout(start=540, end=720, activity="sitting"),)
    sunday = date(2026, 3, 1)
    assert usual_bouts(Intake(usual_day=lines), sunday, UTC_ZONE) == ()
    assert len(usual_bouts(Intake(usual_day=lines, work={}), sunday, UTC_ZONE)) == 1
    monday = usual_bouts(Intake(usual_day=lines), sunday + DAY, UTC_ZONE)
    assert summarise(monday, EIGHT, EIGHT + DAY).usual
    assert monday[0].confidence < 1


UTC_ZONE = ZoneInfo("UTC")
