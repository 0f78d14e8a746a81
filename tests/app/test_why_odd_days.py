"""Why on odd days: far ones, empty ones, full ones, long ones; each is told or refused in words."""

from datetime import date

import pytest

from midback.app.clearance import ask_again_in
from midback.app.clock import SetClock
from midback.app.house import House
from midback.app.planning import current_plan
from midback.app.screening import answer_screen
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


def test_after_a_stop_no_break_is_told_of(settled: House) -> None:
    """The day's rule was made before the sign; it holds no more, and no movement of it is named."""
    current_plan(settled, ME)
    before = why_day(settled, ME)
    assert before.rule is not None
    assert before.eases
    answer_screen(settled, ME, frozenset({"chest-pain"}))
    after = why_day(settled, ME)
    assert (after.rule, after.eases) == (None, ())


def test_while_the_questions_wait_no_break_is_told_of(settled: House, clock: SetClock) -> None:
    """A week later the plan is not open until they are answered, on Why as anywhere else."""
    clock.advance(days=8)
    answer_screen(settled, ME, frozenset())
    current_plan(settled, ME)
    assert why_day(settled, ME).rule is not None
    with settled.engine.begin() as conn:
        ask_again_in(conn, ME, "triage.due-worse")
    assert why_day(settled, ME).rule is None
