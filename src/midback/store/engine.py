"""Opening the database. In: a URL. Out: an Engine at the newest schema. Next: the query modules.

All SQL that only SQLite understands stands here, PostgreSQL's in ``postgresql``. A transaction takes the
write lock when it begins, so what it reads is still true when it writes; ``reading`` gives an engine that
only reads and never waits.
"""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from midback.errors import InputError, Phrase, Unavailable

from . import faults, postgresql
from .address import database_file, where, without_password
from .revision import HEAD, KNOWN

BUSY_TIMEOUT_MS = 5000
_READ = "midback_reading"
_FILE = "midback_file"


def open_database(url: str, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Engine:
    """Open the database, make it if it is not there, and bring its schema to this program's.

    Raises
    ------
    InputError : the URL cannot be read
    Conflict : a newer program wrote the database, or another program holds it
    Unavailable : it is damaged, read-only, its disk is full, or its driver is not installed
    """
    engine = connect_engine(url, busy_timeout_ms=busy_timeout_ms)
    try:
        bring_to_head(engine)
    except BaseException as exc:
        engine.dispose()
        meaning = faults.translate(exc, where(engine)) if isinstance(exc, Exception) else None
        if meaning is None or meaning is exc:
            raise
        raise meaning from exc
    return engine


def reading(engine: Engine) -> Engine:
    """Return the same database for transactions that only read: they never wait for a writer."""
    return engine.execution_options(**{_READ: True})


def schema_of(connection: Connection) -> str | None:
    """Return the schema's revision, or None for an empty database.

    Raises Unavailable when the database holds tables that are not midback's.
    """
    names = set(inspect(connection).get_table_names())
    if "alembic_version" not in names:
        if names:
            raise _of_another_program(connection.engine)
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def bring_to_head(engine: Engine) -> None:
    """Make or migrate the schema where it is not at HEAD. Alembic is imported only to migrate."""
    with reading(engine).connect() as connection:
        current = schema_of(connection)
    if current == HEAD:
        return
    if current is not None and current not in KNOWN:
        raise faults.newer_schema(where(engine), current)
    if current is None:
        from . import fresh

        fresh.make(engine)
        return
    from . import migrate

    migrate.upgrade(engine, current)


def require_known_schema(file: Path) -> None:
    """Raise unless the SQLite file holds a schema this program can bring to its own.

    Raises InputError for a file that is not midback's, Conflict for one of a newer midback.
    """
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as raw:
            row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as exc:
        if "no such table" in str(exc):
            raise InputError(
                "{file} is not a database of midback.", "", "Choose another file.", values={"file": file}
            ) from exc
        raise faults.translate(exc, str(file)) or faults.corrupt(str(file)) from exc
    if row is None:
        raise InputError("{file} is an empty database.", "", "Choose another file.", values={"file": file})
    if row[0] not in KNOWN:
        raise faults.newer_schema(str(file), row[0])


def connect_engine(url: str, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS, make: bool = True) -> Engine:
    """Return an engine with our rules set, without looking at the schema; ``make`` the file if missing."""
    try:
        parsed = make_url(url)
        options: dict[str, Any] = {}
        if postgresql.is_postgresql(parsed):
            parsed = postgresql.with_driver(parsed)
            options = postgresql.options(parsed)
        elif parsed.get_backend_name() != "sqlite":
            raise ArgumentError("midback knows SQLite and PostgreSQL")
        file = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
        if parsed.get_backend_name() == "sqlite" and not file:
            options = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
        engine = create_engine(parsed, json_deserializer=_documents_of(parsed), **options)
        if file and make:  # only now: an address that cannot be used leaves no empty file behind
            _make_private(Path(str(parsed.database)))
    except (ArgumentError, NoSuchModuleError, ValueError) as exc:
        raise InputError(
            "The database address {url!r} cannot be read.",
            "It looks like sqlite:////folder/midback.db or postgresql://user@host/name.",
            values={"url": without_password(url)},
        ) from exc
    except ModuleNotFoundError as exc:
        raise Unavailable(
            "The driver for {scheme} is not installed ({module}).",
            "",
            "Install it, for PostgreSQL with `pip install 'midback[server]'`.",
            values={"scheme": url.split(":", 1)[0], "module": exc.name},
        ) from exc
    event.listen(engine, "handle_error", _translate_error)
    if engine.dialect.name == "sqlite":
        _set_up_sqlite(engine, busy_timeout_ms)
    else:
        postgresql.set_up(engine, busy_timeout_ms, _READ)
    return engine


def _documents_of(url: URL) -> Callable[[str], Any]:
    """Return what reads a kept document; one that is no JSON any more is damage, and is said so."""
    place = url.database if url.get_backend_name() == "sqlite" else url.render_as_string()

    def read(text: str) -> Any:
        try:
            return json.loads(text)
        except ValueError as exc:
            raise faults.corrupt(place or "") from exc

    return read


def _of_another_program(engine: Engine) -> Unavailable:
    if engine.dialect.name == "sqlite":
        return faults.corrupt(where(engine), Phrase("it holds tables of another program"))
    return Unavailable(
        "The database {where} holds tables of another program.",
        "midback wants a database of its own, and changes no other.",
        "Make an empty one and name it in MIDBACK_DATABASE_URL.",
        values={"where": where(engine)},
    )


def _make_private(file: Path) -> None:
    """Make the folder (0700) and the file (0600) if they are missing: nobody else needs to read them."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as exc:
        raise faults.of_system(exc, str(file)) from exc


def _set_up_sqlite(engine: Engine, busy_timeout_ms: int) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(raw: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        # Python's own transaction handling would leave DDL outside the transaction; we say BEGIN ourselves.
        raw.isolation_level = None
        try:
            raw.execute(f"PRAGMA busy_timeout = {int(busy_timeout_ms)}")
            raw.execute("PRAGMA foreign_keys = ON")
            raw.execute("PRAGMA journal_mode = WAL")
            # FULL: a commit that was acknowledged is on the disk even if the power fails now.
            raw.execute("PRAGMA synchronous = FULL")
            # What the person deletes is overwritten, not only forgotten.
            raw.execute("PRAGMA secure_delete = ON")
        except sqlite3.Error as exc:
            raw.close()
            meaning = faults.translate(exc, where(engine))
            if meaning is None:
                raise
            raise meaning from exc
        record.info[_FILE] = _identity(engine)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.info.get(_FILE) != _identity(engine):
            # The open file still takes what is written, and loses it when the last one closes it.
            raise faults.moved_away(where(engine))
        only_reads = connection.get_execution_options().get(_READ, False)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _identity(engine: Engine) -> tuple[int, int] | None:
    """Return which file the database's name stands for now, or None when there is none."""
    file = database_file(engine)
    try:
        found = None if file is None else file.stat()
    except OSError:
        return None
    return None if found is None else (found.st_dev, found.st_ino)


def _translate_error(context: ExceptionContext) -> None:
    if context.is_pre_ping:  # the pool asks whether the server is still there, and copes when it is not
        return
    error = context.sqlalchemy_exception or context.original_exception
    if isinstance(context.original_exception, InputError):
        # A value that a column type refused while the statement was built; SQLAlchemy has wrapped it.
        refused = context.original_exception
        raise InputError(*refused.phrases) from refused
    if not isinstance(error, DBAPIError | sqlite3.Error):
        return
    place = where(context.engine) if context.engine is not None else "the database"
    meaning = faults.translate(error, place)
    if meaning is not None:
        raise meaning from context.original_exception
