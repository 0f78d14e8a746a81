"""What ActivityWatch tells is read whole or not at all, from its export and from a running server."""

import contextlib
import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from strange_server import page, serving

from midback.body.evidence import Evidence, read_line, write_line
from midback.errors import InputError, NotFound, Unavailable
from midback.sense import activitywatch
from midback.sense.activitywatch import fetch_since, read_export
from midback.sense.idle.activitywatch import ActivityWatchIdle

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
BUCKET = "aw-watcher-afk_desk"


def told(minute: float, minutes: float, status: str = "not-afk") -> dict[str, Any]:
    """Return an event as ActivityWatch writes it."""
    at = START + timedelta(minutes=minute)
    return {"timestamp": at.isoformat(), "duration": minutes * 60, "data": {"status": status}}


def export(*events: Any, bucket: str = BUCKET, kind: str = "afkstatus", host: str = "desk") -> bytes:
    """Return an export of one bucket beside one of another kind."""
    about = {"id": bucket, "type": kind, "hostname": host, "client": "aw-watcher-afk", "events": list(events)}
    window = {
        "id": "w",
        "type": "currentwindow",
        "hostname": host,
        "events": [{"data": {"title": "private"}}],
    }
    return json.dumps({"buckets": {bucket: about, "aw-watcher-window_desk": window}}).encode()


def test_an_export_becomes_evidence_of_its_machine() -> None:
    """Events come out in order, with their ends, and the other buckets' private titles do not."""
    found = read_export(export(told(13, 7, "afk"), told(0, 12.9)))
    assert found.evidence == (
        Evidence(
            at=START,
            until=START + timedelta(minutes=12.9),
            source="activitywatch",
            status="not-afk",
            host="desk",
        ),
        Evidence(
            at=START + timedelta(minutes=13),
            until=START + timedelta(minutes=20),
            source="activitywatch",
            status="afk",
            host="desk",
        ),
    )
    assert found.hosts == ("desk",)
    assert "private" not in repr(found)
    assert [read_line(write_line(one)) for one in found.evidence] == list(found.evidence)


def test_of_two_events_with_one_start_the_longer_counts() -> None:
    """An event that grew is told again; both orders give the longer one, and moments without length are none."""
    short, long, none = told(0, 5), told(0, 9), told(20, 0)
    for events in ([short, long, none], [none, long, short]):
        (one,) = read_export(export(*events)).evidence
        assert one.until == START + timedelta(minutes=9)


def test_a_machine_without_a_name_is_called_by_its_bucket() -> None:
    """Older watchers write "unknown"."""
    assert read_export(export(told(0, 5), host="unknown")).hosts == ("desk",)


def test_what_is_neither_away_nor_active_is_left_out_and_said() -> None:
    """A word nobody knows is not guessed at."""
    found = read_export(export(told(0, 5), told(6, 5, "hibernating")))
    assert len(found.evidence) == 1
    assert [note.said() for note in found.notes] == [
        "Events left out because they say neither away nor active: 1."
    ]


def test_an_export_without_away_times_is_said_so() -> None:
    """The error names the bucket that is missing."""
    with pytest.raises(NotFound, match="aw-watcher-afk"):
        read_export(export(told(0, 5), kind="currentwindow"))


