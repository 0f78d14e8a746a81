"""No way leads past a warning sign: not a second tab, not an old session, not a clock, not an archive."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from midback.app.adverse import AdverseEvent, report
from midback.app.archive import export_text
from midback.app.archive_import import import_archive
from midback.app.archive_reading import parse_archive
from midback.app.checkins import add_checkin, remove_checkin
from midback.app.clearance import require_clearance
from midback.app.clock import SetClock
from midback.app.house import House
from midback.app.intake import save_intake
from midback.app.library import list_exercises
from midback.app.planning import current_plan
from midback.app.screening import (
    SIGN_ASKED,
    answer_screen,
    current_clearance,
    needs_explanation,
    questions,
    screen_due,
)
from midback.app.session import list_instead, open_session, post_event, read_session, require_going_on
from midback.app.session_before import report_worse
from midback.app.session_choice import Wish
from midback.app.today import show_today
from midback.app.wear import start_wear, stop_wear
from midback.errors import Conflict, InputError, SafetyStop
from midback.plan.answers import CheckIn, Intake
from midback.plan.pain import SIGNS
from midback.store.people import DEFAULT_PERSON as ME


@pytest.fixture
def database_url(either: str | None) -> str | None:
    """Every test here holds on SQLite and on PostgreSQL."""
    return either


GOING_ON = ("heartbeat", "resume", "next", "repeat", "back", "extend", "plus_one", "defer")


def one(house: House, level: str) -> str:
    """Return the first question of a level."""
    return next(q.id for q in questions(house) if q.level == level)


def begin(house: House, session_id: str = "open", **wish: object) -> None:
    """Open a session and start it."""
    asked = {"pain": 2, "exercise_id": "cat-cow"} | wish
    open_session(house, ME, session_id, Wish(**asked))
    post_event(house, ME, session_id, "begin", "start")


@pytest.mark.parametrize("kind", GOING_ON)
def test_an_emergency_answer_in_another_tab_stops_the_session_that_runs(settled: House, kind: str) -> None:
    """From the answer on, the running session counts nothing and goes nowhere."""
    begin(settled)
    answer_screen(settled, ME, frozenset({one(settled, "emergency")}))
    with pytest.raises(SafetyStop):
        post_event(settled, ME, "open", "later", kind)
    with pytest.raises(SafetyStop):
        require_going_on(settled, ME, "open")


def test_a_stopped_session_can_still_be_paused_judged_and_ended(settled: House) -> None:
    """Nobody is kept in a session: pausing, saying that it hurts, ending and its answers always work."""
    begin(settled)
    answer_screen(settled, ME, frozenset({one(settled, "emergency")}))
    for kind, data in (("pause", {}), ("hurts", {"pain": 3}), ("end", {}), ("after", {"pain": 3})):
        post_event(settled, ME, "open", kind, kind, data)
    assert read_session(settled, ME, "open").state.status == "closed"


def test_an_event_that_was_kept_is_still_answered_after_a_warning_sign(settled: House) -> None:
    """A retry of what was kept before is no new step, so it is answered and not refused."""
    begin(settled)
    post_event(settled, ME, "open", "longer", "extend")
    answer_screen(settled, ME, frozenset({one(settled, "emergency")}))
    assert post_event(settled, ME, "open", "longer", "extend").state.work_us > 0


def test_getting_worse_in_another_tab_halts_the_session(settled: House) -> None:
    """Worse pain brings the questions back, also for the session that is open."""
    begin(settled)
    report_worse(settled, ME, 6)
    with pytest.raises(SafetyStop):
        post_event(settled, ME, "open", "on", "next")


def test_a_session_begun_in_time_may_be_finished_when_the_week_is_over(
    settled: House, clock: SetClock
) -> None:
    """The weekly screen does not tear somebody out of an exercise; the next session waits for it."""
    clock.advance(days=7, seconds=-5)
    begin(settled)
    clock.advance(seconds=8)
    assert screen_due(settled, ME).due
    post_event(settled, ME, "open", "on", "extend")
    with pytest.raises(SafetyStop):
        open_session(settled, ME, "new", Wish(pain=2, length_min=8))


def test_an_old_session_is_not_gone_on_with(settled: House, clock: SetClock) -> None:
    """Days later its address does not lead past the screen: it is over, with what was done in it."""
    begin(settled)
    clock.advance(days=8)
    with pytest.raises(Conflict):
        post_event(settled, ME, "open", "on", "resume")


def test_a_gate_that_closes_halts_an_open_session(settled: House, usual: Intake) -> None:
    """Bones that break easily, entered in another tab, end the cat-cow that is open."""
    begin(settled, exercise_id="thread-needle", variant_id="floor")
    save_intake(settled, ME, replace(usual, conditions=frozenset({"no-floor"})))
    with pytest.raises(SafetyStop):
        post_event(settled, ME, "open", "on", "repeat")


def test_ask_first_leaves_only_easy_movement_in_the_plan_at_once(settled: House) -> None:
    """The plan of the morning is not shown any longer once something has to be looked at first."""
    assert any(
        not settled.catalogue.exercise(i.exercise_id).easy for i in current_plan(settled, ME).plan.items
    )
    answer_screen(settled, ME, frozenset({one(settled, "urgent")}))
    shown = show_today(settled, ME)
    planned = current_plan(settled, ME).plan.items
    assert shown.step == "easy"
    assert {i.exercise_id for i in planned}
    assert {i.exercise_id for i in planned} <= {"breathing", "walk"}
    assert {i.item.exercise_id for i in shown.items} <= {"breathing", "walk"}


def test_ask_first_opens_breathing_and_walking_alone(settled: House) -> None:
    """Small easy movement, fine on a sore day, is not offered by any way before somebody was seen."""
    answer_screen(settled, ME, frozenset({one(settled, "urgent")}))
    session = open_session(settled, ME, "easy", Wish(pain=2, length_min=20))
    assert {item.exercise_id for item in session.script.items} <= {"breathing", "walk"}
    with pytest.raises(SafetyStop):
        open_session(settled, ME, "named", Wish(pain=2, exercise_id="blade-squeeze"))
    assert {e.exercise.id for e in list_exercises(settled, ME) if e.open} == {"breathing", "walk"}
    instead = {option.exercise_id for option in list_instead(settled, ME, "easy")}
    assert instead <= {"breathing", "walk"}


def test_what_hurt_too_much_in_an_open_session_is_not_opened_again(settled: House) -> None:
    """Stopped for pain and left open: the same exercise does not start again today."""
    begin(settled)
    post_event(settled, ME, "open", "ouch", "hurts", {"pain": 9})
    with pytest.raises(SafetyStop):
        open_session(settled, ME, "again", Wish(pain=2, exercise_id="cat-cow"))


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_that_ended_a_session_is_not_answered_away_in_silence(settled: House, sign: str) -> None:
    """All "no" right after it asks why, and only an explanation opens the exercises again."""
    begin(settled)
    post_event(settled, ME, "open", "sign", "hurts", {"sign": sign})
    assert screen_due(settled, ME).due
    assert needs_explanation(settled, ME, frozenset())
    with pytest.raises(InputError):
        answer_screen(settled, ME, frozenset())
    assert not needs_explanation(settled, ME, frozenset(list(SIGN_ASKED[sign])[:1]))
    assert answer_screen(settled, ME, frozenset(), changed_because="it passed at once").level == "go"
    assert not needs_explanation(settled, ME, frozenset())


def test_every_sign_has_its_questions(house: House) -> None:
    """Each sign of a session is asked about by questions that are there."""
    assert set(SIGN_ASKED) == set(SIGNS)
    assert set().union(*SIGN_ASKED.values()) <= {q.id for q in questions(house)}


def test_what_got_worse_brings_the_screen_back(settled: House) -> None:
    """A report of something worse is enough, whichever door it came through."""
    report(settled, ME, AdverseEvent(at=settled.clock.now(), what="a sharp pain in the ribs"))
    with pytest.raises(SafetyStop):
        require_clearance(settled, ME)


def test_worse_is_not_taken_back_to_get_past_the_screen(settled: House) -> None:
    """A check-in that is undone takes its pain with it, never the questions it brought."""
    kept = add_checkin(settled, ME, CheckIn(at=settled.clock.now(), pain_now=6, worse=True))
    remove_checkin(settled, ME, kept.id)
    with pytest.raises(SafetyStop):
        require_clearance(settled, ME)
    answer_screen(settled, ME, frozenset())
    assert not screen_due(settled, ME).due


def test_a_clock_set_back_asks_the_questions_again(settled: House, clock: SetClock) -> None:
    """A screen from the future is of no known age; a clock that is put right by seconds says nothing."""
    clock.advance(seconds=-20)
    require_clearance(settled, ME)
    clock.advance(hours=-2)
    with pytest.raises(SafetyStop):
        require_clearance(settled, ME)
    answer_screen(settled, ME, frozenset())
    require_clearance(settled, ME)


@pytest.mark.parametrize("how", ["check-in", "report", "before"])
def test_worse_under_a_clock_set_back_is_not_forgotten_when_it_is_right_again(
    settled: House, clock: SetClock, how: str
) -> None:
    """It came after the screen, whatever the clock said."""
    clock.advance(hours=-2)
    if how == "check-in":
        add_checkin(settled, ME, CheckIn(at=clock.now(), worse=True))
    elif how == "report":
        report(settled, ME, AdverseEvent(at=clock.now(), what="worse"))
    else:
        report_worse(settled, ME)
    clock.advance(hours=3)
    assert [r.message_id for r in screen_due(settled, ME).reasons] == ["triage.due-worse"]


def test_an_emergency_under_a_clock_set_back_holds(settled: House, clock: SetClock) -> None:
    """The newest answer counts, not the one with the latest date."""
    clock.advance(hours=-2)
    answer_screen(settled, ME, frozenset({one(settled, "emergency")}))
    clock.advance(hours=3)
    with pytest.raises(SafetyStop):
        require_clearance(settled, ME)


def test_an_archive_that_says_go_is_asked_again(settled: House) -> None:
    """Neither an emergency kept here nor a date far ahead is passed by importing better answers."""
    data = json.loads("".join(export_text(settled, ME)))
    data["screenings"][-1]["clearance"]["due_at"] = "2199-01-01T00:00:00Z"
    answer_screen(settled, ME, frozenset({one(settled, "emergency")}))
    import_archive(settled, ME, parse_archive(json.dumps(data).encode()), replace=True)
    assert [r.message_id for r in screen_due(settled, ME).reasons] == ["triage.due-elsewhere"]
    with pytest.raises(SafetyStop):
        open_session(settled, ME, "new", Wish(pain=2, length_min=8))
    answer_screen(settled, ME, frozenset())
    require_clearance(settled, ME)


def test_a_screen_never_holds_longer_than_a_week(settled: House, clock: SetClock) -> None:
    """A due date far ahead, such as an archive may bring, does not put the questions off."""
    data = json.loads("".join(export_text(settled, ME)))
    data["screenings"][-1]["clearance"]["due_at"] = "2199-01-01T00:00:00Z"
    import_archive(settled, ME, parse_archive(json.dumps(data).encode()), replace=True)
    clock.advance(days=7)
    assert "triage.due-weekly" in [r.message_id for r in screen_due(settled, ME).reasons]


def test_an_imported_open_session_cannot_smuggle_an_exercise(settled: House) -> None:
    """What a session of an archive holds is measured against the answers given here."""
    begin(settled)
    data = json.loads("".join(export_text(settled, ME)))
    data["sessions"][-1]["script"]["pain_before"] = 9
    import_archive(settled, ME, parse_archive(json.dumps(data).encode()), replace=True)
    with pytest.raises(SafetyStop):
        post_event(settled, ME, "open", "on", "extend")
    answer_screen(settled, ME, frozenset())
    with pytest.raises(SafetyStop):
        post_event(settled, ME, "open", "on", "extend")


def test_a_band_can_always_be_taken_off(settled: House, usual: Intake) -> None:
    """The timer stops and its minutes are kept although a warning sign came meanwhile."""
    gear = usual.gear | {"posture-band"}
    save_intake(settled, ME, replace(usual, gear=gear, wanted=frozenset({"posture-band"})))
    items = current_plan(settled, ME).plan.items
    today = current_plan(settled, ME).plan.start
    band = next(i for i in items if i.exercise_id == "posture-band" and i.day == today)
    start_wear(settled, ME, band.id)
    settled.clock.advance(minutes=5)
    answer_screen(settled, ME, frozenset({one(settled, "emergency")}))
    assert stop_wear(settled, ME).done_s == pytest.approx(timedelta(minutes=5).total_seconds())
    clearance = current_clearance(settled, ME)
    assert clearance is not None
    assert clearance.closed
