"""Does the machine run on its battery? In: the system's own word. Out: yes or no. Next: daemon.camera.

No evidence comes of it: it says nothing of the body. A machine without a battery runs on mains. macOS and Windows
have their own call; neither was ever run on the real thing so far.
"""

import ctypes
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from midback.errors import Unavailable

NAME: Final = "power"
SUPPLIES: Final = Path("/sys/class/power_supply")
# What feeds the machine from outside. A mouse or a headset has a battery of its own, which is no concern here.
MAINS: Final = frozenset({"Mains", "USB", "Wireless"})
IOKIT: Final = "/System/Library/Frameworks/IOKit.framework/IOKit"
CORE: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
UTF8: Final = 0x08000100
ON_BATTERY: Final = "Battery Power"
OFFLINE: Final = 0

OnBattery = Callable[[], bool]


def open_power() -> OnBattery:
    """Return a function that says whether the battery feeds the machine; it raises Unavailable where nobody tells."""
    if sys.platform == "win32":
        return on_battery_windows
    if sys.platform == "darwin":
        return on_battery_macos
    return on_battery_linux


def on_battery_linux(supplies: Path = SUPPLIES) -> bool:
    """Read the kernel's list of supplies: on battery when one discharges and nothing from outside is online."""
    discharging = False
    for supply in _listed(supplies):
        kind = _read(supply / "type")
        if kind in MAINS and _read(supply / "online") == "1":
            return False
        own = kind == "Battery" and _read(supply / "scope") != "Device"
        discharging = discharging or (own and _read(supply / "status") == "Discharging")
    return discharging


def from_line_status(status: int) -> bool:
    """Read Windows's ACLineStatus: 0 is battery, 1 mains; raise Unavailable for "unknown"."""
    if status not in (0, 1):
        raise Unavailable("Windows does not tell whether the machine runs on its battery.")
    return status == OFFLINE


def from_source_name(name: str | None) -> bool:
    """Read the name of the power source that macOS gives; raise Unavailable where it gives none."""
    if not name:
        raise Unavailable("macOS does not tell whether the machine runs on its battery.")
    return name == ON_BATTERY


class _PowerStatus(ctypes.Structure):
    _fields_ = (
        ("line", ctypes.c_uint8),
        ("flag", ctypes.c_uint8),
        ("percent", ctypes.c_uint8),
        ("saver", ctypes.c_uint8),
        ("life_s", ctypes.c_uint32),
        ("full_s", ctypes.c_uint32),
    )


def on_battery_windows() -> bool:
    """Ask GetSystemPowerStatus."""
    status = _PowerStatus()
    kernel32: Any = vars(ctypes)["WinDLL"]("kernel32")
    if not kernel32.GetSystemPowerStatus(ctypes.byref(status)):
        raise Unavailable("Windows does not tell whether the machine runs on its battery.")
    return from_line_status(status.line)


def on_battery_macos() -> bool:
    """Ask IOKit for the providing power source."""
    try:
        kit: Any = ctypes.CDLL(IOKIT)
        core: Any = ctypes.CDLL(CORE)
        kit.IOPSCopyPowerSourcesInfo.restype = ctypes.c_void_p
        kit.IOPSGetProvidingPowerSourceType.argtypes = [ctypes.c_void_p]
        kit.IOPSGetProvidingPowerSourceType.restype = ctypes.c_void_p
        core.CFStringGetCString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_long, ctypes.c_uint32]
        core.CFRelease.argtypes = [ctypes.c_void_p]
    except (OSError, AttributeError) as exc:
        raise Unavailable("macOS's IOKit cannot be loaded.") from exc
    info = kit.IOPSCopyPowerSourcesInfo()
    if not info:
        return from_source_name(None)
    try:
        words = ctypes.create_string_buffer(64)
        given = kit.IOPSGetProvidingPowerSourceType(info)
        known = bool(given) and core.CFStringGetCString(given, words, len(words), UTF8)
        return from_source_name(words.value.decode("utf-8", "replace") if known else None)
    finally:
        core.CFRelease(info)


def _listed(supplies: Path) -> list[Path]:
    try:
        return sorted(supplies.iterdir())
    except FileNotFoundError:
        return []  # no such list, as on a server: fed from outside
    except OSError as exc:
        raise Unavailable("{folder} cannot be read.", values={"folder": supplies}) from exc


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
