"""A trip's file becomes speeds: right ones, with nothing of where it was."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.body.evidence import Evidence, read_line, write_line
from midback.errors import InputError, NotFound
from midback.sense.speed import EARTH_RADIUS_KM, HOLE_S, STANDING_KMH, Fix, distance_km, measure
from midback.sense.trips import Trip, read_trip, read_trip_file

FIXTURES = Path(__file__).parent / "fixtures"
START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
KM_A_DEGREE = EARTH_RADIUS_KM * radians(1)

Point = tuple[float, float]  # seconds from the start, kilometres to the north


def leg(minutes: float, kmh: float, *, after: Point = (0, 0), every: float = 5) -> list[Point]:
    """Return points of a drive to the north at one speed."""
    count = round(minutes * 60 / every)
    return [(after[0] + i * every, after[1] + kmh * i * every / 3600) for i in range(1, count + 1)]


def fixes(points: Iterable[Point]) -> list[Fix]:
    """Return points as positions far from anywhere."""
    return [Fix(START + timedelta(seconds=s), -50 + km / KM_A_DEGREE, -140.0) for s, km in points]


def gpx(*segments: Iterable[Point], time: str = "<time>{}</time>") -> bytes:
    """Return a GPX file with one segment for each list of points."""
    body = ""
    for segment in segments:
        rows = (
            f'<trkpt lat="{fix.latitude:.7f}" lon="{fix.longitude:.7f}"><ele>3</ele>'
            + time.format(fix.at.isoformat().replace("+00:00", "Z"))
            + "</trkpt>\n"
            for fix in fixes(segment)
        )
        body += f"<trkseg>{''.join(rows)}</trkseg>"
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
    )
    return f"{head}<trk>{body}</trk></gpx>".encode()


def minutes_at(trip: Trip, low: float, high: float) -> float:
    """Return the minutes with a speed from ``low`` to below ``high``."""
    return sum(
        (one.until - one.at).total_seconds() / 60
        for one in trip.evidence
        if one.until is not None and one.speed_kmh is not None and low <= one.speed_kmh < high
    )


def told(trip: Trip) -> str:
    """Return the notes as one text."""
    return " ".join(note.said(str) for note in trip.notes)


def test_a_drive_with_a_stop_has_its_speeds_its_length_and_its_stop() -> None:
    """Thirty minutes at 60, ten standing, thirty at 90: the speeds, 75 km and a stop of speed 0."""
    first = leg(30, 60)
    stop = leg(10, 0, after=first[-1])
    trip = read_trip("a.gpx", gpx([(0, 0), *first, *stop, *leg(30, 90, after=stop[-1])]))
    assert minutes_at(trip, 59, 61) == pytest.approx(30, abs=1.1)
    assert minutes_at(trip, 0, 0.1) == pytest.approx(10, abs=1.1)
    assert minutes_at(trip, 89, 91) == pytest.approx(30, abs=1.1)
    assert trip.km == pytest.approx(75, abs=0.1)
    assert (trip.start, trip.end) == (START, START + timedelta(minutes=70))
    assert trip.points == 1 + 70 * 12
    assert trip.notes == ()


def test_stretches_are_about_a_minute_and_follow_each_other() -> None:
    """Seventy minutes are about seventy stretches without a hole."""
    trip = read_trip("a.gpx", gpx([(0, 0), *leg(70, 50, every=1)]))
    assert 60 <= len(trip.evidence) <= 70
    assert all(one.until == two.at for one, two in pairwise(trip.evidence))


def test_no_position_leaves() -> None:
    """Every line that leaves holds a time, an end, a source and a speed, and no coordinate."""
    trip = read_trip("a.gpx", gpx([(0, 0), *leg(5, 50)]))
    for one in trip.evidence:
        line = write_line(one)
        assert set(json.loads(line)) == {"at", "until", "source", "speed_kmh"}
        assert read_line(line) == one
        assert "-50." not in line
        assert "-140" not in line
    assert not any("-140" in str(getattr(trip, name)) for name in ("notes", "km", "points"))


def test_a_receiver_that_stands_still_does_not_drive() -> None:
    """A metre or three of wandering every second is standing."""
    wander = [0.0, 0.003, -0.001, 0.002, -0.003]
    trip = read_trip("a.gpx", gpx([(i, wander[i * 7 % 5]) for i in range(600)]))
    assert {one.speed_kmh for one in trip.evidence} == {0.0}
    assert trip.km == 0


@pytest.mark.parametrize("at", [0, 100, 359])
@pytest.mark.parametrize("length", [1, 4])
def test_a_jump_of_the_receiver_is_left_out(at: int, length: int) -> None:
    """A few positions 40 km away, at the start, in the middle, at the end, change no speed and are counted."""
    points = leg(30, 60)
    for i in range(at, min(at + length, len(points))):
        points[i] = (points[i][0], points[i][1] + 40)
    trip = read_trip("a.gpx", gpx(points))
    assert minutes_at(trip, 61, 1000) == 0
    assert minutes_at(trip, 59, 61) == pytest.approx(30, abs=1.5)
    assert "nothing on the ground is that fast" in told(trip)


def test_a_pause_of_the_recording_is_not_driving() -> None:
    """Half an hour without a point is a hole: nobody knows whether it was a meal or a tunnel."""
    first = leg(20, 80)
    second = leg(20, 80, after=(first[-1][0] + 1800, first[-1][1] + 20))
    trip = read_trip("a.gpx", gpx(first, second))
    gaps = [(one.until, two.at) for one, two in pairwise(trip.evidence) if one.until != two.at]
    assert [(two - one).total_seconds() for one, two in gaps if one is not None] == [pytest.approx(1805)]
    assert trip.km == pytest.approx(53.1, abs=0.5)
    assert "Pauses of the recording, of which nothing is known: 1." in told(trip)


def test_sparse_points_are_enough() -> None:
    """A logger that writes a point every two minutes gives the same speed."""
    trip = read_trip("a.gpx", gpx([(0, 0), *leg(60, 72, every=120)]))
    assert {one.speed_kmh for one in trip.evidence} == {72.0}


def test_order_duplicates_and_doubled_tracks_do_not_matter() -> None:
    """Points in any order, twice, and the same track again in another part give the same evidence."""
    points = [(0.0, 0.0), *leg(20, 60)]
    plain = read_trip("a.gpx", gpx(points))
    assert read_trip("a.gpx", gpx(points[::-1])).evidence == plain.evidence
    assert read_trip("a.gpx", gpx([p for p in points for _ in (1, 2)])).evidence == plain.evidence
    assert read_trip("a.gpx", gpx(points, points)).evidence == plain.evidence
    assert read_trip("a.gpx", gpx(points[100:], points[:100])).evidence == plain.evidence
    assert "put into order" in told(read_trip("a.gpx", gpx(points[::-1])))


def test_a_point_without_a_time_is_left_out_and_a_file_without_times_is_refused() -> None:
    """One point without a time is a note; none with one is an error that says so."""
    lone = b'<trkpt lat="1" lon="1"></trkpt></trkseg>'
    trip = read_trip("a.gpx", gpx([(0, 0), *leg(5, 60)]).replace(b"</trkseg>", lone))
    assert "no usable time or place: 1." in told(trip)
    with pytest.raises(InputError, match="have no <time>"):
        read_trip("a.gpx", gpx([(0, 0), *leg(5, 60)], time=""))


def test_times_with_offsets_and_without() -> None:
    """GPX times are UTC unless they say otherwise; fractions of seconds are read."""
    points = [(0.0, 0.0), *leg(5, 60)]
    plain = read_trip("a.gpx", gpx(points)).evidence
    assert read_trip("a.gpx", gpx(points).replace(b"Z</time>", b"</time>")).evidence == plain
    assert read_trip("a.gpx", gpx(points).replace(b"Z</time>", b".000Z</time>")).evidence == plain
    berlin = gpx(points).replace(b"T07:", b"T08:").replace(b"Z</time>", b"+01:00</time>")
    assert read_trip("a.gpx", berlin).evidence == plain


def test_a_file_of_two_days_two_tracks_and_foreign_elements() -> None:
    """A recorder's own elements, prefixes, comments, waypoints and names change nothing."""
    trip = read_trip_file(FIXTURES / "two_tracks.gpx")
    assert [one.speed_kmh for one in trip.evidence] == pytest.approx([40.0, 40.0, 100.0], abs=0.3)
    assert trip.start == datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
    assert trip.end == datetime(2026, 3, 3, 17, 1, tzinfo=UTC)


