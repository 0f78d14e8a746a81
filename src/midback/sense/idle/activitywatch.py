"""Idle time from a running ActivityWatch. In: its newest afk event. Out: seconds. Next: choose.

Only a server on this computer is asked. Its watcher calls a person away after 180 s and dates that back, so both
kinds of event tell when the last input was. An answer is read up to a bound, whatever the server sends.
"""

import json
import os
import socket
import time
from datetime import UTC, datetime
from typing import Any, Final

from midback.errors import Unavailable

from .port import IdleBackend

NAME: Final = "activitywatch"
HOST: Final = "127.0.0.1"
PORT: Final = 5600
TIMEOUT_S: Final = 2.0
MOST_BYTES: Final = 256 * 1024
# The watcher says nothing new until it calls the person away, after 180 s: older news means that it stopped.
STALE_S: Final = 300.0
# Clocks of one machine, read one after the other.
AHEAD_S: Final = 60.0


def newest_bucket(buckets: Any, host: str) -> str:
    """Return the id of this host's afk bucket, else of the newest one; raise Unavailable where there is none."""
    if not isinstance(buckets, dict):
        raise _odd()
    found = [
        (about.get("hostname") == host, str(about.get("last_updated") or about.get("created") or ""), name)
        for name, about in buckets.items()
        if isinstance(about, dict) and about.get("type") == "afkstatus"
    ]
    if not found:
        raise Unavailable(
            "ActivityWatch runs here without its away watcher.", "", "Start aw-watcher-afk beside it."
        )
    return str(max(found)[2])


def idle_from_events(events: Any, now: datetime) -> float:
    """Return the seconds since the last input from the newest afk events; raise Unavailable for stale or odd ones."""
    if not isinstance(events, list) or not events:
        raise Unavailable("ActivityWatch has no away event yet.")
    try:
        newest = max(events, key=lambda event: datetime.fromisoformat(event["timestamp"]))
        start = datetime.fromisoformat(newest["timestamp"])
        status, duration = newest["data"]["status"], float(newest["duration"])
        since_start = (now - start).total_seconds()
        since_end = since_start - duration
    except (KeyError, TypeError, ValueError, OverflowError) as exc:
        raise _odd() from exc
    if status not in ("afk", "not-afk") or not 0 <= duration < 1e9 or since_end < -AHEAD_S:
        raise _odd()
    if since_end > STALE_S:
        raise Unavailable(
            "ActivityWatch's away watcher has said nothing for {minutes} minutes.",
            "",
            "Start aw-watcher-afk again.",
            values={"minutes": round(since_end / 60)},
        )
    return max(0.0, since_start if status == "afk" else since_end)


class ActivityWatchIdle:
    """Idle time by way of ActivityWatch's own watcher."""

    name = NAME

    def __init__(self, port: int = PORT, token: str | None = None) -> None:
        """Find the away bucket; raise Unavailable where no server answers. MIDBACK_ACTIVITYWATCH_TOKEN is sent."""
        self._port = port
        self._token = (
            token if token is not None else os.environ.get("MIDBACK_ACTIVITYWATCH_TOKEN", "").strip()
        )
        self._bucket = newest_bucket(self._get("buckets/"), socket.gethostname())

    def idle_s(self) -> float:
        """Return the seconds since the last input; raise Unavailable when server or watcher stopped."""
        from urllib.parse import quote

        events = self._get(f"buckets/{quote(self._bucket, safe='', errors='replace')}/events?limit=1")
        return idle_from_events(events, datetime.now(UTC))

    def close(self) -> None:
        """Nothing is held: each question is a connection of its own."""

    def _get(self, path: str) -> Any:
        status, body = _ask(self._port, f"/api/0/{path}", self._token)
        if status in (401, 403):
            raise Unavailable(
                "ActivityWatch wants a key.", "", "Put its key into MIDBACK_ACTIVITYWATCH_TOKEN."
            )
        if status != 200:
            raise _odd()
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as exc:
            raise _odd() from exc


def _ask(port: int, path: str, token: str) -> tuple[int, bytes]:
    """Return status and body of one GET, as HTTP/1.0: the standard client would load a megabyte of TLS and mail.

    The whole answer is bounded in size and in time, so a server that drips cannot hold the loop up.
    """
    deadline = time.monotonic() + TIMEOUT_S
    lines = [f"GET {path} HTTP/1.0", f"Host: localhost:{port}", "Accept: application/json"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    try:
        with socket.create_connection((HOST, port), TIMEOUT_S) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
            answer = b""
            while (left := deadline - time.monotonic()) > 0:
                connection.settimeout(left)
                part = connection.recv(65536)
                answer += part
                if not part or len(answer) > MOST_BYTES or _whole(answer):
                    break
            else:
                raise TimeoutError
    except (OSError, UnicodeEncodeError) as exc:
        raise Unavailable("No ActivityWatch server answers on port {port}.", values={"port": port}) from exc
    head, _, body = answer.partition(b"\r\n\r\n")
    words = head.split(None, 2)
    if (
        len(answer) > MOST_BYTES
        or len(words) < 2
        or not words[0].startswith(b"HTTP/")
        or not words[1].isdigit()
    ):
        raise _odd()
    return int(words[1][:3]), body


def _whole(answer: bytes) -> bool:
    """Tell whether the announced length has come: a server may leave the connection open."""
    head, blank, body = answer.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n") if blank else ():
        name, _, value = line.partition(b":")
        if name == b"content-length" and value.strip().isdigit():
            return len(body) >= int(value.strip()[:9])
    return False


def _odd() -> Unavailable:
    return Unavailable("What answers on ActivityWatch's port does not answer as ActivityWatch does.")


def open_backend() -> IdleBackend:
    """Open it; raise Unavailable with why not."""
    return ActivityWatchIdle()
