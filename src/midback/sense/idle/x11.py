"""Idle time on X11. In: the X server's screen saver extension. Out: seconds. Next: choose."""

import ctypes
from ctypes import POINTER, byref, c_int, c_ulong, c_void_p
from typing import Any, Final

from midback.errors import Unavailable

from .port import IdleBackend
from .xlib import XDisplay, gone, load

NAME: Final = "x11"


class _Info(ctypes.Structure):
    """What libXss fills; idle is in milliseconds."""

    _fields_ = (
        ("window", c_ulong),
        ("state", c_int),
        ("kind", c_int),
        ("til_or_since", c_ulong),
        ("idle", c_ulong),
        ("event_mask", c_ulong),
    )


class X11Idle:
    """Idle time as the X server counts it, for keyboard and pointer together."""

    name = NAME

    def __init__(self) -> None:
        """Connect; raise Unavailable where there is no X server or it lacks the extension."""
        self._saver: Any = load("libXss.so.1")
        self._saver.XScreenSaverQueryExtension.argtypes = [c_void_p, POINTER(c_int), POINTER(c_int)]
        self._saver.XScreenSaverQueryInfo.argtypes = [c_void_p, c_ulong, POINTER(_Info)]
        self._info = _Info()
        self._display = XDisplay()
        known = self._saver.XScreenSaverQueryExtension(self._display.pointer, byref(c_int()), byref(c_int()))
        if not known:
            self._display.close()
            raise Unavailable("This X server does not tell idle time: it lacks MIT-SCREEN-SAVER.")

    def idle_s(self) -> float:
        """Return the seconds since the last input; raise Unavailable when the server has gone."""
        pointer = self._display.check()
        if not self._saver.XScreenSaverQueryInfo(pointer, self._display.root, byref(self._info)):
            raise gone()
        return float(self._info.idle) / 1000.0

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        self._display.close()


def open_backend() -> IdleBackend:
    """Open it; raise Unavailable with why not."""
    return X11Idle()
