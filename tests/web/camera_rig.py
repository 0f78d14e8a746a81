"""A camera line to a running midback, without a browser; a filmed exercise; clips as a browser's fake camera."""

import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from web_rig import ME, Served
from wsproto import ConnectionType, WSConnection
from wsproto.connection import ConnectionState
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Event,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)
from wsproto.utilities import LocalProtocolError

from midback.catalogue import load_catalogue
from midback.catalogue.exercise import Dose
from midback.coach.script import Item, Preferences, Script
from midback.movement.acting import Pace, Part, act
from midback.movement.landmarks import Frame
from midback.movement.lens import Lens
from midback.movement.synthetic import film
from midback.share.landmark_shape import shape_frame
from midback.store import sessions

CAT_COW = Item(
    key="a",
    exercise_id="cat-cow",
    variant_id="floor",
    level=0,
    dose=Dose(seconds=40, repetitions=10, tempo_s=4.0),
)
REACH = Item(key="c", exercise_id="stand-reach", variant_id="standing", level=4, dose=Dose(seconds=60))
WALL = Item(key="b", exercise_id="breathing", variant_id="lying", level=0, dose=Dose(seconds=30))


@dataclass(frozen=True, slots=True)
class Cut:
    """A line that was cut, or never opened."""

    code: int
    reason: str


@dataclass(slots=True)
class CameraLine:
    """One socket, one message at a time."""

    connection: socket.socket
    protocol: WSConnection = field(default_factory=lambda: WSConnection(ConnectionType.CLIENT))
    waiting: list[Event] = field(default_factory=list)

    def opened(self) -> None:
        """Wait until the line is open, or refused."""
        event = self._event()
        if not isinstance(event, AcceptConnection):
            self.waiting.append(event)

    def send(self, message: str | bytes) -> None:
        """Send one message; nothing where the line was cut meanwhile."""
        event = TextMessage(data=message) if isinstance(message, str) else BytesMessage(data=message)
        try:
            self.connection.sendall(self.protocol.send(event))
        except (LocalProtocolError, OSError):
            return

    def answer(self) -> dict[str, Any] | Cut:
        """Return the next answer, or how the line was cut."""
        text = ""
        while True:
            event = self._event()
            match event:
                case TextMessage():
                    text += event.data
                    if event.message_finished:
                        found: dict[str, Any] = json.loads(text)
                        return found
                case CloseConnection():
                    return Cut(event.code, event.reason or "")
                case RejectConnection():
                    return Cut(event.status_code, "")

    def ask(self, message: str) -> dict[str, Any] | Cut:
        """Send one message and return its answer."""
        self.send(message)
        return self.answer()

    def _event(self) -> Event:
        while not self.waiting:
            data = self.connection.recv(65536)
            if not data and self.protocol.state is ConnectionState.CLOSED:
                return CloseConnection(code=1006, reason="")
            self.protocol.receive_data(data or None)
            for event in self.protocol.events():
                if isinstance(event, Ping):
                    self.connection.sendall(self.protocol.send(event.response()))
                else:
                    self.waiting.append(event)
        return self.waiting.pop(0)


@contextmanager
def camera_line(served: Served, session_id: str, **changed: str | None) -> Iterator[CameraLine]:
    """Open a camera line as one of our pages would; ``changed`` headers: host, origin, cookie, None for none."""
    parts = urlsplit(served.base)
    with served.client() as client:
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    headers = {"origin": served.base, "cookie": cookie, **changed}
    sent = [(name.encode(), value.encode()) for name, value in headers.items() if value and name != "host"]
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        line = CameraLine(connection)
        request = Request(
            host=changed.get("host") or parts.netloc,
            target=f"/session/{session_id}/camera",
            extra_headers=sent,
        )
        connection.sendall(line.protocol.send(request))
        line.opened()
        yield line


def message(frame: Frame) -> str:
    """Return a frame as the browser sends it."""
    return json.dumps(shape_frame(frame) | {"size": list(frame.size)})


def cat_cows(number: int, fps: float = 15.0) -> Sequence[Frame]:
    """Return so many repetitions of cat-cow as a camera at the side sees them, on all fours from the start."""
    return repeated("cat-cow", "floor", number, 4.0, 90.0, fps)


def repeated(
    exercise: str, variant: str, number: int, cycle_s: float, azimuth_deg: float, fps: float
) -> Sequence[Frame]:
    """Return so many repetitions of an exercise as a camera sees them, in its start position from the start."""
    movement = load_catalogue().exercise(exercise).movement_of(variant)
    assert movement is not None
    calm = Pace(stand_s=0.0, enter_s=0.0, leave_s=0.0)
    done = act(movement, [Part(cycles=number, cycle_s=cycle_s)], fps=fps, pace=calm)
    return film(done, Lens(azimuth_deg=azimuth_deg), seed=1).frames


def new_session(served: Served, *items: Item, **preferences: int) -> str:
    """Lay out a session of these items and return its id."""
    session_id = uuid4().hex
    script = Script(
        items=items or (CAT_COW,), preferences=Preferences(**{"ready_s": 0} | preferences), pain_before=2
    )
    with served.house.engine.begin() as conn:
        sessions.create(conn, ME, session_id, script, served.house.clock.now())
    return session_id


def as_fake_camera(clip: Path, into: Path, *, wide: int = 640) -> Path:
    """Write a clip as the MJPEG file that Chromium takes for a camera."""
    import av

    with av.open(str(clip)) as source, av.open(str(into), "w", format="mjpeg") as film_out:
        shown = source.streams.video[0]
        high = 2 * round(wide * shown.height / shown.width / 2)
        stream = film_out.add_stream("mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = wide, high, "yuvj420p"
        stream.options = {"qscale": "3"}
        for picture in source.decode(shown):
            film_out.mux(stream.encode(picture.reformat(wide, high, "yuvj420p")))
        film_out.mux(stream.encode(None))
    return into
