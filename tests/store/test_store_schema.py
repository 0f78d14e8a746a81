"""The migrated schema is the one the tables say, and every row belongs to a person."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, MetaData, Table, inspect, select, text
from sqlalchemy.schema import CreateTable

from backends import Postgresql, Sqlite
from midback.errors import InputError
from midback.plan.answers import Intake
from midback.store import fresh, intakes, migrate
from midback.store.address import sqlite_url
from midback.store.codec import dump
from midback.store.columns import UtcDateTime
from midback.store.engine import connect_engine, open_database
from midback.store.revision import HEAD, KNOWN
from midback.store.tables import metadata


@pytest.fixture
def migrated(backend: Sqlite | Postgresql) -> Iterator[Engine]:
    """Yield a database that went through every migration, from nothing to HEAD."""
    with backend.fresh(empty=True) as url:
        engine = connect_engine(url)
        migrate.upgrade(engine, None)
        yield engine
        engine.dispose()


def test_migrations_make_the_tables(migrated: Engine) -> None:
    """After all migrations nothing differs from the tables, as Alembic compares them."""
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_make_the_same_sql(engine: Engine, migrated: Engine) -> None:
    """Checks, defaults and foreign keys, which Alembic does not compare, are those of a new database too."""
    assert _shape(migrated) == _shape(engine)


def test_a_new_database_is_at_head_as_alembic_sees_it(engine: Engine, migrated: Engine) -> None:
    """Alembic finds a new database where its own migrations end, and has nothing to do."""
    for one in (engine, migrated):
        with one.connect() as connection:
            assert MigrationContext.configure(connection).get_current_revision() == HEAD
    assert engine.dialect.name == migrated.dialect.name
    tables = [inspect(one).get_columns("alembic_version") for one in (engine, migrated)]
    assert str(tables[0]) == str(tables[1])


def test_a_new_database_is_made_once(backend: Sqlite | Postgresql) -> None:
    """Two that start at the same time make one database; the slower one finds it made."""
    with backend.fresh(empty=True) as url:
        engine = connect_engine(url)
        fresh.make(engine)
        fresh.make(engine)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).all() == [(HEAD,)]
        engine.dispose()


def _shape(engine: Engine) -> dict[str, object]:
    seen = inspect(engine)
    names = set(seen.get_table_names()) - {"alembic_version"}
    return {
        name: (
            sorted((c["name"], str(c["sqltext"])) for c in seen.get_check_constraints(name)),
            sorted(
                (tuple(k["constrained_columns"]), k["referred_table"], str(k["options"]))
                for k in seen.get_foreign_keys(name)
            ),
            sorted((i["name"], tuple(i["column_names"])) for i in seen.get_indexes(name)),
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)),
            seen.get_pk_constraint(name)["constrained_columns"],
        )
        for name in names
    }


def test_known_revisions_are_those_of_the_scripts() -> None:
    """The list that saves importing Alembic at start holds exactly Alembic's revisions, oldest first."""
    scripts = ScriptDirectory.from_config(migrate.configuration())
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == KNOWN
    assert scripts.get_heads() == [HEAD]


def fill_first_schema(url: str) -> None:
    """Make a database of the first schema with two intakes in it, the later one first."""
    engine = connect_engine(url)
    config = migrate.configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO people VALUES ('me', '2026-03-01 08:00:00')"))
        for hour, country in ((9, "AT"), (8, "DE")):
            intake = json.dumps(dump(Intake(country=country)))
            row = {"id": f"i{hour}", "at": f"2026-03-01 {hour:02}:00:00.000000", "intake": intake}
            connection.execute(text("INSERT INTO intakes VALUES ('me', :id, :at, :intake)"), row)
    engine.dispose()


def countries(url: str) -> list[str]:
    """Open the database, bringing it up to date, and return the countries of its intakes in their order."""
    engine = open_database(url)
    with engine.connect() as connection:
        found = [kept.intake.country for kept in intakes.history(connection, "me")]
    engine.dispose()
    return found


@pytest.mark.database
def test_an_older_database_on_a_server_is_brought_up_to_date(postgresql: Postgresql) -> None:
    """A server's database of the first schema keeps its rows in their order, and is what a new one is."""
    with postgresql.fresh(empty=True) as url:
        fill_first_schema(url)
        assert countries(url) == ["DE", "AT"]
        assert countries(url) == ["DE", "AT"]


@pytest.mark.database
def test_ids_stand_in_the_same_order_on_every_server(postgresql: Postgresql) -> None:
    """Short texts are compared letter by letter, whatever the language of the server's country."""
    with postgresql.fresh(empty=True) as url:
        engine = connect_engine(url)
        migrate.upgrade(engine, None)
        asked = text(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type = 'character varying' AND collation_name IS DISTINCT FROM 'C'"
        )
        with engine.connect() as connection:
            assert connection.execute(asked).all() == [("alembic_version", "version_num")]
        engine.dispose()


def test_an_older_database_is_copied_and_brought_up_to_date(tmp_path: Path) -> None:
    """A database of the first schema keeps its rows in their order, and a copy of it lies in the backups."""
    file = tmp_path / "midback.db"
    fill_first_schema(sqlite_url(file))
    assert countries(sqlite_url(file)) == ["DE", "AT"]
    copy = tmp_path / "backups" / f"midback-before-{HEAD}.db"
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert raw.execute("SELECT count(*) FROM intakes").fetchone() == (2,)


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_belongs_to_a_person(table: Table) -> None:
    """Every table's key begins with person_id, so one person's ids never meet another's."""
    assert next(iter(table.primary_key)).name == "person_id"


def test_tables_are_no_sqlite_only_sql() -> None:
    """The tables can be written for PostgreSQL too."""
    from sqlalchemy.dialects import postgresql

    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))


@pytest.mark.parametrize("there", [False, True])
def test_a_start_with_nothing_to_migrate_leaves_alembic_out(tmp_path: Path, there: bool) -> None:
    """Neither making a new database nor opening one that is at head imports Alembic."""
    url = sqlite_url(tmp_path / "midback.db")
    if there:
        open_database(url).dispose()
    script = (
        "import sys; from midback.store.engine import open_database; "
        "open_database(sys.argv[1]).dispose(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script, url], check=False).returncode == 0


def test_instants_come_back_as_aware_utc(engine: Engine) -> None:
    """A time of any zone is kept as its instant and comes back in UTC; a naive one is refused."""
    table = Table("clocks", MetaData(), Column("at", UtcDateTime), prefixes=["TEMPORARY"])
    at = datetime(2026, 3, 29, 3, 30, tzinfo=timezone(timedelta(hours=2)))
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(table.insert().values(at=at))
        kept = connection.execute(select(table.c.at)).scalar_one()
        assert kept == at
        assert kept.tzinfo is UTC
        with pytest.raises(InputError, match="no time zone"):
            connection.execute(table.insert().values(at=at.replace(tzinfo=None)))


def test_sqlite_is_set_to_keep_what_it_confirmed(tmp_path: Path) -> None:
    """The file is in WAL with full flushing, foreign keys on, and readable by its owner alone."""
    file = tmp_path / "new" / "midback.db"
    engine = open_database(sqlite_url(file))
    with engine.connect() as connection:
        asked = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
