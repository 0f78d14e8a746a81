"""A whole copy of a SQLite database in use. In: two paths. Out: a file that is complete or absent.

Next: app/backup.py, and ``migrate`` before it changes anything.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from threading import get_ident

from . import faults


def copy(source: Path, target: Path) -> Path:
    """Copy the database ``source`` to ``target`` by SQLite's online backup; replaces that file.

    The copy is written beside the target, flushed to the disk and then renamed, so a crash or a full disk
    leaves either the old target or the new one.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}.part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
        with closing(_open(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
            # The copy stands alone: without a -wal file beside it, it can be moved and mailed.
            new.execute("PRAGMA journal_mode = DELETE")
        flush(part)
        part.replace(target)
        flush(target.parent)
    except (OSError, sqlite3.Error) as exc:
        meaning = faults.translate(exc, _at_fault(exc, source, target))
        if meaning is None:
            raise
        raise meaning from exc
    finally:
        for left in (part, part.with_name(part.name + "-journal"), part.with_name(part.name + "-wal")):
            left.unlink(missing_ok=True)
    return target


def write(target: Path, pieces: Iterable[str]) -> int:
    """Write text to ``target`` (0600) so that the file is whole or not there; return its length in bytes."""
    part = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(
            os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8", newline="\n"
        ) as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        flush(target.parent)
        return target.stat().st_size
    except OSError as exc:
        raise faults.of_system(exc, str(target)) from exc
    finally:
        part.unlink(missing_ok=True)


def _open(file: Path) -> sqlite3.Connection:
    """Open an existing database; never make one."""
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, timeout=5)


def _at_fault(error: Exception, source: Path, target: Path) -> str:
    """Return which file the error speaks of: a damaged one is the source, a full disk the target's."""
    name = getattr(error, "sqlite_errorname", "")
    return str(source) if str(name).startswith((*faults.CORRUPT, "SQLITE_CANTOPEN")) else str(target)


def flush(path: Path) -> None:
    """Wait until a file or, where the system can, a folder entry is on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def problems(file: Path, *, thorough: bool = True) -> list[str]:
    """Return what SQLite finds wrong in the file; an empty list means whole."""
    pragma = "integrity_check" if thorough else "quick_check"
    try:
        with closing(_open(file)) as connection:
            found = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}(5)")]
            found += [
                f"a row of {row[0]} belongs to nothing"
                for row in connection.execute("PRAGMA foreign_key_check")
            ]
    except sqlite3.DatabaseError as exc:
        return [str(exc)]
    return [line for line in found if line != "ok"]