@pytest.mark.parametrize(
    "change",
    [
        {"duration": float("nan")},
        {"duration": float("inf")},
        {"duration": -1},
        {"duration": "60"},
        {"duration": True},
        {"duration": None},
        {"duration": 10**400},
        {"duration": 1e300},
        {"timestamp": "2026-03-02T08:00:00"},
        {"timestamp": "yesterday"},
        {"timestamp": 5},
        {"timestamp": "1970-01-01T00:00:00+00:00"},
        {"timestamp": "9999-12-31T23:59:59-12:00"},
        {"timestamp": "2026-03-02T08:00:00+00:00" + "0" * 10_000},
        {"data": None},
        {"data": {"status": ["afk"]}},
        {"data": []},
    ],
    ids=lambda change: str(change)[:40],
)
def test_an_event_that_cannot_be_refuses_the_whole_export(change: dict[str, Any]) -> None:
    """Wrong types, no numbers, times before computers: nothing is half kept, and the message is short."""
    try:
        data = export(told(0, 5), told(6, 5) | change)
    except ValueError:  # Python itself does not write a number that long
        data = export(told(0, 5), told(6, 5) | {"duration": 7}).replace(b": 7,", b": " + b"9" * 400 + b",")
    with pytest.raises(InputError) as refused:
        read_export(data)
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body>Sign in</body></html>",
        b"[]",
        b"{}",
        b'{"buckets": []}',
        b'{"buckets": {"a": 3}}',
        b'{"buckets": {"a": {"type": "afkstatus", "events": {}}}}',
        b'{"buckets": {"a": {"type": "afkstatus", "events": [1]}}}',
        b'{"buckets": {"a": {"type": "afkstatus"}}}',
        b'{"buckets": ' + b"[" * 100_000,
        b'{"buckets": ' + b'{"a":' * 100_000,
        b"\xff\xfe\x00",
        b'{"buckets": {"a": {"type": "afkstatus", "events": [',
    ],
    ids=lambda data: repr(data[:30]),
)
def test_what_is_no_export_is_refused(data: bytes) -> None:
    """HTML, other JSON, endless depth, half a file: one clear error each."""
    with pytest.raises(InputError):
        read_export(data)


def test_more_than_is_sensible_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes, brackets, events and buckets all have an end."""
    with pytest.raises(InputError, match="larger than 64 MB"):
        read_export(b" " * (activitywatch.LARGEST_EXPORT + 1))
    with pytest.raises(InputError, match="too many parts"):
        read_export(b"[" + b"{}," * (8 * activitywatch.MOST_EVENTS) + b"{}]")
    monkeypatch.setattr(activitywatch, "MOST_EVENTS", 3)
    with pytest.raises(InputError, match="more than 3 events"):
        read_export(export(*(told(i, 1) for i in range(4))))
    monkeypatch.setattr(activitywatch, "MOST_BUCKETS", 0)
    with pytest.raises(InputError, match="buckets"):
        read_export(export(told(0, 1)))


# -- a server as ActivityWatch's is, by what was seen of a real one


class Watch:
    """Answers as aw-server 0.12 does: newest first, at most ``limit``, cut to start and end."""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self.events = events
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}

    def __call__(self, path: str, headers: dict[str, str], line: socket.socket) -> None:
        self.asked.append(path)
        self.headers = headers
        parts = urlsplit(path)
        if parts.path == "/api/0/buckets/":
            said: Any = {BUCKET: {"id": BUCKET, "type": "afkstatus", "hostname": "desk"}}
        else:
            wanted = {key: values[0] for key, values in parse_qs(parts.query).items()}
            said = self._between(*(datetime.fromisoformat(wanted[key]) for key in ("start", "end")))
            said = said[: int(wanted["limit"])]
        line.sendall(page(json.dumps(said).encode()))

    def _between(self, start: datetime, end: datetime) -> list[dict[str, Any]]:
        found = []
        for number, event in enumerate(self.events):
            at = datetime.fromisoformat(event["timestamp"])
            one, two = max(at, start), min(at + timedelta(seconds=event["duration"]), end)
            if one <= two:
                lasted = (two - one).total_seconds()
                found.append({**event, "id": number, "timestamp": one.isoformat(), "duration": lasted})
        return sorted(found, key=lambda event: event["timestamp"], reverse=True)


DAY = [told(i * 10, 9.9, ("not-afk", "afk")[i % 2]) for i in range(100)]
NOW = START + timedelta(minutes=1000)


@pytest.mark.parametrize("size", [7, 5_000])
def test_a_server_is_read_page_by_page(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Pages of any size give what one page gives, and what the export gives."""
    monkeypatch.setattr(activitywatch, "PAGE", size)
    with serving(Watch(DAY)) as address:
        assert fetch_since(address, START, NOW).evidence == read_export(export(*DAY)).evidence


