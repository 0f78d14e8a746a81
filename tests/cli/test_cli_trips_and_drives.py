"""Trips, drives, calendars and ActivityWatch from the terminal."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

Midback = Any


def track(start: datetime, minutes: int) -> str:
    """Return a track due north at 72 km/h, a point every ten seconds."""
    points = "".join(
        f'<trkpt lat="{48 + n * 0.0018:.6f}" lon="9">'
        f"<time>{(start + timedelta(seconds=10 * n)).isoformat()}</time></trkpt>"
        for n in range(minutes * 6 + 1)
    )
    head = '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
    return f"{head}<trk><trkseg>{points}</trkseg></trk></gpx>"


@pytest.fixture
def trip(home: Path) -> Path:
    """Return a recorded trip of yesterday noon."""
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    file = home / "to work.gpx"
    file.write_text(track(noon - timedelta(days=1), 30))
    return file


def test_a_trip_in_and_out_again(midback: Midback, trip: Path) -> None:
    """A file is read, listed under a short id, known the second time, and taken back by that id."""
    assert "Kept: to work.gpx" in midback("trip", "add", str(trip)).out
    assert "Known already" in midback("trip", "add", str(trip)).out
    listed = midback("trip", "list").out
    assert "36 km" in listed
    assert "30 min at the wheel" in listed
    assert midback("trip", "remove", "zz").code == 3
    assert "Taken back" in midback("trip", "remove", listed.split()[0]).out
    assert "No trip" in midback("trip", "list").out


def test_what_is_no_trip_is_one_line_of_error(midback: Midback, home: Path) -> None:
    """A file that is missing and one that is no trip each give an exit code and one line."""
    assert midback("trip", "add", str(home / "gone.gpx")).code == 8
    (home / "x.gpx").write_text("hello")
    said = midback("trip", "add", str(home / "x.gpx"))
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_setting_off_and_arriving(midback: Midback) -> None:
    """Start, arrive at once (nothing is kept), cancel, and arriving without a drive."""
    assert "Driving since" in midback("drive", "start").out
    assert "nothing is kept" in midback("drive", "arrived").out
    assert midback("drive", "arrived").code == 3
    midback("drive", "start")
    assert "Taken back" in midback("drive", "cancel").out
    assert midback("drive", "cancel").code == 3


def test_the_stops_of_a_long_drive(midback: Midback) -> None:
    """Ten hours have stops with their reasons and an arrival; a length that is none is refused."""
    midback("screen", "--none")
    said = midback("drive", "plan", "10:00", "--leave", "8:00", "--law", "eu")
    assert said.code == 0
    assert len(re.findall(r"^\d\d:\d\d", said.out, re.MULTILINE)) >= 4
    assert "You arrive about" in said.out
    assert midback("drive", "plan", "600").code == 0
    for wrong in (("x",), ("0",), ("10:00", "--law", "fr")):
        assert midback("drive", "plan", *wrong).code == 2


def test_a_calendar_is_read_listed_and_forgotten(midback: Midback, home: Path) -> None:
    """A file's busy times are counted; it is forgotten by the id the list shows."""
    start = datetime.now(UTC) + timedelta(days=1)
    file = home / "work.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        f"DTSTAMP:20260301T000000Z\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H\r\n"
        "SUMMARY:Review\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert "busy times ahead: 1" in midback("calendar", "add", str(file), "--name", "Work").out
    assert midback("calendar", "add", str(file)).code == 4
    file.unlink()
    assert "busy times ahead: 1" in midback("calendar", "refresh").out
    listed = midback("calendar", "list").out
    assert "Forgotten: Work" in midback("calendar", "remove", listed.split()[0]).out
    assert "No calendar" in midback("calendar", "list").out


def test_an_activitywatch_that_does_not_run_is_named(
    midback: Midback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody asked for another address, nobody answering means that ActivityWatch is not running here."""
    monkeypatch.setattr("midback.app.activitywatch.BASE_URL", "http://127.0.0.1:9")
    said = midback("activitywatch", "import")
    assert said.code == 8
    assert "ActivityWatch is not running on this computer." in said.err


def test_the_help_says_that_a_drive_is_planned_by_its_length(midback: Midback) -> None:
    """4:30 looks like a time of day, and is none."""
    assert "not a time of day" in midback("drive", "plan", "--help").out


def test_activitywatch_s_export(midback: Midback, home: Path) -> None:
    """An export's stretches are counted, the new ones apart; nobody at the address is said."""
    event = {
        "timestamp": (datetime.now(UTC) - timedelta(hours=3)).isoformat(),
        "duration": 600.0,
        "data": {"status": "not-afk"},
    }
    bucket = {"id": "aw-watcher-afk_desk", "type": "afkstatus", "hostname": "desk", "events": [event]}
    file = home / "export.json"
    file.write_text(json.dumps({"buckets": {"aw-watcher-afk_desk": bucket}}))
    assert "1 stretches, 1 of them new" in midback("activitywatch", "import", str(file)).out
    assert "0 of them new" in midback("activitywatch", "import", str(file)).out
    assert midback("activitywatch", "import", "--url", "http://127.0.0.1:9").code == 8


def test_changes_reach_the_background_process(midback: Midback, home: Path) -> None:
    """What is said in the terminal stands in the orders when the command ends."""
    midback("drive", "start")
    orders = json.loads((home / "data" / "watch" / "orders.json").read_text("utf-8"))
    assert orders["driving_since"] is not None
    midback("drive", "cancel")
    orders = json.loads((home / "data" / "watch" / "orders.json").read_text("utf-8"))
    assert orders["driving_since"] is None
