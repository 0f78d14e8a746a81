"""Idle time on KDE, wlroots and COSMIC. In: ext-idle-notify-v1. Out: seconds, and whether an inhibitor holds.

The compositor does not tell idle time; it tells when a person has been idle for a while and when they are back.
What it said is read without waiting whenever somebody asks. The protocol's version 1 obeys idle inhibitors, so a
film looks like input; version 2 can leave them out, and then the difference of the two is "a film or a call".
Next: choose, the inhibitor sign.
"""

import importlib
import os
import select
import sys
import time
from typing import Any, Final

from midback.errors import Unavailable

from .port import IdleBackend

NAME: Final = "ext-idle-notify"
# Below this a person counts as active; every pause longer than it costs the compositor two small messages.
AFTER_S: Final = 5.0
# The two notices fall due together but are read one after the other; a difference counts when it lasts.
LASTS_S: Final = 1.0
# How long the compositor may take to answer at opening.
ANSWER_S: Final = 2.0


class Notice:
    """What one notification object has said: idle or not, and since when at least, in monotonic seconds."""

    def __init__(self) -> None:
        self.idle_since: float | None = None

    def idled(self) -> None:
        """The compositor says: idle for AFTER_S; this is read a little later than it was said."""
        self.idle_since = time.monotonic() - AFTER_S

    def resumed(self) -> None:
        """The compositor says: back."""
        self.idle_since = None

    def idle_s(self) -> float:
        """Return the seconds idle, at least; 0 for less than AFTER_S."""
        return 0.0 if self.idle_since is None else time.monotonic() - self.idle_since


class ExtIdle:
    """Idle time as the compositor tells it for the first seat.

    version : 2 when input is told apart from inhibitors, else 1
    """

    name = NAME

    def __init__(self) -> None:
        """Connect; raise Unavailable where there is no such compositor or no pywayland."""
        if sys.platform in ("win32", "darwin"):
            raise Unavailable("This system does not use Wayland.")
        if not os.environ.get("WAYLAND_DISPLAY"):
            raise Unavailable("WAYLAND_DISPLAY is not set: there is no Wayland compositor here.")
        try:
            client: Any = importlib.import_module("pywayland.client")
            protocol: Any = importlib.import_module("pywayland.protocol.ext_idle_notify_v1")
            core: Any = importlib.import_module("pywayland.protocol.wayland")
        except ImportError as exc:
            raise Unavailable(
                "The Python package pywayland is not installed.",
                "",
                "Install midback with its extra `wayland`.",
            ) from exc
        self._kinds = {
            "ext_idle_notifier_v1": (protocol.ExtIdleNotifierV1, 2),
            "wl_seat": (core.WlSeat, 1),
        }
        self._found: dict[str, tuple[Any, int]] = {}
        self._display: Any = client.Display()
        try:
            self._display.connect()
        except ValueError as exc:
            self._display = None
            raise Unavailable("The Wayland compositor does not answer.") from exc
        try:
            self._open()
        except Unavailable:
            self.close()
            raise

    def _open(self) -> None:
        self._registry = self._display.get_registry()
        self._registry.dispatcher["global"] = self._offer
        self._round()
        if "ext_idle_notifier_v1" not in self._found:
            raise Unavailable("This compositor does not offer ext-idle-notify-v1.")
        if "wl_seat" not in self._found:
            raise Unavailable("This compositor has no seat: no keyboard and no pointer.")
        notifier, self.version = self._found["ext_idle_notifier_v1"]
        seat, _ = self._found["wl_seat"]
        wait_ms = int(AFTER_S * 1000)
        self._obeying = Notice()
        self._input = self._obeying
        self._handles = [self._watch(notifier.get_idle_notification(wait_ms, seat), self._obeying)]
        if self.version >= 2:
            self._input = Notice()
            self._handles.append(
                self._watch(notifier.get_input_idle_notification(wait_ms, seat), self._input)
            )
        self._round()

    def _offer(self, registry: Any, number: int, name: str, version: int) -> None:
        if name in self._kinds and name not in self._found:
            kind, newest = self._kinds[name]
            bound = min(version, newest)
            self._found[name] = (registry.bind(number, kind, bound), bound)

    def _watch(self, handle: Any, notice: Notice) -> Any:
        handle.dispatcher["idled"] = lambda _handle: notice.idled()
        handle.dispatcher["resumed"] = lambda _handle: notice.resumed()
        return handle

    def _round(self) -> None:
        """Wait until the compositor has answered what was asked so far, at most ANSWER_S."""
        answered: list[int] = []
        done = self._display.sync()
        done.dispatcher["done"] = lambda _handle, _data: answered.append(1)
        deadline = time.monotonic() + ANSWER_S
        while not answered:
            if not self._read(max(0.0, deadline - time.monotonic())):
                raise Unavailable("The Wayland compositor does not answer.")

    def _read(self, wait_s: float = 0.0) -> bool:
        """Take in what the compositor has said; return whether it said anything within ``wait_s``."""
        if self._display is None:
            raise _closed()
        try:
            self._display.dispatch(block=False)
            self._display.flush()
            poll = select.poll()
            poll.register(self._display.get_fd(), select.POLLIN)
            if not (ready := poll.poll(wait_s * 1000)):
                return False
            if ready[0][1] & (select.POLLHUP | select.POLLERR):
                raise RuntimeError("hung up")
            self._display.read()
            self._display.dispatch(block=False)
        except (RuntimeError, ValueError) as exc:
            raise Unavailable("The Wayland compositor has gone.") from exc
        return True

    def idle_s(self) -> float:
        """Return the seconds without input, 0 below AFTER_S; raise Unavailable when the compositor has gone."""
        self._read()
        return self._input.idle_s()

    def inhibited(self) -> bool | None:
        """Return whether an inhibitor holds the idle time back, as of the last ``idle_s``.

        None : it cannot be told, by version 1 or while the person is active

        Raises
        ------
        Unavailable : the connection is closed, and what was said last holds no more
        """
        if self._display is None:
            raise _closed()
        if self.version < 2 or self._input.idle_s() < AFTER_S + LASTS_S:
            return None
        return self._obeying.idle_since is None

    def close(self) -> None:
        """Disconnect; a second call does nothing."""
        if self._display is not None:
            self._display.disconnect()
            self._display = None


def _closed() -> Unavailable:
    return Unavailable("The connection to the Wayland compositor is closed.")


def open_backend() -> IdleBackend:
    """Open it; raise Unavailable with why not."""
    return ExtIdle()
