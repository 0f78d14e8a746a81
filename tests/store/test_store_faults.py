"""What can go wrong with a database is said in words, and nothing is lost by it."""

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from midback.errors import Conflict, InputError, MidbackError, Unavailable
from midback.plan.answers import CheckIn, Intake
from midback.store import checkins, faults, intakes, people, snapshot
from midback.store.address import sqlite_url
from midback.store.engine import open_database, reading

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)


def fill(file: Path, count: int = 3) -> None:
    """Make a database with a few check-ins in it."""
    engine = open_database(sqlite_url(file))
    with engine.begin() as connection:
        people.ensure_person(connection)
        for number in range(count):
            checkins.add(connection, "me", CheckIn(at=NOW, id=f"c{number}", note="kept"))
    engine.dispose()


def notes(file: Path) -> list[str]:
    """Return the ids of the check-ins kept in the file."""
    engine = open_database(sqlite_url(file))
    with engine.connect() as connection:
        kept = [checkin.id for checkin in checkins.listed(connection, "me")]
    engine.dispose()
    return kept


def test_a_newer_schema_is_left_alone(tmp_path: Path) -> None:
    """A database of a newer program raises Conflict and stays byte for byte as it was."""
    file = tmp_path / "midback.db"
    fill(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.execute("PRAGMA journal_mode = DELETE")
    before = file.read_bytes()
    with pytest.raises(Conflict, match="newer midback") as caught:
        open_database(sqlite_url(file))
    assert "9999" in caught.value.seen
    assert caught.value.next_step
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT count(*) FROM checkins").fetchone() == (3,)
    assert len(file.read_bytes()) == len(before)


@pytest.mark.parametrize("content", [b"not a database at all" * 500, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_corrupt_file_is_never_overwritten(tmp_path: Path, content: bytes) -> None:
    """A file that is no database raises Unavailable with a way back; not a byte of it changes."""
    file = tmp_path / "midback.db"
    file.write_bytes(content)
    with pytest.raises(Unavailable, match="damaged") as caught:
        open_database(sqlite_url(file))
    assert "midback restore" in caught.value.next_step
    assert file.read_bytes() == content


def test_damage_in_the_middle_is_found(tmp_path: Path) -> None:
    """Pages overwritten inside an otherwise good file are found by the check, and reading them says so."""
    file = tmp_path / "midback.db"
    fill(file, 400)
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    assert snapshot.problems(file) == []
    size = file.stat().st_size
    with file.open("r+b") as handle:
        handle.seek(4096 * 2)
        handle.write(b"\xa5" * (size - 4096 * 2))
    assert snapshot.problems(file)
    with pytest.raises(Unavailable, match="damaged"):
        notes(file)


def test_a_document_that_is_no_json_is_damage(tmp_path: Path) -> None:
    """Answers that something wrote over are named as damage of that file, with the way back to a backup."""
    file = tmp_path / "midback.db"
    fill(file)
    engine = open_database(sqlite_url(file))
    with engine.begin() as connection:
        intakes.save(connection, "me", Intake(), NOW)
        connection.execute(text("UPDATE intakes SET intake = '{\"sitting_h\": '"))
    with engine.connect() as connection, pytest.raises(Unavailable, match="damaged") as caught:
        intakes.latest(connection, "me")
    assert str(file) in caught.value.seen
    assert "midback restore" in caught.value.next_step
    engine.dispose()


def test_a_database_of_another_program_is_not_taken_over(tmp_path: Path) -> None:
    """A sound SQLite file with other tables is refused and gets none of ours."""
    file = tmp_path / "music.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(Unavailable, match="another program"):
        open_database(sqlite_url(file))
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]


def test_a_full_database_says_so_and_keeps_what_it_had(tmp_path: Path) -> None:
    """When no page can be added the write raises Unavailable; what was confirmed is still there."""
    file = tmp_path / "midback.db"
    fill(file)
    engine = open_database(sqlite_url(file))
    with engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        connection.commit()
        psfs = {f"activity {number}": 5 for number in range(200_000)}
        with pytest.raises(Unavailable, match="no room left") as caught:
            checkins.add(connection, "me", CheckIn(at=NOW, id="more", psfs=psfs))
        connection.rollback()
    engine.dispose()
    assert "Free some space" in caught.value.next_step
    assert notes(file) == ["c0", "c1", "c2"]


CAPPED = """
import resource, signal, sys
from datetime import UTC, datetime
from midback.errors import Unavailable
from midback.plan.answers import CheckIn, Intake
from midback.store import checkins, people
from midback.store.engine import open_database

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
done = 0
try:
    engine = open_database(sys.argv[1])
    for number in range(5000):
        with engine.begin() as connection:
            people.ensure_person(connection)
            checkins.add(connection, "me", CheckIn(at=datetime.now(UTC), id=f"n{number}", note="x" * 3000))
        done += 1
except Unavailable as exc:
    print(done, exc.seen)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="files are capped by RLIMIT_FSIZE, which Windows lacks")
@pytest.mark.parametrize("cap", [100_000, 1_500_000])
def test_a_disk_that_fills_up_loses_nothing_confirmed(tmp_path: Path, cap: int) -> None:
    """When the system lets no file grow the error says so; what was confirmed is there afterwards."""
    file = tmp_path / "midback.db"
    ran = subprocess.run(
        [sys.executable, "-c", CAPPED, sqlite_url(file), str(cap)],
        capture_output=True,
        text=True,
        check=False,
    )
    done, _, seen = ran.stdout.partition(" ")
    assert "no room left" in seen, ran.stderr
    assert len(notes(file)) == (0 if cap < 200_000 else int(done))
    if cap > 200_000:
        assert int(done) > 0


READ_ONLY = """
import os, sys
from midback.errors import MidbackError
from midback.store.engine import open_database
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    open_database(sys.argv[1])
except MidbackError as exc:
    print(type(exc).__name__, exc)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file modes mean something else on Windows")
@pytest.mark.parametrize("what", ["folder", "file", "missing", "parent"])
def test_a_read_only_place_is_named(what: str) -> None:
    """A folder or file that may not be written raises Unavailable naming it; nothing in it changes."""
    import shutil
    import tempfile

    # Not tmp_path: another user, whom root turns into for this test, may not look into that.
    folder = Path(tempfile.mkdtemp(prefix="midback-read-only-"))
    try:
        file = folder / "midback.db" if what != "parent" else folder / "deeper" / "midback.db"
        if what in ("folder", "file"):
            fill(file)
            file.chmod(0o444)
        folder.chmod(0o755 if os.geteuid() == 0 else 0o555)
        ran = subprocess.run(
            [sys.executable, "-c", READ_ONLY, sqlite_url(file)], capture_output=True, text=True, check=False
        )
        assert ran.stdout.startswith("Unavailable"), (ran.stdout, ran.stderr)
        assert "MIDBACK_DATA_DIR" in ran.stdout
        assert str(folder) in ran.stdout
        folder.chmod(0o755)
        if what in ("folder", "file"):
            file.chmod(0o644)
            assert notes(file) == ["c0", "c1", "c2"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_locked_database_says_who_is_in_the_way(tmp_path: Path) -> None:
    """While another program holds the write lock a write raises Conflict; reading goes on."""
    file = tmp_path / "midback.db"
    fill(file)
    engine = open_database(sqlite_url(file), busy_timeout_ms=50)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Conflict, match="in use by another program"), engine.begin() as connection:
            pass
        with reading(engine).connect() as connection:
            assert len(checkins.listed(connection, "me")) == 3
        other.execute("ROLLBACK")
    with engine.begin() as connection:
        checkins.add(connection, "me", CheckIn(at=NOW))
    engine.dispose()


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    """Transactions that read and then write neither fail nor overwrite each other: they queue."""
    import threading

    from midback.store import preferences

    file = tmp_path / "midback.db"
    fill(file)
    engine = open_database(sqlite_url(file))

    def count() -> None:
        for _ in range(20):
            with engine.begin() as connection:
                seen = preferences.read(connection, "me", "count", 0)
                preferences.write(connection, "me", "count", seen + 1)

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        assert preferences.read(connection, "me", "count") == 60
    engine.dispose()


@pytest.mark.parametrize("url", ["", "midback.db", "nosuchdb://x", "sqlite+nosuch:///x"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """A database address that cannot be read raises InputError with an example of one that can."""
    with pytest.raises(InputError, match=r"sqlite:////folder"):
        open_database(url)


def test_a_missing_driver_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL without its driver raises Unavailable that names the package."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Unavailable, match="psycopg"):
        open_database("postgresql+psycopg://nobody@127.0.0.1:9/none")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "full"), Unavailable),
        (OSError(errno.EROFS, "read-only"), Unavailable),
        (OSError(errno.EIO, "broken"), Unavailable),
        (RuntimeError("ours"), type(None)),
    ],
)
def test_errors_of_the_system_are_translated(error: Exception, kind: type) -> None:
    """Errors of the operating system become ours, each with a next step; a fault of the program stays one."""
    meaning = faults.translate(error, "midback.db")
    assert isinstance(meaning, kind)
    if isinstance(meaning, MidbackError):
        assert "midback.db" in meaning.seen
        assert meaning.next_step


