"""A watched hour before a clip, lived through in seconds: `python tests/watched_hour.py FOLDER CLIP`.

The looks are real processes on real pictures; the clock, the hands and the desktop are stand-ins. Prints what came of
it: readings, bytes that left this network namespace, and files that a look had open for writing. Run by
test_no_pixels.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

TESTS = Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS), str(TESTS / "daemon"), str(TESTS / "sense")]

from day_rig import Day  # noqa: E402
from watched_day_rig import leave_orders  # noqa: E402

from midback.app.calibrating import take  # noqa: E402
from midback.app.clock import SetClock  # noqa: E402
from midback.app.drift import show_drift  # noqa: E402
from midback.app.house import open_house  # noqa: E402
from midback.body.seated_calibration import Calibration, numbers_of  # noqa: E402
from midback.daemon.camera import Camera  # noqa: E402
from midback.settings import Settings  # noqa: E402
from midback.store import codec  # noqa: E402
from midback.store.people import DEFAULT_PERSON  # noqa: E402

HOUR_S, EVERY_S = 3600.0, 600
WRITES = os.O_WRONLY | os.O_RDWR


def written_by(pid: int) -> set[str]:
    """Return the files of a disk that a process has open for writing."""
    found = set()
    try:
        for number in os.listdir(f"/proc/{pid}/fd"):
            target = os.readlink(f"/proc/{pid}/fd/{number}")
            flags = Path(f"/proc/{pid}/fdinfo/{number}").read_text().split("flags:")[1].split()[0]
            if target.startswith("/") and not target.startswith("/dev/") and int(flags, 8) & WRITES:
                found.add(target)
    except (OSError, IndexError):
        pass  # it ended meanwhile
    return found


def sent() -> int:
    """Return how many bytes left this network namespace."""
    lines = Path("/proc/self/net/dev").read_text().splitlines()[2:]
    return sum(int(line.partition(":")[2].split()[8]) for line in lines)


def live(day: Day, seconds: float) -> tuple[int, set[str]]:
    """Work for so long by the machine's clock; a look takes the time it takes. Return looks and what they wrote."""
    looks, files = 0, set[str]()
    until = day.machine.awake_s + seconds
    while day.machine.awake_s < until:
        day.machine.last_input_s = day.machine.awake_s
        wait = day.watch.step()
        child: Any = day.watch.camera._child
        if child is not None:
            looks += 1
            while child.poll() is None:
                files |= written_by(child.pid)
                time.sleep(0.02)
        day.machine.awake_s += wait
    return looks, files


def main(folder: Path, clip: str) -> None:
    """Calibrate on the clip, live the hour, take it in as app does, and say what came of it."""
    calibration = Calibration(upright=numbers_of(take(clip, 2.0).samples))
    told = {"device": clip, "every_s": EVERY_S, "calibration": codec.dump(calibration)}
    leave_orders(folder, camera=told)
    day = Day(folder, camera=lambda: Camera(on_battery=lambda: False))
    looks, files = live(day, HOUR_S)
    day.watch.close()
    clock = SetClock(day.machine.clock().wall, ZoneInfo("UTC"))
    house = open_house(Settings(data_dir=folder, timezone="UTC"), clock)
    drift = show_drift(house, DEFAULT_PERSON, day.machine.clock().wall.date())
    house.engine.dispose()
    readings = [one.change for one in drift.readings if one.change is not None]
    print(json.dumps({"looks": looks, "readings": readings, "sent": sent(), "files": sorted(files)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
