"""A backup stands alone, and a restore loses nothing."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from midback.app.backup import backup, restore
from midback.app.clearance import require_clearance
from midback.app.house import House, open_house
from midback.app.screening import answer_screen, questions, screen_due
from midback.app.serving import hold_server_lock
from midback.errors import Conflict, InputError, NotFound, SafetyStop, Unavailable
from midback.plan.answers import CheckIn
from midback.settings import Settings
from midback.store import checkins, snapshot
from midback.store.people import DEFAULT_PERSON as ME

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)


def note(house: House, text: str) -> None:
    """Keep a check-in with this note."""
    with house.engine.begin() as connection:
        checkins.add(connection, ME, CheckIn(at=NOW, note=text))


def notes_in(file: Path) -> list[str]:
    """Return the notes of the check-ins in a database file."""
    with closing(sqlite3.connect(file)) as raw:
        return sorted(row[0] for row in raw.execute("SELECT note FROM checkins"))


def notes_of(settings: Settings) -> list[str]:
    """Return the notes after opening the house anew."""
    house = open_house(settings)
    with house.engine.connect() as connection:
        kept = sorted(checkin.note for checkin in checkins.listed(connection, ME))
    house.engine.dispose()
    return kept


def test_a_backup_is_one_whole_file(house: House) -> None:
    """A backup taken while the database is in use is one file, whole, that holds what was confirmed."""
    note(house, "one")
    with house.engine.connect() as connection:
        checkins.listed(connection, ME)
        made = backup(house)
    assert made.path.parent == house.data_dir / "backups"
    assert made.bytes == made.path.stat().st_size
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    assert snapshot.problems(made.path) == []
    assert notes_in(made.path) == ["one"]
    assert made.path.stat().st_mode & 0o077 == 0


def test_a_backup_overwrites_nothing(house: House, tmp_path: Path) -> None:
    """A file that is there stays, unless asked otherwise; within one second names differ."""
    target = tmp_path / "mine.db"
    target.write_text("precious")
    with pytest.raises(Conflict):
        backup(house, target)
    assert target.read_text() == "precious"
    assert backup(house, target, overwrite=True).path == target
    assert backup(house).path != backup(house).path
    with pytest.raises(InputError):
        backup(house, house.data_dir / "midback.db", overwrite=True)
    assert backup(house, tmp_path).path.parent == tmp_path


def test_a_restore_keeps_what_it_replaces(house: House) -> None:
    """After a restore the backup's data is there, and the replaced database lies beside it with a date."""
    note(house, "old")
    made = backup(house)
    note(house, "new")
    house.engine.dispose()
    done = restore(house.settings, made.path, house.clock)
    assert notes_of(house.settings) == ["old"]
    assert done.replaced is not None
    assert "20260302" in done.replaced.name
    assert notes_in(done.replaced) == ["new", "old"]
    assert notes_in(made.path) == ["old"]


def test_a_restore_needs_the_server_stopped(house: House) -> None:
    """While a server runs, a restore raises Conflict with its address and changes nothing."""
    note(house, "old")
    made = backup(house)
    note(house, "new")
    with hold_server_lock(house.data_dir, "http://127.0.0.1:8642"), pytest.raises(Conflict, match="8642"):
        restore(house.settings, made.path)
    assert notes_of(house.settings) == ["new", "old"]


def test_a_restore_under_an_open_database_is_refused(house: House) -> None:
    """A program that has the database open, server or not, would go on writing into the replaced file."""
    note(house, "old")
    made = backup(house)
    note(house, "new")
    with house.engine.connect() as connection:
        checkins.listed(connection, ME)
        with pytest.raises(Conflict, match="in use"):
            restore(house.settings, made.path)
    house.engine.dispose()
    assert notes_of(house.settings) == ["new", "old"]
    assert list(house.data_dir.glob("*restoring*")) == []


@pytest.mark.parametrize("content", [b"", b"no database" * 999, b"SQLite format 3\0" + b"\0" * 5000])
def test_a_damaged_backup_is_not_put_in_place(house: House, tmp_path: Path, content: bytes) -> None:
    """A file that is no whole backup is refused and the database stays."""
    note(house, "mine")
    house.engine.dispose()
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    with pytest.raises((Unavailable, InputError)):
        restore(house.settings, bad)
    assert notes_of(house.settings) == ["mine"]
    assert bad.read_bytes() == content


