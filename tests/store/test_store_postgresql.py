"""On PostgreSQL the same holds as for a file: one writer at a time, nothing lost, and faults said in words."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from backends import Postgresql
from midback.errors import Conflict, InputError, NotFound, Unavailable
from midback.plan.answers import CheckIn
from midback.store import checkins, faults, people, preferences
from midback.store.address import where
from midback.store.engine import connect_engine, open_database, reading
from midback.store.people import ensure_person

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
needs_server = pytest.mark.database


@pytest.fixture
def url(postgresql: Postgresql) -> Iterator[str]:
    """Name a database of the test's own, at the newest schema."""
    with postgresql.fresh() as made:
        yield made


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Open that database, with the person in it."""
    opened = open_database(url)
    with opened.begin() as connection:
        ensure_person(connection)
    yield opened
    opened.dispose()


@needs_server
@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_usual_address_opens(postgresql: Postgresql, scheme: str) -> None:
    """An address may name the driver or leave it out."""
    opened = open_database(postgresql.url("ready", scheme))
    assert (opened.dialect.name, opened.dialect.driver) == ("postgresql", "psycopg")
    opened.dispose()


@pytest.mark.parametrize("url", ["postgresql+psycopg2://me@host/name", "mysql://me@host/name"])
def test_what_midback_was_never_run_on_is_refused(url: str) -> None:
    """Another driver or another kind of server raises InputError that shows an address that works."""
    with pytest.raises(InputError, match="postgresql://"):
        open_database(url)


def test_no_message_holds_a_password(tmp_path: Path) -> None:
    """Neither an address that cannot be read nor a server that is not there shows the password."""
    for wrong in ("postgresq://me:hush@host/name", "postgresql://me:hush/x@host:none/name"):
        with pytest.raises(InputError) as refused:
            open_database(wrong)
        assert "hush" not in str(refused.value)
    for place in ("postgresql://me:hush@/name?", "postgresql://me@/name?password=hush&"):
        with pytest.raises(Unavailable, match="cannot be reached") as caught:
            open_database(f"{place}host={tmp_path}")
        assert "hush" not in str(caught.value)
        assert "MIDBACK_DATABASE_URL" in caught.value.next_step


@needs_server
def test_a_database_that_is_not_there_is_named(postgresql: Postgresql) -> None:
    """A server that runs but has no such database raises Unavailable that says so."""
    with pytest.raises(Unavailable, match="does not exist"):
        open_database(postgresql.url("nothing"))


@needs_server
def test_a_database_that_cannot_hold_every_letter_is_refused(postgresql: Postgresql) -> None:
    """Only UTF8 is opened; the message says how to make such a database."""
    postgresql.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(Unavailable, match="LATIN1") as caught:
        open_database(postgresql.url("latin"))
    assert "createdb" in caught.value.next_step
    postgresql.run("DROP DATABASE latin")


@needs_server
def test_a_database_of_another_program_is_not_taken_over(postgresql: Postgresql) -> None:
    """A database with other tables is refused and gets none of ours."""
    with postgresql.fresh(empty=True) as url:
        engine = connect_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE songs (title TEXT)"))
        with pytest.raises(Unavailable, match="another program"):
            open_database(url)
        with engine.connect() as connection:
            tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
            assert tables.scalars().all() == ["songs"]
        engine.dispose()


@needs_server
def test_a_newer_schema_is_left_alone(url: str, engine: Engine) -> None:
    """A database of a newer program raises Conflict and keeps its schema."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Conflict, match="newer midback"):
        open_database(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


@needs_server
def test_two_first_starts_make_one_database(postgresql: Postgresql) -> None:
    """Several programs that meet an empty database at the same time all open the one that was made."""
    faults_seen: list[Exception] = []
    with postgresql.fresh(empty=True) as url:

        def start() -> None:
            try:
                open_database(url).dispose()
            except Exception as exc:
                faults_seen.append(exc)

        _at_once(*(start for _ in range(4)))
    assert faults_seen == []


@needs_server
def test_what_a_writer_read_is_still_true_when_it_writes(engine: Engine) -> None:
    """Transactions that read, add one and write lose nothing, however many run at once."""

    def count() -> None:
        for _ in range(20):
            with engine.begin() as connection:
                seen = preferences.read(connection, "me", "count", 0)
                preferences.write(connection, "me", "count", seen + 1)

    _at_once(count, count, count)
    with engine.connect() as connection:
        assert preferences.read(connection, "me", "count") == 60


@needs_server
def test_a_writer_that_waits_too_long_is_told(url: str, engine: Engine) -> None:
    """A second writer gets a Conflict when the first one does not end; who only reads never waits."""
    hasty = open_database(url, busy_timeout_ms=50)
    with engine.begin() as connection:
        preferences.write(connection, "me", "key", "new")
        with pytest.raises(Conflict, match="in use"), hasty.begin():
            pass
        with reading(hasty).connect() as other:
            assert preferences.read(other, "me", "key") is None
    with hasty.begin() as connection:
        assert preferences.read(connection, "me", "key") == "new"
    hasty.dispose()


@needs_server
def test_a_reading_transaction_sees_one_moment_and_changes_nothing(engine: Engine) -> None:
    """What is committed while it reads it does not see, and a write inside it is refused."""
    with reading(engine).connect() as connection:
        assert preferences.every(connection, "me") == {}
        with engine.begin() as other:
            preferences.write(other, "me", "key", 1)
        assert preferences.every(connection, "me") == {}
        with pytest.raises(Unavailable, match="does not let"):
            preferences.write(connection, "me", "key", 2)
    with engine.connect() as connection:
        assert preferences.read(connection, "me", "key") == 1


@needs_server
def test_a_server_that_was_started_anew_is_met_again(postgresql: Postgresql, engine: Engine) -> None:
    """Connections cut between transactions are made anew; one cut inside a transaction says so, once."""
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
    cut = cut.format(engine.url.database)
    postgresql.run(cut)
    with engine.begin() as connection:
        preferences.write(connection, "me", "key", 1)
    with engine.connect() as connection:
        preferences.write(connection, "me", "key", 2)
        postgresql.run(cut)
        with pytest.raises(Unavailable, match="cannot be reached"):
            preferences.write(connection, "me", "key", 3)
    with engine.connect() as connection:
        assert preferences.read(connection, "me", "key") == 1


@needs_server
def test_a_commit_is_on_the_disk_although_the_server_does_not_ask_for_it(
    postgresql: Postgresql, url: str
) -> None:
    """Where flushing is switched off for the database midback switches it on; zone and letters are set."""
    name = url.rpartition("/test_")[2].partition("?")[0]
    postgresql.run(
        f"ALTER DATABASE test_{name} SET synchronous_commit = off",
        f"ALTER DATABASE test_{name} SET timezone = 'Pacific/Auckland'",
    )
    engine = open_database(url)
    with engine.connect() as connection:
        asked = {
            key: connection.execute(text(f"SHOW {key}")).scalar_one()
            for key in ("synchronous_commit", "timezone", "client_encoding")
        }
    engine.dispose()
    assert asked == {"synchronous_commit": "on", "timezone": "UTC", "client_encoding": "UTF8"}


@needs_server
@pytest.mark.parametrize(
    "instant", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, UTC)], ids=str
)
def test_the_ends_of_the_calendar_come_back(engine: Engine, instant: datetime) -> None:
    """The first and the last instant that Python knows are kept."""
    with engine.begin() as connection:
        people.ensure_person(connection, "old", instant)
        assert people.started_at(connection, "old") == instant


