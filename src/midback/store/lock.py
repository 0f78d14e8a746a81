"""One server per data folder. In: the folder and the server's address. Out: a lock held while it runs."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from midback.errors import Conflict, Phrase
from midback.filelock import free_file, read_holder, take_file, who_holds

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
        handle = take_file(path, {"pid": os.getpid(), "address": address})
    except OSError as exc:
        raise faults.of_system(exc, str(path)) from exc
    if handle is None:
        raise _held(path, _holder(read_holder(path)))
    try:
        yield
    finally:
        free_file(handle)


def running_server(data_dir: Path) -> Holder | None:
    """Return who holds the folder's lock, or None when nobody does."""
    path = data_dir / LOCK_FILE
    try:
        said = who_holds(path)
    except OSError as exc:
        raise faults.of_system(exc, str(path)) from exc
    return None if said is None else _holder(said)


def _held(path: Path, holder: Holder) -> Conflict:
    at = Phrase(" at {address}", {"address": holder.address}) if holder.address else ""
    process = Phrase(" (process {pid})", {"pid": holder.pid}) if holder.pid else ""
    return Conflict(
        "midback is running{at}{process} and uses {folder}.",
        "One server at a time uses a data folder.",
        "Open that address (`midback link` makes a new link), or stop it first with Ctrl+C.",
        values={"at": at, "process": process, "folder": path.parent},
    )


def _holder(said: Mapping[str, object]) -> Holder:
    pid, address = said.get("pid"), said.get("address")
    return Holder(pid if isinstance(pid, int) else 0, address if isinstance(address, str) else "")
