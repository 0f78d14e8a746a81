"""The day by hand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from midback.app.clock import SetClock
from midback.app.exposures import (
    add_bout,
    keep_usual_day,
    move_bout,
    remove_bout,
    show_day,
    start_now,
    undo_last,
)
from midback.app.house import House
from midback.app.intake import read_intake, save_intake
from midback.errors import InputError, NotFound
from midback.plan.answers import UsualBout
from midback.store.people import DEFAULT_PERSON as ME


@pytest.fixture
def database_url(either: str | None) -> str | None:
    """Every test here holds on SQLite and on PostgreSQL."""
    return either


def _at(clock: SetClock, hour: int, minute: int = 0) -> datetime:
    return clock.at.astimezone(clock.zone).replace(hour=hour, minute=minute)


def test_two_taps_fill_the_time_since_the_last_stretch(house: House, clock: SetClock) -> None:
    """Saying "sitting" fills the time from the end of the last stretch until now."""
    clock.at = _at(clock, 12)
    add_bout(house, ME, "moving", _at(clock, 8), _at(clock, 9))
    day = start_now(house, ME, "sitting")
    assert day.exposure.seconds["sitting"] == 3 * 3600
    assert day.exposure.longest_still_s == 3 * 3600


def test_the_newest_word_wins_and_undo_brings_the_old_one_back(house: House, clock: SetClock) -> None:
    """A later entry replaces what it overlaps, nothing overlaps, and undo restores what stood there."""
    clock.at = _at(clock, 14)
    add_bout(house, ME, "sitting", _at(clock, 9), _at(clock, 12))
    clock.advance(minutes=1)
    day = add_bout(house, ME, "moving", _at(clock, 10), _at(clock, 10, 30))
    assert [b.activity for b in day.bouts] == ["sitting", "moving", "sitting"]
    assert all(a.end <= b.start for a, b in zip(day.bouts, day.bouts[1:], strict=False))
    undo_last(house, ME)
    assert [b.activity for b in show_day(house, ME).bouts] == ["sitting"]


def test_a_stretch_can_be_moved_and_removed(house: House, clock: SetClock) -> None:
    """Correcting by drag moves a stretch; removing takes it away; what is gone says so."""
    clock.at = _at(clock, 14)
    bout = add_bout(house, ME, "sitting", _at(clock, 9), _at(clock, 12)).bouts[0]
    moved = move_bout(house, ME, bout.id, _at(clock, 9, 30), _at(clock, 11), "driving").bouts
    assert [(b.activity, b.end - b.start) for b in moved] == [("driving", timedelta(minutes=90))]
    remove_bout(house, ME, moved[0].id)
    assert show_day(house, ME).bouts == ()
    with pytest.raises(NotFound):
        remove_bout(house, ME, moved[0].id)


def test_the_usual_day_stands_in_until_something_is_entered(settled: House, clock: SetClock) -> None:
    """Where nothing was entered the usual day is shown, marked as such, and only up to now."""
    intake = read_intake(settled, ME)
    assert intake is not None
    save_intake(settled, ME, replace(intake, usual_day=(UsualBout(start=540, end=1020, activity="sitting"),)))
    clock.at = _at(clock, 12)
    day = show_day(settled, ME)
    assert day.usual
    assert day.exposure.seconds["sitting"] == 3 * 3600
    assert not keep_usual_day(settled, ME).usual


@pytest.mark.parametrize(
    ("activity", "hours", "says"),
    [
        ("sleeping", (9, 10), "not an activity"),
        ("sitting", (10, 9), "not after"),
        ("sitting", (9, 23), "future"),
    ],
)
def test_bad_stretches_are_refused(
    house: House, clock: SetClock, activity: str, hours: tuple[int, int], says: str
) -> None:
    """An unknown activity, a backward stretch and the future are refused, and nothing is kept."""
    clock.at = _at(clock, 12)
    with pytest.raises(InputError, match=says):
        add_bout(house, ME, activity, _at(clock, hours[0]), _at(clock, hours[1]))
    assert show_day(house, ME).bouts == ()
