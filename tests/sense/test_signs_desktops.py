"""Signs from a real X server, dunst, GNOME's settings and the kernel, and from stand-ins where the service cannot run.

Stand-ins, not the real ones: logind, the screen savers, GNOME's session manager, KDE's policy agent, KDE's
notifications, GNOME Shell, the X window manager.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import desktops
import pytest

from midback.errors import Unavailable
from midback.sense.idle.xlib import XDisplay
from midback.sense.signs import camera, dnd, fullscreen, inhibitor, lock
from midback.sense.signs.dconf import DconfFile
from midback.sense.signs.port import Desktop

pytestmark = pytest.mark.desktop

LOGIND = "org.freedesktop.login1"
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="this is Linux's way")


def test_logind_tells_that_the_session_is_locked(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """LockedHint is followed, for the session on the screen and for one named in the environment."""
    hint = (f"{LOGIND}.Session", "LockedHint")
    session = "/org/freedesktop/login1/session/c1"
    answers = {(f"{LOGIND}.Manager", "GetSession"): ("o", (session,))}
    with desktops.StandIn(bus, LOGIND, answers, {hint: ("b", False)}) as service:
        for number in ("", "c1"):
            monkeypatch.setenv("XDG_SESSION_ID", number)
            service.properties[hint] = ("b", False)
            sign = lock.open_sign()
            assert (sign.ways, sign.read()) == (("logind",), False)
            service.properties[hint] = ("b", True)
            assert sign.read()
            sign.close()


@pytest.mark.parametrize("name", lock.SAVERS)
def test_a_screen_saver_tells_that_the_screen_is_covered(bus: str, name: str) -> None:
    """GetActive is followed for each desktop's screen saver; when the service goes, that is said."""
    with desktops.StandIn(bus, name, {(name, "GetActive"): ("b", (False,))}) as service:
        sign = lock.open_sign()
        assert (sign.ways, sign.read()) == ((name,), False)
        service.answers[name, "GetActive"] = ("b", (True,))
        assert sign.read()
    with pytest.raises(Unavailable, match="is not running here"):
        sign.read()
    sign.close()


def test_logind_tells_of_a_film(bus: str) -> None:
    """A block on idle by this person's program holds, with its words; a delay of sleep does not."""
    asked = (f"{LOGIND}.Manager", "ListInhibitors")
    network = ("sleep", "NetworkManager", "needs it", "delay", 0, 1)
    film = ("idle", "mpv", "playing", "block", os.getuid(), 2)
    with desktops.StandIn(bus, LOGIND, {asked: ("a(ssssuu)", ([network],))}) as service:
        sign = inhibitor.open_sign()
        assert (sign.ways, sign.read()) == (("logind",), False)
        service.answers[asked] = ("a(ssssuu)", ([network, film],))
        assert (sign.read(), sign.reason) == (True, "mpv: playing")
        sign.close()


def test_gnome_tells_of_a_film(bus: str) -> None:
    """Of GNOME's inhibited actions only idle counts, and the words are those of who inhibits idle."""
    name, about = inhibitor.GNOME, f"{inhibitor.GNOME}.Inhibitor"
    actions = (name, "InhibitedActions")
    answers: dict[tuple[str, str], Any] = {
        (name, "GetInhibitors"): ("ao", (["/org/gnome/SessionManager/Inhibitor1"],)),
        (about, "GetFlags"): ("u", (12,)),
        (about, "GetAppId"): ("s", ("Firefox",)),
        (about, "GetReason"): ("s", ("video-playing",)),
    }
    with desktops.StandIn(bus, name, answers, {actions: ("u", 4)}) as service:
        sign = inhibitor.open_sign()
        assert (sign.ways, sign.read()) == (("GNOME",), False)
        service.properties[actions] = ("u", 12)
        assert (sign.read(), sign.reason) == (True, "Firefox: video-playing")
        del service.answers[about, "GetFlags"]
        assert (sign.read(), sign.reason) == (True, "")
        sign.close()


def test_kde_tells_of_a_film(bus: str) -> None:
    """KDE is asked for what keeps the screen as it is, and who."""
    agent = inhibitor.KDE_AGENT
    answers: dict[tuple[str, str], Any] = {
        (agent, "HasInhibition"): lambda kinds: ("b", (kinds == inhibitor.KDE_SCREEN,)),
        (agent, "ListInhibitions"): ("a(ss)", ([("vlc", "Playing")],)),
    }
    with desktops.StandIn(bus, inhibitor.KDE, answers) as service:
        sign = inhibitor.open_sign()
        assert (sign.ways, sign.read(), sign.reason) == (("KDE",), True, "vlc: Playing")
        service.answers[agent, "HasInhibition"] = ("b", (False,))
        assert not sign.read()
        sign.close()


