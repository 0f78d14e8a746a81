"""Is there a call, by the microphone in use? In: ALSA on Linux, the consent store on Windows. Out: a sign.

ALSA says for each microphone whether it is recording, whoever asked for it. A Bluetooth headset is not among
its devices: a call on one is seen by the camera or by an inhibitor, or not at all. Next: choose.
"""

import glob
import os
import sys
from pathlib import Path
from typing import Final

from midback.body.evidence import Source
from midback.errors import Unavailable

from .consent_store import ConsentStore
from .port import Sign

NAME: Final = "call"
SOURCE: Final[Source] = "call"
ALSA: Final = Path("/proc/asound")
# Headsets come and go: every so many readings the microphones are looked for anew.
LOOK_AGAIN: Final = 10


def is_recording(status: bytes) -> bool:
    """Tell from a substream's status whether sound is being taken in."""
    first, _, _ = status.partition(b"\n")
    key, _, state = first.partition(b":")
    return key.strip() == b"state" and state.strip() == b"RUNNING"


class LinuxCall:
    """Every microphone that ALSA knows."""

    name = NAME
    source: Source = SOURCE
    ways: tuple[str, ...] = ("ALSA",)
    reason = ""

    def __init__(self, alsa: Path = ALSA) -> None:
        """Find them; raise Unavailable where ALSA does not tell."""
        self._alsa = alsa
        if not alsa.is_dir():
            raise Unavailable(
                "{folder} is not there: this machine has no sound card.", values={"folder": alsa}
            )
        self._readings = 0
        self._streams: list[str] = []

    def read(self) -> bool:
        """Return whether a microphone is recording."""
        if self._readings % LOOK_AGAIN == 0:
            self._streams = glob.glob(f"{glob.escape(str(self._alsa))}/card*/pcm*c/sub*/status")
        self._readings += 1
        return any(is_recording(_read(path)) for path in self._streams)

    def close(self) -> None:
        """Nothing is held."""


def _read(path: str) -> bytes:
    """Return the start of a small file, nothing where it is gone."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        return os.read(handle, 256)
    except OSError:
        return b""
    finally:
        os.close(handle)


class WindowsCall:
    """The microphone by Windows's own notes."""

    name = NAME
    source: Source = SOURCE
    ways: tuple[str, ...] = ("Windows",)
    reason = ""

    def __init__(self) -> None:
        """Find the notes; raise Unavailable where there are none."""
        self._store = ConsentStore("microphone")

    def read(self) -> bool:
        """Return whether another program uses the microphone."""
        return self._store.in_use()

    def close(self) -> None:
        """Nothing is held."""


def open_sign() -> Sign:
    """Open it; raise Unavailable with why not."""
    if sys.platform == "win32":
        return WindowsCall()
    if sys.platform == "darwin":
        raise Unavailable("macOS does not tell a program whether others use the microphone.")
    return LinuxCall()
