"""Backup and restore of the whole database file. In: a house or a file. Out: a file that stands alone.

A backup is taken while midback runs; a restore needs it stopped. Nothing is overwritten: what a restore
replaces stays beside it under a name with a date. To move one person's data elsewhere there is ``archive``.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from midback.errors import Conflict, InputError, MidbackError, NotFound, Unavailable
from midback.settings import Settings
from midback.store import faults, snapshot
from midback.store.address import database_file, sqlite_url
from midback.store.engine import connect_engine, open_database, require_known_schema
from midback.store.lock import hold_server_lock
from midback.store.people import everyone

from .clearance import ask_again_in
from .clock import Clock, SystemClock
from .house import House, url_of

BACKUP_FOLDER = "backups"
BESIDE = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made and checked."""

    path: Path
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put in place; ``replaced`` is where the database of before now lies, if there was one."""

    database: Path
    replaced: Path | None


def backup(house: House, target: Path | None = None, *, overwrite: bool = False) -> Backup:
    """Copy the database to ``target`` (default: ``backups`` in the data folder) and check the copy.

    Raises
    ------
    Conflict : there is a file of that name already
    Unavailable : the disk is full or read-only, the database is damaged, or it lives on a server
    """
    source = _file_of(house.engine)
    if target is None:
        target = backup_path(house)
    target = target.expanduser()
    if target.is_dir():
        target = _free(target / f"midback-{_stamp(house.clock)}.db")
    if target.exists():
        if _same(target, source):
            raise InputError(
                "{target} is the database itself.", "", "Name another file.", values={"target": target}
            )
        if not overwrite:
            raise Conflict(
                "{target} is there already.",
                "A backup overwrites nothing.",
                "Name another file.",
                values={"target": target},
            )
    snapshot.copy(source, target)
    if found := snapshot.problems(target):
        raise faults.corrupt(str(source), found[0])
    return Backup(path=target, bytes=target.stat().st_size)


def backup_path(house: House, end: str = ".db") -> Path:
    """Return a path in the folder of backups that nothing has yet."""
    return _free(house.data_dir / BACKUP_FOLDER / f"midback-{_stamp(house.clock)}{end}")


def restore(settings: Settings, source: Path, clock: Clock | None = None) -> Restored:
    """Put a backup in the place of the database; the one of before stays beside it with a date.

    The backup is checked before anything is touched, and a crash at any moment leaves a whole database.

    Raises
    ------
    NotFound, InputError : there is no such file, or it is no backup of midback
    Conflict : midback is running, or a newer midback wrote the backup
    Unavailable : the backup is damaged, or the disk is full or read-only
    """
    source = source.expanduser()
    engine = connect_engine(url_of(settings), make=False)
    database = _file_of(engine)
    engine.dispose()
    _require_sound(source, database)
    with hold_server_lock(settings.data_dir, "restoring a backup"):
        try:
            return _replace(source, database, clock or SystemClock(settings.timezone))
        except OSError as exc:
            raise faults.of_system(exc, str(database)) from exc


def _require_sound(source: Path, database: Path) -> None:
    if not source.is_file():
        raise NotFound("There is no file {source}.", "", "Check the path.", values={"source": source})
    if database.exists() and _same(source, database):
        raise InputError("{source} is the database itself.", "", "Name a backup.", values={"source": source})
    if found := snapshot.problems(source):
        raise Unavailable(
            "{source} is damaged or is no backup of midback: {fault}.",
            "Only a whole backup is put in place. Nothing was changed.",
            "Choose another backup.",
            values={"source": source, "fault": found[0]},
        )
    require_known_schema(source)


def _replace(source: Path, database: Path, clock: Clock) -> Restored:
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replaced = None
    part = database.with_name(f"{database.name}.restoring")
    snapshot.copy(source, part)
    try:
        _screen_again(part)
        if database.exists():
            replaced = _free(database.with_name(f"{database.stem}-replaced-{_stamp(clock)}.db"))
            _set_aside(database, replaced)
        for end in BESIDE[1:]:
            Path(f"{database}{end}").unlink(missing_ok=True)
        part.replace(database)
    finally:
        part.unlink(missing_ok=True)
    snapshot.flush(database.parent)
    return Restored(database=database, replaced=replaced)


def _screen_again(copy: Path) -> None:
    """Let the warning-sign screen be due in a copy: what happened since it was made is not in it."""
    engine = open_database(sqlite_url(copy))
    try:
        with engine.begin() as conn:
            for person in everyone(conn):
                ask_again_in(conn, person, "triage.due-elsewhere")
    finally:
        engine.dispose()


def _set_aside(database: Path, replaced: Path) -> None:
    """Keep the database of before under another name: one file when sound, else each piece as it is."""
    try:
        with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as connection:
            # Only the last one who has the file open can leave WAL: so nobody writes into it any more.
            connection.execute("PRAGMA journal_mode = DELETE")
        snapshot.copy(database, replaced)
    except (sqlite3.Error, MidbackError) as exc:
        meaning = faults.translate(exc, str(database))
        if isinstance(meaning, Conflict):
            raise meaning from exc
        for end in BESIDE:
            piece = Path(f"{database}{end}")
            if piece.exists():
                shutil.copy2(piece, f"{replaced}{end}")
                snapshot.flush(Path(f"{replaced}{end}"))


def _file_of(engine: Engine) -> Path:
    file = database_file(engine)
    if file is None:
        raise Unavailable(
            "This database lives on a server or in memory.",
            "midback copies and replaces only a database that is a file.",
            "Use the server's own tools (pg_dump, pg_restore), or `midback export` and `midback import`.",
        )
    return file


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _stamp(clock: Clock) -> str:
    now: datetime = clock.now().astimezone(UTC)
    return now.strftime("%Y%m%d-%H%M%SZ")


def _free(path: Path) -> Path:
    """Return the path, or the first of its name with a number that is not taken: clocks jump back."""
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
