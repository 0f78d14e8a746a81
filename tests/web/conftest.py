"""A real server in a thread, under a clock that stands still, and a real browser before it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from web_rig import ME, Served, serving

from midback.app.checkins import add_checkin
from midback.app.clock import SetClock, at_minute
from midback.app.exposures import add_bout
from midback.app.house import House, open_house
from midback.app.intake import save_intake
from midback.app.screening import answer_screen
from midback.plan.answers import CheckIn, Habit, Intake, Massage
from midback.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WEDNESDAY = date(2026, 3, 4)
USUAL = Intake(
    birth_year=1986,
    gear=frozenset({"ball", "towel", "resistance-band"}),
    places=frozenset({"desk", "home-floor", "bed"}),
    habits=(Habit(id="tv", label="while the evening show runs", minute=1215),),
    massage=Massage(wanted=True, monthly_budget=80.0),
    activities=("sitting through a meeting",),
)


@pytest.fixture
def clock() -> SetClock:
    """Wednesday 4 March 2026, 16:35 in Berlin."""
    return SetClock(datetime(2026, 3, 4, 15, 35, tzinfo=UTC), ZoneInfo("Europe/Berlin"))


@pytest.fixture
def empty_house(tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house nobody has used yet."""
    monkeypatch.setenv("MIDBACK_CONFIG_DIR", str(tmp_path / "config"))
    house = open_house(Settings(data_dir=tmp_path / "data", port=0, language="en"), clock)
    yield house
    house.engine.dispose()


@pytest.fixture
def house(empty_house: House, clock: SetClock) -> House:
    """A house whose person passed the screen, answered the intake, sat for hours and checked in."""
    answer_screen(empty_house, ME, frozenset())
    save_intake(empty_house, ME, USUAL)
    for activity, start, end in (
        ("driving", 480, 540),
        ("sitting", 540, 652),
        ("moving", 652, 670),
        ("sitting", 670, 990),
    ):
        times = (at_minute(empty_house.clock, WEDNESDAY, minute) for minute in (start, end))
        add_bout(empty_house, ME, activity, *times)
        clock.advance(seconds=2)  # what lies closer together is one action for undo
    now = empty_house.clock.now()
    for days, pain in ((2, 5), (1, 4)):
        at = now - timedelta(days=days)
        add_checkin(empty_house, ME, CheckIn(at=at, pain_now=pain, pain_average=pain, pain_worst=pain + 1))
    return empty_house


@pytest.fixture
def served(house: House) -> Iterator[Served]:
    """A running midback whose person has begun."""
    with serving(house) as running:
        yield running


@pytest.fixture
def served_empty(empty_house: House) -> Iterator[Served]:
    """A running midback that nobody has used yet."""
    with serving(empty_house) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium, or a skip that says what is missing."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("There is no Chromium on this machine.")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def window(browser: "Browser", served: Served) -> Iterator[Callable[..., "Page"]]:
    """Open a window on the running midback: ``window(width=390, theme="dark", scripts=False)``."""
    opened: list[BrowserContext] = []

    def open_window(*, width: int = 1440, theme: str = "light", scripts: bool = True) -> "Page":
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,  # light or dark
            java_script_enabled=scripts,
            locale="en-GB",
        )
        context.set_default_timeout(60_000)
        opened.append(context)
        page = context.new_page()
        page.goto(served.link())
        return page

    yield open_window
    for context in opened:
        context.close()
