"""Which programs use camera or microphone on Windows. In: the registry. Out: in use or not. Next: camera, call.

Windows notes for each program when it last began and stopped; a stop of 0 after a begin means: now. Never run on
real Windows so far.
"""

import importlib
import sys
from collections.abc import Iterable, Mapping
from typing import Any, Final

from midback.errors import Unavailable

STORE: Final = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
UNPACKAGED: Final = "NonPackaged"

# Key of a program, as the store writes it -> its values by name.
Entries = Mapping[str, Mapping[str, object]]


def in_use(entries: Entries, own_key: str = "") -> bool:
    """Tell whether a program other than ``own_key`` uses the device now."""
    return any(
        _number(values, "LastUsedTimeStop") == 0 and (_number(values, "LastUsedTimeStart") or 0) > 0
        for key, values in entries.items()
        if not own_key or key.casefold() != own_key.casefold()
    )


def key_of(executable: str) -> str:
    """Return a program's key in the store: its path with # between the folders."""
    return executable.replace("\\", "#")


def _number(values: Mapping[str, object], name: str) -> int | None:
    value = values.get(name)
    return value if isinstance(value, int) else None


class ConsentStore:
    """The entries of one device: ``webcam`` or ``microphone``."""

    def __init__(self, device: str) -> None:
        """Find them; raise Unavailable elsewhere than on Windows 10 and later."""
        platform: str = sys.platform
        if platform != "win32":
            raise Unavailable("This is for Windows.")
        self._registry: Any = importlib.import_module("winreg")
        self._path = rf"{STORE}\{device}"
        self.in_use()

    def in_use(self) -> bool:
        """Tell whether a program other than this one uses it; raise Unavailable when Windows does not tell."""
        try:
            entries = dict(self._read(self._path)) | dict(self._read(rf"{self._path}\{UNPACKAGED}"))
        except OSError as exc:
            raise Unavailable("Windows does not tell which programs use camera and microphone.") from exc
        return in_use(entries, key_of(sys.executable))

    def _read(self, path: str) -> Iterable[tuple[str, Mapping[str, object]]]:
        registry = self._registry
        with registry.OpenKey(registry.HKEY_CURRENT_USER, path) as folder:
            for number in range(registry.QueryInfoKey(folder)[0]):
                name = registry.EnumKey(folder, number)
                with registry.OpenKey(folder, name) as entry:
                    count = registry.QueryInfoKey(entry)[1]
                    values = [registry.EnumValue(entry, place)[:2] for place in range(count)]
                yield name, dict(values)
