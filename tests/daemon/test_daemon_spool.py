"""The spool: whole lines, by UTC day, private, and never lost to a full disk or a kill."""

import json
import os
import stat
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.evidence import Evidence, read_log
from midback.daemon import spool as spool_module
from midback.daemon.spool import Spool
from midback.reasons import Reason

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FILL = """
import resource, signal, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from midback.body.evidence import Evidence
from midback.daemon.spool import Spool
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
spool, noon = Spool(Path(sys.argv[1])), datetime(2026, 3, 2, 12, tzinfo=UTC)
for second in range(40):
    spool.add(Evidence(at=noon + timedelta(seconds=second), source="input", idle_s=1.0))
    spool.add_said(noon + timedelta(seconds=second), "prompt", "stand-reach")
print(spool.problem, spool.waiting, flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
spool.flush(0.0)
print(repr(spool.problem), spool.waiting, flush=True)
"""


def sample(second: float) -> Evidence:
    """Return one reading."""
    return Evidence(at=NOON + timedelta(seconds=second), source="input", idle_s=2.0)


def lines(folder: Path, kind: str = "evidence") -> list[str]:
    """Return the lines of a kind."""
    return [line for file in sorted(folder.glob(f"{kind}-*")) for line in file.read_text().splitlines()]


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    """Evidence and what was said come back as they were, from the files of two UTC days."""
    spool = Spool(tmp_path / "watch")
    for hour in (0, 11, 13):
        spool.add(sample(3600 * hour))
        spool.add_said(
            NOON + timedelta(hours=hour), "prompt", "walk", (Reason("plan.break-sat", {"still_min": 25}),)
        )
    spool.add_held(NOON, NOON + timedelta(minutes=5), ("typing", "call"))
    spool.close()
    assert sorted(path.name for path in (tmp_path / "watch").iterdir()) == [
        "evidence-2026-03-02.jsonl",
        "evidence-2026-03-03.jsonl",
        "said-2026-03-02.jsonl",
        "said-2026-03-03.jsonl",
    ]
    again = Spool(tmp_path / "watch")
    until = NOON + timedelta(days=1)
    assert list(again.recent_evidence(NOON, until)) == [sample(0), sample(11 * 3600), sample(13 * 3600)]
    assert [one.movement for one in again.recent_said(NOON, until)] == ["walk"] * 3
    said = [json.loads(line) for line in lines(tmp_path / "watch", "said")]
    assert said[0]["because"] == [["plan.break-sat", {"still_min": 25}]]
    assert {
        "from": "2026-03-02T12:00:00Z",
        "until": "2026-03-02T12:05:00Z",
        "held": ["typing", "call"],
    } in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_the_files_are_the_person_s_own(tmp_path: Path) -> None:
    """Nobody else can look into the folder or a file."""
    spool = Spool(tmp_path / "watch")
    spool.add(sample(0))
    spool.close()
    assert stat.S_IMODE((tmp_path / "watch").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "watch").iterdir()} == {0o600}


def test_a_line_cut_short_spoils_no_other(tmp_path: Path) -> None:
    """What a kill left of a line is closed by a newline; the next line stands by itself."""
    file = tmp_path / "evidence-2026-03-02.jsonl"
    file.write_text('{"at": "2026-03-02T11:00:00Z", "source": "input", "idle_s": 1}\n{"at": "2026-03')
    spool = Spool(tmp_path)
    spool.add(sample(0))
    spool.close()
    found, refused = read_log(file.read_text().splitlines())
    assert [number for number, _why in refused] == [2]
    assert found[-1] == sample(0)


@given(st.lists(st.integers(0, 400), max_size=40))
def test_a_disk_that_takes_parts_of_lines_loses_none(cuts: list[int]) -> None:
    """However much of each write fits, every line stands whole in the end, once and in order."""
    room = list(cuts)

    def write(handle: int, data: bytes) -> int:
        return os.write(handle, data[: room.pop()]) if room else os.write(handle, data)

    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder), write, lambda _handle: None)
        for second in range(30):
            spool.add(sample(second))
        for _ in range(len(cuts) + 1):
            spool.flush(0.0)
        spool.close()
        found, refused = read_log(lines(Path(folder)))
    assert found == tuple(sample(second) for second in range(30))
    assert refused == ()


def test_memory_has_an_end_and_what_was_said_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the disk is full old evidence is thinned, new evidence and everything said is kept."""
    monkeypatch.setattr(spool_module, "MOST_WAITING", 100)
    full = [True]

    def write(handle: int, data: bytes) -> int:
        if full[0]:
            raise OSError(28, "No space left on device")
        return os.write(handle, data)

    spool = Spool(tmp_path, write, lambda _handle: None)
    for second in range(1000):
        spool.add(sample(second))
        spool.add_said(NOON + timedelta(seconds=second), "prompt")
    assert spool.problem == "No space left on device"
    assert spool.waiting <= 1100
    full[0] = False
    spool.flush(0.0)
    assert (spool.waiting, spool.problem) == (0, "")
    spool.close()
    found, _refused = read_log(lines(tmp_path))
    assert found[-50:] == tuple(sample(second) for second in range(950, 1000))
    assert len(lines(tmp_path, "said")) == 1000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on file sizes")
def test_a_real_limit_of_the_system_loses_nothing(tmp_path: Path) -> None:
    """Where the system itself refuses more bytes, lines wait in memory and are written once there is room."""
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert done[0].split()[-1] != "0"
    assert done[1] == "'' 0"
    found, refused = read_log(lines(tmp_path))
    assert len(found) == 40
    assert refused == ()
    assert len(lines(tmp_path, "said")) == 40


def test_the_disk_is_asked_seldom(tmp_path: Path) -> None:
    """Evidence is put on the disk at most once a minute, what was said at once."""
    asked: list[int] = []
    spool = Spool(tmp_path, sync=asked.append)
    for second in range(0, 600, 15):
        spool.add(sample(second))
        spool.flush(float(second))
    assert len(asked) <= 11
    before = len(asked)
    spool.add_said(NOON, "start")
    assert len(asked) == before + 1
    spool.close()
