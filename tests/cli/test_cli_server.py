"""Starting the server from the terminal, with and without a screen."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from midback.cli.server import has_screen

LINK = re.compile(r"http://127\.0\.0\.1:(\d+)/enter\?token=\S+")


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Return a function that starts midback as a program of its own; all are stopped at the end."""
    assert home
    started: list[subprocess.Popen[str]] = []

    def program(*words: str) -> subprocess.Popen[str]:
        environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        process = subprocess.Popen(
            [sys.executable, "-m", "midback", *words],
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield program
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def link_of(process: subprocess.Popen[str]) -> str:
    """Return the link a starting server prints."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := LINK.search(line):
            return found[0]
    assert process.stderr is not None
    raise AssertionError(process.stderr.read())


def test_it_serves_without_a_screen_and_stops_when_told(start: Any) -> None:
    """Without a screen there is the address; the link opens once; Ctrl+C ends it without a traceback."""
    process = start("--port", "0")
    link = link_of(process)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with opener.open(link) as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(link)  # noqa: S310 - our own server
    refused.value.close()
    assert refused.value.code == 403
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors


def test_a_new_link_opens_a_server_that_runs(start: Any, midback: Any) -> None:
    """`midback link` prints an address that lets another browser in."""
    process = start("--port", "0")
    link_of(process)
    said = midback("link")
    assert said.code == 0
    with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(said.out.strip()) as answer:
        assert answer.status == 200


def test_no_link_without_a_server(midback: Any) -> None:
    """Without a running server the error says what to do."""
    said = midback("link")
    assert said.code == 3
    assert "Start it" in said.err


def test_a_second_server_on_the_same_data_is_refused(start: Any) -> None:
    """Two servers never share a data folder; the second says so in one line with exit code 4."""
    link_of(start("--port", "0"))
    second = start("--port", "0")
    _, errors = second.communicate(timeout=60)
    assert second.returncode == 4
    assert len(errors.strip().splitlines()) == 1


def test_a_port_in_use_is_named(start: Any) -> None:
    """A port that another program has is named, with the way to choose another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = start("--port", port)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 4
    assert port in errors


def test_a_text_browser_never_takes_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Linux without a display nothing is opened; with one, the browser is."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not has_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_screen()
