"""The camera's line: what may speak on it, what it counts, and how it ends."""

import json
import logging
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from camera_rig import (
    CAT_COW,
    REACH,
    WALL,
    CameraLine,
    Cut,
    camera_line,
    cat_cows,
    message,
    new_session,
    repeated,
)
from web_rig import ME, Served, serving

from midback.app.clock import SetClock
from midback.app.house import open_house
from midback.app.intake import save_intake
from midback.app.screening import answer_screen
from midback.app.session import post_event, read_session
from midback.app.session_camera import allow_session_camera, session_camera_allowed
from midback.app.verifying import Seen, Watch
from midback.movement.landmarks import Frame, nobody
from midback.plan.answers import Intake
from midback.settings import Settings

FRAMES = cat_cows(3, fps=10)
ONE = message(FRAMES[0])


@pytest.fixture(scope="module", name="clock")
def a_clock() -> SetClock:
    return SetClock(datetime(2026, 3, 4, 15, 35, tzinfo=UTC), UTC)


@pytest.fixture(scope="module", name="served")
def a_server(tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Iterator[Served]:
    house = open_house(Settings(data_dir=tmp_path_factory.mktemp("line"), port=0, language="en"), clock)
    answer_screen(house, ME, frozenset())
    save_intake(house, ME, Intake(birth_year=1986))
    with serving(house) as running:
        yield running
    house.engine.dispose()


@pytest.fixture(name="session")
def a_session(served: Served) -> str:
    allow_session_camera(served.house, ME, True)
    return new_session(served, CAT_COW)


def start(served: Served, session: str) -> None:
    post_event(served.house, ME, session, "start", "start")


def show(line: CameraLine, clock: SetClock, frames: Any = FRAMES) -> list[dict[str, Any]]:
    """Show frames while the session's clock runs along; return the answers."""
    answers, before = [], frames[0].t
    for frame in frames:
        clock.advance(seconds=frame.t - before)
        before = frame.t
        answer = line.ask(message(frame))
        assert isinstance(answer, dict), answer
        answers.append(answer)
        time.sleep(0.01)  # the line takes no more than a camera gives
    return answers


def test_what_a_camera_saw_is_in_the_log_before_it_is_told(
    served: Served, clock: SetClock, session: str
) -> None:
    """Three cat-cows before the camera are three repetitions of the session, with a form, and no more by pace."""
    start(served, session)
    told = 0
    with camera_line(served, session) as line:
        for frame, after in pairwise(FRAMES):
            answer = line.ask(message(frame))
            assert isinstance(answer, dict), answer
            if answer["seen"] > told:
                told = answer["seen"]
                state = read_session(served.house, ME, session).state
                assert state.record.by_camera == {"both": told}
            clock.advance(seconds=after.t - frame.t)
            time.sleep(0.01)
            if int(after.t) != int(frame.t):
                post_event(served.house, ME, session, f"beat-{frame.t}", "heartbeat")
    assert told == 3
    assert answer["count"] <= 4
    assert len(state.record.repetitions_seen) == 3


def test_an_untried_signal_counts_and_judges_no_form(served: Served, clock: SetClock) -> None:
    """What was never tried on people is counted as that, and cannot hold a dose back by how even it looked."""
    allow_session_camera(served.house, ME, True)
    session = new_session(served, REACH)
    start(served, session)
    with camera_line(served, session) as line:
        answers = show(line, clock, repeated("stand-reach", "standing", 3, 6.0, 0.0, 8))
    assert answers[-1]["signal"] == "untried"
    record = read_session(served.house, ME, session).state.record
    assert record.by_camera["both"] >= 2
    assert record.repetitions_seen == ()


def test_a_camera_that_sees_nobody_has_its_zero_on_the_end_page(
    served: Served, clock: SetClock, session: str
) -> None:
    """An empty room before the camera: the pace counts all ten, and the end says that the camera saw none."""
    start(served, session)
    empty = [nobody(number / 5, FRAMES[0].size) for number in range(25)]
    with camera_line(served, session) as line:
        show(line, clock, empty)
    for beat in range(8):
        clock.advance(seconds=5)
        post_event(served.house, ME, session, f"beat-{beat}", "heartbeat")
    assert read_session(served.house, ME, session).state.status == "after"
    with served.client() as client:
        page = client.get(f"/session/{session}").text
    assert "10 repetitions of 10, the camera saw 0; counted by pace" in page


def test_nothing_counts_before_the_start_nor_in_a_pause(
    served: Served, clock: SetClock, session: str
) -> None:
    """The same movement while the session waits, and while it is paused, leaves the count at nothing."""
    with camera_line(served, session) as line:
        answers = show(line, clock)
        assert {a["seen"] for a in answers} == {0}
        assert any(a["armed"] for a in answers)
        assert not any(a["counting"] for a in answers)
    start(served, session)
    post_event(served.house, ME, session, "p", "pause")
    with camera_line(served, session) as line:
        assert {a["seen"] for a in show(line, clock)} == {0}


def test_an_exercise_no_camera_can_check_says_so(served: Served, clock: SetClock) -> None:
    """Where there is no signal the answer is that there is none, and the session goes on."""
    allow_session_camera(served.house, ME, True)
    session = new_session(served, WALL)
    start(served, session)
    with camera_line(served, session) as line:
        answer = line.ask(ONE)
    assert isinstance(answer, dict)
    assert (answer["signal"], answer["count"], answer["counting"]) == ("none", None, False)


def test_it_says_why_it_does_not_count(served: Served, session: str) -> None:
    """Nobody in the picture: the reason is a sentence."""
    nobody = {"t": 0.0, "size": [640, 480], "score": 0, "image": None, "world": None, "visibility": None}
    with camera_line(served, session) as line:
        for k in range(30):
            answer = line.ask(json.dumps(nobody | {"t": k / 10, "light": 0.4}))
    assert isinstance(answer, dict)
    assert answer["reason"] == "You are not in the picture."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "[]",
        "{}",
        "null",
        '{"t": NaN}',
        ONE.replace('"t": ', '"t": -1'),
        ONE.replace('"t": 0.0', '"t": 1e999'),
        ONE.replace('"light": 0', '"light": Infinity, "light": 0'),
        ONE.replace('"image": [', '"image": [1e300, '),
        ONE.replace('"size": [640, 480]', '"size": [640, 48000000]'),
        ONE.replace('"t"', '"more": 1, "t"'),
        "[" * 3000,
        b"\x00\x01",
    ],
)
def test_what_is_no_frame_is_answered_by_a_plain_end(served: Served, session: str, text: str | bytes) -> None:
    """Not JSON, not finite, too large, too many: the line ends with the code for bad data and a reason."""
    assert text != ONE
    with camera_line(served, session) as line:
        line.send(text)
        answer = line.answer()
    assert isinstance(answer, Cut)
    assert answer.code == 1007
    assert answer.reason


