"""The background process's files: every whole line once, whatever happens in between."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midback.app.clock import SetClock
from midback.app.day_events import show_said
from midback.app.evidence_kept import forget_evidence, what_is_kept
from midback.app.exposures import show_day
from midback.app.house import House
from midback.app.spool import import_spool, read_said, spool_faults
from midback.body.evidence import Evidence, write_line
from midback.errors import Conflict, InputError, Unavailable
from midback.store import faults, spool
from midback.store.people import DEFAULT_PERSON as ME
from midback.store.said import KeptHold

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def folder(house: House, clock: SetClock) -> Path:
    """Return the folder of the background process, at noon."""
    clock.at = NINE + timedelta(hours=3)
    made = house.data_dir / "watch"
    made.mkdir(parents=True)
    return made


def samples(count: int, start: datetime = NINE, every_s: int = 30) -> str:
    """Return lines of somebody who types."""
    return "".join(
        write_line(Evidence(at=start + timedelta(seconds=n * every_s), source="input", idle_s=1.0)) + "\n"
        for n in range(count)
    )


def append(file: Path, text: str | bytes) -> None:
    """Add to a file as the background process does."""
    with file.open("ab") as handle:
        handle.write(text if isinstance(text, bytes) else text.encode())


def lines(house: House) -> int:
    """Return how many lines of evidence are kept."""
    return what_is_kept(house, ME).lines


def test_every_whole_line_counts_once(house: House, folder: Path) -> None:
    """Reading again brings nothing; a line cut short waits until it is whole."""
    file = folder / "evidence-2026-03-02.jsonl"
    text = samples(10)
    append(file, text[:-20])
    assert (import_spool(house, ME).lines, lines(house)) == (9, 9)
    assert import_spool(house, ME).lines == 0
    append(file, text[-20:])
    assert (import_spool(house, ME).new, lines(house)) == (1, 10)
    assert [b.activity for b in show_day(house, ME).bouts] == ["sitting"]


def test_a_page_reads_what_there_is(house: House, folder: Path) -> None:
    """Looking at the day reads the files first."""
    append(folder / "evidence-2026-03-02.jsonl", samples(60))
    assert [b.activity for b in show_day(house, ME).bouts] == ["sitting"]


def test_a_line_of_no_use_stops_nothing_and_is_named(house: House, folder: Path) -> None:
    """Broken lines are counted with their number and why; the lines around them are kept."""
    file = folder / "evidence-2026-03-02.jsonl"
    append(file, samples(1) + "nonsense\n\n" + '{"at": 5}\n')
    append(file, b"\xff\xfe\n" + b'{"source": "input", "at": "' + b"x" * 20_000 + b'"}\n')
    append(file, samples(3))
    done = import_spool(house, ME)
    assert (done.new, done.refused) == (3, 4)
    found = spool_faults(house, ME)
    assert [(f.file, f.refused) for f in found] == [(file.name, 4)]
    assert [fault.line for fault in found[0].faults] == [2, 4, 5, 6]
    assert "not JSON" in found[0].faults[0].why[0].said()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-1e999"])
def test_a_reason_with_a_number_that_is_none_keeps_nothing_from_coming_in(
    house: House, folder: Path, number: str
) -> None:
    """What cannot be kept of a reason is left out; the prompt and what follows it are kept."""
    append(
        folder / "said-2026-03-02.jsonl",
        '{"at": "2026-03-02T09:10:00Z", "kind": "prompt", "movement": "walk", '
        f'"because": [["plan.break-sat", {{"still_min": {number}, "more": 2.5}}]]}}\n'
        '{"at": "2026-03-02T09:11:00Z", "kind": "skip", "movement": "walk"}\n',
    )
    assert import_spool(house, ME).new == 2
    found = show_said(house, ME, NINE.date())
    assert [dict(one.because[0].values) for one in found.prompts if one.because] == [{"more": 2.5}]


def test_what_is_no_file_keeps_nothing_from_coming_in(house: House, folder: Path) -> None:
    """A folder, a link to nowhere and a link to itself by the names of files are passed over."""
    (folder / "evidence-2026-03-01.jsonl").mkdir()
    (folder / "said-2026-02-28.jsonl").symlink_to(folder / "nowhere")
    (folder / "said-2026-03-01.jsonl").symlink_to(folder / "said-2026-03-01.jsonl")
    append(folder / "evidence-2026-03-02.jsonl", samples(5))
    assert import_spool(house, ME).new == 5


def test_a_file_that_cannot_be_read_keeps_no_other_from_it(
    house: House, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are read all the same, and it is named; when it can be read, nothing of it is missing."""
    foreign = folder / "evidence-2026-03-01.jsonl"
    append(foreign, samples(7, NINE - timedelta(days=1)))
    append(folder / "evidence-2026-03-02.jsonl", samples(5))
    opened = Path.open

    def refuse(path: Path, *args: str) -> object:
        if path == foreign:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        with pytest.raises(Unavailable, match=foreign.name):
            import_spool(house, ME)
    assert lines(house) == 5
    import_spool(house, ME)
    assert lines(house) == 12


