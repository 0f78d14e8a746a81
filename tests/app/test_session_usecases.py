"""Sessions as use cases: what is refused, what is kept, what survives a crash."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.app import session as session_module
from midback.app.clock import SetClock
from midback.app.evidence import take_in
from midback.app.exposures import show_day
from midback.app.house import House, open_house
from midback.app.intake import save_intake
from midback.app.orders import make_orders
from midback.app.screening import answer_screen, screen_due
from midback.app.session import (
    SessionView,
    finish_left_behind,
    list_instead,
    open_session,
    post_event,
    read_session,
)
from midback.app.session_after import outcome
from midback.app.session_before import before_session, report_worse
from midback.app.session_choice import Wish
from midback.body.evidence import Evidence
from midback.coach.done import left_s
from midback.coach.script import SECOND
from midback.errors import Conflict, Infeasible, InputError, NotFound, SafetyStop
from midback.plan.answers import Intake
from midback.plan.progression import Decision
from midback.settings import Settings
from midback.store import adverse, sessions

ME = "me"
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
INTAKE = Intake(birth_year=1985, gear=frozenset({"ball", "towel", "resistance-band"}))


class Rig:
    """A house with a clock that is set by hand."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock(NOW)
        self.settings = Settings(data_dir=folder, timezone="UTC")
        self.house: House = open_house(self.settings, self.clock)
        self.ids = count(1)

    def reopen(self) -> None:
        """Drop everything in memory, as a killed server does, and open the same data."""
        self.house.engine.dispose()
        self.house = open_house(self.settings, self.clock)

    def open(self, session_id: str = "s1", **wish: Any) -> SessionView:
        asked = {"pain": 3, "exercise_id": "cat-cow", **wish}
        return open_session(self.house, ME, session_id, Wish(**asked))

    def post(self, kind: str, session_id: str = "s1", **data: Any) -> SessionView:
        return post_event(self.house, ME, session_id, f"e{next(self.ids)}", kind, data)

    def beat(self, seconds: int, session_id: str = "s1") -> SessionView:
        view = read_session(self.house, ME, session_id)
        for _second in range(0, seconds, 2):
            self.clock.advance(seconds=min(2, seconds - _second))
            view = self.post("heartbeat", session_id)
        return view


@pytest.fixture(scope="module", name="ready")
def screened_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data folder once, screened and with an intake, for every test to copy."""
    made = Rig(tmp_path_factory.mktemp("ready") / "data")
    answer_screen(made.house, ME, frozenset())
    save_intake(made.house, ME, INTAKE)
    made.house.engine.dispose()
    return made.settings.data_dir


@pytest.fixture
def rig(ready: Path, tmp_path: Path) -> Iterator[Rig]:
    made = Rig(Path(shutil.copytree(ready, tmp_path / "data")))
    yield made
    made.house.engine.dispose()


def test_no_session_before_the_screen(tmp_path: Path) -> None:
    """The warning-sign questions come first and cannot be skipped."""
    fresh = Rig(tmp_path / "data")
    with pytest.raises(SafetyStop):
        fresh.open()
    fresh.house.engine.dispose()


def test_a_session_runs_from_start_to_end_and_is_kept(rig: Rig) -> None:
    """Start, work, end, answers: the performance is in the store with pain before and after."""
    view = rig.open()
    assert view.state.status == "waiting"
    rig.post("start")
    view = rig.beat(40)
    assert view.state.status == "after"
    view = rig.post("after", pain=2, effort="ok")
    assert view.state.status == "closed"
    assert view.finished_at == rig.clock.now()
    with rig.house.engine.connect() as conn:
        (performed,) = sessions.performances(conn, ME)
    assert performed.exercise_id == "cat-cow"
    assert performed.complete
    assert (performed.pain_before, performed.pain_after, performed.effort) == (3, 2, "ok")
    (title, reasons), *_ = outcome(rig.house, ME, view).next_steps
    assert title.id == "cat-cow"
    assert reasons


def test_a_session_is_movement_whatever_keeps_the_screen_awake(rig: Rig) -> None:
    """The page's own wake lock looks like a film; the day says moving all the same, and so do the orders."""
    rig.open()
    rig.post("start")
    rig.beat(40)
    rig.post("after", pain=2, effort="ok")
    take_in(
        rig.house,
        ME,
        [
            Evidence(at=NOW - timedelta(minutes=20) + timedelta(seconds=30 * n), source="input", idle_s=1.0)
            for n in range(40)
        ]
        + [
            Evidence(at=NOW, source="inhibitor", on=True, reason="video"),
            Evidence(at=NOW + timedelta(seconds=50), source="input", idle_s=2.0),
        ],
    )
    bouts = show_day(rig.house, ME).bouts
    (moving,) = [bout for bout in bouts if bout.activity == "moving"]
    assert moving.evidence == ("session",)
    assert moving.end - moving.start >= timedelta(seconds=28)
    assert any(bout.activity == "sitting" and bout.end == moving.start for bout in bouts)
    assert [activity for _start, _end, activity in make_orders(rig.house, ME)["bouts"]] == ["moving"]