def test_the_compositor_itself_may_tell_of_a_film() -> None:
    """Where the idle back end tells input from inhibitors, its difference is a way of its own."""

    class Told:
        name, version, film = "ext-idle-notify", 2, None

        def idle_s(self) -> float:
            return 60.0

        def inhibited(self) -> bool | None:
            return self.film

        def close(self) -> None:
            """Nothing is held."""

    told = Told()
    sign = inhibitor.open_sign(Desktop(told))
    assert (sign.ways, sign.read()) == (("ext-idle-notify",), False)
    told.film = True
    assert sign.read()


def set_paused(address: str, paused: bool) -> None:
    """Switch dunst's pause, as its own command line does."""
    from jeepney import DBusAddress, Properties
    from jeepney.io.blocking import open_dbus_connection

    dunst = DBusAddress(dnd.PATH, dnd.DAEMON, "org.dunstproject.cmd0")
    with open_dbus_connection(address) as connection:
        answer = connection.send_and_get_reply(Properties(dunst).set("paused", "b", paused), timeout=5)
        assert answer.body == (), answer


def test_dunst_that_is_paused_is_do_not_disturb(bus: str) -> None:
    """The real dunst's pause is followed both ways."""
    with desktops.xvfb() as (display, _), desktops.runtime_folder() as folder:
        about = desktops.surroundings(folder, DISPLAY=display, DBUS_SESSION_BUS_ADDRESS=bus)
        with desktops.running(desktops.program("dunst"), env=about, stdout=subprocess.DEVNULL):

            def opened() -> Any:
                try:
                    return dnd.open_sign()
                except Unavailable:
                    return None

            sign = desktops.wait_until(opened, "dunst answers")
            assert (sign.ways, sign.read()) == (("dunst",), False)
            set_paused(bus, True)
            assert sign.read()
            set_paused(bus, False)
            assert not sign.read()
            sign.close()


def test_kde_tells_that_notifications_are_inhibited(bus: str) -> None:
    """The property Inhibited is followed."""
    key = (dnd.DAEMON, "Inhibited")
    with desktops.StandIn(bus, dnd.DAEMON, None, {key: ("b", False)}) as service:
        sign = dnd.open_sign()
        assert (sign.ways, sign.read()) == (("KDE",), False)
        service.properties[key] = ("b", True)
        assert sign.read()
        sign.close()