# -- GeoJSON


def feature(points: list[Point], where: str, form: str) -> dict[str, Any]:
    """Return a line with its times, in one of the places and forms that programs use."""
    line = fixes(points)
    forms = {
        "iso": [fix.at.isoformat() for fix in line],
        "ms": [round(fix.at.timestamp() * 1000) for fix in line],
        "s": [fix.at.timestamp() for fix in line],
        "digits": [str(round(fix.at.timestamp() * 1000)) for fix in line],
    }
    times: Any = forms[form]
    properties = {"coordinateProperties": {"times": times}} if where == "nested" else {where: times}
    coordinates = [[fix.longitude, fix.latitude, 12.5] for fix in line]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "LineString", "coordinates": coordinates},
    }


@pytest.mark.parametrize("where", ["coordTimes", "nested", "times"])
@pytest.mark.parametrize("form", ["iso", "ms", "s", "digits"])
def test_geojson_says_what_gpx_says(where: str, form: str) -> None:
    """The same drive as GeoJSON gives the same evidence, wherever its times stand."""
    points = [(0.0, 0.0), *leg(20, 60)]
    plain = read_trip("a.gpx", gpx(points))
    one = feature(points, where, form)
    for said in (one, {"type": "FeatureCollection", "features": [one]}):
        trip = read_trip("a.geojson", json.dumps(said).encode())
        assert [e.at for e in trip.evidence] == [e.at for e in plain.evidence]
        assert [e.speed_kmh for e in trip.evidence] == pytest.approx(
            [e.speed_kmh for e in plain.evidence], abs=0.1
        )