def test_the_last_hours_are_read_again_from_a_whole_hour() -> None:
    """An event may have grown since; a second reading adds only what is new."""
    watch = Watch(DAY)
    with serving(watch) as address:
        first = fetch_since(address, START, NOW)
        again = fetch_since(address, NOW - timedelta(hours=1, minutes=7), NOW)
    assert parse_qs(urlsplit(watch.asked[-1]).query)["start"] == ["2026-03-02T17:00:00+00:00"]
    assert set(again.evidence) - set(first.evidence) == set()
    assert len(again.evidence) < len(first.evidence)


def test_a_token_is_sent_and_never_said() -> None:
    """Servers that want one get it as they ask; an error does not show it."""
    watch = Watch(DAY)
    with serving(watch) as address:
        fetch_since(address, START, NOW, token="geheim-123")
    assert watch.headers["authorization"] == "Bearer geheim-123"
    assert watch.headers["host"].startswith("127.0.0.1:")
    with serving(lambda *said: said[2].sendall(page(b"", "401 Unauthorized"))) as address:
        with pytest.raises(Unavailable) as refused:
            fetch_since(address, START, NOW, token="geheim-123")
        with pytest.raises(InputError) as strange:
            fetch_since(address, START, NOW, token="geheim\r\nX: 1")
    assert "geheim" not in str(refused.value) + str(strange.value)


@pytest.mark.parametrize(
    "address",
    ["http://192.168.1.5:5600", "http://example.org:5600", "http://127.0.0.1.example.org", "ftp://localhost"],
)
def test_only_this_machine_is_asked(address: str) -> None:
    """Another machine is refused before anything is sent, unless the person named it."""
    with pytest.raises(InputError):
        fetch_since(address, START, NOW)


def test_nobody_there_is_said_so() -> None:
    """A closed port names the host and the next step."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Unavailable, match="cannot be reached"):
        fetch_since(f"http://127.0.0.1:{port}", START, NOW)


def test_a_bucket_may_have_any_name() -> None:
    """A name with slashes and signs asks for itself and for nothing else."""
    asked = []

    def answer(path: str, _: dict[str, str], line: socket.socket) -> None:
        asked.append(path)
        buckets = {"../../x?limit=9&#": {"type": "afkstatus", "hostname": "h"}}
        line.sendall(page(json.dumps(buckets if path.endswith("buckets/") else []).encode()))

    with serving(answer) as address:
        assert fetch_since(address, START, NOW).evidence == ()
    assert asked[1].startswith("/api/0/buckets/..%2F..%2Fx%3Flimit%3D9%26%23/events?")


def test_a_bucket_whose_name_is_no_text_is_no_fault() -> None:
    """Half a letter in a name, which JSON can hold, is asked for as a question mark, live and at once."""
    asked = []

    def answer(path: str, _: dict[str, str], line: socket.socket) -> None:
        asked.append(path)
        buckets = {"\ud800": {"type": "afkstatus", "hostname": "h"}}
        line.sendall(page(json.dumps(buckets if path.endswith("buckets/") else []).encode()))

    with serving(answer) as address:
        assert fetch_since(address, START, NOW).evidence == ()
        with pytest.raises(Unavailable, match="no away event"):
            ActivityWatchIdle(int(address.rpartition(":")[2])).idle_s()
    assert [path.partition("?")[0] for path in asked[1::2]] == ["/api/0/buckets/%3F/events"] * 2


def test_a_server_that_repeats_itself_is_left() -> None:
    """A page that never gets older is refused and not asked for again and again."""
    count = 0

    def answer(path: str, _: dict[str, str], line: socket.socket) -> None:
        nonlocal count
        count += 1
        same = [told(5_000, 1)] * activitywatch.PAGE
        line.sendall(
            page(json.dumps({BUCKET: {"type": "afkstatus"}} if path.endswith("buckets/") else same).encode())
        )

    with serving(answer) as address, pytest.raises(InputError, match="again and again"):
        fetch_since(address, START, NOW)
    assert count <= 3


# -- the real server


def free_port() -> int:
    """Return a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a real aw-server with a home of its own."""
    program = os.environ.get("ACTIVITYWATCH_SERVER", "")
    if not program or not Path(program).is_file():
        pytest.skip(
            "ACTIVITYWATCH_SERVER does not name an aw-server; tests/oracle/aw-server.txt is what to install"
        )
    home = tmp_path_factory.mktemp("aw")
    port = free_port()
    env = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")} | {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    with (home / "log").open("wb") as log:
        command = [program, "--testing", "--port", str(port)]
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=home)
        try:
            for _ in range(300):
                if server.poll() is not None:
                    pytest.fail(f"aw-server did not start: {(home / 'log').read_text()[-1000:]}")
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def send(address: str, said: Any) -> None:
    """Post to the server as a watcher does."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        address, json.dumps(said).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        answer.read()


