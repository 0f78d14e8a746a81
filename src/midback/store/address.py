"""Where a database lies. In: a path or an Engine. Out: URL, file, name in messages. Next: ``engine``, app."""

import re
from pathlib import Path

from sqlalchemy import URL, Engine


def sqlite_url(path: Path) -> str:
    """Return the URL of the SQLite database in the file ``path``."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def database_file(engine: Engine) -> Path | None:
    """Return the file of a SQLite database, or None when it is in memory or on a server."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name)


def where(engine: Engine) -> str:
    """Return the database's place for messages, without a password."""
    file = database_file(engine)
    return str(file) if file else without_password(engine.url.render_as_string(hide_password=False))


def without_password(url: str) -> str:
    """Return the URL, even one that cannot be read, with every password in it replaced by stars."""
    hidden = re.sub(r"^((?:[^/]*://)?[^:@]*:(?!//)).*(?=@)", r"\1***", url)
    return re.sub(r"(?<=password=)[^&\s]+", "***", hidden, flags=re.IGNORECASE)
