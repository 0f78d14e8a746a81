"""Chromium for a benchmark, signed in to a server on the demo's data."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from serving import Server, serving

from midback.app.demo import build_demo, demo_settings
from midback.settings import Settings

QUIET = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-default-apps",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
    # Names are not looked up: what is asked for shows in the log, and goes nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def chromium_path() -> str:
    """Return the system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        sys.exit("There is no Chromium on the path. On Debian: apt-get install chromium")
    return found


@contextmanager
def demo_page(*arguments: str, width: int = 1280, height: int = 900) -> Iterator[tuple[Server, Page]]:
    """Yield a server on four invented weeks and a page that has opened Today."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder, "data"), timezone="UTC")
        build_demo(settings).engine.dispose()
        with serving(demo_settings(settings).data_dir, spend_link=False) as server, sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=chromium_path(), args=[*QUIET, *arguments], chromium_sandbox=False
            )
            page = browser.new_page(viewport={"width": width, "height": height}, locale="en-GB")
            page.goto(server.link)
            yield server, page
            browser.close()
