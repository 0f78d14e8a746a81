"""Files and answers made to do harm are refused or bounded, each with a clear error."""

import contextlib
import gzip
import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gpxpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strange_server import page, serving

from midback.errors import InputError, MidbackError, NotFound, Unavailable
from midback.sense import activitywatch, calendars, calendars_scan, fetch, geojson, gpx, trips
from midback.sense.calendars import busy_between, fetch_calendar, read_calendar, work_out
from midback.sense.calendars_scan import scan
from midback.sense.trips import read_trip, read_trip_file

MARCH = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
POINTS = "".join(
    f'<trkpt lat="-50.{i:04}" lon="-140"><time>2026-03-02T07:{i:02}:00Z</time></trkpt>' for i in range(5)
)
TRACK = f"<gpx><trk><trkseg>{POINTS}</trkseg></trk></gpx>"
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))


def declared(dtd: str, encoding: str = "UTF-8") -> bytes:
    """Return a track with a document type in front of it."""
    return f'<?xml version="1.0" encoding="{encoding}"?>{dtd}{TRACK}'.encode(encoding)


# -- trips


@pytest.mark.parametrize(
    "data",
    [
        declared(f'<!DOCTYPE gpx [<!ENTITY l0 "ha">{LAUGHS}]>').replace(b"<gpx>", b"<gpx><name>&l9;</name>"),
        declared('<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace(b"<gpx>", b"<gpx>&x;"),
        declared('<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/gpx.dtd">'),
        declared('<!DOCTYPE gpx [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>'),
        declared("<!DOCTYPE gpx>"),
        declared("<!-- --> <!DOCTYPE gpx [<!ATTLIST gpx a CDATA 'b'>]>"),
        declared("<!DOCTYPE gpx>", "UTF-16"),
        declared("<!DOCTYPE gpx>", "ISO-8859-1"),
    ],
    ids=["laughs", "file", "dtd", "parameter", "bare", "attlist", "utf-16", "latin-1"],
)
def test_document_types_and_entities_are_refused_before_anything_is_read(data: bytes) -> None:
    """Nothing is expanded, opened or fetched; the error says what was found, in any encoding."""
    with pytest.raises(InputError, match="document type or entities"):
        read_trip("a.gpx", data)


def test_the_same_track_without_them_is_read() -> None:
    """It is the document type that is refused, not the track or the encoding."""
    for encoding in ("UTF-8", "UTF-16", "ISO-8859-1"):
        assert read_trip("a.gpx", declared("", encoding)).points == 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1000,
        b"<",
        b"<gpx>",
        TRACK.encode()[:-20],
        TRACK.encode() + b"<gpx/>",
        b"<html><body>Sign in</body></html>",
        b"<kml/>",
        b"<gpx>&undefined;</gpx>",
        b"<gpx>&#0;</gpx>",
        b'<?xml version="1.0" encoding="UTF-7"?>+ADw-+ACE-DOCTYPE gpx+AD4-' + TRACK.encode(),
        b'<?xml version="1.0" encoding="no-such"?><gpx/>',
        b'<?xml version="1.0" encoding="zlib"?><gpx/>',
        b"\xff\xfe<\0g",
        b"<gpx>" + b"<a>" * 100_000,
        b"<gpx>" + b"<a>" * 40_000 + b"</a>" * 40_000 + b"</gpx>",
        gzip.compress(TRACK.encode(), mtime=0),
        b"{",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"type": "FeatureCollection", "features": [NaN]}',
        b"[" + b"9" * 10_000 + b"]",
        b"[]",
        b"{}",
        b"[1, null, {}]",
        b'{"type": "Feature", "properties": {"coordTimes": [1, 2]}, "geometry": {"type": "LineString"}}',
    ],
    ids=lambda data: repr(data[:24]),
)
def test_what_is_no_trip_is_refused(data: bytes) -> None:
    """Empty, cut off, another format, deep, packed, broken: one error each that a person can read."""
    with pytest.raises(InputError) as refused:
        read_trip("a.gpx", data)
    assert len(str(refused.value)) < 400