@needs_server
def test_what_no_column_holds_is_the_inputs_fault(engine: Engine) -> None:
    """Letters and numbers that PostgreSQL keeps nowhere, and doubled or dangling ids, are said in words."""
    with engine.connect() as connection, pytest.raises(InputError):
        preferences.read(connection, "me", "a\0b")
    for statement, kind in (
        ("INSERT INTO dismissals VALUES ('me', repeat('x', 81), '2026-03-02')", InputError),
        ("INSERT INTO people VALUES ('me', now())", Conflict),
        ("INSERT INTO people VALUES ('you', NULL)", InputError),
        ("INSERT INTO dismissals VALUES ('nobody', 'q', '2026-03-02')", NotFound),
        ("INSERT INTO pauses VALUES ('me', 'p', '2026-03-02', '2026-03-01', 'flare')", InputError),
    ):
        with pytest.raises(kind), engine.begin() as connection:
            connection.execute(text(statement))


@needs_server
def test_a_user_who_may_only_read_is_told(postgresql: Postgresql, url: str, engine: Engine) -> None:
    """Without the right to write, writing raises Unavailable that says who should own the database."""
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE reader LOGIN"))
        connection.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"))
    other = open_database(url.replace("midback@", "reader@"))
    with pytest.raises(Unavailable, match="does not let") as caught, other.begin() as connection:
        checkins.add(connection, "me", CheckIn(at=NOW))
    assert "own the database" in caught.value.next_step
    other.dispose()
    with engine.begin() as connection:
        connection.execute(text("DROP OWNED BY reader"))
        connection.execute(text("DROP ROLE reader"))


def test_only_a_servers_own_errors_are_taken_for_its() -> None:
    """An error that carries a state but is not the driver's stays what it is."""

    class Other(Exception):
        sqlstate = "57P01"

    assert faults.translate(Other(), "here") is None


def test_a_place_is_named_without_its_password() -> None:
    """Messages name server and database, and stars for the password."""
    engine = connect_engine("postgresql://me:hush@host:5433/name?password=hush")
    assert where(engine) == "postgresql+psycopg://me:***@host:5433/name?password=***"


def _at_once(*work: object) -> None:
    threads = [threading.Thread(target=one) for one in work]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
