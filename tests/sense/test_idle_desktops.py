"""Idle time from real X11, Mutter and KWin, each run without a screen."""

import ctypes
import subprocess
import sys
import time

import desktops
import pytest

from midback.errors import Unavailable
from midback.sense.idle import ext_idle, mutter, x11
from midback.sense.idle.choose import choose
from midback.sense.idle.port import IdleBackend
from midback.sense.idle.xlib import XDisplay

pytestmark = pytest.mark.desktop


def live_name() -> str:
    """Return the name of the back end that is chosen here."""
    chosen = choose()
    if chosen.backend is not None:
        chosen.backend.close()
    return chosen.live


def grows(backend: IdleBackend, over_s: float) -> None:
    """Wait until the idle time is more than ``over_s``."""
    desktops.wait_until(lambda: backend.idle_s() > over_s, f"the idle time passes {over_s} s")


def test_x11_counts_from_the_last_move_of_the_pointer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle time on X11 grows with the clock and starts again at 0 when the pointer moves."""
    with desktops.xvfb() as (display, _):
        monkeypatch.setenv("DISPLAY", display)
        backend = x11.open_backend()
        grows(backend, 0.5)
        before = backend.idle_s()
        subprocess.run([desktops.program("xdotool"), "mousemove", "10", "20"], check=True)
        assert backend.idle_s() < before
        backend.close()
        backend.close()


def test_messages_to_every_client_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the X server tells all its clients, such as a new button order, is taken in and dropped."""
    with desktops.xvfb() as (name, _):
        monkeypatch.setenv("DISPLAY", name)
        display, other = XDisplay(), XDisplay()
        for order in ((3, 2, 1), (1, 2, 3)):
            buttons = (ctypes.c_ubyte * 3)(*order)
            sizes = other.lib.XGetPointerMapping(ctypes.c_void_p(other.pointer), buttons, 0)
            whole = (ctypes.c_ubyte * sizes)(*range(1, sizes + 1))
            whole[0], whole[2] = order[0], order[2]
            assert other.lib.XSetPointerMapping(ctypes.c_void_p(other.pointer), whole, sizes) == 0
        display.lib.XSync(ctypes.c_void_p(display.pointer), 0)
        assert display.lib.XEventsQueued(display.pointer, 0) >= 2
        display.check()
        assert display.lib.XEventsQueued(display.pointer, 0) == 0
        display.close()
        other.close()


def test_the_process_outlives_the_x_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the X server dies the back end says so, and closing it is safe."""
    with desktops.xvfb() as (display, server):
        monkeypatch.setenv("DISPLAY", display)
        backend = choose(["x11"]).backend
        assert backend is not None
        server.kill()
        server.wait()
        with pytest.raises(Unavailable, match="X server has gone"):
            backend.idle_s()
        with pytest.raises(Unavailable, match="X server has gone"):
            backend.idle_s()
        backend.close()


def test_the_process_outlives_a_server_that_dies_during_a_question() -> None:
    """Where libX11 can be told not to exit, even a server that dies after the look at its connection ends nothing."""
    if not hasattr(ctypes.CDLL("libX11.so.6"), "XSetIOErrorExitHandler"):
        pytest.skip("libX11 here is older than 1.7")
    with desktops.xvfb() as (display, server):
        # In a process of its own: were this wrong, it would take the tests along.
        code = (
            "import os, signal, time\n"
            "from midback.errors import Unavailable\n"
            "from midback.sense.idle import x11\n"
            "backend = x11.open_backend()\n"
            "backend._display._poll.unregister(backend._display.lib.XConnectionNumber(backend._display.pointer))\n"
            f"os.kill({server.pid}, signal.SIGKILL)\n"
            "time.sleep(0.5)\n"
            "try:\n    backend.idle_s()\nexcept Unavailable as exc:\n    print(exc)\n"
            "backend.close()\nprint('alive')\n"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code],
            env=desktops.surroundings(desktops.Path("/nonexistent"), DISPLAY=display),
            capture_output=True,
            text=True,
            check=False,
        )
    assert (ran.returncode, ran.stdout.splitlines()) == (0, ["The X server has gone.", "alive"]), ran.stderr


def test_x11_is_not_trusted_inside_a_wayland_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """An X server that answers is refused where the session is Wayland: it would call a typing person idle."""
    with desktops.xvfb() as (display, _):
        monkeypatch.setenv("DISPLAY", display)
        XDisplay().close()
        monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
        with pytest.raises(Unavailable, match="Wayland session"):
            x11.open_backend()


def test_xwayland_is_known_whatever_the_environment_says(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real Xwayland is refused even where nothing in the environment speaks of Wayland."""
    with desktops.kwin(bus) as (folder, socket, _), desktops.xwayland(folder, socket) as display:
        monkeypatch.setenv("DISPLAY", display)
        with pytest.raises(Unavailable, match="Wayland session"):
            x11.open_backend()


def test_mutter_counts_from_the_last_input(bus: str) -> None:
    """Idle time from Mutter grows with the clock and starts again when it is told of input."""
    with desktops.mutter(bus):
        backend = mutter.open_backend()

        def answers() -> bool:
            try:
                return backend.idle_s() >= 0
            except Unavailable:
                return False

        desktops.wait_until(answers, "Mutter answers")
        grows(backend, 0.5)
        before = backend.idle_s()
        backend._bus.call(mutter.SERVICE, mutter.PATH, mutter.SERVICE, "ResetIdletime")
        assert backend.idle_s() < before
        assert live_name() == "mutter"
        backend.close()


def test_mutter_that_goes_away_is_said(bus: str) -> None:
    """A Mutter that went away is an error, never an idle time; one that comes back is read again."""
    backend = mutter.open_backend()
    with desktops.mutter(bus) as process:
        desktops.wait_until(lambda: _tells(backend), "Mutter answers")
        process.kill()
        process.wait()
        desktops.wait_until(lambda: not _tells(backend), "the bus notices")
        with pytest.raises(Unavailable, match=r"org\.gnome\.Mutter"):
            backend.idle_s()
    with desktops.mutter(bus):
        desktops.wait_until(lambda: _tells(backend), "the new Mutter answers")
    backend.close()


def _tells(backend: IdleBackend) -> bool:
    try:
        return backend.idle_s() >= 0
    except Unavailable:
        return False


def test_kwin_tells_idle_by_ext_idle_notify(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On KWin nobody is idle at first and is so after the notice, and its end is said."""
    pytest.importorskip("pywayland", reason="pywayland is not installed here")
    monkeypatch.setattr(ext_idle, "AFTER_S", 0.3)
    with desktops.kwin(bus) as (folder, socket, process):
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
        monkeypatch.setenv("WAYLAND_DISPLAY", socket)
        backend = ext_idle.ExtIdle()
        assert backend.idle_s() == 0.0
        grows(backend, 0.3)
        first = backend.idle_s()
        time.sleep(0.2)
        assert backend.idle_s() >= first + 0.2
        if backend.version == 1:
            assert backend.inhibited() is None
        assert live_name() == "ext-idle-notify"
        process.kill()
        process.wait()
        with pytest.raises(Unavailable, match="compositor has gone"):
            backend.idle_s()
        backend.close()
        backend.close()