def test_a_line_without_end_is_passed_over(house: House, folder: Path) -> None:
    """A line of megabytes is refused in pieces, and what comes after it is read."""
    file = folder / "evidence-2026-03-02.jsonl"
    append(file, b"x" * 2_500_000 + b"\n" + samples(5).encode())
    done = import_spool(house, ME)
    assert (done.new, lines(house)) == (5, 5)
    assert done.refused >= 1
    assert import_spool(house, ME).lines == 0


@pytest.mark.parametrize("again", ["shorter", "another"])
def test_a_file_that_was_replaced_is_read_again(house: House, folder: Path, again: str) -> None:
    """A file that is shorter than what was read, or begins otherwise, is read from its start; nothing doubles."""
    file = folder / "evidence-2026-03-02.jsonl"
    append(file, samples(20))
    import_spool(house, ME)
    later = NINE + timedelta(minutes=30) if again == "another" else NINE
    file.write_text(samples(10 if again == "shorter" else 30, later))
    import_spool(house, ME)
    assert lines(house) == (20 if again == "shorter" else 50)


def test_files_that_are_read_and_old_go(house: House, folder: Path, clock: SetClock) -> None:
    """A file is removed when it is read to its end and more than two days old, not before."""
    old, new = folder / "evidence-2026-03-02.jsonl", folder / "said-2026-03-04.jsonl"
    append(old, samples(3) + '{"at"')
    append(new, '{"at": "2026-03-04T09:00:00Z", "kind": "prompt", "movement": "stand-reach"}\n')
    clock.at = NINE + timedelta(days=2)
    import_spool(house, ME)
    assert old.exists()
    clock.at = NINE + timedelta(days=3)
    import_spool(house, ME)
    assert old.exists(), "its last line is not whole"
    append(old, ': "x"}\n')
    import_spool(house, ME)
    assert not old.exists()
    assert new.exists()
    assert lines(house) == 3
    with house.engine.connect() as connection:
        assert [f.file for f in spool.listed(connection, ME)] == [new.name]


