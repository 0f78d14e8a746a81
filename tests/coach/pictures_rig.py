"""What happens to pictures on their way: another camera, another light, something in front. NumPy and Pillow alone."""

import io
import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Rgb = NDArray[np.uint8]
Change = Callable[[Rgb, int], Rgb]


def resized(high: int) -> Change:
    """Make the picture so many pixels high."""
    return lambda rgb, _: np.asarray(
        Image.fromarray(rgb).resize(
            (round(rgb.shape[1] * high / rgb.shape[0]), high), Image.Resampling.BILINEAR
        )
    )


def blurred(radius: float) -> Change:
    """Put the lens out of focus."""
    return lambda rgb, _: np.asarray(Image.fromarray(rgb).filter(ImageFilter.GaussianBlur(radius)))


def gamma(power: float) -> Change:
    """Change the light: above 1 darker, below 1 brighter."""
    table = (255 * (np.arange(256) / 255) ** power).astype(np.uint8)
    return lambda rgb, _: table[rgb]


def dimmed(part: float) -> Change:
    """Leave so much of the light."""
    return lambda rgb, _: (rgb * part).astype(np.uint8)


def noisy(deviation: float) -> Change:
    """Let the sensor tremble, each frame in its own way."""
    return lambda rgb, n: np.clip(
        rgb + np.random.default_rng(n).normal(0, deviation, rgb.shape), 0, 255
    ).astype(np.uint8)


def mirrored(rgb: Rgb, _: int) -> Rgb:
    """Turn left into right."""
    return np.ascontiguousarray(rgb[:, ::-1])


def compressed(quality: int) -> Change:
    """Write and read it as JPEG."""

    def change(rgb: Rgb, _: int) -> Rgb:
        file = io.BytesIO()
        Image.fromarray(rgb).save(file, "JPEG", quality=quality)
        return np.asarray(Image.open(file).convert("RGB"))

    return change


def placed(scale: float = 1.0, roll: float = 0.0, right: float = 0.0, down: float = 0.0) -> Change:
    """Move the camera: scale about the middle, roll in degrees, shift in parts of the picture; grey beyond."""

    def change(rgb: Rgb, _: int) -> Rgb:
        high, wide = rgb.shape[:2]
        cos, sin = (f(math.radians(roll)) / scale for f in (math.cos, math.sin))
        x, y, to_x, to_y = wide / 2, high / 2, wide / 2 + right * wide, high / 2 + down * high
        matrix = (cos, -sin, x - cos * to_x + sin * to_y, sin, cos, y - sin * to_x - cos * to_y)
        moved = Image.fromarray(rgb).transform(
            (wide, high),
            Image.Transform.AFFINE,
            matrix,
            resample=Image.Resampling.BILINEAR,
            fillcolor=(110, 110, 110),
        )
        return np.asarray(moved)

    return change


def cropped(left: float = 0.0, top: float = 0.0, right: float = 0.0, bottom: float = 0.0) -> Change:
    """Cut parts of the picture off."""

    def change(rgb: Rgb, _: int) -> Rgb:
        high, wide = rgb.shape[:2]
        rows = slice(round(top * high), high - round(bottom * high))
        return np.ascontiguousarray(rgb[rows, round(left * wide) : wide - round(right * wide)])

    return change


def covered(left: float, top: float, right: float, bottom: float) -> Change:
    """Put a grey board in front, from corner to corner in parts of the picture."""

    def change(rgb: Rgb, _: int) -> Rgb:
        high, wide = rgb.shape[:2]
        hidden = rgb.copy()
        hidden[int(top * high) : int(bottom * high), int(left * wide) : int(right * wide)] = 90
        return hidden

    return change


def doubled(rgb: Rgb, _: int) -> Rgb:
    """Let a second person do the same, face to face."""
    return np.ascontiguousarray(np.hstack([rgb, rgb[:, ::-1]]))


def after(first: Change, *more: Change) -> Change:
    """Do one change after the other."""

    def change(rgb: Rgb, n: int) -> Rgb:
        rgb = first(rgb, n)
        for one in more:
            rgb = one(rgb, n)
        return rgb

    return change
