"""A server that is killed in the middle of a session, and the page that waits for it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from session_browser import CAT, CHROMIUM, INTAKE, ME, OPENER, need_browser

from midback.app.house import open_house
from midback.app.intake import save_intake
from midback.app.screening import answer_screen
from midback.app.session import read_session
from midback.coach.script import Preferences, Script
from midback.settings import Settings
from midback.store import sessions

pytestmark = pytest.mark.browser


class Program:
    """midback as its own process on a fixed port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.env = os.environ | {
            "MIDBACK_DATA_DIR": str(folder),
            "MIDBACK_LANGUAGE": "en",
            "PYTHONUNBUFFERED": "1",
        }
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        """Start it and return the one-time link it prints."""
        command = [sys.executable, "-m", "midback", "--port", str(self.port), "--no-browser"]
        self.process = subprocess.Popen(
            command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout is not None
        seen = []
        for line in self.process.stdout:
            seen.append(line)
            found = re.search(r"http://\S+/enter\?token=\S+", line)
            if found:
                self._await()
                return found.group()
        raise AssertionError("no link was printed: " + "".join(seen))

    def _await(self) -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the server does not listen")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(name="program")
def a_program(tmp_path: Path) -> Iterator[Program]:
    need_browser()
    if sys.platform == "win32":
        pytest.skip("There is no SIGKILL on Windows.")
    folder = tmp_path / "data"
    house = open_house(Settings(data_dir=folder, timezone="UTC"))
    answer_screen(house, ME, frozenset())
    save_intake(house, ME, INTAKE)
    script = Script(items=(CAT, OPENER), preferences=Preferences(ready_s=0, sound="tones"), pain_before=3)
    with house.engine.begin() as conn:
        sessions.create(conn, ME, "killed", script, datetime.now(UTC))
    house.engine.dispose()
    program = Program(folder)
    yield program
    if program.process is not None and program.process.poll() is None:
        program.kill()


def until(page: Any, expression: str, seconds: float = 25) -> None:
    """Wait until an expression holds."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never came true: {expression}"
        page.wait_for_timeout(40)


def done_s(program: Program) -> float:
    """Return the seconds of work that are on the disk."""
    house = open_house(Settings(data_dir=program.folder, timezone="UTC"))
    state = read_session(house, ME, "killed").state
    house.engine.dispose()
    return sum(state.records["a"].done_us.values()) / 1_000_000


def test_line_11_the_page_waits_for_a_killed_server_and_goes_on(program: Program) -> None:
    """Killed and started again: the page says so, reconnects by itself, and nothing is lost or invented."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(program.start())
        page.goto(f"http://127.0.0.1:{program.port}/session/killed")
        began = time.monotonic()
        page.keyboard.press("Space")
        until(page, "document.body.dataset.status === 'running'")
        page.keyboard.press("1")
        until(page, "document.querySelector('#unit').textContent === '+1'")
        page.wait_for_timeout(2500)
        program.kill()
        until(page, "!document.querySelector('#banner').hidden")
        assert "does not answer" in page.locator("#banner").inner_text()
        page.keyboard.press("1")  # pressed while nobody listens: it is kept and sent
        program.start()
        until(page, "document.querySelector('#unit').textContent === '+2'")
        until(page, "document.querySelector('#banner').textContent.includes('back')")
        page.reload()
        until(page, "['running', 'paused'].includes(document.body.dataset.status)")
        program.kill()
        done = done_s(program)
        assert 2 <= done <= time.monotonic() - began
        browser.close()
