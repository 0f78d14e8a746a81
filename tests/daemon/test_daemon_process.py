"""The loop as a process: how light it is, that there is one, and that killing it loses nothing."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import desktops
import pytest
from day_rig import Machine

from midback.app.house import open_house
from midback.app.people import DEFAULT_PERSON
from midback.app.spool import import_spool
from midback.body.evidence import read_log
from midback.daemon.lock import hold_watch, loop_runs
from midback.daemon.senses import Senses
from midback.daemon.watch import Inbox, Watch
from midback.errors import Conflict
from midback.settings import Settings

HEAVY = {
    "numpy",
    "pydantic",
    "sqlalchemy",
    "fastapi",
    "typer",
    "rich",
    "asyncio",
    "desktop_notifier",
    "subprocess",
}
ADD_FOR_EVER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from midback.body.evidence import Evidence
from midback.daemon.spool import Spool
spool = Spool(Path(sys.argv[1]), sync=lambda handle: None)
start, number = datetime(2026, 3, 2, tzinfo=UTC), int(sys.argv[2])
while True:
    number += 1
    at = start + timedelta(seconds=number)
    spool.add(Evidence(at=at, source="input", idle_s=1.0, host="x" * (number % 150)))
    if number % 7 == 0:
        spool.add_said(at, "prompt", "stand-reach")
    print(number, flush=True)
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return what a loop of a folder's own needs."""
    kept = {key: value for key, value in os.environ.items() if key not in desktops.OUTSIDE}
    return {
        **kept,
        "MIDBACK_DATA_DIR": str(folder),
        "MIDBACK_LANGUAGE": "en",
        "PYTHONUNBUFFERED": "1",
        **more,
    }


@pytest.fixture
def fresh_orders(tmp_path: Path) -> Path:
    """Return a data folder whose orders are fresh, so that no refresh is started."""
    (tmp_path / "watch").mkdir()
    made_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    (tmp_path / "watch" / "orders.json").write_text(json.dumps({"version": 1, "made_at": made_at}))
    return tmp_path


@pytest.fixture
def display() -> Iterator[str]:
    """Run a screen."""
    with desktops.xvfb() as (name, _server):
        yield name


def test_the_loop_loads_nothing_heavy() -> None:
    """A fresh process that loads the loop has none of the large libraries in it."""
    code = "import sys, midback.daemon.__main__; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "midback" in loaded
    assert loaded & HEAVY == set()


def test_the_light_way_of_the_command_loads_nothing_heavy(tmp_path: Path) -> None:
    """`python -m midback watch` takes the light way too: stopped at once, it has not loaded typer."""
    code = (
        "import os, sys, threading; sys.argv = ['midback', 'watch']\n"
        "threading.Timer(0.5, lambda: os.kill(os.getpid(), 15)).start()\n"
        "from midback.__main__ import run; run()\n"
        "print('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    )
    (tmp_path / "watch").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment(tmp_path)
    )
    # The refresh it starts is a process of its own, so subprocess is there; nothing else is.
    assert set(done.stdout.rpartition("LOADED")[2].split()) & (HEAVY - {"subprocess"}) == set()