def test_a_copy_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    """Copying a damaged database raises, keeps the target and leaves no half-made file."""
    bad, target = tmp_path / "bad.db", tmp_path / "copy.db"
    bad.write_bytes(b"no database" * 1000)
    fill(target)
    before = target.read_bytes()
    with pytest.raises(Unavailable):
        snapshot.copy(bad, target)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("*part*")) == []
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let go of an open file.")
def test_a_file_that_was_moved_away_takes_nothing_more(tmp_path: Path) -> None:
    """Nothing is acknowledged into a file that is gone; put back, it goes on with all that was kept."""
    file = tmp_path / "midback.db"
    engine = open_database(sqlite_url(file))
    with engine.begin() as connection:
        people.ensure_person(connection)
    for spoil in (lambda: file.rename(tmp_path / "away.db"), lambda: file.write_bytes(b"")):
        spoil()
        with pytest.raises(Unavailable, match="moved, deleted or replaced"), engine.begin() as connection:
            people.ensure_person(connection, "other")
        with pytest.raises(Unavailable, match="moved, deleted or replaced"), engine.connect() as connection:
            people.everyone(connection)
    (tmp_path / "away.db").replace(file)
    with engine.begin() as connection:
        assert people.everyone(connection) == ("me",)
    engine.dispose()
