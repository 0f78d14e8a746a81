"""Why on odd days: far ones, empty ones, full ones, long ones; each is told or refused in words."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.app.clearance import ask_again_in
from midback.app.clock import SetClock
from midback.app.exposures import add_bout
from midback.app.house import House
from midback.app.planning import current_plan
from midback.app.screening import answer_screen
from midback.app.state_times import MOST_PIECES, day_of
from midback.app.why import Angles, Person, basis_of, why_day, why_effect
from midback.app.why_hours import pieces_of
from midback.app.why_lived import between, live
from midback.app.why_postures import subject_of
from midback.body.exposure import ACTIVITIES, Bout, summarise
from midback.body.tissue import rested
from midback.catalogue.constants import load_constants
from midback.errors import InputError
from midback.plan.answers import Intake
from midback.plan.day_stretches import usual_stretches
from midback.store.people import DEFAULT_PERSON as ME

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 3, 3)
MIDNIGHT = datetime(2026, 3, 2, 23, tzinfo=UTC)  # in Berlin
DAY = timedelta(days=1)
SUBJECT = subject_of(Person())


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


@settings(max_examples=30)
@given(st.lists(st.integers(0, 1440), max_size=9, unique=True), st.data())
def test_what_is_told_lies_in_its_bracket(cuts: list[int], data: st.DataObject) -> None:
    """For any day, one wholly unknown too, the least is no more than what is told, and that no more than the most."""
    bouts = [
        Bout(
            start=MIDNIGHT + timedelta(minutes=first),
            end=MIDNIGHT + timedelta(minutes=last),
            activity=data.draw(st.sampled_from(ACTIVITIES)),
        )
        for first, last in pairwise(sorted(cuts))
    ]
    pieces = pieces_of(bouts, MIDNIGHT, MIDNIGHT + DAY, Intake(), BERLIN, load_constants())
    low, high = between(SUBJECT, pieces, rested())
    tired = live(SUBJECT, pieces, rested()).tired
    assert (low <= tired + 1e-9).all()
    assert (tired <= high + 1e-9).all()


def test_a_day_not_yet_begun_that_somebody_told_of(settled: House, clock: SetClock) -> None:
    """After the clock was set back the day of what was entered lies ahead: it is empty, and nothing fails."""
    clock.advance(days=1, hours=10)
    add_bout(settled, ME, "sitting", clock.at - timedelta(hours=4), clock.at)
    clock.advance(days=-1)
    told = why_day(settled, ME, TUESDAY)
    assert [hour.tiredness for hour in told.hours] == [{}] * 24
    assert told.longest is None
    effect = why_effect(basis_of(settled, ME, TUESDAY), Angles(head_flexion=30), 20)
    assert (effect.course, effect.state.breaks) == ((), 0)


def test_a_day_in_very_many_pieces_does_not_stand_for_today(usual: Intake) -> None:
    """A sensor that flickers gives neither the day to plan for, nor a wait; a measured day of a few pieces does."""
    for pieces in (MOST_PIECES // 6, 2 * MOST_PIECES):
        span = timedelta(hours=12) / pieces
        start = MIDNIGHT + timedelta(hours=6)
        bouts = [
            Bout(
                start=start + n * span, end=start + (n + 1) * span, activity="moving" if n % 2 else "sitting"
            )
            for n in range(pieces)
        ]
        found = day_of(usual, summarise(bouts, MIDNIGHT, MIDNIGHT + DAY), date(2026, 3, 4))
        assert (found == usual_stretches(usual)) == (pieces > MOST_PIECES)
