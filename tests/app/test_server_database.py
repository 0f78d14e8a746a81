"""With the database on a PostgreSQL server the program is the same; what needs a file says what to use instead."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect

from backends import Postgresql
from midback.app import by_hand
from midback.app.archive import export_archive, export_text
from midback.app.archive_import import import_archive
from midback.app.archive_reading import read_archive
from midback.app.backup import backup, restore
from midback.app.checkins import add_checkin
from midback.app.clock import SetClock
from midback.app.deletion import delete_everything
from midback.app.demo import demo_settings
from midback.app.doctor import examine
from midback.app.house import House, open_house
from midback.app.intake import read_intake, save_intake
from midback.app.planning import current_plan
from midback.app.progress import show_progress
from midback.app.screening import answer_screen
from midback.app.serving import hold_server_lock
from midback.app.session import open_session, post_event, read_session
from midback.app.session_choice import Wish
from midback.app.today import show_today
from midback.errors import Conflict, Unavailable
from midback.plan.answers import CheckIn, Intake
from midback.settings import Settings
from midback.store import sessions
from midback.store.engine import connect_engine
from midback.store.people import DEFAULT_PERSON as ME

pytestmark = pytest.mark.database


@pytest.fixture
def database_url(postgresql: Postgresql) -> Iterator[str]:
    """Name a database on a server."""
    with postgresql.fresh() as url:
        yield url


def copied(house: House, text: str) -> dict[str, object]:
    """Return an archive's data without what differs from one export to the next."""
    data: dict[str, object] = json.loads(text)
    return {key: value for key, value in data.items() if key != "exported_at"}


def test_a_whole_first_day(house: House, usual: Intake, clock: SetClock, tmp_path: Path) -> None:
    """Screen, intake, plan, something by hand, a guided session, a check-in; then all of it moves to a file."""
    assert show_today(house, ME).step == "screen"
    answer_screen(house, ME, frozenset())
    save_intake(house, ME, usual)
    assert read_intake(house, ME) == usual
    today = show_today(house, ME)
    assert today.step == "ready"
    assert current_plan(house, ME).plan.items
    by_hand.log_exercise(house, ME, "cat-cow", 2, "floor")
    open_session(house, ME, "s1", Wish(pain=3, exercise_id="cat-cow"))
    for number, kind in enumerate(("start", "heartbeat", "heartbeat", "end")):
        post_event(house, ME, "s1", f"e{number}", kind, {})
        clock.advance(seconds=2)
    add_checkin(house, ME, CheckIn(at=clock.now(), pain_average=4, note="Ä, 痛み, 🙂"))
    assert show_today(house, ME).minutes_done >= 1
    assert show_progress(house, ME).days
    file = export_archive(house, ME, tmp_path / "all.json").path

    moved = open_house(Settings(data_dir=tmp_path / "moved"), clock)
    import_archive(moved, ME, read_archive(file))
    there = copied(moved, "".join(export_text(moved, ME)))
    moved.engine.dispose()
    assert there == copied(house, file.read_text("utf-8"))
    import_archive(house, ME, read_archive(file), replace=True)
    assert copied(house, "".join(export_text(house, ME))) == there


def test_what_is_kept_is_there_after_a_restart(settled: House, clock: SetClock) -> None:
    """A new program on the same address finds everything."""
    add_checkin(settled, ME, CheckIn(at=clock.now(), pain_average=4))
    before = copied(settled, "".join(export_text(settled, ME)))
    settled.engine.dispose()
    again = open_house(settled.settings, clock)
    assert copied(again, "".join(export_text(again, ME))) == before
    again.engine.dispose()
    assert not (settled.data_dir / "midback.db").exists()