def test_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    """A file is looked at no further than the largest that is allowed."""
    large = tmp_path / "large.gpx"
    with large.open("wb") as file:
        file.write(b"<gpx>")
        file.truncate(2**30)
    with pytest.raises(InputError, match="larger than 32 MB"):
        read_trip_file(large)
    with pytest.raises(InputError, match="larger than 16 MB"):
        calendars.read_calendar_file(large)


def test_points_elements_and_attributes_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them stops the reading where it passes its bound."""
    with pytest.raises(InputError, match="more than 200000 points"):
        read_trip("a.gpx", b"<gpx><trk><trkseg>" + b'<trkpt lat="1" lon="1"/>' * (gpx.MOST_POINTS + 1))
    with pytest.raises(InputError, match="more than 200000 points"):
        read_trip("a.json", b"[" + b"[]," * geojson.MOST_BRACKETS)
    monkeypatch.setattr(gpx, "MOST_ELEMENTS", 1000)
    with pytest.raises(InputError, match="more than 1000 elements"):
        read_trip("a.gpx", b"<gpx>" + b"<a/>" * 1000)
    many = " ".join(f'a{i}=""' for i in range(1000)).encode()
    with pytest.raises(InputError, match="more than 1000 elements"):
        read_trip("a.gpx", b"<gpx " + many + b"/>")
    monkeypatch.setattr(geojson, "MOST_POINTS", 3)
    features = b'{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [1, 2, 3, 4]}}'
    with pytest.raises(InputError, match="more than 3 points"):
        read_trip("a.json", features)


def test_gpxpy_sees_track_points_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Namespaces, names, extensions, comments, instructions: what any XML library might act on stays outside."""
    seen: list[str] = []
    parse = gpxpy.parse
    monkeypatch.setattr(gpxpy, "parse", lambda text: seen.append(text) or parse(text))
    noise = (
        '<?do something?><!-- http://127.0.0.1 --><name>http://127.0.0.1</name><x:i xmlns:x="http://127.0.0.1/x" '
        'xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></x:i><![CDATA[<!DOCTYPE]]>'
    )
    told = read_trip(
        "a.gpx", TRACK.replace("<trkseg>", noise + "<trkseg>").replace("<time>", noise + "<time>").encode()
    )
    assert told.points == 5
    assert seen == [f'<gpx version="1.1"><trk><trkseg>{POINTS}</trkseg></trk></gpx>']


def test_text_that_makes_patterns_search_forever_is_nothing_special() -> None:
    """A million beginnings of a namespace, in a name and in attributes' values, are read like any text."""
    trap = " xmlns" * 500_000
    assert read_trip("a.gpx", TRACK.replace("<trkseg>", f"<name>{trap}</name><trkseg>").encode()).points == 5
    assert read_trip("a.gpx", TRACK.replace("<trkseg>", f'<a b="{trap}"/><trkseg>').encode()).points == 5


@pytest.mark.parametrize(
    "place", ["nan", "inf", "1e400", "91", "", "1,5", "--1", "1" * 100, "&lt;!DOCTYPE&gt;"]
)
def test_places_that_cannot_be_are_left_out(place: str) -> None:
    """Each of them costs its own point, which is counted."""
    odd = f'<trkpt lat="{place}" lon="1"><time>2026-03-02T07:02:30Z</time></trkpt>'
    told = read_trip("a.gpx", TRACK.replace("</trkseg>", odd + "</trkseg>").encode())
    assert (told.points, len(told.evidence)) == (5, 4)
    assert told.notes[0].said() == "Points left out because they had no usable time or place: 1."