@pytest.mark.parametrize("length", [3, 8, 20])
def test_the_length_chosen_is_kept(rig: Rig, length: int) -> None:
    """A session takes at most the minutes asked for, waits and rests included, and is not empty."""
    view = rig.open(exercise_id=None, length_min=length)
    assert view.state.items
    assert left_s(view.script, view.state) <= length * 60 + 15


def test_only_three_lengths(rig: Rig) -> None:
    """Anything but 3, 8 or 20 minutes is refused."""
    with pytest.raises(InputError):
        rig.open(exercise_id=None, length_min=7)


@pytest.mark.parametrize("pain", [7, 10])
def test_with_a_pain_of_seven_only_easy_movement_starts(rig: Rig, pain: int) -> None:
    """Breathing, walking and small easy movement; a named exercise that is not easy is refused."""
    view = rig.open(exercise_id=None, length_min=8, pain=pain)
    chosen = [rig.house.catalogue.exercise(item.exercise_id) for item in view.script.items]
    assert chosen
    assert all(exercise.easy for exercise in chosen)
    with pytest.raises(SafetyStop):
        rig.open("s2", pain=pain)


@pytest.mark.parametrize("pain", [-1, 11])
def test_pain_outside_the_scale_is_refused(rig: Rig, pain: int) -> None:
    """Pain goes from 0 to 10."""
    with pytest.raises(InputError):
        rig.open(pain=pain)


def test_gear_and_room_of_today_decide(rig: Rig) -> None:
    """At the desk with nothing at hand no exercise asks for the floor or for gear."""
    view = rig.open(exercise_id=None, length_min=8, gear=frozenset(), places=frozenset({"desk"}))
    for item in view.script.items:
        variant = rig.house.catalogue.exercise(item.exercise_id).variant(item.variant_id)
        assert "desk" in variant.places
        assert set(item.gear) <= {"chair"}


def test_a_gate_closes_an_exercise(rig: Rig) -> None:
    """With thin bones cat-cow is not opened, asked for by name or not."""
    save_intake(rig.house, ME, replace(INTAKE, conditions=frozenset({"osteoporosis"})))
    with pytest.raises(SafetyStop):
        rig.open()


def test_a_gate_leaves_only_its_variants(rig: Rig) -> None:
    """With sore wrists cat-cow runs on the chair, and the floor form is refused."""
    save_intake(rig.house, ME, replace(INTAKE, conditions=frozenset({"wrists"})))
    assert rig.open().state.item.variant_id == "seated"
    with pytest.raises(SafetyStop):
        rig.open("s2", variant_id="floor")


