"""One file holds everything of a person, and brings it back exactly, or changes nothing."""

import copy
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.app.archive import FORMAT, VERSION, Archive, export_archive, export_text, schema
from midback.app.archive_import import import_archive
from midback.app.archive_reading import parse_archive, read_archive
from midback.app.clock import SetClock
from midback.app.evidence import take_in
from midback.app.exposures import show_day
from midback.app.house import House
from midback.app.spool import import_spool
from midback.body.evidence import Evidence
from midback.body.seated_calibration import Numbers
from midback.catalogue.load import load_catalogue
from midback.errors import Conflict, InputError, NotFound, Unavailable
from midback.plan.answers import CheckIn
from midback.settings import Settings
from midback.store import calendars, checkins, codec, people
from midback.store.calendars import BusyTime, KeptCalendar
from midback.store.engine import open_database
from midback.store.people import DEFAULT_PERSON as ME
from strategies import archives, json_values

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
SCHEMA_FILE = Path(__file__).resolve().parents[2] / "docs" / "data" / "archive.schema.json"

DESK = {"place": "desk", "made_at": "2026-03-02T08:00:00Z"}
# What a calibration keeps, each one usable.
NUMBERS: dict[str, Any] = dict.fromkeys((one.name for one in fields(Numbers)), 1) | {
    "middle": [0, 0],
    "ears": [0, 0],
}


@pytest.fixture(scope="module", name="lasting")
def lasting_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house in memory that laws use again and again."""
    folder = tmp_path_factory.mktemp("lasting")
    house = House(
        open_database("sqlite://"), load_catalogue(), SetClock(NOW), Settings(data_dir=folder), folder
    )
    with house.engine.begin() as connection:
        people.ensure_person(connection, ME, NOW)
    yield house
    house.engine.dispose()


def exported(house: House) -> str:
    """Return the archive's text."""
    return "".join(export_text(house, ME))


def bare(**parts: Any) -> dict[str, Any]:
    """Return the data of an archive that holds only these parts."""
    head = {"format": FORMAT, "version": VERSION, "program": "0.1.0"}
    return head | {"exported_at": "2026-03-02T18:00:00Z", "started_at": "2026-03-01T18:00:00Z"} | parts


def read(data: Any) -> Archive:
    """Return the archive of JSON data."""
    return parse_archive(json.dumps(data).encode())


@given(archives)
@settings(max_examples=60)
def test_what_was_imported_is_exported_again(lasting: House, archive: Archive) -> None:
    """Export, import and export again give the same archive and the same text, whatever is in it."""
    import_archive(lasting, ME, archive, replace=True)
    text = exported(lasting)
    again = parse_archive(text.encode())
    assert replace(again, exported_at=archive.exported_at, program=archive.program) == archive
    import_archive(lasting, ME, again, replace=True)
    assert exported(lasting) == text


@given(json_values | st.dictionaries(st.sampled_from(sorted(bare())), json_values))
def test_arbitrary_json_is_refused(lasting: House, data: Any) -> None:
    """JSON that is no archive raises InputError and nothing else."""
    with pytest.raises(InputError):
        read(data)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_arbitrary_bytes_are_refused(lasting: House, content: bytes) -> None:
    """Bytes that are no archive raise InputError and nothing else."""
    with pytest.raises(InputError):
        parse_archive(content)


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """Draw an archive's data with one entry anywhere replaced, taken out or doubled."""
    data: Any = codec.dump(draw(archives))
    spot: Any = data
    while True:
        keys = list(spot) if isinstance(spot, dict) else range(len(spot))
        key = draw(st.sampled_from(list(keys)))
        deeper = spot[key]
        if isinstance(deeper, dict | list) and deeper and draw(st.booleans()):
            spot = deeper
            continue
        how = draw(st.sampled_from(["replace", "remove", "double"]))
        if how == "remove":
            del spot[key]
        elif how == "double" and isinstance(spot, list):
            spot.append(copy.deepcopy(deeper))
        else:
            spot[key] = draw(
                json_values | st.sampled_from([2**70, -1, "", "2026-13-45", "\ud800", "a\0b", 1e308])
            )
        return data


