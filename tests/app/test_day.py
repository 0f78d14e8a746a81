"""Today, check-ins, what was done by hand, wearing, putting off, pauses, and tomorrow's plan."""

from dataclasses import replace
from datetime import timedelta

import pytest

from midback.app import by_hand, later, pauses, wear
from midback.app.checkins import add_checkin, dismiss, remove_checkin
from midback.app.clock import SetClock
from midback.app.exposures import add_bout
from midback.app.house import House
from midback.app.intake import read_intake, save_intake
from midback.app.planning import current_plan
from midback.app.progress import show_progress
from midback.app.screening import answer_screen
from midback.app.today import show_today
from midback.errors import Conflict, Infeasible, InputError, NotFound, SafetyStop
from midback.plan.answers import CheckIn, Intake
from midback.store.people import DEFAULT_PERSON as ME


@pytest.fixture
def database_url(either: str | None) -> str | None:
    """Every test here holds on SQLite and on PostgreSQL."""
    return either


def test_the_first_day_asks_screen_then_intake_then_shows_the_day(house: House, usual: Intake) -> None:
    """Today leads through the screen, then the intake, then to a plan whose every item says why."""
    assert show_today(house, ME).step == "screen"
    answer_screen(house, ME, frozenset())
    assert show_today(house, ME).step == "intake"
    save_intake(house, ME, usual)
    today = show_today(house, ME)
    assert today.step == "ready"
    assert today.next_item is not None
    assert all(shown.item.reasons for shown in today.items)


def test_a_warning_sign_shows_no_item(settled: House) -> None:
    """After an emergency answer Today is stopped and offers nothing to do."""
    emergency = next(q.id for q in settled.catalogue.triage if q.level == "emergency")
    answer_screen(settled, ME, frozenset({emergency}))
    today = show_today(settled, ME)
    assert (today.step, today.items, today.next_item, today.break_rule) == ("stopped", (), None, None)


def test_a_plan_that_nothing_supports_any_more_is_not_shown(settled: House, usual: Intake) -> None:
    """When a new answer leaves nothing that fits, this morning's plan does not stay in its place."""
    current_plan(settled, ME)
    save_intake(settled, ME, replace(usual, places=frozenset()))
    with pytest.raises(Infeasible):
        current_plan(settled, ME)
    assert show_today(settled, ME).step == "infeasible"


def test_marking_done_counts_minutes_and_can_be_undone(settled: House) -> None:
    """An item marked done counts its minutes once, shows as done, and comes back when undone."""
    first = next(s.item for s in show_today(settled, ME).items if s.item.counts)
    done = by_hand.mark_done(settled, ME, first.id)
    today = show_today(settled, ME)
    assert next(s.status for s in today.items if s.item.id == first.id) == "done"
    assert today.minutes_done == pytest.approx(done.done_s / 60)
    by_hand.undo(settled, ME, done.session_id)
    assert show_today(settled, ME).minutes_done == 0


def test_wearing_is_timed_and_never_counts_as_exercise(settled: House, clock: SetClock) -> None:
    """The band's minutes are kept, at most those planned, and do not count towards the daily minutes."""
    intake = read_intake(settled, ME)
    assert intake is not None
    wanted = frozenset({"posture-band"})
    save_intake(settled, ME, replace(intake, gear=intake.gear | wanted, wanted=wanted))
    item = next(s.item for s in show_today(settled, ME).items if s.item.exercise_id == "posture-band")
    wear.start_wear(settled, ME, item.id)
    with pytest.raises(Conflict):
        wear.start_wear(settled, ME, item.id)
    clock.advance(hours=3)
    worn = wear.stop_wear(settled, ME)
    assert worn.done_s == item.dose.seconds
    assert show_today(settled, ME).minutes_done == 0
    with pytest.raises(NotFound):
        wear.stop_wear(settled, ME)


def test_nothing_is_worn_while_driving(settled: House, clock: SetClock) -> None:
    """Starting the band during a driving bout is refused for safety."""
    intake = read_intake(settled, ME)
    assert intake is not None
    wanted = frozenset({"posture-band"})
    save_intake(settled, ME, replace(intake, gear=intake.gear | wanted, wanted=wanted))
    item = next(s.item for s in show_today(settled, ME).items if s.item.exercise_id == "posture-band")
    add_bout(settled, ME, "driving", clock.at - timedelta(minutes=30), clock.at)
    with pytest.raises(SafetyStop):
        wear.start_wear(settled, ME, item.id)


def test_something_else_offers_another_item_and_loses_none(settled: House) -> None:
    """Passing over the next item offers another one and the list keeps all; putting off lasts so long."""
    before = show_today(settled, ME)
    assert before.next_item is not None
    later.pass_over(settled, ME, before.next_item.id)
    after = show_today(settled, ME)
    assert after.next_item is not None
    assert after.next_item.id != before.next_item.id
    assert [s.item.id for s in after.items] == [s.item.id for s in before.items]
    put_off = later.put_off(settled, ME, 10)
    assert put_off.until == settled.clock.now() + timedelta(minutes=10)


