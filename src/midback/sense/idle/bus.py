"""Short questions to a D-Bus service, with a time limit on each. In: a bus. Out: answers. Next: back ends, signs.

A service is never started by being asked. A connection that broke is made anew once, at the next question; a
service that is not there, a bus that has gone and an answer of another shape are all Unavailable.
"""

import os
import sys
import time
from typing import Any, Final, Literal

from midback.errors import Unavailable

TIMEOUT_S: Final = 2.0
# More than any answer here holds; a service that floods its bus is not listened to.
MOST_BYTES: Final = 4 * 2**20
ABSENT: Final = frozenset({"NameHasNoOwner", "ServiceUnknown"})
PROPERTIES: Final = "org.freedesktop.DBus.Properties"


class Bus:
    """One connection to the session's or the system's bus, used by one thread at a time."""

    def __init__(self, kind: Literal["session", "system"] = "session") -> None:
        """Connect; raise Unavailable where there is no bus, or no jeepney to speak to it."""
        self.kind = kind
        self._sock: Any = None
        self._serial = 0
        self._connect()

    def call(self, name: str, path: str, interface: str, method: str, signature: str = "", *args: Any) -> Any:
        """Call a method of the service ``name``; return what it answers, as a tuple.

        Raises
        ------
        Unavailable : the bus or the service is not there, refuses, or does not answer within TIMEOUT_S
        """
        for last in (False, True):
            try:
                return self._ask(name, path, interface, method, signature, args)
            except TimeoutError as exc:
                self.close()
                raise Unavailable("{name} does not answer.", values={"name": name}) from exc
            except OSError as exc:
                self.close()
                if last:
                    raise _no_bus(self.kind, exc) from exc
        raise AssertionError("the second try returns or raises")

    def get(self, name: str, path: str, interface: str, key: str) -> Any:
        """Return a property's value; raise Unavailable as ``call`` does."""
        answer = self.call(name, path, PROPERTIES, "Get", "ss", interface, key)
        try:
            ((_signature, value),) = answer
        except (TypeError, ValueError) as exc:
            raise Unavailable("{name} answers in another shape.", values={"name": name}) from exc
        return value

    def close(self) -> None:
        """Close the connection; the next call makes a new one."""
        if self._sock is not None:
            self._sock.close()
            self._sock = None

    def _connect(self) -> None:
        if sys.platform in ("win32", "darwin"):
            raise Unavailable("This system does not use D-Bus.")
        try:
            from jeepney.bus import get_bus  # type: ignore[import-untyped]
            from jeepney.io.blocking import prep_socket  # type: ignore[import-untyped]
            from jeepney.low_level import Parser  # type: ignore[import-untyped]
        except ImportError as exc:
            raise Unavailable(
                "The Python package jeepney is not installed.", "", "Install midback again."
            ) from exc
        address = _address(self.kind)
        try:
            self._sock = prep_socket(get_bus(address), timeout=TIMEOUT_S)
        except (OSError, RuntimeError, ValueError, KeyError) as exc:
            raise _no_bus(self.kind, exc) from exc
        self._parser = Parser()
        dbus = "org.freedesktop.DBus"
        try:
            self._ask(dbus, "/org/freedesktop/DBus", dbus, "Hello", "", ())
        except OSError as exc:
            self.close()
            raise _no_bus(self.kind, exc) from exc

    def _ask(
        self, name: str, path: str, interface: str, method: str, signature: str, args: tuple[Any, ...]
    ) -> Any:
        from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]
        from jeepney.low_level import HeaderFields, MessageFlag, MessageType

        if self._sock is None:
            self._connect()
        question = new_method_call(DBusAddress(path, name, interface), method, signature or None, args)
        question.header.flags |= MessageFlag.no_auto_start
        self._serial += 1
        deadline = time.monotonic() + TIMEOUT_S
        self._sock.settimeout(TIMEOUT_S)
        self._sock.sendall(question.serialise(serial=self._serial))
        answer = self._receive(deadline)
        while answer.header.fields.get(HeaderFields.reply_serial) != self._serial:
            answer = self._receive(deadline)
        if answer.header.message_type is MessageType.error:
            fault = str(answer.header.fields.get(HeaderFields.error_name, "")).rpartition(".")[2]
            if fault in ABSENT:
                raise Unavailable("{name} is not running here.", values={"name": name})
            raise Unavailable(
                "{name} does not tell {method} ({fault}).",
                values={"name": name, "method": method, "fault": fault},
            )
        return answer.body

    def _receive(self, deadline: float) -> Any:
        """Return the next message; raise TimeoutError at the deadline, OSError when the bus has gone."""
        taken = 0
        while (message := self._parser.get_next_message()) is None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._sock.settimeout(left)
            data = self._sock.recv(65536)
            taken += len(data)
            if not data or taken > MOST_BYTES:
                raise ConnectionResetError("the bus closed the connection")
            self._parser.add_data(data)
        return message


class Buses:
    """The session's and the system's bus, connected when first asked for and shared by who asks in turn."""

    def __init__(self) -> None:
        self._open: dict[str, Bus] = {}

    def session(self) -> Bus:
        """Return the session's bus; raise Unavailable where there is none."""
        return self._one("session")

    def system(self) -> Bus:
        """Return the system's bus; raise Unavailable where there is none."""
        return self._one("system")

    def _one(self, kind: Literal["session", "system"]) -> Bus:
        if kind not in self._open:
            self._open[kind] = Bus(kind)
        return self._open[kind]

    def close(self) -> None:
        """Close both; asking again connects anew."""
        for bus in self._open.values():
            bus.close()


def _address(kind: str) -> str:
    """Return what jeepney should connect to; sessions without the variable keep their bus at a known place."""
    if kind == "system":
        return "SYSTEM"
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return "SESSION"
    folder = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    return f"unix:path={folder}/bus"


def _no_bus(kind: str, exc: Exception) -> Unavailable:
    fault = getattr(exc, "strerror", None) or exc
    if kind == "system":
        return Unavailable("The system's D-Bus is not there ({fault}).", values={"fault": fault})
    return Unavailable("The session's D-Bus is not there ({fault}).", values={"fault": fault})