@given(spoilt())
@settings(max_examples=150)
def test_a_spoilt_archive_changes_nothing_or_comes_in(lasting: House, data: Any) -> None:
    """A file that is nearly an archive is imported, or raises InputError and leaves everything as it was."""
    before = exported(lasting)
    try:
        import_archive(lasting, ME, read(data), replace=True)
    except InputError:
        assert exported(lasting) == before
    else:
        parse_archive(exported(lasting).encode())


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        (
            {"checkins": [{"at": "2026-03-02T08:00:00Z", "id": "c", "pain_now": 11}]},
            r"checkins\.0: pain_now is 11",
        ),
        ({"checkins": [{"at": "2026-03-02T08:00:00", "id": "c"}]}, r"checkins\.0\.at: .* no time zone"),
        ({"checkins": [{"at": "0999-03-02T08:00:00Z", "id": "c"}]}, r"checkins\.0\.at: the year is 999"),
        ({"checkins": [{"at": "2026-03-02T08:00:00Z"}]}, r"checkins\.0\.id"),
        (
            {"checkins": [{"at": "2026-03-02T08:00:00Z", "id": "c", "pane": 3}]},
            r"checkins\.0\.pane: nobody knows",
        ),
        ({"checkins": [{"at": "2026-03-02T08:00:00Z", "id": "c"}] * 2}, r"checkins\.1\.id"),
        (
            {"bouts": [{"start": "2026-03-02T08:00:00Z", "end": 5, "activity": "lying"}]},
            r"bouts\.0\.activity",
        ),
        ({"sessions": [{"id": "s", "created_at": "2026-03-02T08:00:00Z"}]}, r"sessions\.0\.script"),
        ({"dismissals": [{"question": "q", "day": "2026-03-02"}] * 2}, None),
        ({"own_exercises": {"../../evil.toml": ""}}, r"own_exercises\.\.\./"),
        ({"own_exercises": {".hidden.toml": ""}}, r"own_exercises"),
        ({"evidence": [{"at": "2026-03-02T08:00:00Z"}]}, r"evidence\.0: The source"),
        (
            {"evidence": [{"at": "2026-03-02T08:00:00Z", "source": "resume", "mood": 1}]},
            r"evidence\.0\.mood: nobody knows",
        ),
        (
            {"said": [{"at": "2026-03-02T08:00:00Z", "kind": "prompt"}] * 2},
            r"said\.1: this stands there twice",
        ),
        (
            {"held": [{"start": "2026-03-02T08:00:00Z", "end": "2026-03-01T08:00:00Z", "held": ["call"]}]},
            r"held\.0: The stretch ends",
        ),
        (
            {"calibrations": [{"id": "c", **DESK, "calibration": {"upright": NUMBERS | {"ratio": 0}}}]},
            r"calibrations\.0\.calibration\.upright: ratio of a calibration is 0.* between 0\.01 and 10",
        ),
        ({"version": 2}, "version: the archive has version 2"),
        ({"format": "something"}, "format: "),
        ({"preferences": {"k" * 100: 1}}, r"preferences\.k+: key"),
        (
            {"preferences": {"deep": json.loads("[" * 70 + "]" * 70)}},
            r"preferences\.deep.* nested too deeply",
        ),
        ({"preferences": {"n": 2**60}}, r"preferences\.n: a whole number is too large"),
    ],
)
def test_a_fault_is_named_by_its_path(lasting: House, parts: dict[str, Any], path: str | None) -> None:
    """What is refused is named by where it stands in the file, and nothing of the file comes in."""
    before = exported(lasting)
    if path is None:
        import_archive(lasting, ME, read(bare(**parts)), replace=True)
        return
    with pytest.raises(InputError, match=path):
        import_archive(lasting, ME, read(bare(**parts)), replace=True)
    assert exported(lasting) == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"format": "midback-archive", "format": 1}', "stands twice"),
        (b'{"format": NaN}', "NaN"),
        (b'{"format": 1e999}', "too large"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"format": ' + b"9" * 5000 + b"}", "cannot be read"),
        (b'{"format":', "Line 1"),
        (b"", "Line 1"),
    ],
)
def test_a_file_that_is_no_json_says_where(content: bytes, says: str) -> None:
    """Broken text, doubled keys and numbers that are none raise InputError that says what and where."""
    with pytest.raises(InputError, match=says):
        parse_archive(content)


