"""Delete everything. In: a house. Out: what was removed. Next: the door says so and stops.

Only what midback itself made is removed, by name: the folder may hold other things of theirs.
The person's own exercise files stay unless they say otherwise.
"""

from dataclasses import dataclass
from pathlib import Path

from midback.errors import MidbackError
from midback.settings import config_folder
from midback.store import faults, fresh
from midback.store.address import database_file
from midback.store.lock import LOCK_FILE, hold_server_lock

from .backup import BACKUP_FOLDER, BESIDE
from .house import House, own_exercise_folder

#: What midback makes in the data folder besides the database; the key is that of the browser's cookie.
IN_DATA_FOLDER = ("door.key",)


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
    Conflict : a server is running
    Unavailable : a file cannot be removed; the message names it, and calling again goes on
    """
    if serving:
        removed = _delete(house, own_exercises)
    else:
        with hold_server_lock(house.data_dir, "deleting everything"):
            removed = _delete(house, own_exercises)
        # Behind the lock, because Windows removes no file that is open; it holds nothing of the person's.
        _remove(house.data_dir / LOCK_FILE)
    for folder in (house.data_dir / BACKUP_FOLDER, own_exercise_folder(house.data_dir), house.data_dir):
        _remove_if_empty(folder)
    left = tuple(sorted(house.data_dir.iterdir())) if house.data_dir.is_dir() else ()
    return Deleted(removed=removed, left=left)


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
