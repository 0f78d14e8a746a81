"""Is "do not disturb" on? In: the notification daemon, GNOME's settings, Windows. Out: a sign. Next: choose."""

import sys
from typing import Final

from midback.body.evidence import Source
from midback.sense.idle.bus import Buses

from . import shell_state
from .dconf import DconfFile
from .port import AnyWay, Desktop, Sign, Way

NAME: Final = "dnd"
SOURCE: Final[Source] = "dnd"
DAEMON: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
SWAYNC: Final = "org.erikreider.swaync.cc"
SHOW_BANNERS: Final = "/org/gnome/desktop/notifications/show-banners"


def open_sign(desktop: Desktop | None = None) -> Sign:
    """Open it; raise Unavailable with why not."""
    desktop = desktop or Desktop()
    if sys.platform == "win32":
        return AnyWay(NAME, SOURCE, desktop, {"Windows": _ask_windows})
    buses = desktop.buses
    ways: dict[str, Way] = {
        "KDE": _property(buses, DAEMON, "Inhibited"),
        "dunst": _property(buses, "org.dunstproject.cmd0", "paused"),
        "SwayNC": _swaync(buses),
        "GNOME": _gnome(buses, DconfFile()),
    }
    return AnyWay(NAME, SOURCE, desktop, ways)


def _property(buses: Buses, interface: str, name: str) -> Way:
    return lambda: (bool(buses.session().get(DAEMON, PATH, interface, name)), "")


def _swaync(buses: Buses) -> Way:
    def ask() -> tuple[bool, str]:
        (holds,) = buses.session().call(SWAYNC, f"/{SWAYNC.replace('.', '/')}", SWAYNC, "GetDnd")
        return bool(holds), ""

    return ask


def _gnome(buses: Buses, settings: DconfFile) -> Way:
    """GNOME keeps it as a setting; only where its shell runs does the setting mean anything."""
    shell = "org.gnome.Shell"
    checked = False

    def ask() -> tuple[bool, str]:
        nonlocal checked
        if not checked:
            buses.session().get(shell, f"/{shell.replace('.', '/')}", shell, "ShellVersion")
            checked = True
        return settings.read_truth(SHOW_BANNERS) is False, ""

    return ask


def _ask_windows() -> tuple[bool, str]:
    return shell_state.ask() == "quiet", ""
