"""One server per data folder. In: the folder and the server's address. Out: a lock held while it runs.

The lock belongs to the process, so the system frees it when the process dies, however it dies; what is
written in the file only tells others whom they met.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from midback.errors import Conflict, Phrase

from . import faults

LOCK_FILE = "server.lock"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock; 0 and "" where the file does not say."""

    pid: int
    address: str


@contextmanager
def hold_server_lock(data_dir: Path, address: str = "") -> Iterator[None]:
    """Hold the folder's lock; raise Conflict that names the running server when another process has it."""
    path = data_dir / LOCK_FILE
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as exc:
        raise faults.of_system(exc, str(path)) from exc
    try:
        if not _take(handle):
            raise _held(path, _read(path))
        try:
            os.truncate(handle, 0)
            os.write(handle, json.dumps({"pid": os.getpid(), "address": address}).encode())
        except OSError as exc:
            raise faults.of_system(exc, str(path)) from exc
        try:
            yield
        finally:
            # Emptied, not removed: whoever opened the file meanwhile would lock a file that is gone.
            os.truncate(handle, 0)
    finally:
        os.close(handle)


def running_server(data_dir: Path) -> Holder | None:
    """Return who holds the folder's lock, or None when nobody does."""
    path = data_dir / LOCK_FILE
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise faults.of_system(exc, str(path)) from exc
    try:
        return None if _take(handle) else _read(path)
    finally:
        os.close(handle)


def _held(path: Path, holder: Holder) -> Conflict:
    at = Phrase(" at {address}", {"address": holder.address}) if holder.address else ""
    process = Phrase(" (process {pid})", {"pid": holder.pid}) if holder.pid else ""
    return Conflict(
        "midback is running{at}{process} and uses {folder}.",
        "One server at a time uses a data folder.",
        "Open that address (`midback link` makes a new link), or stop it first with Ctrl+C.",
        values={"at": at, "process": process, "folder": path.parent},
    )


def _read(path: Path) -> Holder:
    try:
        said = json.loads(path.read_text("utf-8"))
        return Holder(int(said["pid"]), str(said["address"]))
    except (OSError, ValueError, KeyError, TypeError):
        # The holder may be writing just now; that it holds the lock is certain all the same.
        return Holder(0, "")


if sys.platform == "win32":
    import msvcrt

    # Windows locks bytes against reading too, so the byte locked lies far behind the text.
    _FAR = 1 << 30

    def _take(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
