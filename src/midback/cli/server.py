"""`midback` and `midback link`. In: settings. Out: the running server, or a new link to it. Next: web."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from midback.errors import Conflict, MidbackError, Unavailable
from midback.settings import read_settings

from .words import _, silence

# The pages come first: the loop and what it starts wait until they are there.
WATCH_AFTER_S = 3.0
# Where another loop watches, whether it has ended is asked this often; the asking is one look at a lock.
WATCH_AGAIN_S = 30.0

# A program that can open nothing ends by then; one that goes on is the browser.
OPENS_WITHIN_S = 6.0


def serve(port: int | None, browser: bool) -> None:
    """Serve until stopped; open the browser where there is one and it is wanted."""
    from midback.web.server import serve as serve_pages

    silence()  # a browser started from here keeps its own language
    keep_one_heap()
    settings = read_settings(**({} if port is None else {"port": port}))
    with watching(settings.data_dir):
        serve_pages(settings, open_browser=browser and settings.open_browser and has_screen())


@contextmanager
def watching(data_dir: Path) -> Iterator[None]:
    """Run the sensing loop beside the pages, as soon as no other one runs for this folder."""
    import threading
    from queue import Empty

    from midback.daemon.watch import Inbox, run

    inbox = Inbox()

    def loop() -> None:
        wait_s = WATCH_AFTER_S
        while True:
            try:
                inbox.get(timeout=wait_s)
                return
            except Empty:
                wait_s = WATCH_AGAIN_S
            try:
                run(data_dir, inbox)
                return
            except Conflict:
                continue  # `midback watch`, or the service, does it until it ends
            except MidbackError as exc:
                print(f"midback: {' '.join(' '.join(exc.said(_)).split())}", file=sys.stderr)
                return

    thread = threading.Thread(target=loop, name="midback watch")
    thread.start()
    try:
        yield
    finally:
        inbox.put(None)
        thread.join()


def has_screen() -> bool:
    """Say whether a window can be opened here; without one, a text browser would take the terminal over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def keep_one_heap() -> None:
    """Let all threads of the server share one heap: a heap for each holds some MB that nobody uses.

    For Linux with the GNU C library, which alone keeps them apart; elsewhere nothing happens.
    """
    if sys.platform != "linux":
        return
    import ctypes

    arena_max = -8
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(arena_max, 1)


def print_link() -> None:
    """Print a new one-time link."""
    from midback.web.server import fresh_link

    print(fresh_link(read_settings()))


def open_page(path: str) -> None:
    """Open a page of the running server in the browser; raise Unavailable where no browser can be."""
    from midback.web.server import fresh_link

    link = f"{fresh_link(read_settings())}&to={quote(path, safe='/')}"
    silence()
    if not has_screen() or not in_browser(link):
        raise Unavailable(
            "No browser can be opened here.", "", "Open this yourself: {link}", values={"link": link}
        )


def in_browser(link: str) -> bool:
    """Open a link in the browser; say whether one took it, as far as that is known within some seconds."""
    import shutil
    import subprocess
    import webbrowser

    # The library starts this program without waiting for it, and so believes that it opened what it could not.
    opener = (
        None if "BROWSER" in os.environ or sys.platform in ("win32", "darwin") else shutil.which("xdg-open")
    )
    if opener is None:
        return webbrowser.open(link)
    try:
        with open(os.devnull, "r+b") as nothing:
            child = subprocess.Popen((opener, link), stdin=nothing, stdout=nothing, stderr=nothing)  # noqa: S603
        return child.wait(OPENS_WITHIN_S) == 0
    except OSError:
        return False
    except subprocess.TimeoutExpired:
        child.returncode = 0  # the browser itself, which outlives this process
        return True