@pytest.mark.parametrize("key", ["time", "timestamp"])
def test_points_of_a_collection_are_a_trip(key: str) -> None:
    """Single points with times are put in order and measured."""
    points = [(0.0, 0.0), *leg(20, 60)]
    features = [
        {
            "type": "Feature",
            "properties": {key: fix.at.isoformat()},
            "geometry": {"type": "Point", "coordinates": [fix.longitude, fix.latitude]},
        }
        for fix in fixes(points)
    ]
    said = {"type": "FeatureCollection", "features": features[::-1]}
    trip = read_trip("a.json", json.dumps(said).encode())
    assert {one.speed_kmh for one in trip.evidence} == {60.0}
    assert trip.km == pytest.approx(20, abs=0.1)


def test_several_lines_each_have_their_times() -> None:
    """A MultiLineString's times are lists as its coordinates are."""
    first = [(0.0, 0.0), *leg(10, 60)]
    second = leg(10, 30, after=(first[-1][0] + 3600, 0))
    parts = [feature(first, "coordTimes", "iso"), feature(second, "coordTimes", "iso")]
    said = {
        "type": "Feature",
        "properties": {"coordTimes": [part["properties"]["coordTimes"] for part in parts]},
        "geometry": {
            "type": "MultiLineString",
            "coordinates": [part["geometry"]["coordinates"] for part in parts],
        },
    }
    trip = read_trip("a.geojson", json.dumps(said).encode())
    assert minutes_at(trip, 59, 61) == pytest.approx(10, abs=1.1)
    assert minutes_at(trip, 29, 31) == pytest.approx(10, abs=1.1)


def test_times_without_an_offset_are_read_as_utc_and_that_is_said() -> None:
    """GeoJSON does not say what such times mean, so the person is told how they were read."""
    said = feature([(0.0, 0.0), *leg(5, 60)], "coordTimes", "iso")
    said["properties"]["coordTimes"] = [at.removesuffix("+00:00") for at in said["properties"]["coordTimes"]]
    trip = read_trip("a.geojson", json.dumps(said).encode())
    assert trip.start == START
    assert "read as UTC" in told(trip)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "no lines or points"),
        ({"type": "FeatureCollection", "features": []}, "no lines or points"),
        (feature([(0, 0), (5, 1)], "nothing", "iso"), "have no times"),
    ],
)
def test_geojson_without_times_is_refused(said: dict[str, Any], why: str) -> None:
    """The error says what is missing."""
    with pytest.raises(InputError, match=why):
        read_trip("a.geojson", json.dumps(said).encode())


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    """The name is said, not the whole path."""
    with pytest.raises(NotFound, match=r"gone\.gpx") as said:
        read_trip_file(tmp_path / "gone.gpx")
    assert str(tmp_path) not in str(said.value)


# -- laws


def test_distances_are_those_of_the_sphere() -> None:
    """A degree is 111.19 km to the north, and its cosine to the east, over the date line too."""
    assert distance_km(Fix(START, 0, 0), Fix(START, 1, 0)) == pytest.approx(111.195, abs=0.001)
    east = distance_km(Fix(START, 60, 179.5), Fix(START, 60, -179.5))
    assert east == pytest.approx(111.195 * cos(radians(60)), abs=0.01)
    assert distance_km(Fix(START, 0, 0), Fix(START, 0, 180)) == pytest.approx(20015.1, abs=0.1)


places = st.builds(
    Fix,
    st.integers(0, 20_000).map(lambda s: START + timedelta(seconds=s)),
    st.floats(-50.2, -49.8),
    st.floats(-140.2, -139.8),
)


@settings(max_examples=150)
@given(st.lists(st.lists(places, max_size=25), max_size=4))
def test_stretches_never_overlap_and_stay_within_the_fixes(parts: list[list[Fix]]) -> None:
    """Whatever a receiver writes: positive stretches, in order, from the first fix to the last, of ground speed."""
    speeds = measure(parts)
    every = sorted(fix.at for part in parts for fix in part)
    assert all(
        isinstance(one, Evidence) and one.until is not None and one.at < one.until for one in speeds.evidence
    )
    assert all(one.until is not None and one.until <= two.at for one, two in pairwise(speeds.evidence))
    if speeds.evidence:
        assert every[0] <= speeds.evidence[0].at
        assert max(one.until for one in speeds.evidence if one.until is not None) <= every[-1]
    assert all(
        one.speed_kmh == 0 or one.speed_kmh >= STANDING_KMH
        for one in speeds.evidence
        if one.speed_kmh is not None
    )
    for one in speeds.evidence:
        assert one.until is not None
        assert (one.until - one.at).total_seconds() < HOLE_S + 120
        read_line(write_line(one))


@given(
    st.lists(places, min_size=2, max_size=40, unique_by=lambda fix: fix.at), st.randoms(use_true_random=False)
)
def test_the_order_of_points_does_not_matter(line: list[Fix], random: Any) -> None:
    """A shuffled file gives the same evidence."""
    shuffled = line[:]
    random.shuffle(shuffled)
    assert measure([shuffled]).evidence == measure([line]).evidence
