"""Desktops that tests may have for themselves: Xvfb, Mutter, KWin and D-Bus, each started alone and ended after.

Stand-ins answer on a private bus where the real service cannot run here; a test that uses one says so.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

WAIT_S = 20.0
# What a test must not meet of the machine it runs on.
OUTSIDE = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XDG_SESSION_TYPE",
    "XDG_SESSION_ID",
    "XDG_CURRENT_DESKTOP",
    "DBUS_SESSION_BUS_ADDRESS",
    "DBUS_SYSTEM_BUS_ADDRESS",
    "XAUTHORITY",
)


def program(name: str) -> str:
    """Return where a program is, or skip the test with its name."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


def wait_until(true: Callable[[], Any], what: str) -> Any:
    """Wait until ``true`` returns something true and return that; fail with ``what`` did not happen."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        if found := true():
            return found
        time.sleep(0.02)
    raise AssertionError(f"within {WAIT_S:.0f} s this did not happen: {what}")


@contextmanager
def running(*command: str, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in a process group of its own and end all of that afterwards."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True, **more)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


@contextmanager
def xvfb() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a real X server without a screen; yield its DISPLAY and its process."""
    # Without -noreset the server is away for a moment whenever its last client has gone.
    command = (
        program("Xvfb"),
        "-displayfd",
        "1",
        "-noreset",
        "-screen",
        "0",
        "640x480x24",
        "-nolisten",
        "tcp",
    )
    with running(*command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        number = server.stdout.readline().decode().strip()
        assert number, "Xvfb did not start"
        yield f":{number}", server


@contextmanager
def xwayland(folder: Path, socket: str) -> Iterator[str]:
    """Run a real Xwayland for the compositor at ``socket``; yield its DISPLAY."""
    command, about = program("Xwayland"), surroundings(folder, WAYLAND_DISPLAY=socket)
    told, tell = os.pipe()
    try:
        options = ("-displayfd", str(tell), "-rootless", "-noreset")
        with running(command, *options, env=about, stdout=subprocess.DEVNULL, pass_fds=(tell,)):
            os.close(tell)
            number = os.read(told, 16).decode().strip()
            assert number, "Xwayland did not start"
            yield f":{number}"
    finally:
        os.close(told)


@contextmanager
def bus() -> Iterator[str]:
    """Run a private bus that serves as session and as system bus; yield its address."""
    with tempfile.TemporaryDirectory(prefix="midback-bus-") as folder:
        path = Path(folder) / "bus"
        address = f"unix:path={path}"
        command = (program("dbus-daemon"), "--session", "--nofork", "--nopidfile", f"--address={address}")
        with running(*command, stdout=subprocess.DEVNULL):
            wait_until(path.exists, "dbus-daemon makes its socket")
            yield address


@contextmanager
def runtime_folder() -> Iterator[Path]:
    """Yield a folder as XDG_RUNTIME_DIR, short enough for a socket's path."""
    with tempfile.TemporaryDirectory(prefix="midback-run-") as folder:
        os.chmod(folder, 0o700)
        yield Path(folder)


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment without the machine's own desktop."""
    kept = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
    return {
        **kept,
        "XDG_RUNTIME_DIR": str(folder),
        "HOME": str(folder),
        "GSETTINGS_BACKEND": "memory",
        **more,
    }


@contextmanager
def mutter(address: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a real Mutter without a screen on the bus at ``address``; ResetIdletime plays the person."""
    with runtime_folder() as folder:
        about = surroundings(folder, DBUS_SESSION_BUS_ADDRESS=address, MUTTER_DEBUG_RESET_IDLETIME="1")
        command = (program("mutter"), "--headless", "--wayland", "--no-x11", "--virtual-monitor", "640x480")
        with running(*command, env=about, stdout=subprocess.DEVNULL) as process:
            yield process


@contextmanager
def kwin(address: str) -> Iterator[tuple[Path, str, subprocess.Popen[bytes]]]:
    """Run a real KWin without a screen; yield its runtime folder, socket and process."""
    with runtime_folder() as folder:
        # The installed one holds a file capability, which a container may not grant; a copy holds none.
        copy = shutil.copy(program("kwin_wayland"), folder / "kwin_wayland")
        about = surroundings(folder, DBUS_SESSION_BUS_ADDRESS=address, QT_QPA_PLATFORM="offscreen")
        command = (copy, "--virtual", "--no-lockscreen", "--no-global-shortcuts", "--socket", "wayland-test")
        with running(*command, env=about, stdout=subprocess.DEVNULL) as process:
            wait_until((folder / "wayland-test").exists, "KWin makes its socket")
            yield folder, "wayland-test", process


class StandIn:
    """A service on a private bus that answers as a test says; it is not the real one.

    answers : (interface, method) -> signature and values, or a function that returns them
    properties : (interface, name) -> signature and value
    """

    def __init__(
        self,
        address: str,
        name: str,
        answers: Mapping[tuple[str, str], Any] | None = None,
        properties: Mapping[tuple[str, str], Any] | None = None,
    ) -> None:
        from jeepney import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self.answers = dict(answers or {})
        self.properties = dict(properties or {})
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(name))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> "StandIn":
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._connection.close()

    def _serve(self) -> None:
        from jeepney import HeaderFields, MessageType, new_error, new_method_return

        while not self._over.is_set():
            try:
                asked = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            except OSError:
                return
            if asked.header.message_type is not MessageType.method_call:
                continue
            fields = asked.header.fields
            key = (fields.get(HeaderFields.interface, ""), fields[HeaderFields.member])
            if key == ("org.freedesktop.DBus.Properties", "Get") and tuple(asked.body) in self.properties:
                signature, value = "v", (self.properties[tuple(asked.body)],)
            elif key in self.answers:
                told = self.answers[key]
                signature, value = told(*asked.body) if callable(told) else told
            else:
                self._connection.send(new_error(asked, "org.freedesktop.DBus.Error.UnknownMethod"))
                continue
            if signature is None:  # as a service that hangs
                continue
            self._connection.send(new_method_return(asked, signature or None, value))