def test_one_question_a_day_and_an_answer_serves_both(settled: House, clock: SetClock) -> None:
    """The day after, one answer about now also answers the 24-hour question; dismissed stays away."""
    item = next(s.item for s in show_today(settled, ME).items if s.item.counts)
    done = by_hand.mark_done(settled, ME, item.id)
    clock.advance(hours=24)
    questions = show_today(settled, ME).questions
    assert [(q.id, q.session_id) for q in questions] == [("next-day", done.session_id)]
    kept = add_checkin(settled, ME, CheckIn(at=clock.at, pain_now=3))
    assert (kept.kind, kept.session_id) == ("next-day", done.session_id)
    assert show_today(settled, ME).questions == ()
    remove_checkin(settled, ME, kept.id)
    dismiss(settled, ME, "next-day")
    dismiss(settled, ME, "daily")
    assert show_today(settled, ME).questions == ()


def test_pain_outside_the_scale_is_refused(settled: House, clock: SetClock) -> None:
    """Pain of 11 is refused with the rule, and nothing is kept."""
    with pytest.raises(InputError, match="0 to 10"):
        add_checkin(settled, ME, CheckIn(at=clock.at, pain_now=11))
    assert show_progress(settled, ME).pain[-1].now is None


def test_tomorrows_plan_has_changed_for_a_reason_that_is_said(settled: House, clock: SetClock) -> None:
    """After a long sitting bout tomorrow's plan differs from what was foreseen, and names the bout."""
    current_plan(settled, ME)
    clock.advance(hours=9)
    add_bout(settled, ME, "sitting", clock.at - timedelta(hours=4), clock.at)
    clock.advance(hours=15)
    view = current_plan(settled, ME)
    assert view.changes
    said = [reason for change in view.changes for reason in change.reasons]
    long_sitting = [reason for reason in said if reason.message_id == "plan.long-sitting"]
    assert any(240 in reason.values.values() for reason in long_sitting)


def test_a_pause_keeps_the_streak(settled: House, clock: SetClock) -> None:
    """Days of illness neither lengthen nor break a streak."""
    for _ in range(3):
        item = next(s.item for s in show_today(settled, ME).items if s.item.counts)
        by_hand.mark_done(settled, ME, item.id)
        clock.advance(days=1)
    pause = pauses.start_pause(settled, ME, "illness")
    clock.advance(days=3)
    pauses.end_pause(settled, ME, pause.id)
    assert show_today(settled, ME).streak == 3


def test_progress_has_one_entry_a_day_and_gaps_stay_gaps(settled: House, clock: SetClock) -> None:
    """Every series has one entry a day; days without an answer are None, never zero."""
    add_checkin(settled, ME, CheckIn(at=clock.at, pain_now=4, pain_average=5, pain_worst=6))
    clock.advance(days=2)
    add_checkin(settled, ME, CheckIn(at=clock.at, pain_now=3, pain_average=3, pain_worst=4))
    progress = show_progress(settled, ME, days=7)
    assert [p.average for p in progress.pain] == [None, None, None, None, 5, None, 3]
    assert len(progress.minutes) == len(progress.variety) == len(progress.days) == 7


def test_a_worse_week_says_to_be_seen(settled: House, clock: SetClock) -> None:
    """Pain higher by 2 for seven days asks the person to be seen, whichever question brought the answers."""
    item = next(s.item for s in show_today(settled, ME).items if s.item.counts)
    for day in range(35):
        if day % 7 == 6:
            answer_screen(settled, ME, frozenset())
        by_hand.mark_done(settled, ME, item.id) if day == 0 else None
        add_checkin(settled, ME, CheckIn(at=clock.at, pain_now=3 if day < 28 else 6))
        clock.advance(days=1)
    answer_screen(settled, ME, frozenset())
    said = [reason.message_id for reason in show_today(settled, ME).escalation]
    assert "plan.worse-week" in said


def test_the_first_plan_begins_now(house: House, usual: Intake, clock: SetClock) -> None:
    """Somebody who begins at three in the afternoon is not shown a morning they were never asked to do."""
    clock.advance(hours=7)
    answer_screen(house, ME, frozenset())
    save_intake(house, ME, usual)
    assert all(shown.item.minute >= 14 * 60 for shown in show_today(house, ME).items)


def test_no_break_is_asked_for_while_ill(settled: House) -> None:
    """An illness or flare brings no break line; travel does."""
    assert show_today(settled, ME).break_rule is not None
    pause = pauses.start_pause(settled, ME, "illness")
    assert show_today(settled, ME).break_rule is None
    pauses.end_pause(settled, ME, pause.id)
    pauses.start_pause(settled, ME, "travel")
    assert show_today(settled, ME).break_rule is not None
