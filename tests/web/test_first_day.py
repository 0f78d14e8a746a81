"""The whole first day as a person lives it: the program as they start it, and a real browser."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("There is no Chromium on this machine.", allow_module_level=True)

LANGUAGES = ("en", "de")


@dataclass
class Program:
    """midback, running as a process of its own; ``link`` opens it once."""

    link: str
    env: dict[str, str]

    def says(self, *command: str) -> dict[str, object]:
        """Run a command of the same installation and return its JSON."""
        done = subprocess.run(
            [sys.executable, "-m", "midback", *command, "--json"],
            env=self.env,
            capture_output=True,
            text=True,
            check=True,
        )
        answer: dict[str, object] = json.loads(done.stdout)
        return answer


@pytest.fixture
def language() -> str:
    """The interface's language; parametrised below."""
    return "en"


@pytest.fixture
def program(tmp_path: Path, language: str) -> Iterator[Program]:
    """Start midback as `midback --no-browser` on an empty data folder and a free port."""
    env = dict(
        os.environ,
        MIDBACK_DATA_DIR=str(tmp_path / "data"),
        MIDBACK_CONFIG_DIR=str(tmp_path / "config"),
        MIDBACK_LANGUAGE=language,
        MIDBACK_TIMEZONE="Europe/Berlin",
        MIDBACK_PORT="0",
        MIDBACK_READY_S="1",
        PYTHONUNBUFFERED="1",
    )
    with subprocess.Popen(
        [sys.executable, "-m", "midback", "--no-browser"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\d+/enter\?token=\S+", line):
                yield Program(found.group(0), env)
                break
        else:
            pytest.fail(f"midback did not start: {said}")
        process.terminate()
        process.wait(20)


@pytest.fixture
def page(program: Program) -> Iterator["sync_api.Page"]:
    """A page of a fresh browser that fails the test on any script error or refused resource."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        wrong: list[str] = []
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        yield opened
        browser.close()
        assert wrong == []


def _by_mouse(page: "sync_api.Page") -> None:
    """Screen, intake, Today, one session to its end, pain before and after; only clicks."""
    for answer in page.locator("label:has(input[name^='q-'][value='no'])").all():
        answer.click()
    page.locator("main form button.big").click()
    page.wait_for_url("**/intake*")
    while "/intake" in page.url.split("?")[0]:
        step = page.locator("[data-steps-end] button.big:visible").last
        with (
            page.expect_event("domcontentloaded")
            if step.get_attribute("data-steps-send") is not None
            else _now()
        ):
            step.click()
    page.locator("a.lead-action").click()
    page.locator("label:has(input[name='pain'][value='3'])").click()
    page.locator("main form button.big").click()
    page.wait_for_selector("#main-name:not(:empty)")
    page.locator("#do-main").click()
    page.wait_for_url("**/after*", timeout=120_000)
    page.locator("label:has(input[name='pain'][value='2'])").click()
    page.locator("label:has(input[name='effort'][value='ok'])").click()
    page.locator("main form button.big").click()
    page.locator("main a.button[href='/']").click()


class _now:  # noqa: N801 - a context that waits for nothing
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


def _tab_to(page: "sync_api.Page", selector: str, most: int = 200) -> None:
    """Press Tab until something that matches has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"Tab never reached {selector} on {page.url}")


def _by_keyboard(page: "sync_api.Page") -> None:
    """The same with Tab, Space, Enter and arrows alone."""
    questions = page.locator("input[name^='q-'][value='no']").count()
    for _ in range(questions):
        _tab_to(page, "input[name^='q-'][value='no']")
        page.keyboard.press("Space")
    _tab_to(page, "main form button.big")
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake*")
    while page.locator("[data-steps-send]:visible").count() == 0:
        _tab_to(page, "[data-steps-end] button.big")
        page.keyboard.press("Enter")
    _tab_to(page, "[data-steps-send]")
    page.keyboard.press("Enter")
    page.wait_for_selector("a.lead-action")
    _tab_to(page, "a.lead-action")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name='pain']")
    _tab_to(page, "input[name='pain']")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    _tab_to(page, "main form button.big")
    page.keyboard.press("Enter")
    page.wait_for_selector("#main-name:not(:empty)")
    page.keyboard.press("Space")
    page.wait_for_url("**/after*", timeout=120_000)
    _tab_to(page, "input[name='pain']")
    page.keyboard.press("Space")
    _tab_to(page, "input[name='effort']")
    page.keyboard.press("Space")
    _tab_to(page, "main form button.big")
    page.keyboard.press("Enter")
    page.wait_for_selector("main a.button[href='/']")
    _tab_to(page, "main a.button[href='/']")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("live", [_by_mouse, _by_keyboard], ids=["mouse", "keyboard"])
def test_the_whole_first_day(page: "sync_api.Page", program: Program, language: str, live: object) -> None:
    """A person passes the screen and the intake, is guided through a session to its end, and it is kept."""
    page.goto(program.link)
    assert page.locator("html").get_attribute("lang") == language
    assert callable(live)
    live(page)
    page.wait_for_selector("section.now")
    assert page.locator(".day-list li.done").count() == 1
    today = program.says("today")
    assert today["step"] == "ready"
    items = today["items"]
    assert isinstance(items, list)
    done = [item for item in items if item["status"] == "done"]
    assert len(done) == 1
    assert done[0]["done_s"] > 0
