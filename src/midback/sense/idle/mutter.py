"""Idle time on GNOME. In: Mutter's idle monitor on D-Bus. Out: seconds. Next: choose."""

from typing import Final

from midback.errors import Unavailable

from .bus import Bus
from .port import IdleBackend

NAME: Final = "mutter"
SERVICE: Final = "org.gnome.Mutter.IdleMonitor"
PATH: Final = "/org/gnome/Mutter/IdleMonitor/Core"


class MutterIdle:
    """Idle time as the compositor counts it, over every seat and device."""

    name = NAME

    def __init__(self) -> None:
        """Connect; raise Unavailable where there is no session bus."""
        self._bus = Bus("session")

    def idle_s(self) -> float:
        """Return the seconds since the last input; raise Unavailable when Mutter does not answer."""
        answer = self._bus.call(SERVICE, PATH, SERVICE, "GetIdletime")
        if len(answer) != 1 or not isinstance(answer[0], int):
            raise Unavailable("{name} answers in another shape.", values={"name": SERVICE})
        return answer[0] / 1000.0

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        self._bus.close()


def open_backend() -> IdleBackend:
    """Open it; raise Unavailable with why not."""
    return MutterIdle()
