"""Databases that tests may have for themselves: SQLite, and a private PostgreSQL where its programs are installed.

The cluster listens on a socket in a folder of its own, runs as another user where the tests run as root (which
PostgreSQL refuses), and is gone with the test run.
"""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, text

from midback.store.engine import open_database

SERVER_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "40",
    "shared_buffers": "16MB",
    # Speed in place of surviving a power failure: the cluster lives for one test run.
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class NoCluster(Exception):
    """There can be no private PostgreSQL here; the message says why."""


@dataclass(frozen=True)
class Sqlite:
    """Databases in memory."""

    name: str = "sqlite"

    @contextmanager
    def fresh(self, *, empty: bool = False) -> Iterator[str]:
        """Yield the URL of a new database."""
        yield "sqlite://"

    lent = fresh


@dataclass(frozen=True)
class Postgresql:
    """Databases of one private cluster."""

    folder: Path
    name: str = "postgresql"
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    idle: list[str] = field(default_factory=list)

    def url(self, database: str, scheme: str = "postgresql") -> str:
        """Return the URL of a database of the cluster."""
        made = URL.create(scheme, "midback", database=database, query={"host": str(self.folder)})
        return made.render_as_string(hide_password=False)

    @contextmanager
    def fresh(self, *, empty: bool = False) -> Iterator[str]:
        """Yield the URL of a new database, at the newest schema unless it is to be ``empty``."""
        name = f"test_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else 'ready'}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Yield the URL of a database without rows, for tests that leave its tables as they are: much quicker."""
        if self.idle:
            name = self.idle.pop()
        else:
            name = f"lent_{next(self.numbers)}"
            self.run(f"CREATE DATABASE {name} TEMPLATE ready")
        try:
            yield self.url(name)
        finally:
            self.run("DELETE FROM people", database=name)
            self.idle.append(name)

    def run(self, *statements: str, database: str = "postgres") -> list[Any]:
        """Run statements outside a transaction; return the rows of the last one."""
        rows: list[Any] = []
        engine = create_engine(self.url(database, "postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                done = connection.execute(text(statement))
                rows = list(done) if done.returns_rows else []
        engine.dispose()
        return rows


@contextmanager
def private_cluster() -> Iterator[Postgresql]:
    """Start a cluster and yield it; raise NoCluster where that cannot be."""
    programs = _programs()
    user = _other_user()
    # Not below pytest's own folder: another user may not look into that, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="midback-pg-"))
    run: dict[str, Any] = {"cwd": folder, "capture_output": True, "text": True, "check": True}
    if user is not None:
        shutil.chown(folder, user.pw_uid, user.pw_gid)
        run |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data = str(folder / "data")
    options = " ".join(f"-c {name}='{value}'" for name, value in SERVER_OPTIONS.items())
    try:
        try:
            make = [programs / "initdb", "-D", data, "-U", "midback", "-A", "trust", "--no-sync"]
            subprocess.run([*make, "-E", "UTF8", "--locale=C"], **run)
            start = [programs / "pg_ctl", "-D", data, "-w", "-l", str(folder / "log")]
            subprocess.run([*start, "-o", f"{options} -k {folder}", "start"], **run)
        except (OSError, subprocess.CalledProcessError) as exc:
            said = getattr(exc, "stderr", "") or str(exc)
            raise NoCluster(f"PostgreSQL did not start here: {said.strip()[-300:]}") from exc
        try:
            cluster = Postgresql(folder)
            cluster.run("CREATE DATABASE ready")
            open_database(cluster.url("ready")).dispose()
            yield cluster
        finally:
            subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of PostgreSQL's server programs, the newest where Debian keeps several."""
    if sys.platform == "win32":
        raise NoCluster("a private PostgreSQL needs a socket in a folder, which Windows lacks")
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = kept[-1] if kept else shutil.which("initdb")
    if found is None:
        raise NoCluster("PostgreSQL's server is not installed here (initdb is missing)")
    return Path(found).resolve().parent


def _other_user() -> Any:
    """Return whom the cluster runs as when the tests run as root, else None."""
    if os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoCluster("PostgreSQL refuses to run as root, and there is no other user here")
