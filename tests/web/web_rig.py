"""A running midback for tests: served in a thread, with its one-time links, and what a sensing loop would write."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import uvicorn

from midback.app.house import House
from midback.web.entry import new_link_token
from midback.web.server import create_app, listen
from midback.web.sockets import socket_settings

ME = "me"


@dataclass(frozen=True, slots=True)
class Served:
    """A running midback: where it is, and how to get in."""

    base: str
    house: House

    def link(self) -> str:
        """Return a new one-time link."""
        return f"{self.base}/enter?token={new_link_token(self.house.data_dir)}"

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """Yield a client that has come in by a link."""
        with httpx.Client(base_url=self.base, follow_redirects=True, timeout=60) as client:
            client.get(self.link()).raise_for_status()
            yield client


@contextmanager
def serving(house: House) -> Iterator[Served]:
    """Serve a house on a free port of loopback."""
    sock = listen(house.settings)
    app = create_app(house)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1, **socket_settings())
    )
    app.state.stopping = lambda: server.should_exit
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{sock.getsockname()[1]}", house)
    finally:
        server.should_exit = True
        thread.join(20)
        sock.close()


def spool(house: House, kind: str, *lines: dict[str, Any]) -> None:
    """Append lines as the background process does: ``evidence`` or ``said``, instants as datetimes."""
    folder = house.data_dir / "watch"
    folder.mkdir(parents=True, exist_ok=True)
    for line in lines:
        told = {
            key: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
            for key, value in line.items()
        }
        day = str(told.get("at") or told["from"])[:10]
        with (folder / f"{kind}-{day}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(told) + "\n")
