"""A massage every so many weeks: due after the last one, never on a Sunday, never in the past."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from midback.plan.massage import every_weeks_dates

MONDAY = date(2026, 3, 2)


def test_the_first_is_due_at_once_and_the_others_follow() -> None:
    """Without a visit before, the first day; then every three weeks."""
    assert every_weeks_dates(None, 3, MONDAY, MONDAY + timedelta(weeks=7)) == (
        MONDAY,
        MONDAY + timedelta(weeks=3),
        MONDAY + timedelta(weeks=6),
    )


def test_it_is_counted_from_the_last_visit() -> None:
    """Two weeks after the last one; one long overdue is due today."""
    end = MONDAY + timedelta(weeks=3)
    assert every_weeks_dates(MONDAY - timedelta(days=4), 2, MONDAY, end)[0] == MONDAY + timedelta(days=10)
    assert every_weeks_dates(MONDAY - timedelta(days=99), 2, MONDAY, end)[0] == MONDAY


@given(
    last=st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    weeks=st.integers(1, 26),
    start=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    days=st.integers(0, 400),
)
def test_dates_lie_in_the_time_asked_for(last: date | None, weeks: int, start: date, days: int) -> None:
    """In order, within the time, not on Sundays, and never closer than the cadence but for a Sunday's shift."""
    found = every_weeks_dates(last, weeks, start, start + timedelta(days=days))
    assert all(start <= day < start + timedelta(days=days) and day.weekday() != 6 for day in found)
    for one, two in pairwise(found):
        assert (two - one).days == 7 * weeks
