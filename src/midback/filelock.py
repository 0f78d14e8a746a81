"""One holder of a file at a time. In: a path, what others may read of the holder. Out: the lock. Next: store, daemon.

The lock belongs to the process, so the system frees it when the process dies, however it dies; what is
written in the file only tells others whom they met.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def take_file(path: Path, said: Mapping[str, object]) -> int | None:
    """Take the lock of a file and write who holds it; return its handle, or None when another holds it.

    Raises OSError when the file cannot be made or written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if _take(handle):
            os.truncate(handle, 0)
            os.write(handle, json.dumps(said).encode())
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def free_file(handle: int) -> None:
    """Free a lock that ``take_file`` took."""
    try:
        # Emptied, not removed: whoever opened the file meanwhile would lock a file that is gone.
        os.truncate(handle, 0)
    finally:
        os.close(handle)


def who_holds(path: Path) -> dict[str, Any] | None:
    """Return what the holder wrote, {} where that cannot be read, or None when nobody holds the file.

    Raises OSError when the file is there and cannot be opened.
    """
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        return None if _take(handle) else read_holder(path)
    finally:
        os.close(handle)


def read_holder(path: Path) -> dict[str, Any]:
    """Return what stands in the file, {} where it is not readable: the holder may be writing just now."""
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


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