@pytest.mark.parametrize("year", ["0001", "1970", "9999"])
def test_years_before_and_after_all_trips_are_refused(year: str) -> None:
    """One such point is left out; where all are, the error says which years are read."""
    with pytest.raises(InputError, match="Years from 2000 to 2200"):
        read_trip("a.gpx", TRACK.replace("2026-", f"{year}-").encode())
    told = read_trip("a.gpx", TRACK.replace("2026-", f"{year}-", 1).encode())
    assert (told.points, told.start.year) == (4, 2026)


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 400, "true", "null", '"1"', "{}", "1e300"])
def test_numbers_that_cannot_be_are_left_out_of_geojson(number: str) -> None:
    """In a place and in a time: the point is counted, the others are read."""
    line = (
        '{"type": "Feature", "properties": {"times": [1772434800, 1772434860, %s]}, '
        '"geometry": {"type": "LineString", "coordinates": [[0, 1], [0, 1.001], %s]}}'
    )
    for text in (line % (number, "[0, 1.002]"), line % ("1772434920", f"[{number}, 1.002]")):
        told = read_trip("a.json", text.encode())
        assert told.points == 2
        assert told.notes[0].said() == "Points left out because they had no usable time or place: 1."


@settings(max_examples=200)
@given(st.binary(max_size=200), st.integers(0, len(TRACK)), st.integers(0, 30))
def test_any_bytes_anywhere_in_a_track_are_read_or_refused(junk: bytes, at: int, cut: int) -> None:
    """Nothing but our own error comes out."""
    data = TRACK.encode()
    with contextlib.suppress(InputError):
        read_trip("a.gpx", data[:at] + junk + data[at + cut :])


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=5)
    | st.just("2026-03-02T07:00:00Z"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "features", "geometry", "properties", "coordinates", "coordTimes", "times", "time"]
            ),
            inner
            | st.sampled_from(["Feature", "FeatureCollection", "LineString", "MultiLineString", "Point"]),
            max_size=4,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=200)
@given(json_values)
def test_any_json_is_a_trip_or_refused(value: Any) -> None:
    """Nothing but our own error comes out."""
    import json

    with contextlib.suppress(InputError):
        read_trip("a.json", json.dumps(value).encode())
    with contextlib.suppress(InputError, NotFound):
        activitywatch.read_export(json.dumps({"buckets": {"a": value}}).encode())


# -- calendars


def event(*lines: str, uid: str = "1") -> str:
    """Return one event."""
    return "".join(f"{line}\r\n" for line in ("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"))


def calendar(*parts: str) -> bytes:
    """Return a calendar."""
    return f"BEGIN:VCALENDAR\r\n{''.join(parts)}END:VCALENDAR\r\n".encode()


NINE = ("DTSTART:20260302T090000Z", "DTEND:20260302T100000Z")
MEETING = event(*NINE, uid="good")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=5",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=99999999999",
        "FREQ=DAILY;UNTIL=20261399",
        f"FREQ=DAILY;BYSECOND={','.join(map(str, range(60)))}",
        f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}",
        "COUNT=5",
        "",
        "FREQ=DAILY;" + "BYDAY=MO;" * 1000,
    ],
    ids=lambda rule: rule[:40],
)
def test_rules_that_repeat_without_measure_are_left_out_and_counted(rule: str) -> None:
    """The event is not worked out; the one beside it is."""
    read = read_calendar(calendar(event(*NINE, f"RRULE:{rule}"), MEETING))
    assert [note.said() for note in read.notes] == [
        "Events left out because they repeat many times a day, or by a rule that cannot be: 1."
    ]
    assert len(busy_between(read, *MARCH)) == 1


def test_a_rule_that_never_happens_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty-first Februaries are looked for until year 9999; the process that looks is ended, and that is said."""
    monkeypatch.setattr(calendars, "EXPAND_S", 1.0)
    never = (event(*NINE, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", uid=str(i)) for i in range(200))
    with pytest.raises(InputError, match="still not worked out"):
        busy_between(read_calendar(calendar(*never)), *MARCH)


def test_zones_that_repeat_without_measure_do_no_harm() -> None:
    """A time zone's own rules can ask for endless work too; the meeting in another zone is there."""
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Bomb\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    odd = event("DTSTART;TZID=Bomb:20260316T090000", "DURATION:PT1H")
    found = busy_between(read_calendar(calendar(zone, odd, MEETING)), *MARCH)
    assert datetime(2026, 3, 2, 9, tzinfo=UTC) in [one.start for one in found]


