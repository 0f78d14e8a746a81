"""The browser's pose runtime and the networks, as the build left them. In: a path. Out: the file. Next: the worker.

Their names do not change with their content, so a mark of all of it stands in the path: what was asked for by
the mark of today may be kept for good.
"""

import hashlib
from functools import lru_cache
from os import PathLike, stat_result
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from midback.vendored import FOLDER

# Compressing these costs seconds of work and saves nothing on loopback.
UNCOMPRESSED = ("application/wasm", "application/octet-stream")
TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
    ".task": "application/octet-stream",
}


def vendor_base() -> str:
    """Return the address below which the vendored files are served today."""
    return f"/vendor/{_mark(_look(FOLDER))}"


@lru_cache(maxsize=2)
def _mark(files: tuple[tuple[str, int, int], ...]) -> str:
    digest = hashlib.sha256()
    for name, _size, _changed in files:
        digest.update(name.encode() + b"\0")
        with (FOLDER / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _look(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, size and time of each file: what tells that the content must be read again."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in TYPES:
            status = path.stat()
            found.append((path.relative_to(folder).as_posix(), status.st_size, status.st_mtime_ns))
    return tuple(found)


class VendorFiles(StaticFiles):
    """Files under ``/vendor/MARK/``; only the kinds the camera needs."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER, check_dir=False)

    def get_path(self, scope: Scope) -> str:
        """Leave the mark out; what is no file of the camera part leads nowhere."""
        path = super().get_path(scope).replace("\\", "/")
        _mark_given, _slash, name = path.partition("/")
        return name if Path(name).suffix in TYPES else "-"

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with the file, its type, and how long it may be kept."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        kept = scope["path"].startswith(vendor_base() + "/")
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable" if kept else "no-cache"
        if response.status_code == 200:
            response.headers["Content-Type"] = TYPES[Path(full_path).suffix]
        return response
