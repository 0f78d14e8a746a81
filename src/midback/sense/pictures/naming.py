"""What cameras are called: ``camera``, ``camera:1``, and on Linux ``/dev/video1``. Next: port, camera."""

import re
from typing import Final

_NUMBERED: Final = re.compile(r"camera(?::(\d{1,3}))?")
_DEVICE: Final = re.compile(r"/dev/video\d{1,3}")


def names_a_camera(text: str) -> bool:
    """Say whether a source is a camera."""
    return bool(_NUMBERED.fullmatch(text) or is_device(text))


def is_device(text: str) -> bool:
    """Say whether a source is a video device of Linux."""
    return bool(_DEVICE.fullmatch(text))


def number_of(text: str) -> int | None:
    """Return which camera a name asks for; None where any will do."""
    numbered = _NUMBERED.fullmatch(text)
    return int(numbered[1]) if numbered and numbered[1] else None