def test_more_occurrences_than_anybody_has_are_refused() -> None:
    """Twenty daily events are fine; hundreds of them are not worked out into a list."""
    daily = [event(*NINE, "RRULE:FREQ=DAILY", uid=str(i)) for i in range(700)]
    assert len(busy_between(read_calendar(calendar(*daily[:20])), *MARCH)) == 30
    with pytest.raises(InputError, match="repeat too often"):
        busy_between(read_calendar(calendar(*daily)), *MARCH)


def test_a_hundred_thousand_events_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the file, and in the days asked for; twenty thousand old ones are read, and cost the answer nothing."""
    lines = "BEGIN:VEVENT\r\n{}\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
    with pytest.raises(InputError, match="more than 50000 events"):
        read_calendar(calendar(lines.format(NINE[0]) * 100_000))
    old = lines.format("DTSTART:20100302T090000Z") * 20_000
    assert len(busy_between(read_calendar(calendar(old, MEETING)), *MARCH)) == 1
    monkeypatch.setattr(calendars, "MOST_AT_ONCE", 10)
    with pytest.raises(InputError, match="11 events repeat"):
        busy_between(read_calendar(calendar(lines.format(NINE[0]) * 11)), *MARCH)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"BEGIN:VCALENDAR",
        b"<html>BEGIN:VCALENDAR</html>",
        b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        calendar(MEETING)[:-20],
        calendar(MEETING) + b"END:VCALENDAR\r\n",
        calendar("BEGIN:VEVENT\r\nEND:VTODO\r\n"),
        calendar("BEGIN:VEVENT\r\n" * 100_000),
        b"BEGIN:VCALENDAR\r\n" * 2,
        b"\x1f\x8b" + calendar(MEETING),
        calendar("BEGIN:VTIMEZONE\r\n" + "X:" + "y" * 60_000 + "\r\n" + "X:1\r\n" * 100_000),
        calendar("X:1\r\n" * (calendars_scan.MOST_LINES + 1)),
    ],
    ids=lambda data: repr(data[:30]),
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    """Other files, cut off, nested without end, endless: one error each."""
    with pytest.raises(InputError) as refused:
        read_calendar(data)
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize("fold", ["", "\r\n "])
@pytest.mark.parametrize("name", ["DESCRIPTION", "SUMMARY", "X-JUNK", "EXDATE"])
def test_megabyte_lines_are_cut_or_cost_their_event(name: str, fold: str) -> None:
    """In one piece or folded into many; the meeting beside it is read."""
    long = fold.join(["x" * 70] * 40_000)
    read = read_calendar(
        calendar(event(*NINE, f"{name}:{long}"), event("DTSTART:20260303T090000Z", "DURATION:PT1H", uid="2"))
    )
    assert max(len(kept.text) for kept in read.kept) < 1000
    assert len(busy_between(read, *MARCH)) == (1 if name == "EXDATE" else 2)


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART;TZID=../../../../etc/passwd:20260302T090000", "DURATION:PT1H"),
        ("DTSTART:20260302T090000Z", "DURATION:P99999999999W"),
        ("DTSTART:20260302T090000Z", "DTEND:99991231T235959Z"),
        ("DTSTART:20260332T990000Z", "DURATION:PT1H"),
        ("DTSTART:00010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"),
        (*NINE, "RRULE:FREQ=WEEKLY;BYDAY=XX"),
        (*NINE, "RRULE:FREQ=WEEKLY", "EXDATE:never"),
        (*NINE, "RECURRENCE-ID:garbage"),
        (*NINE, "SEQUENCE:many"),
        (*NINE, "DTSTART:20260303T090000Z", "UID:again", "DURATION:PT5H"),
        ("DTSTART;VALUE=DATE:20260302", "DTEND:20260302T100000Z", "RRULE:FREQ=DAILY;COUNT=2"),
        ("DTSTART\x00;\x0b=:20260302T090000Z",),
        ("SUMMARY:x\x85END:VEVENT\x0cEND:VCALENDAR", *NINE),
    ],
    ids=lambda lines: repr(lines)[-50:],
)
def test_an_event_that_cannot_be_costs_itself_alone(lines: tuple[str, ...]) -> None:
    """The meeting a week later is there whatever stands beside it."""
    later = event("DTSTART:20260309T090000Z", "DTEND:20260309T100000Z", uid="later")
    found = busy_between(
        read_calendar(calendar(event(*lines), later)), datetime(2026, 3, 9, tzinfo=UTC), MARCH[1]
    )
    assert (datetime(2026, 3, 9, 9, tzinfo=UTC), datetime(2026, 3, 9, 10, tzinfo=UTC)) in [
        (one.start, one.end) for one in found
    ]


def test_what_could_not_be_worked_out_is_counted() -> None:
    """An event to the end of time is left out, and the person can be told."""
    read = read_calendar(calendar(event(NINE[0], "DTEND:99991231T235959Z"), event(*NINE, uid="2")))
    told = work_out(read, *MARCH)
    assert len(told.busy) == 1
    assert [note.said() for note in told.notes] == [
        "Events left out because their times contradict each other: 1."
    ]


@settings(max_examples=200)
@given(st.binary(max_size=100), st.integers(0, 200), st.integers(0, 30))
def test_any_bytes_anywhere_in_a_calendar_are_read_or_refused(junk: bytes, at: int, cut: int) -> None:
    """Nothing but our own error comes out."""
    data = calendar(event(*NINE, "RRULE:FREQ=WEEKLY", "SUMMARY:x"), MEETING)
    with contextlib.suppress(InputError):
        scan(data[:at] + junk + data[at + cut :], frozenset())


# -- answers from the network


def ask(address: str, **how: Any) -> bytes:
    """Fetch with small bounds."""
    return fetch.fetch(fetch.read_address(address), **{"most_bytes": 100_000, "seconds": 5.0, **how})


def test_a_calendar_is_fetched_as_it_is() -> None:
    """The bytes come back; a name and password of the address go with the question, and into no message."""
    seen = {}

    def answer(path: str, headers: dict[str, str], line: socket.socket) -> None:
        seen[path] = headers
        line.sendall(page(calendar(MEETING)))

    with serving(answer) as address:
        assert fetch_calendar(address.replace("http://", "webcal://") + "/a/b.ics?key=1") == calendar(MEETING)
        fetch_calendar(address.replace("//", "//me:geheim@") + "/c")
    assert seen["/a/b.ics?key=1"]["user-agent"] == "midback"
    assert seen["/c"]["authorization"] == "Basic bWU6Z2VoZWlt"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a.ics",
        "javascript:alert(1)",
        "data:text/calendar,BEGIN",
        "/etc/passwd",
        "http://",
        "http://[::1",
        "http://example.org:99999/",
        "http://example.org/\r\nX: 1",
        "http://example.org/a b",
        "",
        "https://" + "a" * 5000,
    ],
)
def test_only_web_addresses_are_fetched(url: str) -> None:
    """Files, scripts, broken and endless addresses are refused before anything is opened."""
    with pytest.raises(InputError):
        fetch_calendar(url)


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Any:
    """Return an answer that never ends."""

    def answer(_: str, __: dict[str, str], line: socket.socket) -> None:
        line.sendall(head)
        while True:
            line.sendall(piece)
            time.sleep(pause)

    return answer


OK = b"HTTP/1.1 200 OK\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        endless(OK, b"x" * 65536),
        endless(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n"
        ),
    ],
    ids=["plain", "chunked"],
)
def test_an_endless_body_is_cut_off(answer: Any) -> None:
    """Reading stops at the bound."""
    with serving(answer) as address, pytest.raises(InputError, match="is larger than"):
        ask(address)


@pytest.mark.parametrize(
    "answer",
    [
        endless(OK, b"x", 0.05),
        endless(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.05),
        endless(b"HTTP/1.1 ", b"2", 0.05),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
        lambda *_: time.sleep(1.5),
    ],
    ids=["body", "header", "status", "continue", "silent"],
)
def test_a_slow_drip_is_ended(answer: Any) -> None:
    """Whatever drips, the whole look at an address has an end."""
    with serving(answer) as address, pytest.raises(Unavailable):
        ask(address, seconds=0.5)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"", Unavailable),
        (b"SSH-2.0-x\r\n", Unavailable),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000 + b"\r\n", Unavailable),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n", Unavailable),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", Unavailable),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", Unavailable),
        (page(b"x", "500 Oh"), Unavailable),
        (page(b"x", "403 No"), Unavailable),
        (page(b"x", "404 No"), NotFound),
        (page(b"x", "200 OK", "Content-Encoding: gzip"), InputError),
        (page(b"", "302 Found"), InputError),
        (page(b"", "302 Found", "Location: file:///etc/passwd"), InputError),
        (page(b"", "302 Found", "Location: /again"), InputError),
        (page(b"", "302 Found", "Location: http://169.254.169.254/"), InputError),
        (page(b"", "302 Found", "Location: http://192.168.0.1/"), InputError),
    ],
    ids=lambda said: repr(said)[2:50],
)
def test_strange_answers_have_one_clear_error(answer: bytes, kind: type[MidbackError]) -> None:
    """Other protocols, broken framing, refusals, redirects in circles and into the network."""
    with serving(lambda *said: said[2].sendall(answer)) as address:
        with pytest.raises(kind) as refused:
            ask(address + "/secret-key")
        assert "secret-key" not in str(refused.value)


def test_a_redirect_is_followed_and_loses_the_password_elsewhere() -> None:
    """To another port of the same machine the address is followed, without the name and the password."""
    seen: dict[str, dict[str, str]] = {}

    def last(path: str, headers: dict[str, str], line: socket.socket) -> None:
        seen[path] = headers
        line.sendall(page(b"here"))

    with serving(last) as there:

        def first(path: str, headers: dict[str, str], line: socket.socket) -> None:
            seen[path] = headers
            line.sendall(page(b"", "302 Found", f"Location: {there}/there"))

        with serving(first) as address:
            assert ask(address.replace("//", "//me:geheim@") + "/start") == b"here"
    assert "authorization" in seen["/start"]
    assert "authorization" not in seen["/there"]


def test_an_address_never_falls_back_from_https_nor_from_the_net_into_this_machine() -> None:
    """Where a redirect may lead is decided before it is asked."""
    outside = fetch.read_address("https://example.org/a")
    assert fetch._follow(outside, "https://example.net/b").host == "example.net"
    for location in (
        "http://example.org/a",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://10.0.0.1/",
    ):
        with pytest.raises(InputError):
            fetch._follow(outside, location)


def test_a_name_that_leads_into_this_network_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect may hide a machine of this network behind a name: its address is looked at once it is known."""
    asked: list[str] = []
    connect = socket.create_connection

    def connected(where: tuple[str, int], *rest: object, **more: object) -> socket.socket:
        return connect(("127.0.0.1", where[1]), *rest, **more)  # type: ignore[arg-type]

    def inside(path: str, _headers: dict[str, str], line: socket.socket) -> None:
        asked.append(path)
        line.sendall(page(b"here"))

    with serving(inside) as there:
        hidden = there.replace("127.0.0.1", "printer.example")
        with serving(
            lambda *said: said[2].sendall(page(b"", "302 Found", f"Location: {hidden}/a"))
        ) as address:
            monkeypatch.setattr(socket, "create_connection", connected)
            with pytest.raises(InputError, match="inside this network"):
                ask(address)
            assert ask(hidden) == b"here", "what the person names may lie there"
    assert asked == ["/"]


def test_activitywatch_follows_no_redirect_and_keeps_nothing_of_a_bad_answer() -> None:
    """A redirect off this machine, HTML, and a second page that cannot be: an error, and no evidence."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    for body in (
        page(b"", "302 Found", "Location: http://example.org/"),
        page(b"<html>Sign in</html>"),
        page(b"[" * 100_000),
    ):
        with serving(lambda *said, body=body: said[2].sendall(body)) as address, pytest.raises(InputError):
            activitywatch.fetch_since(address, start, start)


def test_messages_name_no_secret() -> None:
    """Whatever goes wrong, an address is shown by its host alone."""
    parts = fetch.read_address("https://me:geheim@example.org/geheim.ics?key=geheim")
    assert "geheim" not in repr(parts)
    assert trips.LARGEST_BYTES == 32 * 2**20
