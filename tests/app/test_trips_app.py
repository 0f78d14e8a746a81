"""Trips and ActivityWatch's times: in once, in the day, and out again."""

import json
from datetime import datetime, timedelta

import pytest

from midback.app.activitywatch import import_export
from midback.app.clock import SetClock
from midback.app.exposures import show_day
from midback.app.house import House
from midback.app.trips import add_trip, list_trips, remove_trip
from midback.errors import InputError, NotFound
from midback.store.people import DEFAULT_PERSON as ME


@pytest.fixture
def database_url(either: str | None) -> str | None:
    """Every test here holds on SQLite and on PostgreSQL."""
    return either


def gpx(start: datetime, minutes: int, kmh: float = 72.0) -> bytes:
    """Return a track due north at one speed, a point every ten seconds."""
    step = kmh / 3.6 * 10 / 111_195
    points = "".join(
        f'<trkpt lat="{48 + n * step:.7f}" lon="9">'
        f"<time>{(start + timedelta(seconds=10 * n)).isoformat()}</time></trkpt>"
        for n in range(minutes * 6 + 1)
    )
    return (
        '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
        f"{points}</trkseg></trk></gpx>"
    ).encode()


def driven(house: House) -> float:
    """Return today's minutes of driving."""
    return show_day(house, ME).exposure.seconds["driving"] / 60


def test_a_trip_is_driving_once(house: House, clock: SetClock) -> None:
    """A recorded trip is in the day and the list; the same file again changes nothing."""
    clock.at += timedelta(hours=6)
    data = gpx(clock.at - timedelta(hours=5), 40)
    added = add_trip(house, ME, "to work.gpx", data)
    assert added.new
    assert added.trip.km == pytest.approx(48, abs=1)
    assert added.trip.driven_s / 60 == pytest.approx(40, abs=2)
    assert driven(house) == pytest.approx(40, abs=2)
    assert not add_trip(house, ME, "again.gpx", data).new
    assert [(trip.name, trip.id) for trip in list_trips(house, ME)] == [("to work.gpx", added.trip.id)]
    assert driven(house) == pytest.approx(40, abs=2)


def test_a_trip_taken_back_takes_its_evidence_along(house: House, clock: SetClock) -> None:
    """Removing one trip leaves another's driving, and what both told stays until the last of them goes."""
    clock.at += timedelta(hours=6)
    start = clock.at - timedelta(hours=5)
    first = add_trip(house, ME, "a", gpx(start, 30)).trip
    same = add_trip(house, ME, "b", gpx(start, 30) + b"<!-- exported again -->").trip
    later = add_trip(house, ME, "c", gpx(start + timedelta(hours=2), 20)).trip
    assert len(list_trips(house, ME)) == 3
    remove_trip(house, ME, first.id)
    assert driven(house) == pytest.approx(50, abs=3)
    remove_trip(house, ME, same.id)
    assert driven(house) == pytest.approx(20, abs=2)
    remove_trip(house, ME, later.id)
    assert show_day(house, ME).bouts == ()
    with pytest.raises(NotFound):
        remove_trip(house, ME, later.id)


@pytest.mark.parametrize("data", [b"", b"no trip", b"<gpx/>", b'{"type": "Point"}'])
def test_what_is_no_trip_is_refused(house: House, data: bytes) -> None:
    """A file that is none leaves nothing behind."""
    with pytest.raises(InputError):
        add_trip(house, ME, "x\n\ud800", data)
    assert list_trips(house, ME) == ()


def test_activitywatch_times_come_in_once(house: House, clock: SetClock) -> None:
    """An export is in the day; reading it twice tells nothing new."""
    clock.at += timedelta(hours=6)
    start = clock.at - timedelta(hours=4)
    export = {
        "buckets": {
            "aw-watcher-afk_desk": {
                "id": "aw-watcher-afk_desk",
                "type": "afkstatus",
                "client": "aw-watcher-afk",
                "hostname": "desk",
                "created": start.isoformat(),
                "events": [
                    {"timestamp": start.isoformat(), "duration": 3600.0, "data": {"status": "not-afk"}},
                ],
            }
        }
    }
    first = import_export(house, ME, json.dumps(export).encode())
    assert (first.pieces, first.new, first.hosts) == (1, 1, ("desk",))
    assert show_day(house, ME).exposure.seconds["sitting"] > 0
    assert import_export(house, ME, json.dumps(export).encode()).new == 0
    with pytest.raises(InputError):
        import_export(house, ME, b"{")