def test_gnome_without_banners_is_do_not_disturb(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting that the real settings library wrote is read from its file, and only where GNOME Shell runs."""
    shell, schema = "org.gnome.Shell", "org.gnome.desktop.notifications"
    with desktops.runtime_folder() as folder:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))

        def banners(shown: str) -> None:
            about = desktops.surroundings(folder, XDG_CONFIG_HOME=str(folder / "config"))
            command = [desktops.program("dbus-run-session"), "--", desktops.program("gsettings"), "set"]
            about["GSETTINGS_BACKEND"] = "dconf"
            ran = subprocess.run(
                [*command, schema, "show-banners", shown],
                env=about,
                capture_output=True,
                text=True,
                check=False,
            )
            if "No such schema" in ran.stderr:
                pytest.skip("gsettings-desktop-schemas is not installed here")
            assert ran.returncode == 0, ran.stderr

        with pytest.raises(Unavailable):
            dnd.open_sign()
        with desktops.StandIn(bus, shell, None, {(shell, "ShellVersion"): ("s", "48")}):
            sign = dnd.open_sign()
            assert (sign.ways, sign.read()) == (("GNOME",), False)
            banners("false")
            desktops.wait_until(sign.read, "the setting is read")
            banners("true")
            desktops.wait_until(lambda: not sign.read(), "the setting is read again")
            assert DconfFile().read_truth(dnd.SHOW_BANNERS) is True
            sign.close()


def set_property(display: XDisplay, window: int, name: bytes, kind: int, *items: int) -> None:
    """Set a property of a window, as a window manager does."""
    values = (ctypes.c_ulong * len(items))(*items)
    atom = display.lib.XInternAtom(display.pointer, name, 0)
    display.lib.XChangeProperty.argtypes = [
        *(ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong),
        *(ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_int),
    ]
    display.lib.XChangeProperty(display.pointer, window, atom, kind, 32, 0, values, len(items))
    display.lib.XSync(ctypes.c_void_p(display.pointer), 0)


def test_the_active_window_that_fills_the_screen_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The active window's state is followed; a window that is gone, or a property of another kind, is not full."""
    with desktops.xvfb() as (name, server):
        monkeypatch.setenv("DISPLAY", name)
        with pytest.raises(Unavailable, match="window manager does not tell"):
            fullscreen.open_sign()
        manager = XDisplay()
        lib, root = manager.lib, manager.root
        active, full = (
            lib.XInternAtom(manager.pointer, atom, 0)
            for atom in (b"_NET_ACTIVE_WINDOW", b"_NET_WM_STATE_FULLSCREEN")
        )
        set_property(manager, root, b"_NET_SUPPORTED", fullscreen.ATOM, active, full)
        lib.XCreateSimpleWindow.restype = ctypes.c_ulong
        lib.XCreateSimpleWindow.argtypes = [
            ctypes.c_void_p,
            ctypes.c_ulong,
            *[ctypes.c_int] * 5,
            *[ctypes.c_ulong] * 2,
        ]
        window = lib.XCreateSimpleWindow(manager.pointer, root, 0, 0, 9, 9, 0, 0, 0)
        sign = fullscreen.open_sign()
        assert not sign.read()
        set_property(manager, root, b"_NET_ACTIVE_WINDOW", fullscreen.WINDOW, window)
        assert not sign.read()
        set_property(manager, window, b"_NET_WM_STATE", fullscreen.ATOM, active, full)
        assert sign.read()
        set_property(manager, window, b"_NET_WM_STATE", fullscreen.WINDOW, full)
        assert not sign.read()
        set_property(manager, window, b"_NET_WM_STATE", fullscreen.ATOM, full)
        set_property(manager, root, b"_NET_ACTIVE_WINDOW", fullscreen.WINDOW, 0x7FFFFFF)
        assert not sign.read()
        manager.close()
        server.kill()
        server.wait()
        with pytest.raises(Unavailable, match="X server has gone"):
            sign.read()
        sign.close()


@contextmanager
def held_by_another(path: Path) -> Iterator[None]:
    """Hold a file open in a process that does not come from this one, as another program would."""
    shell = 'sleep 600 3<"$1" >/dev/null 2>&1 & echo $!'
    ran = subprocess.run(
        ["sh", "-c", shell, "sh", str(path)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        start_new_session=True,
    )
    pid = int(ran.stdout)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGKILL)
        desktops.wait_until(lambda: pid not in camera.holders(frozenset({str(path)})), "it lets go")


@on_linux
@pytest.mark.parametrize("watched", [True, False])
def test_a_camera_held_open_by_another_program_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watched: bool
) -> None:
    """On the real /proc, with a file for the camera: another's hold counts, ours does not; with inotify or without."""
    if not watched:

        def refuse(_paths: frozenset[str]) -> None:
            raise OSError

        monkeypatch.setattr(camera, "Watch", refuse)
    sign = camera.LinuxCamera(tmp_path)
    assert not sign.read()
    device = tmp_path / "video7"
    device.touch()
    assert not sign.read()
    with device.open("rb"):
        assert not sign.read()
        child = 'import sys, time; f = open(sys.argv[1]); print("open", flush=True); time.sleep(600)'
        with desktops.running(sys.executable, "-c", child, str(device), stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            assert not sign.read()
            with held_by_another(device):
                desktops.wait_until(sign.read, "the other program is seen")
            assert not sign.read()
    device.unlink()
    assert not sign.read()
    sign.close()
    sign.close()


@on_linux
def test_processes_are_looked_through_only_when_a_camera_stirred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two changes nothing is searched: that is what keeps the loop cheap."""
    searched: list[int] = []
    real = camera.holders
    monkeypatch.setattr(camera, "holders", lambda *given: (searched.append(1), real(*given))[1])
    (tmp_path / "video0").touch()
    sign = camera.LinuxCamera(tmp_path)
    for _ in range(3):
        assert not sign.read()
    assert len(searched) == 1
    (tmp_path / "video0").read_bytes()
    assert not sign.read()
    assert not sign.read()
    assert len(searched) == 2
    sign.close()
