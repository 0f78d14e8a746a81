"""Draws small films for the tests of pictures: their frames are known, so what comes out can be compared."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]


def card(number: int, wide: int = 96, high: int = 64) -> Rgb:
    """Return a picture with a top, a left side, and a brightness that tells its number."""
    picture = np.full((high, wide, 3), 40 + 5 * (number % 40), np.uint8)
    picture[: high // 4] = (220, 30, 30)
    picture[:, : wide // 6] = (30, 30, 220)
    return picture


def film(
    path: Path,
    pictures: Sequence[Rgb],
    *,
    rate: int = 30,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    times: Sequence[float] | None = None,
    turn: int = 0,
    mirror: bool = False,
    oblong: Fraction | None = None,
) -> Path:
    """Write a film. times : s, in place of an even rate ; turn : degrees it says it is to be turned ; oblong : shape
    of its pixels"""
    high, wide = pictures[0].shape[:2]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = wide, high, pixels
        stream.codec_context.gop_size = 10
        if times is not None:
            stream.codec_context.time_base = Fraction(1, 1000)
        if oblong is not None:
            stream.codec_context.sample_aspect_ratio = oblong
        if turn or mirror:
            stream.set_display_rotation(turn, hflip=mirror)
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            if times is not None:
                frame.pts, frame.time_base = round(1000 * times[number]), Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def sound(path: Path) -> Path:
    """Write a second of sound without pictures."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16000)
        stream.codec_context.layout = "mono"
        for number in range(16):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1000), np.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 16000, 1000 * number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def apart(one: Rgb, other: Rgb) -> float:
    """Return how far two pictures of one size are apart, mean levels of a byte."""
    return float(np.abs(one.astype(int) - other).mean())
