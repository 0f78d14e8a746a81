"""The tables of an empty database, made at HEAD at once. In: an engine. Out: the schema. Next: ``engine``.

Walking through all migrations gives the same tables (a test compares the two) but imports Alembic, which
costs the first start half a second and some MB for as long as it serves.
"""

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
)

from .revision import HEAD
from .tables import metadata

# As Alembic itself writes it down.
VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def make(engine: Engine) -> None:
    """Make all tables in one transaction; nothing happens when another process was quicker."""
    with engine.begin() as connection:
        if inspect(connection).has_table(VERSION.name):
            return
        metadata.create_all(connection)
        VERSION.create(connection)
        connection.execute(insert(VERSION).values(version_num=HEAD))


def unmake(connection: Connection) -> None:
    """Take our tables away with everything in them: nothing of a row outlives its table on the server."""
    metadata.drop_all(connection)
    VERSION.drop(connection, checkfirst=True)