def test_what_is_not_there_is_not_found(rig: Rig) -> None:
    """Unknown sessions, exercises and jump targets say so."""
    with pytest.raises(NotFound):
        read_session(rig.house, ME, "nothing")
    with pytest.raises(NotFound):
        rig.open(exercise_id="handstand")
    rig.open()
    rig.post("start")
    with pytest.raises(NotFound):
        rig.post("jump", to="nothing")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("dance", {}),
        ("skip", {}),
        ("skip", {"reason": "bored"}),
        ("hurts", {}),
        ("hurts", {"pain": 11}),
        ("hurts", {"pain": "4"}),
        ("hurts", {"pain": True}),
        ("hurts", {"sign": "itch"}),
        ("after", {"pain": -1}),
        ("after", {"effort": "huge"}),
        ("after", {"efforts": "x"}),
        ("sound", {"sound": "loud"}),
        ("substitute", {}),
        ("substitute", {"exercise": "handstand", "variant": "wall"}),
    ],
)
def test_events_that_make_no_sense_are_refused_and_not_kept(
    rig: Rig, kind: str, data: dict[str, Any]
) -> None:
    """A refused event leaves the log as it was."""
    rig.open()
    rig.post("start")
    before = read_session(rig.house, ME, "s1").state
    with pytest.raises(InputError):
        rig.post(kind, **data)
    assert read_session(rig.house, ME, "s1").state == before


def test_the_same_event_twice_counts_once(rig: Rig) -> None:
    """A retry after a lost answer neither doubles nor fails, not even after the end."""
    rig.open()
    rig.post("start")
    rig.beat(8)
    for _retry in range(3):
        view = post_event(rig.house, ME, "s1", "plus", "plus_one")
    assert view.state.unit_by_hand == 1
    rig.post("end")
    for _retry in range(2):
        view = post_event(rig.house, ME, "s1", "last", "after", {"pain": 1})
    assert view.state.pain_after == 1


def test_opening_twice_with_one_id_opens_once(rig: Rig) -> None:
    """A double click on Begin is one session."""
    rig.open()
    rig.post("start")
    assert rig.open().state.status == "running"


def test_a_finished_session_takes_no_more_events(rig: Rig) -> None:
    """After the end a new event is a conflict, and says so."""
    rig.open()
    rig.post("start")
    rig.post("end")
    rig.post("after")
    with pytest.raises(Conflict):
        rig.post("next")


def test_a_killed_server_resumes_at_the_right_second(rig: Rig) -> None:
    """Kill at any second, come back within 10 s: nothing lost; later: paused where it was confirmed."""
    rig.open()
    rig.post("start")
    rig.beat(5 + 11)
    rig.reopen()
    rig.clock.advance(seconds=4)
    assert read_session(rig.house, ME, "s1").state.unit_us == 15 * SECOND
    assert rig.post("heartbeat").state.unit_us == 15 * SECOND
    rig.reopen()
    rig.clock.advance(seconds=3600)
    view = read_session(rig.house, ME, "s1")
    assert (view.state.status, view.state.paused_by, view.state.unit_us) == ("paused", "gap", 15 * SECOND)
    assert rig.post("resume").state.phase == "ready"


def test_heartbeats_become_one_row(rig: Rig) -> None:
    """A long session stays small in the store: a run of beats is one event that grows."""
    rig.open()
    rig.post("start")
    rig.beat(30)
    with rig.house.engine.connect() as conn:
        assert [event.kind for event in sessions.events(conn, ME, "s1")] == ["start", "heartbeat"]


