"""A connection to an X server that survives the server. In: DISPLAY. Out: XDisplay. Next: x11, full screen.

Xlib ends the whole process when its server goes away. Here a hung-up connection is noticed before each call,
and where libX11 is 1.7 or newer it is told not to exit in the instant between. Xlib's two handlers belong to
the process; nothing else in it speaks X.
"""

import ctypes
import functools
import os
import select
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_ulong, c_void_p
from typing import Any, Final

from midback.errors import Unavailable

_ON_ERROR: Final = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)
_ON_IO_ERROR: Final = ctypes.CFUNCTYPE(c_int, c_void_p)
_ON_EXIT: Final = ctypes.CFUNCTYPE(None, c_void_p, c_void_p)
HUNG_UP: Final = 0x0010 | 0x0008 | 0x2000  # POLLHUP, POLLERR, POLLRDHUP
QUEUED_ALREADY: Final = 0
XWAYLAND_NAMES: Final = (b"XWAYLAND0", b"xwayland-keyboard")
EVENT_BYTES: Final = 256  # an XEvent has 24 longs

# The callbacks live as long as the process: Xlib keeps their addresses. A window that is gone is no error here.
_ignore_error = _ON_ERROR(lambda _display, _event: 0)
_ignore_io_error = _ON_IO_ERROR(lambda _display: 0)
_stay_alive = _ON_EXIT(lambda _display, _data: None)


def load(soname: str) -> ctypes.CDLL:
    """Load a shared library by its exact name; raise Unavailable that names it."""
    try:
        return ctypes.CDLL(soname)
    except OSError as exc:
        raise Unavailable(
            "The library {name} is not installed.",
            "",
            "Install the package that holds it (Debian: libx11-6 and libxss1).",
            values={"name": soname},
        ) from exc


@functools.cache
def xlib() -> Any:
    """Return libX11 with the types of what is called here; raise Unavailable where there is none."""
    lib: Any = load("libX11.so.6")
    lib.XOpenDisplay.argtypes, lib.XOpenDisplay.restype = [c_char_p], c_void_p
    lib.XCloseDisplay.argtypes = [c_void_p]
    lib.XConnectionNumber.argtypes = [c_void_p]
    lib.XDefaultRootWindow.argtypes, lib.XDefaultRootWindow.restype = [c_void_p], c_ulong
    lib.XQueryExtension.argtypes = [c_void_p, c_char_p, POINTER(c_int), POINTER(c_int), POINTER(c_int)]
    lib.XInternAtom.argtypes, lib.XInternAtom.restype = [c_void_p, c_char_p, c_int], c_ulong
    lib.XFree.argtypes = [c_void_p]
    lib.XEventsQueued.argtypes = [c_void_p, c_int]
    lib.XNextEvent.argtypes = [c_void_p, c_void_p]
    lib.XSetErrorHandler(_ignore_error)
    lib.XSetIOErrorHandler(_ignore_io_error)
    return lib


class XDisplay:
    """One connection, used by one thread at a time."""

    def __init__(self) -> None:
        """Connect to DISPLAY; raise Unavailable where there is no X server of the session's own."""
        if sys.platform in ("win32", "darwin"):
            raise Unavailable("This system does not use X11.")
        name = os.environ.get("DISPLAY", "")
        if not name:
            raise Unavailable("DISPLAY is not set: there is no X server here.")
        if os.environ.get("XDG_SESSION_TYPE") == "wayland" or os.environ.get("WAYLAND_DISPLAY"):
            raise _not_on_wayland()
        self.lib = xlib()
        self.pointer: int | None = self.lib.XOpenDisplay(name.encode())
        if not self.pointer:
            raise Unavailable(
                "The X server at DISPLAY={name} does not answer.",
                "",
                "Start midback inside the desktop session.",
                values={"name": name},
            )
        if hasattr(self.lib, "XSetIOErrorExitHandler"):
            self.lib.XSetIOErrorExitHandler.argtypes = [c_void_p, _ON_EXIT, c_void_p]
            self.lib.XSetIOErrorExitHandler(self.pointer, _stay_alive, None)
        self._poll = select.poll()
        self._poll.register(self.lib.XConnectionNumber(self.pointer), 0x2000)
        if self._is_xwayland():
            self.close()
            raise _not_on_wayland()
        self._event = ctypes.create_string_buffer(EVENT_BYTES)
        self.root: int = self.lib.XDefaultRootWindow(self.pointer)

    def check(self) -> int:
        """Return Xlib's pointer; raise Unavailable when the server has gone or the connection is closed."""
        if self.pointer is None or any(event & HUNG_UP for _, event in self._poll.poll(0)):
            raise gone()
        # Every client is told of a new keyboard layout; unread, these messages would pile up for ever.
        while self.lib.XEventsQueued(self.pointer, QUEUED_ALREADY):
            self.lib.XNextEvent(self.pointer, self._event)
        return self.pointer

    def _is_xwayland(self) -> bool:
        """Tell whether a Wayland compositor stands behind this server, whatever the environment says.

        Since 23.1 it has an extension for this; before, it named its output and its keyboard so.
        """
        answers = (byref(c_int()), byref(c_int()), byref(c_int()))
        if self.lib.XQueryExtension(self.pointer, b"XWAYLAND", *answers):
            return True
        return any(self.lib.XInternAtom(self.pointer, name, 1) for name in XWAYLAND_NAMES)

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        if self.pointer is not None:
            self.lib.XCloseDisplay(self.pointer)
            self.pointer = None


def gone() -> Unavailable:
    """Return the error for a server that went away."""
    return Unavailable("The X server has gone.")


def _not_on_wayland() -> Unavailable:
    return Unavailable(
        "This is a Wayland session: its X server sees only the input of programs that still use X.",
        "Idle time from there would call a typing person idle.",
    )
