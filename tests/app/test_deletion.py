"""Delete-everything leaves nothing of the person's, and nothing else is touched."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from midback.app.archive import export_archive
from midback.app.backup import backup, restore
from midback.app.deletion import delete_everything
from midback.app.house import House, open_house
from midback.app.serving import hold_server_lock
from midback.errors import Conflict
from midback.filelock import free_file, take_file
from midback.plan.answers import CheckIn
from midback.store import checkins
from midback.store.people import DEFAULT_PERSON as ME
from midback.web.entry import read_key

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
SECRET = "a sentence that nobody else would write"


def live_in(house: House, tmp_path: Path) -> None:
    """Leave every kind of trace that midback makes."""
    with house.engine.begin() as connection:
        checkins.add(connection, ME, CheckIn(at=NOW, note=SECRET))
    made = backup(house)
    read_key(house.data_dir)
    (tmp_path / "config").mkdir(exist_ok=True)
    (tmp_path / "config" / "settings.toml").write_text('theme = "dark"\n')
    (house.data_dir / "exercises").mkdir()
    (house.data_dir / "exercises" / "mine.toml").write_text("own")
    watch = house.data_dir / "watch"
    watch.mkdir()
    for name in ("evidence-2026-03-02.jsonl", "said-2026-03-02.jsonl", "orders.json", "state.json"):
        (watch / name).write_text(SECRET)
    (watch / "watch.lock").write_text("")
    (house.data_dir / "calendars").mkdir()
    (house.data_dir / "calendars" / "work.ics").write_text(SECRET)
    house.engine.dispose()
    restore(house.settings, made.path, house.clock)
    with house.engine.begin() as connection:
        checkins.add(connection, ME, CheckIn(at=NOW, note=SECRET))


def traces(folder: Path) -> list[Path]:
    """Return the files below a folder that hold the secret."""
    return [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_nothing_of_the_person_is_left(house: House, tmp_path: Path) -> None:
    """Database, journal, backups, replaced databases, what was sensed, key and settings are gone, folders too."""
    live_in(house, tmp_path)
    assert len(traces(tmp_path)) >= 3
    done = delete_everything(house, own_exercises=True)
    assert traces(tmp_path) == []
    assert done.left == ()
    assert not house.data_dir.exists()
    assert not (tmp_path / "config" / "settings.toml").exists()
    assert {"midback.db", "door.key", "settings.toml", "mine.toml"} <= {path.name for path in done.removed}


def test_own_exercises_stay_unless_asked(house: House, tmp_path: Path) -> None:
    """The person's own exercise files are theirs: they stay, and what is left is told."""
    live_in(house, tmp_path)
    done = delete_everything(house)
    assert (house.data_dir / "exercises" / "mine.toml").read_text() == "own"
    assert done.left == (house.data_dir / "exercises",)


def test_what_midback_did_not_make_stays(house: House, tmp_path: Path) -> None:
    """Other files in the data folder, an export put there among them, are not touched but named."""
    live_in(house, tmp_path)
    (house.data_dir / "letter.txt").write_text("dear")
    exported = export_archive(house, ME, house.data_dir / "export.json").path
    done = delete_everything(house, own_exercises=True)
    assert set(done.left) == {house.data_dir / "letter.txt", exported}


def test_a_running_server_keeps_its_data(house: House, tmp_path: Path) -> None:
    """While a server runs nothing is deleted from outside; the server itself may delete."""
    live_in(house, tmp_path)
    with hold_server_lock(house.data_dir, "http://127.0.0.1:8642"):
        with pytest.raises(Conflict):
            delete_everything(house)
        assert traces(tmp_path)
        delete_everything(house, serving=True)
    assert traces(tmp_path) == []


def test_nothing_is_deleted_under_a_process_that_senses(house: House, tmp_path: Path) -> None:
    """While another process senses, it would write on: nothing is deleted, and it is named."""
    live_in(house, tmp_path)
    handle = take_file(house.data_dir / "watch" / "watch.lock", {"pid": 1})
    assert handle is not None
    with pytest.raises(Conflict, match="process 1"):
        delete_everything(house)
    assert traces(tmp_path)
    free_file(handle)
    delete_everything(house)
    assert traces(tmp_path) == []


def test_a_new_start_is_empty(house: House, tmp_path: Path) -> None:
    """After deletion midback starts as on the first day; deleting twice is the same as once."""
    live_in(house, tmp_path)
    delete_everything(house)
    again = open_house(house.settings)
    with again.engine.connect() as connection:
        assert checkins.listed(connection, ME) == ()
    delete_everything(again)
    assert delete_everything(again).removed == ()