def test_data_is_not_replaced_unasked(house: House, tmp_path: Path) -> None:
    """An import into a person who has data raises Conflict; when agreed to, a backup is made first."""
    file = export_archive(house, ME, tmp_path / "empty.json").path
    with house.engine.begin() as connection:
        checkins.add(connection, ME, CheckIn(at=NOW, note="mine"))
    with pytest.raises(Conflict, match="data here already"):
        import_archive(house, ME, read_archive(file))
    done = import_archive(house, ME, read_archive(file), replace=True)
    with house.engine.connect() as connection:
        assert checkins.listed(connection, ME) == ()
    assert done.backup is not None
    engine = open_database(f"sqlite:///{done.backup}")
    with engine.connect() as connection:
        assert [kept.note for kept in checkins.listed(connection, ME)] == ["mine"]
    engine.dispose()


def test_an_import_that_fails_half_way_changes_nothing(house: House) -> None:
    """A fault in the last list undoes all the lists before it."""
    with house.engine.begin() as connection:
        checkins.add(connection, ME, CheckIn(at=NOW, note="mine"))
    before = exported(house)
    good = [{"at": f"2026-03-02T08:00:{n:02}Z", "id": f"c{n}"} for n in range(50)]
    worse = [{"at": "2026-03-02T08:00:00Z", "what": "x" * 9000, "id": "a"}]
    with pytest.raises(InputError, match=r"adverse\.0: what has 9000"):
        import_archive(house, ME, read(bare(checkins=good, adverse=worse)), replace=True)
    assert exported(house) == before


def test_an_import_onto_a_full_disk_changes_nothing(house: House) -> None:
    """When the disk fills up during an import, Unavailable is raised and the data of before is untouched."""
    with house.engine.begin() as connection:
        checkins.add(connection, ME, CheckIn(at=NOW, note="mine"))
    before = exported(house)
    big = [{"at": "2026-03-02T08:00:00Z", "id": f"c{n}", "note": "x" * 3000} for n in range(500)]
    with house.engine.connect() as connection:
        # The pool hands the same connection out again, so the cap holds for the import.
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(Unavailable, match="no room left"):
        import_archive(house, ME, read(bare(checkins=big)), replace=True)
    assert exported(house) == before


def test_own_exercises_travel_along(house: House, tmp_path: Path) -> None:
    """The person's own exercise files are in the archive and come back; none is overwritten."""
    folder = house.data_dir / "exercises"
    folder.mkdir(parents=True)
    (folder / "my-stretch.toml").write_bytes(b'id = "my-stretch"\r\n')
    file = export_archive(house, ME, tmp_path / "all.json").path
    (folder / "my-stretch.toml").unlink()
    assert import_archive(house, ME, read_archive(file)).counts["exercise files"] == 1
    assert (folder / "my-stretch.toml").read_bytes() == b'id = "my-stretch"\r\n'
    (folder / "my-stretch.toml").write_text("changed")
    with pytest.raises(Conflict, match="is different"):
        import_archive(house, ME, read_archive(file))
    assert (folder / "my-stretch.toml").read_text() == "changed"


