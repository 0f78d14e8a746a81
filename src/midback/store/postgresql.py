"""What PostgreSQL needs that SQLite does not. In: a URL or an Engine. Out: the same rules as for a file.

All SQL that only PostgreSQL understands stands here. As with a file, one transaction writes at a time and
what it reads is still true when it writes; transactions that only read see one moment and never wait.
"""

from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from midback.errors import InputError, Unavailable

DRIVER = "postgresql+psycopg"
#: Seconds until a server that does not answer is called that, unless the URL says otherwise.
CONNECT_TIMEOUT_S = 10
#: The lock of everyone who writes into this database: "midback" as a number.
WRITER = int.from_bytes(b"midback", "big")


def is_postgresql(url: URL) -> bool:
    """Return whether the URL names a PostgreSQL server, with or without a driver."""
    return url.get_backend_name() in ("postgresql", "postgres")


def with_driver(url: URL) -> URL:
    """Return the URL with the driver that midback uses; raise InputError when it names another one."""
    if url.drivername not in ("postgres", "postgresql", DRIVER):
        raise InputError(
            "The database address names the driver {driver}.",
            "midback speaks to PostgreSQL through psycopg 3.",
            "Begin the address with postgresql://.",
            values={"driver": url.drivername},
        )
    return url.set(drivername=DRIVER)


def options(url: URL) -> dict[str, Any]:
    """Return what the engine is made with."""
    arguments: dict[str, Any] = {"client_encoding": "utf8"}
    if "connect_timeout" not in url.query:
        arguments["connect_timeout"] = CONNECT_TIMEOUT_S
    # A server that was started anew meanwhile is noticed before the transaction, not in the middle of it.
    return {"connect_args": arguments, "pool_pre_ping": True}


def set_up(engine: Engine, lock_timeout_ms: int, reading: str) -> None:
    """Set our rules on every connection; ``reading`` names the option of engines that only read."""

    @event.listens_for(engine, "connect")
    def set_session(raw: DBAPIConnection, _record: object) -> None:
        cursor = raw.cursor()
        cursor.execute("SELECT current_setting('server_encoding'), current_setting('synchronous_commit')")
        encoding, flushing = cursor.fetchone() or ("", "")
        if encoding != "UTF8":
            raw.close()
            raise Unavailable(
                "The PostgreSQL database keeps text as {encoding}.",
                "midback needs UTF8, which holds every letter.",
                "Make the database with `createdb --encoding=UTF8 --template=template0`.",
                values={"encoding": encoding},
            )
        # Instants at both ends of the calendar overflow in any other zone.
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(f"SET lock_timeout = {int(lock_timeout_ms)}")
        if flushing == "off":
            # A commit that was acknowledged is on the disk even if the power fails now.
            cursor.execute("SET synchronous_commit = 'on'")
        cursor.close()
        raw.commit()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(reading, False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        else:
            # Under READ COMMITTED what follows the lock sees everything that the writer before committed.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER})")
