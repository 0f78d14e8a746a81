"""A session before a camera with no network but this computer's own: `python tests/web/session_apart.py FOLDERS CLIP`.

Chromium looks at the clip, midback counts it. Prints how many repetitions it saw, and what the browser could reach
beyond this computer. Run by test_no_pixels_session.
"""

import fcntl
import json
import socket
import struct
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from playwright.sync_api import Page, sync_playwright  # noqa: E402
from session_browser import CHROMIUM, ME, running_site  # noqa: E402

from midback.app.session import read_session  # noqa: E402
from midback.app.session_camera import allow_session_camera  # noqa: E402
from midback.catalogue.exercise import Dose  # noqa: E402
from midback.coach.script import Item  # noqa: E402
from midback.web.entry import new_link_token  # noqa: E402

CATS = Item(
    key="a",
    exercise_id="cat-cow",
    variant_id="floor",
    level=0,
    dose=Dose(seconds=240, repetitions=60, tempo_s=4.0),
)
SET_FLAGS, UP_AND_RUNNING = 0x8914, 0x41
LONGEST_S = 120


def raise_loopback() -> None:
    """Switch this namespace's loopback on: it is born switched off."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        fcntl.ioctl(line, SET_FLAGS, struct.pack("16sH22x", b"lo", UP_AND_RUNNING))


def interfaces() -> list[str]:
    """Return the network interfaces there are."""
    return [name for _number, name in socket.if_nameindex()]


def main(folder: Path, clip: str) -> None:
    """Do cat-cow before the camera until something counts, and say what came of it."""
    raise_loopback()
    with running_site(folder / "data") as site, sync_playwright() as play:
        allow_session_camera(site.house, ME, True)
        browser = play.chromium.launch_persistent_context(
            folder / "browser",
            executable_path=str(CHROMIUM),
            args=[
                "--no-sandbox",
                "--disk-cache-size=1",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={clip}",
            ],
        )
        page: Page = browser.new_page()
        page.goto(f"{site.url}/enter?token={new_link_token(site.house.data_dir)}")
        page.goto(site.session(CATS))
        session_id = page.url.rsplit("/", 1)[-1]
        page.keyboard.press("c")
        page.locator("#camera").wait_for()
        page.keyboard.press("Space")
        seen, until = 0, time.monotonic() + LONGEST_S
        while not seen and time.monotonic() < until:
            page.wait_for_timeout(500)
            seen = read_session(site.house, ME, session_id).state.unit_by_camera
        browser.close()
    print(json.dumps({"seen": seen, "interfaces": interfaces()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
