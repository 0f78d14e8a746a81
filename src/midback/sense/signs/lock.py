"""Is the screen locked? In: logind, the desktops' screen savers, Windows, macOS. Out: a sign. Next: choose."""

import ctypes
import os
import struct
import sys
from typing import Any, Final

from midback.errors import Unavailable
from midback.sense.idle.bus import Buses

from .port import AnyWay, Desktop, Sign, Way

NAME: Final = "lock"
LOGIND: Final = "org.freedesktop.login1"
# Service, which is also its interface -> path. GetActive says that the screen is covered.
SAVERS: Final = {
    "org.freedesktop.ScreenSaver": "/org/freedesktop/ScreenSaver",
    "org.gnome.ScreenSaver": "/org/gnome/ScreenSaver",
    "org.cinnamon.ScreenSaver": "/org/cinnamon/ScreenSaver",
    "org.mate.ScreenSaver": "/org/mate/ScreenSaver",
    "org.xfce.ScreenSaver": "/org/xfce/ScreenSaver",
}
SESSION_INFO: Final = 25  # WTSSessionInfoEx
LOCKED: Final = 0  # WTS_SESSIONSTATE_LOCK


def session_is_locked(info: bytes) -> bool:
    """Read Windows's session information: its level, then, 8 bytes on, session, state and flags.

    Raises
    ------
    Unavailable : it is too short, of another level, or says that the state is unknown
    """
    if len(info) < 20:
        raise Unavailable("Windows does not tell whether this session is locked.")
    (level,) = struct.unpack_from("<I", info)
    (flags,) = struct.unpack_from("<i", info, 16)
    if level != 1 or flags not in (0, 1):
        raise Unavailable("Windows does not tell whether this session is locked.")
    return bool(flags == LOCKED)


def open_sign(desktop: Desktop | None = None) -> Sign:
    """Open it; raise Unavailable with why not."""
    desktop = desktop or Desktop()
    if sys.platform == "win32":
        return AnyWay(NAME, "lock", desktop, {"Windows": _ask_windows})
    if sys.platform == "darwin":
        return AnyWay(NAME, "lock", desktop, {"macOS": _ask_macos})
    ways: dict[str, Way] = {"logind": _logind(desktop.buses)}
    ways |= {name: _saver(desktop.buses, name, path) for name, path in SAVERS.items()}
    return AnyWay(NAME, "lock", desktop, ways)


def _logind(buses: Buses) -> Way:
    def ask() -> tuple[bool, str]:
        return bool(buses.system().get(LOGIND, path, f"{LOGIND}.Session", "LockedHint")), ""

    # A service of the user belongs to no session; "auto" is then the one on the screen.
    path = f"/{LOGIND.replace('.', '/')}/session/auto"
    if number := os.environ.get("XDG_SESSION_ID"):
        try:
            manager = f"/{LOGIND.replace('.', '/')}"
            (path,) = buses.system().call(LOGIND, manager, f"{LOGIND}.Manager", "GetSession", "s", number)
        except Unavailable:  # a number from before a new login; ask for the one on the screen
            return ask
    return ask


def _saver(buses: Buses, name: str, path: str) -> Way:
    def ask() -> tuple[bool, str]:
        (active,) = buses.session().call(name, path, name, "GetActive")
        return bool(active), ""

    return ask


def _ask_windows() -> tuple[bool, str]:
    api: Any = vars(ctypes)["WinDLL"]("wtsapi32")
    buffer, size = ctypes.c_void_p(), ctypes.c_uint32()
    current_session = ctypes.c_uint32(0xFFFFFFFF)
    told = api.WTSQuerySessionInformationW(
        None, current_session, SESSION_INFO, ctypes.byref(buffer), ctypes.byref(size)
    )
    if not told or not buffer.value:
        raise Unavailable("Windows does not tell whether this session is locked.")
    try:
        return session_is_locked(ctypes.string_at(buffer.value, min(size.value, 64))), ""
    finally:
        api.WTSFreeMemory(buffer)


def _ask_macos() -> tuple[bool, str]:
    frameworks = "/System/Library/Frameworks"
    try:
        graphics: Any = ctypes.CDLL(f"{frameworks}/CoreGraphics.framework/CoreGraphics")
        core: Any = ctypes.CDLL(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
    except OSError as exc:
        raise Unavailable("macOS's CoreGraphics cannot be loaded.") from exc
    pointer = ctypes.c_void_p
    graphics.CGSessionCopyCurrentDictionary.restype = pointer
    core.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    core.CFStringCreateWithCString.restype = pointer
    core.CFDictionaryGetValue.argtypes, core.CFDictionaryGetValue.restype = [pointer, pointer], pointer
    core.CFBooleanGetValue.argtypes, core.CFBooleanGetValue.restype = [pointer], ctypes.c_ubyte
    core.CFRelease.argtypes = [pointer]
    session = graphics.CGSessionCopyCurrentDictionary()
    if not session:
        raise Unavailable("midback does not run in a session of macOS's desktop.")
    utf8 = 0x08000100
    key = core.CFStringCreateWithCString(None, b"CGSSessionScreenIsLocked", utf8)
    try:
        value = core.CFDictionaryGetValue(session, key)  # absent while it is not locked
        return bool(value and core.CFBooleanGetValue(value)), ""
    finally:
        core.CFRelease(key)
        core.CFRelease(session)
