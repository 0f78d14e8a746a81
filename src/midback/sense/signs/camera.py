"""Does another program use the camera? In: /proc on Linux, the consent store on Windows. Out: a sign. Next: choose.

Looking through every process's open files takes milliseconds, so on Linux it is done only after something opened or
closed a camera, of which the kernel tells for next to nothing.
"""

import contextlib
import ctypes
import os
import sys
from pathlib import Path
from typing import Any, Final

from midback.body.evidence import Source
from midback.errors import Unavailable

from .consent_store import ConsentStore
from .port import Sign

NAME: Final = "camera"
SOURCE: Final[Source] = "camera_in_use"
PROC: Final = Path("/proc")
DEVICES: Final = Path("/dev")
OPENED_OR_CLOSED: Final = 0x20 | 0x08 | 0x10  # IN_OPEN, IN_CLOSE_WRITE, IN_CLOSE_NOWRITE
# Video nodes that only encode and decode films.
NOT_CAMERAS: Final = ("codec", "-dec", "-enc", "vpu", "isp", "m2m")


def cameras(devices: Path = DEVICES) -> frozenset[str]:
    """Return the paths of the cameras: video nodes, but for those that only work on films."""
    try:
        names = [name for name in os.listdir(devices) if name.startswith("video") and name[5:].isdigit()]
    except OSError:
        return frozenset()
    return frozenset(str(devices / name) for name in names if not _works_on_films(name))


def _works_on_films(name: str) -> bool:
    try:
        about = Path(f"/sys/class/video4linux/{name}/name").read_text("utf-8", "replace").lower()
    except OSError:
        return False
    return any(word in about for word in NOT_CAMERAS)


def holders(wanted: frozenset[str], proc: Path = PROC) -> frozenset[int]:
    """Return the processes that hold one of these files open, as far as this user may see them."""
    found = set()
    for pid in filter(str.isdigit, os.listdir(proc)):
        folder = f"{proc}/{pid}/fd"
        with contextlib.suppress(OSError):  # another user's, or gone meanwhile
            for number in os.listdir(folder):
                with contextlib.suppress(OSError):
                    if os.readlink(f"{folder}/{number}") in wanted:
                        found.add(int(pid))
                        break
    return frozenset(found)


def is_ours(pid: int, proc: Path = PROC, own: int | None = None) -> bool:
    """Tell whether a process is this one, comes from it, or is midback started another way."""
    own = os.getpid() if own is None else own
    with contextlib.suppress(OSError):
        parts = (proc / str(pid) / "cmdline").read_bytes().split(b"\0")[:4]
        names = [os.path.basename(part) for part in parts]
        if any(name in (b"midback", b"midback.exe") or name.startswith(b"midback.") for name in names):
            return True
    while pid > 1:
        if pid == own:
            return True
        try:
            # The name in brackets may hold anything, so the parent is counted from its end.
            pid = int((proc / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            return False
    return False


class Watch:
    """Tells by inotify whether any of some files was opened or closed since the last look."""

    def __init__(self, paths: frozenset[str]) -> None:
        """Watch the files; raise OSError where the kernel refuses."""
        libc: Any = ctypes.CDLL(None, use_errno=True)
        self._handle = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._handle < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        for path in paths:
            if libc.inotify_add_watch(self._handle, os.fsencode(path), OPENED_OR_CLOSED) < 0:
                self.close()
                raise OSError(ctypes.get_errno(), path)

    def stirred(self) -> bool:
        """Tell whether something was opened or closed since the last call."""
        told = False
        with contextlib.suppress(BlockingIOError):
            while os.read(self._handle, 4096):
                told = True
        return told

    def close(self) -> None:
        """Stop watching."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


class LinuxCamera:
    """The cameras of this machine, and whether another program holds one of them open."""

    name = NAME
    source: Source = SOURCE
    ways: tuple[str, ...] = ("/proc",)
    reason = ""

    def __init__(self, devices: Path = DEVICES, proc: Path = PROC) -> None:
        """Look once; raise Unavailable where /proc cannot be read."""
        self._devices, self._proc = devices, proc
        if not (proc / "self").exists():
            raise Unavailable("{folder} cannot be read.", values={"folder": proc})
        self._changed_ns = -1
        self._cameras: frozenset[str] = frozenset()
        self._watch: Watch | None = None
        self._held = False

    def read(self) -> bool:
        """Return whether another program uses a camera; without a camera it costs one look at a folder's date."""
        look = False
        changed_ns = os.stat(self._devices).st_mtime_ns
        if changed_ns != self._changed_ns:
            look = self._attend(changed_ns)
        if self._watch is None:
            look = bool(self._cameras)
        elif self._watch.stirred():
            look = True
        if look:
            found = holders(self._cameras, self._proc)
            self._held = any(not is_ours(pid, self._proc) for pid in found)
        return self._held

    def _attend(self, changed_ns: int) -> bool:
        """Take in that devices came or went; return whether the cameras are others than before."""
        self._changed_ns = changed_ns
        now = cameras(self._devices)
        if now == self._cameras:
            return False
        self.close()
        self._cameras = now
        if now:
            with contextlib.suppress(OSError):  # without it, each reading looks through the processes
                self._watch = Watch(now)
        self._held = False
        return bool(now)

    def close(self) -> None:
        """Let go of the kernel's watch; a second call does nothing."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._cameras, self._changed_ns = frozenset(), -1


class WindowsCamera:
    """The camera by Windows's own notes."""

    name = NAME
    source: Source = SOURCE
    ways: tuple[str, ...] = ("Windows",)
    reason = ""

    def __init__(self) -> None:
        """Find the notes; raise Unavailable where there are none."""
        self._store = ConsentStore("webcam")

    def read(self) -> bool:
        """Return whether another program uses the camera."""
        return self._store.in_use()

    def close(self) -> None:
        """Nothing is held."""


def open_sign() -> Sign:
    """Open it; raise Unavailable with why not."""
    if sys.platform == "win32":
        return WindowsCamera()
    if sys.platform == "darwin":
        raise Unavailable("macOS does not tell a program whether others use the camera.")
    return LinuxCamera()
