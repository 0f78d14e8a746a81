"""A real server in a thread and a real browser, for the tests of the session page."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from uuid import uuid4

import pytest
import uvicorn

from midback.app.house import House, open_house
from midback.app.intake import save_intake
from midback.app.screening import answer_screen
from midback.catalogue.exercise import Dose
from midback.coach.script import Item, Preferences, Script
from midback.plan.answers import Intake
from midback.settings import Settings
from midback.store import sessions
from midback.web.server import create_app

ME = "me"
TOKEN = "for-the-tests-only"
CHROMIUM = Path("/usr/bin/chromium")
INTAKE = Intake(birth_year=1985, country="GB", gear=frozenset({"ball", "towel", "resistance-band"}))

CAT = Item(key="a", exercise_id="cat-cow", variant_id="floor", level=0, dose=Dose(seconds=30))
OPENER = Item(key="b", exercise_id="wall-opener", variant_id="wall", level=0, dose=Dose(seconds=30))
NEEDLE = Item(
    key="c",
    exercise_id="thread-needle",
    variant_id="seated",
    level=0,
    dose=Dose(seconds=20),
    sides=("left", "right"),
)
COUNTED = Item(
    key="d",
    exercise_id="cat-cow",
    variant_id="seated",
    level=0,
    dose=Dose(seconds=24, repetitions=6, tempo_s=4.0),
)


class ShiftedClock:
    """The machine's clock plus a shift, so that a test can let a laptop sleep."""

    zone: tzinfo | None = UTC

    def __init__(self) -> None:
        self.shift = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


class Site:
    """A running midback with a person who passed the screen."""

    def __init__(self, folder: Path) -> None:
        self.clock = ShiftedClock()
        self.house: House = open_house(Settings(data_dir=folder, timezone="UTC", language="en"), self.clock)
        self.screen()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        app = create_app(self.house, launch_token=TOKEN)
        self.server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def screen(self) -> None:
        """Answer the warning-sign questions, all no, and the intake."""
        self.clock.shift += timedelta(seconds=1)
        answer_screen(self.house, ME, frozenset(), changed_because="asked again")
        save_intake(self.house, ME, INTAKE)

    def session(self, *items: Item, pain: int | None = 3, **preferences: int | str) -> str:
        """Lay out a session of these items and return its address."""
        session_id = uuid4().hex
        script = Script(
            items=items or (CAT, OPENER),
            preferences=Preferences(
                **{"ready_s": 0, "change_s": 5, "rest_s": 15, "sound": "tones"} | preferences
            ),
            pain_before=pain,
        )
        with self.house.engine.begin() as conn:
            sessions.create(conn, ME, session_id, script, self.clock.now())
        return f"{self.url}/session/{session_id}"


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Run a site while the block lasts."""
    site = Site(folder)
    site.thread.start()
    until = time.monotonic() + 30
    while not site.server.started and time.monotonic() < until:
        time.sleep(0.02)
    if not site.server.started:
        raise RuntimeError("the server did not start")
    try:
        yield site
    finally:
        site.server.should_exit = True
        site.thread.join(10)
        site.house.engine.dispose()


def need_browser() -> None:
    """Skip with a plain reason where there is no Chromium."""
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"There is no Chromium at {CHROMIUM}.")
