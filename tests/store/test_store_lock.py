"""One server at a time uses a data folder."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from midback.errors import Conflict
from midback.store.lock import LOCK_FILE, Holder, hold_server_lock, running_server

HOLD = """
import sys
from pathlib import Path
from midback.store.lock import hold_server_lock
with hold_server_lock(Path(sys.argv[1]), "http://127.0.0.1:8642"):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Start a process that holds the folder's lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_server_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    """The second server gets a Conflict with the first one's address, and takes over once it has ended."""
    with holder(tmp_path) as first:
        assert running_server(tmp_path) == Holder(first.pid, "http://127.0.0.1:8642")
        with pytest.raises(Conflict, match=r"http://127\.0\.0\.1:8642"), hold_server_lock(tmp_path):
            pass
        assert running_server(tmp_path) == Holder(first.pid, "http://127.0.0.1:8642")
        first.communicate()
    with hold_server_lock(tmp_path, "second"):
        pass


def test_a_killed_server_leaves_no_lock(tmp_path: Path) -> None:
    """The lock of a process that was killed is free, although its file still says otherwise."""
    with holder(tmp_path) as first:
        first.kill()
        first.communicate()
    assert json.loads((tmp_path / LOCK_FILE).read_text())["pid"] == first.pid
    assert running_server(tmp_path) is None
    with hold_server_lock(tmp_path):
        pass


def test_the_same_process_cannot_hold_it_twice(tmp_path: Path) -> None:
    """Two servers in one process are two servers, even where the file says nothing readable."""
    with hold_server_lock(tmp_path, "here"):
        (tmp_path / LOCK_FILE).write_text("no JSON")
        with pytest.raises(Conflict, match="midback is running"), hold_server_lock(tmp_path):
            pass


def test_a_folder_without_a_server_says_so(tmp_path: Path) -> None:
    """Nobody holds the lock of a folder where none was ever taken, and asking makes no file."""
    assert running_server(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
