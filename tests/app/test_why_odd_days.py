"""Why on odd days: far ones, empty ones, full ones, long ones; each is told or refused in words."""

from datetime import date

import pytest

from midback.app.house import House
from midback.app.why import basis_of, why_day
from midback.errors import InputError
from midback.store.people import DEFAULT_PERSON as ME


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2201, 1, 1), date.max])
def test_a_day_outside_all_reason_is_refused(house: House, day: date) -> None:
    """The first day there can be has no days before it; it is refused like any slip, in words."""
    with pytest.raises(InputError, match="year"):
        basis_of(house, ME, day)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2200, 12, 31)])
def test_the_first_and_the_last_day_are_told(house: House, day: date) -> None:
    """The days before the first day that is kept are not asked for."""
    assert len(why_day(house, ME, day).hours) == 24
