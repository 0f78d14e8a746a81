"""The background process beside Safe Eyes and Workrave, all three at once on one screen and one bus.

python bench/background.py                        three rounds of ten minutes
python bench/background.py --minutes 1 --rounds 1

In: Debian's packages safeeyes (with xprintidle) and workrave, Xvfb, dbus. Out: CPU, wake-ups, memory and start
time of each whole process tree, raw and as medians. It takes half an hour, so `run.py` leaves it out.

CPU is utime + stime (with those of children that ended) from /proc/PID/stat over the window, in percent of one core.
Wake-ups are the voluntary context switches of all threads; those of children that ended cannot be seen, which
favours programs that start some. Memory is PSS from smaps_rollup at the end of the window. Start is from spawning the
process until it senses: midback's first line of evidence is in its file; Workrave owns its name on the bus; Safe Eyes
has its first window on the screen, hidden ones too. Each home folder is warmed by one start before.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures import Figure, median
from process_tree import tree, used

AIMS = {"cpu": 0.05, "wakeups": 1.0, "pss": 30.0, "start": 0.20}
UNITS = {"cpu": "%", "wakeups": "1/s", "pss": "MB", "start": "s"}
SETTLE_S = 20.0
WARM_S = 10.0
NEEDED = {
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus",
    "xdotool": "xdotool",
    "safeeyes": "safeeyes",
    # Debian installs it along with safeeyes; without it Safe Eyes does not sense at all.
    "xprintidle": "xprintidle",
    "workrave": "workrave",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """One program: how it is started, and what says that it senses."""

    name: str
    command: tuple[str, ...]
    senses: Callable[[dict[str, str], int], bool]


def has_name(environment: dict[str, str], _pid: int) -> bool:
    """Say whether Workrave owns its name on the bus."""
    asked = [
        "dbus-send",
        "--session",
        "--print-reply",
        "--dest=org.freedesktop.DBus",
        "/org/freedesktop/DBus",
    ]
    asked += ["org.freedesktop.DBus.NameHasOwner", "string:org.workrave.Workrave"]
    return (
        "true" in subprocess.run(asked, env=environment, capture_output=True, text=True, check=False).stdout
    )


def has_window(environment: dict[str, str], pid: int) -> bool:
    """Say whether any process of the tree has a window."""
    for one in tree(pid):
        asked = ["xdotool", "search", "--pid", str(one)]
        if subprocess.run(asked, env=environment, capture_output=True, check=False).stdout.strip():
            return True
    return False


def evidence_grew(folder: Path) -> Callable[[dict[str, str], int], bool]:
    """Return whether midback has written evidence since now."""
    before = _written(folder)
    return lambda _environment, _pid: _written(folder) > before


def _written(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("watch/evidence-*.jsonl"))


@contextmanager
def desktop(home: Path) -> Iterator[dict[str, str]]:
    """Run a screen and a bus of their own; yield the environment of programs on them."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    environment = {
        **kept,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "GSETTINGS_BACKEND": "memory",
    }
    environment |= {"NO_AT_BRIDGE": "1", "XDG_SESSION_TYPE": "x11"}
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    try:
        assert screen.stdout is not None
        assert bus.stdout is not None
        environment["DISPLAY"] = f":{screen.stdout.readline().strip()}"
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        yield environment
    finally:
        for process in (bus, screen):
            process.terminate()
            process.wait()
            if process.stdout:
                process.stdout.close()