def test_a_backup_of_a_newer_midback_is_refused(house: House) -> None:
    """A backup with a schema this program does not know is left alone, and so is the database."""
    note(house, "mine")
    made = backup(house)
    house.engine.dispose()
    with closing(sqlite3.connect(made.path, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Conflict, match="newer midback"):
        restore(house.settings, made.path)
    assert notes_of(house.settings) == ["mine"]


def test_names_that_lead_nowhere_are_refused(house: House) -> None:
    """No file, and the database itself, are no backups."""
    house.engine.dispose()
    with pytest.raises(NotFound):
        restore(house.settings, house.data_dir / "nothing.db")
    with pytest.raises(InputError, match="itself"):
        restore(house.settings, house.data_dir / "midback.db")


def test_a_damaged_database_is_replaced_and_kept(house: House) -> None:
    """A database that no longer opens can be restored; its pieces stay beside it byte for byte."""
    note(house, "old")
    made = backup(house)
    house.engine.dispose()
    file = house.data_dir / "midback.db"
    file.write_bytes(b"damaged" * 1000)
    done = restore(house.settings, made.path, house.clock)
    assert notes_of(house.settings) == ["old"]
    assert done.replaced is not None
    assert done.replaced.read_bytes() == b"damaged" * 1000


def test_a_restore_into_an_empty_folder_works(house: House, tmp_path: Path) -> None:
    """On a new machine the backup becomes the database; nothing was there to replace."""
    note(house, "moved")
    made = backup(house)
    settings = Settings(data_dir=tmp_path / "new machine")
    done = restore(settings, made.path)
    assert done.replaced is None
    assert notes_of(settings) == ["moved"]


def test_any_name_of_a_folder_will_do(tmp_path: Path) -> None:
    """The database lies in the data folder even where its name means something in an address."""
    settings = Settings(data_dir=tmp_path / "whose? 100% mine #1 & more")
    house = open_house(settings)
    note(house, "here")
    made = backup(house)
    house.engine.dispose()
    assert (settings.data_dir / "midback.db").is_file()
    restore(settings, made.path)
    assert notes_of(settings) == ["here"]
    assert [path.name for path in tmp_path.iterdir()] == [settings.data_dir.name]


KILLED = """
import os, sys
from pathlib import Path
from midback.app import backup
from midback.settings import Settings
real = Path.replace
calls = 0
def dying(self, target):
    global calls
    calls += 1
    if calls == int(sys.argv[3]):
        os.kill(os.getpid(), 9)
    return real(self, target)
Path.replace = dying
backup.restore(Settings(data_dir=Path(sys.argv[1])), Path(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_restore_that_is_killed_leaves_a_whole_database(house: House, step: int) -> None:
    """Killed before any of its renames, a restore leaves the old data in place, ready to open."""
    note(house, "old")
    made = backup(house)
    note(house, "new")
    house.engine.dispose()

    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(house.data_dir), str(made.path), str(step)],
        check=False,
        capture_output=True,
        env=os.environ,
    )
    assert ran.returncode == -9, ran.stderr
    assert notes_of(house.settings) == ["new", "old"]


def test_a_restored_backup_asks_the_warning_signs_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older "go" in a backup does not outlive a stop: after a restore the screen comes first."""
    monkeypatch.setenv("MIDBACK_CONFIG_DIR", str(tmp_path / "config"))
    settings = Settings(data_dir=tmp_path / "data")
    house = open_house(settings)
    answer_screen(house, ME, frozenset())
    assert not screen_due(house, ME).due
    kept = backup(house, tmp_path / "kept.db")
    emergency = next(q.id for q in questions(house) if q.level == "emergency")
    answer_screen(house, ME, frozenset({emergency}))
    house.engine.dispose()
    restore(settings, kept.path)
    again = open_house(settings)
    try:
        assert screen_due(again, ME).due
        with pytest.raises(SafetyStop):
            require_clearance(again, ME)
    finally:
        again.engine.dispose()
