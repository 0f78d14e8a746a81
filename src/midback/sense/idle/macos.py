"""Idle time on macOS. In: Quartz event services. Out: seconds. Next: choose. Never run on a real Mac so far."""

import ctypes
import math
import sys
from typing import Any, Final

from midback.errors import Unavailable

from .port import IdleBackend

NAME: Final = "macos"
LIBRARY: Final = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
# Keyboard and pointer of this login session, and any kind of input event.
COMBINED_SESSION: Final = 0
ANY_INPUT: Final = 0xFFFFFFFF


def read_seconds(answer: float) -> float:
    """Return Quartz's answer as seconds without input; raise Unavailable where it is no such number."""
    if not math.isfinite(answer) or answer < 0:
        raise Unavailable("macOS answers {answer} for the idle time.", values={"answer": answer})
    return answer


class MacIdle:
    """Idle time as Quartz counts it for this session."""

    name = NAME

    def __init__(self) -> None:
        """Load the framework; raise Unavailable elsewhere than on macOS."""
        platform: str = sys.platform
        if platform != "darwin":
            raise Unavailable("This is for macOS.")
        try:
            services: Any = ctypes.CDLL(LIBRARY)
            self._since = services.CGEventSourceSecondsSinceLastEventType
        except (OSError, AttributeError) as exc:
            raise Unavailable("macOS's ApplicationServices cannot be loaded.") from exc
        self._since.argtypes = [ctypes.c_int32, ctypes.c_uint32]
        self._since.restype = ctypes.c_double

    def idle_s(self) -> float:
        """Return the seconds since the last input; raise Unavailable when macOS does not tell."""
        return read_seconds(float(self._since(COMBINED_SESSION, ANY_INPUT)))

    def close(self) -> None:
        """Nothing is held."""


def open_backend() -> IdleBackend:
    """Open it; raise Unavailable with why not."""
    return MacIdle()