def start(peer: Peer, environment: dict[str, str]) -> tuple[subprocess.Popen[bytes], float]:
    """Start a program and return it with the seconds until it senses."""
    began = time.perf_counter()
    process = subprocess.Popen(
        peer.command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not peer.senses(environment, process.pid):
        if process.poll() is not None:
            sys.exit(f"{peer.name} ended at once with {process.returncode}: {' '.join(peer.command)}")
        if time.perf_counter() - began > 60:
            end(process)
            sys.exit(f"{peer.name} did not begin to sense within 60 s")
        time.sleep(0.002)
    return process, time.perf_counter() - began


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def peers(data: Path) -> list[Peer]:
    """Return the three programs; midback as its service starts it."""
    light = (sys.executable, "-m", "midback.daemon", str(data))
    return [
        Peer("midback", light, evidence_grew(data)),
        Peer("Safe Eyes", ("safeeyes",), has_window),
        Peer("Workrave", ("workrave",), has_name),
    ]


def prepare(home: Path) -> Path:
    """Make a person's data with orders, as they are after a first day; return the data folder."""
    from midback.app.demo import build_demo, demo_settings
    from midback.settings import Settings

    settings = Settings(data_dir=home / "data", timezone="UTC")
    build_demo(settings).engine.dispose()
    data = demo_settings(settings).data_dir
    environment = {**os.environ, "MIDBACK_DATA_DIR": str(data), "MIDBACK_CONFIG_DIR": str(home / "config")}
    subprocess.run([sys.executable, "-m", "midback", "watch", "--refresh"], env=environment, check=True)
    orders: dict[str, Any] = json.loads((data / "watch" / "orders.json").read_text("utf-8"))
    if orders.get("rule") is None:
        sys.exit("the made-up person has no break rule, so midback would do less than it does for a person")
    return data


def one_round(home: Path, data: Path, window_s: float, settle_s: float) -> dict[str, dict[str, float]]:
    """Start all three, let them settle, measure over the window, end them."""
    found: dict[str, dict[str, float]] = {}
    with desktop(home) as environment:
        running: list[tuple[str, subprocess.Popen[bytes]]] = []
        try:
            for peer in peers(data):
                process, seconds = start(peer, environment)
                running.append((peer.name, process))
                found[peer.name] = {"start": seconds}
                time.sleep(1)
            time.sleep(settle_s)
            before = {name: used(process.pid) for name, process in running}
            time.sleep(window_s)
            for name, process in running:
                if process.poll() is not None:
                    sys.exit(f"{name} ended during the window with {process.returncode}")
                first, last = before[name], used(process.pid)
                seconds = last.at - first.at
                found[name]["cpu"] = 100 * (last.cpu_s - first.cpu_s) / seconds
                found[name]["wakeups"] = (last.switches - first.switches) / seconds
                found[name]["pss"] = last.pss_mb
        finally:
            for _name, process in running:
                end(process)
    return found


def figures(rounds: list[dict[str, dict[str, float]]]) -> list[Figure]:
    """Return the medians with what they were worked out from; midback's have aims."""
    made = []
    for name in rounds[0]:
        for key in ("start", "pss", "cpu", "wakeups"):
            raw = [round(one[name][key], 4) for one in rounds]
            aim = AIMS[key] if name == "midback" else None
            made.append(Figure(f"{name}: {key}", median(raw), UNITS[key], aim, raw))
    return made


def main() -> None:
    """Measure and print; fail where an aim is missed or midback is not the lightest in CPU."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--minutes", type=float, default=10.0, help="length of the window")
    words.add_argument("--rounds", type=int, default=3)
    given = words.parse_args()
    missing = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    if missing:
        sys.exit(f"Not installed: {', '.join(missing)}. On Debian: apt-get install {' '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="midback-bench-") as folder:
        home = Path(folder)
        data = prepare(home)
        print("warming the home folder ...", file=sys.stderr, flush=True)
        one_round(home, data, 1, WARM_S)
        rounds = []
        for number in range(given.rounds):
            print(
                f"round {number + 1} of {given.rounds}, {given.minutes:g} min ...",
                file=sys.stderr,
                flush=True,
            )
            rounds.append(one_round(home, data, 60 * given.minutes, SETTLE_S))
    missed = False
    for figure in figures(rounds):
        aim = "" if figure.aim is None else f"at most {figure.aim:g} {figure.unit}"
        print(f"{figure.name:24} {figure.value:9.3f} {figure.unit:4} {aim:18} {figure.met:4} {figure.raw}")
        missed |= figure.met == "NO"
    cpu = {name: median([one[name]["cpu"] for one in rounds]) for name in rounds[0]}
    if cpu["midback"] >= min(cpu["Safe Eyes"], cpu["Workrave"]):
        print("midback does not use less CPU than both")
        missed = True
    sys.exit(missed)


if __name__ == "__main__":
    main()