@pytest.mark.desktop
def test_a_killed_loop_leaves_its_lines_and_no_lock(fresh_orders: Path, display: str) -> None:
    """Killed again and again, `midback watch` keeps every line it wrote, and starts again at once."""
    kept: list[str] = []
    for _ in range(4):
        with desktops.running(
            sys.executable,
            "-m",
            "midback",
            "watch",
            env=environment(fresh_orders, DISPLAY=display),
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"Watching by x11. Stop with Ctrl+C.\n"
            process.kill()
            process.wait()
        files = sorted((fresh_orders / "watch").glob("evidence-*.jsonl"))
        lines = [line for file in files for line in file.read_text().splitlines()]
        assert lines[: len(kept)] == kept
        assert len(lines) > len(kept)
        kept = lines
        assert not loop_runs(fresh_orders)
    found, refused = read_log(kept)
    assert refused == ()
    assert {evidence.source for evidence in found} >= {"input"}


def test_two_loops_on_one_folder_are_one(fresh_orders: Path) -> None:
    """The second loop names the first one's process and ends with exit code 4; the first one ends by SIGTERM."""
    with desktops.running(
        sys.executable,
        "-m",
        "midback.daemon",
        str(fresh_orders),
        env=environment(fresh_orders),
        stdout=subprocess.PIPE,
    ) as first:
        assert first.stdout is not None
        assert b"unknown" in first.stdout.readline()
        second = subprocess.run(
            [sys.executable, "-m", "midback", "watch"],
            env=environment(fresh_orders),
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 4
        assert str(first.pid) in second.stderr
        assert len(second.stderr.strip().splitlines()) == 1
        with pytest.raises(Conflict, match=str(first.pid)), hold_watch(fresh_orders):
            pass
        state = json.loads((fresh_orders / "watch" / "state.json").read_text())
        assert (state["pid"], state["backend"]) == (first.pid, None)
        first.terminate()
        assert first.wait(desktops.WAIT_S) == 0
    assert not loop_runs(fresh_orders)


@pytest.mark.desktop
def test_a_lost_x_server_is_unknown_and_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the X server goes the state says so and no input is told; a new one is found by itself."""
    machine, inbox = Machine(), Inbox()
    (tmp_path / "watch").mkdir()

    def backend() -> object:
        return json.loads((tmp_path / "watch" / "state.json").read_text())["backend"]

    with desktops.xvfb() as (name, _server):
        monkeypatch.setenv("DISPLAY", name)
        watch = Watch(tmp_path, inbox, clock=machine.clock, senses=Senses())
        watch.step()
        assert backend() == "x11"
    before = (tmp_path / "watch").glob("evidence-*.jsonl")
    told = sum(len(file.read_text().splitlines()) for file in before)
    machine.awake_s += 120
    watch.senses.read(machine.clock())
    assert watch.senses.live == ""
    assert watch.senses.felt is None
    with desktops.xvfb() as (name, _server):
        monkeypatch.setenv("DISPLAY", name)
        machine.awake_s += 120
        assert [evidence.source for evidence in watch.senses.read(machine.clock())][:1] == ["input"]
        assert watch.senses.live == "x11"
    watch.close()
    assert told >= 1


def test_a_kill_at_any_moment_loses_no_line(tmp_path: Path) -> None:
    """Lines acknowledged before a kill are there, whole, and are imported once however often it happens."""
    folder, chance, last = tmp_path / "data" / "watch", random.Random(3), 0  # noqa: S311 - moments to kill at
    folder.mkdir(parents=True)
    for _ in range(6):
        with desktops.running(
            sys.executable, "-c", ADD_FOR_EVER, str(folder), str(last), stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.05))
            process.kill()
            acknowledged = process.stdout.read().split()
        last = max(last + 1, int(acknowledged[-1]) if acknowledged else 0)
        # What a cut in the middle of a line would leave.
        with (folder / "evidence-2026-03-02.jsonl").open("a") as file:
            file.write('{"at": "2026-03-02T00')
    with (folder / "evidence-2026-03-02.jsonl").open("a") as file:
        file.write("\n")
    found, refused = read_log((folder / "evidence-2026-03-02.jsonl").read_text().splitlines())
    seconds = {evidence.at.hour * 3600 + evidence.at.minute * 60 + evidence.at.second for evidence in found}
    assert seconds >= set(range(1, last + 1))
    assert len(refused) == 6
    said = [json.loads(line) for line in (folder / "said-2026-03-02.jsonl").read_text().splitlines()]
    assert len({line["at"] for line in said}) >= last // 7
    house = open_house(Settings(data_dir=tmp_path / "data", timezone="UTC"))
    first = import_spool(house, DEFAULT_PERSON)
    again = import_spool(house, DEFAULT_PERSON)
    house.engine.dispose()
    assert first.lines >= last
    assert again.lines == 0


@pytest.mark.desktop
def test_looking_for_signs_again_and_again_opens_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real signs on a real screen and bus, lost and looked for many times, leave no file descriptor behind."""
    machine = Machine()
    senses = Senses()
    opened: list[int] = []
    with desktops.xvfb() as (name, _server), desktops.bus() as address:
        monkeypatch.setenv("DISPLAY", name)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        for _ in range(12):
            machine.awake_s += 2 * 3600
            senses.read(machine.clock())
            opened.append(len(os.listdir("/proc/self/fd")))
        assert senses.live == "x11"
        assert set(opened[2:]) == {opened[2]}
    for _ in range(6):
        machine.awake_s += 2 * 3600
        senses.read(machine.clock())
        opened.append(len(os.listdir("/proc/self/fd")))
    assert senses.live == ""
    assert opened[-1] == opened[-2] <= opened[2]
    senses.close()
