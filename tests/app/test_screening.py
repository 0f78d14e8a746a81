"""The warning-sign screen as use cases."""

from dataclasses import replace
from datetime import date

import pytest

from midback.app.by_hand import log_exercise
from midback.app.checkins import add_checkin
from midback.app.clearance import require_clearance
from midback.app.clock import SetClock
from midback.app.house import House
from midback.app.intake import read_intake, save_intake
from midback.app.planning import current_plan
from midback.app.screening import (
    answer_screen,
    current_clearance,
    needs_explanation,
    questions,
    screen_due,
)
from midback.errors import InputError, SafetyStop
from midback.plan.answers import CheckIn, Intake
from midback.store import screenings
from midback.store.people import DEFAULT_PERSON as ME


@pytest.fixture
def database_url(either: str | None) -> str | None:
    """Every test here holds on SQLite and on PostgreSQL."""
    return either


def _one(house: House, level: str) -> str:
    return next(q.id for q in questions(house) if q.level == level)


def test_nothing_before_the_first_screen(house: House) -> None:
    """Before the first screen nothing is cleared, the screen is due, and a plan is refused."""
    assert current_clearance(house, ME) is None
    assert screen_due(house, ME).due
    with pytest.raises(SafetyStop):
        require_clearance(house, ME)
    with pytest.raises(SafetyStop):
        current_plan(house, ME)


def test_an_emergency_closes_everything_and_the_way_back_opens_it(house: House, clock: SetClock) -> None:
    """After an emergency sign nothing is open until the person enters who saw them and what they said."""
    assert answer_screen(house, ME, frozenset({_one(house, "emergency")})).level == "stop"
    with pytest.raises(SafetyStop):
        require_clearance(house, ME)
    clock.advance(days=2)
    assert answer_screen(house, ME, frozenset()).level == "stop", "answering no later does not open it"
    back = answer_screen(
        house, ME, frozenset(), seen_by="Dr. Example", seen_on=date(2026, 3, 4), may_exercise=True
    )
    assert back.level in ("go", "gated")
    assert require_clearance(house, ME) == back


def test_taking_a_sign_back_within_a_day_asks_why_and_keeps_both(house: House, clock: SetClock) -> None:
    """Changing an answer back within a day needs a reason; both answers stay in the log."""
    answer_screen(house, ME, frozenset({_one(house, "urgent")}))
    clock.advance(hours=2)
    assert needs_explanation(house, ME, frozenset())
    with pytest.raises(InputError, match="why"):
        answer_screen(house, ME, frozenset())
    answer_screen(house, ME, frozenset(), changed_because="I had read the question wrongly")
    with house.engine.connect() as conn:
        log = screenings.history(conn, ME)
    assert sorted((s.answers.at, bool(s.answers.yes)) for s in log)[0][1], "the first answer is still there"
    assert len(log) == 2


def test_the_screen_comes_back_weekly_and_when_things_get_worse(settled: House, clock: SetClock) -> None:
    """The screen is due again after a week, and at once when a check-in says clearly worse."""
    clock.advance(days=6, hours=23)
    assert not screen_due(settled, ME).due
    add_checkin(settled, ME, CheckIn(at=clock.at, pain_now=8, worse=True))
    assert screen_due(settled, ME).due
    answer_screen(settled, ME, frozenset())
    assert not screen_due(settled, ME).due
    clock.advance(days=7, minutes=1)
    assert screen_due(settled, ME).due


def test_a_new_condition_closes_its_exercises_without_a_new_screen(settled: House) -> None:
    """A condition entered in the intake gates exercises at once and leaves the screen's date alone."""
    before = current_clearance(settled, ME)
    intake = read_intake(settled, ME)
    assert before is not None
    assert intake is not None
    save_intake(settled, ME, replace(intake, conditions=frozenset({"osteoporosis"})))
    after = current_clearance(settled, ME)
    assert after is not None
    assert set(after.gates) > set(before.gates)
    assert after.due_at == before.due_at


def test_a_change_of_the_intake_does_not_answer_the_questions(settled: House, clock: SetClock) -> None:
    """The questions stay as old as they were: after two weeks without exercise they are asked all the same."""
    log_exercise(settled, ME, "walk", 10)
    clock.advance(days=10)
    answer_screen(settled, ME, frozenset())
    clock.advance(days=5)
    assert screen_due(settled, ME).due
    intake = read_intake(settled, ME)
    assert intake is not None
    save_intake(settled, ME, replace(intake, conditions=frozenset({"osteoporosis"})))
    assert screen_due(settled, ME).due


def test_numbness_that_is_new_leaves_only_easy_movement(settled: House) -> None:
    """New numbness reported in the intake asks to be seen first: only easy movement stays planned."""
    intake = read_intake(settled, ME)
    assert intake is not None
    save_intake(settled, ME, replace(intake, numbness="new"))
    clearance = current_clearance(settled, ME)
    assert clearance is not None
    assert clearance.level == "ask-first"
    for item in current_plan(settled, ME).plan.items:
        assert item.exercise_id in ("breathing", "walk")


def test_unknown_questions_and_future_dates_are_refused(house: House) -> None:
    """An unknown question or a visit in the future is refused with the rule, and nothing is kept."""
    with pytest.raises(InputError, match="no warning-sign question"):
        answer_screen(house, ME, frozenset({"nonsense"}))
    with pytest.raises(InputError, match="future"):
        answer_screen(house, ME, frozenset(), seen_by="x", seen_on=date(2030, 1, 1), may_exercise=True)
    assert current_clearance(house, ME) is None


def test_being_seen_without_being_allowed_does_not_open_anything(house: House, clock: SetClock) -> None:
    """Naming who saw the person without "may exercise" is no way back, on the same day neither."""
    answer_screen(house, ME, frozenset({_one(house, "emergency")}))
    clock.advance(hours=3)
    with pytest.raises(InputError, match="why"):
        answer_screen(house, ME, frozenset(), seen_by="emergency room", seen_on=date(2026, 3, 2))
    assert current_clearance(house, ME).level == "stop"  # type: ignore[union-attr]
    back = answer_screen(
        house, ME, frozenset(), seen_by="emergency room", seen_on=date(2026, 3, 2), may_exercise=True
    )
    assert back.level in ("go", "gated"), "the whole way back needs no further explanation"


def test_a_sign_that_was_seen_is_looked_at_again_when_things_got_worse(
    house: House, usual: Intake, clock: SetClock
) -> None:
    """What a professional allowed holds week by week, and not after the person said that it got worse."""
    urgent = frozenset({_one(house, "urgent")})
    answer_screen(house, ME, urgent)
    seen = {"seen_by": "family doctor", "seen_on": date(2026, 3, 2), "may_exercise": True}
    assert answer_screen(house, ME, urgent, **seen).level == "gated"  # type: ignore[arg-type]
    clock.advance(days=7, minutes=1)
    assert answer_screen(house, ME, urgent).level == "gated", (
        "the same sign a week later is still the seen one"
    )
    save_intake(house, ME, usual)
    clock.advance(days=1)
    add_checkin(house, ME, CheckIn(at=clock.at, pain_now=7, worse=True))
    assert answer_screen(house, ME, urgent).level == "ask-first"