def test_a_message_too_large_ends_the_line(served: Served, session: str) -> None:
    """More than sixteen kilobytes are never put together."""
    with camera_line(served, session) as line:
        answer = line.ask(" " * 20_000)
    assert isinstance(answer, Cut)
    assert answer.code == 1009


def test_too_many_frames_a_second_end_the_line(served: Served, session: str) -> None:
    """A page that floods is cut off: no camera gives so many."""
    with camera_line(served, session) as line:
        for _ in range(250):
            line.send(ONE)
        while isinstance(answer := line.answer(), dict):
            continue
    assert answer.code == 1008


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": None},
        {"origin": "https://127.0.0.1"},
        {"host": "evil.example"},
        {"cookie": None},
        {"cookie": "midback-1=x"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_only_our_own_pages_open_a_line(served: Served, session: str, changed: dict[str, str | None]) -> None:
    """Another origin, no origin, another host, no key: refused before a socket opens."""
    with camera_line(served, session, **changed) as line:
        assert line.answer() == Cut(403, "")


def test_without_a_yes_there_is_no_line_and_a_no_cuts_it(
    served: Served, clock: SetClock, session: str
) -> None:
    """The camera is asked for once, remembered, and taken back in one step."""
    with served.client() as client:
        assert client.post("/api/camera/session", json={"allowed": False}).json() == {"allowed": False}
        with camera_line(served, session) as line:
            assert isinstance(cut := line.answer(), Cut)
            assert cut.code == 4003
        assert client.post("/api/camera/session", json={"allowed": True}).json() == {"allowed": True}
        assert session_camera_allowed(served.house, ME)
        with camera_line(served, session) as line:
            assert isinstance(line.ask(ONE), dict)
            client.post("/api/camera/session", json={"allowed": False})
            clock.advance(seconds=1)
            assert isinstance(cut := line.ask(message(FRAMES[1])), Cut)
            assert cut.code == 4003


def test_a_second_camera_takes_over(served: Served, session: str) -> None:
    """One session has one camera: the first line ends and says why, the second counts."""
    with camera_line(served, session) as first:
        assert isinstance(first.ask(ONE), dict)
        with camera_line(served, session) as second:
            assert isinstance(second.ask(ONE), dict)
            assert first.answer() == Cut(4001, "another window has the camera now")
            assert isinstance(second.ask(message(FRAMES[1])), dict)


def test_no_session_and_one_that_is_over_have_no_line(served: Served, session: str) -> None:
    """Each ends with a code of its own, so that the page does not try again."""
    with camera_line(served, "nowhere") as line:
        assert isinstance(cut := line.answer(), Cut)
        assert cut.code == 4004
    start(served, session)
    post_event(served.house, ME, session, "end", "end")
    post_event(served.house, ME, session, "after", "after", {"pain": 1})
    with camera_line(served, session) as line:
        assert isinstance(cut := line.answer(), Cut)
        assert cut.code == 4009


def test_a_camera_that_goes_hands_back_to_the_pace(served: Served, clock: SetClock, session: str) -> None:
    """After the line is closed the pace counts again, and what was seen stays."""
    start(served, session)
    with camera_line(served, session) as line:
        show(line, clock)
        assert read_session(served.house, ME, session).state.looking_us > 0
    until = time.monotonic() + 20
    while read_session(served.house, ME, session).state.looking_us and time.monotonic() < until:
        time.sleep(0.05)
    state = read_session(served.house, ME, session).state
    assert (state.looking_us, state.record.by_camera) == (0, {"both": 3})


def test_a_camera_that_takes_over_in_the_middle_of_a_frame_is_no_fault(
    served: Served, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The older line's frame is still looked at when the newer one opens: it ends with its reason, in silence."""
    looked_at, go_on, told = threading.Event(), threading.Event(), list[logging.LogRecord]()
    take = Watch.take

    def slowly(watch: Watch, frame: Frame) -> Seen:
        looked_at.set()
        assert go_on.wait(10)
        return take(watch, frame)

    monkeypatch.setattr(Watch, "take", slowly)
    listener = logging.Handler()
    listener.emit = told.append  # type: ignore[method-assign]
    logging.getLogger("uvicorn.error").addHandler(listener)
    try:
        with camera_line(served, session) as older:
            older.send(ONE)
            assert looked_at.wait(10)
            with camera_line(served, session) as newer:
                assert older.answer() == Cut(4001, "another window has the camera now")
                go_on.set()
                assert isinstance(newer.ask(ONE), dict)
    finally:
        logging.getLogger("uvicorn.error").removeHandler(listener)
    assert not told
