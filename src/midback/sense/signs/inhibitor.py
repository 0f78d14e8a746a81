"""Does something keep the screen awake? In: logind, GNOME, KDE, the compositor. Out: a sign. Next: choose.

A film or a call asks the desktop not to go idle. That says that someone is probably there, though no key is
pressed; a download asks only that the machine does not sleep, and is not counted.
"""

import os
import sys
from collections.abc import Iterable
from typing import Any, Final

from midback.errors import Unavailable
from midback.sense.idle.bus import Buses
from midback.sense.idle.port import IdleBackend

from .port import AnyWay, Desktop, Sign, Way

NAME: Final = "inhibitor"
LOGIND: Final = "org.freedesktop.login1"
GNOME: Final = "org.gnome.SessionManager"
GNOME_IDLE: Final = 8
# At most this many holders are asked for their reasons.
MOST_ASKED: Final = 8
KDE: Final = "org.kde.Solid.PowerManagement"
KDE_AGENT: Final = f"{KDE}.PolicyAgent"
KDE_SCREEN: Final = 4
LONGEST_REASON: Final = 100


def idle_blocker(inhibitors: Iterable[Any], uid: int) -> tuple[bool, str]:
    """Find who of this user blocks idle in logind's list of (what, who, why, mode, uid, pid)."""
    for what, who, reason, mode, owner, _pid in inhibitors:
        if "idle" in what.split(":") and mode == "block" and owner == uid:
            return True, words(who, reason)
    return False, ""


def words(who: str, reason: str) -> str:
    """Return the holder's name and reason as one short line of the evidence."""
    line = " ".join(f"{who}: {reason}".split()) if who and reason else " ".join((who or reason).split())
    return line[:LONGEST_REASON]


def open_sign(desktop: Desktop | None = None) -> Sign:
    """Open it; raise Unavailable with why not."""
    desktop = desktop or Desktop()
    if sys.platform in ("win32", "darwin"):
        raise Unavailable("midback does not read this system's list of films and calls.")
    ways: dict[str, Way] = {}
    if getattr(desktop.idle, "version", 0) >= 2:
        ways["ext-idle-notify"] = _compositor(desktop.idle)
    ways |= {"GNOME": _gnome(desktop.buses), "KDE": _kde(desktop.buses), "logind": _logind(desktop.buses)}
    return AnyWay(NAME, "inhibitor", desktop, ways)


def _compositor(idle: IdleBackend | None) -> Way:
    return lambda: (bool(idle is not None and getattr(idle, "inhibited", bool)()), "")


def _logind(buses: Buses) -> Way:
    def ask() -> tuple[bool, str]:
        path = f"/{LOGIND.replace('.', '/')}"
        (held,) = buses.system().call(LOGIND, path, f"{LOGIND}.Manager", "ListInhibitors")
        return idle_blocker(held, os.getuid())

    return ask


def _gnome(buses: Buses) -> Way:
    def ask() -> tuple[bool, str]:
        bus, path = buses.session(), f"/{GNOME.replace('.', '/')}"
        if not bus.get(GNOME, path, GNOME, "InhibitedActions") & GNOME_IDLE:
            return False, ""
        (holders,) = bus.call(GNOME, path, GNOME, "GetInhibitors")
        for holder in holders[:MOST_ASKED]:
            about = f"{GNOME}.Inhibitor"
            try:
                (flags,) = bus.call(GNOME, holder, about, "GetFlags")
                if flags & GNOME_IDLE:
                    (who,) = bus.call(GNOME, holder, about, "GetAppId")
                    (reason,) = bus.call(GNOME, holder, about, "GetReason")
                    return True, words(who, reason)
            except Unavailable:  # it let go meanwhile
                continue
        return True, ""

    return ask


def _kde(buses: Buses) -> Way:
    def ask() -> tuple[bool, str]:
        bus, path = buses.session(), f"/{KDE_AGENT.replace('.', '/')}"
        (holds,) = bus.call(KDE, path, KDE_AGENT, "HasInhibition", "u", KDE_SCREEN)
        if not holds:
            return False, ""
        try:
            (held,) = bus.call(KDE, path, KDE_AGENT, "ListInhibitions")
        except Unavailable:  # the list is only for the words
            return True, ""
        return True, words(*held[0]) if held else ""

    return ask
