"""Where the third-party files lie that the build put beside the code: the pose networks, the browser's runtime.

In: a name. Out: a path. Next: sense.pose reads the networks, web serves both.
"""

import hashlib
import json
from pathlib import Path
from typing import Final

from midback.errors import Unavailable

FOLDER: Final = Path(__file__).parent / "vendor"
MODELS: Final = ("lite", "full")
# Written by the build: the sha-256 of every file.
STAMP: Final = "stamp.json"


def pose_bundle(model: str) -> Path:
    """Return the `.task` bundle of a pose model; raise Unavailable where the build left it out."""
    return vendored(f"pose_{model}.task")


def vendored(name: str) -> Path:
    """Return the path of a vendored file; raise Unavailable where it is missing."""
    path = FOLDER / name
    if not path.is_file():
        raise Unavailable(
            "The file {name} of the camera part is missing from this installation.",
            "It is put there when midback is built.",
            "Install midback anew from its wheel, or build it where npm packages can be had.",
            values={"name": name},
        )
    return path


def spoilt(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the files that are missing or are not what the build put there; the stamp itself where it is lost."""
    try:
        files: dict[str, str] = json.loads((folder / STAMP).read_text("utf-8"))["files"]
        return tuple(sorted(name for name, digest in files.items() if _sha256(folder / name) != digest))
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return (STAMP,)


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