def test_events_from_two_tabs_at_once_are_all_kept(settled: House, clock: SetClock) -> None:
    """Two pages posting at the same time lose nothing and double nothing."""
    open_session(settled, ME, "s1", Wish(pain=3, exercise_id="cat-cow"))
    post_event(settled, ME, "s1", "e0", "start", {})
    faults: list[Exception] = []

    def tab(name: str) -> None:
        try:
            for number in range(10):
                post_event(settled, ME, "s1", f"{name}{number}", "extend")
                post_event(settled, ME, "s1", f"both{number}", "extend")
        except Exception as exc:
            faults.append(exc)

    tabs = [threading.Thread(target=tab, args=(name,)) for name in "ab"]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    assert faults == []
    with settled.engine.connect() as connection:
        log = sessions.events(connection, ME, "s1")
    assert len(log) == 1 + 30
    assert [event.seq for event in log] == list(range(1, 32))
    assert read_session(settled, ME, "s1").state is not None


def test_backup_and_restore_name_the_servers_own_tools(settled: House, tmp_path: Path) -> None:
    """Neither copies or replaces a server's database; both say what does."""
    for refused in (
        lambda: backup(settled),
        lambda: backup(settled, tmp_path / "mine.db"),
        lambda: restore(settled.settings, tmp_path / "mine.db"),
    ):
        with pytest.raises(Unavailable, match="on a server") as caught:
            refused()
        assert "pg_dump" in caught.value.next_step
        assert "midback export" in caught.value.next_step
    assert not (tmp_path / "mine.db").exists()


def test_an_import_keeps_what_it_replaces(settled: House, clock: SetClock, tmp_path: Path) -> None:
    """What an import replaces is exported into the folder of backups first, and comes back from there."""
    add_checkin(settled, ME, CheckIn(at=clock.now(), note="mine"))
    file = export_archive(settled, ME, tmp_path / "all.json").path
    archive = read_archive(file)
    with pytest.raises(Conflict, match="data here already"):
        import_archive(settled, ME, archive)
    done = import_archive(settled, ME, replace(archive, checkins=()), replace=True)
    assert done.backup is not None
    assert done.backup.parent == settled.data_dir / "backups"
    assert read_archive(done.backup).checkins == archive.checkins
    import_archive(settled, ME, read_archive(done.backup), replace=True)
    assert (
        read_archive(export_archive(settled, ME, tmp_path / "again.json").path).checkins == archive.checkins
    )


def test_delete_everything_leaves_no_table(settled: House, tmp_path: Path, clock: SetClock) -> None:
    """The tables are gone from the server, what midback kept beside them too, and a new start is empty."""
    archive = read_archive(export_archive(settled, ME, tmp_path / "all.json").path)
    import_archive(settled, ME, archive, replace=True)
    assert list((settled.data_dir / "backups").glob("*.json"))
    done = delete_everything(settled)
    assert not settled.data_dir.exists()
    assert [path.suffix for path in done.removed] == [".json"]
    engine = connect_engine(str(settled.settings.database_url))
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()
    again = open_house(settled.settings, clock)
    assert show_today(again, ME).step == "screen"
    again.engine.dispose()


def test_a_running_server_keeps_its_data(settled: House) -> None:
    """While a server runs on this data folder, deleting raises Conflict and changes nothing."""
    with hold_server_lock(settled.data_dir, "http://127.0.0.1:8642"), pytest.raises(Conflict, match="8642"):
        delete_everything(settled)
    assert show_today(settled, ME).step == "ready"


def test_the_doctor_names_the_server(settled: House, tmp_path: Path) -> None:
    """Where the database is and that it answers, or why not, without a password."""
    found = {finding.name.said(): finding for finding in examine(settled.settings)}
    assert found["database"].ok
    assert found["database"].says.said().startswith("PostgreSQL ")
    gone = settled.settings.model_copy(update={"database_url": f"postgresql://me:hush@/none?host={tmp_path}"})
    ill = {finding.name.said(): finding for finding in examine(gone)}["database"]
    assert not ill.ok
    assert "cannot be reached" in ill.says.said()
    assert "hush" not in ill.says.said()
    assert "MIDBACK_DATABASE_URL" in ill.next_step.said()


def test_the_demo_stays_off_the_server(settled: House) -> None:
    """The demo's invented weeks go into a file of their own, never into the person's database."""
    assert demo_settings(settled.settings).database_url is None
