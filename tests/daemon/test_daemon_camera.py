"""The camera looks for some seconds when it may and can tell something, and at no other time."""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from day_rig import at
from watched_day_rig import WatchedDay, leave_orders, reading

from midback.daemon.camera import LEAST_OFTEN_S, LONGEST_S
from midback.daemon.look_process import LookProcess
from midback.daemon.orders import CameraOrders

HOUR = 3600.0


@pytest.fixture
def day(tmp_path: Path) -> WatchedDay:
    """Return a loop whose camera may look every five minutes, at midnight."""
    return WatchedDay(tmp_path)


def test_a_look_is_one_line_and_shows_a_mark_while_it_lasts(day: WatchedDay) -> None:
    """State and a quiet notice say that the camera is open; its line is evidence, and then both are gone."""
    day.live(4, typing=True)
    (_began, glance), *others = day.lens.looked
    assert others == []
    assert glance.code is None
    assert day.state()["looking"] is not None
    (mark,) = [notice for notice, _pressed in day.desk.standing.values()]
    assert (mark.title, mark.quiet, mark.buttons) == ("midback looks for a few seconds", True, ())
    day.live(15, typing=True)
    (line,) = day.looks()
    assert (line.seen, line.ratio, line.change, line.look, line.samples) == (
        "seated",
        0.6,
        0.0,
        "upright",
        14,
    )
    assert day.state()["looking"] is None
    assert day.state()["look"] == "upright"
    assert day.desk.standing == {}


def test_the_process_is_handed_the_calibration_and_the_device(tmp_path: Path) -> None:
    """What the orders say of the camera goes to the process as it is."""
    day = WatchedDay(tmp_path, device="camera:2")
    day.live(60, typing=True)
    assert day.lens.orders == [CameraOrders(device="camera:2", calibration={"upright": {"ratio": 0.6}})]


def test_looks_come_every_five_minutes_and_the_camera_is_mostly_closed(day: WatchedDay) -> None:
    """In two hours of work there are about 24 looks, and the camera is open a small part of the time."""
    day.work(2 * HOUR)
    began = [when for when, _glance in day.lens.looked]
    apart = {(b - a).total_seconds() for a, b in pairwise(began)}
    assert len(began) in (23, 24)
    assert min(apart) >= 300
    assert max(apart) <= 330
    assert len(began) * day.lens.takes_s <= 0.03 * 2 * HOUR


def no_camera(day: WatchedDay) -> None:
    leave_orders(day.folder, camera={"allowed": False})


def no_calibration(day: WatchedDay) -> None:
    leave_orders(day.folder, camera={"calibration": None})


def locked(day: WatchedDay) -> None:
    day.machine.on.add("lock")


def on_battery(day: WatchedDay) -> None:
    day.lens.battery = True


def in_use(day: WatchedDay) -> None:
    day.machine.on.add("camera")


def driving(day: WatchedDay) -> None:
    leave_orders(day.folder, driving_since=at(0).isoformat())


def no_idle_time(day: WatchedDay) -> None:
    day.machine.broken.add("idle")


@pytest.mark.parametrize(
    ("arrange", "off"),
    [
        (no_camera, "not-allowed"),
        (no_calibration, "no-calibration"),
        (locked, "locked"),
        (on_battery, "battery"),
        (in_use, "in-use"),
        (driving, "driving"),
        (no_idle_time, "idle-unknown"),
    ],
)
def test_it_does_not_look(day: WatchedDay, arrange: Any, off: str) -> None:
    """Without permission or calibration, locked, on battery, in use elsewhere, driving: not once, and it says why."""
    arrange(day)
    day.work(HOUR)
    assert day.lens.looked == []
    assert day.state()["off"] == off
    assert day.state()["looking"] is None


def test_nobody_is_not_looked_at(day: WatchedDay) -> None:
    """A quarter of an hour after the last key it stops, unless a film speaks for somebody; keys bring it back."""
    day.work(0.5 * HOUR)
    day.live(16 * 60)
    before = len(day.lens.looked)
    day.live(2 * HOUR)
    assert len(day.lens.looked) == before
    assert day.state()["off"] == "away"
    day.work(0.2 * HOUR)
    assert len(day.lens.looked) > before
    day.machine.on.add("film")
    before = len(day.lens.looked)
    day.live(1.5 * HOUR)
    assert len(day.lens.looked) >= before + 16


def test_whoever_was_seen_to_be_gone_is_not_looked_for(day: WatchedDay) -> None:
    """After a look at an empty chair the next one waits for a key."""
    day.lens.says = lambda _at: json.dumps({"seen": "absent", "samples": 0})
    day.live(60, typing=True)
    day.live(14 * 60)
    assert len(day.lens.looked) == 2
    assert day.state()["off"] == "away"
    day.live(5 * 60, typing=True)
    assert len(day.lens.looked) > 2


