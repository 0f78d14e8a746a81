"""`midback` and `midback link`. In: settings. Out: the running server, or a new link to it. Next: web."""

import os
import sys

from midback.settings import read_settings

from .words import silence


def serve(port: int | None, browser: bool) -> None:
    """Serve until stopped; open the browser where there is one and it is wanted."""
    from midback.web.server import serve as serve_pages

    silence()  # a browser started from here keeps its own language
    keep_one_heap()
    settings = read_settings(**({} if port is None else {"port": port}))
    serve_pages(settings, open_browser=browser and settings.open_browser and has_screen())


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
