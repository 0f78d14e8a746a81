"""One sensing loop at a time uses a data folder. In: the folder. Out: its lock, and who holds it. Next: watch, cli."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from midback.errors import Conflict, Phrase, Unavailable
from midback.filelock import free_file, read_holder, take_file, who_holds

FOLDER, LOCK_FILE, SERVER_LOCK = "watch", "watch.lock", "server.lock"


@contextmanager
def hold_watch(data_dir: Path) -> Iterator[None]:
    """Hold the lock of the one loop of this folder; raise Conflict that names who has it."""
    path = data_dir / FOLDER / LOCK_FILE
    try:
        handle = take_file(path, {"pid": os.getpid()})
    except OSError as exc:
        raise _unusable(path, exc) from exc
    if handle is None:
        raise _watched(data_dir, read_holder(path).get("pid"))
    try:
        yield
    finally:
        free_file(handle)


def _watched(data_dir: Path, pid: object) -> Conflict:
    """Say who watches: the midback that serves the pages, or a loop of its own."""
    pages = bool(pid) and serving_process(data_dir) == pid
    process = Phrase(" (process {pid})", {"pid": pid})
    rule = Phrase("One sensing loop at a time uses a data folder.")
    step = Phrase("`midback watch --status` shows it; Ctrl+C, or stopping the service, ends it.")
    if pages:
        process = Phrase(" (process {pid}, which serves the pages)", {"pid": pid})
        rule = Phrase("It senses while the pages are served; nothing is missing.")
        step = Phrase("`midback watch --status` shows it.")
    seen = Phrase(
        "midback already watches{process}, for {folder}.",
        {"process": process if pid else "", "folder": data_dir},
    )
    return Conflict(seen, rule, step)


def serving_process(data_dir: Path) -> int:
    """Return the process that serves the pages of this folder, 0 when none does or nobody can tell."""
    with suppress(OSError):
        pid = (who_holds(data_dir / SERVER_LOCK) or {}).get("pid")
        return pid if isinstance(pid, int) else 0
    return 0


def loop_runs(data_dir: Path) -> bool:
    """Say whether a loop runs on this folder; raise Unavailable where that cannot be read."""
    path = data_dir / FOLDER / LOCK_FILE
    try:
        return who_holds(path) is not None
    except OSError as exc:
        raise _unusable(path, exc) from exc


def _unusable(path: Path, exc: OSError) -> Unavailable:
    return Unavailable(
        "{path} cannot be used: {fault}.",
        "",
        "Check the folder's permissions and the free space.",
        values={"path": path, "fault": exc.strerror},
    )
