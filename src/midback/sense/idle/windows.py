"""Idle time on Windows. In: two tick counts. Out: seconds. Next: choose. Never run on real Windows so far.

The last input's tick has 32 bits and starts again every 49.7 days, so it is compared with the low 32 bits of
the machine's own count.
"""

import ctypes
import sys
from typing import Any, Final

from midback.errors import Unavailable

from .port import IdleBackend

NAME: Final = "windows"
WRAP: Final = 2**32
# The two counts are read one after the other and by different clocks: the input may seem to be a little ahead.
AHEAD_MS: Final = 60_000


def idle_from_ticks(now_ms: int, last_input_ms: int) -> float:
    """Return the seconds between the machine's tick count (64 bits) and the last input's (32 bits)."""
    idle_ms = (now_ms - last_input_ms) % WRAP
    return 0.0 if idle_ms > WRAP - AHEAD_MS else idle_ms / 1000.0


class _LastInput(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint32), ("tick", ctypes.c_uint32))


class WindowsIdle:
    """Idle time of this session."""

    name = NAME

    def __init__(self) -> None:
        """Load the two libraries; raise Unavailable elsewhere than on Windows."""
        platform: str = sys.platform
        if platform != "win32":
            raise Unavailable("This is for Windows.")
        user32: Any = _library("user32")
        kernel32: Any = _library("kernel32")
        self._last_input = user32.GetLastInputInfo
        self._ticks = kernel32.GetTickCount64
        self._ticks.restype = ctypes.c_uint64
        self._info = _LastInput(ctypes.sizeof(_LastInput), 0)

    def idle_s(self) -> float:
        """Return the seconds since the last input; raise Unavailable when Windows does not tell."""
        if not self._last_input(ctypes.byref(self._info)):
            raise Unavailable("Windows does not tell the last input of this session.")
        return idle_from_ticks(self._ticks(), self._info.tick)

    def close(self) -> None:
        """Nothing is held."""


def _library(name: str) -> Any:
    """Load one of Windows's own libraries; ctypes offers this on Windows alone."""
    return vars(ctypes)["WinDLL"](name)


def open_backend() -> IdleBackend:
    """Open it; raise Unavailable with why not."""
    return WindowsIdle()
