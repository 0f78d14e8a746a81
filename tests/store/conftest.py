"""A fresh database in memory, with one person in it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Connection, Engine

from midback.store.engine import open_database
from midback.store.people import ensure_person


@pytest.fixture(name="engine")
def fresh_engine() -> Iterator[Engine]:
    engine = open_database("sqlite://")
    yield engine
    engine.dispose()


@pytest.fixture(name="connection")
def open_transaction(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        ensure_person(connection, "me")
        yield connection


@pytest.fixture(scope="session", name="scratch")
def scratch_transactions() -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Hand out transactions on one database that are always rolled back, cheap enough for laws."""
    engine = open_database("sqlite://")

    @contextmanager
    def scratch() -> Iterator[Connection]:
        with engine.connect() as connection:
            ensure_person(connection, "me")
            yield connection
            connection.rollback()

    yield scratch
    engine.dispose()