@settings(max_examples=15)
@given(data=st.data())
def test_a_crash_between_any_two_events_changes_nothing(
    data: st.DataObject, ready: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Reopening the database at random moments gives the very state of an undisturbed run."""
    kinds = st.sampled_from(
        ["heartbeat", "heartbeat", "pause", "resume", "next", "back", "plus_one", "extend", "defer"]
    )
    steps = data.draw(st.lists(st.tuples(kinds, st.integers(0, 12_000), st.booleans()), max_size=25))
    ends = []
    for crashing in (False, True):
        made = Rig(Path(shutil.copytree(ready, tmp_path_factory.mktemp("crash") / "data")))
        made.open(exercise_id="thread-needle", variant_id="seated")
        made.post("start")
        for kind, ms, crash in steps:
            made.clock.advance(milliseconds=ms)
            made.post(kind)
            if crash and crashing:
                made.reopen()
        ends.append(read_session(made.house, ME, "s1").state)
        made.house.engine.dispose()
    assert ends[0] == ends[1]


def test_events_from_two_tabs_at_once_are_all_kept(rig: Rig) -> None:
    """Two pages posting at the same time lose nothing and double nothing."""
    rig.open()
    rig.post("start")
    rig.beat(6)
    faults: list[Exception] = []

    def tab(name: str) -> None:
        try:
            for number in range(10):
                post_event(rig.house, ME, "s1", f"{name}{number}", "extend")
        except Exception as exc:
            faults.append(exc)

    tabs = [threading.Thread(target=tab, args=(name,)) for name in "ab"]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    assert not faults
    assert read_session(rig.house, ME, "s1").state.work_us == (30 + 20 * 15) * SECOND


def test_a_new_sign_ends_brings_back_the_screen_and_is_logged(rig: Rig) -> None:
    """The session is closed with what was done, the screen is due, and the sign stands in the open log."""
    rig.open()
    rig.post("start")
    rig.beat(10)
    view = rig.post("hurts", sign="chest-pain")
    assert view.state.status == "stopped"
    assert view.finished_at is not None
    assert screen_due(rig.house, ME).due
    with rig.house.engine.connect() as conn:
        (logged,) = adverse.listed(conn, ME)
        (performed,) = sessions.performances(conn, ME)
    assert (logged.exercise_id, logged.session_id, logged.severity) == ("cat-cow", "s1", "severe")
    assert performed.stopped
    with pytest.raises(SafetyStop):
        rig.open("s2", exercise_id="walk")


def test_no_time_brings_a_shorter_session(rig: Rig) -> None:
    """After something was left for want of time three minutes are offered, and taken where nothing is asked."""
    assert before_session(rig.house, ME).length_min == 8
    rig.open()
    rig.post("start")
    rig.post("skip", reason="no-time")
    rig.post("after", pain=2)
    offer = before_session(rig.house, ME)
    assert (offer.length_min, offer.shorter and offer.shorter.message_id) == (3, "plan.shorter-session")
    short = rig.open("s2", exercise_id=None, length_min=None)
    assert left_s(short.script, short.state) <= 3 * 60 + 15


def test_what_was_stopped_for_pain_is_not_offered_again_today(rig: Rig) -> None:
    """The same day neither the plan's session nor the exercise by name brings it back."""
    rig.open()
    rig.post("start")
    rig.beat(10)
    rig.post("hurts", pain=6)
    rig.post("after", pain=4)
    with pytest.raises(SafetyStop):
        rig.open("s2")
    again = rig.open("s3", exercise_id=None, length_min=20)
    assert "cat-cow" not in {item.exercise_id for item in again.script.items}


def rested(rig: Rig, **given: object) -> Decision:
    """Return a decision for cat-cow as pain left it."""
    usual = {"level": 0, "range_scale": 0.5, "status": "rest"}
    return Decision(**{**usual, **given})


def test_what_rests_after_pain_twice_is_not_opened_by_another_way(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For its seven days neither its name nor an exchange brings it back."""
    decided = {"cat-cow": rested(rig)}
    monkeypatch.setattr("midback.app.session_choice.decisions_in", lambda *_args: decided)
    with pytest.raises(SafetyStop):
        rig.open()
    rig.open("s2", exercise_id="thread-needle")
    assert "cat-cow" not in {option.exercise_id for option in list_instead(rig.house, ME, "s2")}


def test_an_easy_session_keeps_the_range_that_pain_left(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a bad day nothing is done in a larger range than on the day before, and what rests is left out."""
    decided = {"breathing": rested(rig, status="go"), "walk": rested(rig)}
    monkeypatch.setattr("midback.app.session_choice.decisions_in", lambda *_args: decided)
    items = {i.exercise_id: i for i in rig.open(exercise_id=None, length_min=20, pain=8).script.items}
    assert items["breathing"].range_scale == 0.5
    assert "walk" not in items


def test_a_substitute_is_laid_out_by_the_house(rig: Rig) -> None:
    """It comes from the list on offer, with its own dose, and fits the gates."""
    rig.open()
    rig.post("start")
    options = list_instead(rig.house, ME, "s1")
    assert ("cat-cow", "seated") in {(o.exercise_id, o.variant_id) for o in options}
    view = rig.post("substitute", exercise="cat-cow", variant="seated", reason="no-space")
    assert view.state.item.variant_id == "seated"
    assert view.state.item.dose.seconds > 0
    rig.reopen()
    assert read_session(rig.house, ME, "s1").state == view.state


def test_a_new_session_closes_the_one_left_open(rig: Rig) -> None:
    """What was done in it counts; nobody answers for the person."""
    rig.open()
    rig.post("start")
    rig.beat(15)
    assert before_session(rig.house, ME).open_id == "s1"
    rig.open("s2", exercise_id="wall-opener")
    old = read_session(rig.house, ME, "s1")
    assert (old.state.status, old.state.pain_after) == ("closed", None)
    with rig.house.engine.connect() as conn:
        (performed,) = sessions.performances(conn, ME)
    assert performed.done_s == 10


def test_a_session_never_begun_leaves_no_trace(rig: Rig) -> None:
    """Opened and not started: a later one replaces it."""
    rig.open()
    rig.open("s2")
    with pytest.raises(NotFound):
        read_session(rig.house, ME, "s1")


def test_a_session_left_behind_is_closed_after_hours(rig: Rig) -> None:
    """Nobody came back: after four hours it is over, with what was done; before that it waits."""
    rig.open()
    rig.post("start")
    rig.beat(15)
    rig.clock.advance(hours=3)
    finish_left_behind(rig.house, ME)
    assert read_session(rig.house, ME, "s1").state.status == "paused"
    rig.clock.advance(hours=2)
    finish_left_behind(rig.house, ME)
    assert read_session(rig.house, ME, "s1").state.status == "closed"


def test_worse_pain_before_brings_the_screen(rig: Rig) -> None:
    """Pain that is new or clearly worse leads to the warning-sign questions first."""
    rig.clock.advance(minutes=1)
    report_worse(rig.house, ME, 6)
    assert before_session(rig.house, ME).due.due
    with pytest.raises(SafetyStop):
        rig.open()


def test_reading_writes_nothing(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reload does not change the log."""
    rig.open()
    rig.post("start")
    rig.beat(8)
    rig.clock.advance(seconds=5)
    with rig.house.engine.connect() as conn:
        before = sessions.events(conn, ME, "s1")
    for _reload in range(3):
        read_session(rig.house, ME, "s1")
    with rig.house.engine.connect() as conn:
        assert sessions.events(conn, ME, "s1") == before


def test_nothing_fits_says_so(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """When today's plan is done, the refusal names the next step."""
    monkeypatch.setattr("midback.app.session_choice._open_today", lambda *_args: ())
    with pytest.raises(Infeasible) as refused:
        rig.open(exercise_id=None, length_min=8)
    assert refused.value.next_step


def test_the_longest_gap_is_one_number() -> None:
    """Coach and store agree on what a gap is."""
    from midback.coach.fold import MAX_GAP
    from midback.store.events import LONGEST_BEAT_GAP

    assert MAX_GAP == LONGEST_BEAT_GAP
    assert session_module.LEFT_BEHIND > MAX_GAP
