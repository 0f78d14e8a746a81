"""Does a program fill the screen? In: the X server's active window, Windows. Out: a sign. Next: choose.

On Wayland no program may see the windows of others, so there it is not told.
"""

import ctypes
import sys
from ctypes import POINTER, byref, c_int, c_long, c_ulong, c_void_p
from typing import Final

from midback.body.evidence import Source
from midback.errors import Unavailable
from midback.sense.idle.xlib import XDisplay

from . import shell_state
from .port import AnyWay, Desktop, Sign

NAME: Final = "fullscreen"
SOURCE: Final[Source] = "fullscreen"
ATOM, WINDOW = 4, 33
# No window has more states than that.
MOST_STATES: Final = 32


class X11FullScreen:
    """The active window of an X session."""

    name = NAME
    source: Source = SOURCE
    ways: tuple[str, ...] = ("X11",)
    reason = ""

    def __init__(self) -> None:
        """Connect; raise Unavailable where there is no X session or its window manager does not tell."""
        self._display = XDisplay()
        lib = self._display.lib
        lib.XGetWindowProperty.argtypes = [
            *(c_void_p, c_ulong, c_ulong, c_long, c_long, c_int, c_ulong),
            *(POINTER(c_ulong), POINTER(c_int), POINTER(c_ulong), POINTER(c_ulong), POINTER(c_void_p)),
        ]
        self._active, self._state, self._full, self._supported = (
            lib.XInternAtom(self._display.pointer, name, 0)
            for name in (
                b"_NET_ACTIVE_WINDOW",
                b"_NET_WM_STATE",
                b"_NET_WM_STATE_FULLSCREEN",
                b"_NET_SUPPORTED",
            )
        )
        if self._active not in self._read(self._display.root, self._supported, ATOM, 1024):
            self.close()
            raise Unavailable("The window manager does not tell which window is active.")

    def read(self) -> bool:
        """Return whether the active window fills the screen; raise Unavailable when the X server has gone."""
        active = self._read(self._display.root, self._active, WINDOW, 1)
        if not active or not active[0]:
            return False
        return self._full in self._read(active[0], self._state, ATOM, MOST_STATES)

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        self._display.close()

    def _read(self, window: int, name: int, kind: int, most: int) -> tuple[int, ...]:
        """Return a property's items; nothing where it is missing, of another type, or the window is gone."""
        lib, pointer = self._display.lib, self._display.check()
        found, width, count, left, data = c_ulong(), c_int(), c_ulong(), c_ulong(), c_void_p()
        failed = lib.XGetWindowProperty(
            *(pointer, window, name, 0, most, 0, kind),
            *(byref(found), byref(width), byref(count), byref(left), byref(data)),
        )
        if failed or not data.value:
            self._display.check()
            return ()
        try:
            # Xlib hands 32-bit items out as longs.
            if found.value != kind or width.value != 32:
                return ()
            items = ctypes.cast(data, POINTER(c_ulong))
            return tuple(items[place] for place in range(min(count.value, most)))
        finally:
            lib.XFree(data)


def _ask_windows() -> tuple[bool, str]:
    return shell_state.ask() in ("full-screen", "presenting"), ""


def open_sign() -> Sign:
    """Open it; raise Unavailable with why not."""
    if sys.platform == "win32":
        return AnyWay(NAME, SOURCE, Desktop(), {"Windows": _ask_windows})
    if sys.platform == "darwin":
        raise Unavailable("macOS does not tell a program whether another fills the screen.")
    return X11FullScreen()
