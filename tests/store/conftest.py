"""A fresh database with one person in it, once on SQLite and once on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Connection, Engine

from backends import Postgresql, Sqlite
from midback.store.engine import open_database
from midback.store.people import ensure_person


@pytest.fixture(name="engine")
def fresh_engine(backend: Sqlite | Postgresql) -> Iterator[Engine]:
    with backend.lent() as url:
        engine = open_database(url)
        yield engine
        engine.dispose()


@pytest.fixture(name="connection")
def open_transaction(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        ensure_person(connection, "me")
        yield connection


@pytest.fixture(scope="session", name="scratch")
def scratch_transactions(
    backend: Sqlite | Postgresql,
) -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Hand out transactions on one database that are always rolled back, cheap enough for laws."""
    with backend.lent() as url:
        engine = open_database(url)

        @contextmanager
        def scratch() -> Iterator[Connection]:
            with engine.connect() as connection:
                ensure_person(connection, "me")
                yield connection
                connection.rollback()

        yield scratch
        engine.dispose()
