"""Still pictures by Pillow: one, or a folder of them in the order a person would give. Next: sense.pose."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from midback.errors import InputError, Unavailable
from midback.sense.pictures.picture import MOST_PIXELS, Picture, fitted

ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})
FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")


def is_still(path: Path) -> bool:
    """Say whether a file's name is a still picture's."""
    return path.suffix.lower() in ENDINGS


def natural(path: Path) -> list[tuple[int, str]]:
    """Return what sorts sit-2 before sit-10."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part.casefold())
        for part in re.split(r"(\d+)", path.name)
    ]


def read_still(path: Path) -> NDArray[np.uint8]:
    """Read one picture upright, as large as pictures are handed out, (H, W, 3) uint8.

    raises : InputError where it is no picture, damaged or too large; Unavailable where it may not be read
    """
    try:
        with warnings.catch_warnings():
            # The size is held to a limit of our own below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(path, formats=FORMATS)
        with opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise _too_large(path, f"{width} x {height}")
            upright = ImageOps.exif_transpose(opened).convert("RGB")
            size = fitted(*upright.size)
            return np.asarray(upright if size == upright.size else upright.resize(size))
    except Image.DecompressionBombError as exc:
        raise _too_large(path, "far more") from exc
    except (FileNotFoundError, PermissionError) as exc:
        raise Unavailable("{name} cannot be read.", values={"name": path.name}) from exc
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError) as exc:
        raise InputError(
            "{name} is not a picture that can be read.",
            "Pictures are JPEG, PNG, WebP, BMP or TIFF files.",
            "Leave it out, or save it again.",
            values={"name": path.name},
        ) from exc


class Stills:
    """One still picture or a folder of them; t is the place in ``paths``.

    lost : pictures of a folder that could not be read; the others are handed out
    """

    def __init__(self, path: Path) -> None:
        """Find the pictures; raise InputError where there is none that can be read."""
        self._folder = path.is_dir()
        # Only files: a pipe or a device with a picture's name is not waited for.
        found = (still for still in path.iterdir() if is_still(still) and still.is_file())
        self.paths = sorted(found, key=natural) if self._folder else [path]
        if not self.paths:
            raise InputError(
                "There is no picture in {name}.",
                "Pictures are JPEG, PNG, WebP, BMP or TIFF files.",
                values={"name": path.name},
            )
        self.name = path.name
        self.count: int | None = len(self.paths)
        self.fps: float | None = None
        self.duration_s: float | None = None
        self.lost = 0
        first = next(iter(self), None)
        if first is None:
            raise InputError(
                "No picture in {name} can be read; the first is {first}.",
                "Pictures are JPEG, PNG, WebP, BMP or TIFF files.",
                values={"name": path.name, "first": self.paths[0].name},
            )
        height, width = first.rgb.shape[:2]
        self.size = (width, height)

    def __iter__(self) -> Iterator[Picture]:
        """Yield the pictures that can be read."""
        self.lost = 0
        for number, path in enumerate(self.paths):
            try:
                rgb = read_still(path)
            except (InputError, Unavailable):
                if not self._folder:
                    raise
                self.lost += 1
                continue
            yield Picture(float(number), rgb)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is held open between pictures."""


def _too_large(path: Path, seen: str) -> InputError:
    return InputError(
        "{name} has {seen} pixels.",
        "The most is {most} million.",
        "Save it smaller.",
        values={"name": path.name, "seen": seen, "most": MOST_PIXELS // 1_000_000},
    )
