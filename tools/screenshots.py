"""Take README's pictures from the demo. Out: docs/images/*.png. Needs Chromium and the test group.

`just screenshots` starts the demo on a folder of its own, so the pictures show invented data only.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = {"width": 1240, "height": 860}


def main() -> None:
    """Start the demo, take the pictures, stop the demo."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no Chromium on this machine; install it and try again.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "MIDBACK_DATA_DIR": f"{folder}/data",
            "MIDBACK_CONFIG_DIR": f"{folder}/config",
            "MIDBACK_LANGUAGE": "en",
            "MIDBACK_READY_S": "0",
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, "-m", "midback", "demo", "--no-browser"]
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as demo:
            assert demo.stdout is not None  # noqa: S101 - it was asked for in the line above
            link = next(found[0] for line in demo.stdout if (found := re.search(r"http://\S+", line)))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                page = browser.new_page(viewport=SIZE)
                page.goto(link)
                take(page)
                browser.close()
            demo.terminate()


def take(page: Page) -> None:
    """Take Today, a session in the middle of a movement, and Progress."""
    page.wait_for_timeout(1500)
    page.screenshot(path=IMAGES / "today.png")
    home = page.url
    page.goto(f"{home}progress")
    page.screenshot(path=IMAGES / "progress.png")
    page.goto(f"{home}session?exercise=cat-cow&variant=floor")
    page.locator("label:has(input[name='pain'][value='3'])").click()
    page.locator("main form button.big").click()
    page.wait_for_selector("#main-name:not(:empty)")
    page.keyboard.press("Space")
    page.wait_for_timeout(7000)
    page.screenshot(path=IMAGES / "session.png")


if __name__ == "__main__":
    main()