def test_a_kill_between_two_imports_loses_and_doubles_nothing(
    house: House, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the place cannot be kept the lines are not kept either; the next import brings all of them."""
    append(folder / "evidence-2026-03-02.jsonl", samples(50))
    append(
        folder / "said-2026-03-02.jsonl", '{"at": "2026-03-02T09:10:00Z", "kind": "skip", "movement": ""}\n'
    )
    with monkeypatch.context() as patch:
        patch.setattr(spool, "put", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            import_spool(house, ME)
    assert lines(house) == 0
    import_spool(house, ME)
    assert lines(house) == 50
    assert [row.kind for row in show_said(house, ME).answers] == ["skip"]


def test_a_busy_database_does_not_hide_the_day(
    house: House, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the files cannot be read in, the day is shown as it is known, and the lines wait."""
    append(folder / "evidence-2026-03-02.jsonl", samples(50))

    def busy(*_: object) -> None:
        raise faults.in_use("the database")

    with monkeypatch.context() as patch:
        patch.setattr("midback.app.spool._read_some", busy)
        with pytest.raises(Conflict):
            import_spool(house, ME)
        assert show_day(house, ME).bouts == ()
    assert show_day(house, ME).bouts != ()


def test_a_full_disk_loses_nothing(house: House, folder: Path) -> None:
    """When the database cannot grow the import says so and keeps nothing by halves; with room all comes in."""
    append(folder / "evidence-2026-03-02.jsonl", samples(12_000, NINE - timedelta(days=3), 20))
    with house.engine.connect() as connection:
        # The pool hands the same connection out again, so the cap holds for the import.
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(Unavailable, match="no room left"):
        import_spool(house, ME)
    assert lines(house) == 0
    with house.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA max_page_count = 1000000")
    import_spool(house, ME)
    assert lines(house) == 12_000


def test_what_was_said_comes_in(house: House, folder: Path) -> None:
    """Prompts with their reasons, answers and holds are the day's; a reason of any shape does no harm."""
    rows = [
        {"at": "2026-03-02T09:00:00Z", "kind": "notice", "movement": "stand-reach", "because": []},
        {
            "at": "2026-03-02T09:01:00Z",
            "kind": "prompt",
            "movement": "stand-reach",
            "because": [["plan.break-usual", {"after_min": 30, "odd": [1]}], "x", [3]],
        },
        {"at": "2026-03-02T09:02:00Z", "kind": "later"},
        {"from": "2026-03-02T08:00:00+01:00", "until": "2026-03-02T09:00:00Z", "held": ["call", "typing"]},
        {"at": "2026-03-02T09:02:00Z", "kind": "shouted"},
        {"from": "2026-03-02T09:00:00Z", "until": "2026-03-02T08:00:00Z", "held": ["call"]},
    ]
    append(folder / "said-2026-03-02.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert import_spool(house, ME).refused == 2
    day = show_said(house, ME)
    assert [row.kind for row in day.prompts] == ["notice", "prompt"]
    assert [(r.message_id, dict(r.values)) for r in day.prompts[1].because] == [
        ("plan.break-usual", {"after_min": 30})
    ]
    assert [row.kind for row in day.answers] == ["later"]
    assert day.held == (KeptHold(start=NINE - timedelta(hours=2), end=NINE, held=("typing", "call")),)
    shown = show_day(house, ME)
    assert (shown.said, shown.held) == ((*day.prompts, *day.answers), day.held)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_line_is_read_or_refused(text: str) -> None:
    """Whatever stands in a line, it is a row or an InputError."""
    try:
        read_said(text)
    except InputError:
        return


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, 4000), max_size=6))
def test_reading_while_it_is_written_is_the_same(house: House, folder: Path, cuts: list[int]) -> None:
    """However the writing is cut into pieces, in the middle of letters too, all lines are there once in the end."""
    file = folder / "evidence-2026-03-02.jsonl"
    data = samples(40).replace('"input"', '"input", "host": "büro"').encode()
    file.write_bytes(b"")
    import_spool(house, ME)
    forget_evidence(house, ME)
    last = 0
    for cut in [*sorted(cuts), len(data)]:
        append(file, data[last:cut])
        last = max(last, cut)
        import_spool(house, ME)
    assert lines(house) == 40


def test_a_long_time_unread_comes_in_whole(house: House, folder: Path) -> None:
    """Twenty thousand lines, more than one piece, are all read, each once."""
    append(folder / "evidence-2026-03-02.jsonl", samples(20_000, NINE - timedelta(days=4), 15))
    done = import_spool(house, ME)
    assert (done.lines, done.new) == (20_000, 20_000)
    assert lines(house) == 20_000
