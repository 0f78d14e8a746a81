"""Back ends that ask a service, against stand-ins: not the real services, but answers of their shape."""

import itertools
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import desktops
import pytest

from midback.errors import Unavailable
from midback.sense.idle import activitywatch, ext_idle, screensaver
from midback.sense.idle.bus import Bus

SAVER = (screensaver.SERVICE, "GetSessionIdleTime")


@pytest.mark.desktop
@pytest.mark.parametrize("per_s", [1, 1000])
def test_the_screen_saver_is_read_in_seconds_whatever_it_counts(bus: str, per_s: int) -> None:
    """A desktop that counts milliseconds and one that counts seconds give the same idle time."""
    started = time.monotonic() - 100.0
    answers = {SAVER: lambda: ("u", (int((time.monotonic() - started) * per_s),))}
    with desktops.StandIn(bus, screensaver.SERVICE, answers):
        backend = screensaver.open_backend()
        assert backend.idle_s() == pytest.approx(time.monotonic() - started, abs=2.0)
        backend.close()


@pytest.mark.desktop
def test_a_service_that_hangs_is_said_to_be_silent(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question without an answer ends after its time; the connection is made anew for the next one."""
    monkeypatch.setattr("midback.sense.idle.bus.TIMEOUT_S", 0.2)
    with desktops.StandIn(bus, "org.test.Slow", {("org.test.Slow", "Ask"): (None, ())}) as service:
        asked = Bus()
        with pytest.raises(Unavailable, match=r"org\.test\.Slow does not answer"):
            asked.call("org.test.Slow", "/", "org.test.Slow", "Ask")
        service.answers["org.test.Slow", "Ask"] = ("s", ("here",))
        monkeypatch.setattr("midback.sense.idle.bus.TIMEOUT_S", 5.0)
        assert asked.call("org.test.Slow", "/", "org.test.Slow", "Ask") == ("here",)
        asked.close()


@pytest.mark.desktop
def test_a_bus_that_comes_back_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the bus is gone each question says so; when it is back the same object answers."""
    with desktops.bus() as first:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", first)
        asked = Bus()
    for _ in range(2):
        with pytest.raises(Unavailable, match="session's D-Bus is not there"):
            asked.get("org.test", "/", "org.test", "Name")
    with desktops.bus() as second:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", second)
        with pytest.raises(Unavailable, match=r"org\.test is not running here"):
            asked.get("org.test", "/", "org.test", "Name")
        asked.close()


@contextmanager
def server(answer: Callable[[bytes], Iterator[bytes]]) -> Iterator[int]:
    """Run a stand-in for an HTTP server that sends whatever ``answer`` yields; yield its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                try:
                    for part in answer(connection.recv(65536)):
                        connection.sendall(part)
                        if over.is_set():
                            break
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        thread.join()
        listener.close()


def json_answer(value: Any, status: str = "200 OK") -> bytes:
    """Return a whole HTTP answer with a JSON body."""
    body = json.dumps(value).encode()
    return f"HTTP/1.0 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def test_activitywatch_is_asked_with_its_key_for_the_newest_event() -> None:
    """The key goes along, and the idle time is the distance from the newest event's end."""
    asked: list[bytes] = []

    def answer(request: bytes) -> Iterator[bytes]:
        asked.append(request)
        if b"GET /api/0/buckets/ " in request:
            yield json_answer({"aw-watcher-afk_a/b": {"type": "afkstatus", "hostname": "a/b"}})
        else:
            at = (datetime.now(UTC) - timedelta(seconds=90)).isoformat()
            yield json_answer([{"timestamp": at, "duration": 30, "data": {"status": "not-afk"}}])

    with server(answer) as port:
        backend = activitywatch.ActivityWatchIdle(port, "secret")
        assert backend.idle_s() == pytest.approx(60, abs=10)
        backend.close()
    assert b"GET /api/0/buckets/aw-watcher-afk_a%2Fb/events?limit=1 HTTP/1.0\r\n" in asked[1]
    assert all(b"Authorization: Bearer secret\r\n" in request for request in asked)
    assert all(f"Host: localhost:{port}\r\n".encode() in request for request in asked)


HOSTILE = {
    "nothing": iter([b""]),
    "no-http": iter([b"hello\r\n\r\n[]"]),
    "not-json": iter([b"HTTP/1.0 200 OK\r\n\r\n<html>"]),
    "deep": iter([b"HTTP/1.0 200 OK\r\n\r\n" + b"[" * 200_000]),
    "endless": itertools.chain([b"HTTP/1.0 200 OK\r\n\r\n["], itertools.repeat(b"0," * 30_000)),
    "endless-head": itertools.repeat(b"X" * 60_000),
    "fault": iter([json_answer({}, "500 No")]),
    "key": iter([json_answer({}, "401 No")]),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_activitywatch_is_refused_and_bounded(kind: str) -> None:
    """Whatever answers on the port, what comes of it is a refusal after a bounded read."""
    with server(lambda _request: HOSTILE[kind]) as port, pytest.raises(Unavailable):
        activitywatch.ActivityWatchIdle(port)


def test_a_server_that_drips_does_not_hold_the_loop_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time for a whole answer is bounded, not only that for its next byte."""
    monkeypatch.setattr(activitywatch, "TIMEOUT_S", 0.3)

    def drip(_request: bytes) -> Iterator[bytes]:
        yield b"HTTP/1.0 200 OK\r\n\r\n"
        for _ in range(100):
            time.sleep(0.1)
            yield b" "

    with server(drip) as port, pytest.raises(Unavailable, match="No ActivityWatch server answers"):
        activitywatch.ActivityWatchIdle(port)


class Compositor:
    """A stand-in for a compositor that offers ext-idle-notify version 2, and sends what a test tells it to.

    It speaks Wayland's own bytes: each message is the object's number, size and opcode, and the arguments.
    """

    OFFERS = ("wl_seat", "ext_idle_notifier_v1")
    INPUT, OBEYING = 2, 1
    IDLED, RESUMED = 0, 1

    def __init__(self, folder: Path) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / "compositor"))
        self._listener.listen()
        self.notices: dict[int, int] = {}
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        self._client, _ = self._listener.accept()
        objects = {1: "wl_display"}
        held = b""
        while part := self._client.recv(65536):
            held += part
            while len(held) >= 8:
                number, head = struct.unpack_from("=II", held)
                arguments, held = held[8 : head >> 16], held[head >> 16 :]
                self._answer(objects, number, head & 0xFFFF, arguments)

    def _answer(self, objects: dict[int, str], number: int, opcode: int, arguments: bytes) -> None:
        kind = objects.get(number, "")
        if kind == "wl_display" and opcode == 0:  # sync
            (callback,) = struct.unpack("=I", arguments)
            self._send(callback, 0, struct.pack("=I", 0))
            self._send(1, 1, struct.pack("=I", callback))
        elif kind == "wl_display":  # get_registry
            (registry,) = struct.unpack("=I", arguments)
            objects[registry] = "wl_registry"
            for place, name in enumerate(self.OFFERS):
                text = name.encode() + b"\0"
                padded = text.ljust(-(-len(text) // 4) * 4, b"\0")
                self._send(registry, 0, struct.pack("=II", place, len(text)) + padded + struct.pack("=I", 2))
        elif kind == "wl_registry":  # bind
            objects[struct.unpack("=I", arguments[-4:])[0]] = self.OFFERS[
                struct.unpack_from("=I", arguments)[0]
            ]
        elif kind == "ext_idle_notifier_v1" and opcode in (self.OBEYING, self.INPUT):
            self.notices[opcode] = struct.unpack_from("=I", arguments)[0]

    def _send(self, number: int, opcode: int, arguments: bytes = b"") -> None:
        self._client.sendall(struct.pack("=II", number, (8 + len(arguments)) << 16 | opcode) + arguments)

    def say(self, notice: int, event: int) -> None:
        """Send an event of one of the two notices."""
        self._send(self.notices[notice], event)

    def close(self) -> None:
        """End it, after its client has gone."""
        self._thread.join()
        self._client.close()
        self._listener.close()


@pytest.mark.desktop
def test_version_2_tells_a_film_from_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle by input while the notice that obeys inhibitors is not idle: a film or a call keeps the screen awake."""
    pytest.importorskip("pywayland", reason="pywayland is not installed here")
    with desktops.runtime_folder() as folder:
        compositor = Compositor(folder)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
        monkeypatch.setenv("WAYLAND_DISPLAY", "compositor")
        backend = ext_idle.ExtIdle()
        assert (backend.version, backend.idle_s(), backend.inhibited()) == (2, 0.0, None)
        compositor.say(Compositor.INPUT, Compositor.IDLED)
        desktops.wait_until(lambda: backend.idle_s() >= ext_idle.AFTER_S, "the idle time is told")
        assert backend.inhibited() is None
        monkeypatch.setattr(ext_idle, "LASTS_S", 0.0)
        assert backend.inhibited() is True
        compositor.say(Compositor.OBEYING, Compositor.IDLED)
        desktops.wait_until(lambda: (backend.idle_s(), not backend.inhibited())[1], "the film is over")
        assert backend.inhibited() is False
        compositor.say(Compositor.INPUT, Compositor.RESUMED)
        desktops.wait_until(lambda: backend.idle_s() == 0.0, "the person is back")
        assert backend.inhibited() is None
        backend.close()
        for told in (backend.idle_s, backend.inhibited):
            with pytest.raises(Unavailable, match="closed"):
                told()
        compositor.close()