def test_an_export_overwrites_nothing(house: House, tmp_path: Path) -> None:
    """An existing file is not overwritten; what is written can be read by its owner alone."""
    target = tmp_path / "deep" / "all.json"
    made = export_archive(house, ME, target)
    assert made.bytes == target.stat().st_size
    assert target.stat().st_mode & 0o077 == 0
    with pytest.raises(Conflict):
        export_archive(house, ME, target)
    with pytest.raises(NotFound):
        import_archive(house, ME, read_archive(tmp_path / "nothing.json"))
    with pytest.raises(NotFound):
        export_archive(house, "nobody", tmp_path / "nobody.json")
    assert not (tmp_path / "nobody.json").exists()


def test_the_published_schema_is_the_programs() -> None:
    """docs/data/archive.schema.json has the shape that `python -m midback.app.archive` prints."""
    assert without_words(json.loads(SCHEMA_FILE.read_text("utf-8"))) == without_words(schema())


def without_words(part: Any) -> Any:
    """Return a schema without its descriptions: they explain, they promise nothing."""
    if isinstance(part, dict):
        told = isinstance(part.get("description"), str)
        return {
            key: without_words(entry) for key, entry in part.items() if not (told and key == "description")
        }
    if isinstance(part, list):
        return [without_words(entry) for entry in part]
    return part


@given(archives)
@settings(max_examples=20)
def test_every_export_fits_the_published_schema(lasting: House, archive: Archive) -> None:
    """Whatever is exported validates against the published schema."""
    validator = jsonschema_rs.validator_for(schema())
    import_archive(lasting, ME, archive, replace=True)
    validator.validate(json.loads(exported(lasting)))


def test_what_was_sensed_travels_and_an_address_does_not(house: House, tmp_path: Path) -> None:
    """Evidence comes back and is the day again; of a calendar's address nothing leaves, nor a meeting's title."""
    at = NOW - timedelta(hours=3)
    take_in(house, ME, [Evidence(at=at + timedelta(minutes=n), source="input", idle_s=1) for n in range(60)])
    busy = (BusyTime(start=NOW, end=NOW + timedelta(hours=1), title="a private title"),)
    with house.engine.begin() as connection:
        for source in ("https://example.org/private-key/basic.ics", "/home/work.ics"):
            calendar = KeptCalendar(name="Work", source=source, added_at=NOW, busy=busy)
            calendars.put(connection, ME, calendar)
    clock = house.clock
    assert isinstance(clock, SetClock)
    clock.at = NOW
    before = show_day(house, ME).bouts
    assert before
    file = export_archive(house, ME, tmp_path / "all.json").path
    assert not {word for word in ("private-key", "example.org", "private title") if word in file.read_text()}
    import_archive(house, ME, read_archive(file), replace=True)
    assert show_day(house, ME).bouts == before
    with house.engine.connect() as connection:
        assert {one.source for one in calendars.listed(connection, ME)} == {"", "/home/work.ics"}


def test_an_import_does_not_read_old_files_again(house: House) -> None:
    """What this computer's files told before an import belongs to what was replaced."""
    file = house.data_dir / "watch" / "evidence-2026-03-02.jsonl"
    file.parent.mkdir()
    line = '{"at": "2026-03-02T07:00:00Z", "source": "input", "idle_s": 1}\n'
    file.write_text(line)
    assert import_spool(house, ME).new == 1
    import_archive(house, ME, read(bare()), replace=True)
    assert import_spool(house, ME).new == 0
    file.write_text(line + line.replace("07:00", "07:01"))
    assert import_spool(house, ME).new == 1


def test_an_export_is_one_moment(house: House) -> None:
    """What is entered while an export runs is not in it, so its parts fit together."""
    pieces = export_text(house, ME)
    first = next(pieces)
    with house.engine.begin() as connection:
        checkins.add(connection, ME, CheckIn(at=NOW + timedelta(hours=1), note="late"))
    assert read(json.loads(first + "".join(pieces))).checkins == ()
