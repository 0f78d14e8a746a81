"""Says whether what the camera needs is installed. In: this installation. Out: Parts. Next: the doctor.

Nothing is loaded for it: the versions are those that pip noted, the files are compared with what the build wrote down.
"""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from midback.vendored import spoilt

RUNTIME = "ai-edge-litert"
PICTURES = "av"


@dataclass(frozen=True, slots=True)
class Parts:
    """What was found. spoilt : files missing or not as built ; runtime, pictures : versions, None where missing."""

    spoilt: tuple[str, ...]
    runtime: str | None
    pictures: str | None


def look_over() -> Parts:
    """Look for the pose networks, their runtime and the reader of cameras and videos."""
    return Parts(spoilt(), _version(RUNTIME), _version(PICTURES))


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
