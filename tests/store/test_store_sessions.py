"""The session's log and what comes of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from midback.catalogue.exercise import Dose
from midback.coach.fold import MAX_GAP
from midback.errors import NotFound
from midback.plan.answers import CheckIn
from midback.plan.performance import Performance, SideDone
from midback.store import checkins, events, sessions

Scratch = Callable[[], AbstractContextManager[Connection]]
NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)


def later(seconds: float) -> datetime:
    """Return an instant after the session began."""
    return NOW + timedelta(seconds=seconds)


def performance(exercise_id: str = "cat-cow", at: datetime = NOW, done_s: float = 40) -> Performance:
    """Return one exercise as done."""
    side = SideDone(side="both", planned_s=40, done_s=done_s)
    return Performance(
        exercise_id=exercise_id,
        variant_id="floor",
        level=1,
        range_scale=1.0,
        dose=Dose(seconds=40),
        at=at,
        sides=(side,),
    )


@given(st.lists(st.sampled_from("abcdef"), max_size=20))
def test_an_event_sent_again_is_kept_once(scratch: Scratch, sent: list[str]) -> None:
    """Whatever is sent twice is kept once, in the order of its first arrival."""
    with scratch() as connection:
        sessions.create(connection, "me", "s", {}, NOW)
        for number, event_id in enumerate(sent):
            new = event_id not in sent[:number]
            assert sessions.append(connection, "me", "s", event_id, NOW, "next", {"n": number}) is new
        log = sessions.events(connection, "me", "s")
        assert [event.event_id for event in log] == list(dict.fromkeys(sent))
        assert [event.seq for event in log] == list(range(1, len(log) + 1))


def test_heartbeats_stretch_until_there_is_a_gap(connection: Connection) -> None:
    """Heartbeats become one row; a long silence, or a clock set back, starts another."""
    sessions.create(connection, "me", "s", {}, NOW)
    for seconds in (0, 5, 10, 14, 3000, 3005, 60, 65):
        sessions.beat(connection, "me", "s", later(seconds))
    log = sessions.events(connection, "me", "s")
    seen = [((e.at - NOW).total_seconds(), (e.until - NOW).total_seconds()) for e in log]
    assert seen == [(0, 14), (3000, 3005), (60, 65)]
    assert {event.kind for event in log} == {"heartbeat"}


def test_store_and_coach_mean_the_same_gap() -> None:
    """The longest silence that a heartbeat bridges in the log is the one the coach counts as seen."""
    assert events.LONGEST_BEAT_GAP == MAX_GAP


def test_a_heartbeat_behind_another_event_begins_anew(connection: Connection) -> None:
    """Order is kept: a heartbeat does not stretch over an event that came between."""
    sessions.create(connection, "me", "s", {}, NOW)
    sessions.beat(connection, "me", "s", later(1))
    sessions.append(connection, "me", "s", "p", later(2), "pause", None)
    sessions.beat(connection, "me", "s", later(3))
    assert [event.kind for event in sessions.events(connection, "me", "s")] == [
        "heartbeat",
        "pause",
        "heartbeat",
    ]
    assert [event.kind for event in sessions.events(connection, "me", "s", after=2)] == ["heartbeat"]


def test_an_event_without_a_session_is_refused(connection: Connection) -> None:
    """Nothing is kept for a session that is not there."""
    with pytest.raises(NotFound):
        sessions.append(connection, "me", "nobody", "e", NOW, "start", {})
    with pytest.raises(NotFound):
        sessions.beat(connection, "me", "nobody", NOW)
    with pytest.raises(NotFound):
        sessions.finish(connection, "me", "nobody", NOW, [])


def test_a_session_is_made_once_and_finished_once(connection: Connection) -> None:
    """Making it again changes nothing; finishing it again replaces what was done, not the first end."""
    assert sessions.create(connection, "me", "s", {"length": 8}, NOW)
    assert not sessions.create(connection, "me", "s", {"length": 20}, later(5))
    assert sessions.get(connection, "me", "s").script == {"length": 8}
    assert sessions.open_session(connection, "me") == "s"
    sessions.finish(connection, "me", "s", later(60), [performance(), performance("walk")])
    sessions.finish(connection, "me", "s", later(90), [performance("wedge")])
    assert sessions.open_session(connection, "me") is None
    assert sessions.get(connection, "me", "s").finished_at == later(60)
    assert [one.exercise_id for one in sessions.performances(connection, "me")] == ["wedge"]
    assert sessions.finished_between(connection, "me", NOW, later(61)) == ("s",)
    assert sessions.finished_between(connection, "me", NOW, later(60)) == ()


def test_pain_a_day_later_joins_from_the_check_in(connection: Connection) -> None:
    """The last answer about a session is its pain a day later; one nobody was asked about takes the worst
    answer of that day, an answer of another kind is none, and without any answer it stays None."""
    for name in ("one", "two"):
        sessions.create(connection, "me", name, {}, NOW)
        sessions.finish(connection, "me", name, NOW, [performance()])
    for hours, pain in ((20, 5), (24, 3), (26, None)):
        checkins.add(
            connection,
            "me",
            CheckIn(at=NOW + timedelta(hours=hours), kind="next-day", session_id="one", pain_now=pain),
        )
    checkins.add(connection, "me", CheckIn(at=NOW + timedelta(hours=30), session_id="two", pain_now=9))
    pains = {one.session_id: one.pain_next_day for one in sessions.performances(connection, "me")}
    assert pains == {"one": 3, "two": 5}
    assert [one.pain_next_day for one in sessions.last_of(connection, "me", "cat-cow", 1)] == [5]
    sessions.create(connection, "me", "three", {}, NOW)
    sessions.finish(connection, "me", "three", NOW, [performance(at=NOW + timedelta(days=3))])
    assert sessions.performances(connection, "me")[-1].pain_next_day is None


def test_performances_are_asked_by_window(connection: Connection) -> None:
    """A window holds its start and not its end; what was not really done is no day of movement."""
    sessions.create(connection, "me", "s", {}, NOW)
    done = [performance(at=later(60 * n), done_s=0 if n == 3 else 40) for n in range(4)]
    sessions.finish(connection, "me", "s", later(300), done)
    window = sessions.performances(connection, "me", later(60), later(180))
    assert [one.at for one in window] == [later(60), later(120)]
    assert sessions.performed_at(connection, "me", NOW) == [later(0), later(60), later(120)]
    assert sessions.last_performed(connection, "me") == later(120)
    assert [one.done_s for one in sessions.done(connection, "me")] == [40, 40, 40, 0]


def test_effort_is_kept_with_the_exercise(connection: Connection) -> None:
    """How hard it was is kept for the exercise named; one that was not there raises NotFound."""
    sessions.create(connection, "me", "s", {}, NOW)
    sessions.finish(connection, "me", "s", NOW, [performance(), performance("walk")])
    sessions.set_effort(connection, "me", "s", "walk", "easy")
    assert [one.effort for one in sessions.performances(connection, "me")] == [None, "easy"]
    with pytest.raises(NotFound):
        sessions.set_effort(connection, "me", "s", "wedge", "easy")


def test_only_what_was_logged_by_hand_is_taken_back(connection: Connection) -> None:
    """A guided session stays; one entered by hand goes with its performances."""
    sessions.create(connection, "me", "hand", sessions.BY_HAND, NOW)
    sessions.create(connection, "me", "guided", {"length": 8}, NOW)
    for name in ("hand", "guided"):
        sessions.finish(connection, "me", name, NOW, [performance()])
        sessions.remove_by_hand(connection, "me", name)
    assert [one.session_id for one in sessions.performances(connection, "me")] == ["guided"]
