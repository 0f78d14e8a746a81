"""A file that takes its place only when it is whole. In: a path. Out: the file, or nothing. Next: share, sense, app.

What is written goes to a hidden name beside the path and is renamed at the end, so nobody finds half a file under the
path's own name, and what stood there stays when anything fails.
"""

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from midback.errors import Unavailable


class WrittenBeside:
    """What writers of files share. A writer fills ``_beside`` and has a ``close`` that ends with ``_put``.

    Used with ``with``: left without a fault it is closed, else nothing of it stays.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is made yet."""
        self._path, self._beside = path, path.with_name(f".{path.name}.{os.getpid()}.part")

    def close(self) -> None:
        """Finish the file and put it in its place."""
        raise NotImplementedError

    def drop(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):  # a name too long for a file cannot be looked for either
            self._beside.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.drop()

    def _put(self) -> None:
        """Rename what was written; raise OSError where that cannot be."""
        os.replace(self._beside, self._path)


def write_whole(path: Path, data: bytes) -> None:
    """Write a whole file at once; raise Unavailable, and leave what stood there, where that cannot be."""
    file = WrittenBeside(path)
    try:
        file._beside.write_bytes(data)
        file._put()
    except OSError as exc:
        raise unwritable(path, exc) from exc
    finally:
        file.drop()


def unwritable(path: Path, exc: Exception) -> Unavailable:
    """Return the error for a file that cannot be written, from what the system or a library said."""
    return Unavailable(
        "{path} cannot be written: {fault}.",
        "",
        "Choose another place.",
        values={"path": path, "fault": getattr(exc, "strerror", None) or exc},
    )