@pytest.mark.oracle
def test_a_real_server_says_the_same_live_and_exported(real: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Buckets, events, a heartbeat that grows, pages and the export of aw-server 0.12 are read alike."""
    send(
        f"{real}/api/0/buckets/{BUCKET}",
        {"client": "aw-watcher-afk", "type": "afkstatus", "hostname": "desk"},
    )
    send(f"{real}/api/0/buckets/w", {"client": "w", "type": "currentwindow", "hostname": "desk"})
    send(f"{real}/api/0/buckets/{BUCKET}/events", DAY)
    beat = {"timestamp": NOW.isoformat(), "duration": 0, "data": {"status": "not-afk"}}
    send(f"{real}/api/0/buckets/{BUCKET}/heartbeat?pulsetime=100", beat)
    before = fetch_since(real, START, NOW)
    later = {**beat, "timestamp": (NOW + timedelta(seconds=60)).isoformat()}
    send(f"{real}/api/0/buckets/{BUCKET}/heartbeat?pulsetime=100", later)
    live = fetch_since(real, START, NOW)
    with urllib.request.urlopen(f"{real}/api/0/export", timeout=30) as answer:  # noqa: S310
        exported = read_export(answer.read())
    assert live == exported
    assert live.evidence[:-1] == before.evidence == read_export(export(*DAY)).evidence
    assert live.evidence[-1].status == "not-afk"
    assert live.evidence[-1].until == NOW + timedelta(seconds=60)
    monkeypatch.setattr(activitywatch, "PAGE", 7)
    assert fetch_since(real, START, NOW) == live
    recent = fetch_since(real, NOW, NOW)
    assert set(recent.evidence) <= set(live.evidence) | {recent.evidence[0]}
    assert recent.evidence[0].at >= NOW - timedelta(hours=7)


@pytest.mark.oracle
def test_a_real_server_is_found_by_name_too(real: str) -> None:
    """Its check of the host lets us in by address and by name."""
    assert fetch_since(real.replace("127.0.0.1", "localhost"), START, NOW).hosts in ((), ("desk",))


@pytest.mark.oracle
def test_a_real_server_tells_the_idle_time(real: str) -> None:
    """The live back end counts from the end of the newest event of this machine's bucket."""
    port, bucket = int(real.rpartition(":")[2]), f"{real}/api/0/buckets/aw-watcher-afk_here"
    send(bucket, {"client": "aw-watcher-afk", "type": "afkstatus", "hostname": socket.gethostname()})
    backend = ActivityWatchIdle(port)
    with pytest.raises(Unavailable, match="no away event yet"):
        backend.idle_s()
    now = datetime.now(UTC)
    for ago_s in (120, 60):
        at = (now - timedelta(seconds=ago_s)).isoformat()
        send(
            f"{bucket}/heartbeat?pulsetime=180",
            {"timestamp": at, "duration": 0, "data": {"status": "not-afk"}},
        )
    assert backend.idle_s() == pytest.approx((datetime.now(UTC) - now).total_seconds() + 60, abs=5)
    backend.close()