@pytest.mark.parametrize("arrange", [no_camera, locked, in_use, driving])
def test_a_look_ends_at_once_when_it_may_not_go_on(day: WatchedDay, arrange: Any) -> None:
    """Permission taken back, a lock, a call that takes the camera, a drive: the process is ended, nothing is told."""
    day.lens.takes_s = 1e9
    day.live(5, typing=True)
    day.live(12, typing=True)
    (_began, glance), *_ = day.lens.looked
    assert glance.code is None
    day.watch.senses._signs_read = float("-inf")
    arrange(day)
    day.live(4, typing=True)
    assert glance.code == -9
    assert day.state()["looking"] is None
    assert day.desk.standing == {}
    assert day.looks() == []


def test_a_look_that_hangs_is_ended_and_the_next_ones_come_less_often(day: WatchedDay) -> None:
    """A process that does not end is killed within seconds; the mark goes, and the pause grows up to half an hour."""
    day.lens.takes_s = 1e9
    day.work(3 * HOUR)
    began = [when for when, _glance in day.lens.looked]
    assert {glance.code for _when, glance in day.lens.looked} == {-9}
    assert {(one.seen, one.look, one.reason) for one in day.looks()} == {("unclear", "no-reading", "hung")}
    for when, line in zip(began, day.looks(), strict=True):
        assert line.at - when <= timedelta(seconds=LONGEST_S + 5)
    apart = [(b - a).total_seconds() for a, b in pairwise(began)]
    assert apart[0] >= 590
    assert apart[-1] >= LEAST_OFTEN_S - 10


@pytest.mark.parametrize(
    "said", ["", "{", "[1]", "Killed", '{"seen": "flying"}', '{"seen": "seated", "ratio": 99}']
)
def test_what_cannot_be_read_is_no_reading(day: WatchedDay, said: str) -> None:
    """A process that says nothing usable gives a line without a reading, and the loop goes on."""
    day.lens.says = lambda _at: said
    day.live(60, typing=True)
    (line,) = day.looks()
    assert (line.seen, line.look, line.reason, line.ratio) == ("unclear", "no-reading", "failed", None)


def test_a_camera_that_cannot_be_opened_is_no_reading(day: WatchedDay) -> None:
    """Where the process cannot even be started the loop says so and goes on."""

    def start(_orders: CameraOrders) -> Any:
        raise OSError("no processes left")

    day.watch.camera._start = start
    day.live(60, typing=True)
    assert day.state()["off"] == "failed"
    assert day.state()["looking"] is None


def test_a_look_through_which_the_machine_slept_tells_nothing(day: WatchedDay) -> None:
    """A lid that closes in the middle of a look leaves no line of an hour later."""
    day.live(4, typing=True)
    assert day.state()["looking"] is not None
    day.sleep(HOUR)
    day.live(30, typing=True)
    assert [one for one in day.looks() if one.at < at(1) + timedelta(seconds=30)] == []


def test_closing_the_loop_closes_the_camera(day: WatchedDay) -> None:
    """A loop that ends in the middle of a look ends the look."""
    day.live(4, typing=True)
    (_began, glance), *_ = day.lens.looked
    day.watch.close()
    assert glance.code == -9
    assert day.desk.standing == {}


def test_starting_again_is_no_reason_to_look_again(day: WatchedDay) -> None:
    """A loop that starts a minute after a look waits for the rest of the five minutes."""
    day.live(60, typing=True)
    day.watch.close()
    day.watch = day.new_watch()
    day.live(180, typing=True)
    assert len(day.lens.looked) == 1
    day.live(120, typing=True)
    assert len(day.lens.looked) == 2


def because_of(day: WatchedDay) -> list[list[str]]:
    """Return the reasons of each prompt."""
    said = [json.loads(line) for line in day.lines("said")]
    return [[reason for reason, _values in one["because"]] for one in said if one.get("kind") == "prompt"]


def test_slumping_is_one_more_reason_in_the_prompt(day: WatchedDay) -> None:
    """After two slumped looks the prompt says so in its reasons and its text; it comes no sooner for it."""
    day.lens.says = lambda _at: reading(-0.12)
    day.work(0.6 * HOUR)
    assert because_of(day)[0] == ["plan.break-sat", "plan.break-sunk"]
    (first, *_) = day.desk.prompts
    prompt = next(notice for when, notice in day.desk.shown if when == first and notice.buttons)
    assert "you have sunk a little" in prompt.text
    assert first >= at(0) + timedelta(seconds=1500)
    assert [notice.title for _when, notice in day.desk.shown if "another way" in notice.title] == []


def test_upright_or_one_slumped_look_is_no_reason(day: WatchedDay) -> None:
    """One look may fall on a reach for the cup."""
    said = iter([reading(-0.2), *[reading(-0.01)] * 50])
    day.lens.says = lambda _at: next(said)
    day.work(0.6 * HOUR)
    assert because_of(day)[0] == ["plan.break-sat"]


def gentle(day: WatchedDay) -> list[Any]:
    """Return when the gentle notice was shown."""
    return [when for when, notice in day.desk.shown if notice.title == "Time to sit another way"]


