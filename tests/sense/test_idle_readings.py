"""What the back ends make of the numbers they are given, on every system."""

import contextlib
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.errors import Unavailable
from midback.sense.idle import macos, windows
from midback.sense.idle.activitywatch import STALE_S, idle_from_events, newest_bucket
from midback.sense.idle.choose import BACKENDS, choose, suitable_order
from midback.sense.idle.screensaver import find_unit, unit_s

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@given(
    started=st.integers(0, 2**50),
    idle_ms=st.integers(0, windows.WRAP - windows.AHEAD_MS),
)
def test_windows_ticks_give_the_idle_time_across_their_wrap(started: int, idle_ms: int) -> None:
    """Whenever the 32 bits of the last input started again, the difference is the time between the two."""
    now_ms, last_ms = started + idle_ms, started % 2**32
    assert windows.idle_from_ticks(now_ms, last_ms) == idle_ms / 1000.0


@given(now_ms=st.integers(2**16, 2**50), ahead_ms=st.integers(1, windows.AHEAD_MS - 1))
def test_an_input_that_seems_ahead_of_the_clock_is_an_input_now(now_ms: int, ahead_ms: int) -> None:
    """Two clocks read one after the other never make 49 days of idle time."""
    assert windows.idle_from_ticks(now_ms, (now_ms + ahead_ms) % 2**32) == 0.0


@given(st.floats())
def test_macos_answers_a_number_of_seconds_or_is_refused(answer: float) -> None:
    """Whatever Quartz answers, what is passed on is a finite number that is not negative."""
    try:
        assert 0 <= macos.read_seconds(answer) < float("inf")
    except Unavailable:
        assert not 0 <= answer < float("inf")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the real one may open here")
@pytest.mark.parametrize("backend", [macos, windows])
def test_a_back_end_of_another_system_says_so(backend: Any) -> None:
    """Opening a back end elsewhere than on its system says what it is for."""
    with pytest.raises(Unavailable, match="This is for"):
        backend.open_backend()


@given(
    before_s=st.integers(0, 10**6),
    elapsed_s=st.floats(0.25, 20),
    phase=st.floats(0, 0.999),
    in_ms=st.booleans(),
)
def test_a_growing_counter_tells_its_unit(before_s: int, elapsed_s: float, phase: float, in_ms: bool) -> None:
    """Two answers of an undisturbed counter tell whether it counts seconds or milliseconds, never the wrong one."""
    per_s = 1000 if in_ms else 1
    before, after = int((before_s + phase) * per_s), int((before_s + phase + elapsed_s) * per_s)
    told = unit_s(before, after, elapsed_s)
    assert told in ((0.001,) if in_ms else (1.0, None))
    assert told is not None or before == 0


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_counter_that_fell_tells_nothing(after: int, more: int) -> None:
    """Input between two answers sets the counter back, and its unit stays open."""
    assert unit_s(after + more + 1, after, 0.3) is None


def test_a_screen_saver_that_only_says_0_is_not_a_person_at_work() -> None:
    """A service that always answers 0 is refused, so that nobody is "always active" in silence."""
    with pytest.raises(Unavailable, match="only ever answers 0"):
        find_unit(lambda: 0, 0.0)


def bucket(host: str, updated: str, kind: str = "afkstatus") -> dict[str, Any]:
    """Return a bucket as the server lists it."""
    return {"type": kind, "hostname": host, "last_updated": updated}


def test_the_bucket_of_this_machine_comes_first() -> None:
    """Of several away buckets this host's is taken; without one, the newest; others are not away buckets."""
    buckets = {
        "aw-watcher-afk_desk": bucket("desk", "2026-03-01"),
        "aw-watcher-afk_old": bucket("old", "2026-02-01"),
        "aw-watcher-afk_new": bucket("new", "2026-03-02"),
        "aw-watcher-window_desk": bucket("desk", "2026-03-03", "currentwindow"),
    }
    assert newest_bucket(buckets, "desk") == "aw-watcher-afk_desk"
    assert newest_bucket(buckets, "elsewhere") == "aw-watcher-afk_new"
    with pytest.raises(Unavailable, match="without its away watcher"):
        newest_bucket({"w": bucket("desk", "", "currentwindow")}, "desk")


def event(ago_s: float, duration_s: float, status: str) -> dict[str, Any]:
    """Return an event as the server gives it."""
    at = NOW - timedelta(seconds=ago_s)
    return {"id": 1, "timestamp": at.isoformat(), "duration": duration_s, "data": {"status": status}}


def test_both_kinds_of_event_tell_the_last_input() -> None:
    """At the keys, idle counts from the event's end; away is dated back, so there it counts from its start."""
    assert idle_from_events([event(600, 580, "not-afk")], NOW) == 20.0
    assert idle_from_events([event(600, 600, "afk")], NOW) == 600.0
    assert idle_from_events([event(600, 601, "not-afk")], NOW) == 0.0


def test_a_watcher_that_stopped_is_not_a_person_who_left() -> None:
    """Old news means that nothing is known, never that someone has been idle since."""
    assert idle_from_events([event(STALE_S, 0, "not-afk")], NOW) == STALE_S
    for status in ("afk", "not-afk"):
        with pytest.raises(Unavailable, match="has said nothing for 10 minutes"):
            idle_from_events([event(660, 60, status)], NOW)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=8,
)
odd_events = st.fixed_dictionaries(
    {},
    optional={
        "timestamp": json_values | st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
        "duration": json_values,
        "data": json_values | st.fixed_dictionaries({"status": st.sampled_from(["afk", "not-afk", "x"])}),
    },
)


@given(json_values | st.lists(odd_events, max_size=3))
def test_whatever_a_server_answers_is_an_idle_time_or_refused(events: Any) -> None:
    """A hostile answer ends in seconds that make sense or in a refusal, never in another error."""
    with contextlib.suppress(Unavailable):
        assert 0 <= idle_from_events(events, NOW) < 1e10
    with contextlib.suppress(Unavailable):
        assert isinstance(newest_bucket(events, "desk"), str)


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin", "freebsd14"])
@pytest.mark.parametrize("session", [{}, {"XDG_SESSION_TYPE": "wayland"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_every_back_end_is_in_the_order_of_every_system(platform: str, session: dict[str, str]) -> None:
    """Whatever the system, each back end is looked at once, so each can say why it is not the live one."""
    order = suitable_order(platform, session)
    assert sorted(order) == sorted(BACKENDS)
    first = {"win32": "windows", "darwin": "macos"}.get(platform, "mutter" if session else "x11")
    assert order[0] == first


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the real one opens here")
def test_without_any_desktop_nothing_is_live_and_each_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """None live is said: no back end, and a reason for every one."""
    monkeypatch.setattr("midback.sense.idle.activitywatch.ActivityWatchIdle.__init__.__defaults__", (1, None))
    chosen = choose()
    assert (chosen.backend, chosen.live) == (None, "")
    assert set(chosen.others) == set(BACKENDS)
    assert all(phrase.said().strip() for phrase in chosen.others.values())
