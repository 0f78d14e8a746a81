"""Delete everything. In: a house. Out: what was removed. Next: the door says so and stops.

Only what midback itself made is removed, by name: the folder may hold other things of theirs.
The person's own exercise files stay unless they say otherwise.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from midback.errors import Conflict, MidbackError
from midback.settings import config_folder
from midback.store import faults, fresh
from midback.store.address import database_file
from midback.store.lock import LOCK_FILE, hold_server_lock
from midback.store.watch_files import FOLDER, ORDERS_FILE, STATE_FILE, watcher
from midback.store.watch_files import LOCK_FILE as WATCH_LOCK

from .backup import BACKUP_FOLDER, BESIDE
from .house import House, own_exercise_folder

#: What midback makes in the data folder besides the database; the key is that of the browser's cookie.
IN_DATA_FOLDER = ("door.key",)
#: What the background process and the pages leave in folders of their own.
IN_FOLDERS = {
    FOLDER: ("evidence-*.jsonl", "said-*.jsonl", ORDERS_FILE, f"{STATE_FILE}*", f".{ORDERS_FILE}.*.part"),
    "calendars": ("*.ics",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """What was removed, and what was left in the data folder because midback did not make it."""

    removed: tuple[Path, ...]
    left: tuple[Path, ...]


def delete_everything(house: House, *, own_exercises: bool = False, serving: bool = False) -> Deleted:
    """Remove database, backups, cookie key and settings, for good; ask before you call it.

    serving : the caller is the server that holds the folder's lock; it must stop afterwards

    Raises
    ------
    Conflict : a server is running, or the background process, which would write on
    Unavailable : a file cannot be removed; the message names it, and calling again goes on
    """
    _require_nobody_watches(house.data_dir)
    if serving:
        removed = _delete(house, own_exercises)
    else:
        with hold_server_lock(house.data_dir, "deleting everything"):
            removed = _delete(house, own_exercises)
        # Behind the lock, because Windows removes no file that is open; it holds nothing of the person's.
        _remove(house.data_dir / LOCK_FILE)
    _remove(house.data_dir / FOLDER / WATCH_LOCK)
    inner = [house.data_dir / name for name in IN_FOLDERS]
    for folder in (
        *inner,
        house.data_dir / BACKUP_FOLDER,
        own_exercise_folder(house.data_dir),
        house.data_dir,
    ):
        _remove_if_empty(folder)
    left = tuple(sorted(house.data_dir.iterdir())) if house.data_dir.is_dir() else ()
    return Deleted(removed=removed, left=left)


def _require_nobody_watches(data_dir: Path) -> None:
    """Raise Conflict while another process senses; the loop of this very process ends with it."""
    holder = watcher(data_dir)
    if holder is not None and holder.get("pid") != os.getpid():
        raise Conflict(
            "midback is sensing in the background (process {pid}).",
            "It would write on after everything is deleted.",
            "Run `midback service remove`, or end `midback watch` with Ctrl+C, and try again.",
            values={"pid": holder.get("pid") or "?"},
        )


def _delete(house: House, own_exercises: bool) -> tuple[Path, ...]:
    file = database_file(house.engine)
    if file is None:
        with house.engine.begin() as connection:
            fresh.unmake(connection)
    house.engine.dispose()
    return tuple(path for path in _made_by_midback(house.data_dir, file, own_exercises) if _remove(path))


def _made_by_midback(data_dir: Path, file: Path | None, own_exercises: bool) -> tuple[Path, ...]:
    found: list[Path] = []
    if file is not None:
        # The newest first: if something fails on the way, no old copy outlives the data it is a copy of.
        found += [Path(f"{file}{end}") for end in BESIDE]
        found += sorted(file.parent.glob(f"{file.stem}-replaced-*.db*"))
        found += sorted((file.parent / BACKUP_FOLDER).glob(f"{file.stem}-before-*.db"))
        found += [Path(f"{file}.restoring")]
    for name in ("midback-*.db", "midback-*.json", ".midback-*.part*"):
        found += sorted((data_dir / BACKUP_FOLDER).glob(name))
    found += [data_dir / name for name in IN_DATA_FOLDER]
    for folder, names in IN_FOLDERS.items():
        for name in names:
            found += sorted((data_dir / folder).glob(name))
    found += [config_folder() / "settings.toml"]
    if own_exercises:
        found += sorted(own_exercise_folder(data_dir).glob("*.toml"))
    return tuple(dict.fromkeys(found))


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as exc:
        meaning: MidbackError = faults.of_system(exc, str(path))
        raise meaning from exc
    return True


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        # Something of the person's is in it, or it was never made; both are fine.
        return