def test_a_notice_of_slumping_comes_only_where_it_is_wanted_and_once_a_bout(tmp_path: Path) -> None:
    """With the wish it comes once in a bout, quiet and without buttons; it survives a restart of the loop."""
    day = WatchedDay(tmp_path, say=True)
    day.lens.says = lambda _at: reading(-0.12)
    day.work(0.4 * HOUR)
    assert len(gentle(day)) == 1
    day.watch.close()
    day.watch = day.new_watch()
    day.work(0.5 * HOUR)
    assert len(gentle(day)) == 1
    day.machine.on.add("lock")
    day.live(0.5 * HOUR)
    day.machine.on.discard("lock")
    day.work(0.9 * HOUR)
    assert len(gentle(day)) == 2


def test_what_holds_a_prompt_holds_the_notice_of_slumping(tmp_path: Path) -> None:
    """During a call nothing is said of it."""
    day = WatchedDay(tmp_path, say=True)
    day.lens.says = lambda _at: reading(-0.12)
    day.machine.on.add("call")
    day.work(0.5 * HOUR)
    assert len(day.lens.looked) >= 5
    assert gentle(day) == []


def test_the_mark_can_be_switched_off_and_stays_out_of_a_film(tmp_path: Path) -> None:
    """Without the wish, and over a film, no notice shows; the state says it all the same."""
    day = WatchedDay(tmp_path, mark=False)
    day.live(4, typing=True)
    assert day.state()["looking"] is not None
    assert day.desk.standing == {}
    leave_orders(tmp_path)
    day.live(60, typing=True)
    day.machine.on.add("film")
    day.live(600)
    shown = [when for when, notice in day.desk.shown if notice.title.startswith("midback looks")]
    assert len(day.lens.looked) >= 3
    assert shown == []


def test_a_moved_camera_is_told_in_the_state_once_two_looks_agree(day: WatchedDay) -> None:
    """One look that does not fit says nothing, two do; one that fits again takes it back."""
    odd = {"seen": "unclear", "look": "calibrate-again", "reason": "moved", "ratio": 0.4, "change": -0.3}
    day.lens.says = lambda when: json.dumps(odd) if when < at(0.15) else reading(0.0)
    told = []
    for _ in range(3):
        day.live(301, typing=True)
        told.append(day.state()["calibrate_again"])
    assert told == [False, True, False]


def test_a_whole_day_with_the_camera(tmp_path: Path) -> None:
    """Nine hours at a desk: upright in the morning, sinking in the afternoon, never looked at when it may not be."""
    day = WatchedDay(tmp_path)
    sunk = at(13.5)
    day.lens.says = lambda when: reading(-0.01 if when < sunk else -0.11)
    day.live(30)
    day.sleep(8 * HOUR - 30)
    day.work(4 * HOUR)
    day.machine.on.add("lock")
    day.live(HOUR)
    day.machine.on.discard("lock")
    day.work(2 * HOUR)
    day.machine.on.add("camera")
    day.work(0.5 * HOUR)
    day.machine.on.discard("camera")
    day.lens.battery = True
    day.work(0.5 * HOUR)
    day.lens.battery = False
    day.work(1 * HOUR)
    began = [when for when, _glance in day.lens.looked]
    closed = [(12, 13), (15, 15.5), (15.5, 16)]
    edge = timedelta(seconds=60)
    assert not [when for when in began for start, end in closed if at(start) + edge < when < at(end)]
    assert 70 <= len(began) <= 90
    assert len(day.looks()) == len(began)
    assert len(began) * day.lens.takes_s < 0.025 * 9 * HOUR
    reasons = because_of(day)
    assert "plan.break-sunk" not in reasons[0]
    assert "plan.break-sunk" in reasons[-1]
    day.watch.close()
    assert day.machine.open == 0


HANGING = """
import sys, time
import midback.sense.look as one
one.look = lambda *words, **more: time.sleep(60) or {}
sys.exit(one.main(sys.argv[1:]))
"""


def test_the_process_ends_when_its_holder_is_gone() -> None:
    """A look whose holder was killed ends by itself, in the middle of a call that hangs."""
    with subprocess.Popen(
        [sys.executable, "-c", HANGING, "--leash", "--limit", "50"], stdin=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"{}\n")
        process.stdin.flush()
        time.sleep(0.3)
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(20) == 3


def test_the_process_ends_when_its_time_is_over() -> None:
    """The system ends a look that hangs, whoever waits for it."""
    done = subprocess.run([sys.executable, "-c", HANGING, "--limit", "1"], check=False, timeout=20)
    assert done.returncode != 0


def test_a_real_process_says_its_line_and_lets_go(tmp_path: Path) -> None:
    """What is no picture gives a line that says so; nothing is left of the process."""
    said = LookProcess(CameraOrders(device=str(tmp_path / "missing.mp4")))
    while said.poll() is None:
        time.sleep(0.05)
    line = json.loads(said.line())
    assert (line["seen"], line["look"], line["reason"]) == ("unclear", "no-reading", "no-picture")
    with pytest.raises(ProcessLookupError):
        os.kill(said.pid, 0)


def test_a_calibration_too_long_for_the_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    """Orders that somebody else wrote: the loop goes on at once, though the look has not begun to read."""
    orders = CameraOrders(device=str(tmp_path / "missing.mp4"), calibration={"x": "y" * 900_000})
    said = LookProcess(orders)
    assert said.poll() is None
    said.wait(60)
