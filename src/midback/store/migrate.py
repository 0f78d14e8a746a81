"""Bringing an older schema up to date. In: an engine. Out: the same database at HEAD. Next: ``engine``.

Imported only when there is something to migrate. All steps are one transaction: they happen or they do not.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from . import snapshot
from .address import database_file
from .revision import HEAD


def configuration() -> Config:
    """Return Alembic's configuration for the packaged migrations; it needs no ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config


def upgrade(engine: Engine, current: str | None) -> None:
    """Upgrade to HEAD; a database that already holds data is copied to ``backups`` first."""
    file = database_file(engine)
    if current is not None and file is not None:
        snapshot.copy(file, file.parent / "backups" / f"{file.stem}-before-{HEAD}.db")
    config = configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
