"""One setting of GNOME's, straight from its file. In: ~/.config/dconf/user. Out: true, false or unset. Next: dnd.

The file is a small hash table ("GVDB"): a header, then items of 24 bytes that name their parent, so that
``/org/`` and ``gnome/`` are items too. Asking the settings library instead would load several megabytes or start
a process. The file is read again only when its date changed.
"""

import os
import struct
from pathlib import Path
from typing import Final

from midback.errors import Unavailable

MAGIC: Final = b"GVariant"
MOST_BYTES: Final = 4 * 2**20
ITEM: Final = struct.Struct("<IIIHBBII")
NO_PARENT: Final = 0xFFFFFFFF
DEEPEST: Final = 64


def find_value(table: bytes, path: str) -> bytes | None:
    """Return the serialised value of a key, None where it is not set.

    Raises
    ------
    Unavailable : it is not such a file, or it is damaged
    """
    try:
        return _find(table, path.encode())
    except (struct.error, IndexError) as exc:
        raise _damaged() from exc


def _find(table: bytes, path: bytes) -> bytes | None:
    if table[:8] != MAGIC:
        raise _damaged()
    _version, _options, start, end = struct.unpack_from("<IIII", table, 8)
    if not start < end <= len(table):
        raise _damaged()
    bloom, buckets = struct.unpack_from("<II", table, start)
    first = start + 8 + 4 * ((bloom & (1 << 27) - 1) + buckets)
    items = [ITEM.unpack_from(table, at) for at in range(first, end - ITEM.size + 1, ITEM.size)]

    def name(number: int) -> bytes:
        parts: list[bytes] = []
        while number != NO_PARENT:
            if len(parts) == DEEPEST:
                raise _damaged()
            _hash, parent, begin, size, *_ = items[number]
            parts.append(table[begin : begin + size])
            number = parent
        return b"".join(reversed(parts))

    for number, (_hash, _parent, begin, size, kind, _unused, low, high) in enumerate(items):
        last = table[begin : begin + size]
        if kind == ord("v") and path.endswith(last) and name(number) == path:
            return table[low:high]
    return None


def read_truth(value: bytes | None) -> bool | None:
    """Read a serialised true or false; None where the setting is not set."""
    if value is None:
        return None
    if len(value) != 3 or value[1:] != b"\0b" or value[0] > 1:
        raise _damaged()
    return value[0] == 1


class DconfFile:
    """The person's settings file."""

    def __init__(self, path: Path | None = None) -> None:
        folder = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
        self._path = path or Path(folder) / "dconf" / "user"
        self._dated: tuple[int, int] | None = None
        self._known: dict[str, bool | None] = {}

    def read_truth(self, key: str) -> bool | None:
        """Return a setting, None where it is not set; raise Unavailable for a file that cannot be read."""
        try:
            about = self._path.stat()
            dated = (about.st_mtime_ns, about.st_ino)
            if dated != self._dated:
                self._known, self._dated = {}, dated
            if key not in self._known:
                with self._path.open("rb") as file:
                    self._known[key] = read_truth(find_value(file.read(MOST_BYTES), key))
        except FileNotFoundError:  # nothing was ever set
            return None
        except OSError as exc:
            raise Unavailable("{path} cannot be read.", values={"path": self._path}) from exc
        return self._known[key]


def _damaged() -> Unavailable:
    return Unavailable("GNOME's settings file is in another format.")
