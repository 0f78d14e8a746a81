"""A film with the skeleton drawn over it. In: pictures, points, words. Out: an mp4 file. Next: the person who asked.

This is the one place of midback that writes pictures to a file. It does so only when a person names that file.
"""

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Final, cast

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from midback.beside import WrittenBeside, unwritable
from midback.errors import Unavailable
from midback.movement.landmarks import POINT
from midback.movement.rotation import Array

_LIMBS: Final = (
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("shoulder", "hip"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "foot_index"),
    ("ear", "shoulder"),
)
_ACROSS: Final = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    ("nose", "left_ear"),
    ("nose", "right_ear"),
)
_PAIRS: Final = (
    *((POINT[f"{side}_{one}"], POINT[f"{side}_{two}"]) for side in ("left", "right") for one, two in _LIMBS),
    *((POINT[one], POINT[two]) for one, two in _ACROSS),
)
_LINE, _EDGE, _WORDS, _GROUND = (94, 234, 212), (15, 23, 42), (255, 255, 255), (15, 23, 42)
# Instants of the film are told to the encoder in these parts of a second.
_CLOCK: Final = 90_000


class AnnotatedFilm(WrittenBeside):
    """Writes one film; it takes its place when it is closed without a fault.

    size : width, height px of the film; pictures of another size are fitted into it ; fps : about how many
    Raises Unavailable where the place cannot be written or nothing here can encode.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: float) -> None:
        super().__init__(path)
        self._size = (size[0] // 2 * 2 or 2, size[1] // 2 * 2 or 2)
        self._last = -1
        self._high = max(12, self._size[1] // 18)
        self._font = ImageFont.load_default(self._high)
        try:
            self._beside.open("xb").close()  # the library would say only at the first picture that it cannot
            self._film = av.open(str(self._beside), "w", format="mp4")
        except (av.FFmpegError, OSError) as exc:
            raise unwritable(path, exc) from exc
        rate = Fraction(fps).limit_denominator(1001)
        self._stream = cast(VideoStream, self._film.add_stream(_codec(), rate=rate))
        self._stream.width, self._stream.height = self._size
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = Fraction(1, _CLOCK)
        if self._stream.codec_context.name == "mpeg4":
            # Its clock has 16 bits.
            self._stream.codec_context.time_base = Fraction(1, 30_000)
            self._stream.bit_rate = 6 * self._size[0] * self._size[1]

    def draw(self, t: float, rgb: NDArray[np.uint8], points: Array | None, words: Sequence[str]) -> None:
        """Write the picture at t (s) with a body's points, (33, 2) px of it, and lines of words."""
        base = self._stream.codec_context.time_base
        at = round(t / base)
        if at <= self._last:
            return
        self._last = at
        picture = Image.fromarray(rgb)
        brush = ImageDraw.Draw(picture)
        if points is not None:
            _skeleton(brush, points, max(2, picture.height // 180))
        if picture.size != self._size:
            picture = _fitted(picture, self._size)
            brush = ImageDraw.Draw(picture)
        self._tell(brush, words)
        frame = av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")
        frame.pts, frame.time_base = at, base
        try:
            self._film.mux(self._stream.encode(frame))
        except (av.FFmpegError, OSError) as exc:
            raise unwritable(self._path, exc) from exc

    def _tell(self, brush: ImageDraw.ImageDraw, words: Sequence[str]) -> None:
        size, pad = self._high, self._high * 0.25
        for number, line in enumerate(one for one in words if one):
            at = (0.5 * size, 0.4 * size + number * 1.5 * size)
            left, top, right, bottom = brush.textbbox(at, line, font=self._font)
            brush.rectangle((left - pad, top - pad, right + pad, bottom + pad), fill=_GROUND)
            brush.text(at, line, font=self._font, fill=_WORDS)

    def close(self) -> None:
        """Finish the film and put it in its place; one without a picture is none."""
        if self._last < 0:
            return self.drop()
        try:
            self._film.mux(self._stream.encode(None))
            self._film.close()
            self._put()
        except (av.FFmpegError, OSError) as exc:
            self.drop()
            raise unwritable(self._path, exc) from exc
        except BaseException:
            self.drop()
            raise

    def drop(self) -> None:
        """Leave nothing behind."""
        with suppress(av.FFmpegError, OSError, ValueError):  # on a full disk its end cannot be written either
            self._film.close()
        super().drop()


def _codec() -> str:
    for name in ("libx264", "libopenh264", "mpeg4"):
        if name in av.codecs_available:
            return name
    raise Unavailable("Nothing on this computer can write a film.", "", "Leave --annotated out.")


def _skeleton(brush: ImageDraw.ImageDraw, points: Array, width: int) -> None:
    for one, other in _PAIRS:
        ends = [tuple(points[one, :2].tolist()), tuple(points[other, :2].tolist())]
        if np.isfinite(points[[one, other], :2]).all():
            brush.line(ends, fill=_EDGE, width=2 * width)
            brush.line(ends, fill=_LINE, width=width)


def _fitted(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    scale = min(size[0] / picture.width, size[1] / picture.height)
    small = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    ground = Image.new("RGB", size)
    ground.paste(small, ((size[0] - small.width) // 2, (size[1] - small.height) // 2))
    return ground
