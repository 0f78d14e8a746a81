"""Weeks and months: what the days come to together."""

from datetime import date, timedelta

import pytest

from midback.app.by_hand import log_exercise
from midback.app.clock import SetClock, at_minute
from midback.app.exposures import add_bout
from midback.app.house import House
from midback.app.spans import show_month, show_week
from midback.errors import InputError
from midback.store import said
from midback.store.people import DEFAULT_PERSON as ME
from midback.store.said import KeptHold, KeptSaid

THURSDAY = date(2026, 3, 5)


def test_a_week_is_its_days_together(settled: House, clock: SetClock) -> None:
    """Monday to today: seconds by activity, the longest stretch, variety, and what was said, held and done."""
    clock.at = at_minute(clock, THURSDAY, 20 * 60)
    for n, hours in ((3, 3), (1, 2)):
        day = THURSDAY - timedelta(days=n)
        add_bout(settled, ME, "sitting", at_minute(clock, day, 540), at_minute(clock, day, 540 + hours * 60))
        add_bout(settled, ME, "moving", at_minute(clock, day, 900), at_minute(clock, day, 930))
    at = at_minute(clock, THURSDAY, 600)
    with settled.engine.begin() as connection:
        said.keep(
            connection,
            ME,
            [
                KeptSaid(at=at, kind="prompt"),
                KeptSaid(at=at + timedelta(minutes=1), kind="done"),
                KeptHold(start=at - timedelta(minutes=9), end=at, held=("call",)),
            ],
        )
    log_exercise(settled, ME, "cat-cow", 2)
    week = show_week(settled, ME)
    assert (week.start, week.end, len(week.days)) == (date(2026, 3, 2), date(2026, 3, 8), 4)
    assert [day.known for day in week.days] == [True, False, True, False]
    assert week.seconds["sitting"] == 5 * 3600
    assert week.seconds["moving"] == 3600
    assert week.longest is not None
    assert (week.longest.day, week.longest.longest_still_s) == (date(2026, 3, 2), 3 * 3600)
    assert week.variety is not None
    assert 0 < week.variety < 1
    assert (week.prompts, week.held, week.done) == (1, 1, 2)


def test_a_month_ends_where_it_ends(house: House, clock: SetClock) -> None:
    """February has its days, whichever of them is asked for; the present month ends today."""
    clock.at = at_minute(clock, THURSDAY, 600)
    february = show_month(house, ME, date(2026, 2, 28))
    assert (february.start, february.end, len(february.days)) == (date(2026, 2, 1), date(2026, 2, 28), 28)
    assert len(show_month(house, ME).days) == 5
    assert february.longest is None
    assert february.variety is None


def test_days_when_the_clocks_change_are_as_long_as_they_are(house: House, clock: SetClock) -> None:
    """The Sunday of March has 23 hours, and the one of October 25."""
    for day, hours in ((date(2026, 3, 29), 23), (date(2025, 10, 26), 25)):
        clock.at = at_minute(clock, day, 1439)
        add_bout(house, ME, "away", at_minute(clock, day, 0), at_minute(clock, day, 60))
        sunday = show_week(house, ME, day).days[-1]
        assert sum(sunday.seconds.values()) == hours * 3600


def test_a_day_out_of_reason_is_refused(house: House) -> None:
    """A week before the calendar of people is refused."""
    with pytest.raises(InputError):
        show_week(house, ME, date(1, 1, 1))
