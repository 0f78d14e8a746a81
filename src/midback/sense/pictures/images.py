"""Still pictures by Pillow: one, or a folder of them in the order a person would give. In: a path. Out: pictures.
Next: sense.pose."""

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from midback.errors import InputError, Phrase
from midback.sense.pictures.closing import Closing
from midback.sense.pictures.picture import LONGEST, MOST_PIXELS, Picture, fitted

ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})
# Pictures as well, but of kinds that cannot be read here: they are named as refused, not passed over in silence.
FOREIGN: Final = frozenset({".heic", ".heif", ".avif", ".jxl", ".raw", ".dng", ".cr2", ".nef", ".arw"})
FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
# What a damaged file makes Pillow and its decoders raise.
DAMAGED: Final = (
    OSError,
    ValueError,
    SyntaxError,
    LookupError,
    TypeError,
    ArithmeticError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


def is_still(path: Path) -> bool:
    """Say whether a file's name is a still picture's."""
    return path.suffix.lower() in ENDINGS | FOREIGN


def natural(path: Path) -> list[tuple[int, str]]:
    """Return what sorts sit-2 before sit-10."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part.casefold())
        for part in re.split(r"(\d+)", path.name)
    ]


class Stills(Closing):
    """One still picture or a folder of them. t counts them: the first is 0, and one that cannot be read has its t too.

    paths : all of them in order ; refused : names of those that could not be read so far
    """

    def __init__(self, path: Path) -> None:
        """Find the pictures and read until the first good one; raise InputError where there is none."""
        folder = path.is_dir()
        self.paths = sorted(filter(_is_picture, path.iterdir()), key=natural) if folder else [path]
        self.name = path.name
        self.refused: list[str] = []
        if not self.paths:
            raise InputError(
                "There is no picture in {name}.",
                "Pictures are JPEG, PNG, WebP, BMP or TIFF files.",
                "Give the folder that holds them.",
                values={"name": self.name},
            )
        self.count: int | None = len(self.paths)
        self.fps: float | None = None
        self.duration_s: float | None = None
        first = next(iter(self), None)
        if first is None:
            said = (
                Phrase("No picture in {name} can be read.", {"name": self.name})
                if folder
                else Phrase("{name} is not a picture that can be read.", {"name": self.name})
            )
            raise InputError(
                said,
                "Pictures are JPEG, PNG, WebP, BMP or TIFF files of at most {most} million pixels.",
                "Save it as JPEG, not too large, and try again.",
                values={"most": MOST_PIXELS // 1_000_000},
            )
        high, wide = first.rgb.shape[:2]
        self.size = (wide, high)

    @property
    def lost(self) -> int:
        """Return how many could not be read so far."""
        return len(self.refused)

    def __iter__(self) -> Iterator[Picture]:
        """Yield the pictures that can be read, from the first on."""
        self.refused = []
        for number, path in enumerate(self.paths):
            try:
                rgb = _read(path)
            except DAMAGED:
                self.refused.append(path.name)
                continue
            yield Picture(float(number), rgb, path.name)

    def close(self) -> None:
        """Nothing is held open between pictures."""


def _is_picture(path: Path) -> bool:
    return is_still(path) and not path.name.startswith(".") and path.is_file()


def _read(path: Path) -> NDArray[np.uint8]:
    """Return a picture upright as (H, W, 3); raise one of DAMAGED."""
    with warnings.catch_warnings():
        # Pillow warns of large pictures and odd metadata; what is too large is refused below, unread.
        warnings.simplefilter("ignore")
        with Image.open(path, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            if opened.format == "JPEG":
                opened.draft("RGB", (LONGEST, LONGEST))
            whole: Image.Image = ImageOps.exif_transpose(opened)
            if whole.mode.startswith("I"):
                # 16 bits of grey: Pillow would cut off all above 255.
                whole = Image.fromarray((np.asarray(whole).clip(0, 65535) >> 8).astype(np.uint8))
            rgb = whole.convert("RGB")
            size = fitted(*rgb.size)
            if size != rgb.size:
                rgb = rgb.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
            return np.asarray(rgb, np.uint8)
