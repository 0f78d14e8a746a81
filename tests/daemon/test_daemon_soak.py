"""Days lived through with everything going wrong: every bout is right, nothing is lost, nothing grows."""

import gc
import json
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from day_rig import MIDNIGHT, Day, Errand, at

from midback.body.fold import fold

ORDERS: dict[str, Any] = {
    "version": 1,
    "made_at": "2026-03-02T00:00:00Z",
    "timezone": "UTC",
    "rule": {
        "after_s": 1500,
        "length_s": 60,
        "hourly_s": 300,
        "movements": [["stand-reach", "standing"], ["wall-slide", "wall"]],
        "reasons": [],
        "rule_version": 1,
    },
}
# What the made-up person did, in hours of the day; the wall clock is set forward at 15:00 and back at 18:00.
TRUTH = (
    (0.0, 7.0, "away"),
    (7.0, 8.0, "sitting"),
    (8.0, 8.25, "away"),
    (8.25, 12.0, "sitting"),
    (12.0, 13.0, "away"),
    (13.0, 13.5, "sitting"),
    (13.5, 14.0, "unknown"),
    (14.0, 15.0, "sitting"),
    (15.0, 17.0, "unknown"),
    (17.0, 19.0, "sitting"),
    (19.0, 24.0, "away"),
)
EDGE = timedelta(seconds=75)


def write_orders(folder: Path, made_at: datetime) -> None:
    """Leave orders, as app does."""
    path = folder / "watch" / "orders.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**ORDERS, "made_at": made_at.isoformat()}))


def locked_for(day: Day, seconds: float) -> None:
    """Lock the screen and go."""
    day.machine.on.add("lock")
    day.live(seconds)
    day.machine.on.discard("lock")


def live_a_day(day: Day) -> None:
    """Live through one day with every fault; it starts and ends at midnight by the wall clock."""
    machine, hour = day.machine, 3600.0
    day.live(30)
    day.sleep(7 * hour - 30)
    day.work(1 * hour)
    locked_for(day, 0.25 * hour)
    day.work(0.75 * hour)
    day.desk.dead = True
    day.desk.standing.clear()
    day.work(0.65 * hour)
    day.desk.dead = False
    day.work(0.35 * hour)
    machine.on.add("call")
    day.live(1 * hour)
    machine.on.discard("call")
    day.work(0.5 * hour)
    machine.on.add("film")
    day.live(0.5 * hour)
    machine.on.discard("film")
    day.live(5, typing=True)
    locked_for(day, 1 * hour - 5)
    machine.broken |= {"lock", "call", "film", "dnd"}
    day.work(0.25 * hour)
    machine.broken.clear()
    day.work(0.25 * hour)
    machine.broken.add("idle")
    day.work(0.5 * hour)
    machine.broken.discard("idle")
    machine.full = True
    day.work(0.75 * hour)
    machine.full = False
    day.work(0.25 * hour)
    machine.ahead += timedelta(hours=2)
    day.work(1 * hour)
    machine.ahead -= timedelta(minutes=30)
    day.work(1.5 * hour)
    day.machine.on.add("lock")
    day.live(4 * hour)
    day.sleep(1 * hour - 15)
    day.live(15)
    day.machine.on.discard("lock")
    machine.ahead -= timedelta(minutes=90)
    # What the two jumps left over: the next day starts by a good clock.
    day.sleep(90 * 60)


def open_files() -> int:
    """Return how many file descriptors this process has open."""
    return len(os.listdir("/proc/self/fd"))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Live through the day once; the first three refreshes meet a busy database."""
    folder = tmp_path_factory.mktemp("soak")

    def start(_words: Sequence[str]) -> Errand:
        if len(day.started) < 4:
            return Errand(8)
        write_orders(folder, day.machine.clock().wall)
        return Errand(0)

    day = Day(folder, start)
    files = open_files()
    live_a_day(day)
    day.watch.close()
    assert open_files() == files
    assert day.machine.open == 0
    return day


def test_a_day_of_faults_ends_with_every_bout_right(lived: Day) -> None:
    """After sleep, a dead notifier, a dead bus, a dead X server, a full disk and clock jumps the day is as lived."""
    day = lived
    bouts = fold(day.evidence(), MIDNIGHT, at(24))
    told = [(bout.start, bout.end, bout.activity) for bout in bouts if bout.end - bout.start > EDGE]
    assert [activity for _, _, activity in told] == [activity for _, _, activity in TRUTH]
    for (start_at, end_at, _), (from_h, to_h, _) in zip(told, TRUTH, strict=True):
        assert abs(start_at - at(from_h)) <= EDGE
        assert abs(end_at - at(to_h)) <= EDGE
    assert day.started == [("watch", "--refresh")] * 4


def test_nothing_is_said_into_a_call_or_a_film(lived: Day) -> None:
    """Of a day with faults, no prompt falls into the call, the film or the hours away, and the rest has some."""
    day = lived
    quiet = ((0.0, 7.0), (8.0, 8.25), (10.0, 11.0), (11.5, 12.0), (12.0, 13.0), (19.0, 24.0))
    for prompt in day.desk.prompts:
        assert not any(at(start) + EDGE < prompt < at(end) for start, end in quiet), prompt
    assert len(day.desk.prompts) >= 8
    said = [json.loads(line) for line in day.lines("said")]
    assert [line["at"] for line in said if line.get("kind") == "prompt"] == [
        when.isoformat().replace("+00:00", "Z") for when in day.desk.prompts
    ]
    held = {hold for line in said for hold in line.get("held", ())}
    assert {"call", "film", "typing"} <= held


def test_days_leave_no_more_behind_than_one(tmp_path: Path) -> None:
    """Objects and file descriptors after three days are those after two, to a few per cent."""
    write_orders(tmp_path, MIDNIGHT)
    day = Day(tmp_path)
    left: list[tuple[int, int]] = []
    for _ in range(3):
        live_a_day(day)
        write_orders(tmp_path, day.machine.clock().wall)
        day.desk.shown.clear()
        day.started.clear()
        gc.collect()
        left.append((len(gc.get_objects()), open_files()))
    assert left[2][0] < 1.02 * left[1][0]
    assert left[2][1] == left[1][1]
    assert day.watch.spool.waiting == 0
