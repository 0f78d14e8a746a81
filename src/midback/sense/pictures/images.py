"""Still pictures by Pillow: one, or a folder of them in the order a person would give. Next: sense.pose."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
from PIL import Image, ImageOps

from midback.errors import InputError
from midback.sense.pictures.picture import Picture, fitted

ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})


def is_still(path: Path) -> bool:
    """Say whether a file's name is a still picture's."""
    return path.suffix.lower() in ENDINGS


def natural(path: Path) -> list[tuple[int, str]]:
    """Return what sorts sit-2 before sit-10."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part.casefold())
        for part in re.split(r"(\d+)", path.name)
    ]


class Stills:
    """One still picture or a folder of them; t counts them, one a second."""

    def __init__(self, path: Path) -> None:
        """Find the pictures; raise InputError where there is none."""
        folder = path.is_dir()
        self.paths = sorted(filter(is_still, path.iterdir()), key=natural) if folder else [path]
        if not self.paths:
            raise InputError("There is no picture in {name}.", values={"name": path.name})
        self.name = path.name
        self.count: int | None = len(self.paths)
        self.fps: float | None = None
        self.duration_s: float | None = None
        self.lost = 0
        height, width = next(iter(self)).rgb.shape[:2]
        self.size = (width, height)

    def __iter__(self) -> Iterator[Picture]:
        """Yield the pictures."""
        for number, path in enumerate(self.paths):
            with Image.open(path) as opened:
                upright = ImageOps.exif_transpose(opened).convert("RGB")
                size = fitted(*upright.size)
                yield Picture(
                    float(number), np.asarray(upright if size == upright.size else upright.resize(size))
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is held open between pictures."""
