"""Weeks and months: what the days come to together."""

from datetime import date, timedelta

import pytest

from midback.app.by_hand import log_exercise
from midback.app.clock import SetClock, at_minute
from midback.app.exposures import add_bout
from midback.app.house import House
from midback.app.spans import MONTH, WEEK, Span, show_days, sum_up
from midback.errors import InputError
from midback.store import said
from midback.store.people import DEFAULT_PERSON as ME
from midback.store.said import KeptHold, KeptSaid

THURSDAY = date(2026, 3, 5)


def span(house: House, last: date | None = None, length: int = WEEK) -> Span:
    return sum_up(show_days(house, ME, last, length))


def test_a_week_is_its_days_together(settled: House, clock: SetClock) -> None:
    """Seven days up to today: seconds by activity, the longest stretch, variety, and what was said, held and done."""
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
    week = span(settled)
    assert (week.start, week.end, len(week.days)) == (date(2026, 2, 27), THURSDAY, 7)
    # The usual day stands in for days nobody told of, and says nothing of them.
    assert [day.known for day in week.days] == [False, False, False, True, False, True, False]
    assert [day.changes for day in week.days if day.known] == [1, 1]
    assert week.seconds["sitting"] == 5 * 3600
    assert week.seconds["moving"] == 3600
    assert week.longest is not None
    assert (week.longest.day, week.longest.longest_still_s) == (date(2026, 3, 2), 3 * 3600)
    assert week.variety is not None
    assert 0 < week.variety < 1
    assert (week.prompts, week.held, week.done) == (1, 1, 2)


def test_what_was_answered_and_kept_is_done_once(settled: House, clock: SetClock) -> None:
    """Done on the desktop and the same movement kept by hand are one; another movement is another."""
    clock.at = at_minute(clock, THURSDAY, 600)
    log_exercise(settled, ME, "stand-reach", 1)
    rows = [
        KeptSaid(at=clock.at - timedelta(minutes=2), kind="done", movement="stand-reach"),
        KeptSaid(at=clock.at - timedelta(minutes=40), kind="done", movement="stand-reach"),
        KeptSaid(at=clock.at - timedelta(minutes=3), kind="done", movement="walk"),
    ]
    with settled.engine.begin() as connection:
        said.keep(connection, ME, rows)
    assert span(settled).done == 3


def test_thirty_days_end_with_the_day_asked_for(house: House, clock: SetClock) -> None:
    """None lies in the future, whichever day is asked for; of nothing known there is no longest."""
    clock.at = at_minute(clock, THURSDAY, 600)
    february = span(house, date(2026, 2, 28), MONTH)
    assert (february.start, february.end, len(february.days)) == (date(2026, 1, 30), date(2026, 2, 28), 30)
    assert february.longest is None
    assert february.variety is None
    assert span(house, date(2026, 3, 20)).end == THURSDAY


def test_days_when_the_clocks_change_are_as_long_as_they_are(house: House, clock: SetClock) -> None:
    """The Sunday of March has 23 hours, and the one of October 25."""
    for day, hours in ((date(2026, 3, 29), 23), (date(2025, 10, 26), 25)):
        clock.at = at_minute(clock, day, 1439)
        add_bout(house, ME, "away", at_minute(clock, day, 0), at_minute(clock, day, 60))
        sunday = span(house, day).days[-1]
        assert sum(sunday.seconds.values()) == hours * 3600


def test_a_day_out_of_reason_is_refused(house: House) -> None:
    """A week before the calendar of people is refused."""
    with pytest.raises(InputError):
        span(house, date(1, 1, 1))
