"""What the database's errors mean to a person. In: an error of SQLAlchemy or SQLite. Out: a MidbackError.

This is the only place where library errors of the store are translated; ``engine`` hooks it in.
"""

import errno
import sqlite3

from sqlalchemy import exc as sa

from midback.errors import Conflict, InputError, MidbackError, NotFound, Phrase, Unavailable

FULL = (
    "SQLITE_FULL",
    "SQLITE_IOERR_WRITE",
    "SQLITE_IOERR_TRUNCATE",
    "SQLITE_IOERR_SHMSIZE",
    "SQLITE_IOERR_FSYNC",
)
READ_ONLY = ("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")
CORRUPT = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_IOERR_SHORT_READ")
BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")


def translate(error: BaseException, where: str) -> MidbackError | None:
    """Return what the error means for the database ``where``, or None when it is nobody's fault but ours."""
    if isinstance(error, MidbackError):
        return error
    if isinstance(error, sa.DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, OSError):
        return of_system(error, where)
    name = getattr(error, "sqlite_errorname", None)
    if isinstance(name, str):
        return _of_sqlite(name, where)
    if isinstance(error, sqlite3.Error) and "unable to open" in str(error):
        return _of_sqlite("SQLITE_CANTOPEN", where)
    return _of_server(error, where)


def _of_sqlite(name: str, where: str) -> MidbackError | None:
    if name.startswith(FULL):
        return disk_full(where)
    if name.startswith(READ_ONLY):
        return read_only(where)
    if name.startswith("SQLITE_CANTOPEN"):
        return Unavailable(
            "The database {where} cannot be opened.",
            "Its folder must exist and you must be allowed to read and write in it.",
            "Check the folder's owner and permissions, or choose another with MIDBACK_DATA_DIR.",
            values={"where": where},
        )
    if name.startswith(CORRUPT):
        return corrupt(where)
    if name.startswith(BUSY):
        return in_use(where)
    if name.startswith("SQLITE_IOERR"):
        return Unavailable(
            "The disk that holds {where} gave an error while reading or writing.",
            "What was confirmed before stays.",
            "Check the disk, then start again; `midback restore` brings back a backup.",
            values={"where": where},
        )
    return _of_constraint(name)


def _of_constraint(name: str) -> MidbackError | None:
    if name in ("SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"):
        return Conflict(
            "An entry with this id is there already.", "", "Nothing was changed; load the page again."
        )
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return NotFound("The entry this belongs to is not there (any more).", "", "Load the page again.")
    if name in ("SQLITE_CONSTRAINT_CHECK", "SQLITE_CONSTRAINT_NOTNULL"):
        return InputError("A value is outside what can be kept.", "", "Check the numbers and dates you gave.")
    return None


def _of_server(error: BaseException, where: str) -> MidbackError | None:
    """Translate the SQLSTATE classes of PostgreSQL, and what its driver says before there is a state."""
    if not type(error).__module__.startswith("psycopg"):
        return None
    state = getattr(error, "sqlstate", None)
    if not isinstance(state, str):
        return _of_driver(error, where)
    known = {
        "23505": "SQLITE_CONSTRAINT_UNIQUE",
        "23503": "SQLITE_CONSTRAINT_FOREIGNKEY",
        "23514": "SQLITE_CONSTRAINT_CHECK",
        "23502": "SQLITE_CONSTRAINT_NOTNULL",
    }
    if state in known:
        return _of_constraint(known[state])
    if state.startswith("22"):  # a number too large, a text too long, a letter that is none
        return _of_constraint("SQLITE_CONSTRAINT_CHECK")
    if state == "53100":
        return disk_full(where)
    if state in ("25006", "42501"):
        return Unavailable(
            "The database server does not let midback write into {where}.",
            "midback makes and changes its tables itself.",
            "Let the user of MIDBACK_DATABASE_URL own the database.",
            values={"where": where},
        )
    if state in ("55P03", "40P01", "40001"):
        return in_use(where)
    if state.startswith(("08", "53", "57P")):
        return _unreachable(error, where)
    return None


def _of_driver(error: BaseException, where: str) -> MidbackError | None:
    """Translate an error that psycopg raised by itself, by its DB-API name."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "OperationalError" in kinds:
        return _unreachable(error, where)
    if "DataError" in kinds:
        return _of_constraint("SQLITE_CONSTRAINT_CHECK")
    return None


def _unreachable(error: BaseException, where: str) -> Unavailable:
    said = str(error).strip().splitlines()
    return Unavailable(
        "The database {where} cannot be reached: {fault}.",
        "",
        "Check that its server runs and that MIDBACK_DATABASE_URL is right, then try again.",
        values={"where": where, "fault": said[-1].strip().rstrip(".") if said else type(error).__name__},
    )


def in_use(where: str) -> Conflict:
    """Return the error for a database that somebody else writes into for too long."""
    return Conflict(
        "The database {where} is in use by another program.",
        "One program writes at a time.",
        "Close the other program, or try again in a moment. Nothing was changed.",
        values={"where": where},
    )


def of_system(error: OSError, where: str) -> MidbackError:
    """Translate an error of the operating system that came up while touching the file ``where``."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full(where)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return read_only(where)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return NotFound("There is no {where}.", "", "Check the path.", values={"where": where})
    return Unavailable(
        "{where} cannot be used: {fault}.",
        "",
        "Check the path and the disk.",
        values={"where": where, "fault": error.strerror or str(error)},
    )


def disk_full(where: str) -> Unavailable:
    """Return the error for a full disk."""
    return Unavailable(
        "There is no room left on the disk that holds {where}.",
        "Nothing is confirmed before it is on the disk, so everything confirmed is still there.",
        "Free some space, then repeat the last step.",
        values={"where": where},
    )


def read_only(where: str) -> Unavailable:
    """Return the error for a file or folder that may not be written."""
    return Unavailable(
        "{where} is read-only.",
        "midback must be able to write to its database and the folder around it.",
        "Give yourself permission to write there, or choose another folder with MIDBACK_DATA_DIR.",
        values={"where": where},
    )


def moved_away(where: str) -> Unavailable:
    """Return the error for a database whose file is not the one that was opened."""
    return Unavailable(
        "The file {where} was moved, deleted or replaced while midback was using it.",
        "What is written into a file that is gone would be lost, so nothing is.",
        "Put the file back, or stop midback and start it again.",
        values={"where": where},
    )


def corrupt(where: str, detail: str | Phrase = "") -> Unavailable:
    """Return the error for a file that is damaged or no database."""
    seen = Phrase("The file {where} is damaged or is not a midback database.", {"where": where})
    if detail:
        seen = Phrase(
            "The file {where} is damaged or is not a midback database: {detail}.",
            {"where": where, "detail": detail},
        )
    return Unavailable(
        seen,
        "A damaged file is never overwritten; it stays where it is.",
        "Bring back a backup with `midback restore <file>` (see the folder `backups` beside it).",
    )


def newer_schema(where: str, revision: str) -> Conflict:
    """Return the error for a database that a newer program has written."""
    return Conflict(
        "The database {where} was written by a newer midback (its schema is {revision}).",
        "An older program never changes a newer database.",
        "Install the newer midback, or restore a backup made by this one.",
        values={"where": where, "revision": revision},
    )
